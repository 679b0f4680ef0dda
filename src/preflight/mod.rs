//! A judge beside the stages: the final bytes of a press file or of sheets, ours or anybody's, judged as a print shop would.
//!
//! In: the bytes of a PDF and a [`Profile`]. Out: [`Finding`]s with page and place. Bytes that are cut short, loop,
//! unpack without end or are encrypted give one finding, within bounded time and memory.

mod annotation;
mod bleed;
mod boxes;
mod by_kind;
pub mod finding;
mod gstate;
mod image;
mod ink_bound;
mod ink_sum;
mod ink_use;
mod intent;
mod layer;
mod line;
mod metadata;
mod opening;
mod page_size;
mod paint;
mod painted;
pub mod plates;
mod plates_judge;
mod resolution;
mod shading;
mod show;
mod spot;
mod structure;
mod text;
mod tiling;
mod walk;

use std::collections::VecDeque;

use lopdf::{Dictionary, Document};

use self::boxes::Finished;
pub use self::by_kind::by_kind;
pub use self::finding::Finding;
use self::finding::PreflightFindings;
use self::ink_bound::InkBound;
use self::ink_use::InkUse;
pub use self::opening::open;
use self::page_size::MOST_PAGES;
pub use self::page_size::PageSize;
use self::paint::Judge;
use self::plates_judge::{Doubt, DrawnPage};
use self::walk::{Known, Walk};
use crate::diagnostic::{Code, Severity};
use crate::pdf::page::resources;
use crate::pdf::reading::Budget;
use crate::press::profile::Profile;
use crate::say;

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

/// What a shop with this profile would stumble over in `bytes`.
#[must_use]
pub fn check(bytes: &[u8], profile: &Profile) -> Vec<Finding> {
    examine(bytes, profile).findings
}

/// The same, with the sizes of the pages.
#[must_use]
pub fn examine(bytes: &[u8], profile: &Profile) -> Examination {
    match opening::open_damaged(bytes) {
        Ok(opened) => {
            let mut seen = examine_document(&opened.document, profile);
            let mut findings = PreflightFindings::default();
            structure::recovered(&opened.recovered, &mut findings);
            seen.findings.splice(0..0, findings.finish());
            seen
        }
        Err(finding) => finding.into(),
    }
}

impl From<Finding> for Examination {
    /// Of a file that cannot be opened no more is seen than that.
    fn from(finding: Finding) -> Self {
        Self { findings: vec![finding], pages: Vec::new(), inks: Vec::new() }
    }
}

/// The same, of a file that is open: whoever reads it for other reasons opens it once.
#[must_use]
pub fn examine_document(doc: &Document, profile: &Profile) -> Examination {
    let mut findings = PreflightFindings::default();
    let mut press = None;
    if let Ok(catalog) = doc.catalog() {
        structure::file(doc, catalog, profile, &mut findings);
        press = intent::judge(doc, catalog, profile, &mut findings);
        metadata::judge(doc, catalog, profile, &mut findings);
    }
    let mut known = Known::default();
    let mut budget = Budget::default();
    let mut pages = Vec::new();
    let mut finished = Vec::new();
    let mut used = InkUse::default();
    for (id, number) in doc.page_iter().take(MOST_PAGES).zip(1_u32..) {
        let Ok(page) = doc.get_dictionary(id) else {
            let what = say!("ページが壊れています。", "The page is broken.");
            findings.add(Finding::error(Code::ContentBroken, what).on(number));
            continue;
        };
        let (boxes, placed) = boxes::page(doc, page, profile, number, &mut findings);
        pages.push(PageSize::new(boxes.media, boxes.trim));
        let on = number;
        match &placed.0[..] {
            [] => finished.push(Finished { trim: boxes.trim, on, may_lie: false }),
            placed => {
                finished.extend(placed.iter().map(|one| Finished { trim: one.trim, on, may_lie: true }));
            }
        }
        structure::page(doc, page, boxes, number, &mut findings);
        if budget.is_spent() {
            continue;
        }
        budget.begin_page();
        let mut on_page = InkUse::default();
        let judge = Judge {
            profile,
            findings: &mut findings,
            page: number,
            boxes,
            press,
            placed: &placed,
            used: &mut on_page,
            doubt: Doubt {
                bound: InkBound::new(boxes.bleed),
                edge: false,
                vast_cell: false,
                grounds: Vec::new(),
                heavy: Vec::new(),
            },
            grounds: VecDeque::new(),
            has_content: false,
            in_mask: false,
            place: None,
        };
        let (has_content, doubt) = walk_page(doc, page, &mut known, &mut budget, judge);
        // the pages on a press sheet were drawn one by one
        if placed.0.is_empty() && !budget.is_page_spent() {
            let drawn = DrawnPage { dict: page, boxes, number, inks: &on_page.names() };
            plates_judge::judge(doc, drawn, &doubt, profile, &mut findings);
        }
        used.join(on_page);
        let wanted_blank = !placed.0.is_empty() && placed.0.iter().all(|page| page.blank);
        if !has_content && !wanted_blank {
            let what = say!("何もないページです。", "The page is blank.");
            findings.add(Finding::warning(Code::PageBlank, what).on(number));
        }
    }
    boxes::together(&finished, profile, &mut findings);
    spot::judge(doc, &used.names(), &mut findings);
    Examination { findings: findings.finish(), pages, inks: used.names() }
}

/// Whether something is on the page, and what its plates are asked.
fn walk_page<'d>(
    doc: &'d Document,
    page: &'d Dictionary,
    known: &mut Known<'d>,
    budget: &mut Budget,
    judge: Judge<'_>,
) -> (bool, Doubt) {
    let judge = Walk::new(doc, known, budget, judge).page(page, resources(doc, page));
    (judge.has_content, judge.doubt)
}
