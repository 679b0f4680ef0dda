//! Cells to the text of a list, by the `csv` crate.
//!
//! In: rows of words. Out: CSV that Excel opens as it is and that is read back as the same rows: UTF-8 with a byte order mark,
//! CRLF, an apostrophe before what a spreadsheet would calculate.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::formula;

/// The text that is written so far; two writers of the crate share it.
#[derive(Debug, Clone, Default)]
struct Sink(Rc<RefCell<Vec<u8>>>);

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a list row by row.
pub struct Writer {
    text: Sink,
    /// For rows in which quotation marks stand where they must.
    plain: csv::Writer<Sink>,
    /// For rows with what could be taken for a delimiter.
    quoting: csv::Writer<Sink>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A list without rows.
    #[must_use]
    pub fn new() -> Self {
        let text = Sink(Rc::new(RefCell::new("\u{FEFF}".into())));
        let writer = |style: QuoteStyle| {
            let mut builder = WriterBuilder::new();
            builder.flexible(true).terminator(Terminator::CRLF).quote_style(style);
            builder.from_writer(text.clone())
        };
        let (plain, quoting) = (writer(QuoteStyle::Necessary), writer(QuoteStyle::Always));
        Self { text, plain, quoting }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// Never: a text in memory takes every row.
    pub fn row<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        let cells: Vec<String> = cells.map(protected).collect();
        let writer =
            if cells.iter().any(|cell| is_special(cell)) { &mut self.quoting } else { &mut self.plain };
        writer.write_record(&cells).expect("rows may have any number of cells");
        writer.flush().expect("a text in memory grows");
    }

    /// The text of the list.
    ///
    /// # Panics
    /// Never: its rows are made of words.
    #[must_use]
    pub fn text(self) -> String {
        String::from_utf8(self.text.0.take()).expect("rows are made of words")
    }
}

pub(super) fn protected(cell: &str) -> String {
    if formula::needs_mark(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// Whether a cell could be taken for other than it is: for cells of another delimiter, a first line `sep=;`, blanks before a
/// quotation mark.
fn is_special(cell: &str) -> bool {
    cell.contains([';', '|', '\t', '\u{FEFF}'])
        || cell.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep="))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[&str]) -> String {
        let mut list = Writer::new();
        list.row(cells.iter().copied());
        list.text().trim_start_matches('\u{FEFF}').to_owned()
    }

    #[test]
    fn formulas_are_made_harmless_and_quotes_doubled() {
        assert_eq!(written(&["=HYPERLINK(1)", "'=1", "-1+A1"]), "'=HYPERLINK(1),''=1,'-1+A1\r\n");
        assert_eq!(written(&["+81-45-510-1694", "-", "a-b", "@ほーむ"]), "+81-45-510-1694,-,a-b,@ほーむ\r\n");
        assert_eq!(written(&["=a,\"b\"", "c\nd", "e"]), "\"'=a,\"\"b\"\"\",\"c\nd\",e\r\n");
        assert_eq!(written(&["a;b", "c"]), "\"a;b\",\"c\"\r\n", "no other delimiter is seen");
        assert_eq!(written(&["SEP=;"]), "\"SEP=;\"\r\n");
    }
}
