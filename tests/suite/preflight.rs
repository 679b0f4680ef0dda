//! Preflight: every kind of defect of the corpus is found with its code, nothing on the clean twins; broken, looping,
//! bomb-like and encrypted files end with a finding, a thousand mutated ones without a panic.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use lopdf::{Object, Stream, dictionary};
use sasshi::diagnostic::Code;
use sasshi::preflight::{Finding, check};
use sasshi::press::profile::Profile;

use super::corpus::draft::{self, Draft, save};
use super::corpus::{Case, Change, cases, icc};

fn made(change: Change) -> Vec<u8> {
    let mut draft = Draft::clean(icc());
    change(&mut draft);
    draft.bytes()
}

fn profile(case: &Case) -> Profile {
    let mut profile = Profile::generic();
    (case.profile)(&mut profile);
    profile
}

fn list(findings: &[Finding]) -> String {
    findings.iter().fold(String::new(), |all, one| {
        all + &format!(
            "  {} {} [{}]: {} ({})\n",
            one.code.id(),
            one.place().en,
            one.severity.name(),
            one.what.en,
            one.found.en
        )
    })
}

#[test]
fn each_defect_is_found_with_its_code() {
    let mut wrong = String::new();
    for case in cases() {
        let findings = check(&made(case.defect), &profile(case));
        if !findings.iter().any(|finding| finding.code == case.code) {
            let _ = write!(wrong, "{} must give {}:\n{}", case.name, case.code.id(), list(&findings));
        }
        // a defect is one thing: nothing else may be said
        if findings.iter().any(|finding| finding.code != case.code) {
            let _ = write!(wrong, "{} gives more:\n{}", case.name, list(&findings));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn nothing_is_found_on_the_twins() {
    let mut wrong = String::new();
    for case in cases() {
        let findings = check(&made(case.twin), &profile(case));
        if !findings.is_empty() {
            let _ = write!(wrong, "the twin of {}:\n{}", case.name, list(&findings));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_corpus_has_thirty_kinds() {
    assert!(cases().len() >= 30);
    let mut names: Vec<&str> = cases().iter().map(|case| case.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), cases().len(), "each has a name of its own");
}

#[test]
fn a_place_is_millimetres_from_the_trim() {
    let findings = check(
        &made(|d| {
            d.draw(format!("1 0 0 rg {} re f", draft::rect(50.0, 60.0, 20.0, 10.0)));
        }),
        &Profile::generic(),
    );
    let spot = findings.iter().find_map(|finding| finding.spot).expect("a place");
    let found = [spot.x, spot.y, spot.width, spot.height].map(|length| format!("{:.1}", length.to_mm()));
    // y counts from the top: 297 − 60 − 10
    assert_eq!(found, ["50.0", "227.0", "20.0", "10.0"]);
}

#[test]
fn a_name_in_shift_jis_is_read() {
    let mut profile = Profile::generic();
    profile.spots = false;
    let findings = check(
        &made(|d| {
            let gold = Object::Name(b"\x93\xC1\x90F\x8B\xE0".to_vec());
            let tint = super::corpus::drawn::tint(4);
            d.resource("ColorSpace", "Cs", vec!["Separation".into(), gold, "DeviceCMYK".into(), tint]);
            d.draw("/Cs cs 1 scn 200 200 50 50 re f");
        }),
        &profile,
    );
    let names: Vec<&str> = findings.iter().map(|finding| finding.found.ja.as_str()).collect();
    assert_eq!(names, ["特色金"], "{}", list(&findings));
}

fn only(bytes: &[u8]) -> Code {
    let findings = check(bytes, &Profile::generic());
    assert_eq!(findings.len(), 1, "{}", list(&findings));
    findings[0].code
}

#[test]
fn what_is_no_pdf_is_one_finding() {
    let clean = made(|_| {});
    for bytes in [&b""[..], b"%PDF-1.6", b"a letter", &clean[..200], &[0; 4096]] {
        assert_eq!(only(bytes), Code::PdfUnreadable);
    }
}

#[test]
fn a_file_cut_short_is_not_passed() {
    let clean = made(|_| {});
    for share in 1..20 {
        let bytes = &clean[..clean.len() * share / 20];
        assert!(!check(bytes, &Profile::generic()).is_empty(), "{share}/20 of the file");
    }
}

#[test]
fn an_encrypted_file_is_refused() {
    let mut doc = Draft::clean(icc()).document();
    let version = lopdf::EncryptionVersion::V2 {
        document: &doc,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    };
    let state = lopdf::EncryptionState::try_from(version).expect("a state");
    doc.encrypt(&state).expect("encrypted");
    assert_eq!(only(&save(doc)), Code::PdfEncrypted);
}

#[test]
fn forms_that_multiply_end_in_time() {
    ends_with(&Draft::of_multiplying_forms(icc()).bytes(), Code::PdfTooMuch);
}

#[test]
fn a_stream_that_unpacks_without_end_is_refused() {
    let mut draft = Draft::clean(icc());
    let mut bomb = Stream::new(dictionary! { "Subtype" => "Form" }, b"0 g ".repeat(30 << 20));
    bomb.compress().expect("compressed");
    let bomb = draft.doc.add_object(bomb);
    draft.resource("XObject", "Fm", bomb).draw("/Fm Do");
    ends_with(&draft.bytes(), Code::ContentBroken);
}

#[test]
fn pages_that_loop_end() {
    let mut doc = Draft::clean(icc()).document();
    let pages =
        doc.catalog().expect("a catalog").get(b"Pages").and_then(Object::as_reference).expect("pages");
    let node = doc.get_object_mut(pages).and_then(Object::as_dict_mut).expect("a node");
    node.set("Kids", vec![Object::Reference(pages); 3]);
    node.set("Parent", pages);
    assert_eq!(only(&save(doc)), Code::PdfUnreadable);
}

fn ends_with(bytes: &[u8], code: Code) {
    let start = Instant::now();
    let findings = check(bytes, &Profile::generic());
    assert!(findings.iter().any(|finding| finding.code == code), "{}", list(&findings));
    // generous for a busy machine: without a bound it would be years
    assert!(start.elapsed() < Duration::from_mins(5), "{:?}", start.elapsed());
}

/// A sequence of numbers that is the same on every machine (Marsaglia's xorshift64).
struct Numbers(u64);

impl Numbers {
    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("below 256")
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("below a usize")
    }
}

#[test]
fn a_thousand_mutated_files_end_without_a_panic() {
    // a small profile, so that most mutations hit what is read
    let small = &icc()[..256];
    let seeds: Vec<Vec<u8>> = cases()
        .iter()
        .map(|case| {
            let mut draft = Draft::clean(small);
            (case.defect)(&mut draft);
            draft.bytes()
        })
        // an image of pixels only is no use for this
        .filter(|bytes| bytes.len() < 40_000)
        .collect();
    let mut numbers = Numbers(0x5A55_4153_4849);
    let start = Instant::now();
    for round in 0..1_000 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=numbers.below(8) {
            mutate(&mut bytes, &mut numbers);
        }
        let _ = check(&bytes, &Profile::generic());
    }
    assert!(start.elapsed() < Duration::from_mins(5), "{:?}", start.elapsed());
}

/// What hurts a reader: wrong bytes, wrong numbers, wrong references, parts twice or not at all.
fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    if bytes.is_empty() {
        return;
    }
    let at = numbers.below(bytes.len());
    let end = (at + 1 + numbers.below(64)).min(bytes.len());
    match numbers.below(6) {
        0 => bytes[at] = numbers.byte(),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..end)),
        3 => {
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part);
        }
        4 => {
            // a digit becomes another: lengths, references, offsets, operands
            if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                bytes[at + digit] = b'0' + numbers.byte() % 10;
            }
        }
        _ => {
            let words: [&[u8]; 6] = [b"/Form", b" 1 0 R ", b"[[[[", b"-99999999999", b"q ", b"/Fm Do "];
            let word = words[numbers.below(words.len())].to_vec();
            bytes.splice(at..at, word);
        }
    }
}
