//! Workbooks (XLSX, XLS, ODS): one sheet, written down as rows of cells.
//!
//! In: the bytes of a file. Out: a [`Grid`] whose text is the sheet as CSV, one line for each row of the sheet, so that
//! rows keep their numbers and messages can show them. Cells merged downwards are filled. The reader (`calamine`) does
//! not tell hidden rows and columns, nor merged cells of ODS: these are read as they are stored. It would take any
//! amount of memory for an XLSB with one cell in the last corner, and fall over a broken one: XLSB is refused.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    Data, DataRef, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};

use super::delimited;
use super::grid::{Grid, Kind, Special};
use super::header::{self, Lines};
use super::known::Known;
use super::sheet_choice::{self, SheetName};
use super::workbook_cell::{self, SheetCell};
use super::workbook_file::{self, COMPOUND, broken, locked, too_large, xlsb};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::origin::Source;
use crate::project::table_form::TableForm;

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

/// Reads one sheet: the one that `form` names, or the one on which `known` headers stand.
pub fn read(path: &str, bytes: Vec<u8>, form: &TableForm, known: &Known) -> Outcome<Option<Grid>> {
    let joined = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned());
        let handle = thread.spawn_scoped(scope, || read_here(path, bytes, form, known));
        handle.map(std::thread::ScopedJoinHandle::join)
    });
    let detail = match joined {
        Ok(Ok(outcome)) => return outcome,
        Ok(Err(_)) => "its reader cannot make anything of it".to_owned(),
        Err(error) => error.to_string(),
    };
    Outcome { value: None, diagnostics: vec![broken(path, &detail)] }
}

fn read_here(path: &str, bytes: Vec<u8>, form: &TableForm, known: &Known) -> Outcome<Option<Grid>> {
    let mut diagnostics = Vec::new();
    let value = match open(path, bytes) {
        Ok(mut book) => book.sheet(path, form, known, &mut diagnostics),
        Err(diagnostic) => Err(diagnostic),
    };
    match value {
        Ok(grid) => Outcome { value: Some(grid), diagnostics },
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            Outcome { value: None, diagnostics }
        }
    }
}

type Bytes = Cursor<Vec<u8>>;

/// An open workbook of any kind.
enum Book {
    Xlsx(Box<Xlsx<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

fn open(path: &str, bytes: Vec<u8>) -> Result<Book, Diagnostic> {
    if bytes.starts_with(COMPOUND) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(&bytes, &name).is_some() {
            return Err(locked(path));
        }
        workbook_file::is_bounded(path, &bytes)?;
        return match Xls::new(Cursor::new(bytes)) {
            Ok(book) => Ok(Book::Xls(Box::new(book))),
            Err(XlsError::Password) => Err(locked(path)),
            Err(error) => Err(broken(path, &error.to_string())),
        };
    }
    let parts = workbook_file::parts(path, &bytes)?;
    let has = |name: &str| parts.iter().any(|part| part.eq_ignore_ascii_case(name));
    let bytes = Cursor::new(bytes);
    if has("xl/workbook.xml") {
        match Xlsx::new(bytes) {
            Ok(book) => Ok(Book::Xlsx(Box::new(book))),
            Err(XlsxError::Password) => Err(locked(path)),
            Err(error) => Err(broken(path, &error.to_string())),
        }
    } else if has("xl/workbook.bin") {
        Err(xlsb(path))
    } else if has("content.xml") {
        match Ods::new(bytes) {
            Ok(book) => Ok(Book::Ods(Box::new(book))),
            Err(OdsError::Password) => Err(locked(path)),
            Err(OdsError::CellLimitExceeded { .. }) => Err(too_large(path)),
            Err(error) => Err(broken(path, &error.to_string())),
        }
    } else {
        Err(broken(path, "not a workbook"))
    }
}

impl Book {
    fn sheets(&self) -> &[Sheet] {
        match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        }
    }

    fn format(&self) -> &'static str {
        match self {
            Self::Xlsx(_) => "XLSX",
            Self::Xls(_) => "XLS",
            Self::Ods(_) => "ODS",
        }
    }

    fn sheet(
        &mut self,
        path: &str,
        form: &TableForm,
        known: &Known,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Grid, Diagnostic> {
        let sheets: Vec<SheetName> = self
            .sheets()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                visible: sheet.visible == SheetVisible::Visible,
            })
            .collect();
        let headers = |name: &str| self.headers(path, name, known);
        let name = sheet_choice::choose(path, &sheets, form, headers, diagnostics)?;
        let mut cells = self.cells(path, &name, u32::MAX)?;
        fill(&mut cells, &self.merged(path, &name)?).ok_or_else(|| too_large(path))?;
        let (text, special) = write_down(cells).ok_or_else(|| too_large(path))?;
        Ok(Grid {
            source: Source::of_sheet(path, &name, text),
            kind: Kind::Workbook { format: self.format(), sheet: name },
            delimiter: b',',
            start: 0,
            faults: Vec::new(),
            special,
        })
    }

    /// How many known headers the best row of a sheet has.
    fn headers(&mut self, path: &str, name: &str, known: &Known) -> Result<usize, Diagnostic> {
        let mut cells = self.cells(path, name, HEAD)?;
        let merged = self.merged(path, name)?;
        cells.retain(|cell| cell.row < HEAD);
        let written = fill(&mut cells, &merged).and_then(|()| write_down(cells));
        let Some((text, _)) = written else { return Ok(0) };
        let rows = delimited::rows(&text, b',');
        Ok(header::most(known, Lines { text: &text, rows: &rows }))
    }

    /// The cells of a sheet, in order, without empty ones; of an XLSX the first `rows` at least.
    fn cells(&mut self, path: &str, name: &str, rows: u32) -> Result<Vec<SheetCell>, Diagnostic> {
        let mut cells = Vec::new();
        match self {
            // cell by cell: one cell in the last corner of a sheet must not cost seventeen thousand million
            Self::Xlsx(book) => {
                let failed = |error: XlsxError| broken(path, &error.to_string());
                let mut reader = book.worksheet_cells_reader(name).map_err(failed)?;
                let mut size = 0;
                while let Some(record) = reader.next_cell_with_formula_metadata().map_err(failed)? {
                    if record.pos.0 >= rows {
                        break;
                    }
                    let empty = record.value == DataRef::Empty;
                    let formula = record.formula.is_some();
                    if !empty || formula {
                        let cell = workbook_cell::cell(record.pos, &Data::from(record.value), formula);
                        size += cell.text.len() + size_of::<SheetCell>();
                        cells.push(cell);
                    }
                    if size > MOST_TEXT {
                        return Err(too_large(path));
                    }
                }
            }
            Self::Xls(book) => {
                let failed = |error: XlsError| broken(path, &error.to_string());
                let range = book.worksheet_range(name).map_err(failed)?;
                let formulas = book.worksheet_formula(name).map_err(failed)?;
                workbook_cell::of_ranges(&range, &formulas, &mut cells);
            }
            Self::Ods(book) => {
                let failed = |error: OdsError| broken(path, &error.to_string());
                let range = book.worksheet_range(name).map_err(failed)?;
                let formulas = book.worksheet_formula(name).map_err(failed)?;
                workbook_cell::of_ranges(&range, &formulas, &mut cells);
            }
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        Ok(cells)
    }

    /// The merged cells: first and last row, column.
    fn merged(&mut self, path: &str, name: &str) -> Result<Vec<(u32, u32, u32)>, Diagnostic> {
        let merged = match self {
            Self::Xlsx(book) => {
                book.merge_cells_by_sheet_name(name).map_err(|error| broken(path, &error.to_string()))?
            }
            Self::Xls(book) => {
                book.merge_cells_by_sheet_name(name).map_err(|error| broken(path, &error.to_string()))?
            }
            Self::Ods(_) => Vec::new(),
        };
        Ok(merged
            .into_iter()
            .filter(|area| area.end.0 > area.start.0)
            .map(|area| (area.start.0, area.end.0, area.start.1))
            .collect())
    }
}

/// Fills cells that are merged downwards with the value of the first; none if that would be too many.
fn fill(cells: &mut Vec<SheetCell>, merged: &[(u32, u32, u32)]) -> Option<()> {
    let last = cells.last().map_or(0, |cell| cell.row);
    let mut filled = Vec::new();
    let mut bytes = 0;
    for (first_row, last_row, column) in merged {
        let Ok(index) = cells.binary_search_by_key(&(*first_row, *column), |cell| (cell.row, cell.column))
        else {
            continue;
        };
        for row in first_row + 1..=(*last_row).min(last) {
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

type SpecialCells = BTreeMap<(u32, usize), Special>;

/// The sheet as CSV, one line for each of its rows; none if that would be too long.
fn write_down(cells: Vec<SheetCell>) -> Option<(String, SpecialCells)> {
    let mut text = String::new();
    let mut special = BTreeMap::new();
    let (mut row, mut column, mut padding) = (0, 0, 0);
    for cell in cells {
        if (cell.row, cell.column) < (row, column) {
            // the same cell twice: the first stands
            continue;
        }
        if cell.row > row {
            text.extend(std::iter::repeat_n('\n', (cell.row - row) as usize));
            (row, column) = (cell.row, 0);
        }
        // a delimiter before each cell but the first of a row
        let missing = if column == 0 { cell.column } else { cell.column + 1 - column };
        // the delimiter of a cell that is there is none too many
        padding += (missing as usize).saturating_sub(1);
        if padding > MOST_PADDING {
            return None;
        }
        text.extend(std::iter::repeat_n(',', missing as usize));
        column = cell.column + 1;
        workbook_cell::quote(&cell.text, &mut text);
        if let Some(what) = cell.special {
            special.insert((row + 1, cell.column as usize), what);
        }
        if text.len() > MOST_TEXT {
            return None;
        }
    }
    Some((text, special))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, text: &str) -> SheetCell {
        SheetCell { row, column, text: text.to_owned(), special: None }
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
        fill(&mut cells, &[(3, 9, 0)]).expect("few");
        let (text, _) = write_down(cells).expect("short");
        assert_eq!(text, "区,,\"名,称\"\n\n\n西区,,\"a\nb\"\n西区,,c");
    }

    #[test]
    fn too_much_to_fill_is_refused() {
        let mut cells = vec![cell(0, 0, "x"), cell(1_000_000, 9, "y")];
        let merged = vec![(0, 1_000_000, 0); 3];
        assert_eq!(fill(&mut cells, &merged), None);
        let mut cells = vec![cell(0, 0, &"x".repeat(1 << 20)), cell(1_000, 9, "y")];
        assert_eq!(fill(&mut cells, &[(0, 1_000, 0)]), None);
        let cells = (0..2_000).map(|row| cell(row, 16_383, "x")).collect();
        assert_eq!(write_down(cells), None);
    }
}
