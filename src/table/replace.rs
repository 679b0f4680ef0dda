//! Rows of a list, put in the place of others: what is not changed keeps its bytes.
//!
//! In: a text, where the rows stand that are replaced, and the new rows. Out: the new text, and where each new row begins
//! in it. A cell that says the same as before is not touched, so that one corrected cell changes one cell of the file.

use std::ops::Range;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::irregular::blank;
use super::lines::line_end;
use super::places::Places;
use super::row::Row;
use super::rows::Rows;
use super::write::protected;

/// A row that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldRow {
    /// The byte at which it begins.
    pub start: usize,
    /// Its cells as they are read, in the order of the file.
    pub cells: Vec<String>,
}

/// A text with its rows replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedText {
    /// The text.
    pub text: String,
    /// For each new row, the byte at which it begins.
    pub starts: Vec<usize>,
}

/// Puts `new` rows in the place of `old` ones, which stand in the order of the text: the first in the place of the first,
/// and so on. Rows that are left over are taken out; rows beyond the old ones stand behind the last of them, or at the end.
#[must_use]
pub fn replace(text: &str, delimiter: u8, old: &[OldRow], new: &[Vec<String>]) -> EditedText {
    let mut edited = EditedText { text: String::with_capacity(text.len() + 256), starts: Vec::new() };
    let known = Rows::of(text, delimiter);
    let mut done = 0;
    for (index, row) in old.iter().enumerate() {
        let Ok(at) = known.rows.binary_search_by_key(&row.start, |known| known.start) else { continue };
        edited.text.push_str(&text[done..row.start]);
        let stretches = stretches(text, delimiter, &known.rows[at], &known.places);
        done = stretches.last().map_or(row.start, |last| last.end);
        if let Some(cells) = new.get(index) {
            edited.starts.push(edited.text.len());
            put(text, (delimiter, &stretches), row, cells, &mut edited.text);
        } else {
            done += line_end(&text.as_bytes()[done..]);
        }
    }
    let mut rest = &text[done..];
    let more = new.get(old.len()..).unwrap_or_default();
    if !more.is_empty() {
        let new_line = ending(text);
        if old.is_empty() {
            edited.text.push_str(rest);
            rest = "";
        } else if let Some(at) = Some(line_end(rest.as_bytes())).filter(|length| *length > 0) {
            edited.text.push_str(&rest[..at]);
            rest = &rest[at..];
        }
        if !edited.text.is_empty() && !edited.text.ends_with(['\n', '\r']) {
            edited.text.push_str(new_line);
        }
        for cells in more {
            edited.starts.push(edited.text.len());
            let cells: Vec<String> = cells.iter().map(|cell| written(cell, delimiter)).collect();
            edited.text.push_str(&cells.join(&char::from(delimiter).to_string()));
            edited.text.push_str(new_line);
        }
    }
    edited.text.push_str(rest);
    edited
}

/// The bytes between the delimiters of a row, quotation marks and blanks around them included.
fn stretches(text: &str, delimiter: u8, row: &Row, places: &Places) -> Vec<Range<usize>> {
    let mut from = row.start;
    let stretch = |cell| {
        let end = places.in_row(text, row, cell).end.max(from);
        let end = end + blank(&text.as_bytes()[end..], delimiter);
        let stretch = from..end;
        from = end + 1;
        stretch
    };
    (0..row.cells.len()).map(stretch).collect()
}

/// Adds a row cell by cell; those that say what they said stay as they are written, and so does what lies beyond them.
fn put(
    text: &str,
    (delimiter, stretches): (u8, &[Range<usize>]),
    old: &OldRow,
    cells: &[String],
    into: &mut String,
) {
    for index in 0..cells.len().max(stretches.len()) {
        if index > 0 {
            into.push(char::from(delimiter));
        }
        let before = old.cells.get(index);
        let stays = cells.get(index).is_none_or(|cell| before.is_some_and(|before| same(before, cell)));
        if stays {
            into.push_str(stretches.get(index).map_or("", |stretch| &text[stretch.clone()]));
        } else if let Some(cell) = cells.get(index) {
            into.push_str(&written(cell, delimiter));
        }
    }
}

/// Whether two cells say the same; a form of a page brings line ends of its own.
fn same(one: &str, other: &str) -> bool {
    one == other || one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
}

/// The line end of a text: its first; without any, that of RFC 4180.
fn ending(text: &str) -> &str {
    let at = text.find(['\n', '\r']);
    let length = at.map_or(0, |at| line_end(&text.as_bytes()[at..]));
    at.map_or("\r\n", |at| &text[at..at + length])
}

/// A cell as it is written into a list, so that it is read back as it is and calculated by no spreadsheet.
fn written(cell: &str, delimiter: u8) -> String {
    let words = protected(cell);
    let is_special = words.starts_with(|c: char| c.is_whitespace() || c == '\u{FEFF}')
        || words.ends_with(char::is_whitespace);
    let style = if is_special { QuoteStyle::Always } else { QuoteStyle::Necessary };
    let mut builder = WriterBuilder::new();
    builder.delimiter(delimiter).terminator(Terminator::Any(b'\n')).quote_style(style);
    let mut writer = builder.from_writer(Vec::new());
    // an empty cell alone would be quoted; beside another it is nothing
    let is_written = writer.write_record([words.as_str(), ""]).is_ok();
    let bytes = writer.into_inner().unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let tail = if is_special { 4 } else { 2 };
    debug_assert!(is_written, "a text in memory takes every row");
    text[..text.len() - tail].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<OldRow> {
        let rows = Rows::of(text, b',');
        let read = |row: &Row| OldRow {
            start: row.start,
            cells: row.cells.iter().map(|cell| cell.of(text, &rows.unquoted).to_owned()).collect(),
        };
        rows.rows.iter().map(read).collect()
    }

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn one_cell_changes_one_cell() {
        let text = "a,b,c\r\n\"x\", y ,\"z\"\"\"\r\n1,2,3\r\n";
        let old = vec![rows(text)[1].clone()];
        let mut new = old[0].cells.clone();
        new[1] = "new".to_owned();
        let EditedText { text: replaced, starts } = replace(text, b',', &old, &[new]);
        assert_eq!(replaced, "a,b,c\r\n\"x\",new,\"z\"\"\"\r\n1,2,3\r\n");
        assert_eq!(starts, [7]);
        let same = replace(text, b',', &old, &[old[0].cells.clone()]);
        assert_eq!(same.text, text);
    }

    #[test]
    fn rows_are_added_and_taken_out() {
        let text = "a,b\n1,2\n3,4\n5,6";
        let all = rows(text);
        let old = vec![all[1].clone(), all[3].clone()];
        let fewer = replace(text, b',', &old, &[cells(&["7", "8"])]);
        assert_eq!((fewer.text.as_str(), &fewer.starts[..]), ("a,b\n7,8\n3,4\n", &[4][..]));
        let more =
            replace(text, b',', &old, &[cells(&["1", "2"]), cells(&["5", "6"]), cells(&["=1", "\"q\""])]);
        assert_eq!(more.text, "a,b\n1,2\n3,4\n5,6\n'=1,\"\"\"q\"\"\"\n");
        assert_eq!(&more.text[more.starts[2]..more.starts[2] + 3], "'=1");
        let none = replace("a,b", b',', &[], &[cells(&["1", "x\ny"])]);
        assert_eq!(none.text, "a,b\r\n1,\"x\ny\"\r\n");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for cell in
            ["", " a ", "a,b", "\"", "'", "=1+1", "+81-45", "ａ\nb", "\u{3000}あ", "@x", "0451234", "-"]
        {
            let list = replace("h,i", b',', &[], &[cells(&[cell, "z"])]);
            let read = rows(&list.text);
            assert_eq!(read.len(), 2, "{cell:?}");
            assert_eq!(read[1].cells, cells(&[cell, "z"]), "{:?}", list.text);
        }
    }
}
