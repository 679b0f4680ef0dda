//! A directory whose cells have their types.
//!
//! In: a [`Directory`] and what its cells' meanings depend on. Out: [`TypedDirectory`], in which rules look: at first sight, and
//! at what a cell means where that does not tell. What later stages print is kept by `check::checked`.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::column_type::CellText;
use super::directory::{Column, Directory, Record};
use super::locality::Locality;
use super::meaning::{Meaning, MeaningError, Sight};
use super::odd_cells::{OddCell, odd_cells};
use super::origin::Origin;
use super::role::Role;
use super::schema::FieldType;
use super::width;

/// Postal codes with their places, by ward and town.
pub type PostalCodes = BTreeMap<(String, String), (String, Origin)>;

/// What a cell means that is not of the type of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MisfitMeaning {
    /// Nothing: `check` sets its record aside.
    Nothing,
    /// What is written: it is printed so.
    AsWritten,
}

/// A directory with the meanings of its cells.
#[derive(Debug, Clone)]
pub struct TypedDirectory {
    rows: Directory,
    kinds: Vec<FieldType>,
    key: Option<usize>,
    ward: Option<usize>,
    locality: Arc<Locality>,
    misfits: MisfitMeaning,
    postal_codes: Arc<PostalCodes>,
    /// Cells with odd characters, once one of the rules about them asks.
    odd: OnceLock<Vec<OddCell>>,
}

impl TypedDirectory {
    /// The rows of `directory` in a project of `locality`.
    #[must_use]
    pub fn new(rows: Directory, locality: &Arc<Locality>, misfits: MisfitMeaning) -> Self {
        let kind = |column: &Column| column.field.as_ref().map_or(FieldType::Text, |field| field.kind);
        Self {
            kinds: rows.columns.iter().map(kind).collect(),
            key: rows.column(&rows.schema.key),
            ward: rows.role(Role::Joins),
            rows,
            locality: Arc::clone(locality),
            misfits,
            postal_codes: Arc::default(),
            odd: OnceLock::new(),
        }
    }

    /// Cells with odd characters.
    pub fn odd_cells(&self) -> &[OddCell] {
        self.odd.get_or_init(|| odd_cells(&self.rows.records, &self.rows.tables))
    }

    /// The rows alone.
    #[must_use]
    pub fn into_rows(self) -> Directory {
        self.rows
    }

    /// Gives each address the postal code of its town.
    pub fn take_postal_codes(&mut self, codes: &Arc<PostalCodes>) {
        self.postal_codes = Arc::clone(codes);
    }

    /// The type of a column.
    #[must_use]
    pub fn kind(&self, column: usize) -> FieldType {
        self.kinds.get(column).copied().unwrap_or_default()
    }

    /// What the cell of `record` in `column` means.
    ///
    /// # Errors
    /// [`MeaningError`] if it is not of its type.
    pub fn parse(&self, record: &Record, column: usize) -> Result<Meaning, MeaningError> {
        let name = if self.kind(column) == FieldType::Kana { self.key_of(record) } else { "" };
        let header = self.rows.columns.get(column).map_or("", |known| known.header.as_str());
        let cell = CellText { text: record.written(column), header, name, locality: &self.locality };
        self.kind(column).read(cell)
    }

    /// What the cell of `record` in `column` means to those who print it, postal codes with their addresses.
    #[must_use]
    pub fn meaning(&self, record: &Record, column: usize) -> Meaning {
        let written = record.written(column);
        let mut meaning =
            self.parse(record, column).unwrap_or_else(|_| match self.misfits == MisfitMeaning::AsWritten {
                true => Meaning::as_text(written),
                false => Meaning::Empty,
            });
        if let Meaning::Address(address, postal) = &mut meaning
            && address.is_local
            && address.code.is_empty()
            && !self.postal_codes.is_empty()
        {
            // an office whose column names no ward, or another unit, names its ward at the head of its address
            let named = self.ward.map(|ward| self.text(record, ward));
            let ward = named.filter(|name| address.short.starts_with(name.as_str())).unwrap_or_else(|| {
                let end = address.short.find('区').map_or(0, |at| at + '区'.len_utf8());
                address.short[..end].to_owned()
            });
            let town = address.town(&ward).to_owned();
            *postal = self.postal_codes.get(&(ward, town)).cloned().map(Box::new);
        }
        meaning
    }

    /// What is printed for the cell of `record` in `column`, in its one form.
    #[must_use]
    pub fn text(&self, record: &Record, column: usize) -> String {
        match self.sight(record, column) {
            Sight::Plain => width::trim(record.written(column)).to_owned(),
            Sight::Changed | Sight::Unclear => self.meaning(record, column).text(),
        }
    }

    /// What is told of the cell of `record` in `column` without reading it whole.
    #[must_use]
    pub fn sight(&self, record: &Record, column: usize) -> Sight {
        self.kind(column).sight(record.written(column), &self.locality)
    }

    /// What is written in the cell that names `record`.
    #[must_use]
    pub fn key_of<'a>(&self, record: &'a Record) -> &'a str {
        self.key.map_or("", |key| width::trim(record.written(key)))
    }
}

impl Deref for TypedDirectory {
    type Target = Directory;

    fn deref(&self) -> &Directory {
        &self.rows
    }
}
