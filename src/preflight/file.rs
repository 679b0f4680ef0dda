//! A file under the rules: what is asked of it as a whole, of each of its pages, and of all pages together.
//!
//! In: a document, page by page. Out: an [`Examination`].

use std::collections::VecDeque;

use lopdf::{Dictionary, Document};

use super::boxes::{self, Finished};
use super::examination::Examination;
use super::finding::{Finding, PreflightFindings};
use super::ink_bound::InkBound;
use super::ink_use::InkUse;
use super::page_size::PageSize;
use super::paint::Judge;
use super::plates_judge::{self, Doubt, DrawnPage};
use super::walk::{Known, Walk};
use super::{intent, metadata, spot, structure};
use crate::diagnostic::Code;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::icc::IccId;
use crate::pdf::page::resources;
use crate::pdf::placed_pages::PlacedPages;
use crate::pdf::reading::Budget;
use crate::press::profile::Profile;
use crate::say;

/// Judges one file.
pub struct FileJudge<'d> {
    doc: &'d Document,
    profile: &'d Profile,
    /// The profile of the output intent.
    press: Option<IccId>,
    findings: PreflightFindings,
    known: Known<'d>,
    budget: Budget,
    /// The pages so far.
    pages: Vec<PageSize>,
    /// Those that are trimmed: pages, or what lies on press sheets.
    finished: Vec<Finished>,
    /// The inks so far.
    used: InkUse,
}

/// A page with its boxes.
struct BoxedPage<'d> {
    dict: &'d Dictionary,
    /// From 1.
    number: u32,
    boxes: PageBoxes,
    /// The pages that lie on it, if it is a press sheet.
    placed: PlacedPages,
}

impl<'d> FileJudge<'d> {
    /// Judges what is asked of the file as a whole.
    pub fn new(doc: &'d Document, profile: &'d Profile) -> Self {
        let mut findings = PreflightFindings::default();
        let mut press = None;
        if let Ok(catalog) = doc.catalog() {
            structure::file(doc, catalog, profile, &mut findings);
            press = intent::judge(doc, catalog, profile, &mut findings);
            metadata::judge(doc, catalog, profile, &mut findings);
        }
        Self {
            doc,
            profile,
            press,
            findings,
            known: Known::default(),
            budget: Budget::default(),
            pages: Vec::new(),
            finished: Vec::new(),
            used: InkUse::default(),
        }
    }

    /// A page whose object is none.
    pub fn broken_page(&mut self, number: u32) {
        let what = say!("ページが壊れています。", "The page is broken.");
        self.findings.add(Finding::error(Code::ContentBroken, what).on(number));
    }

    /// Judges a page.
    pub fn page(&mut self, dict: &'d Dictionary, number: u32) {
        let (boxes, placed) = boxes::page(self.doc, dict, self.profile, number, &mut self.findings);
        self.pages.push(PageSize::new(boxes.media, boxes.trim));
        let page = BoxedPage { dict, number, boxes, placed };
        self.finished.extend(page.finished());
        structure::page(self.doc, dict, boxes, number, &mut self.findings);
        if !self.budget.is_spent() {
            self.budget.begin_page();
            self.content(&page);
        }
    }

    /// Judges what is painted on a page, and its plates where that leaves a doubt.
    fn content(&mut self, page: &BoxedPage<'d>) {
        let number = page.number;
        let mut on_page = InkUse::default();
        let judge = Judge {
            profile: self.profile,
            findings: &mut self.findings,
            page: number,
            boxes: page.boxes,
            press: self.press,
            placed: &page.placed,
            used: &mut on_page,
            doubt: Doubt::new(InkBound::new(page.boxes.bleed)),
            grounds: VecDeque::new(),
            has_content: false,
            in_mask: false,
            place: None,
        };
        let walk = Walk::new(self.doc, &mut self.known, &mut self.budget, judge);
        let Judge { has_content, doubt, .. } = walk.page(page.dict, resources(self.doc, page.dict));
        // the pages on a press sheet were drawn one by one
        if page.placed.0.is_empty() && !self.budget.is_page_spent() {
            let drawn = DrawnPage { dict: page.dict, boxes: page.boxes, number, inks: &on_page.names() };
            plates_judge::judge(self.doc, drawn, &doubt, self.profile, &mut self.findings);
        }
        self.used.join(on_page);
        if !has_content && !page.is_wanted_blank() {
            let what = say!("何もないページです。", "The page is blank.");
            self.findings.add(Finding::warning(Code::PageBlank, what).on(number));
        }
    }

    /// Judges all pages together.
    pub fn finish(mut self) -> Examination {
        boxes::together(&self.finished, self.profile, &mut self.findings);
        spot::judge(self.doc, &self.used.names(), &mut self.findings);
        Examination { findings: self.findings.finish(), pages: self.pages, inks: self.used.names() }
    }
}

impl BoxedPage<'_> {
    /// The pages as they are trimmed: itself, or those that lie on it.
    fn finished(&self) -> Vec<Finished> {
        let on = self.number;
        match &self.placed.0[..] {
            [] => vec![Finished { trim: self.boxes.trim, on, may_lie: false }],
            placed => placed.iter().map(|one| Finished { trim: one.trim, on, may_lie: true }).collect(),
        }
    }

    /// Whether it is a side of a sheet on which nothing but blank pages lie.
    fn is_wanted_blank(&self) -> bool {
        !self.placed.0.is_empty() && self.placed.0.iter().all(|page| page.blank)
    }
}
