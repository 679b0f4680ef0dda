//! What preflight has to say: kind, page, place in millimetres from the trim, what was found and what is allowed.
//!
//! In: the rules. Out: [`Finding`]s, or the same as a [`Diagnostic`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::model::length::Length;
use crate::model::origin::Origin;
use crate::model::region::Region;
use crate::pdf::geometry::Rect;
use crate::say;

/// `area` (points, y upwards) as people measure it from the corner of `trim`.
#[must_use]
pub fn region(area: Rect, trim: Rect) -> Region {
    Region {
        x: Length::pt(area.x0 - trim.x0),
        y: Length::pt(trim.y1 - area.y1),
        width: Length::pt(area.width()),
        height: Length::pt(area.height()),
    }
}

/// One thing that a print shop would stumble over.
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

/// More of one kind on one page are counted, not listed.
const MOST_ON_A_PAGE: usize = 12;
/// More in all are not listed: a broken file must not fill the memory with words.
const MOST: usize = 4_000;

/// Findings as they come in.
#[derive(Debug, Default)]
pub struct PreflightFindings {
    list: Vec<Finding>,
    /// Number seen and index of the last one listed, by kind and page.
    seen: BTreeMap<(Code, Option<u32>, Severity), (usize, usize)>,
}

impl PreflightFindings {
    /// Takes a finding in.
    pub fn add(&mut self, finding: Finding) {
        let key = (finding.code, finding.page, finding.severity);
        let full = self.list.len() >= MOST;
        if let Some((count, last)) = self.seen.get_mut(&key) {
            // one fault that is painted twice at one place is one fault
            let same = self.list[*last].spot == finding.spot && self.list[*last].found == finding.found;
            if same {
                return;
            }
            *count += 1;
            if *count > MOST_ON_A_PAGE || full {
                self.list[*last].more += 1;
                return;
            }
            *last = self.list.len();
        } else if full {
            return;
        } else {
            self.seen.insert(key, (1, self.list.len()));
        }
        self.list.push(finding);
    }

    /// All of them: about the file first, then by page and kind.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        self.list.sort_by_key(|finding| (finding.page, finding.code));
        self.list
    }
}
