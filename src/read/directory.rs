//! Directories: rows as written, each cell with its place.
//!
//! In: the files of one directory as [`Grid`]s. Out: `Directory`. A row that cannot be read is a finding and
//! no record; nothing is left out without being said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::delimited::{Row, Rows};
use super::extent::TableExtent;
use super::grid::Grid;
use super::header::{Header, Lines};
use super::known::{KnownHeaders, field_of};
use super::row_reader::RowReader;
use super::row_width::{self, Columns, Misfits};
use super::shown::{self, ShownFinding, TableCells};
use super::{blemish, ditto, extent, header, header_doubt, left_out};
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::directory::{Column, Directory, Table, Written};
use crate::model::header_name::plain_header;
use crate::model::schema::Field;
use crate::project::DirectoryPlan;
use crate::say;

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
    let rows = std::mem::take(&mut grid.rows);
    let Some(list) = List::find(plan, &grid, rows, diagnostics) else { return };
    let mut list = list.place(directory);
    let Some(blemished) = list.check(directory, diagnostics) else {
        // neither headers nor rows can be believed: nothing more is said of them
        directory.broken = true;
        return;
    };
    list.read(&blemished, directory, diagnostics);
}

/// Where the list stands in its file.
struct List<'f> {
    plan: &'f DirectoryPlan,
    grid: &'f Grid,
    rows: Rows,
    header: Header,
    extent: TableExtent,
    /// The index of its first row.
    first: usize,
}

/// A list with the columns of the directory that its columns are.
struct PlacedList<'f> {
    list: List<'f>,
    table: Arc<Table>,
    places: Places,
    /// What is said of cells as they are shown.
    shown: Vec<ShownFinding>,
}

impl<'f> List<'f> {
    /// Finds the header and the extent; none where there is no list, which is then said.
    fn find(
        plan: &'f DirectoryPlan,
        grid: &'f Grid,
        mut rows: Rows,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let known = KnownHeaders::of_plan(plan);
        let lines = Lines { text: &grid.source.text, rows: &rows };
        let Some(header) = header::find(&known, lines, plan.form.header_row) else {
            diagnostics.push(header_doubt::no_header(plan, grid, &rows));
            return None;
        };
        if let Some(doubt) = header_doubt::find(plan, &known, lines, &header) {
            let table = Arc::new(table_of(grid, &mut rows, &header, &TableExtent::default()));
            let place = table.cell(doubt.cell, &rows.rows[doubt.row]).without_header();
            diagnostics.push(doubt.finding.at(place));
            return None;
        }
        let continued = if grid.is_workbook() { header::continued(lines, header.row) } else { 0 };
        let extent = extent::find(plan, &known, lines, &header, continued);
        diagnostics.extend(header_doubt::lost_key(plan, &header.names, &grid.source));
        Some(Self { plan, grid, first: header.row + 1 + continued, rows, header, extent })
    }

    /// Finds the columns in the directory, which may get new ones; cells are then as people see them.
    fn place(mut self, directory: &mut Directory) -> PlacedList<'f> {
        let places = place_columns(self.plan, &self.header.names, directory);
        let passed: Vec<usize> = self.passed().collect();
        let cells = TableCells {
            first: self.first,
            end: self.extent.end,
            passed: &passed,
            places: &places.columns,
            columns: &directory.columns,
        };
        let (grid, rows) = (self.grid, &mut self.rows);
        let mut shown = if grid.is_workbook() { shown::apply(grid, rows, cells) } else { Vec::new() };
        shown.extend(ditto::fill(grid, rows, cells));
        let mut table = table_of(grid, rows, &self.header, &self.extent);
        table.columns = vec![None; directory.columns.len()];
        for (place, column) in places.columns.iter().enumerate() {
            if let Some(column) = column {
                table.columns[*column] = Some(place);
            }
        }
        PlacedList { list: self, table: Arc::new(table), places, shown }
    }

    /// The indices of rows that are no records, in order.
    fn passed(&self) -> impl Iterator<Item = usize> + '_ {
        self.extent.passed.iter().map(|passed| passed.row)
    }
}

impl PlacedList<'_> {
    /// Whether anything uses a column of the file; what is no column of the directory is taken for one that is used.
    fn is_used(&self, place: usize, directory: &Directory) -> bool {
        let column = self.places.columns.get(place).copied().flatten();
        column.is_none_or(|column| self.list.plan.uses(&directory.columns[column]))
    }

    /// Says what is wrong with headers and cells; the rows with blemishes, or none where all are.
    fn check(
        &mut self,
        directory: &mut Directory,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<BTreeSet<usize>> {
        let table = &self.table;
        for HeaderTwice { first, second } in &self.places.twice {
            let is_used = self.is_used(*first, directory);
            let (one, other) = (&table.headers[*first], &table.headers[*second]);
            directory.broken |= is_used;
            let finding = header_doubt::header_twice(one, other, is_used);
            diagnostics.push(finding.at(table.header(*second)));
        }
        let List { grid, rows, header, extent, .. } = &self.list;
        let places = blemish::BlemishPlaces { grid, rows, table };
        let found = blemish::by_row(&places, &|place| self.is_used(place, directory), diagnostics);
        if found.spoilt {
            return None;
        }
        left_out::say(table, rows, header, extent, diagnostics);
        for finding in std::mem::take(&mut self.shown) {
            let place = self.table.cell(finding.place, &self.list.rows.rows[finding.row]);
            diagnostics.push(finding.diagnostic.at(place));
        }
        Some(found.rows)
    }

    /// Reads the rows that are records into the directory.
    fn read(self, blemished: &BTreeSet<usize>, directory: &mut Directory, diagnostics: &mut Vec<Diagnostic>) {
        let before = diagnostics.len();
        let misfits = self.misfits(blemished, directory, diagnostics);
        let Self { list, table, places, .. } = self;
        let mut passed = list.passed().collect::<Vec<_>>().into_iter().peekable();
        let List { plan, grid, rows, extent, first, .. } = list;
        let mut reader = RowReader {
            plan,
            grid,
            table: &table,
            columns: &places.columns,
            in_order: places.columns.iter().enumerate().all(|(place, column)| *column == Some(place)),
            directory,
            diagnostics,
            unnamed: Vec::new(),
        };
        let mut seen = false;
        let held: BTreeSet<usize> =
            extent.not_in_force.iter().flat_map(|section| section.rows.iter().copied()).collect();
        for (index, row) in rows.rows.into_iter().enumerate().take(extent.end).skip(first) {
            if passed.next_if_eq(&index).is_some() {
                if held.contains(&index) {
                    reader.lose(&row);
                }
            } else if blemished.contains(&index) || misfits.ragged.contains(&index) {
                reader.lose(&row);
            } else {
                seen |= reader.row(row);
            }
        }
        let said = reader.diagnostics.len() > before || !blemished.is_empty();
        if !seen && !said {
            diagnostics.push(no_row(&table));
        }
        directory.tables.push(table);
    }

    /// The rows whose number of cells is not the header's, which is said.
    fn misfits(
        &self,
        blemished: &BTreeSet<usize>,
        directory: &Directory,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Misfits {
        let List { grid, rows, extent, first, .. } = &self.list;
        let columns = self.places.columns.iter();
        let kinds = columns.map(|column| column.and_then(|column| directory.columns[column].kind()));
        let widths = Columns { kinds: kinds.collect(), grid, table: &self.table };
        let none: BTreeSet<usize> = self.list.passed().chain(blemished.iter().copied()).collect();
        let records = rows.rows.iter().enumerate().take(extent.end).skip(*first);
        let misfits = if grid.is_workbook() {
            Misfits::default()
        } else {
            widths.misfits(records.filter(|(index, _)| !none.contains(index)))
        };
        said_once(&widths, &misfits, &rows.rows, extent.end - first, diagnostics);
        misfits
    }
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

/// The columns of a file in the directory.
struct Places {
    /// For each column of the file, its column in the directory; none for one without a header, and for one whose place
    /// another has taken.
    columns: Vec<Option<usize>>,
    /// Columns with the meaning of an earlier one.
    twice: Vec<HeaderTwice>,
}

/// Two columns with one meaning.
struct HeaderTwice {
    first: usize,
    second: usize,
}

/// Finds the columns of the file in the directory, which gets those that it does not have.
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
            twice.push(HeaderTwice { first, second: index });
            placed.push(None);
            continue;
        }
        placed.push(Some(known.unwrap_or_else(|| {
            directory.columns.push(column);
            directory.columns.len() - 1
        })));
    }
    Places { columns: placed, twice }
}
