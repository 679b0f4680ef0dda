//! Telephone numbers that a spreadsheet stored as numbers: their first 0 is gone. The likely ones become corrections beside
//! the list, which stays as it is.
//!
//! In: the rows of a list and the roles of its columns. Out: a file of corrections: of a text row by row, of a workbook all
//! rows of the units that they belong to.

use std::collections::{BTreeMap, BTreeSet};

use super::roles::ColumnRoles;
use crate::model::directory::{Directory, Record};
use crate::model::role::Role;
use crate::model::schema::FieldType;
use crate::read::grid::GridKind;
use crate::read::survey::Survey;
use crate::read::unit_corrections;
use crate::table::Writer;

/// The path of corrections row by row.
const ROW_BY_ROW: &str = "sources/corrections.csv";

/// Rows that take the place of others.
pub(super) struct DraftCorrections {
    /// The path in the project.
    pub path: String,
    /// The file.
    pub csv: String,
    /// How many numbers got their 0.
    pub count: usize,
    /// Whether the manifest must name the file.
    pub is_named: bool,
}

/// The corrections of a list that gets the path `source` in the project; none if no number lost its 0, or nothing tells
/// which rows are meant.
pub(super) fn of(survey: &Survey, roles: &ColumnRoles, source: &str) -> Option<DraftCorrections> {
    let directory = &survey.directory;
    let phone = roles.get(Role::Phone)?.column;
    match &survey.kind {
        GridKind::Workbook { sheet, alike, .. } => {
            let unit = roles.get(Role::Joins)?.column;
            let (csv, count) = by_unit(directory, unit, phone)?;
            // the manifest names the sheet where no other is like it
            let named = alike.is_empty().then_some(sheet.as_str());
            let path = unit_corrections::path_of(source, named);
            Some(DraftCorrections { path, csv, count, is_named: false })
        }
        GridKind::Delimited { .. } => {
            // such a file is read as the list is: with its header row
            let table =
                directory.tables.first().filter(|table| table.head.number == 1 && table.below == 0)?;
            let name = roles.get(Role::Name)?.column;
            let unit = roles.get(Role::Joins).map(|found| found.column);
            let (csv, count) = by_row(directory, Key { unit, name }, phone)?;
            let is_named = !table.headers.is_empty();
            Some(DraftCorrections { path: ROW_BY_ROW.to_owned(), csv, count, is_named })
        }
    }
}

/// All rows of the units of which a number lost its 0; the unit's column first.
fn by_unit(directory: &Directory, unit: usize, phone: usize) -> Option<(String, usize)> {
    let of = |record: &Record| record.written(unit).trim().to_owned();
    let has_lost = |record: &&Record| with_zero(record.written(phone).trim()).is_some();
    let units: BTreeSet<String> = directory.records.iter().filter(has_lost).map(of).collect();
    let columns: Vec<usize> =
        std::iter::once(unit).chain((0..directory.columns.len()).filter(|column| *column != unit)).collect();
    let rows = directory.records.iter().filter(|record| units.contains(&of(record)));
    written(directory, &columns, rows, phone)
}

/// The columns that tell rows apart.
#[derive(Clone, Copy)]
struct Key {
    unit: Option<usize>,
    name: usize,
}

impl Key {
    fn of(self, record: &Record) -> (String, String) {
        let cell = |column: usize| record.written(column).trim().to_owned();
        (self.unit.map(cell).unwrap_or_default(), cell(self.name))
    }
}

/// The rows of which the number lost its 0, as far as their key names them alone.
fn by_row(directory: &Directory, key: Key, phone: usize) -> Option<(String, usize)> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for record in &directory.records {
        *counts.entry(key.of(record)).or_default() += 1;
    }
    let is_meant = |record: &&Record| {
        let key = key.of(record);
        with_zero(record.written(phone).trim()).is_some() && !key.1.is_empty() && counts.get(&key) == Some(&1)
    };
    let columns: Vec<usize> = (0..directory.columns.len()).collect();
    written(directory, &columns, directory.records.iter().filter(is_meant), phone)
}

/// Rows as CSV, with the 0 of their numbers, and how many got one.
fn written<'r>(
    directory: &Directory,
    columns: &[usize],
    rows: impl Iterator<Item = &'r Record>,
    phone: usize,
) -> Option<(String, usize)> {
    let mut list = Writer::new();
    list.row(columns.iter().map(|column| directory.columns[*column].header.as_str()));
    let mut count = 0;
    for record in rows {
        let number = with_zero(record.written(phone).trim());
        count += usize::from(number.is_some());
        let cell = |column: &usize| match &number {
            Some(number) if *column == phone => number.clone(),
            _ => record.written(*column).to_owned(),
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        list.row(cells.iter().map(String::as_str));
    }
    (count > 0).then(|| (list.text(), count))
}

/// The telephone number that `written` was before a spreadsheet took it for a number.
fn with_zero(written: &str) -> Option<String> {
    let is_number = written.bytes().all(|byte| byte.is_ascii_digit()) && !written.starts_with('0');
    (is_number && !written.is_empty()).then(|| (FieldType::Phone.definition().with_zero)(written)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_a_number_gets_its_zero() {
        assert_eq!(with_zero("453208396").as_deref(), Some("045-320-8396"));
        for written in ["045-320-8396", "0453208396", "", "調整中", "12"] {
            assert_eq!(with_zero(written), None, "{written}");
        }
    }
}
