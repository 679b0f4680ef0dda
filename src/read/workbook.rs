//! Workbooks of every kind: one sheet, as rows of cells.
//!
//! In: a file that a kind of source opens. Out: a [`Grid`] of the cells, at the rows and columns that they have in the sheet, with a
//! line of text for each row, which messages show. Cells merged downwards are filled.

use std::collections::BTreeMap;

use super::grid::{Grid, GridKind, Looks};
use super::header::{self, Lines};
use super::kind::SourceFile;
use super::known::KnownHeaders;
use super::sheet_choice::{self, SheetChoice, SheetName, SheetTable};
use super::sheet_content::{Area, SheetCell, SheetContent, Special};
use super::workbook_file::{broken, too_large};
use super::xlsx::SheetFault;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::origin::Source;
use crate::project::table_form::TableForm;
use crate::table::{Rows, SheetWriter};

/// The text of a sheet may take this many bytes.
const MOST_TEXT: usize = 1 << 30;
/// Merging may fill this many cells, …
const MOST_FILLED: usize = 2_000_000;
/// … with this many bytes.
const MOST_FILLED_TEXT: usize = 256 << 20;
/// This many delimiters may stand for cells that a sheet does not have: a cell far to the right has thousands before it.
const MOST_PADDING: usize = 16_000_000;

/// The thread in which workbooks are read. Their reader falls over some broken files; that is a finding, and no end of
/// the program, which keeps quiet about this thread.
pub const THREAD: &str = "workbook";

/// Rows of a sheet among which its header is looked for, to choose a sheet.
const HEAD: u32 = 200;

/// A workbook whose sheets can be read, of whatever kind.
pub trait SheetReader {
    /// The sheets of cells.
    fn sheets(&self) -> Vec<SheetName>;

    /// The cells of a sheet: its first `rows` at least. All rows are asked for once, at last.
    ///
    /// # Errors
    /// What is wrong with it.
    fn content(&mut self, name: &str, rows: u32) -> Result<SheetContent, SheetFault>;
}

/// Opens a workbook of one kind.
pub type Open = fn(SourceFile) -> Result<Box<dyn SheetReader>, Diagnostic>;

/// Which sheet is asked for: the one that `form` names, or the one on which `known` headers stand.
#[derive(Clone, Copy)]
pub struct SheetWish<'a> {
    /// What was said of the file.
    pub form: &'a TableForm,
    /// Headers that are known.
    pub known: &'a KnownHeaders,
}

/// Reads one sheet of a workbook of the kind called `format`, which `open` opens.
pub fn read(
    contents: SourceFile,
    format: &'static str,
    open: Open,
    wish: SheetWish<'_>,
) -> Outcome<Option<Grid>> {
    let path = contents.path.clone();
    let joined = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned());
        let handle = thread.spawn_scoped(scope, || read_here(contents, format, open, wish));
        handle.map(std::thread::ScopedJoinHandle::join)
    });
    let detail = match joined {
        Ok(Ok(outcome)) => return outcome,
        Ok(Err(_)) => "its reader cannot make anything of it".to_owned(),
        Err(error) => error.to_string(),
    };
    Outcome { value: None, diagnostics: vec![broken(&path, &detail)] }
}

fn read_here(
    contents: SourceFile,
    format: &'static str,
    open: Open,
    wish: SheetWish<'_>,
) -> Outcome<Option<Grid>> {
    let mut diagnostics = Vec::new();
    let path = contents.path.clone();
    let value = open(contents).and_then(|reader| {
        let mut book = Book { path: &path, format, reader };
        book.sheet(wish, &mut diagnostics)
    });
    match value {
        Ok(grid) => Outcome { value: Some(grid), diagnostics },
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            Outcome { value: None, diagnostics }
        }
    }
}

/// An open workbook.
struct Book<'p> {
    path: &'p str,
    format: &'static str,
    reader: Box<dyn SheetReader>,
}

/// What is said of a workbook with a fault.
#[must_use]
pub fn said(path: &str, fault: &SheetFault) -> Diagnostic {
    match fault {
        SheetFault::Broken(detail) => broken(path, detail),
        SheetFault::TooLarge => too_large(path),
    }
}

impl Book<'_> {
    fn sheet(&mut self, wish: SheetWish<'_>, diagnostics: &mut Vec<Diagnostic>) -> Result<Grid, Diagnostic> {
        let path = self.path;
        let sheets = self.reader.sheets();
        let look = |name: &str| self.look(name, wish.known);
        let SheetChoice { name, alike } = sheet_choice::choose(path, &sheets, wish.form, look, diagnostics)?;
        let mut content = self.content(&name, u32::MAX)?;
        fill(&mut content.cells, &content.merged).ok_or_else(|| too_large(path))?;
        let looks = looks(&mut content);
        let sheet = rows(content.cells).ok_or_else(|| too_large(path))?;
        Ok(Grid {
            source: Source::of_sheet(path, &name, sheet.text),
            kind: GridKind::Workbook { format: self.format, sheet: name, alike },
            rows: sheet.rows,
            faults: Vec::new(),
            special: sheet.special,
            looks,
        })
    }

    /// What the first rows of a sheet hold.
    fn look(&mut self, name: &str, known: &KnownHeaders) -> Result<SheetTable, Diagnostic> {
        let mut content = self.content(name, HEAD)?;
        content.cells.retain(|cell| cell.row < HEAD);
        let filled = fill(&mut content.cells, &content.merged);
        let Some(sheet) = filled.and_then(|()| rows(content.cells)) else {
            return Ok(SheetTable::default());
        };
        Ok(header::table(known, Lines { text: &sheet.text, rows: &sheet.rows }))
    }

    /// A sheet, its cells in order: its first `rows` at least.
    fn content(&mut self, name: &str, rows: u32) -> Result<SheetContent, Diagnostic> {
        let mut content = self.reader.content(name, rows).map_err(|fault| said(self.path, &fault))?;
        content.cells.sort_by_key(|cell| (cell.row, cell.column));
        Ok(content)
    }
}

/// What is to be known of the sheet beside its words, taken out of `content`. A link over many cells is that of each cell
/// that is filled.
fn looks(content: &mut SheetContent) -> Looks {
    let place = |cell: &SheetCell| (cell.row + 1, cell.column as usize);
    let mut links = BTreeMap::new();
    for link in &content.links {
        let area = link.area;
        let first = content.cells.partition_point(|cell| cell.row < area.top);
        let cells = content.cells[first..].iter().take_while(|cell| cell.row <= area.bottom);
        for cell in cells.filter(|cell| (area.left..=area.right).contains(&cell.column)) {
            links.insert(place(cell), link.target.clone());
        }
    }
    Looks {
        hidden_rows: std::mem::take(&mut content.hidden_rows).into_iter().collect(),
        hidden_columns: std::mem::take(&mut content.hidden_columns),
        struck: content.cells.iter().filter(|cell| cell.struck).map(place).collect(),
        links,
        unknown_formats: std::mem::take(&mut content.unknown_formats),
    }
}

/// Fills cells that are merged downwards with the value of the first; none if that would be too many.
fn fill(cells: &mut Vec<SheetCell>, merged: &[Area]) -> Option<()> {
    let last = cells.last().map_or(0, |cell| cell.row);
    let mut filled = Vec::new();
    let mut bytes = 0;
    for area in merged.iter().filter(|area| area.bottom > area.top) {
        let Ok(index) = cells.binary_search_by_key(&(area.top, area.left), |cell| (cell.row, cell.column))
        else {
            continue;
        };
        for row in area.top + 1..=area.bottom.min(last) {
            bytes += cells[index].text.len();
            if filled.len() >= MOST_FILLED || bytes > MOST_FILLED_TEXT {
                return None;
            }
            filled.push(SheetCell { row, ..cells[index].clone() });
        }
    }
    if !filled.is_empty() {
        // a stable sort: what stands in a cell comes before what is filled in
        cells.extend(filled);
        cells.sort_by_key(|cell| (cell.row, cell.column));
        cells.dedup_by_key(|cell| (cell.row, cell.column));
    }
    Some(())
}

/// The cells of a sheet as rows.
#[derive(Debug, PartialEq)]
struct SheetRows {
    rows: Rows,
    /// The text in which their words lie.
    text: String,
    special: BTreeMap<(u32, usize), Special>,
}

/// The cells of a sheet, in order, as rows; none if they would take too much room.
fn rows(cells: Vec<SheetCell>) -> Option<SheetRows> {
    let mut sheet = SheetWriter::new();
    let mut special = BTreeMap::new();
    let (mut row, mut column, mut padding) = (0, 0, 0);
    for cell in cells {
        if (cell.row, cell.column) < (row, column) {
            // the same cell twice: the first stands
            continue;
        }
        // a cell in the first column without words is none, unless something else is known of it
        if cell.column == 0 && cell.text.is_empty() && cell.special.is_none() {
            continue;
        }
        if cell.row > row {
            (row, column) = (cell.row, 0);
        }
        padding += (cell.column - column) as usize;
        if padding > MOST_PADDING {
            return None;
        }
        column = cell.column + 1;
        sheet.cell(cell.row, cell.column, &cell.text);
        if let Some(what) = cell.special {
            special.insert((row + 1, cell.column as usize), what);
        }
        if sheet.size() > MOST_TEXT {
            return None;
        }
    }
    let (rows, text) = sheet.finish();
    Some(SheetRows { rows, text, special })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, text: &str) -> SheetCell {
        SheetCell { row, column, text: text.to_owned(), special: None, struck: false }
    }

    fn down(top: u32, bottom: u32) -> Area {
        Area { top, bottom, left: 0, right: 0 }
    }

    #[test]
    fn rows_keep_their_numbers_and_merged_cells_are_filled() {
        let mut cells = vec![
            cell(0, 0, "区"),
            cell(0, 2, "名,称"),
            cell(3, 0, "西区"),
            cell(3, 2, "a\nb"),
            cell(4, 2, "c"),
        ];
        fill(&mut cells, &[down(3, 9)]).expect("few");
        let sheet = rows(cells).expect("few");
        assert_eq!(sheet.text, "区,,\"名,称\"\n\n\n西区,,\"a\nb\"\n西区,,c");
        let numbers: Vec<u32> = sheet.rows.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 4, 5]);
    }

    #[test]
    fn too_much_to_fill_is_refused() {
        let mut cells = vec![cell(0, 0, "x"), cell(1_000_000, 9, "y")];
        let merged = vec![down(0, 1_000_000); 3];
        assert_eq!(fill(&mut cells, &merged), None);
        let mut cells = vec![cell(0, 0, &"x".repeat(1 << 20)), cell(1_000, 9, "y")];
        assert_eq!(fill(&mut cells, &[down(0, 1_000)]), None);
        let cells = (0..2_000).map(|row| cell(row, 16_383, "x")).collect();
        assert_eq!(rows(cells), None);
    }
}
