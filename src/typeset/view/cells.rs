//! Cells that are printed with another one, in its place or behind it.
//!
//! In: a record. Out: which columns they are.

use std::borrow::Cow;

use super::super::contract::{FieldData, TypeData};
use crate::check::checked::CheckedRecord;
use crate::model::meaning::Meaning;
use crate::model::role::{Role, is_of_people};

/// The columns of a name and of the shorter one that is printed in its place.
pub(super) struct ShortName {
    /// That of the name.
    pub name: usize,
    /// That of the shorter one.
    pub short: usize,
}

/// Where a record has a shorter name.
pub(super) fn short_name(record: &CheckedRecord) -> Option<ShortName> {
    let directory = record.directory();
    let (name, short) = (directory.role(Role::Name)?, directory.role(Role::ShortName)?);
    let is_filled = !record.written(short).trim().is_empty();
    is_filled.then_some(ShortName { name, short })
}

/// Whether the names of a directory are those of people, by their header.
pub(super) fn names_people(record: &CheckedRecord) -> bool {
    let directory = record.directory();
    directory.naming().is_some_and(|column| is_of_people(&directory.columns()[column].header))
}

/// An extension in a column of its own, and the column of the number that has none itself.
#[derive(Clone, Copy)]
pub(super) struct Extension<'a> {
    /// Its column.
    pub column: usize,
    /// That of the number.
    pub phone: usize,
    words: &'a str,
}

impl Extension<'_> {
    /// Puts it behind the number.
    pub(super) fn join(self, field: &mut FieldData<'_>) {
        if let Some(TypeData::Phone { extension, .. }) = &mut field.by_type {
            *extension = Some(self.words.to_owned());
            field.v = Cow::Owned(format!("{} 内線{}", field.v, self.words));
        }
    }
}

/// Where a record has such an extension.
pub(super) fn extension(record: &CheckedRecord) -> Option<Extension<'_>> {
    let directory = record.directory();
    let (column, phone) = (directory.role(Role::Extension)?, directory.role(Role::Phone)?);
    let words = record.written(column).trim();
    let words = words.strip_prefix("内線").unwrap_or(words).trim();
    let Meaning::Phone(number) = record.value(phone).meaning else { return None };
    (!words.is_empty() && number.extension().is_none()).then_some(Extension { column, phone, words })
}
