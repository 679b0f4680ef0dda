//! Directories: rows as written, each cell with its place.
//!
//! In: the files of one directory as [`Grid`]s. Out: `Directory`. A row that cannot be read is a finding and
//! no record; nothing is left out without being said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::delimited::{QuoteFault, Row, Rows};
use super::extent::TableExtent;
use super::grid::Grid;
use super::header::{Header, Lines};
use super::known::{KnownHeaders, field_of};
use super::row_width::{self, Columns, Misfits};
use super::sheet_content::Special;
use super::shown::{self, TableCells};
use super::{blemish, ditto, extent, header, header_doubt, left_out};
use crate::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::model::directory::{Column, Directory, LostRow, Record, Table, Written};
use crate::model::header_name::plain_header;
use crate::model::origin::Origin;
use crate::model::schema::{Field, FieldType};
use crate::project::DirectoryPlan;
use crate::say;
use crate::table;

/// Reads the files of a directory into one table.
pub fn directory(plan: &DirectoryPlan, grids: Vec<Grid>) -> Outcome<Directory> {
    let mut directory = Directory {
        name: plan.name.clone(),
        schema: Arc::clone(&plan.schema),
        columns: Vec::new(),
        tables: Vec::new(),
        records: Vec::new(),
        lost: Vec::new(),
        broken: false,
    };
    let mut diagnostics = Vec::new();
    for grid in grids {
        file(plan, grid, &mut directory, &mut diagnostics);
    }
    widen(&mut directory);
    Outcome { value: directory, diagnostics }
}

/// Adds a file to a directory; what was found in it.
pub fn add(plan: &DirectoryPlan, grid: Grid, directory: &mut Directory) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    file(plan, grid, directory, &mut diagnostics);
    widen(directory);
    diagnostics
}

/// Files may have different columns: every record has a cell for each.
fn widen(directory: &mut Directory) {
    let width = directory.columns.len();
    for record in directory.records.iter_mut().filter(|record| record.cells.len() < width) {
        record.cells.resize(width, Written::default());
    }
}

fn file(plan: &DirectoryPlan, mut grid: Grid, directory: &mut Directory, diagnostics: &mut Vec<Diagnostic>) {
    let mut rows = std::mem::take(&mut grid.rows);
    let grid = &grid;
    let source = &grid.source;
    let known = KnownHeaders::of_plan(plan);
    let lines = Lines { text: &source.text, rows: &rows };
    let Some(header) = header::find(&known, lines, plan.form.header_row) else {
        diagnostics.push(header_doubt::no_header(plan, grid, &rows));
        return;
    };
    if let Some(doubt) = header_doubt::find(plan, &known, lines, &header) {
        let table = Arc::new(table_of(grid, &mut rows, &header, &TableExtent::default()));
        let place = table.cell(doubt.cell, &rows.rows[doubt.row]).without_header();
        diagnostics.push(doubt.finding.at(place));
        return;
    }
    let continued = if grid.is_workbook() { header::continued(lines, header.row) } else { 0 };
    let extent = extent::find(plan, &known, lines, &header, continued);
    diagnostics.extend(header_doubt::lost_key(plan, &header.names, source));
    let (columns, twice) = place_columns(plan, &header.names, directory);
    let first = header.row + 1 + continued;
    let passed: Vec<usize> = extent.passed.iter().map(|passed| passed.row).collect();
    let cells =
        TableCells { first, end: extent.end, passed: &passed, places: &columns, columns: &directory.columns };
    let mut shown = if grid.is_workbook() { shown::apply(grid, &mut rows, cells) } else { Vec::new() };
    shown.extend(ditto::fill(grid, &mut rows, cells));
    let mut table = table_of(grid, &mut rows, &header, &extent);
    table.columns = vec![None; directory.columns.len()];
    for (place, column) in columns.iter().enumerate() {
        if let Some(column) = column {
            table.columns[*column] = Some(place);
        }
    }
    let table = Arc::new(table);
    for (first, second) in twice {
        let is_used = columns[first].is_none_or(|column| plan.uses(&directory.columns[column]));
        let finding = header_doubt::header_twice(&table.headers[first], &table.headers[second], is_used);
        directory.broken |= is_used;
        diagnostics.push(finding.at(table.header(second)));
    }
    let is_used = |place: usize| {
        let column = columns.get(place).copied().flatten();
        column.is_none_or(|column| plan.uses(&directory.columns[column]))
    };
    let found =
        blemish::by_row(&blemish::BlemishPlaces { grid, rows: &rows, table: &table }, &is_used, diagnostics);
    if found.spoilt {
        // neither headers nor rows can be believed: nothing more is said of them
        directory.broken = true;
        return;
    }
    left_out::say(&table, &rows, &header, &extent, diagnostics);
    for finding in shown {
        let row = &rows.rows[finding.row];
        diagnostics.push(finding.diagnostic.at(table.cell(finding.place, row)));
    }
    let kinds = columns.iter().map(|column| column.and_then(|column| directory.columns[column].kind()));
    let widths = Columns { kinds: kinds.collect(), grid, table: &table };
    let none: BTreeSet<usize> =
        extent.passed.iter().map(|passed| passed.row).chain(found.rows.iter().copied()).collect();
    let records = rows.rows.iter().enumerate().take(extent.end).skip(first);
    let misfits = if grid.is_workbook() {
        Misfits::default()
    } else {
        widths.misfits(records.filter(|(index, _)| !none.contains(index)))
    };
    let before = diagnostics.len();
    said_once(&widths, &misfits, &rows.rows, extent.end - first, diagnostics);
    let mut reader = RowReader {
        plan,
        grid,
        table: &table,
        columns: &columns,
        directory,
        diagnostics,
        in_order: columns.iter().enumerate().all(|(place, column)| *column == Some(place)),
        unnamed: Vec::new(),
    };
    let mut seen = false;
    let held: BTreeSet<usize> =
        extent.not_in_force.iter().flat_map(|section| section.rows.iter().copied()).collect();
    let mut passed = passed.into_iter().peekable();
    for (index, row) in rows.rows.into_iter().enumerate().take(extent.end).skip(first) {
        if passed.next_if_eq(&index).is_some() {
            if held.contains(&index) {
                reader.lose(&row);
            }
            continue;
        }
        if found.rows.contains(&index) || misfits.ragged.contains(&index) {
            reader.lose(&row);
        } else {
            seen |= reader.row(row);
        }
    }
    let said = reader.diagnostics.len() > before || !found.rows.is_empty();
    if !seen && !said {
        diagnostics.push(no_row(&table));
    }
    directory.tables.push(table);
}

fn no_row(table: &Table) -> Diagnostic {
    let what = say!("見出しだけで、中身の行がありません。", "There is a header, but no row below it.");
    Diagnostic::error(Code::TableEmpty, what).at(table.header(0))
}

/// The table of a file, without the places of its columns; what lies beside its rows is taken out of `rows`.
fn table_of(grid: &Grid, rows: &mut Rows, header: &Header, extent: &TableExtent) -> Table {
    let below = if extent.below { rows.rows.len() - extent.end } else { 0 };
    Table {
        source: Arc::clone(&grid.source),
        headers: header.names.clone(),
        head: rows.rows[header.row].clone(),
        above: rows.rows[..header.row].to_vec(),
        below: u32::try_from(below).unwrap_or(u32::MAX),
        unquoted: std::mem::take(&mut rows.unquoted),
        places: std::mem::take(&mut rows.places),
        columns: Vec::new(),
    }
}

/// What is said of rows with too few or too many cells: once of those that are padded, and once of the others when most
/// are of them.
fn said_once(
    columns: &Columns<'_>,
    misfits: &Misfits,
    rows: &[Row],
    records: usize,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let wanted = columns.kinds.len();
    let last = |index: usize| {
        let row = &rows[index];
        let found = columns.width(row);
        let at = if found > wanted { wanted } else { found.saturating_sub(1) };
        (found, columns.table.cell(at, row))
    };
    if let Some(first) = misfits.short.first() {
        let numbers: Vec<u32> = misfits.short.iter().map(|index| rows[*index].number).collect();
        diagnostics.push(row_width::short(&numbers, columns.grid).at(last(*first).1));
    }
    let count = misfits.ragged.len();
    if let Some(first) = misfits.ragged.first().filter(|_| count > 2 && count * 2 > records) {
        let (found, origin) = last(*first);
        diagnostics.push(row_width::all_ragged(count, found, wanted).at(origin));
        return;
    }
    for index in &misfits.ragged {
        let (found, origin) = last(*index);
        diagnostics.push(row_width::ragged(found, wanted, columns.grid).at(origin));
    }
}

/// Columns of a file with the columns of the directory that they are, and pairs of columns with one meaning.
type Places = (Vec<Option<usize>>, Vec<(usize, usize)>);

/// For each column of the file, its column in the directory; none for one without a header, and for one whose place
/// another has taken.
fn place_columns(plan: &DirectoryPlan, headers: &[String], directory: &mut Directory) -> Places {
    let mut placed: Vec<Option<usize>> = Vec::with_capacity(headers.len());
    let mut twice = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        if header.is_empty() {
            placed.push(None);
            continue;
        }
        // a header that is the field's own goes before one with a remark
        let is_own = |field: &Field, header: &str| field.is_called(&plain_header(header));
        // as does the one that the manifest names
        let is_key = plan.key.as_ref().is_some_and(|key| plain_header(key) == plain_header(header));
        let field = field_of(plan, header).filter(|field| {
            is_key
                || is_own(field, header)
                || !headers.iter().any(|other| other != header && is_own(field, other))
        });
        let column = Column { header: header.clone(), field };
        let name = plain_header(column.name());
        let known = directory.columns.iter().position(|other| plain_header(other.name()) == name);
        if let Some(first) = known.and_then(|known| placed.iter().position(|other| *other == Some(known))) {
            twice.push((first, index));
            placed.push(None);
            continue;
        }
        placed.push(Some(known.unwrap_or_else(|| {
            directory.columns.push(column);
            directory.columns.len() - 1
        })));
    }
    (placed, twice)
}

/// Turns rows into records.
struct RowReader<'a> {
    plan: &'a DirectoryPlan,
    grid: &'a Grid,
    table: &'a Arc<Table>,
    /// For each column of the file, its column in the directory.
    columns: &'a [Option<usize>],
    directory: &'a mut Directory,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Whether the columns of the file are the first of the directory, in its order.
    in_order: bool,
    /// Columns without a header that were reported.
    unnamed: Vec<usize>,
}

impl RowReader<'_> {
    fn words(&self, cell: Written) -> &str {
        cell.of(&self.table.source.text, &self.table.unquoted)
    }

    fn origin(&self, row: &Row, index: usize) -> Origin {
        self.table.cell(index, row)
    }

    /// Keeps the words of a row that is no record, for what can still be told from them (its ward).
    fn lose(&mut self, row: &Row) {
        let words = row.cells.iter().map(|cell| self.words(*cell));
        // what stands behind a mark that is wrong can be some ward's name too
        let rest = row.fault.as_ref().and_then(|_| self.grid.delimiter()).map(|delimiter| {
            let text = &self.table.source.text;
            table::pieces(text, self.table.places.end(text, row), delimiter)
        });
        let lost = LostRow::of(words.chain(rest.into_iter().flatten()));
        self.directory.lost.push(lost);
    }

    /// Reads one row; whether it holds anything.
    fn row(&mut self, mut row: Row) -> bool {
        if row.fault.is_none() && row.cells.iter().all(|cell| self.words(*cell).trim().is_empty()) {
            return self.special(&row);
        }
        if let Some(fault) = &row.fault {
            let mut origin = self.origin(&row, fault.cell);
            // what is read of the cell ends in another line, and its row does not
            if let Some(span) = &mut origin.span {
                let line = origin.source.text.get(span.start..span.end).unwrap_or_default();
                span.end = span.start + line.find(['\r', '\n']).unwrap_or(line.len());
            }
            self.diagnostics.push(quote(fault.kind).at(origin));
            self.lose(&row);
            return true;
        }
        let wanted = self.columns.len();
        // what lies behind the last column is blank, or a workbook's cells under no header
        if self.grid.is_workbook() {
            for (place, cell) in row.cells.iter().enumerate().skip(wanted) {
                self.unnamed(&row, place, *cell);
            }
        }
        if row.cells.len() < wanted {
            let end = self.table.places.end(&self.table.source.text, &row);
            row.cells.resize(wanted, Written::new(end, end));
        }
        row.cells.truncate(wanted);
        if self.special(&row) {
            self.lose(&row);
            return true;
        }
        let width = self.directory.columns.len();
        let cells = if self.in_order && width == wanted {
            std::mem::take(&mut row.cells)
        } else {
            let mut cells = vec![Written::default(); width];
            for (place, cell) in row.cells.iter().enumerate() {
                match self.columns[place] {
                    Some(column) => cells[column] = *cell,
                    None => self.unnamed(&row, place, *cell),
                }
            }
            cells
        };
        let table = Arc::clone(self.table);
        self.directory.records.push(Record {
            table,
            start: row.start,
            row: row.number,
            line: row.line,
            cells,
        });
        true
    }

    /// A cell under no header is printed nowhere: said once for each column.
    fn unnamed(&mut self, row: &Row, place: usize, cell: Written) {
        // a column with the header of another was reported already
        let has_header = self.table.headers.get(place).is_some_and(|header| !header.is_empty());
        if has_header || self.unnamed.contains(&place) || self.words(cell).trim().is_empty() {
            return;
        }
        self.unnamed.push(place);
        let finding = Diagnostic::warning(
            Code::HeaderUnnamed,
            say!("この列には見出しがないので、使いません。", "This column has no header; it is not used."),
        )
        .at(self.origin(row, place))
        .hint(say!("使う列なら、見出しを書いてください。", "Give it a header if it is to be used."));
        self.diagnostics.push(finding);
    }

    /// What a spreadsheet says of cells of the row; whether something is wrong with one that is used.
    fn special(&mut self, row: &Row) -> bool {
        if self.grid.special.is_empty() {
            return false;
        }
        let mut findings = Vec::new();
        let mut any = false;
        for ((_, place), special) in self.grid.special.range((row.number, 0)..=(row.number, usize::MAX)) {
            let Some(column) = self.columns.get(*place).copied().flatten() else { continue };
            let kind = self.directory.columns[column].field.as_ref().map(|field| field.kind);
            let words = row.cells.get(*place).map_or("", |cell| self.words(*cell));
            let finding = match special {
                Special::FormulaEmpty => Some(formula_empty()),
                Special::Error(error) => Some(cell_error(error)),
                Special::Number | Special::Formatted(_) => kind.and_then(|kind| zero_lost(kind, words)),
                Special::Date(_) => None,
            };
            let Some(mut finding) = finding.map(|finding| finding.at(self.origin(row, *place))) else {
                continue;
            };
            if self.plan.uses(&self.directory.columns[column]) {
                any = true;
            } else {
                finding.severity = Severity::Warning;
            }
            findings.push(finding);
        }
        self.diagnostics.append(&mut findings);
        any
    }
}

fn quote(fault: QuoteFault) -> Diagnostic {
    match fault {
        QuoteFault::Unclosed => Diagnostic::error(
            Code::QuoteUnclosed,
            say!(
                "ここで開いた「\"」が閉じていません。この行は読めません。",
                "A quotation mark opens here and is never closed; this row cannot be read."
            ),
        )
        .hint(say!("セルの終わりに「\"」を書いてください。", "Close it at the end of the cell.")),
        QuoteFault::Stray => Diagnostic::error(
            Code::QuoteStray,
            say!(
                "「\"」で閉じたセルのあとに、まだ文字があります。この行は読めません。",
                "Characters follow after the quotation mark that closes this cell; this row cannot be read."
            ),
        )
        .hint(say!(
            "セルの中の「\"」は「\"\"」と2つ書きます。閉じ忘れた「\"」がないかも見てください。",
            "Within a cell a quotation mark is doubled; or one was never closed."
        )),
        QuoteFault::Inside => Diagnostic::error(
            Code::QuoteStray,
            say!(
                "セルの途中で開いた「\"」が、別のセルで閉じています。どこまでが1つのセルか決められません。",
                "A quotation mark opens within this cell and closes within another; what is one cell is not clear."
            ),
        )
        .hint(say!(
            "区切りの文字を含むセルは、全体を「\"」で囲みます。中の「\"」は「\"\"」と2つ書きます。",
            "A cell that holds a delimiter stands in quotation marks as a whole; marks within it are doubled."
        )),
    }
}

fn formula_empty() -> Diagnostic {
    Diagnostic::error(
        Code::FormulaEmpty,
        say!("計算式の結果が保存されていません。", "The result of this formula is not stored."),
    )
    .hint(say!("Excelで開いて、保存し直してください。", "Open the file in a spreadsheet and save it again."))
}

fn cell_error(error: &str) -> Diagnostic {
    Diagnostic::error(
        Code::CellError,
        say!("このセルは「{error}」というエラーです。", "This cell shows the error {error}."),
    )
    .hint(say!("計算式を直すか、値を書いてください。", "Mend the formula, or write the value."))
}

/// A number where digits belong: a spreadsheet takes the leading zero away. The likely value is named, not used.
fn zero_lost(kind: FieldType, words: &str) -> Option<Diagnostic> {
    if !words.bytes().all(|byte| byte.is_ascii_digit()) || words.starts_with('0') {
        return None;
    }
    let likely = (kind.definition().with_zero)(words)?;
    let diagnostic = Diagnostic::error(
        Code::ZeroLost,
        say!(
            "「{words}」は数値として保存されていて、先頭の0が消えています。",
            "{words} is stored as a number and has lost its leading 0."
        ),
    );
    Some(diagnostic.mended_by(likely.clone()).hint(say!(
        "たぶん「{likely}」です。セルの書式を「文字列」にして、書き直してください。",
        "It is probably {likely}. Format the cell as text and type it again."
    )))
}
