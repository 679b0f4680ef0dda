//! The third step of typesetting: numbers become today's places.
//!
//! In: [`SetPages`], made now or kept from earlier, and the [`LaidOut`] of today. Out: [`TypesetPages`] and findings.

use std::ops::RangeInclusive;

use super::explain;
use super::lay_out::{LaidOut, PageBreach, RecordName};
use super::set::SetPages;
use super::trace::Landing;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::length::Length;
use crate::model::origin::{Origin, Place};
use crate::model::region::Region;
use crate::say;

/// Where a cell or line landed.
#[derive(Debug, Clone)]
pub struct PlacedOrigin {
    /// The cell or line.
    pub origin: Origin,
    /// Page, from 1.
    pub page: usize,
    /// The place on it.
    pub rect: Region,
}

/// A typeset file.
#[derive(Debug)]
pub struct TypesetPages {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Width and height of each page.
    pub pages: Vec<(Length, Length)>,
    /// Where everything landed.
    pub placements: Vec<PlacedOrigin>,
}

impl SetPages {
    /// The file with the places of `laid_out`, whose input must be that of the pages. None if the file has errors.
    pub fn resolve(self, laid_out: &LaidOut) -> Outcome<Option<TypesetPages>> {
        let (diagnostics, placements) = (self.findings(laid_out), self.placements(laid_out));
        let Self { pdf, pages, .. } = self;
        Outcome { value: pdf.map(|pdf| TypesetPages { pdf, pages, placements }), diagnostics }
    }

    /// What was found on the pages, at the places of `laid_out`.
    #[must_use]
    pub fn findings(&self, laid_out: &LaidOut) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<Diagnostic> =
            self.messages.iter().map(|message| explain::engine(message, laid_out)).collect();
        diagnostics.extend(explain::pages(&self.trace, laid_out));
        diagnostics.extend(self.headings.iter().map(|fault| explain::heading(fault, &self.trace, laid_out)));
        diagnostics.extend(page_count(self, laid_out));
        diagnostics
    }

    /// Where everything landed, by the places of `laid_out`.
    #[must_use]
    pub fn placements(&self, laid_out: &LaidOut) -> Vec<PlacedOrigin> {
        let placed = |landing: &Landing| {
            let origin = laid_out.origins.get(landing.origin)?.clone();
            Some(PlacedOrigin { origin, page: landing.page, rect: landing.rect })
        };
        self.trace.landings.iter().filter_map(placed).collect()
    }
}

/// Faults of the number of pages: a sheet that runs over, a booklet that is not as long as it must be.
fn page_count(set: &SetPages, laid_out: &LaidOut) -> Option<Diagnostic> {
    let count = set.pages.len();
    // of what could not be set there is no number
    let breach = laid_out.input.rule.breach(count).filter(|_| count > 0)?;
    let wanted = match breach {
        PageBreach::RunOver => return Some(second_page(set, laid_out)),
        PageBreach::Count(wanted) => wanted,
    };
    Some(
        Diagnostic::error(
            Code::PageCount,
            say!(
                "{count}ページになりました（{wanted}ページのはずです）。",
                "It has {count} pages, not {wanted}."
            ),
        )
        .at(laid_out.facts.asked.clone())
        .hint(say!(
            "文を増減するか、sasshi.toml の pages を直してください。",
            "Change the text, or pages in sasshi.toml."
        )),
    )
}

fn second_page(set: &SetPages, laid_out: &LaidOut) -> Diagnostic {
    let (who, pages) = run_over(set, laid_out);
    // the longest text of the pages that should not be is what pushed them out
    let longest = set
        .trace
        .landings
        .iter()
        .filter(|landing| pages.contains(&landing.page))
        .filter_map(|landing| laid_out.origins.get(landing.origin))
        .max_by_key(|origin| origin.span.as_ref().map_or(0, ExactSizeIterator::len));
    let field = longest.and_then(|origin| match &origin.place {
        Place::Cell { header, .. } => Some(header),
        Place::File | Place::Text { .. } => None,
    });
    let (ja, en) = field.map_or_else(
        || (String::new(), String::new()),
        |field| (format!("「{field}」が長すぎます。"), format!(" \"{field}\" is too long.")),
    );
    Diagnostic::error(
        Code::SecondPage,
        say!("{who}のシートが1枚に入りません。{ja}", "The sheet of {who} does not fit on one page.{en}"),
    )
    .at(longest.cloned())
    .hint(say!(
        "1枚に載せる行を減らすか、長い欄を見直してください。",
        "Print fewer rows on the sheet, or look at the longest cells."
    ))
    .hint(explain::short_name())
}

/// The first record whose sheet has more pages than it may have, and those further pages.
fn run_over<'l>(set: &SetPages, laid_out: &'l LaidOut) -> (&'l str, RangeInclusive<usize>) {
    let records = &laid_out.facts.records;
    // the page on which each record's own name first stands
    let first_page = |record: &RecordName| {
        let place = record.origin.as_ref()?;
        let landings = set.trace.landings.iter();
        let landed = landings.filter(|landing| laid_out.origins.get(landing.origin) == Some(place));
        landed.map(|landing| landing.page).min()
    };
    let starts: Vec<usize> = records.iter().filter_map(first_page).collect();
    // how many pages the records up to one may fill
    let room = |index: usize| records.iter().take(index).map(|record| record.pages).sum::<usize>();
    let next = starts.iter().enumerate().skip(1).find(|(index, page)| **page > room(*index) + 1);
    let (index, last) = next.map_or((records.len(), set.pages.len()), |(index, page)| (index, page - 1));
    let who = records.get(index.saturating_sub(1)).map_or("", |record| record.key.as_str());
    (who, room(index) + 1..=last)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::Severity;
    use crate::model::date::Date;
    use crate::model::origin::Source;
    use crate::model::piece::Pieces;
    use crate::typeset::lay_out::{MessageFacts, PageRule, PdfForm, SetInput, Standard};
    use crate::typeset::trace::{MissingGlyph, Overfull, Trace};

    /// A file of one record of two cells that begins in the line `line` of its source.
    fn laid_out(line: u32) -> LaidOut {
        let lines = "\n".repeat(line as usize - 1);
        let source = Source::new("offices.csv", format!("{lines}鶴見,045-510-1694\n"));
        let start = lines.len();
        let cell = |column: u32, span: std::ops::Range<usize>| Origin {
            source: std::sync::Arc::clone(&source),
            place: Place::Cell { row: line, column, line, header: format!("列{column}") },
            span: Some(span),
        };
        let origins = vec![cell(1, start..start + 6), cell(2, start + 7..start + 19)];
        let records =
            vec![RecordName { key: "鶴見".to_owned(), origin: origins.first().cloned(), pages: 1 }];
        LaidOut {
            input: SetInput {
                layout: "sheet".to_owned(),
                data: String::new(),
                images: BTreeSet::new(),
                has_running_text: false,
                pdf: PdfForm {
                    standard: Standard::Pdf17,
                    tagged: false,
                    date: Date { year: 2026, month: 11, day: 23 },
                    ident: String::new(),
                },
                rule: PageRule { records: Some(1), exactly: None },
            },
            origins,
            pieces: Pieces::default(),
            facts: MessageFacts { records, ..MessageFacts::default() },
        }
    }

    fn landing(origin: usize, page: usize) -> Landing {
        let length = Length::mm(10.0);
        Landing { origin, page, rect: Region { x: length, y: length, width: length, height: length } }
    }

    #[test]
    fn pages_that_were_kept_know_where_a_row_stands_today() {
        let pages = vec![(Length::mm(210.0), Length::mm(297.0))];
        let trace = Trace { landings: vec![landing(1, 1)], ..Trace::default() };
        let set = SetPages { pdf: Some(vec![1]), pages, trace, ..SetPages::default() };
        for line in [2, 3] {
            let made = set.clone().resolve(&laid_out(line));
            let made = made.value.expect("pages without a fault");
            assert_eq!(made.placements[0].origin.to_string(), format!("offices.csv:{line}:2"));
        }
    }

    #[test]
    fn findings_of_pages_that_were_kept_are_at_todays_places() {
        let pages = vec![(Length::mm(210.0), Length::mm(297.0)); 2];
        let trace = Trace {
            landings: vec![landing(0, 1), landing(1, 2)],
            missing: vec![MissingGlyph { origin: Some(0), character: '見', page: 1 }],
            overfull: vec![Overfull {
                origin: Some(1),
                slot: None,
                page: 2,
                by: Length::mm(1.0),
                room: landing(0, 1).rect,
                is_wide: true,
                size: Length::mm(3.0),
            }],
            ..Trace::default()
        };
        let set = SetPages { pdf: None, pages, trace, ..SetPages::default() };
        for line in [2, 3] {
            let Outcome { value, diagnostics } = set.clone().resolve(&laid_out(line));
            assert!(value.is_none());
            let found: Vec<(Code, String)> = diagnostics
                .iter()
                .map(|one| (one.code, one.origin.as_ref().map(ToString::to_string).unwrap_or_default()))
                .collect();
            let (name, phone) = (format!("offices.csv:{line}:1"), format!("offices.csv:{line}:2"));
            assert_eq!(
                found,
                [(Code::GlyphMissing, name), (Code::Overfull, phone.clone()), (Code::SecondPage, phone)]
            );
            // the character itself, in the text of today
            let origin = diagnostics[0].origin.as_ref().expect("a cell");
            assert_eq!(origin.span.clone().map(|span| &origin.source.text[span]), Some("見"));
            assert!(diagnostics[2].message.ja.contains("鶴見のシート"), "{}", diagnostics[2].message.ja);
            assert!(diagnostics.iter().all(|one| one.severity == Severity::Error));
        }
    }

    #[test]
    fn what_could_not_be_set_has_no_wrong_number_of_pages() {
        let mut laid_out = laid_out(2);
        laid_out.input.rule.exactly = Some(20);
        assert!(SetPages::default().resolve(&laid_out).diagnostics.is_empty());
    }
}
