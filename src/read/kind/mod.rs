//! The kinds of files that hold directories, as a table: each kind is a file beside this one and a line of [`KINDS`].
//!
//! In: the bytes of a file. Out: its [`SourceKind`], which reads them as people see them, or as they are stored; or the finding
//! that says what the file is instead. Names are not believed.

mod delimited;
mod ods;
mod xls;
mod xlsb;
mod xlsx;

use super::grid::Grid;
use super::known::KnownHeaders;
use super::{file_kind, files, workbook_file};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::raw_table::RawBook;
use crate::project::DirectoryPlan;
use crate::project::files::Files;
use crate::project::table_form::TableForm;

/// Every kind, in the order in which messages list their endings. Of several that claim a file the last reads it: the first takes
/// any text.
pub static KINDS: &[&SourceKind] = &[&delimited::KIND, &xlsx::KIND, &xlsb::KIND, &xls::KIND, &ods::KIND];

/// What makes one kind of source differ from another.
pub struct SourceKind {
    /// Endings of the names of its files, in small letters.
    pub endings: &'static [&'static str],
    /// Whether a file is of this kind.
    pub is_kind_of: fn(&SourceFile) -> bool,
    /// Reads the rows of a directory, as people see them: of several tables the one that is asked for, or on which known headers
    /// stand.
    pub grid: fn(SourceFile, &TableForm, &KnownHeaders) -> Outcome<Option<Grid>>,
    /// Reads all tables as they are stored.
    pub book: fn(&SourceFile, &TableForm) -> Result<RawBook, Diagnostic>,
}

/// Reads one file of a directory.
pub fn grid(files: &Files, path: &str, plan: &DirectoryPlan) -> Outcome<Option<Grid>> {
    match files::bytes(files, path) {
        Ok(bytes) => from_bytes(path, bytes.into_vec(), &plan.form, &KnownHeaders::of_plan(plan)),
        Err(diagnostic) => Outcome { value: None, diagnostics: vec![diagnostic] },
    }
}

/// Reads the bytes of one file; what it is is told from them, not from its name. Of a workbook it is the sheet that `form`
/// names, or the one on which `known` headers stand.
pub fn from_bytes(
    path: &str,
    bytes: Vec<u8>,
    form: &TableForm,
    known: &KnownHeaders,
) -> Outcome<Option<Grid>> {
    match of(path, bytes) {
        Ok((kind, contents)) => (kind.grid)(contents, form, known),
        Err(diagnostic) => Outcome { value: None, diagnostics: vec![diagnostic] },
    }
}

/// A file that was looked into.
pub struct SourceFile {
    /// How messages call it.
    pub path: String,
    /// All of it.
    pub bytes: Vec<u8>,
    /// The names of its parts, if it is an archive.
    pub parts: Vec<String>,
}

impl SourceFile {
    /// Whether an archive has a part of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.eq_ignore_ascii_case(name))
    }

    /// Whether it is an archive or a compound file, as workbooks are.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        workbook_file::is_one(&self.bytes)
    }

    /// Whether it is a compound file.
    #[must_use]
    pub fn is_compound(&self) -> bool {
        self.bytes.starts_with(workbook_file::COMPOUND)
    }
}

/// Endings of files that hold directories.
#[must_use]
pub fn endings() -> Vec<&'static str> {
    KINDS.iter().flat_map(|kind| kind.endings).copied().collect()
}

/// The kind of a file, and the file looked into.
///
/// # Errors
/// A finding that says what it is, where it is of no kind.
pub fn of(path: &str, bytes: Vec<u8>) -> Result<(&'static SourceKind, SourceFile), Diagnostic> {
    if let Some(foreign) = file_kind::foreign(path, &bytes) {
        return Err(foreign);
    }
    let mut contents = SourceFile { path: path.to_owned(), bytes, parts: Vec::new() };
    if !contents.is_packed() {
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let named = KINDS.iter().find(|kind| kind.endings.contains(&ending.as_str()));
        if named.is_some_and(|kind| !(kind.is_kind_of)(&contents)) {
            return Err(workbook_file::false_name(path, &contents.bytes));
        }
    } else if !contents.is_compound() {
        contents.parts = workbook_file::parts(path, &contents.bytes)?;
    }
    let kind = KINDS.iter().rev().find(|kind| (kind.is_kind_of)(&contents));
    kind.map(|kind| (*kind, contents)).ok_or_else(|| workbook_file::broken(path, "not a workbook"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_of_one_kind_whatever_its_name() {
        let archive = |part: &str| SourceFile {
            path: String::new(),
            bytes: b"PK\x03\x04".to_vec(),
            parts: vec![part.to_owned()],
        };
        let plain =
            |bytes: &[u8]| SourceFile { path: String::new(), bytes: bytes.to_vec(), parts: Vec::new() };
        for (contents, ending) in [
            (archive("xl/workbook.xml"), "xlsx"),
            (archive("xl/workbook.bin"), "xlsb"),
            (archive("content.xml"), "ods"),
            (plain(workbook_file::COMPOUND), "xls"),
            (plain("区,名称".as_bytes()), "csv"),
            (plain(b""), "csv"),
        ] {
            let kinds: Vec<&str> = KINDS
                .iter()
                .filter(|kind| (kind.is_kind_of)(&contents))
                .map(|kind| kind.endings[0])
                .collect();
            assert_eq!(kinds, [ending]);
        }
        assert!(of("a.csv", b"".to_vec()).is_ok());
        let said = |path| of(path, "区,名称".as_bytes().to_vec()).err().map(|finding| finding.message.en);
        assert_eq!(said("a.csv"), None);
        assert!(said("a.XLSX").is_some_and(|words| words.contains("plain text")));
    }
}
