//! What proofreading found, file by file, with a picture of each page that has findings and their spots on it.
//!
//! In: findings, sizes and pictures of pages. Out: HTML in one piece; the pictures are in it.

use askama::Template;

use super::Sum;
use super::marked::FoundPage;
use crate::diagnostic::{Language, Severity};
use crate::model::finding::Finding;
use crate::model::length::Length;
use crate::model::region::Region;
use crate::pdf::raster::Picture;
use crate::preflight::PageSize;

/// A file that was proofread.
#[derive(Debug, Clone, Copy)]
pub struct ProofedFile<'a> {
    /// Its path.
    pub path: &'a str,
    /// What was found.
    pub findings: &'a [Finding],
    /// Its pages by their sizes.
    pub pages: &'a [Region],
    /// Their pictures, of those with findings at least.
    pub pictures: &'a [Option<Picture>],
}

#[derive(Template)]
#[template(path = "proofread.html", config = "src/report/html/askama.toml")]
struct ProofreadPage<'a> {
    ja: bool,
    /// The profile by which the pages were judged, and its source.
    profile: &'a str,
    source: &'a str,
    sums: [Sum; 2],
    files: Vec<FoundFile<'a>>,
    /// Files without findings.
    clean: Vec<&'a str>,
}

/// A file with findings.
struct FoundFile<'a> {
    path: &'a str,
    pages: Vec<FoundPage>,
}

/// By what the pages were judged.
#[derive(Debug, Clone, Copy)]
pub struct JudgedBy<'a> {
    /// The profile.
    pub profile: &'a str,
    /// The document that its values are from.
    pub source: &'a str,
}

/// The page.
///
/// # Panics
/// Never: it is written into memory.
#[must_use]
pub fn page(files: &[ProofedFile<'_>], by: JudgedBy<'_>, language: Language) -> String {
    let words = |japanese, english| super::pick(language, japanese, english);
    let count = files.iter().map(|file| file.findings.len()).sum();
    let pages = files.iter().map(|file| file.pages.len()).sum();
    let found = words("見つかったところ", "to have a look at");
    let page = ProofreadPage {
        ja: language == Language::Japanese,
        profile: by.profile,
        source: by.source,
        sums: [
            Sum::findings(Severity::Warning, count, found, language),
            Sum {
                class: "made",
                count: pages,
                unit: words("ページ", ""),
                words: words("を校正しました", "pages proofread"),
            },
        ],
        files: files.iter().filter(|file| !file.findings.is_empty()).map(|file| of(file, language)).collect(),
        clean: files.iter().filter(|file| file.findings.is_empty()).map(|file| file.path).collect(),
    };
    page.render().expect("a page is written into memory")
}

/// The pages of a file that have findings.
fn of<'a>(file: &ProofedFile<'a>, language: Language) -> FoundFile<'a> {
    let mut pages = Vec::new();
    for ((number, size), index) in (1_u32..).zip(file.pages).zip(0..) {
        let found: Vec<&Finding> = file.findings.iter().filter(|one| one.page == Some(number)).collect();
        if found.is_empty() {
            continue;
        }
        let (width, height) = (size.width, size.height);
        let size = PageSize {
            left: Length::ZERO,
            top: Length::ZERO,
            width,
            height,
            sheet_width: width,
            sheet_height: height,
        };
        let picture = file.pictures.get::<usize>(index).and_then(Option::as_ref);
        pages.push(FoundPage::new(number, size, picture, &found, language));
    }
    FoundFile { path: file.path, pages }
}
