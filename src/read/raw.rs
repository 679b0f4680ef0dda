//! A file's tables as they are stored, for the rules about tables: nothing is filled, skipped, joined or shown otherwise.
//!
//! In: the bytes of a CSV, XLSX, ODS or XLS file. Out: [`RawBook`]. What a person gets to print is read by `directory`;
//! here the question is what a program of somebody else would find.

mod ods;
mod text;
mod xls;
mod xlsx;
mod xml;

use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::Origin;
use crate::model::raw_table::RawBook;
use crate::project::table_form::TableForm;
use crate::say;

use super::{file_kind, workbook_file};

/// Cells that are looked at; a table of more is judged by its first rows.
const MOST_CELLS: usize = 500_000;

/// Reads the tables of one file; what it is is told from its bytes.
pub fn book(path: &str, bytes: &[u8], form: &TableForm) -> Outcome<Option<RawBook>> {
    let read = if bytes.starts_with(b"%PDF") {
        Err(no_table(path))
    } else if let Some(diagnostic) = file_kind::foreign(path, bytes) {
        Err(diagnostic)
    } else if bytes.starts_with(workbook_file::COMPOUND) {
        xls::book(path, bytes)
    } else if workbook_file::is_one(bytes) {
        archive(path, bytes)
    } else if let Some(diagnostic) = workbook_file::false_name(path, bytes) {
        Err(diagnostic)
    } else {
        Ok(text::book(path, bytes, form))
    };
    match read {
        Ok(book) => Outcome::clean(Some(book)),
        Err(diagnostic) => Outcome { value: None, diagnostics: vec![diagnostic] },
    }
}

fn archive(path: &str, bytes: &[u8]) -> Result<RawBook, Diagnostic> {
    let parts = workbook_file::parts(path, bytes)?;
    let has = |name: &str| parts.iter().any(|part| part.eq_ignore_ascii_case(name));
    if has("xl/workbook.bin") {
        Err(workbook_file::xlsb(path))
    } else if has("[Content_Types].xml") && parts.iter().any(|part| part.starts_with("xl/")) {
        xlsx::book(path, bytes)
    } else if has("content.xml") {
        ods::book(path, bytes)
    } else {
        Err(no_table(path))
    }
}

/// The finding for a file that is made for reading and printing.
fn no_table(path: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WorkbookBroken,
        say!(
            "表のファイルではありません（PDFや文書など）。",
            "This is no file of tables, but a PDF or a document."
        ),
    )
    .at(Origin::path(path))
    .hint(say!(
        "もとのExcelファイルかCSVをもらってください。",
        "Ask for the workbook or the CSV that it was made of."
    ))
}
