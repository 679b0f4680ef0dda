//! Which pages are drawn on their plates, and which rules look at them.
//!
//! In: what the walk knows of a page ([`Doubt`]). Out: findings. A page whose inks cannot add up to too much, and on which
//! nothing ends at the trim but upright rectangles, is not drawn: its plates could show nothing new.

use lopdf::{Dictionary, Document};

use super::fault::Unmeasured;
use super::finding::{Finding, PreflightFindings, region};
use super::ink_bound::InkBound;
use super::plates::Plate;
use super::plates::measure::InkMap;
use super::{bleed, ink_sum};
use crate::diagnostic::Code;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::process_inks::{self, LETTERS};
use crate::press::profile::{Profile, ProfileInks};
use crate::say;

/// The most plates that are drawn of one page.
const MOST_PLATES: usize = 16;

/// What may be wrong with the ink of a page.
#[derive(Debug)]
pub struct Doubt {
    /// How much ink lies anywhere at most.
    pub bound: InkBound,
    /// Whether something of an odd shape ends near the trim.
    pub edge: bool,
    /// Upright grounds so far: on them no white shows, whatever ends there.
    pub grounds: Vec<Rect>,
    /// Whether something is painted with a pattern whose cell is larger than the page: only drawing tells whether it can be.
    pub vast_cell: bool,
    /// Objects of too much ink by themselves, for pages that cannot be drawn.
    pub heavy: Vec<(f64, Rect)>,
}

impl Doubt {
    /// None so far, on a page whose ink is counted in `bound`.
    #[must_use]
    pub fn new(bound: InkBound) -> Self {
        Self { bound, edge: false, grounds: Vec::new(), vast_cell: false, heavy: Vec::new() }
    }
}

/// A page that is judged on its plates.
#[derive(Debug, Clone, Copy)]
pub struct DrawnPage<'a> {
    /// Its dictionary.
    pub dict: &'a Dictionary,
    /// Its boxes.
    pub boxes: PageBoxes,
    /// Its number.
    pub number: u32,
    /// The names of the inks on it.
    pub inks: &'a [String],
}

/// Judges a page on its plates, if that can show anything.
pub fn judge(
    doc: &Document,
    page: DrawnPage<'_>,
    doubt: &Doubt,
    profile: &Profile,
    findings: &mut PreflightFindings,
) {
    let limit = profile.ink_limit / 100.0 + 0.01;
    let stray = profile.inks == ProfileInks::Black && page.inks.iter().any(|ink| ink != "K");
    if page.inks.is_empty() || !(doubt.bound.can_exceed(limit) || doubt.edge || doubt.vast_cell || stray) {
        return;
    }
    let plates: Vec<Plate> = page.inks.iter().map(plate).take(MOST_PLATES).collect();
    let mut unmeasured = Vec::new();
    if page.inks.len() > MOST_PLATES {
        unmeasured.push(Unmeasured::ManyInks);
    }
    match InkMap::draw(doc, page.dict, page.boxes.media, &plates) {
        Ok(map) => {
            unmeasured.extend(&map.unmeasured);
            ink_sum::judge(&map, page.boxes, page.number, profile, findings);
            if doubt.edge {
                bleed::judge(&map, page.boxes, page.number, profile, findings);
            }
        }
        Err(why) => {
            unmeasured.push(why);
            heavy(doubt, page, profile, findings);
        }
    }
    for why in unmeasured {
        let what = say!(
            "インキの量を測れないところがあります。測れないものは、合格にしません。",
            "The ink of something cannot be measured: what is not measured is not passed."
        );
        findings.add(
            Finding::error(Code::InkUnmeasured, what)
                .found(why.say())
                .allowed(say!("版に分けられるもの", "what can be parted into plates"))
                .on(page.number),
        );
    }
}

/// What is too much by itself, where the plates cannot tell.
fn heavy(doubt: &Doubt, page: DrawnPage<'_>, profile: &Profile, findings: &mut PreflightFindings) {
    for (sum, area) in &doubt.heavy {
        let what = say!(
            "総インキ量が多すぎます。乾かず、裏に写ります。",
            "Too much ink in sum: it does not dry and sets off."
        );
        let (found, limit) = (sum * 100.0, profile.ink_limit);
        findings.add(
            Finding::error(Code::InkLimit, what)
                .found(say!("{found:.0} %", "{found:.0} %"))
                .allowed(say!("{limit:.0} %まで", "up to {limit:.0} %"))
                .on(page.number)
                .at(region(area.both(page.boxes.media), page.boxes.trim)),
        );
    }
}

/// The plate of an ink by the name that it is used under.
fn plate(ink: &String) -> Plate {
    match LETTERS.iter().position(|letter| letter == ink).or_else(|| process_inks::index(ink)) {
        Some(index) => Plate::Process(index),
        None => Plate::Spot(ink.clone()),
    }
}
