//! XLS: workbooks of Excel 97 to 2003. `calamine` gives their values, and `xls_looks` knows their formats.
//!
//! In: a compound file. Out: its sheets as they are shown.

use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::{SourceFile, SourceKind};
use crate::diagnostic::Diagnostic;
use crate::read::sheet_choice::SheetName;
use crate::read::sheet_content::{Area, SheetContent, UnknownFormat};
use crate::read::workbook::{self, SheetReader};
use crate::read::workbook_file::{self, broken, locked};
use crate::read::xls_looks::XlsLooks;
use crate::read::xlsx::SheetFault;
use crate::read::{raw, workbook_cell};

/// The kind.
pub static KIND: SourceKind = SourceKind {
    endings: &["xls"],
    is_kind_of: SourceFile::is_compound,
    grid: |contents, form, known| workbook::read(contents, "XLS", open, workbook::SheetWish { form, known }),
    book: |contents, _| raw::xls::book(&contents.path, &contents.bytes),
};

/// An XLS: its values, and the looks of its cells.
struct XlsBook {
    book: Xls<Cursor<Vec<u8>>>,
    looks: XlsLooks,
}

fn open(contents: SourceFile) -> Result<Box<dyn SheetReader>, Diagnostic> {
    let SourceFile { path, bytes, .. } = contents;
    let workbook = workbook_file::xls(&path, &bytes)?;
    let looks = XlsLooks::read(&workbook.records);
    let alone = workbook.alone().map_err(|error| broken(&path, &error.to_string()))?;
    match Xls::new(Cursor::new(alone)) {
        Ok(book) => Ok(Box::new(XlsBook { book, looks })),
        Err(XlsError::Password) => Err(locked(&path)),
        Err(error) => Err(broken(&path, &error.to_string())),
    }
}

impl SheetReader for XlsBook {
    fn sheets(&self) -> Vec<SheetName> {
        let sheets = self.book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        sheets
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                visible: sheet.visible == SheetVisible::Visible,
            })
            .collect()
    }

    fn content(&mut self, name: &str, _rows: u32) -> Result<SheetContent, SheetFault> {
        self.sheet(name).map_err(|error| SheetFault::Broken(error.to_string()))
    }
}

impl XlsBook {
    fn sheet(&mut self, name: &str) -> Result<SheetContent, XlsError> {
        let mut content = SheetContent::default();
        let range = self.book.worksheet_range(name)?;
        let formulas = self.book.worksheet_formula(name)?;
        workbook_cell::of_ranges(&range, &formulas, &mut content.cells);
        let index = self.book.sheets_metadata().iter().position(|sheet| sheet.name == name);
        if let Some(sheet) = index.and_then(|index| self.looks.sheet(index)) {
            content.hidden_rows.clone_from(&sheet.hidden_rows);
            content.hidden_columns.clone_from(&sheet.hidden_columns);
            for cell in &mut content.cells {
                let look = self.looks.cell(sheet, cell.row, cell.column);
                cell.struck = look.struck && !cell.text.trim().is_empty();
                let number = match range.get_value((cell.row, cell.column)) {
                    #[allow(clippy::cast_precision_loss)] // an XLS keeps whole numbers of 30 bits
                    Some(Data::Int(number)) => Some(*number as f64),
                    Some(Data::Float(number)) => Some(*number),
                    Some(Data::DateTime(date)) => Some(date.as_f64()),
                    _ => None,
                };
                let (Some(number), Some(named)) = (number, look.format) else { continue };
                let shown = workbook_cell::numeral(&named.format, number, self.looks.epoch);
                if !shown.understood {
                    let unknown = UnknownFormat { row: cell.row, code: named.code.clone() };
                    content.unknown_formats.entry(cell.column).or_insert(unknown);
                }
                (cell.text, cell.special) = (shown.text, Some(shown.special));
            }
        }
        let area = |area: Dimensions| Area {
            top: area.start.0,
            bottom: area.end.0,
            left: area.start.1,
            right: area.end.1,
        };
        content.merged = self.book.merge_cells_by_sheet_name(name)?.into_iter().map(area).collect();
        Ok(content)
    }
}
