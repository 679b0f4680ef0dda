//! A session as a table: what lies in memory, what is done to it, and what comes out into memory.

use std::collections::BTreeMap;

use super::{Prepared, Session};
use crate::merge::Selection;
use crate::output::Memory;
use crate::project::files::Files;
use crate::report::facts::{Completion, Facts, FileState};

const MANIFEST: &str = "[project]\ntitle = \"題\"\nmunicipality = \"横浜市\"\ndate = 2026-04-01\n\
                        [directory.wards]\nsource = \"wards.csv\"\nschema = \"ward\"\n\
                        [directory.centers]\nsource = \"centers.csv\"\nschema = \"facility\"\ntitle = \"活動センター\"\n\
                        [[publication]]\nname = \"sheet\"\nlayout = \"contact-sheet\"\nper = \"wards\"\n\
                        directories = [\"centers\"]\ncombined = false\n";
const WARDS: &str = "団体コード,区,ローマ字\n141011,鶴見区,Tsurumi\n141038,西区,Nishi\n";
const CENTERS: &str = "区,名称,住所,電話番号\n鶴見区,つるみ見本センター,鶴見区見本町1,045-510-0001\n西区,にし見本センター,西区見本町4,045-510-0002\n";
const REPORT: &str = "output/report.json";
const BOTH: &[&str] = &["output/sheet/screen/101-tsurumi.pdf", "output/sheet/screen/103-nishi.pdf"];

fn session() -> Session {
    let files = [("sasshi.toml", MANIFEST), ("wards.csv", WARDS), ("centers.csv", CENTERS)];
    Session::new(Files::in_memory(files)).with_jobs(1)
}

/// A run into memory.
struct Ran {
    prepared: Prepared,
    facts: Facts,
    files: BTreeMap<String, Vec<u8>>,
}

fn run(session: &mut Session, selection: &Selection) -> Ran {
    let memory = Memory::default();
    let prepared = session.prepare(selection).expect("a manifest");
    let facts = session.make(&prepared, &memory, &()).expect("memory takes everything");
    Ran { prepared, facts, files: memory.into_files() }
}

impl Ran {
    fn pdfs(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).filter(|path| *path != REPORT).collect()
    }

    fn codes(&self) -> Vec<&str> {
        self.facts.diagnostics.iter().map(|one| one.code.id()).collect()
    }

    fn held(&self) -> Vec<&str> {
        let held = self.facts.files.iter().filter(|file| matches!(file.state, FileState::Held { .. }));
        held.map(|file| file.path.as_str()).collect()
    }
}

#[test]
fn a_session_makes_of_its_overlay_what_can_be_made() {
    let broken = CENTERS.replace("045-510-0001", "045-510-001");
    let fewer = CENTERS.lines().take(2).fold(String::new(), |text, line| text + line + "\n");
    let tie = MANIFEST.replace("\"centers\"]", "\"centres\"]");
    for (what, path, bytes, files, codes) in [
        ("nothing is changed", "centers.csv", Some(CENTERS), BOTH, &[][..]),
        ("a fault holds its own sheet", "centers.csv", Some(broken.as_str()), &BOTH[1..], &["S2005"]),
        ("a unit is missing", "centers.csv", Some(fewer.as_str()), &BOTH[..1], &["S2004"]),
        ("a list is gone", "centers.csv", None, &[], &["S1001"]),
        ("a file of no project is nobody's", "notes.md", Some("# 題\n"), BOTH, &[]),
        ("with a fault in the manifest nothing is made", "sasshi.toml", Some(tie.as_str()), &[], &["S0004"]),
    ] {
        let mut session = session();
        session.replace(path, bytes.map(|text| text.as_bytes().to_vec()));
        let ran = run(&mut session, &Selection::default());
        assert_eq!(ran.pdfs(), files, "{what}: {:?}", ran.facts.diagnostics);
        assert_eq!(ran.codes(), codes, "{what}");
        let held: Vec<&str> = BOTH.iter().copied().filter(|path| !files.contains(path)).collect();
        assert_eq!(ran.held(), held, "{what}");
        assert!(ran.files.contains_key(REPORT), "{what}");
        assert_eq!(ran.facts.to_open.as_deref(), files.first().copied(), "{what}");
        assert!(ran.prepared.project().is_some(), "{what}");
    }
}

#[test]
fn what_is_put_back_gives_the_bytes_of_before() {
    let mut session = session();
    let first = run(&mut session, &Selection::default()).files;
    session.replace("centers.csv", Some(CENTERS.replace("にし見本", "新しい見本").into_bytes()));
    let changed = run(&mut session, &Selection::default()).files;
    assert_eq!(first[BOTH[0]], changed[BOTH[0]], "the other sheet is as it was");
    assert_ne!(first[BOTH[1]], changed[BOTH[1]]);
    session.replace("centers.csv", Some(CENTERS.as_bytes().to_vec()));
    assert!(run(&mut session, &Selection::default()).files == first);
}

#[test]
fn a_selection_makes_what_it_names() {
    let named = |publications: &[&str], only: &[&str]| Selection {
        publications: publications.iter().map(|name| (*name).to_owned()).collect(),
        only: only.iter().map(|name| (*name).to_owned()).collect(),
        ..Selection::default()
    };
    for (selection, files, completion) in [
        (named(&[], &[]), BOTH, Completion::Complete),
        (named(&["sheet"], &[]), BOTH, Completion::Complete),
        (named(&[], &["西"]), &BOTH[1..], Completion::Complete),
        (named(&["list"], &[]), &[], Completion::Complete),
        (named(&[], &["東区"]), &[], Completion::NotFound),
    ] {
        let ran = run(&mut session(), &selection);
        assert_eq!(ran.pdfs(), files, "{selection:?}");
        assert_eq!(ran.facts.completion, completion, "{selection:?}");
        let asked = completion == Completion::Complete;
        assert_eq!(ran.files.contains_key(REPORT), asked, "{selection:?}");
    }
}

#[test]
fn without_a_manifest_that_can_be_used_nothing_is_made() {
    let mut session = session();
    session.replace("sasshi.toml", Some(b"title = ".to_vec()));
    let ran = run(&mut session, &Selection::default());
    assert_eq!(ran.facts.completion, Completion::NoManifest);
    assert_eq!(ran.codes(), ["S0001"]);
    assert!(ran.files.is_empty() && ran.prepared.project().is_none());
    session.replace("sasshi.toml", None);
    assert!(session.prepare(&Selection::default()).is_err(), "there is none at all");
}
