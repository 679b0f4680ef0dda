//! Preflight's matrix: each rule in each nesting, each coding of images in each colour space and nesting, found where it is
//! wrong and passed where it is right; and each code of preflight has a file that gives it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use lopdf::Dictionary;
use sasshi::diagnostic::Code;
use sasshi::preflight::check;
use sasshi::press::profile::Profile;
use sasshi::report::explanations;

use super::corpus::draft::Draft;
use super::corpus::matrix::{CODINGS, NESTINGS, Nest, PIXELS, Paint, RULES};
use super::corpus::{cases, icc};

/// The codes that a file gives.
fn codes(
    nest: Nest,
    painted: impl FnOnce(&mut Draft) -> (Dictionary, String),
    profile: &Profile,
) -> Vec<Code> {
    let mut draft = Draft::clean(icc());
    let (resources, content) = painted(&mut draft);
    nest(&mut draft, &resources, &content);
    let mut codes: Vec<Code> = check(&draft.bytes(), profile).iter().map(|finding| finding.code).collect();
    codes.dedup();
    codes
}

fn names(codes: &[Code]) -> String {
    codes.iter().map(Code::id).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_rule_holds_in_every_nesting() {
    let mut wrong = String::new();
    for rule in RULES {
        let mut profile = Profile::generic();
        (rule.profile)(&mut profile);
        for (place, nest) in NESTINGS.into_iter().filter(|(place, _)| !rule.but.contains(place)) {
            let judged = |paint: Paint| codes(nest, paint, &profile);
            let (defect, twin) = (judged(rule.defect), judged(rule.twin));
            if defect != [rule.code] {
                let _ = writeln!(wrong, "{} {place}: {} is {}", rule.name, rule.code.id(), names(&defect));
            }
            if !twin.is_empty() {
                let _ = writeln!(wrong, "twin of {} {place}: {}", rule.name, names(&twin));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_coding_of_images_is_read_in_every_colour_space_and_nesting() {
    let mut wrong = String::new();
    let profile = Profile::generic();
    for (coding, make) in CODINGS {
        for pixel in PIXELS {
            for (place, nest) in NESTINGS {
                let image = |draft: &mut Draft| {
                    let space = (pixel.space)(draft);
                    make(draft, space, pixel.samples)
                };
                let found = codes(nest, image, &profile);
                if found != pixel.code.into_iter().collect::<Vec<_>>() {
                    let _ = writeln!(wrong, "{} {coding} {place}: {}", pixel.name, names(&found));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_of_preflight_has_a_file() {
    let covered: BTreeSet<Code> = cases().iter().map(|case| case.code).collect();
    // files that are no PDF, too much of one, or named wrongly have tests of their own
    let others = [
        Code::PdfUnreadable,
        Code::PdfEncrypted,
        Code::PdfTooMuch,
        Code::FileNameAscii,
        Code::StreamRecovered,
        Code::FileId,
    ];
    let missing: Vec<&str> = explanations::codes()
        .iter()
        .map(|definition| &definition.code)
        .filter(|code| code.id().starts_with("S51") && !covered.contains(code) && !others.contains(code))
        .map(Code::id)
        .collect();
    assert!(missing.is_empty(), "no case gives {missing:?}");
}
