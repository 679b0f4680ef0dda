//! CSV that a spreadsheet opens as it is: UTF-8 with a byte order mark, CRLF, formulas made harmless.
//!
//! In: a directory as read. Out: the text of a file. Reading it gives the same records.

use crate::model::directory::{Directory, write_cell};
use crate::table::formula;

/// The directory as CSV (RFC 4180, with the byte order mark that Excel needs to see UTF-8).
#[must_use]
pub fn text(directory: &Directory) -> String {
    let mut text = String::from('\u{FEFF}');
    row(directory.columns.iter().map(|column| column.header.as_str()), &mut text);
    for record in &directory.records {
        row((0..directory.columns.len()).map(|column| record.written(column)), &mut text);
    }
    text
}

fn row<'a>(cells: impl Iterator<Item = &'a str>, text: &mut String) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        self::cell(cell, text);
    }
    text.push_str("\r\n");
}

/// Writes one cell: an apostrophe before what a spreadsheet would calculate (CWE-1236), quotation marks where they are
/// needed.
pub fn cell(written: &str, text: &mut String) {
    let mark = if formula::needs_mark(written) { "'" } else { "" };
    // a first line `sep=;` would be taken for the delimiter
    let dialect = written.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="));
    let quoted = dialect || written.contains(['"', ',', ';', '|', '\t', '\n', '\r', '\u{FEFF}']);
    write_cell(written, mark, quoted, text);
}

#[cfg(test)]
mod tests {
    #[test]
    fn formulas_are_made_harmless_and_quotes_doubled() {
        let written = |cell: &str| {
            let mut text = String::new();
            super::cell(cell, &mut text);
            text
        };
        assert_eq!(written("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(written("'=1"), "''=1");
        assert_eq!(written("+81-45-510-1694"), "+81-45-510-1694");
        assert_eq!(written("-"), "-");
        assert_eq!(written("-1+A1"), "'-1+A1");
        assert_eq!(written("a-b"), "a-b");
        assert_eq!(written("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
    }
}
