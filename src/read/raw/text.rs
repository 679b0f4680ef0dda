//! CSV as it is stored.
//!
//! In: the bytes of a text. Out: one sheet. Cells keep their blanks and line breaks.

use crate::model::origin::{Source, saturate};
use crate::model::raw_table::{RawBook, RawCell, RawFormat, RawSheet, Spot};
use crate::project::table_form::TableForm;
use crate::read::{delimited, encoding};
use crate::table::dialect::Dialect;

use super::MOST_CELLS;

/// The form.
const FORMAT: RawFormat = RawFormat { is_text: true, tells_looks: false, is_outdated: false };

/// Reads a text with delimiters.
#[must_use]
pub fn book(path: &str, bytes: &[u8], form: &TableForm) -> RawBook {
    let decoded = encoding::decode(bytes.to_vec(), form.encoding);
    let Dialect { delimiter, start } = Dialect::of(&decoded.text, form.delimiter);
    let text = &decoded.text[start..];
    let rows = delimited::rows(text, delimiter);
    let mut sheet = RawSheet::new(Source::new(path, ""));
    let mut cut = false;
    for row in &rows.rows {
        if sheet.cells.len() > MOST_CELLS {
            cut = true;
            break;
        }
        sheet.widths.insert(row.number, row.cells.len());
        for (index, cell) in row.cells.iter().enumerate() {
            let words = cell.of(text, &rows.unquoted);
            if !words.is_empty() {
                let spot = Spot { row: row.number, column: saturate(index + 1) };
                sheet.cells.insert(spot, RawCell { text: words.to_owned(), ..RawCell::default() });
            }
        }
        // what follows a quotation mark that is never closed cannot be told
        if row.fault.is_some() {
            sheet.misquoted.push(row.number);
        }
    }
    RawBook { format: FORMAT, sheets: vec![sheet], hidden_sheets: Vec::new(), cut }
}
