//! A file's tables as they are stored, for the rules about tables: nothing is filled, skipped, joined or shown otherwise.
//!
//! In: the bytes of a CSV, XLSX, ODS or XLS file. Out: [`RawBook`]. What a person gets to print is read by `directory`;
//! here the question is what a program of somebody else would find.

pub mod ods;
pub mod text;
pub mod xls;
pub mod xlsx;
mod xml;

use crate::diagnostic::Outcome;
use crate::model::raw_table::RawBook;
use crate::project::table_form::TableForm;

use super::kind;

/// Cells that are looked at; a table of more is judged by its first rows.
const MOST_CELLS: usize = 500_000;

/// Reads the tables of one file; what it is is told from its bytes.
pub fn book(path: &str, bytes: Vec<u8>, form: &TableForm) -> Outcome<Option<RawBook>> {
    let read = kind::of(path, bytes).and_then(|(kind, contents)| (kind.book)(&contents, form));
    match read {
        Ok(book) => Outcome::clean(Some(book)),
        Err(diagnostic) => Outcome { value: None, diagnostics: vec![diagnostic] },
    }
}
