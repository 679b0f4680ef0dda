//! Rules of whole pages, on pages that are put together by hand: those of words and lines have `tests/projects/proofread`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::easy::standard::{self, EasyStandard};
use super::{Galley, ProofProfile, judge};
use crate::model::composition::{
    Composition, ParagraphKind, TextCharacter, TextLine, TextParagraph, TextStyle,
};
use crate::model::edition::Reader;
use crate::model::length::Length;
use crate::model::origin::{Origin, Source};
use crate::model::region::Region;
use crate::pdf::raster::Bitmap;
use crate::project::files::Files;
use crate::project::layout::LayoutFiles;

/// The type size of all lines, in points.
const SIZE: f64 = 12.0;

/// A line of words that somebody wrote, `y` points below the upper edge of a page.
fn line(page: usize, y: f64, family: &str) -> TextLine {
    let style = Arc::new(TextStyle {
        family: family.to_owned(),
        weight: 400,
        size: Length::pt(SIZE),
        colour: Some([0, 0, 0]),
        is_underlined: false,
    });
    let character = |at: u32, c: char| TextCharacter {
        text: c.to_string(),
        x: Length::pt(60.0 + SIZE * f64::from(at)),
        advance: Length::pt(SIZE),
        natural: Length::pt(SIZE),
        style: Arc::clone(&style),
        is_raised: false,
        origin: Some(0),
    };
    let characters = (0..).zip("地域の人と市の職員が話し合う".chars()).map(|(at, c)| character(at, c));
    TextLine { page, baseline: Length::pt(y), characters: characters.collect(), readings: Vec::new() }
}

fn paragraph(kind: ParagraphKind, places: &[(usize, f64)]) -> TextParagraph {
    let lines = places.iter().map(|(page, y)| line(*page, *y, "BIZ UDGothic"));
    TextParagraph { kind, lines: lines.collect() }
}

/// The codes that are found on pages of A4.
fn codes(paragraphs: Vec<TextParagraph>, pictures: &[Bitmap], profile: &str) -> BTreeSet<String> {
    let files = LayoutFiles::new(Arc::new(Files::in_memory([("a", "")])));
    let profile = ProofProfile::find(&files, profile, None).expect("a built-in profile");
    let easy = EasyStandard::find(&files, standard::DEFAULT, None).expect("the built-in standard");
    let pages = vec![Region::page(Length::mm(210.0), Length::mm(297.0)); 2];
    let galley = Galley {
        composition: &Composition { pages, paragraphs },
        origins: &[Origin::file(&Source::new("a.md", ""))],
        reader: Reader::Ja,
        profile: &profile,
        easy: &easy,
        pictures,
        words: &BTreeMap::new(),
        off: &BTreeSet::new(),
    };
    judge(&galley).iter().map(|finding| finding.code.to_string()).collect()
}

/// A picture of a page whose left part has one colour and the rest another.
fn picture(left: [u8; 3], right: [u8; 3]) -> Bitmap {
    let pixel = |[r, g, b]: [u8; 3]| [r, g, b, 255];
    let row = (0..60).map(|x| pixel(if x < 30 { left } else { right }));
    let row: Vec<[u8; 4]> = row.collect();
    Bitmap { width: 60, height: 84, pixels: row.repeat(84) }
}

fn none() -> BTreeSet<String> {
    BTreeSet::new()
}

fn only(code: &str) -> BTreeSet<String> {
    [code.to_owned()].into()
}

#[test]
fn a_heading_stays_with_its_text() {
    let text = |page| paragraph(ParagraphKind::Text, &[(page, 750.0)]);
    let heading = || paragraph(ParagraphKind::Heading(2), &[(1, 720.0)]);
    assert_eq!(codes(vec![heading(), text(2)], &[], "standard"), only("S8027"));
    assert_eq!(codes(vec![heading(), text(1), text(2)], &[], "standard"), none());
}

#[test]
fn no_line_of_a_paragraph_stands_alone() {
    let split =
        |places: &[(usize, f64)]| codes(vec![paragraph(ParagraphKind::Text, places)], &[], "standard");
    assert_eq!(split(&[(1, 750.0), (2, 80.0), (2, 98.0)]), only("S8028"));
    assert_eq!(split(&[(1, 732.0), (1, 750.0), (2, 80.0)]), only("S8028"));
    assert_eq!(split(&[(1, 732.0), (1, 750.0), (2, 80.0), (2, 98.0)]), none());
}

#[test]
fn no_page_within_a_chapter_is_half_empty() {
    let white = [[255; 3]; 2].map(|colour| picture(colour, colour));
    let pages = |y: f64| {
        let next = paragraph(ParagraphKind::Text, &[(2, 80.0)]);
        vec![paragraph(ParagraphKind::Text, &[(1, y)]), next]
    };
    assert_eq!(codes(pages(200.0), &white, "standard"), only("S8029"));
    assert_eq!(codes(pages(600.0), &white, "standard"), none());
    // a drawing fills the rest
    let drawn = [picture([255; 3], [240; 3]), picture([255; 3], [255; 3])];
    assert_eq!(codes(pages(200.0), &drawn, "standard"), none());
}

#[test]
fn fonts_are_those_of_the_profile() {
    let set_in = |family: &str| {
        let lines = vec![line(1, 100.0, family)];
        codes(vec![TextParagraph { kind: ParagraphKind::Text, lines }], &[], "mie-2024")
    };
    assert_eq!(set_in("Some Mincho"), only("S8030"));
    assert_eq!(set_in("BIZ UDPGothic"), none());
}

#[test]
fn colours_that_touch_are_told_apart() {
    let (red, green, sea) = ([200, 80, 70], [60, 150, 60], [2, 94, 132]);
    assert_eq!(codes(Vec::new(), &[picture(red, green)], "standard"), only("S8031"));
    assert_eq!(codes(Vec::new(), &[picture(red, sea)], "standard"), none());
}
