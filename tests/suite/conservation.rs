//! The law of conservation, by distinct marks: a rare character is put into every line of the example's texts, every value
//! with words in it and every cell, and each must be on paper in all editions of a publication, in an alternative text, or in
//! a finding at its line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sasshi::pdf::text::text_of;
use sasshi::verify::judge_files;
use serde_json::Value;

use super::harness::{Sandbox, collect, repository, text};
use super::tools::tool;

/// Kanji of JIS X 0208 level 2 that the example has nowhere: each marks one place.
struct Marks {
    left: std::vec::IntoIter<char>,
    /// Where each was put: file, and line from 1.
    places: BTreeMap<char, (String, usize)>,
}

impl Marks {
    fn new(known: &BTreeSet<char>) -> Self {
        let rows =
            (0x99..=0x9F).chain(0xE0..=0xE9).flat_map(|lead| (0x40..=0xFC).map(move |trail| [lead, trail]));
        let kanji = rows.filter_map(|bytes: [u8; 2]| {
            let (text, _, lossy) = encoding_rs::SHIFT_JIS.decode(&bytes);
            let mut characters = text.chars();
            characters
                .next()
                .filter(|one| !lossy && characters.next().is_none() && ('一'..='龠').contains(one))
        });
        let left: Vec<char> = kanji.filter(|one| !known.contains(one)).collect();
        Self { left: left.into_iter(), places: BTreeMap::new() }
    }

    /// Puts a mark in the place of the first kanji or kana of `words` that may be another one.
    fn mark(&mut self, words: &str, file: &str, line: usize) -> String {
        let may = |c: &char| ('一'..='龠').contains(c) || ('ぁ'..='ヺ').contains(c);
        let Some(at) = words.find(|c| may(&c)) else { return words.to_owned() };
        let old = words[at..].chars().next().expect("found");
        let mark = self.left.next().expect("level 2 has more kanji than the example has places");
        self.places.insert(mark, (file.to_owned(), line));
        format!("{}{mark}{}", &words[..at], &words[at + old.len_utf8()..])
    }

    /// The same in each of the stretches between `"`, but for the values of keys that steer.
    fn mark_values(&mut self, line: &str, file: &str, number: usize) -> String {
        let mut before = "";
        let mut marked = Vec::new();
        for (index, part) in line.split('"').enumerate() {
            let key = before.trim_end_matches(['=', ' ']).rsplit([' ', '{']).next().unwrap_or_default();
            marked.push(match index % 2 {
                1 if !STEERS.contains(&key) => self.mark(part, file, number),
                _ => part.to_owned(),
            });
            before = part;
        }
        marked.join("\"")
    }

    /// The same in each cell of a row of a table.
    fn mark_cells(&mut self, line: &str, file: &str, number: usize) -> String {
        let cells: Vec<String> = line.split('|').map(|cell| self.mark(cell, file, number)).collect();
        cells.join("|")
    }
}

/// Values of these keys steer: they are names of other things.
const STEERS: &[&str] = &["kind", "part", "template", "image", "name"];

/// The text with a mark in each line of words and in each value, but for `told` lines, which keep what they have.
fn marked_text(chapter: &str, file: &str, told: &BTreeSet<usize>, marks: &mut Marks) -> String {
    let mut is_front = false;
    let mut out = String::new();
    for (number, line) in (1..).zip(chapter.lines()) {
        is_front ^= line == "+++";
        if told.contains(&number) || line == "+++" {
            out.push_str(line);
        } else if line.contains("{kind=\"") {
            // what stands on a map is named by its heading, which is not always on it
            out.push_str(&marks.mark_values(line, file, number));
        } else if line.starts_with('|') {
            out.push_str(&marks.mark_cells(line, file, number));
        } else if is_front {
            out.push_str(&marks.mark_values(line, file, number));
        } else {
            let (words, values) = line.split_at(line.find(['{', '[']).unwrap_or(line.len()));
            out.push_str(&marks.mark(words, file, number));
            out.push_str(&marks.mark_values(values, file, number));
        }
        out.push('\n');
    }
    out
}

/// Cells of a list with a mark each, but for those of the columns in `kept`, which other lists refer to.
fn marked_list(list: &str, file: &str, kept: &[usize], told: &BTreeSet<usize>, marks: &mut Marks) -> String {
    let mut out = String::new();
    for (number, line) in (1..).zip(list.lines()) {
        let cells = line.split(',').enumerate().map(|(column, cell)| {
            if number == 1 || told.contains(&number) || kept.contains(&column) {
                cell.to_owned()
            } else {
                marks.mark(cell, file, number)
            }
        });
        out.push_str(&cells.collect::<Vec<_>>().join(","));
        out.push('\n');
    }
    out
}

/// For each folder of the output, the text of its files.
fn printed(sandbox: &Sandbox) -> Option<BTreeMap<String, String>> {
    let mut printed: BTreeMap<String, String> = BTreeMap::new();
    for file in sandbox.pdfs() {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let words = tool("pdftotext", &["-raw"], &sandbox.root().join(&file))?;
        printed.entry(folder).or_default().push_str(&words);
    }
    Some(printed)
}

/// All alternative texts of the screen editions.
fn alternatives(sandbox: &Sandbox) -> String {
    let mut all = String::new();
    for file in sandbox.pdfs().iter().filter(|file| file.contains("/screen/")) {
        let document = lopdf::Document::load_mem(&sandbox.read(file)).expect("our own files can be read");
        for object in document.objects.values() {
            let alternative = object.as_dict().and_then(|dictionary| dictionary.get(b"Alt"));
            if let Ok(words) = alternative.and_then(lopdf::decode_text_string) {
                all.push_str(&words);
            }
        }
    }
    all
}

/// Where findings of the last run are: file, and line or row.
fn findings(sandbox: &Sandbox) -> BTreeSet<(String, usize)> {
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("a report");
    let place = |finding: &Value| {
        let origin = &finding["origin"];
        let line = origin["line"].as_u64().or(origin["row"].as_u64()).unwrap_or_default();
        (origin["file"].as_str().unwrap_or_default().to_owned(), usize::try_from(line).unwrap_or_default())
    };
    report["findings"].as_array().into_iter().flatten().map(place).collect()
}

/// Marks that are on no paper and in no alternative text; and those that only some editions of a publication show.
fn silent(sandbox: &Sandbox, marks: &Marks) -> Option<Vec<String>> {
    let printed = printed(sandbox)?;
    let alternatives = alternatives(sandbox);
    let mut silent = Vec::new();
    for (mark, (file, line)) in &marks.places {
        let folders: BTreeSet<&String> =
            printed.iter().filter(|(_, words)| words.contains(*mark)).map(|(folder, _)| folder).collect();
        if folders.is_empty() && !alternatives.contains(*mark) {
            silent.push(format!("{file}:{line} {mark} is on no page and in no finding"));
        }
        let publications: BTreeSet<_> =
            folders.iter().filter_map(|folder| Path::new(*folder).parent()).collect();
        let editions = printed.keys().filter(|folder| {
            Path::new(*folder).parent().is_some_and(|publication| publications.contains(publication))
        });
        for other in editions.filter(|other| !folders.contains(other)) {
            silent.push(format!("{file}:{line} {mark} is not in {other}, but in another edition"));
        }
    }
    Some(silent)
}

fn known() -> BTreeSet<char> {
    let mut files = Vec::new();
    collect(&repository().join("sources"), "", &mut files);
    collect(&repository().join("layouts"), "", &mut files);
    let texts = files
        .iter()
        .filter(|file| [".md", ".csv", ".typ", ".toml"].iter().any(|ending| file.ends_with(ending)));
    let mut known: BTreeSet<char> = text(&repository().join("sasshi.toml")).chars().collect();
    for file in texts {
        let folder = if repository().join("sources").join(file).is_file() { "sources" } else { "layouts" };
        known.extend(text(&repository().join(folder).join(file)).chars());
    }
    known
}

/// Builds with marks until nothing is told any more: a line of which something is told gets its own words back, since one
/// fault keeps a whole file from being made. Gives the marks that are left.
fn settle(
    sandbox: &Sandbox,
    files: &[String],
    marked: impl Fn(&str, &str, &BTreeSet<usize>, &mut Marks) -> String,
) -> Marks {
    let originals: Vec<String> =
        files.iter().map(|file| String::from_utf8(sandbox.read(file)).expect("sources are UTF-8")).collect();
    let known = known();
    let mut told: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for _ in 0..8 {
        let mut marks = Marks::new(&known);
        for (file, original) in files.iter().zip(&originals) {
            let lines = told.entry(file.clone()).or_default();
            sandbox.write(file, marked(original, file, lines, &mut marks));
        }
        let run = sandbox.sasshi("build --quiet");
        if run.code == 0 {
            return marks;
        }
        let before: usize = told.values().map(BTreeSet::len).sum();
        let found = findings(sandbox);
        for (file, line) in &found {
            told.entry(file.clone()).or_default().insert(*line);
        }
        let mut after: usize = told.values().map(BTreeSet::len).sum();
        if after == before {
            // a heading may be told because of the words below it
            for (file, line) in found {
                told.entry(file).or_default().extend(line + 1..=line + 3);
            }
            after = told.values().map(BTreeSet::len).sum();
        }
        assert!(after > before, "the same is told again:\n{}", run.transcript());
    }
    panic!("more and more is told: {told:?}");
}

#[test]
fn every_line_and_value_of_the_text_is_printed_or_told() {
    let sandbox = Sandbox::shared().with_example();
    let mut files = sandbox.files("sources/booklet");
    files.retain(|file| !file.ends_with(".easy.md") && !file.ends_with(".en.md"));
    let marks = settle(&sandbox, &files, marked_text);
    assert!(marks.places.len() > 500, "only {} places are left", marks.places.len());
    let Some(silent) = silent(&sandbox, &marks) else { return };
    assert!(silent.is_empty(), "{} of {}:\n{}", silent.len(), marks.places.len(), silent.join("\n"));
}

#[test]
fn every_cell_is_printed_or_told() {
    let sandbox = Sandbox::shared().with_example();
    let lists = ["centers", "councils", "city-offices", "6w2h"];
    let files = lists.map(|name| format!("sources/directories/{name}.csv"));
    let marks = settle(&sandbox, &files, |list, file, told, marks| {
        // the first column joins, or says the kind of an office, by which it finds its look
        let kept: &[usize] = if file.ends_with("6w2h.csv") { &[] } else { &[0] };
        marked_list(list, file, kept, told, marks)
    });
    assert!(marks.places.len() > 90, "only {} places are left", marks.places.len());
    let Some(silent) = silent(&sandbox, &marks) else { return };
    assert!(silent.is_empty(), "{} of {}:\n{}", silent.len(), marks.places.len(), silent.join("\n"));
}

/// Keys of the manifest whose values are read on paper.
const WORDS: &[&str] = &[
    "publisher",
    "notice",
    "as-of",
    "label",
    "lines",
    "title",
    "subtitle",
    "help",
    "tag",
    "heading",
    "subheading",
    "part-titles",
    "source",
];

/// The manifest with a mark in each value that is read on paper.
fn marked_manifest(manifest: &str, file: &str, told: &BTreeSet<usize>, marks: &mut Marks) -> String {
    let mut out = String::new();
    let (mut table, mut key) = ("", "");
    for (number, line) in (1..).zip(manifest.lines()) {
        if line.starts_with('[') {
            table = line.trim_matches(['[', ']']);
            key = "";
        }
        key = line.split_once(" = ").map_or(key, |(key, _)| key);
        // the title of a publication names its document, that of a list also what wards edit; a source is words for a layout
        // the sandbox has no readers of the example, whose words stand apart
        let is_of_reader = table.starts_with("reader.");
        let is_name = (["publication", "directory.city-offices"].contains(&table) && key == "title")
            || (key == "source" && !table.starts_with("layout"));
        if told.contains(&number) || is_of_reader || is_name || !WORDS.contains(&key) || line.starts_with('#')
        {
            out.push_str(line);
        } else {
            out.push_str(&marks.mark_values(line, file, number));
        }
        out.push('\n');
    }
    out
}

#[test]
fn every_value_of_the_manifest_is_printed_or_told() {
    let sandbox = Sandbox::shared().with_example();
    let marks = settle(&sandbox, &["sasshi.toml".to_owned()], marked_manifest);
    assert!(marks.places.len() > 30, "only {} places are left", marks.places.len());
    let told = findings(&sandbox);
    let Some(silent) = silent(&sandbox, &marks) else { return };
    let is_told = |line: &&String| told.iter().any(|(file, row)| line.starts_with(&format!("{file}:{row} ")));
    // a docket shows them too, of which only press editions have one
    let silent = silent.iter().filter(|line| line.ends_with("is on no page and in no finding"));
    let silent: Vec<&String> = silent.filter(|line| !is_told(line)).collect();
    assert!(silent.is_empty(), "{} of {}: {silent:#?}", silent.len(), marks.places.len());
}

#[test]
fn what_no_publication_shows_is_told_at_its_line() {
    let sandbox = Sandbox::shared().with_example();
    // a cover is in no handout, and the booklet leaves discussions to handouts
    let cover = String::from_utf8(sandbox.read("sources/booklet/01-cover.md")).expect("a text");
    sandbox.write(
        "sources/booklet/01-cover.md",
        format!("{cover}\n:::discussion {{title=\"話す\"}}\n1. 問い\n\n:::\n"),
    );
    let line = cover.lines().count() + 2;
    let run = sandbox.sasshi("check --lang ja").says("「:::discussion」の中身は、どの刊行物にも載りません");
    assert_eq!(run.codes().iter().filter(|code| **code == "S7008").count(), 1, "{}", run.transcript());
    assert!(run.stderr.contains(&format!("[sources/booklet/01-cover.md:{line}:1]")), "{}", run.transcript());
    // without the trainer's copy nobody shows what is for trainers
    sandbox.write("sources/booklet/01-cover.md", cover);
    sandbox.edit("sasshi.toml", "trainer = true\n", "");
    let run = sandbox.sasshi("check --lang ja").exit(0).says("trainer = true と書きます");
    let lines = run.codes().iter().filter(|code| **code == "S7008").count();
    let trainers = sandbox
        .files("sources/booklet")
        .into_iter()
        .map(|file| String::from_utf8(sandbox.read(&file)).expect("a text").matches(":::trainer").count());
    assert_eq!(lines, trainers.sum::<usize>(), "{}", run.transcript());
}

#[test]
fn what_cannot_be_read_out_of_a_file_is_told() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build list --quiet").exit(0);
    let list = text_of(&sandbox.read("output/list/screen/list.pdf"));
    assert!(judge_files("鶴見区西", &[&list], "list.pdf").is_none());
    let found = judge_files("鶴見区葛", &[&list], "list.pdf").expect("a character is missing");
    assert_eq!(found.code.id(), "S7004");
    assert!(found.message.ja.contains("1字") && found.message.ja.contains('葛'), "{}", found.message.ja);
    let often = "鶴".repeat(10_000);
    assert!(judge_files(&often, &[&list, &list], "list.pdf").is_some(), "each is counted");
    assert!(judge_files("鶴", &[&text_of(b"no PDF")], "list.pdf").is_some());
}

#[test]
fn numbers_that_stand_on_a_page_by_chance_prove_nothing() {
    let sandbox = Sandbox::copy("projects/small");
    let list = String::from_utf8(sandbox.read("sources/centers.csv")).expect("lists are UTF-8");
    let numbered: Vec<String> = (0..)
        .zip(list.lines())
        .map(|(row, line)| format!("{line},{}", if row == 0 { "No.".to_owned() } else { row.to_string() }))
        .collect();
    let numbered = numbered.join("\n");
    sandbox.write("sources/centers.csv", numbered);
    let run = sandbox.sasshi("build --lang ja").exit(0).says("「No.」");
    assert_eq!(run.codes(), ["S7002"], "{}", run.transcript());
}

#[test]
fn an_office_that_may_lack_its_address_has_no_label_and_no_finding() {
    let sandbox = Sandbox::copy("projects/small");
    let list = String::from_utf8(sandbox.read("sources/centers.csv")).expect("lists are UTF-8");
    let line = list.lines().nth(2).expect("a second office");
    let cells: Vec<&str> = line.split(',').collect();
    let without = [&cells[..2], &[""], &cells[3..]].concat().join(",");
    sandbox.edit("sources/centers.csv", line, &without);
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"facility\"\noptional = [\"住所\"]");
    sandbox.sasshi("build labels --quiet").exit(0).silent();
}

/// A word joiner of the writer's own says where no line ends; it is on no page, and nothing is lost with it.
#[test]
fn a_word_joiner_in_a_text_is_no_loss() {
    let sandbox = Sandbox::empty().with_example();
    let words = "市民活動への中間支援";
    sandbox.edit("sources/booklet/07-question-4.md", words, "市\u{2060}民活動への中間支援");
    sandbox.sasshi("build booklet --edition screen --quiet").exit(0).silent();
    let file = sandbox.root().join("output/booklet/screen/booklet.pdf");
    if let Some(pages) = super::tools::pages(&file, &["-raw"]) {
        let text = pages.concat();
        assert!(super::tools::squeezed(&text).contains(words) && !text.contains('\u{2060}'));
    }
}
