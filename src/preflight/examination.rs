//! What preflight saw of a file: its findings, its pages, its inks.
//!
//! In: what the judge collected. Out: [`Examination`].

use super::finding::Finding;
use super::page_size::PageSize;
use crate::diagnostic::Severity;

/// What preflight saw.
#[derive(Debug)]
pub struct Examination {
    /// What is wrong: about the file first, then by page.
    pub findings: Vec<Finding>,
    /// The pages.
    pub pages: Vec<PageSize>,
    /// The inks that are printed within the bleed: C, M, Y, K, then spot colours by name.
    pub inks: Vec<String>,
}

impl Examination {
    /// Whether no finding is an error.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }
}

impl From<Finding> for Examination {
    /// Of a file that cannot be opened no more is seen than that.
    fn from(finding: Finding) -> Self {
        Self { findings: vec![finding], pages: Vec::new(), inks: Vec::new() }
    }
}
