//! XLSB: workbooks of Excel in a binary form, which are refused: the one reader that there is would take any amount of memory for a
//! cell in the last corner, and falls over broken files.
//!
//! In: an archive. Out: the finding that says how to save it.

use super::SourceKind;
use crate::diagnostic::Outcome;
use crate::read::workbook_file::xlsb;

/// The kind.
pub static KIND: SourceKind = SourceKind {
    endings: &["xlsb"],
    is_kind_of: |contents| contents.has("xl/workbook.bin"),
    grid: |contents, _, _| Outcome { value: None, diagnostics: vec![xlsb(&contents.path)] },
    book: |contents, _| Err(xlsb(&contents.path)),
};
