//! Pages with the spots of findings on them: pictures, marks with numbers, and the findings by kind beside.
//!
//! In: findings, and pictures of the pages. Out: what the templates of preflight and proofreading show.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{check, class, short, tag};
use crate::diagnostic::{Code, Language, Say};
use crate::model::finding::Finding;
use crate::model::length::Length;
use crate::model::region::Region;
use crate::pdf::raster::Picture;
use crate::preflight::PageSize;

/// Findings of a page that are listed; more are counted.
const MOST: usize = 60;
/// Characters of a value that come from the file.
const CHARACTERS: usize = 200;
/// Nearer to the top of the picture than this many per cent of it, the number of a finding stands below its spot.
const TOP: f64 = 4.0;

/// A page with findings.
pub(super) struct FoundPage {
    pub number: u32,
    /// Of the trimmed page in millimetres.
    pub width: String,
    pub height: String,
    /// None where the page cannot be drawn.
    pub sheet: Option<Sheet>,
    pub found: Listed,
}

impl FoundPage {
    /// Page `number` with what was found on it.
    pub fn new(
        number: u32,
        size: PageSize,
        picture: Option<&Picture>,
        found: &[&Finding],
        language: Language,
    ) -> Self {
        let millimetres = |length: Length| format!("{:.1}", length.to_mm());
        Self {
            number,
            width: millimetres(size.width),
            height: millimetres(size.height),
            sheet: picture.map(|picture| sheet(size, picture, found)),
            found: listed(found, language),
        }
    }
}

/// The picture of a page with the spots of findings on it.
pub(super) struct Sheet {
    /// PNG in base64 (RFC 4648, 4).
    pub png: String,
    /// Where the trimmed page is; nowhere on a turned picture.
    pub trim: Option<String>,
    pub marks: Vec<Mark>,
}

/// The spot of a finding.
pub(super) struct Mark {
    pub number: usize,
    pub class: &'static str,
    pub style: String,
    /// Whether its number stands below it.
    pub low: bool,
}

/// Findings by kind, and how many are not listed.
pub(super) struct Listed {
    pub kinds: Vec<Kind>,
    pub rest: usize,
}

/// The findings of one kind: what is wrong and what is allowed once, then each place.
pub(super) struct Kind {
    pub class: &'static str,
    pub tag: &'static str,
    pub what: String,
    pub code: Code,
    pub allowed: String,
    pub places: Vec<FoundPlace>,
}

pub(super) struct FoundPlace {
    /// That of the mark on the picture.
    pub number: Option<usize>,
    pub words: String,
    /// How many more of them are on the page.
    pub more: usize,
}

/// The picture with the trim and the spots of findings on it.
pub(super) fn sheet(size: PageSize, picture: &Picture, found: &[&Finding]) -> Sheet {
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
pub(super) fn listed(found: &[&Finding], language: Language) -> Listed {
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
