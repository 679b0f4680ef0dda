//! XLS as calamine reads it: values, formulas, merged cells. How cells look, what is hidden and what is drawn is not told.
//!
//! In: the bytes of the file. Out: its visible sheets.

use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use crate::diagnostic::Diagnostic;
use crate::model::origin::Source;
use crate::model::raw_table::{CellForm, CellRange, RawBook, RawCell, RawFormat, RawSheet, Spot};
use crate::read::workbook::THREAD;
use crate::read::workbook_file::{self, broken, locked};

use super::MOST_CELLS;

/// The form.
const FORMAT: RawFormat = RawFormat { is_text: false, tells_looks: false, is_outdated: true };

/// Reads the file; calamine falls over some broken ones, which is a finding.
///
/// # Errors
/// A finding when it is broken, locked or too large.
pub fn book(path: &str, bytes: &[u8]) -> Result<RawBook, Diagnostic> {
    let workbook = workbook_file::xls(path, bytes)?;
    let bytes = workbook.alone().map_err(|error| broken(path, &error.to_string()))?;
    let read = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned());
        thread.spawn_scoped(scope, || read(path, &bytes)).map(std::thread::ScopedJoinHandle::join)
    });
    match read {
        Ok(Ok(book)) => book,
        Ok(Err(_)) => Err(broken(path, "its reader cannot make anything of it")),
        Err(error) => Err(broken(path, &error.to_string())),
    }
}

fn read(path: &str, bytes: &[u8]) -> Result<RawBook, Diagnostic> {
    let failed = |error: XlsError| match error {
        XlsError::Password => locked(path),
        error => broken(path, &error.to_string()),
    };
    let mut book = Xls::new(Cursor::new(bytes)).map_err(failed)?;
    let sheets = book.sheets_metadata().to_vec();
    let seen = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let mut found = RawBook { format: FORMAT, sheets: Vec::new(), hidden_sheets: Vec::new(), cut: false };
    for name in seen.map(|sheet| sheet.name.as_str()) {
        let mut sheet = RawSheet::new(Source::of_sheet(path, name, ""));
        let range = book.worksheet_range(name).map_err(failed)?;
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            if sheet.cells.len() > MOST_CELLS {
                found.cut = true;
                break;
            }
            let spot = spot(start, row, column);
            sheet.cells.insert(spot, cell(value));
        }
        let formulas = book.worksheet_formula(name).map_err(failed)?;
        let start = formulas.start().unwrap_or_default();
        for (row, column, formula) in formulas.used_cells() {
            if !formula.is_empty()
                && let Some(cell) = sheet.cells.get_mut(&spot(start, row, column))
            {
                cell.formula = true;
            }
        }
        let merged = book.merge_cells_by_sheet_name(name).map_err(failed)?;
        sheet.merged = merged
            .iter()
            .map(|area| CellRange {
                first: Spot { row: area.start.0 + 1, column: area.start.1 + 1 },
                last: Spot { row: area.end.0 + 1, column: area.end.1 + 1 },
            })
            .collect();
        found.sheets.push(sheet);
    }
    Ok(found)
}

fn spot(start: (u32, u32), row: usize, column: usize) -> Spot {
    let of = |index: usize| u32::try_from(index).unwrap_or(u32::MAX - 1);
    Spot { row: start.0.saturating_add(of(row)) + 1, column: start.1.saturating_add(of(column)) + 1 }
}

fn cell(value: &Data) -> RawCell {
    let form = match value {
        Data::Int(_) | Data::Float(_) => CellForm::Number,
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => CellForm::Date,
        Data::Bool(_) => CellForm::Flag,
        _ => CellForm::Text,
    };
    RawCell { text: value.to_string(), form, ..RawCell::default() }
}
