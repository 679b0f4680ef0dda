//! The clerk's own workbook back: the same rows, faults coloured and explained in comments.
//!
//! In: the rows of a unit and what was found in them. Out: an XLSX file, a sheet for each table. Every cell is text, so that no
//! spreadsheet drops a zero or calculates; a file that was sent in is never written over.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatBorder, Note, Workbook, XlsxError};

use super::draft::{CellKey, Draft};
use super::frame::Frame;
use super::view::Messages;
use crate::pipeline::edit::UnitTable;

/// Rows below the last one in which the name of the unit is offered.
const SPARE: u32 = 20;

/// The workbook of `draft`.
///
/// # Errors
/// [`XlsxError`] when a cell holds more than a workbook can.
pub fn workbook(
    tables: &[UnitTable],
    draft: &Draft,
    (messages, unit): (&Messages, &str),
    frame: &Frame,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let text = Format::new().set_num_format("@").set_text_wrap();
    let head =
        text.clone().set_bold().set_background_color(Color::RGB(0x00CF_E3EE)).set_border(FormatBorder::Thin);
    let fault = text.clone().set_background_color(Color::RGB(0x00FD_EBE6)).set_border(FormatBorder::Medium);
    let check = text.clone().set_background_color(Color::RGB(0x00FC_F1D6)).set_border(FormatBorder::Thin);
    for (index, (table, own)) in tables.iter().zip(&draft.tables).enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.title, index))?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, known) in (0_u16..).zip(&table.columns) {
            sheet.write_string_with_format(0, column, &known.header, &head)?;
            sheet.set_column_width(column, if known.joins { 12 } else { 32 })?;
            sheet.set_column_format(column, &text)?;
            if known.joins {
                let offered = DataValidation::new().allow_list_strings(&[unit])?;
                let last = u32::try_from(own.rows.len()).unwrap_or_default() + SPARE;
                sheet.add_data_validation(1, column, last, column, &offered)?;
            }
        }
        for (line, row) in (1_u32..).zip(&own.rows) {
            for (column, cell) in (0_u16..).zip(&row.cells) {
                let said = messages.get(&CellKey { table: index, row: row.id, column: usize::from(column) });
                let is_fault = said.is_some_and(|all| all.iter().any(|message| message.state == "fault"));
                let look = if is_fault { &fault } else { said.map_or(&text, |_| &check) };
                sheet.write_string_with_format(line, column, cell, look)?;
                if let Some(all) = said {
                    let words = all.iter().map(|message| {
                        let hints = message.hints.join("\n");
                        let fix = message.fix.as_ref().map(|fix| format!("→ {fix}")).unwrap_or_default();
                        [message.words.clone(), hints, fix].join("\n").trim().to_owned()
                    });
                    let words = words.collect::<Vec<_>>().join("\n\n");
                    let author = frame.w("点検", "Check");
                    sheet.insert_note(line, column, &Note::new(words).set_author(author).set_width(280))?;
                }
            }
        }
    }
    book.save_to_buffer()
}

/// What a spreadsheet allows as the name of a sheet: 31 characters, some of them forbidden.
fn sheet_name(title: &str, index: usize) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let name: String = title.chars().filter(allowed).take(24).collect();
    format!("{}{name}", if index == 0 { String::new() } else { format!("{}-", index + 1) })
}
