//! Texts that a layout cannot set: every directive empty, with what it does not expect, in itself, in lists, quotations and
//! notes, on every page template. What is said is said of the text, in the user's words; the engine's are never shown.

use std::collections::BTreeMap;

use sasshi::diagnostic::Diagnostic;
use sasshi::merge::Selection;
use sasshi::output::Memory;
use sasshi::pipeline::Session;
use sasshi::project::files::Files;

use super::harness::{repository, text};

/// Directives with attributes that they need.
const DIRECTIVES: &[(&str, &str)] = &[
    ("question", "{number=\"1\"}"),
    ("answer", ""),
    ("balloon", ""),
    ("wish", ""),
    ("story", "{ward=\"西区\" title=\"題\"}"),
    ("panel", "{title=\"題\"}"),
    ("cards", ""),
    ("spectrum", ""),
    ("column", ""),
    ("toc", ""),
    ("steps", ""),
    ("step", "{number=\"1\"}"),
    ("case", "{ward=\"西区\" title=\"題\"}"),
    ("point", ""),
    ("points", ""),
    ("diagram", "{image=\"cloud.svg\" alt=\"雲\"}"),
    ("map", "{alt=\"地図\"}"),
    ("trainer", ""),
    ("discussion", ""),
];

/// Page templates of the booklet.
const TEMPLATES: &[&str] = &[
    "cover",
    "wishes",
    "contents",
    "question",
    "column",
    "cycle",
    "step",
    "points",
    "long-column",
    "support",
    "systems",
    "back-cover",
    "plain",
];

/// What is put in the place of each directive.
const BODIES: &[&str] = &[
    ":::NAME\n:::\n",
    ":::NAME\n語句の文\n:::\n",
    ":::NAME\n### 見出し語\n:::\n",
    ":::NAME\n### 見出し語\n\n- 項目\n\n:::\n",
    ":::NAME\n- 項目一\n- 項目二\n\n:::\n",
    ":::NAME\n- 項目一\n  - 中の項目\n\n:::\n",
    ":::NAME\n前の文\n\n### 見出し語\n\n本文\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n> 引用\n\n:::\n",
    "::::NAME\n:::NAME\n語句の文\n:::\n::::\n",
    "- 項目\n\n  :::NAME\n  語句の文\n  :::\n",
    "> :::NAME\n> 語句の文\n> :::\n",
    "文[^a]\n\n[^a]: 注\n\n    :::NAME\n    語句の文\n    :::\n",
];

/// A project of one text.
struct OneText {
    session: Session,
}

impl OneText {
    fn new(layout: &str) -> Self {
        let manifest = format!(
            "[project]\ntitle = \"題\"\ndate = 2026-04-01\n\n[[part]]\nname = \"know\"\ntitle = \"知る\"\n\n\
             [[publication]]\nname = \"x\"\nlayout = \"{layout}\"\ntext = [\"a.md\"]\neditions = [\"screen\"]\n"
        );
        let cloud = text(&repository().join("sources/art/cloud.svg"));
        let files = [("sasshi.toml", manifest), ("cloud.svg", cloud), ("a.md", String::new())];
        Self { session: Session::new(Files::in_memory(files)).with_jobs(1) }
    }

    fn findings(&mut self, chapter: &str) -> Vec<Diagnostic> {
        self.session.replace("a.md", Some(chapter.as_bytes().to_vec()));
        let prepared = self.session.prepare(&Selection::default()).expect("a manifest");
        self.session.make(&prepared, &Memory::default(), &()).expect("nothing else goes wrong").diagnostics
    }
}

/// What is wrong with findings: words of the engine, or no place in the text.
fn faults_of(found: &[Diagnostic]) -> Vec<String> {
    let engine = |finding: &&Diagnostic| {
        let place = finding.origin.as_ref().map(|origin| origin.source.path.as_str());
        finding.code.id() == "S4001" || (finding.code.id() == "S4009" && place != Some("a.md"))
    };
    found.iter().filter(engine).map(|finding| format!("{finding:?}")).collect()
}

fn every_directive(layout: &str, template: &str) {
    let mut project = OneText::new(layout);
    let mut wrong = BTreeMap::new();
    for (name, attributes) in DIRECTIVES {
        for body in BODIES {
            let body = body.replacen("NAME", &format!("{name} {attributes}"), 2);
            let chapter =
                format!("+++\ntemplate = \"{template}\"\npart = \"know\"\ntitle = \"題名\"\n+++\n\n{body}");
            for fault in faults_of(&project.findings(&chapter)) {
                wrong.entry(fault).or_insert(chapter.clone());
            }
        }
    }
    assert!(wrong.is_empty(), "{layout}/{template}: {wrong:#?}");
}

#[test]
fn no_directive_on_any_page_of_the_booklet_stops_the_engine() {
    for template in TEMPLATES {
        every_directive("booklet", template);
    }
}

#[test]
fn no_directive_in_a_handout_stops_the_engine() {
    every_directive("handout", "plain");
}

#[test]
fn what_a_page_template_needs_is_told_at_the_chapter() {
    let mut project = OneText::new("booklet");
    for (template, wanted) in [("cycle", ":::steps"), ("points", ":::points"), ("long-column", ":::column")] {
        let found =
            project.findings(&format!("+++\ntemplate = \"{template}\"\ntitle = \"題\"\n+++\n\n文です。\n"));
        let told = found.iter().find(|finding| finding.code.id() == "S4009").expect("a finding");
        assert!(told.message.ja.contains(wanted) && told.message.en.contains(wanted), "{told:?}");
        assert_eq!(told.origin.as_ref().map(ToString::to_string).as_deref(), Some("a.md:2:12"), "{told:?}");
    }
    let found = project.findings("+++\ntemplate = \"wishes\"\n+++\n\n# 見出し\n");
    let told = found.iter().find(|finding| finding.code.id() == "S4009").expect("a finding");
    assert!(told.message.ja.contains("title = \"題名\""), "{told:?}");
}
