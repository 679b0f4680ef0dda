//! What is kept of a job that was made: all that a later run must know to say the same without making it.
//!
//! In: pages, findings and files of a job. Out: bytes for the cache, and from them the same again. No place of the user's
//! data is among them: rows move.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::model::docket::{InkAmounts, PrintFile};
use crate::model::length::Length;
use crate::model::scheme::Scheme;
use crate::model::sheet::Size;
use crate::output::{Cache, Found};
use crate::preflight::Finding;
use crate::report::facts::SheetsFact;
use crate::typeset::SetPages;
use crate::typeset::words::LayoutWords;

/// A job that was made.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptJob {
    /// The list that its key is the digest of, to say one day what changed.
    pub inputs: Value,
    /// The pages, without their PDF.
    pub set: SetPages,
    /// The words that the layout says itself.
    pub words: LayoutWords,
    /// What preflight said of each press file.
    pub parts: Vec<KeptPart>,
    /// The files.
    pub files: Vec<KeptFile>,
}

/// What preflight said of a press file.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptPart {
    /// The path of the file.
    pub path: String,
    /// Whether it is the cover, apart.
    pub is_cover: bool,
    /// In the order of preflight.
    pub findings: Vec<Finding>,
}

/// A file that was made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptFile {
    pub path: String,
    /// SHA-256 of its bytes.
    pub sum: String,
    /// How many bytes it has.
    pub bytes: usize,
    /// Width and height of each page.
    pub pages: Vec<(Length, Length)>,
    /// Whether it goes to a press and stands on the docket.
    pub is_printed: bool,
    /// How its pages look, for the docket.
    pub looks: Vec<String>,
    /// How much ink these pages take, for the docket.
    pub inks: InkAmounts,
    /// How its pages lie on sheets.
    pub sheets: Option<KeptSheets>,
    /// The picture beside it: its path and SHA-256.
    pub picture: Option<(String, String)>,
    /// What was found of this file alone.
    pub findings: Vec<KeptFinding>,
}

/// [`SheetsFact`] with the name of the scheme as text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptSheets {
    scheme: String,
    size: Size,
    sheets: usize,
    sides: usize,
    pages: usize,
    blanks: usize,
    spine: Length,
    notes: Vec<Say>,
}

/// A finding that has no place in the sources.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptFinding {
    code: Code,
    severity: Severity,
    message: Say,
    hints: Vec<Say>,
}

/// A docket that was made.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptDocket {
    /// The list that its key is the digest of.
    pub inputs: Value,
    /// The pages, without their PDF.
    pub set: SetPages,
    /// The words that its layout says itself.
    pub words: LayoutWords,
    /// SHA-256 of its bytes.
    pub sum: String,
}

impl KeptJob {
    /// The job kept under the digest of its key, if there is one and it is whole.
    pub fn recall(cache: &Cache, digest: &str) -> Option<Self> {
        read(&cache.recall(digest)?)
    }

    /// The files whose bytes are kept but not in their places: their paths and bytes. None if a file must be made anew.
    pub fn missing(&self, cache: &Cache) -> Option<Vec<(&str, Vec<u8>)>> {
        let mut missing = Vec::new();
        for KeptSum { path, sum } in self.files.iter().flat_map(KeptFile::sums) {
            match cache.find(path, sum)? {
                Found::InPlace => {}
                Found::Kept(bytes) => missing.push((path, bytes)),
            }
        }
        Some(missing)
    }
}

/// The bytes of what is to be kept. CBOR, in which numbers come back as they were, bit for bit.
pub(super) fn bytes(kept: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(kept, &mut bytes).expect("memory takes everything");
    bytes
}

/// What was kept as `bytes`; none if they are no such thing.
pub(super) fn read<T: for<'d> Deserialize<'d>>(bytes: &[u8]) -> Option<T> {
    ciborium::from_reader(bytes).ok()
}

/// What is known of the bytes of a file.
pub(super) struct KeptSum<'k> {
    /// Its path.
    pub path: &'k str,
    /// SHA-256 of its bytes.
    pub sum: &'k str,
}

impl KeptFile {
    /// The file and the picture beside it: paths and SHA-256.
    pub fn sums(&self) -> impl Iterator<Item = KeptSum<'_>> {
        let picture = self.picture.iter().map(|(path, sum)| KeptSum { path, sum });
        std::iter::once(KeptSum { path: &self.path, sum: &self.sum }).chain(picture)
    }

    /// The file as the docket names it.
    pub fn print_file(&self) -> Option<PrintFile> {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path).to_owned();
        let (pages, bytes, sha256) = (self.pages.len(), self.bytes, self.sum.clone());
        self.is_printed.then_some(PrintFile {
            name,
            pages,
            bytes,
            sha256,
            looks: self.looks.clone(),
            inks: self.inks.clone(),
        })
    }
}

impl From<&SheetsFact> for KeptSheets {
    fn from(fact: &SheetsFact) -> Self {
        let SheetsFact { scheme, size, sheets, sides, pages, blanks, spine, notes } = fact.clone();
        Self { scheme: scheme.to_owned(), size, sheets, sides, pages, blanks, spine, notes }
    }
}

impl KeptSheets {
    /// The fact; none if there is no such scheme, which is then a record of no program of ours.
    pub fn fact(self) -> Option<SheetsFact> {
        let Self { scheme, size, sheets, sides, pages, blanks, spine, notes } = self;
        let scheme = Scheme::named(&scheme)?.name();
        Some(SheetsFact { scheme, size, sheets, sides, pages, blanks, spine, notes })
    }
}

impl KeptFinding {
    /// Keeps findings; none if one of them has a place in the sources.
    pub fn all(findings: &[Diagnostic]) -> Option<Vec<Self>> {
        let keep = |one: &Diagnostic| {
            let Diagnostic { code, severity, message, origin, hints, fix } = one.clone();
            (origin.is_none() && fix.is_none()).then_some(Self { code, severity, message, hints })
        };
        findings.iter().map(keep).collect()
    }

    /// The finding.
    pub fn diagnostic(self) -> Diagnostic {
        let Self { code, severity, message, hints } = self;
        Diagnostic { code, severity, message, origin: None, hints, fix: None }
    }
}
