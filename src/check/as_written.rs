//! The rows of a directory as they stand in its files, those with errors among them: what staff edit, and nobody prints.

use super::CheckedDirectory;
use crate::model::directory::{Directory, Record};
use crate::model::role::Role;

/// The rows as they are written.
#[must_use]
pub fn rows(directory: &CheckedDirectory) -> &Directory {
    directory.typed()
}

/// The unit that a row names; empty if it names none.
#[must_use]
pub fn unit_of(directory: &CheckedDirectory, record: &Record) -> String {
    let typed = directory.typed();
    typed.role(Role::Joins).map(|column| typed.text(record, column)).unwrap_or_default()
}
