//! What preflight found, with each page's picture and the spot of each finding on it.
//!
//! In: an [`Examination`], pictures of the pages. Out: HTML in one piece; the pictures are in it.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Sum, check, class, pick, short, tag};
use crate::diagnostic::{Code, Language, Say, Severity};
use crate::model::region::Region;
use crate::pdf::raster::Picture;
use crate::preflight::{Examination, Finding, PageSize};
use crate::press::profile::Profile;
use crate::proofing::previews::MOST as MOST_PICTURES;

/// Findings of a page that are listed; more are counted.
const MOST: usize = 60;
/// Characters of a value that come from the file.
const CHARACTERS: usize = 200;
/// Nearer to the top of the picture than this many per cent of it, the number of a finding stands below its spot.
const TOP: f64 = 4.0;

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

/// A page with findings.
struct FoundPage {
    number: u32,
    /// Of the trimmed page in millimetres.
    width: String,
    height: String,
    /// None where the page cannot be drawn.
    sheet: Option<Sheet>,
    found: Listed,
}

/// A page without.
struct CleanPage {
    number: u32,
    sheet: Sheet,
}

/// The picture of a page with the spots of findings on it.
struct Sheet {
    /// PNG in base64 (RFC 4648, 4).
    png: String,
    /// Where the trimmed page is; nowhere on a turned picture.
    trim: Option<String>,
    marks: Vec<Mark>,
}

/// The spot of a finding.
struct Mark {
    number: usize,
    class: &'static str,
    style: String,
    /// Whether its number stands below it.
    low: bool,
}

/// Findings by kind, and how many are not listed.
struct Listed {
    kinds: Vec<Kind>,
    rest: usize,
}

/// The findings of one kind: what is wrong and what is allowed once, then each place.
struct Kind {
    class: &'static str,
    tag: &'static str,
    what: String,
    code: Code,
    allowed: String,
    places: Vec<FoundPlace>,
}

struct FoundPlace {
    /// That of the mark on the picture.
    number: Option<usize>,
    words: String,
    /// How many more of them are on the page.
    more: usize,
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
        let sheet = picture.map(|picture| sheet(*size, picture, &found));
        if found.is_empty() {
            clean.extend(sheet.map(|sheet| CleanPage { number, sheet }));
            continue;
        }
        let millimetres = |length: crate::model::length::Length| format!("{:.1}", length.to_mm());
        let (width, height) = (millimetres(size.width), millimetres(size.height));
        pages.push(FoundPage { number, width, height, sheet, found: listed(&found, language) });
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

/// The picture with the trim and the spots of findings on it.
fn sheet(size: PageSize, picture: &Picture, found: &[&Finding]) -> Sheet {
    let mut sheet = Sheet { png: STANDARD.encode(&picture.png), trim: None, marks: Vec::new() };
    // on a turned picture the places would be wrong
    if picture.turned {
        return sheet;
    }
    sheet.trim = Some(place(Region::page(size.width, size.height), size, picture).0);
    for (number, one) in (1_usize..).zip(found.iter().take(MOST)) {
        let Some(spot) = one.spot else { continue };
        let (style, top) = place(spot, size, picture);
        sheet.marks.push(Mark { number, class: class(one.severity), style, low: top < TOP });
    }
    sheet
}

/// Where a spot is on the picture, and how far from its top in per cent.
fn place(spot: Region, size: PageSize, picture: &Picture) -> (String, f64) {
    let [left, top, width, height] = picture.shows;
    let share = |value: f64, whole: f64| (value / whole * 100.0).clamp(-5.0, 105.0);
    let x = share(size.left.to_pt() + spot.x.to_pt() - left, width);
    let y = share(size.top.to_pt() + spot.y.to_pt() - top, height);
    let (w, h) = (share(spot.width.to_pt(), width), share(spot.height.to_pt(), height));
    (format!("left:{x:.2}%;top:{y:.2}%;width:{w:.2}%;height:{h:.2}%"), y)
}

/// The first findings by kind, in the order in which the kinds come first.
fn listed(found: &[&Finding], language: Language) -> Listed {
    let mut kinds: Vec<Vec<(usize, &Finding)>> = Vec::new();
    for (index, one) in (1_usize..).zip(found.iter().take(MOST)) {
        let same = |kind: &&mut Vec<(usize, &Finding)>| {
            let first = kind[0].1;
            (first.code, first.severity, &first.what.en, &first.allowed.en)
                == (one.code, one.severity, &one.what.en, &one.allowed.en)
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push((index, *one)),
            None => kinds.push(vec![(index, *one)]),
        }
    }
    Listed {
        kinds: kinds.iter().map(|found| kind(found, language)).collect(),
        rest: found.len().saturating_sub(MOST),
    }
}

fn kind(found: &[(usize, &Finding)], language: Language) -> Kind {
    let text = |say: &Say| short(say.in_language(language), CHARACTERS);
    let one = found[0].1;
    let places = found.iter().map(|(number, one)| {
        let origin = one.origin.as_ref().map(|origin| check::place(origin, language));
        let parts = [Some(text(&one.found)), Some(text(&one.place())), origin];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        // what is about the whole file has no picture
        let number = (one.page.is_some() && one.spot.is_some()).then_some(*number);
        FoundPlace { number, words: parts.join("　"), more: one.more }
    });
    Kind {
        class: class(one.severity),
        tag: tag(one.severity, language),
        what: text(&one.what),
        code: one.code,
        allowed: text(&one.allowed),
        places: places.collect(),
    }
}
