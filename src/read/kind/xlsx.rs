//! XLSX: workbooks of Excel since 2007 (ECMA-376).
//!
//! In: an archive. Out: its sheets as they are shown.

use super::{SourceFile, SourceKind};
use crate::diagnostic::Diagnostic;
use crate::read::raw;
use crate::read::sheet_choice::SheetName;
use crate::read::sheet_content::SheetContent;
use crate::read::workbook::{self, SheetReader};
use crate::read::workbook_file::broken;
use crate::read::xlsx::{SheetFault, XlsxBook};

/// The kind.
pub static KIND: SourceKind = SourceKind {
    endings: &["xlsx", "xlsm"],
    is_kind_of: |contents| {
        !contents.parts.is_empty() && !contents.has("xl/workbook.bin") && !contents.has("content.xml")
    },
    grid: |contents, form, known| workbook::read(contents, "XLSX", open, workbook::SheetWish { form, known }),
    book: |contents, _| raw::xlsx::book(&contents.path, &contents.bytes),
};

fn open(contents: SourceFile) -> Result<Box<dyn SheetReader>, Diagnostic> {
    match XlsxBook::open(contents.bytes, contents.parts) {
        Ok(Some(book)) => Ok(Box::new(book)),
        Ok(None) => Err(broken(&contents.path, "not a workbook")),
        Err(detail) => Err(broken(&contents.path, &detail)),
    }
}

impl SheetReader for XlsxBook {
    fn sheets(&self) -> Vec<SheetName> {
        XlsxBook::sheets(self)
    }

    fn content(&mut self, name: &str, rows: u32) -> Result<SheetContent, SheetFault> {
        self.sheet(name, rows)
    }
}
