//! Every key of a manifest, misspelt, of another type and with a value that means nothing: each is a finding at its line.
//! No typo is passed over, and none is told in the words of a program.

use sasshi::diagnostic::Diagnostic;
use sasshi::merge::Selection;
use sasshi::model::origin::Origin;
use sasshi::output::Memory;
use sasshi::pipeline::Session;
use sasshi::project::files::Files;

use super::harness::{tests, text};

/// A manifest that has nearly every key there is.
const MANIFEST: &str = r#"[project]
title = "協働の手引き"
municipality = "横浜市"
language = "ja"
date = 2026-04-01
publisher = ["見本市民局"]
notice = "見本版です。"
as-of = "令和8年春"
checked-links = ["https://example.jp/"]

[[project.colophon]]
label = "見本課"
lines = ["電話 045-510-0001"]

[[part]]
name = "know"
title = "知る"
subtitle = "協働とは"

[directory.wards]
source = "sources/wards.csv"
schema = "ward"
unit = "区"

[directory.centers]
source = "sources/centers.csv"
schema = "facility"
key = "区"
encoding = "utf-8"
delimiter = "comma"
header-row = 1
skip-below = 0
every-ward = true
optional = ["住所"]
title = "活動センター"
help = "活動を始めたいときに"
short-help = "活動の相談"
icon = "people"

[[publication]]
name = "contact-sheet"
title = "区の連絡先"
layout = "contact-sheet"
per = "wards"
directories = ["centers"]
file-name = "{code}-{romaji}"
editions = ["screen", "press"]
readers = ["ja"]
combined = false

[[publication]]
name = "list"
layout = "directory-list"
directories = ["centers"]
leaves-out = ["住所"]
editions = ["office"]
imposition = "office"

[[publication]]
name = "guide"
layout = "handout"
text = ["sources/guide.md", "sources/cover.md"]
trainer = true

[layout.contact-sheet]
tag = "見本"

[layout.handout]
skip = ["cover"]
first-folio = 2
label = "資料"

[imposition.office]
scheme = "2up"
sheet = "a3"
bind = "left"
creep = "none"
work = "sheetwise"

[press.default]
profile = "x4-generic"
notes = ["見本です。"]
contact = ["見本の表記"]

[press.default.job]
copies = 100
paper = "マットコート紙"

[checks]
incomplete = "error"
phone-area = "warn"

[cache]
megabytes = 100
"#;

const GUIDE: &str = "+++\npart = \"know\"\n+++\n\n# 題\n\n文と[市のページ](https://example.jp/)です。\n";

/// What is said of a project with this manifest.
fn findings(manifest: &str) -> Vec<Diagnostic> {
    let small = tests().join("projects/small/sources");
    let list = |name: &str| text(&small.join(name));
    let files = Files::in_memory([
        ("sasshi.toml", manifest.to_owned()),
        ("sources/wards.csv", list("wards.csv")),
        ("sources/centers.csv", list("centers.csv")),
        ("sources/guide.md", GUIDE.to_owned()),
        ("sources/cover.md", "+++\ntemplate = \"cover\"\npart = \"know\"\n+++\n\n文です。\n".to_owned()),
    ]);
    let mut session = Session::new(files).with_jobs(1);
    let prepared = session.prepare(&Selection::default()).expect("a manifest");
    session.make(&prepared, &Memory::default(), &()).expect("nothing else goes wrong").diagnostics
}

/// Whether a finding stands at `line` of the manifest.
fn is_at(finding: &Diagnostic, line: usize) -> bool {
    finding
        .origin
        .as_ref()
        .is_some_and(|origin| origin.source.path == "sasshi.toml" && origin.row() == u32::try_from(line).ok())
}

/// Whether a finding says what to write, in its advice or itself.
fn has_cure(finding: &Diagnostic) -> bool {
    let says = ["書きます", "どれか", "数えます"].iter().any(|words| finding.message.ja.contains(words));
    !finding.hints.is_empty() || says
}

/// Japanese words of findings must not be those of a program.
fn no_programs_words(findings: &[Diagnostic], case: &str) {
    for finding in findings {
        let hints = finding.hints.iter().map(|hint| hint.ja.as_str());
        for words in std::iter::once(finding.message.ja.as_str()).chain(hints) {
            for word in ["expected", "invalid", "unknown", "missing", "error", "must "] {
                // "error" and "warn" are values of checks
                let is_value = words.contains("書ける値") || words.contains("もしかして");
                assert!(!words.contains(word) || is_value, "{case}: {words}");
            }
        }
    }
}

/// Code and line of each finding.
fn told(found: &[Diagnostic]) -> Vec<(&str, u32)> {
    let row = |finding: &Diagnostic| finding.origin.as_ref().and_then(Origin::row).unwrap_or(0);
    found.iter().map(|finding| (finding.code.id(), row(finding))).collect()
}

#[test]
fn the_manifest_is_right_and_what_no_layout_prints_of_it_is_told() {
    let found = findings(MANIFEST);
    // the publisher, the label of the colophon and the part's title have no place in these layouts; notice and as-of have.
    // The cover is left out by an option; no publication has imposed sheets
    let expected = [("S7001", 6), ("S7001", 12), ("S7001", 17), ("S0003", 57), ("S7008", 2)];
    assert_eq!(told(&found), expected, "{found:?}");
    let without = MANIFEST
        .replace("publisher = [\"見本市民局\"]\n", "")
        .replace("[[project.colophon]]\nlabel = \"見本課\"\nlines = [\"電話 045-510-0001\"]\n", "");
    assert_eq!(told(&findings(&without)), [("S7001", 13), ("S0003", 53), ("S7008", 2)]);
}

/// The keys of the manifest with the numbers of their lines.
fn keys() -> Vec<(usize, &'static str, &'static str)> {
    let lines = (1..).zip(MANIFEST.lines());
    lines
        .filter_map(|(number, line)| line.split_once(" = ").map(|(key, value)| (number, key, value)))
        .collect()
}

/// The manifest with another line.
fn with_line(number: usize, line: &str) -> String {
    let lines = (1..).zip(MANIFEST.lines()).map(|(at, old)| if at == number { line } else { old });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_misspelt_key_is_told_at_its_line_with_the_right_one() {
    for (number, key, value) in keys() {
        let (start, end) = key.split_at(key.len() - 1);
        let line = format!("{start}{end}{end} = {value}");
        let found = findings(&with_line(number, &line));
        let here: Vec<&Diagnostic> = found.iter().filter(|finding| is_at(finding, number)).collect();
        assert!(!here.is_empty(), "{line}: {found:?}");
        assert!(
            here.iter().any(|finding| finding.hints.iter().any(|hint| hint.ja.contains(key))),
            "{line}: {here:?}"
        );
        no_programs_words(&found, &line);
    }
}

#[test]
fn every_value_of_another_type_is_told_at_its_line() {
    for (number, key, value) in keys() {
        for other in ["3.5", "{ a = 1 }", "[[1]]"] {
            let line = format!("{key} = {other}");
            let found = findings(&with_line(number, &line));
            let is_told = found.iter().any(|finding| is_at(finding, number) && has_cure(finding));
            assert!(is_told, "{line} (was {value}): {found:?}");
            no_programs_words(&found, &line);
        }
    }
}

#[test]
fn values_that_mean_nothing_are_told_at_their_line() {
    for (from, to, code, words) in [
        ("title = \"協働の手引き\"", "title = \"\"", "S0003", "空です"),
        ("title = \"協働の手引き\"", "title = \"**協働**の手引き\"", "S1114", "**協働**"),
        ("notice = \"見本版です。\"", "notice = \"{見本|みほん}です。\"", "S1114", "{見本|みほん}"),
        ("language = \"ja\"", "language = \"fr\"", "S0003", "fr"),
        ("date = 2026-04-01", "date = 2026-04-01T10:00:00", "S0003", "2026"),
        ("date = 2026-04-01", "date = 2026-02-30", "S0001", "暦"),
        (
            "checked-links = [\"https://example.jp/\"]",
            "checked-links = [\"https://example.jq/\"]",
            "S0004",
            "example.jq",
        ),
        ("source = \"sources/wards.csv\"", "source = \"sources/ward.csv\"", "S1001", "ward.csv"),
        ("source = \"sources/wards.csv\"", "source = \"sources/none*.csv\"", "S1001", "none"),
        ("schema = \"facility\"", "schema = \"facilty\"", "S0004", "facilty"),
        ("encoding = \"utf-8\"", "encoding = \"utf-9\"", "S0003", "utf-9"),
        ("delimiter = \"comma\"", "delimiter = \"komma\"", "S0003", "区切り文字"),
        ("header-row = 1", "header-row = 0", "S0003", "1から"),
        ("optional = [\"住所\"]", "optional = [\"住処\"]", "S0004", "住処"),
        ("every-ward = true", "for = \"al\"", "S0003", "all"),
        ("every-ward = true", "sheet = \"一覧\"", "S0003", "シートはありません"),
        ("icon = \"people\"", "icon = \"peple\"", "S0003", "peple"),
        ("layout = \"contact-sheet\"", "layout = \"contact-shet\"", "S0004", "contact-shet"),
        ("per = \"wards\"", "per = \"ward\"", "S0004", "ward"),
        ("directories = [\"centers\"]\nfile", "directories = [\"centres\"]\nfile", "S0004", "centres"),
        (
            "directories = [\"centers\"]\nfile",
            "directories = [\"centers\", \"centers\"]\nfile",
            "S0005",
            "2回",
        ),
        ("file-name = \"{code}-{romaji}\"", "file-name = \"{kode}\"", "S3002", "kode"),
        ("file-name = \"{code}-{romaji}\"", "file-name = \"../{code}\"", "S3002", "/"),
        ("editions = [\"screen\", \"press\"]", "editions = [\"screan\"]", "S0004", "screan"),
        ("editions = [\"screen\", \"press\"]", "editions = [\"screen\", \"screen\"]", "S0005", "2回"),
        ("readers = [\"ja\"]", "readers = [\"jaa\"]", "S0004", "jaa"),
        ("leaves-out = [\"住所\"]", "leaves-out = [\"ナシ\"]", "S0004", "ナシ"),
        ("text = [\"sources/guide.md\", ", "text = [\"sources/gide.md\", ", "S1001", "gide"),
        ("name = \"list\"", "name = \"contact-sheet\"", "S0005", "2回"),
        ("name = \"list\"", "name = \"List\"", "S0003", "英小文字"),
        ("imposition = \"office\"", "imposition = \"offise\"", "S0004", "offise"),
        ("skip = [\"cover\"]", "skip = [\"kover\"]", "S0009", "kover"),
        ("scheme = \"2up\"", "scheme = \"2upp\"", "S0003", "2upp"),
        ("sheet = \"a3\"", "sheet = \"a33\"", "S0003", "用紙"),
        ("bind = \"left\"", "bind = \"lft\"", "S0003", "lft"),
        ("creep = \"none\"", "creep = \"nonne\"", "S0003", "inner"),
        ("profile = \"x4-generic\"", "profile = \"x4-generik\"", "S5001", "x4-generik"),
        ("copies = 100", "copies = 0", "S0003", "書き方"),
        ("phone-area = \"warn\"", "phone-area = \"warm\"", "S0003", "warm"),
        ("[layout.contact-sheet]", "[layout.contact-shet]", "S0004", "contact-shet"),
        ("[layout.contact-sheet]\ntag = \"見本\"", "[layout.labels]", "S0004", "labels"),
        ("[cache]", "[press.lst]\nprofile = \"x4-generic\"\n\n[cache]", "S0004", "lst"),
        ("[cache]", "[imposition.other]\nscheme = \"2up\"\n\n[cache]", "S0004", "other"),
        ("[cache]", "[directory.more]\nsource = \"sources/centers.csv\"\n\n[cache]", "S0004", "more"),
        ("[cache]", "[[part]]\nname = \"know\"\ntitle = \"二\"\n\n[cache]", "S0005", "2回"),
    ] {
        assert_eq!(MANIFEST.matches(from).count(), 1, "{from}");
        let changed = MANIFEST.replace(from, to);
        let found = findings(&changed);
        let at = MANIFEST.find(from).expect("it is there");
        let line = MANIFEST[..at].matches('\n').count() + 1;
        let last = line + to.matches('\n').count();
        let told = found
            .iter()
            .find(|finding| finding.code.id() == code && (line..=last).any(|line| is_at(finding, line)));
        let told = told.unwrap_or_else(|| panic!("{to}: {found:?}"));
        assert!(
            told.message.ja.contains(words) || told.hints.iter().any(|hint| hint.ja.contains(words)),
            "{to}: {told:?}"
        );
        assert!(has_cure(told), "{to}: no cure for {told:?}");
        no_programs_words(&found, to);
    }
}

#[test]
fn an_empty_list_of_editions_and_a_trainers_copy_of_a_list_are_told() {
    for (from, to, words) in [
        ("editions = [\"office\"]", "editions = []", "何も作られません"),
        ("leaves-out = [\"住所\"]", "trainer = true", "講師用はありません"),
    ] {
        let found = findings(&MANIFEST.replace(from, to));
        assert!(found.iter().any(|finding| finding.message.ja.contains(words)), "{to}: {found:?}");
    }
}
