//! The rows of one unit, as its staff edit them: taken out of the sources, put back into them, and what is found in them.
//!
//! In: a [`Prepared`] run and edited rows. Out: [`UnitTable`]s; an [`Overlay`], the very bytes that the sources have once the
//! rows are accepted, which lies over the project until then; and the findings of each row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Prepared;
use super::edit_workbook::CorrectionLines;
pub use super::unit_table::{UnitColumn, UnitTable};
use crate::check::{CheckedDirectory, as_written};
use crate::diagnostic::{Diagnostic, Outcome, Severity};
use crate::model::directory::{Directory, Table};
use crate::model::origin::{Origin, Place};
use crate::model::role::Role;
use crate::project::files::Files;
use crate::project::{DirectoryPlan, Placed, PublicationPlan};
use crate::read;
pub use crate::read::encode::EncodeError;
use crate::read::encode::encode_like;
use crate::read::unit_corrections;
use crate::report::facts::Facts;
use crate::table::dialect::Dialect;
use crate::table::{self, OldRow};

/// A unit that sheets are made for, by all that it is called.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitName {
    /// Its name in the master list.
    pub name: String,
    /// In kana; empty if the list has no reading.
    pub reading: String,
    /// In Latin letters; empty if the list has none.
    pub romaji: String,
}

/// Rows in the place of those of a [`UnitTable`], in its columns.
#[derive(Debug, Clone, Copy)]
pub struct Edited<'a> {
    /// What they replace.
    pub table: &'a UnitTable,
    /// The rows.
    pub rows: &'a [Vec<String>],
}

/// Why rows cannot be put into their file.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EditError {
    /// The corrections beside a workbook have other columns than the workbook.
    #[error("{0} has other columns than its workbook")]
    Columns(String),
    /// The encoding of the file lacks a character, or the file would change elsewhere.
    #[error("{path}: {source}")]
    Encoding {
        /// The file.
        path: String,
        /// Why.
        source: EncodeError,
    },
    /// The file is not as it was read.
    #[error("{0} has changed")]
    Changed(String),
}

/// Where an edited row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RowStart {
    path: String,
    start: usize,
}

impl RowStart {
    /// Rows of one file.
    fn all(path: &str, starts: impl IntoIterator<Item = usize>) -> Vec<Self> {
        starts.into_iter().map(|start| Self { path: path.to_owned(), start }).collect()
    }
}

/// Sources with the edited rows in them.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// The new bytes of each file that changes, by its path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// For each table and each of its rows, where it stands; none for a blank row, which is not written.
    rows: Vec<Vec<Option<RowStart>>>,
}

/// A finding at a cell of an edited row.
#[derive(Debug, Clone)]
pub struct CellFinding {
    /// The index of the table.
    pub table: usize,
    /// The index of the row.
    pub row: usize,
    /// The index of the column in the file.
    pub column: usize,
    /// What was found.
    pub diagnostic: Diagnostic,
}

/// A cell that is printed otherwise than it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellChange {
    /// The index of the table.
    pub table: usize,
    /// The index of the row.
    pub row: usize,
    /// The index of the column in the file.
    pub column: usize,
    /// As it is printed.
    pub printed: String,
}

/// What was found in the rows of one unit.
#[derive(Debug, Clone, Default)]
pub struct UnitFindings {
    /// Findings at cells.
    pub cells: Vec<CellFinding>,
    /// Faults that are at no cell of the unit and keep things from being made.
    pub others: Vec<Diagnostic>,
    /// Cells that are printed otherwise.
    pub changes: Vec<CellChange>,
}

/// The columns and rows of a file that somebody sends in.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct ReceivedTable {
    /// The columns.
    pub columns: Vec<ReceivedColumn>,
    /// The index of the column that names the unit of the row.
    pub joins: Option<usize>,
    /// The rows, in the order of the file.
    pub rows: Vec<ReceivedRow>,
}

/// A column of a file that somebody sends in.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct ReceivedColumn {
    /// Its header as written.
    pub header: String,
    /// The name under which it is found.
    pub name: String,
    /// Where it stands in the file, from 1, as a spreadsheet letters it; none where no row has it.
    pub number: Option<u32>,
}

/// A row of a file that somebody sends in.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct ReceivedRow {
    /// Its number as a spreadsheet shows it.
    pub number: u32,
    /// Its cells, by column of the table.
    pub cells: Vec<String>,
}

impl Prepared {
    /// The units of the master list, in its order.
    #[must_use]
    pub fn units(&self) -> Vec<UnitName> {
        let Some(ready) = &self.ready else { return Vec::new() };
        let units = ready.project.wards().and_then(|plan| ready.checked.directories.get(&plan.name));
        let named = units.into_iter().flat_map(CheckedDirectory::rows_in_order).map(|row| UnitName {
            name: row.naming().key(),
            reading: row.naming().role(Role::Reading).unwrap_or_default(),
            romaji: row.naming().role(Role::Romaji).unwrap_or_default(),
        });
        named.filter(|unit| !unit.name.is_empty()).collect()
    }

    /// The publication called `name`, as the manifest asks for it.
    #[must_use]
    pub fn publication(&self, name: &str) -> Option<&PublicationPlan> {
        let project = self.project()?;
        project.publications.iter().find(|plan| plan.name.value == name)
    }

    /// The rows of `unit` in the directories that `publication` shows by units, file by file.
    #[must_use]
    pub fn unit_tables(&self, publication: &str, unit: &str) -> Vec<UnitTable> {
        let (Some(ready), Some(plan)) = (&self.ready, self.publication(publication)) else {
            return Vec::new();
        };
        let mut tables = Vec::new();
        for name in &plan.directories {
            let directory = ready.checked.directories.get(&name.value);
            let plan = ready.project.directory(&name.value).filter(|plan| plan.joins_units());
            let (Some(checked), Some(plan)) = (directory, plan) else { continue };
            if checked.role(Role::Joins).is_none() {
                continue;
            }
            let directory = as_written::rows(checked);
            let of_unit = |table: &Arc<Table>| -> Vec<OldRow> {
                let records = directory.records.iter().filter(|record| Arc::ptr_eq(&record.table, table));
                let mut rows: Vec<OldRow> = records
                    .filter(|record| as_written::unit_of(checked, record) == unit)
                    .map(|record| {
                        let cell = |column: &Option<usize>| {
                            column.map(|column| record.written(column)).unwrap_or_default().to_owned()
                        };
                        OldRow { start: record.start, cells: places(table).iter().map(cell).collect() }
                    })
                    .collect();
                rows.sort_by_key(|row| row.start);
                rows
            };
            let all: Vec<(&Arc<Table>, Vec<OldRow>)> =
                directory.tables.iter().map(|table| (table, of_unit(table))).collect();
            let has_rows = all.iter().any(|(_, rows)| !rows.is_empty());
            // where the unit has no row yet, it gets its first one in the first file
            let shown = all.into_iter().filter(|(_, rows)| !has_rows || !rows.is_empty());
            let shown = shown.take(if has_rows { usize::MAX } else { 1 });
            tables.extend(shown.map(|(table, rows)| unit_table(plan, directory, table, rows)));
        }
        tables
    }

    /// The sources with `edits` in them; the tables are those of this very run.
    ///
    /// # Errors
    /// [`EditError`] when a file cannot hold the rows.
    pub fn overlay(&self, edits: &[Edited<'_>]) -> Result<Overlay, EditError> {
        let mut overlay = Overlay::default();
        for Edited { table, rows } in edits {
            let is_blank = |row: &Vec<String>| {
                row.iter().zip(&table.columns).all(|(cell, column)| column.joins || cell.trim().is_empty())
            };
            let written: Vec<Vec<String>> = rows.iter().filter(|row| !is_blank(row)).cloned().collect();
            let is_same = written.iter().eq(table.rows.iter().map(|row| &row.cells));
            let starts = if is_same {
                RowStart::all(&table.path, table.rows.iter().map(|row| row.start))
            } else if table.is_workbook {
                self.correct(table, &written, &mut overlay)?
            } else {
                self.replace(table, &written, &mut overlay)?
            };
            let mut starts = starts.into_iter();
            let place = |row: &Vec<String>| if is_blank(row) { None } else { starts.next() };
            overlay.rows.push(rows.iter().map(place).collect());
        }
        Ok(overlay)
    }

    /// Puts rows into the file of `table`; where each begins.
    fn replace(
        &self,
        table: &UnitTable,
        rows: &[Vec<String>],
        overlay: &mut Overlay,
    ) -> Result<Vec<RowStart>, EditError> {
        let changed = || EditError::Changed(table.path.clone());
        let ready = self.ready.as_ref().ok_or_else(changed)?;
        let directory = ready.checked.directories.get(&table.directory).ok_or_else(changed)?;
        let known = as_written::rows(directory).tables.iter().find(|known| known.source.path == table.path);
        let known = known.filter(|_| !overlay.files.contains_key(&table.path)).ok_or_else(changed)?;
        let form =
            ready.project.directory(&table.directory).map(|plan| plan.form.clone()).unwrap_or_default();
        let Dialect { delimiter, .. } = Dialect::of(&known.source.text, form.delimiter);
        let replaced = table::replace(&known.source.text, delimiter, &table.rows, rows);
        let before = ready.project.files.read(&table.path).map_err(|_| changed())?;
        let bytes = encode_like(&before, form.encoding, &replaced.text)
            .map_err(|source| EditError::Encoding { path: table.path.clone(), source })?;
        overlay.files.insert(table.path.clone(), bytes);
        Ok(RowStart::all(&table.path, replaced.starts))
    }

    /// Puts rows in the place of those of a workbook: into the corrections beside it; where each begins.
    fn correct(
        &self,
        table: &UnitTable,
        rows: &[Vec<String>],
        overlay: &mut Overlay,
    ) -> Result<Vec<RowStart>, EditError> {
        let changed = || EditError::Changed(table.path.clone());
        let ready = self.ready.as_ref().ok_or_else(changed)?;
        let plan = ready.project.directory(&table.directory).ok_or_else(changed)?;
        let path = unit_corrections::path_of(&table.path, plan.form.sheet.as_deref());
        let files = &ready.project.files;
        let before = match (overlay.files.remove(&path), files.is_file(&path)) {
            (Some(edited), _) => Some(edited),
            (None, true) => Some(files.read(&path).map_err(|_| changed())?.into_vec()),
            (None, false) => None,
        };
        let lines = CorrectionLines::of(table, rows).ok_or_else(changed)?;
        let (text, starts) = lines.put(before.as_deref()).ok_or(EditError::Columns(path.clone()))?;
        let starts = RowStart::all(&path, starts);
        overlay.files.insert(path, [b"\xEF\xBB\xBF", text.as_bytes()].concat());
        Ok(starts)
    }
}

impl Overlay {
    /// What `facts`, of a run over this overlay that `prepared` began, say of the edited rows.
    #[must_use]
    pub fn findings(&self, prepared: &Prepared, facts: &Facts) -> UnitFindings {
        let places = self.places(prepared);
        let of = |origin: &Origin| match &origin.place {
            Place::Cell { row, column, .. } => {
                let (table, index) = places.get(&(origin.source.path.as_str(), *row))?;
                Some((*table, *index, *column as usize - 1))
            }
            Place::File | Place::Text { .. } => None,
        };
        let mut found = UnitFindings::default();
        for diagnostic in &facts.diagnostics {
            let place = diagnostic.origin.as_ref().map(|origin| (of(origin), &origin.place));
            match place {
                Some((Some((table, row, column)), _)) => {
                    found.cells.push(CellFinding { table, row, column, diagnostic: diagnostic.clone() });
                }
                // another unit's; what is wrong with pages is wrong with this one's, wherever its words stand
                Some((None, Place::Cell { .. })) if !diagnostic.code.is_of_pages() => {}
                _ if diagnostic.severity == Severity::Error => found.others.push(diagnostic.clone()),
                _ => {}
            }
        }
        for change in &facts.changes {
            if let Some((table, row, column)) = of(&change.origin) {
                found.changes.push(CellChange { table, row, column, printed: change.normalised.clone() });
            }
        }
        found
    }

    /// The edited rows by file and row as a spreadsheet counts it.
    fn places<'a>(&'a self, prepared: &'a Prepared) -> BTreeMap<(&'a str, u32), (usize, usize)> {
        let mut wanted: BTreeMap<(&str, usize), (usize, usize)> = BTreeMap::new();
        for (table, rows) in self.rows.iter().enumerate() {
            for (row, place) in rows.iter().enumerate() {
                if let Some(RowStart { path, start }) = place {
                    wanted.insert((path, *start), (table, row));
                }
            }
        }
        let directories = prepared.ready.iter().flat_map(|ready| ready.checked.directories.values());
        let records = directories.flat_map(|directory| &as_written::rows(directory).records);
        let mut places = BTreeMap::new();
        for record in records {
            let key = (record.table.source.path.as_str(), record.start);
            if let Some(((path, _), index)) = wanted.get_key_value(&key) {
                places.insert((*path, record.row), *index);
            }
        }
        places
    }
}

/// For each column of the file, its column in the directory.
fn places(table: &Table) -> Vec<Option<usize>> {
    let place = |index| table.columns.iter().position(|column| *column == Some(index));
    (0..table.headers.len()).map(place).collect()
}

fn unit_table(plan: &DirectoryPlan, directory: &Directory, table: &Table, rows: Vec<OldRow>) -> UnitTable {
    let joins = directory.role(Role::Joins);
    let columns = places(table).into_iter().zip(&table.headers).map(|(column, header)| UnitColumn {
        header: header.clone(),
        name: column.map(|column| directory.columns[column].name().to_owned()),
        kind: column.and_then(|column| directory.columns[column].kind()).unwrap_or_default(),
        joins: column.is_some() && column == joins,
    });
    UnitTable {
        directory: plan.name.clone(),
        title: if plan.title.is_empty() { plan.name.clone() } else { plan.title.clone() },
        icon: plan.icon.clone(),
        path: table.source.path.clone(),
        is_workbook: table.source.sheet.is_some(),
        columns: columns.collect(),
        rows,
    }
}

/// Reads a file that somebody sends in as one of the directory that `plan` describes; `name` is how messages call it.
pub fn receive(plan: &DirectoryPlan, name: &str, bytes: Vec<u8>) -> Outcome<Option<ReceivedTable>> {
    let files = Files::in_memory([(RECEIVED, bytes)]);
    let mut plan = plan.clone();
    plan.source = Placed { value: RECEIVED.to_owned(), origin: Origin::path(name) };
    plan.form.corrections = None;
    let Outcome { value: directory, diagnostics } = read::sources::directory(&files, &plan);
    let is_read = !directory.broken && !directory.tables.is_empty();
    Outcome { value: is_read.then(|| received(&directory)), diagnostics }
}

/// The path of a file that is sent in; what its sender calls it is believed nowhere.
const RECEIVED: &str = "received";

fn received(directory: &Directory) -> ReceivedTable {
    let first = directory.records.first();
    let columns = directory.columns.iter().enumerate().map(|(index, column)| ReceivedColumn {
        header: column.header.clone(),
        name: column.name().to_owned(),
        number: first
            .filter(|first| first.table.columns.get(index).copied().flatten().is_some())
            .and_then(|first| first.origin(index).column()),
    });
    let rows = directory.records.iter().map(|record| ReceivedRow {
        number: record.row,
        cells: (0..directory.columns.len()).map(|column| record.written(column).to_owned()).collect(),
    });
    ReceivedTable { columns: columns.collect(), joins: directory.role(Role::Joins), rows: rows.collect() }
}
