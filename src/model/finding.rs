//! What a judge of pages has to say: kind, page, place in millimetres from the trim, what was found and what is allowed.
//!
//! In: preflight and proofreading. Out: [`Finding`]s, or the same as a [`Diagnostic`].

use serde::{Deserialize, Serialize};

use super::length::Length;
use super::origin::Origin;
use super::region::Region;
use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::say;

/// One thing that is wrong on a page, or in a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Finding {
    /// The kind.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// Page from 1; none if it is about the file.
    pub page: Option<u32>,
    /// Where on the page, when it has a place.
    pub spot: Option<Region>,
    /// What is wrong.
    pub what: Say,
    /// What was found, as a value.
    pub found: Say,
    /// What is allowed.
    pub allowed: Say,
    /// The line or cell it came from; only who set the pages knows. Not among the serialized fields: rows move.
    #[serde(skip)]
    pub origin: Option<Origin>,
    /// How many more of the same kind the page has that are not listed.
    pub more: usize,
}

impl Finding {
    /// An error about the file as a whole.
    #[must_use]
    pub fn error(code: Code, what: Say) -> Self {
        let none = Say::new("", "");
        Self {
            code,
            severity: Severity::Error,
            page: None,
            spot: None,
            what,
            found: none.clone(),
            allowed: none,
            origin: None,
            more: 0,
        }
    }

    /// A warning about the file as a whole.
    #[must_use]
    pub fn warning(code: Code, what: Say) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, what) }
    }

    /// The same with what was found.
    #[must_use]
    pub fn found(mut self, found: Say) -> Self {
        self.found = found;
        self
    }

    /// The same with what is allowed.
    #[must_use]
    pub fn allowed(mut self, allowed: Say) -> Self {
        self.allowed = allowed;
        self
    }

    /// The same on a page.
    #[must_use]
    pub fn on(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// The same at a place.
    #[must_use]
    pub fn at(mut self, spot: Region) -> Self {
        self.spot = Some(spot);
        self
    }

    /// Page and place in words; empty if it is about the file.
    #[must_use]
    pub fn place(&self) -> Say {
        let Some(page) = self.page else { return Say::new("", "") };
        match self.spot {
            None => say!("{page}ページ", "page {page}"),
            Some(spot) => {
                let (x, y) = (millimetres(spot.x), millimetres(spot.y));
                let (width, height) = (millimetres(spot.width), millimetres(spot.height));
                say!(
                    "{page}ページ、仕上がりの左から{x} mm・上から{y} mm（大きさ {width}×{height} mm）",
                    "page {page}, {x} mm from the left and {y} mm from the top of the trim ({width} × {height} mm)"
                )
            }
        }
    }

    /// The finding as every command shows it; `file` is where it stands unless a source is known.
    #[must_use]
    pub fn diagnostic(&self, file: &str) -> Diagnostic {
        let place = self.place();
        let mut message = self.what.clone();
        if self.page.is_some() {
            message.ja = format!("{}：{}", place.ja, self.what.ja);
            message.en = format!("{}: {}", place.en, self.what.en);
        }
        if !self.found.en.is_empty() {
            message.ja = format!("{} 検出値：{}。", message.ja, self.found.ja);
            message.en = format!("{} Found: {}.", message.en, self.found.en);
        }
        if self.more > 0 {
            message.ja = format!("{} このページに、ほかに{}か所あります。", message.ja, self.more);
            message.en = format!("{} {} more on this page.", message.en, self.more);
        }
        let mut diagnostic = match self.severity {
            Severity::Error => Diagnostic::error(self.code, message),
            Severity::Warning => Diagnostic::warning(self.code, message),
        };
        if !self.allowed.en.is_empty() {
            let allowed = &self.allowed;
            diagnostic = diagnostic
                .hint(Say::new(format!("基準：{}", allowed.ja), format!("Allowed: {}", allowed.en)));
        }
        diagnostic.at(self.origin.clone().unwrap_or_else(|| Origin::path(file)))
    }
}

fn millimetres(length: Length) -> String {
    let text = format!("{:.1}", length.to_mm());
    if text == "-0.0" { "0.0".to_owned() } else { text }
}
