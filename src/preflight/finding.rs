//! What the rules find, as it comes in: what is said twice once, more of a kind on a page counted.
//!
//! In: [`Finding`]s of the rules. Out: the same, in order.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Severity};
pub use crate::model::finding::Finding;
use crate::model::length::Length;
use crate::model::region::Region;
use crate::pdf::geometry::Rect;

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

/// The most findings of one kind on one page that are listed; more are counted.
const MOST_ON_A_PAGE: usize = 12;
/// The most findings in all that are listed: a broken file must not fill the memory with words.
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
