//! Where lines of words that a template may set in a narrow column end: between phrases.
//!
//! In: the texts of a job, the names of its records, and what the manifest says. Out: for each string of them how wide a column
//! keeps its characters together (`crate::model::phrases`). Readers of English have none.

use serde_json::Value as Json;

use super::Viewer;
use crate::check::checked::CheckedRecord;
use crate::merge::join::Entry;
use crate::model::edition::Reader;
use crate::model::meaning::Meaning;
use crate::model::phrases::{self, Names};
use crate::model::role::Role;
use crate::model::schema::SchemaKind;
use crate::model::text::{Block, BlockKind, Inline, InlineKind, walk};
use crate::typeset::contract::LineEnds;

/// A name of so many characters fits every line that is made for names.
const SHORT_NAME: usize = 8;

/// A paragraph as one text, with its words where they stand in it.
#[derive(Default)]
struct Flat<'a> {
    text: String,
    count: usize,
    /// Each string and the number of its first character.
    words: Vec<(&'a str, usize)>,
}

impl<'a> Flat<'a> {
    /// The texts of inlines, parted at forced breaks.
    fn of(inlines: &'a [Inline]) -> Vec<Self> {
        let mut flat = Self::default();
        let mut closed = Vec::new();
        flat.add_inlines(inlines, &mut closed);
        closed.push(flat);
        closed
    }

    fn add(&mut self, words: &str) {
        self.text.push_str(words);
        self.count += words.chars().count();
    }

    fn add_words(&mut self, words: &'a str) {
        self.words.push((words, self.count));
        self.add(words);
    }

    /// Takes in what stands before the next forced break; the rest is another text.
    fn add_inlines(&mut self, inlines: &'a [Inline], closed: &mut Vec<Self>) {
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(words) => self.add_words(words),
                InlineKind::Code(words) => self.add(words),
                InlineKind::Ruby(pairs) => pairs.iter().for_each(|(base, _)| self.add(base)),
                InlineKind::Strong(body)
                | InlineKind::Emphasis(body)
                | InlineKind::Link { body, .. }
                | InlineKind::Reference { body, .. } => self.add_inlines(body, closed),
                InlineKind::Break => closed.push(std::mem::take(self)),
                InlineKind::FootnoteMark(_) | InlineKind::Image(_) => {}
            }
        }
    }
}

impl<'a> Viewer<'a> {
    /// The phrases of all strings of the job, and what stays whole in its paragraphs.
    pub(super) fn lines(&self) -> LineEnds<'a> {
        let mut list = PhraseList { names: self.names(), lines: LineEnds::default() };
        if self.publication.reader == Reader::En {
            return list.lines;
        }
        for chapter in &self.job.chapters {
            chapter.meta.iter().for_each(|entry| list.add_json(&entry.value));
            list.add_blocks(&chapter.body);
            chapter.footnotes.iter().for_each(|note| list.add_blocks(&note.body));
        }
        for part in &self.project.parts {
            list.add(&part.title);
            list.add(&part.subtitle);
        }
        for directory in self.job.lists.iter() {
            list.add(&directory.plan.title);
            list.add(&directory.plan.help);
            list.add(&directory.plan.short_help);
        }
        self.records().for_each(|record| list.add_record(record));
        self.publication.plan.options.values().for_each(|option| list.add_json(&option.value));
        list.add(&self.project.notice);
        list.lines
    }

    /// What no line parts: names of records, of the project and its publishers, and the project's own list of words.
    fn names(&self) -> Names {
        let project = self.project;
        let mut names = Names::new([project.title.as_str(), project.municipality.as_str()]);
        project.publisher.iter().for_each(|name| names.add(name));
        project.proofread.words.values().for_each(|word| names.add(word));
        self.records().for_each(|record| names.add(&record.key()));
        names
    }

    /// The records of the job, with those that belong to them.
    fn records(&self) -> impl Iterator<Item = &'a CheckedRecord> + use<'a> {
        let entries = self.job.entries.iter().chain(self.job.lists.iter().flat_map(|list| &list.entries));
        entries.flat_map(|Entry { record, joined, ward }| {
            joined.iter().flat_map(|(_, records)| records).chain(ward).chain([record])
        })
    }
}

/// What was looked through.
struct PhraseList<'a> {
    names: Names,
    lines: LineEnds<'a>,
}

impl<'a> PhraseList<'a> {
    /// Takes in words that stand alone, and the parts of them that wide spaces set apart: a template may set more beside them.
    fn add(&mut self, words: &'a str) {
        let parts = words.split('　').filter(|part| part.len() < words.len());
        for words in std::iter::once(words).chain(parts) {
            let mut flat = Flat::default();
            flat.add_words(words);
            self.close(flat);
        }
    }

    /// Takes in what may be too long for a line: the name of a record, and all words of a list that is none of offices or units.
    fn add_record(&mut self, record: &'a CheckedRecord) {
        let directory = record.directory();
        let columns: Vec<usize> = match directory.schema().kind {
            SchemaKind::Table => (0..directory.columns().len()).collect(),
            SchemaKind::Facility | SchemaKind::Ward => {
                directory.role(Role::ShortName).into_iter().chain(directory.role(Role::Name)).collect()
            }
            SchemaKind::Town => Vec::new(),
        };
        for column in columns {
            if let Meaning::Text(words) = record.value(column).meaning
                && words.chars().count() > SHORT_NAME
            {
                self.add(words);
            }
        }
    }

    fn add_json(&mut self, value: &'a Json) {
        match value {
            Json::String(words) => self.add(words),
            Json::Array(list) => list.iter().for_each(|value| self.add_json(value)),
            _ => {}
        }
    }

    fn add_blocks(&mut self, blocks: &'a [Block]) {
        walk(blocks, &mut |block| match &block.kind {
            BlockKind::Paragraph(body) => self.add_paragraph(body),
            BlockKind::Heading(heading) => {
                self.add_inlines(&heading.body);
                heading.attributes.iter().for_each(|attribute| self.add(&attribute.value));
            }
            BlockKind::Table { head, rows, .. } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| self.add_inlines(cell));
            }
            BlockKind::Descriptions(items) => items.iter().for_each(|item| self.add_inlines(&item.term)),
            BlockKind::Directive(directive) => {
                directive.attributes.iter().for_each(|attribute| self.add(&attribute.value));
            }
            BlockKind::List { .. }
            | BlockKind::Quote(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::Code(_) => {}
        });
    }

    fn add_inlines(&mut self, inlines: &'a [Inline]) {
        for flat in Flat::of(inlines) {
            self.close(flat);
        }
    }

    fn add_paragraph(&mut self, inlines: &'a [Inline]) {
        for flat in Flat::of(inlines) {
            self.keep_whole(&flat);
            self.close(flat);
        }
    }

    /// Takes in what stays whole in running text, by the bytes of its strings.
    fn keep_whole(&mut self, flat: &Flat<'a>) {
        if flat.text.is_ascii() {
            return;
        }
        let places = phrases::unbroken(&flat.text, &self.names);
        for (words, start) in &flat.words {
            let bytes = words.char_indices().map(|(byte, _)| byte).zip(*start..);
            let bytes: Vec<usize> =
                bytes.filter(|(_, place)| places.contains(place)).map(|(byte, _)| byte).collect();
            if !bytes.is_empty() {
                self.lines.unbroken.entry(words).or_insert(bytes);
            }
        }
    }

    fn close(&mut self, flat: Flat<'a>) {
        if flat.text.is_ascii() {
            return;
        }
        let keeps = phrases::keeps(&flat.text, &self.names);
        for (words, start) in flat.words {
            let own = &keeps[start..=start + words.chars().count()];
            // a template may print them without the blanks around them
            let trimmed = words.trim_start_matches(' ');
            let before = words.len() - trimmed.len();
            let trimmed = trimmed.trim_end_matches(' ');
            for (words, own) in [(words, own), (trimmed, &own[before..=before + trimmed.chars().count()])] {
                if own.iter().any(|ems| *ems > 0) {
                    self.lines.phrases.entry(words).or_insert_with(|| own.to_vec());
                }
            }
        }
    }
}
