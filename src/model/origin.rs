//! Where a thing came from: a source file, and in it a cell or a stretch of text.
//!
//! In: the readers make [`Origin`]s. Out: every later stage carries them along; diagnostics and `report.json` show them.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A source file as it was read, kept for excerpts in messages.
#[derive(Debug)]
pub struct Source {
    /// Path relative to the project, with `/` on every system.
    pub path: String,
    /// The whole text (empty where a source has no text form).
    pub text: String,
    /// The sheet of the workbook that it is.
    pub sheet: Option<String>,
    /// The bytes at which lines begin, once a place was asked for: a text asks for thousands.
    lines: OnceLock<Vec<u32>>,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        (&self.path, &self.text, &self.sheet) == (&other.path, &other.text, &other.sheet)
    }
}

impl Eq for Source {}

impl Source {
    /// A shared source.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), sheet: None, lines: OnceLock::new() })
    }

    /// A shared source: `sheet` of a workbook, written down as text.
    pub fn of_sheet(path: impl Into<String>, sheet: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let sheet = Some(sheet.into());
        Arc::new(Self { path: path.into(), text: text.into(), sheet, lines: OnceLock::new() })
    }

    /// The bytes at which lines begin; the first is 0. A source is shorter than 4 GiB.
    fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| saturate(at + 1))).collect()
        })
    }

    /// The byte at which `line` (from 1) begins; the end of the text if it has no such line.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts().get(line.saturating_sub(1)).map_or(self.text.len(), |start| *start as usize)
    }

    /// Line and column (characters), both from 1, of a byte offset.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start as usize <= end);
        let start = self.line_start(line);
        LineColumn { line: saturate(line), column: saturate(self.text[start..end].chars().count() + 1) }
    }
}

/// A place in a text as editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The character in its line, from 1.
    pub column: u32,
}

/// The kind of place within a source.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A stretch of text: line and column from 1.
    Text {
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// A cell: row as a spreadsheet shows it, column as counted, both from 1.
    Cell {
        /// Row as a spreadsheet shows it.
        row: u32,
        /// Column, from 1.
        column: u32,
        /// Physical line in the file; differs from `row` where cells hold line breaks.
        line: u32,
        /// The header of the column, as written.
        header: String,
    },
}

/// A place in the user's sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub source: Arc<Source>,
    /// The place in it.
    pub place: Place,
    /// The bytes of `source.text` to underline, when there is a text.
    pub span: Option<Range<usize>>,
}

impl Origin {
    /// The same place of a cell that stands under no header.
    #[must_use]
    pub fn without_header(mut self) -> Self {
        if let Place::Cell { header, .. } = &mut self.place {
            header.clear();
        }
        self
    }

    /// Where `character` first stands in a file of TOML, comments left out; for values whose own place is not known.
    #[must_use]
    pub fn of_character(source: &Arc<Source>, character: char) -> Option<Self> {
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            if let Some(at) = line.find(character).filter(|_| !line.trim_start().starts_with('#')) {
                return Some(Self::text(source, start + at..start + at + character.len_utf8()));
            }
            start += line.len();
        }
        None
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(source: &Arc<Source>) -> Self {
        Self { source: Arc::clone(source), place: Place::File, span: None }
    }

    /// A file known by its path only (it could not be read).
    pub fn path(path: impl Into<String>) -> Self {
        Self::file(&Source::new(path, ""))
    }

    /// A stretch of text by its bytes.
    #[must_use]
    pub fn text(source: &Arc<Source>, span: Range<usize>) -> Self {
        let LineColumn { line, column } = source.line_column(span.start);
        Self { source: Arc::clone(source), place: Place::Text { line, column }, span: Some(span) }
    }

    /// The row (or line) of the place, for sorting and for the forms of a report.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        match self.place {
            Place::File => None,
            Place::Text { line, .. } => Some(line),
            Place::Cell { row, .. } => Some(row),
        }
    }

    /// The address of a cell of a workbook as spreadsheets write it: `一覧!C7`; none for other places.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        let (Some(sheet), Place::Cell { row, column, .. }) = (&self.source.sheet, &self.place) else {
            return None;
        };
        // a name that may be taken for something else stands in quotation marks
        let is_plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !sheet.starts_with(|c: char| c.is_ascii_digit());
        let sheet = if is_plain { sheet.clone() } else { format!("'{}'", sheet.replace('\'', "''")) };
        Some(format!("{sheet}!{}{row}", column_letters(*column)))
    }

    /// The column of the place.
    #[must_use]
    pub fn column(&self) -> Option<u32> {
        match self.place {
            Place::File => None,
            Place::Text { column, .. } | Place::Cell { column, .. } => Some(column),
        }
    }
}

impl fmt::Display for Origin {
    /// `file`, `file:line:column`, `file:row:column`, or `file:sheet!C7` in a workbook.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source.path)?;
        if let Some(address) = self.address() {
            write!(f, ":{address}")?;
        } else if let (Some(row), Some(column)) = (self.row(), self.column()) {
            write!(f, ":{row}:{column}")?;
        }
        Ok(())
    }
}

/// A count as `u32`; files of more than four thousand million lines do not fit in memory anyway.
#[must_use]
pub fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The name of a column (from 1) in spreadsheets: A, B … Z, AA.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut name = Vec::new();
    while rest > 0 {
        rest -= 1;
        name.push(char::from_u32(u32::from(b'A') + rest % 26).unwrap_or('?'));
        rest /= 26;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_workbook_has_the_address_that_a_name_box_opens() {
        let address = |sheet: &str, row, column| {
            let place = Place::Cell { row, column, line: row, header: String::new() };
            Origin { source: Source::of_sheet("a.xlsx", sheet, ""), place, span: None }.to_string()
        };
        assert_eq!(address("一覧", 7, 3), "a.xlsx:一覧!C7");
        assert_eq!(address("4月 分", 1, 27), "a.xlsx:'4月 分'!AA1");
        assert_eq!(address("it's", 1_048_576, 16_384), "a.xlsx:'it''s'!XFD1048576");
    }
}
