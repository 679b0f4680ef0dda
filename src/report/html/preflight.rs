//! What preflight found, with each page's picture and the spot of each finding on it.
//!
//! In: an [`Examination`], pictures of the pages. Out: HTML in one piece; the pictures are in it.

use askama::Template;

use super::marked::{FoundPage, Listed, Sheet, listed, sheet};
use super::{Sum, pick};
use crate::diagnostic::{Language, Severity};
use crate::model::finding::Finding;
use crate::pdf::raster::Picture;
use crate::preflight::Examination;
use crate::press::profile::Profile;
use crate::proofing::previews::MOST as MOST_PICTURES;

/// What the page is about.
#[derive(Debug, Clone, Copy)]
pub struct JudgedSubject<'a> {
    /// The file, as it was named.
    pub file: &'a str,
    /// The profile it was judged by.
    pub profile: &'a Profile,
    /// Findings, and sizes of the pages.
    pub seen: &'a Examination,
    /// Pictures of the pages, in order.
    pub pictures: &'a [Option<Picture>],
}

#[derive(Template)]
#[template(path = "preflight.html", config = "src/report/html/askama.toml")]
struct PreflightPage<'a> {
    ja: bool,
    file: &'a str,
    profile: &'a Profile,
    count: usize,
    sums: [Sum; 3],
    whole: Listed,
    pages: Vec<FoundPage>,
    clean: Vec<CleanPage>,
}

/// A page without.
struct CleanPage {
    number: u32,
    sheet: Sheet,
}

/// The page.
///
/// # Panics
/// Never: it is written into memory.
#[must_use]
pub fn page(subject: &JudgedSubject<'_>, language: Language) -> String {
    let JudgedSubject { file, profile, seen, .. } = *subject;
    let (mut pages, mut clean) = (Vec::new(), Vec::new());
    for (number, size) in (1_u32..).zip(&seen.pages) {
        let picture = subject.pictures.get(number as usize - 1).and_then(Option::as_ref);
        let found: Vec<&Finding> = seen.findings.iter().filter(|one| one.page == Some(number)).collect();
        if found.is_empty() {
            clean.extend(picture.map(|picture| CleanPage { number, sheet: sheet(*size, picture, &found) }));
            continue;
        }
        pages.push(FoundPage::new(number, *size, picture, &found, language));
    }
    let about_file: Vec<&Finding> = seen.findings.iter().filter(|one| one.page.is_none()).collect();
    let page = PreflightPage {
        ja: language == Language::Japanese,
        file,
        profile,
        count: seen.pages.len(),
        sums: sums(seen, language),
        whole: listed(&about_file, language),
        pages,
        clean,
    };
    page.render().expect("a page is written into memory")
}

fn sums(seen: &Examination, language: Language) -> [Sum; 3] {
    let of = |severity: Severity| seen.findings.iter().filter(|one| one.severity == severity).count();
    let words = |japanese, english| pick(language, japanese, english);
    [
        Sum::findings(
            Severity::Error,
            of(Severity::Error),
            words("直さないと刷れません", "to mend before it is printed"),
            language,
        ),
        Sum::findings(
            Severity::Warning,
            of(Severity::Warning),
            words("念のため確かめてください", "to have a look at"),
            language,
        ),
        Sum {
            class: "made",
            count: seen.pages.len(),
            unit: words("ページ", ""),
            words: words("を調べました", "pages judged"),
        },
    ]
}
