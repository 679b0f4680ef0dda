//! ODS: spreadsheets of `OpenDocument` (ISO/IEC 26300).
//!
//! In: an archive. Out: its sheets as they are shown.

use super::{SourceFile, SourceKind};
use crate::diagnostic::Diagnostic;
use crate::read::ods::{self, OdsSheet};
use crate::read::raw;
use crate::read::sheet_choice::SheetName;
use crate::read::sheet_content::SheetContent;
use crate::read::workbook::{self, SheetReader};
use crate::read::workbook_file::locked;
use crate::read::xlsx::SheetFault;

/// The kind.
pub static KIND: SourceKind = SourceKind {
    endings: &["ods"],
    is_kind_of: |contents| contents.has("content.xml") && !contents.has("xl/workbook.bin"),
    grid: |contents, form, known| workbook::read(contents, "ODS", open, workbook::SheetWish { form, known }),
    book: |contents, _| raw::ods::book(&contents.path, &contents.bytes),
};

fn open(contents: SourceFile) -> Result<Box<dyn SheetReader>, Diagnostic> {
    let SourceFile { path, bytes, parts } = contents;
    let sheets = ods::read(&bytes, &parts).map_err(|fault| workbook::said(&path, &fault))?;
    sheets.map_or_else(|| Err(locked(&path)), |sheets| Ok(Box::new(OdsBook(sheets)) as Box<dyn SheetReader>))
}

struct OdsBook(Vec<OdsSheet>);

impl SheetReader for OdsBook {
    fn sheets(&self) -> Vec<SheetName> {
        self.0.iter().map(|sheet| sheet.name.clone()).collect()
    }

    fn content(&mut self, name: &str, rows: u32) -> Result<SheetContent, SheetFault> {
        let sheet = self.0.iter_mut().find(|sheet| sheet.name.name == name);
        Ok(match sheet.map(|sheet| &mut sheet.content) {
            // the last time that it is asked for
            Some(content) if rows == u32::MAX => std::mem::take(content),
            Some(content) => content.first(rows),
            None => SheetContent::default(),
        })
    }
}
