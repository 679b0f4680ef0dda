//! What a print shop must know of a job: plain facts, whatever sets them on paper.
//!
//! In: a press run. Out: [`Docket`], for the layout `docket` and for the plain docket alike.

use serde::Serialize;

/// A line of the specification.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// What it is: 用紙.
    pub label: String,
    /// The words.
    pub words: String,
}

/// A press file.
#[derive(Debug, Clone, Serialize)]
pub struct PrintFile {
    /// Its name, without folder.
    pub name: String,
    /// Its pages.
    pub pages: usize,
    /// Its size.
    pub bytes: usize,
    /// Its checksum.
    pub sha256: String,
}

/// What the shop must know.
#[derive(Debug, Clone, Serialize)]
pub struct Docket {
    /// The publication.
    pub title: String,
    /// The project.
    pub project: String,
    /// The edition's date, as printed.
    pub date: String,
    /// The specification.
    pub facts: Vec<Fact>,
    /// The files.
    pub files: Vec<PrintFile>,
    /// Further lines.
    pub notes: Vec<String>,
    /// Whom to ask.
    pub contact: Vec<String>,
}
