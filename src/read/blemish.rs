//! Characters in a table that cannot be printed: bytes that were not valid, marks of an earlier faulty conversion,
//! control characters.
//!
//! In: a grid and its rows. Out: a finding at each row and cell, and the rows that are no records because of one.

use std::collections::BTreeSet;

use super::delimited::Rows;
use super::grid::{Grid, Kind};
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::directory::Table;
use crate::model::origin::Origin;
use crate::say;

/// At most this many places are named in one file; a file in another encoding would have thousands.
const MOST: usize = 100;

/// The indices of rows with blemishes; the first in each row is a finding.
pub fn by_row(grid: &Grid, rows: &Rows, table: &Table, diagnostics: &mut Vec<Diagnostic>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut named = 0;
    for at in &rows.blemishes {
        let row = rows.rows.partition_point(|row| row.start <= *at);
        let index = row.checked_sub(1);
        if index.is_some_and(|index| !found.insert(index)) {
            continue;
        }
        named += 1;
        if named > MOST {
            continue;
        }
        let origin = index.map_or_else(
            || Origin::text(&grid.source, *at..*at),
            |index| {
                let row = &rows.rows[index];
                (0..row.cells.len().max(1))
                    .map(|cell| table.cell(cell, row.start, row.number, row.line))
                    .find(|origin| origin.span.as_ref().is_some_and(|span| span.contains(at)))
                    .unwrap_or_else(|| table.cell(0, row.start, row.number, row.line))
            },
        );
        diagnostics.push(finding(grid, *at).at(origin));
    }
    if named > MOST {
        let more = named - MOST;
        diagnostics.push(
            Diagnostic::error(
                Code::Encoding,
                say!(
                    "読めない文字のある行が、ほかに{more}行あります。",
                    "{more} more rows have such characters."
                ),
            )
            .at(Origin::file(&grid.source))
            .hint(wrong_encoding()),
        );
    }
    found
}

fn wrong_encoding() -> Say {
    say!(
        "文字コードが違うのなら、sasshi.toml に encoding = \"cp932\" のように書いてください。",
        "If the encoding is another one, name it in sasshi.toml: encoding = \"cp932\"."
    )
}

fn finding(grid: &Grid, at: usize) -> Diagnostic {
    if let Ok(index) = grid.faults.binary_search_by_key(&at, |fault| fault.at)
        && let Kind::Delimited { encoding, .. } = grid.kind
    {
        let byte = grid.faults[index].byte;
        return Diagnostic::error(
            Code::Encoding,
            say!(
                "{encoding}として読めないバイト（0x{byte:02X}）があります。",
                "There is a byte (0x{byte:02X}) that is not {encoding}."
            ),
        )
        .hint(say!("その字を書き直してください。", "Type the character again."))
        .hint(wrong_encoding());
    }
    let c = grid.source.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    if c == '\u{FFFD}' {
        return Diagnostic::error(
            Code::Encoding,
            say!(
                "文字化けした字（U+FFFD）があります。前に保存したときに失われた字です。",
                "There is a U+FFFD: a character that was lost when the file was saved before."
            ),
        )
        .hint(say!("元の字を書き直してください。", "Type the character again."));
    }
    let code = u32::from(c);
    Diagnostic::error(
        Code::ControlCharacter,
        say!(
            "目に見えない制御文字（U+{code:04X}）があります。",
            "There is an invisible control character (U+{code:04X})."
        ),
    )
    .hint(say!("セルを書き直してください。", "Type the cell again."))
}
