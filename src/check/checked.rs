//! What was checked, as later stages see it: the records that are good, each of their cells typed once; of the others the
//! name alone.
//!
//! In: a typed directory and which of its records were rejected. Out: [`CheckedDirectory`]. A [`CheckedRecord`] comes from
//! nowhere else, so that no stage prints a record with errors: what it would need is not there. A [`RejectedRecord`] has a
//! name and a place in the list, for files that are held back.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use crate::model::directory::{Column, Record};
use crate::model::meaning::{Meaning, Value};
use crate::model::origin::Origin;
use crate::model::role::Role;
use crate::model::schema::Schema;
use crate::model::typed::TypedDirectory;

/// The typed cells of one record, once one of them was asked for: few records of a list of a million are ever printed.
type Cells = OnceLock<Box<[OnceLock<Meaning>]>>;

/// A directory of which the good records are at hand.
#[derive(Debug)]
pub struct CheckedDirectory {
    typed: TypedDirectory,
    rejected: BTreeSet<usize>,
    /// By record; what a cell means is found out once.
    cells: Box<[Cells]>,
}

/// A row in the order of its list.
#[derive(Debug, Clone)]
pub enum ListedRow {
    /// A good record.
    Checked(CheckedRecord),
    /// One with errors.
    Rejected(RejectedRecord),
}

/// A good record.
#[derive(Debug, Clone)]
pub struct CheckedRecord {
    directory: Arc<CheckedDirectory>,
    index: usize,
}

/// A record with errors, of which the name is known.
#[derive(Debug, Clone)]
pub struct RejectedRecord(CheckedRecord);

impl CheckedDirectory {
    /// The records of `typed` but for those that were `rejected`.
    #[must_use]
    pub fn new(typed: TypedDirectory, rejected: BTreeSet<usize>) -> Self {
        let cells = typed.records.iter().map(|_| OnceLock::new()).collect();
        Self { typed, rejected, cells }
    }

    /// All its rows, for `check` itself.
    pub(super) fn typed(&self) -> &TypedDirectory {
        &self.typed
    }

    /// Its name in the manifest.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.typed.name
    }

    /// What kind of directory it is.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.typed.schema
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.typed.columns
    }

    /// The index of the column that plays `role`.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<usize> {
        self.typed.role(role)
    }

    /// The index of the column that names a record.
    #[must_use]
    pub fn naming(&self) -> Option<usize> {
        self.typed.naming()
    }

    /// The index of the column that a layout or a file name asks for as `name`.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<usize> {
        self.typed.asked(name)
    }

    /// The columns that play a role and are called otherwise, with the names by which layouts ask for them.
    pub fn names_of_roles(&self) -> impl Iterator<Item = (&'static str, &Column)> {
        self.typed.names_of_roles()
    }

    /// The good records, in the order of the files.
    pub fn records(self: &Arc<Self>) -> impl Iterator<Item = CheckedRecord> {
        let good = (0..self.typed.records.len()).filter(|index| !self.rejected.contains(index));
        good.map(|index| CheckedRecord { directory: Arc::clone(self), index })
    }

    /// All rows, in the order of the files.
    pub fn rows(self: &Arc<Self>) -> impl Iterator<Item = ListedRow> {
        (0..self.typed.records.len()).map(|index| self.row(index))
    }

    /// All rows, in the order in which they are printed.
    pub fn rows_in_order(self: &Arc<Self>) -> impl Iterator<Item = ListedRow> {
        self.typed.order().into_iter().map(|index| self.row(index))
    }

    fn row(self: &Arc<Self>, index: usize) -> ListedRow {
        let record = CheckedRecord { directory: Arc::clone(self), index };
        match self.rejected.contains(&index) {
            true => ListedRow::Rejected(RejectedRecord(record)),
            false => ListedRow::Checked(record),
        }
    }
}

impl CheckedRecord {
    /// Its directory.
    #[must_use]
    pub fn directory(&self) -> &Arc<CheckedDirectory> {
        &self.directory
    }

    /// Its place among the rows of its directory, from 0: equal for the same record, whatever was rejected before it.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    fn row(&self) -> &Record {
        &self.directory.typed.records[self.index]
    }

    /// The cell in `column`.
    #[must_use]
    pub fn value(&self, column: usize) -> Value<'_> {
        let width = self.directory.typed.columns.len();
        let cells =
            self.directory.cells[self.index].get_or_init(|| (0..width).map(|_| OnceLock::new()).collect());
        let meaning = cells[column].get_or_init(|| self.directory.typed.meaning(self.row(), column));
        Value { written: self.row().written(column), meaning }
    }

    /// The words of the cell in `column`, as written.
    #[must_use]
    pub fn written(&self, column: usize) -> &str {
        self.row().written(column)
    }

    /// Where the cell in `column` stands.
    #[must_use]
    pub fn origin(&self, column: usize) -> Origin {
        self.row().origin(column)
    }

    /// The text of the field that plays `role`.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<String> {
        self.directory.role(role).map(|column| self.value(column).text())
    }

    /// The place of its name.
    #[must_use]
    pub fn key_origin(&self) -> Option<Origin> {
        self.directory.naming().map(|column| self.origin(column))
    }

    /// Its name.
    #[must_use]
    pub fn key(&self) -> String {
        self.value(self.directory.naming().unwrap_or(0)).text()
    }
}

impl ListedRow {
    /// Its name.
    #[must_use]
    pub fn key(&self) -> String {
        self.naming().key()
    }

    /// The good record; none where it has errors.
    #[must_use]
    pub fn checked(self) -> Option<CheckedRecord> {
        match self {
            Self::Checked(record) => Some(record),
            Self::Rejected(_) => None,
        }
    }

    /// Whether it is a record with errors.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        matches!(self, Self::Rejected(_))
    }

    /// What it is called by: of a record with errors too, since a file that is held back has a name.
    #[must_use]
    pub fn naming(&self) -> RowNaming<'_> {
        match self {
            Self::Checked(record) | Self::Rejected(RejectedRecord(record)) => RowNaming(record),
        }
    }
}

/// What a row is called by: cells that go into the names of files, and nothing that is printed.
#[derive(Debug, Clone, Copy)]
pub struct RowNaming<'a>(&'a CheckedRecord);

impl<'a> RowNaming<'a> {
    /// The directory of the row.
    #[must_use]
    pub fn directory(self) -> &'a CheckedDirectory {
        &self.0.directory
    }

    /// Its name.
    #[must_use]
    pub fn key(self) -> String {
        self.0.key()
    }

    /// The text of the field that plays `role`.
    #[must_use]
    pub fn role(self, role: Role) -> Option<String> {
        self.0.role(role)
    }

    /// The words for `column` in the name of a file: of a municipality code the digits that tell the units of one city apart.
    #[must_use]
    pub fn text(self, column: usize) -> String {
        let value = self.0.value(column);
        match value.meaning {
            Meaning::Code(code) => code.local(),
            _ => value.text(),
        }
    }

    /// The digits of a municipality code in the column that plays the role, which tell the units of one city apart.
    #[must_use]
    pub fn local_code(self) -> Option<String> {
        let column = self.0.directory.role(Role::Code)?;
        match self.0.value(column).meaning {
            Meaning::Code(code) => Some(code.local()),
            _ => None,
        }
    }

    /// Where the cell in `column` stands.
    #[must_use]
    pub fn origin(self, column: usize) -> Origin {
        self.0.origin(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::table_form::TableForm;
    use crate::read::survey::{self, SchemaChoice};

    fn directory(csv: &str, rejected: &[usize]) -> Arc<CheckedDirectory> {
        let bytes = csv.as_bytes().to_vec();
        let survey = survey::file("x.csv", bytes, &TableForm::default(), SchemaChoice::Nearest).value;
        let rows = survey.expect("a list").directory;
        let typed = TypedDirectory::new(rows, &Arc::default(), crate::model::typed::MisfitMeaning::Nothing);
        Arc::new(CheckedDirectory::new(typed, rejected.iter().copied().collect()))
    }

    const LIST: &str =
        "区,名称,電話番号\n西区,にし,０４５−５１０−０００１\n西区,だめ,045\n中区,なか,045-510-0003\n";

    #[test]
    fn records_with_errors_are_no_records() {
        let directory = directory(LIST, &[1]);
        let names: Vec<String> = directory.records().map(|record| record.key()).collect();
        assert_eq!(names, ["にし", "なか"]);
        let rows: Vec<(String, bool)> = directory.rows().map(|row| (row.key(), row.is_rejected())).collect();
        let wanted = [("にし", false), ("だめ", true), ("なか", false)];
        assert_eq!(rows, wanted.map(|(name, is_rejected)| (name.to_owned(), is_rejected)));
        assert!(directory.rows().nth(1).and_then(ListedRow::checked).is_none());
    }

    #[test]
    fn a_cell_is_typed_once_and_knows_where_it_stands() {
        let directory = directory(LIST, &[]);
        let phone = directory.role(Role::Phone).expect("a column");
        let (first, again) = (directory.records().next(), directory.records().next());
        let (first, again) = (first.expect("a record"), again.expect("a record"));
        assert_eq!(first.value(phone).text(), "045-510-0001");
        assert!(std::ptr::eq(first.value(phone).meaning, again.value(phone).meaning));
        let origin = first.origin(phone);
        assert_eq!(origin.span.map(|span| &origin.source.text[span]), Some("０４５−５１０−０００１"));
    }
}
