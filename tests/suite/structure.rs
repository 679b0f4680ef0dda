//! The structure of screen editions, read by poppler: what stands in what, ruby in its order, and the text of the tree in the order
//! of the source, base letters once.

use super::harness::Sandbox;
use super::tools::tool;

/// A line of the tree: an element or text.
#[derive(Debug)]
enum Line {
    Element { role: String, within: Vec<String> },
    Text { words: String, within: Vec<String> },
}

/// The tree of a file; none if poppler is not installed.
fn tree(sandbox: &Sandbox, file: &str) -> Option<Vec<Line>> {
    let text = tool("pdfinfo", &["-struct-text"], &sandbox.root().join(file))?;
    let mut path: Vec<String> = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        // poppler writes titles of headings byte by byte, line ends too: what goes on at the margin is no element
        if !line.starts_with(' ') && !line.starts_with("Document") {
            continue;
        }
        let words = line.trim_start();
        path.truncate((line.len() - words.len()) / 2);
        if let Some(text) = words.strip_prefix('"') {
            let words = text.trim_end_matches('"').to_owned();
            lines.push(Line::Text { words, within: path.clone() });
        } else if words.starts_with(|c: char| c.is_ascii_uppercase()) {
            let role = words.split([' ', ':']).next().unwrap_or_default().to_owned();
            lines.push(Line::Element { role: role.clone(), within: path.clone() });
            path.push(role);
        }
    }
    Some(lines)
}

/// Elements that hold elements only.
const GROUPING: &[&str] =
    &["Document", "Div", "L", "LI", "Table", "THead", "TBody", "TR", "TOC", "TOCI", "Ruby"];

/// Where an element may stand, if not anywhere.
const PARENTS: &[(&str, &[&str])] = &[
    ("LI", &["L"]),
    ("Lbl", &["LI", "Note"]),
    ("Note", &["Document", "Div"]),
    ("Reference", &["P", "TOCI"]),
    ("LBody", &["LI"]),
    ("L", &["Document", "Div", "LBody", "BlockQuote"]),
    ("TR", &["THead", "TBody", "Table"]),
    ("TH", &["TR"]),
    ("TD", &["TR"]),
    ("TOCI", &["TOC"]),
    ("RB", &["Ruby"]),
    ("RT", &["Ruby"]),
    ("P", &["Document", "Div", "LBody", "BlockQuote", "Caption", "TD", "TH", "Note"]),
];

/// What is wrong with a tree.
fn faults(tree: &[Line]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before = "";
    for line in tree {
        match line {
            Line::Text { words, within } => {
                let parent = within.last().map_or("", String::as_str);
                if GROUPING.contains(&parent) && !words.trim().is_empty() {
                    faults.push(format!("「{words}」 directly in {parent}"));
                }
            }
            Line::Element { role, within } => {
                let parent = within.last().map_or("", String::as_str);
                let is_placed = |(name, parents): &(&str, &[&str])| name != role || parents.contains(&parent);
                let is_heading = matches!(role.as_bytes(), [b'H', b'1'..=b'6']);
                if !PARENTS.iter().all(is_placed) || (is_heading && within.iter().any(|outer| outer == "P")) {
                    faults.push(format!("{role} in {parent}"));
                }
                // a base before each reading
                if role == "RT" && before != "RB" {
                    faults.push("a reading without its base".to_owned());
                }
                before = role;
            }
        }
    }
    faults
}

const MANIFEST: &str = "[project]\ntitle = \"題\"\ndate = 2026-04-01\n\n\
    [[publication]]\nname = \"handout\"\nlayout = \"handout\"\ntext = [\"a.md\"]\neditions = [\"screen\"]\n\n\
    [[publication]]\nname = \"booklet\"\nlayout = \"booklet\"\ntext = [\"a.md\"]\neditions = [\"screen\"]\n";

const TEXT: &str = "+++\ntitle = \"題名\"\ntemplate = \"plain\"\n+++\n\n\
    はじめに{協働|きょうどう}の文、**強い文**と{相談|そうだん}です。\n\n## 小見出し\n\n\
    3. 三つ目\n4. 四つ目\n\n- 甲\n- 乙\n  - {丙|へい}\n- 丁\n\n\
    > 引用の文\n\n| 区 | 人口 |\n|---|---|\n| 西区 | 十万 |\n\nおわりの文[^a]。\n\n[^a]: 注の文。\n";

/// The words of [`TEXT`] as they are read aloud, without marks of lists and readings.
const READ: &str = "はじめに協働の文、強い文と相談です。小見出し三つ目四つ目甲乙丙丁引用の文区人口西区十万おわりの文※1。注の文。";

#[test]
fn the_tree_reads_as_the_source_with_each_word_once() {
    let sandbox = Sandbox::empty();
    sandbox.write("sasshi.toml", MANIFEST).write("a.md", TEXT);
    sandbox.sasshi("build").exit(0);
    for file in ["output/booklet/screen/booklet.pdf", "output/handout/screen/handout.pdf"] {
        let Some(tree) = tree(&sandbox, file) else { return };
        assert_eq!(faults(&tree), Vec::<String>::new(), "{file}");
        let text = |is_reading: bool| {
            let words = tree.iter().filter_map(|line| match line {
                Line::Text { words, within } => {
                    let inner = within.last().map_or("", String::as_str);
                    (inner != "Lbl" && (inner == "RT") == is_reading).then_some(words.as_str())
                }
                Line::Element { .. } => None,
            });
            words.collect::<String>().split_whitespace().collect::<String>()
        };
        assert!(text(false).contains(READ), "{file}: {}", text(false));
        assert_eq!(text(false).matches("協働").count(), 1, "{file}");
        assert_eq!(text(true), "きょうどうそうだんへい", "{file}");
    }
}
