//! The cells of a sheet as rows, without a text of them that would be parsed again.
//!
//! In: cells with their rows and columns, in order. Out: [`Rows`], and the text that their words lie in: a line for each row,
//! as messages show it, with a comma before each cell but the first and quotation marks around words that hold commas, line
//! ends or such marks. It is read by people alone: where each cell stands in it is known.

use super::cell::Written;
use super::lines::breaks;
use super::row::Row;
use super::rows::Rows;

/// Puts the cells of a sheet into rows.
#[derive(Debug)]
pub struct SheetWriter {
    text: String,
    rows: Vec<Row>,
    /// The row that is written, from 0, and its first physical line.
    number: u32,
    line: u32,
    /// Line ends within its cells.
    inner: u32,
}

impl Default for SheetWriter {
    fn default() -> Self {
        Self::new()
    }
}

impl SheetWriter {
    /// A sheet without cells.
    #[must_use]
    pub fn new() -> Self {
        Self { text: String::new(), rows: Vec::new(), number: 0, line: 0, inner: 0 }
    }

    /// Adds the cell at `row` and `column`, from 0, behind all others. Columns that are passed over are empty cells.
    ///
    /// # Panics
    /// When its text grows beyond 4 GiB.
    pub fn cell(&mut self, row: u32, column: u32, words: &str) {
        if row > self.number {
            self.text.extend(std::iter::repeat_n('\n', (row - self.number) as usize));
            self.line += row - self.number + self.inner;
            (self.number, self.inner) = (row, 0);
        }
        if self.rows.last().is_none_or(|last| last.number != row + 1) {
            let (start, cells) = (self.text.len(), Vec::new());
            self.rows.push(Row { start, number: row + 1, line: self.line + 1, cells, fault: None });
        }
        let Some(cells) = self.rows.last_mut().map(|row| &mut row.cells) else { return };
        while cells.len() < column as usize {
            if !cells.is_empty() {
                self.text.push(',');
            }
            cells.push(Written::new(self.text.len(), self.text.len()));
        }
        if column > 0 {
            self.text.push(',');
        }
        let is_quoted = words.contains(['"', ',', '\n', '\r']);
        if is_quoted {
            self.text.push('"');
        }
        let start = self.text.len();
        self.text.push_str(words);
        cells.push(Written::new(start, self.text.len()));
        if is_quoted {
            self.text.push('"');
            self.inner += breaks(words.as_bytes());
        }
    }

    /// The bytes of the text so far.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// The rows, and the text in which their cells lie.
    #[must_use]
    pub fn finish(self) -> (Rows, String) {
        (Rows { rows: self.rows, ..Rows::default() }, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_in_their_rows_as_they_are() {
        let mut sheet = SheetWriter::new();
        for (row, column, words) in
            [(0, 0, "区"), (0, 2, "名,称"), (3, 0, "西\n区"), (3, 2, "'=1"), (4, 2, "a\"b"), (4, 3, "=\"1\"")]
        {
            sheet.cell(row, column, words);
        }
        let (rows, text) = sheet.finish();
        assert_eq!(text, "区,,\"名,称\"\n\n\n\"西\n区\",,'=1\n,,\"a\"b\",\"=\"1\"\"");
        let found: Vec<(u32, u32, Vec<&str>)> = rows
            .rows
            .iter()
            .map(|row| (row.number, row.line, row.cells.iter().map(|cell| cell.of(&text, "")).collect()))
            .collect();
        let wanted = [
            (1, 1, vec!["区", "", "名,称"]),
            (4, 4, vec!["西\n区", "", "'=1"]),
            (5, 6, vec!["", "", "a\"b", "=\"1\""]),
        ];
        assert_eq!(found, wanted);
        let place = |row: usize, cell| &text[rows.places.in_row(&text, &rows.rows[row], cell)];
        assert_eq!((place(0, 1), place(0, 2), place(2, 0), place(2, 2)), ("", "\"名,称\"", "", "\"a\"b\""));
    }
}
