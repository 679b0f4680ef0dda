//! Merging as a table: manifest, lists and texts from memory, and the files that are to be made of them.
//!
//! A line is a file: its name, then each record it shows with the records that belong to it; `-` before the names of
//! files that are held back.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Copy, Job, Publication, Selection, WantedEdition, publications};
use crate::check;
use crate::check::checked::CheckedRecord;
use crate::diagnostic::Diagnostic;
use crate::merge::join::Entry;
use crate::model::edition::{Edition, Reader};
use crate::project::Project;
use crate::project::files::Files;
use crate::read;

const HEAD: &str = "[project]\ntitle = \"題\"\nmunicipality = \"横浜市\"\ndate = 2026-04-01\n";
const LISTS: &str = "[directory.wards]\nsource = \"wards.csv\"\nschema = \"ward\"\n\
                     [directory.centers]\nsource = \"centers.csv\"\nschema = \"facility\"\n";
const SHEET: &str = "[[publication]]\nname = \"sheet\"\nlayout = \"contact-sheet\"\nper = \"wards\"\n\
                     directories = [\"centers\"]\n";
const LIST: &str =
    "[[publication]]\nname = \"list\"\nlayout = \"directory-list\"\ndirectories = [\"centers\"]\n";
const TEXT: &str = "[[publication]]\nname = \"guide\"\nlayout = \"handout\"\ntext = [\"*.md\"]\n";

const WARDS: &str =
    "団体コード,区,ローマ字\n141011,鶴見区,Tsurumi\n141038,西区,Nishi\n141097,港北区,Kohoku\n";
const CENTERS: &str = "区,名称,住所,電話番号\n港北区,こ1,見本町1,045-510-0003\n鶴見区,つ2,見本町1,045-510-0002\n西区,に1,見本町1,045-510-0004\n鶴見区,つ1,見本町1,045-510-0001\n";

/// What stands in memory.
struct Sources<'a> {
    manifest: Vec<&'a str>,
    files: Vec<(&'a str, &'a str)>,
}

impl Sources<'_> {
    /// The publications that are made of them, and what was found in merging.
    fn publications(&self, selection: &Selection) -> (Vec<Publication>, Vec<Diagnostic>) {
        let manifest = self.manifest.concat();
        let files = [("sasshi.toml", manifest.as_str())].into_iter().chain(self.files.iter().copied());
        let opened = Project::open(Arc::new(Files::in_memory(files)), &[]).expect("a manifest");
        assert!(opened.diagnostics.is_empty(), "{:?}", opened.diagnostics);
        let project = opened.value.expect("a project");
        let checked = check::all(&project, read::manuscript(&project).value).value;
        let merged = publications(&project, &checked, selection);
        (merged.value, merged.diagnostics)
    }

    /// The files of the first publication, a line each.
    fn files(&self, selection: &Selection) -> String {
        let (publications, _) = self.publications(selection);
        publications.first().map(lines).unwrap_or_default()
    }
}

fn lines(publication: &Publication) -> String {
    let mut lines = String::new();
    for job in &publication.jobs {
        let _ = writeln!(lines, "{}: {}", job.stem, words(job));
    }
    for held in &publication.held {
        let _ = writeln!(lines, "- {}", held.stem);
    }
    lines
}

fn words(job: &Job) -> String {
    let entry = |entry: &Entry| {
        let joined: Vec<String> =
            entry.joined.iter().flat_map(|(_, records)| records.iter().map(CheckedRecord::key)).collect();
        let ward = entry.ward.as_ref().map_or_else(String::new, |ward| format!("@{}", ward.key()));
        let joined = if joined.is_empty() { String::new() } else { format!("({})", joined.join(" ")) };
        format!("{}{ward}{joined}", entry.record.key())
    };
    let shown = job.entries.iter().chain(job.lists.iter().flat_map(|list| &list.entries)).map(entry);
    let texts = job.chapters.iter().map(|chapter| format!("{} blocks", chapter.body.len()));
    shown.chain(texts).collect::<Vec<_>>().join(", ")
}

fn lists<'a>(publication: &'a str, more: &'a str) -> Sources<'a> {
    Sources {
        manifest: vec![HEAD, LISTS, publication, more],
        files: vec![("wards.csv", WARDS), ("centers.csv", CENTERS)],
    }
}

fn only(words: &[&str]) -> Selection {
    Selection { only: words.iter().map(|word| (*word).to_owned()).collect(), ..Selection::default() }
}

#[test]
fn records_join_their_units_in_the_order_of_the_list() {
    let plain = "101-tsurumi: 鶴見区(つ2 つ1)\n103-nishi: 西区(に1)\n109-kohoku: 港北区(こ1)\n";
    let all = "all: 鶴見区(つ2 つ1), 西区(に1), 港北区(こ1)\n";
    for (what, more, files, wanted) in [
        ("a sheet of each, and one file of all", "", [WARDS, CENTERS], format!("{plain}{all}")),
        ("no file of all", "combined = false\n", [WARDS, CENTERS], plain.to_owned()),
        (
            "files of two sheets",
            "combined = { sheets = 2 }\n",
            [WARDS, CENTERS],
            format!("{plain}all-0001-0002: 鶴見区(つ2 つ1), 西区(に1)\nall-0003-0003: 港北区(こ1)\n"),
        ),
        (
            "no more sheets than a file takes",
            "combined = { sheets = 3 }\n",
            [WARDS, CENTERS],
            format!("{plain}{all}"),
        ),
        (
            "files of two sheets, of which one cannot be made",
            "combined = { sheets = 2 }\n",
            [WARDS, "区,名称,住所,電話番号\n鶴見区,つ,見本町1,045-510-0001\n西区,に,見本町1,045-510-0002\n"],
            "101-tsurumi: 鶴見区(つ)\n103-nishi: 西区(に)\n- 109-kohoku\n- all-0001-0002\n- all-0003-0003\n"
                .to_owned(),
        ),
        (
            "the master list says the order",
            "combined = false\n",
            [
                "団体コード,区,ローマ字,表示順\n141011,鶴見区,Tsurumi,2\n141038,西区,Nishi,1\n",
                "区,名称,住所,電話番号\n鶴見区,つ,見本町1,045-510-0001\n西区,に,見本町1,045-510-0002\n",
            ],
            "103-nishi: 西区(に)\n101-tsurumi: 鶴見区(つ)\n".to_owned(),
        ),
        (
            "a unit without a record is held back, and so is the file of all",
            "",
            [WARDS, "区,名称,住所,電話番号\n鶴見区,つ,見本町1,045-510-0001\n西区,に,見本町1,045-510-0002\n"],
            "101-tsurumi: 鶴見区(つ)\n103-nishi: 西区(に)\n- 109-kohoku\n- all\n".to_owned(),
        ),
        (
            "a record that is set aside holds its unit",
            "",
            [
                WARDS,
                "区,名称,住所,電話番号\n鶴見区,つ,見本町1,045-510\n西区,に,見本町1,045-510-0002\n港北区,こ,見本町1,045-510-0003\n",
            ],
            "103-nishi: 西区(に)\n109-kohoku: 港北区(こ)\n- 101-tsurumi\n- all\n".to_owned(),
        ),
    ] {
        let mut sources = lists(SHEET, more);
        sources.files = vec![("wards.csv", files[0]), ("centers.csv", files[1])];
        assert_eq!(sources.files(&Selection::default()), wanted, "{what}");
    }
}

#[test]
fn a_list_stands_unit_by_unit() {
    let wanted =
        "list: 鶴見区(つ2 つ1), 西区(に1), 港北区(こ1), つ2@鶴見区, つ1@鶴見区, に1@西区, こ1@港北区\n";
    assert_eq!(lists(LIST, "").files(&Selection::default()), wanted);
    // what is not joined stays in its own order and names no unit
    let mut apart = lists(LIST, "");
    apart.manifest[1] =
        "[directory.centers]\nsource = \"centers.csv\"\nschema = \"facility\"\nevery-ward = false\n";
    assert_eq!(apart.files(&Selection::default()), "list: こ1, つ2, に1, つ1\n");
}

#[test]
fn units_are_asked_for_by_whatever_they_are_called() {
    let one = "101-tsurumi: 鶴見区(つ2 つ1)\n";
    for (words, wanted) in [
        (&["鶴見区"][..], one.to_owned()),
        (&["鶴見"], one.to_owned()),
        (&["鶴"], one.to_owned()),
        (&["101"], one.to_owned()),
        (&["141011"], one.to_owned()),
        (&["ＴＳＵＲＵＭＩ"], one.to_owned()),
        (&["西,鶴見"], format!("{one}103-nishi: 西区(に1)\n")),
        (&["西", "鶴見"], format!("{one}103-nishi: 西区(に1)\n")),
    ] {
        assert_eq!(lists(SHEET, "").files(&only(words)), wanted, "{words:?}");
    }
    for words in ["区", "横浜", ",", ""] {
        let (_, found) = lists(SHEET, "").publications(&only(&[words]));
        assert_eq!(found.len(), 1, "\"{words}\" is one unit's and no other's: {found:?}");
    }
    // a list is of no unit: nothing is made of it
    assert_eq!(lists(LIST, "").files(&only(&["西"])), "");
}

#[test]
fn names_of_files_are_filled_with_fields() {
    for (pattern, wanted) in [
        ("{romaji}", "tsurumi nishi kohoku all"),
        ("{number}_{code}", "01_101 02_103 03_109 all"),
        ("{name}の相談先", "鶴見区の相談先 西区の相談先 港北区の相談先 all"),
        // which of three would it be?
        ("sheet", "all - sheet"),
        // no such field, and a brace that is not closed
        ("{roman}", "- 鶴見区 - 西区 - 港北区 - all"),
        ("{romaji", "- 鶴見区 - 西区 - 港北区 - all"),
    ] {
        let more = format!("file-name = \"{pattern}\"\n");
        let sources = lists(SHEET, &more);
        let (publications, found) = sources.publications(&Selection::default());
        let stems = publications[0].jobs.iter().map(|job| job.stem.clone());
        let held = publications[0].held.iter().map(|held| format!("- {}", held.stem));
        assert_eq!(stems.chain(held).collect::<Vec<_>>().join(" "), wanted, "{pattern}");
        assert_eq!(found.is_empty(), !wanted.contains('-'), "{pattern}: {found:?}");
    }
}

#[test]
fn a_text_is_one_file_or_one_for_each_part_and_copy() {
    let parts = "[[part]]\nname = \"know\"\ntitle = \"知る\"\n[[part]]\nname = \"act\"\ntitle = \"動く\"\n";
    let know = "+++\npart = \"know\"\ntitle = \"一\"\n+++\n\n文です。\n\n:::trainer\n答え。\n:::\n";
    let act = "+++\npart = \"act\"\ntitle = \"二\"\n+++\n\n文です。\n\n次の文です。\n";
    for (what, more, wanted) in [
        ("all of it", "", "guide: 1 blocks, 2 blocks\n"),
        (
            "also for trainers, whose words are in no other copy",
            "trainer = true\n",
            "guide: 1 blocks, 2 blocks\nguide-trainer: 2 blocks, 2 blocks\n",
        ),
        (
            "by part, and all of it",
            "per = \"parts\"\nfile-name = \"{number}-{part}\"\n",
            "1-know: 1 blocks\n2-act: 2 blocks\nall: 1 blocks, 2 blocks\n",
        ),
    ] {
        let sources =
            Sources { manifest: vec![HEAD, parts, TEXT, more], files: vec![("a.md", know), ("b.md", act)] };
        assert_eq!(sources.files(&Selection::default()), wanted, "{what}");
    }
    let sources = Sources {
        manifest: vec![HEAD, TEXT, "trainer = true\n"],
        files: vec![("a.md", "# 題\n\n文です。\n")],
    };
    let (publications, _) = sources.publications(&Selection::default());
    let copies: Vec<Copy> = publications[0].jobs.iter().map(|job| job.copy).collect();
    assert_eq!(copies, [Copy::Learner, Copy::Trainer]);
}

#[test]
fn a_publication_is_made_for_each_edition_that_is_asked_for() {
    let more = "editions = [\"screen\", \"office\"]\n";
    let folders_of = |more: &str, editions: Vec<WantedEdition>| {
        let (publications, _) =
            lists(SHEET, more).publications(&Selection { editions, ..Selection::default() });
        publications.iter().map(Publication::folder).collect::<Vec<_>>()
    };
    let folders = |editions| folders_of(more, editions);
    let wanted = |edition, reader| WantedEdition { edition, reader };
    assert_eq!(folders(Vec::new()), ["screen", "office"]);
    assert_eq!(folders(vec![wanted(Edition::Office, Some(Reader::Ja))]), ["office"]);
    // a reader and an edition that the manifest does not have
    assert_eq!(
        folders(vec![wanted(Edition::Office, Some(Reader::Mono)), wanted(Edition::Press, None)]),
        Vec::<String>::new()
    );
    // the first reader has the plain name, whoever it is
    let readers = "editions = [\"screen\", \"office\"]\nreaders = [\"mono\", \"ja\"]\n";
    let folders = |editions| folders_of(readers, editions);
    assert_eq!(folders(Vec::new()), ["screen", "screen-ja", "office", "office-ja"]);
    assert_eq!(folders(vec![wanted(Edition::Office, None)]), ["office"]);
    assert_eq!(folders(vec![wanted(Edition::Office, Some(Reader::Mono))]), ["office"]);
    assert_eq!(folders(vec![wanted(Edition::Screen, Some(Reader::Ja))]), ["screen-ja"]);
}

#[test]
fn what_is_incomplete_goes_to_no_press() {
    let centers = "区,名称,住所,電話番号\n鶴見区,つ,見本町1,045-510\n西区,に,見本町1,045-510-0002\n港北区,こ,見本町1,045-510-0003\n";
    let editions = "editions = [\"screen\", \"press\"]\n";
    for (checks, wanted) in [
        ("", ["screen: 2 files, held 101-tsurumi all", "press: 2 files, held 101-tsurumi all"]),
        (
            "[checks]\nincomplete = \"warn\"\n",
            ["screen: 3 files, held 101-tsurumi", "press: 2 files, held 101-tsurumi all"],
        ),
    ] {
        let mut sources = lists(SHEET, editions);
        sources.manifest.push(checks);
        sources.files[1].1 = centers;
        let (publications, _) = sources.publications(&Selection::default());
        let found = publications.iter().map(|one| {
            let held: Vec<&str> = one.held.iter().map(|held| held.stem.as_str()).collect();
            format!("{}: {} files, held {}", one.folder(), one.jobs.len(), held.join(" "))
        });
        assert_eq!(found.collect::<Vec<_>>(), wanted, "{checks}");
    }
}
