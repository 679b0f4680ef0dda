//! Workbooks (XLSX, XLS, XLSB, ODS): one sheet, written down as rows of cells.
//!
//! In: the bytes of a file. Out: a [`Grid`] whose text is the sheet as CSV, one line for each row of the sheet, so that
//! rows keep their numbers and messages can show them. Cells merged downwards are filled. The reader (`calamine`) does
//! not tell hidden rows and columns, nor merged cells of ODS: these are read as they are stored.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{
    Data, DataRef, Ods, OdsError, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError, Xlsb, Xlsx,
    XlsxError,
};

use super::grid::{Grid, Kind, Special};
use super::workbook_cell::{self, SheetCell};
use crate::diagnostic::{Code, Diagnostic, Outcome, nearest};
use crate::model::origin::{Origin, Source};
use crate::project::table_form::TableForm;
use crate::say;

/// A ZIP archive (XLSX, XLSB, ODS).
const ZIP: &[u8] = b"PK\x03\x04";
/// A compound file (XLS, and XLSX with a password).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Unpacked, a workbook may take this many bytes.
const MOST_UNPACKED: u64 = 1 << 30;
/// From this size on, …
const SUSPECT_SIZE: u64 = 64 << 20;
/// … a workbook that unpacks to more than this many times its size is no honest one (sheets come to 50).
const SUSPECT_RATIO: u64 = 100;
/// The text of a sheet may take this many bytes.
const MOST_TEXT: usize = 1 << 30;
/// Merging may fill this many cells.
const MOST_FILLED: usize = 2_000_000;

/// Whether the bytes are those of a workbook.
#[must_use]
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND)
}

/// The finding for a file that bears a workbook's name, or a list's, and is something else.
#[must_use]
pub fn false_name(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let start: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, 0xEF | 0xBB | 0xBF | 0 | 0xFE | 0xFF) && !byte.is_ascii_whitespace())
        .take(16)
        .map(|byte| byte.to_ascii_lowercase())
        .collect();
    let html = [&b"<!doctypehtml"[..], b"<html", b"<table", b"<head", b"<meta"]
        .iter()
        .any(|tag| start.starts_with(tag));
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let named = ["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&ending.as_str());
    if html {
        return Some(
            Diagnostic::error(
                Code::WorkbookBroken,
                say!(
                    "中身はExcelの表でもCSVでもなく、ウェブページ（HTML）です。",
                    "This is neither a workbook nor a list, but a web page (HTML)."
                ),
            )
            .at(Origin::path(path))
            .hint(say!(
                "Excelで開き、「Excelブック（.xlsx）」を選んで保存し直してください。",
                "Open it in a spreadsheet and save it as XLSX."
            )),
        );
    }
    named.then(|| broken(path, "not a workbook"))
}

fn broken(path: &str, detail: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WorkbookBroken,
        say!("表計算のファイルとして読めません：{detail}", "It cannot be read as a workbook: {detail}"),
    )
    .at(Origin::path(path))
    .hint(say!(
        "Excelで開けるか確かめ、保存し直してください。",
        "See whether a spreadsheet opens it, and save it again."
    ))
}

fn locked(path: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WorkbookBroken,
        say!("パスワードがかかっているので読めません。", "It is protected by a password."),
    )
    .at(Origin::path(path))
    .hint(say!("パスワードを外して保存し直してください。", "Save it again without the password."))
}

fn too_large(path: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WorkbookBroken,
        say!(
            "ファイルの大きさの割に、中身が大きすぎます。安全のため読みません。",
            "What is packed in it is far too large; for safety it is not read."
        ),
    )
    .at(Origin::path(path))
    .hint(say!(
        "使っていない行・列・シートを消して、保存し直してください。",
        "Delete rows, columns and sheets that are not used, and save it again."
    ))
}

/// Reads one sheet.
pub fn read(path: &str, bytes: Vec<u8>, form: &TableForm) -> Outcome<Option<Grid>> {
    let mut diagnostics = Vec::new();
    let value = match open(path, bytes) {
        Ok(mut book) => book.sheet(path, form, &mut diagnostics),
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
    Xlsb(Box<Xlsb<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

fn open(path: &str, bytes: Vec<u8>) -> Result<Book, Diagnostic> {
    if bytes.starts_with(COMPOUND) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        if memchr::memmem::find(&bytes, &name).is_some() {
            return Err(locked(path));
        }
        return match Xls::new(Cursor::new(bytes)) {
            Ok(book) => Ok(Book::Xls(Box::new(book))),
            Err(XlsError::Password) => Err(locked(path)),
            Err(error) => Err(broken(path, &error.to_string())),
        };
    }
    let parts = parts(path, &bytes)?;
    let has = |name: &str| parts.iter().any(|part| part.eq_ignore_ascii_case(name));
    let bytes = Cursor::new(bytes);
    if has("xl/workbook.xml") {
        match Xlsx::new(bytes) {
            Ok(book) => Ok(Book::Xlsx(Box::new(book))),
            Err(XlsxError::Password) => Err(locked(path)),
            Err(error) => Err(broken(path, &error.to_string())),
        }
    } else if has("xl/workbook.bin") {
        let book = Xlsb::new(bytes).map_err(|error| broken(path, &error.to_string()))?;
        Ok(Book::Xlsb(Box::new(book)))
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

/// The names of the parts of an archive, after all of it was unpacked once to see how large it is: what its table of
/// contents says of that may be a lie.
fn parts(path: &str, bytes: &[u8]) -> Result<Vec<String>, Diagnostic> {
    let failed = |error: zip::result::ZipError| broken(path, &error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = MOST_UNPACKED.min((size * SUSPECT_RATIO).max(SUSPECT_SIZE));
    let mut left = most;
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(failed)?;
        names.push(entry.name().map_err(failed)?.replace('\\', "/"));
        let mut limited = std::io::Read::take(entry, left + 1);
        let unpacked = std::io::copy(&mut limited, &mut std::io::sink())
            .map_err(|error| broken(path, &error.to_string()))?;
        left = left.checked_sub(unpacked).ok_or_else(|| too_large(path))?;
    }
    Ok(names)
}

impl Book {
    fn sheets(&self) -> &[Sheet] {
        match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        }
    }

    fn format(&self) -> &'static str {
        match self {
            Self::Xlsx(_) => "XLSX",
            Self::Xlsb(_) => "XLSB",
            Self::Xls(_) => "XLS",
            Self::Ods(_) => "ODS",
        }
    }

    fn sheet(
        &mut self,
        path: &str,
        form: &TableForm,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Grid, Diagnostic> {
        let name = choose(path, self.sheets(), form, diagnostics)?;
        let mut cells = self.cells(path, &name)?;
        fill(&mut cells, &self.merged(path, &name)?).ok_or_else(|| too_large(path))?;
        let (text, special) = write_down(cells).ok_or_else(|| too_large(path))?;
        Ok(Grid {
            source: Source::new(path, text),
            kind: Kind::Workbook { format: self.format(), sheet: name },
            delimiter: b',',
            start: 0,
            faults: Vec::new(),
            special,
        })
    }

    /// The cells of a sheet, in order, without empty ones.
    fn cells(&mut self, path: &str, name: &str) -> Result<Vec<SheetCell>, Diagnostic> {
        let mut cells = Vec::new();
        match self {
            // cell by cell: one cell in the last corner of a sheet must not cost seventeen thousand million
            Self::Xlsx(book) => {
                let failed = |error: XlsxError| broken(path, &error.to_string());
                let mut reader = book.worksheet_cells_reader(name).map_err(failed)?;
                let mut size = 0;
                while let Some(record) = reader.next_cell_with_formula_metadata().map_err(failed)? {
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
            Self::Xlsb(book) => {
                let failed = |error: calamine::XlsbError| broken(path, &error.to_string());
                let range = book.worksheet_range(name).map_err(failed)?;
                let formulas = book.worksheet_formula(name).map_err(failed)?;
                workbook_cell::of_ranges(&range, &formulas, &mut cells);
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
            Self::Xlsb(_) | Self::Ods(_) => Vec::new(),
        };
        Ok(merged
            .into_iter()
            .filter(|area| area.end.0 > area.start.0)
            .map(|area| (area.start.0, area.end.0, area.start.1))
            .collect())
    }
}

/// The sheet that the manifest names, or the first that a person sees.
fn choose(
    path: &str,
    sheets: &[Sheet],
    form: &TableForm,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<String, Diagnostic> {
    let tables: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let names = |list: &[&Sheet]| list.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、");
    if let Some(wanted) = &form.sheet {
        if tables.iter().any(|sheet| sheet.name == *wanted) {
            return Ok(wanted.clone());
        }
        let diagnostic = Diagnostic::error(
            Code::SheetMissing,
            say!("シート「{wanted}」がありません。", "There is no sheet \"{wanted}\"."),
        )
        .at(Origin::path(path));
        let list = names(&tables);
        return Err(match nearest(wanted, tables.iter().map(|sheet| sheet.name.as_str())) {
            Some(like) => diagnostic.hint(say!("もしかして「{like}」ですか。", "Did you mean \"{like}\"?")),
            None => diagnostic.hint(say!("あるのは：{list}", "There are: {list}")),
        });
    }
    let (seen, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
        tables.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
    let Some(first) = seen.first() else {
        return Err(Diagnostic::error(
            Code::SheetMissing,
            say!("読めるシートがありません。", "There is no sheet to read."),
        )
        .at(Origin::path(path)));
    };
    let name = first.name.clone();
    if seen.len() + hidden.len() > 1 {
        let others = names(&seen[1..]);
        let unseen = names(&hidden);
        let message = match (seen.len() > 1, hidden.is_empty()) {
            (true, true) => say!(
                "シート「{name}」を読みました。ほかのシート（{others}）は読みません。",
                "The sheet \"{name}\" was read, the others were not: {others}."
            ),
            (false, _) => say!(
                "シート「{name}」を読みました。隠れているシート（{unseen}）は読みません。",
                "The sheet \"{name}\" was read, hidden ones were not: {unseen}."
            ),
            (true, false) => say!(
                "シート「{name}」を読みました。ほかのシート（{others}）と、隠れているシート（{unseen}）は読みません。",
                "The sheet \"{name}\" was read; others ({others}) and hidden ones ({unseen}) were not."
            ),
        };
        diagnostics.push(Diagnostic::warning(Code::SheetSkipped, message).at(Origin::path(path)).hint(say!(
            "sheet = \"{name}\" と書くと、この注意は出ません。",
            "With sheet = \"{name}\" in the manifest this is not said."
        )));
    }
    Ok(name)
}

/// Fills cells that are merged downwards with the value of the first; none if that would be too many.
fn fill(cells: &mut Vec<SheetCell>, merged: &[(u32, u32, u32)]) -> Option<()> {
    let last = cells.last().map_or(0, |cell| cell.row);
    let mut filled = Vec::new();
    for (first_row, last_row, column) in merged {
        let Ok(index) = cells.binary_search_by_key(&(*first_row, *column), |cell| (cell.row, cell.column))
        else {
            continue;
        };
        for row in first_row + 1..=(*last_row).min(last) {
            if filled.len() >= MOST_FILLED {
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
    let (mut row, mut column) = (0, 0);
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
    }

    #[test]
    fn tells_what_is_no_workbook() {
        let code = |path, bytes: &[u8]| false_name(path, bytes).map(|finding| finding.code);
        assert_eq!(code("a.xls", b"\xEF\xBB\xBF <HTML><table>"), Some(Code::WorkbookBroken));
        assert_eq!(code("a.xlsx", "区,名称".as_bytes()), Some(Code::WorkbookBroken));
        assert_eq!(code("a.csv", "区,名称".as_bytes()), None);
    }
}
