//! The texts of a publication as one reader gets them, and what its cells and texts lack for that reader.
//!
//! In: jobs as the first reader gets them. Out: chapters in the reader's own words (`05-question.en.md`, `05-question.easy.md`,
//! `:::easy`), kana above kanji where the reader wants it; a finding for each thing that stands as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Job;
use super::language::{ReaderLanguage, Said};
use super::parting;
use crate::check::Checked;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::edition::Reader;
use crate::model::origin::Origin;
use crate::model::readings::{RubyPart, stretches};
use crate::model::role::Role;
use crate::model::schema::SchemaKind;
use crate::model::text::{Block, BlockKind, Chapter, Inline, InlineKind, walk};
use crate::project::{Project, PublicationPlan};
use crate::say;

/// The directive whose words stand in the place of the block before it, for readers of やさしい日本語.
const EASY: &str = "easy";

/// What a publication lacks for a reader.
#[derive(Debug, Default)]
pub(super) struct Lacks {
    /// A finding for each thing.
    pub diagnostics: Vec<Diagnostic>,
    /// Words without a reading.
    pub unread: BTreeSet<String>,
}

impl Lacks {
    fn add_unread(&mut self, words: BTreeMap<String, Option<Origin>>) {
        for (word, origin) in words {
            self.diagnostics.push(unread(&word, origin));
            self.unread.insert(word);
        }
    }
}

/// The chapters of `job` for a reader; `language` is none for those who read what the first reader reads.
pub(super) fn chapters(
    job: &mut Job,
    language: Option<&ReaderLanguage>,
    checked: &Checked,
    lacks: &mut Lacks,
) {
    let reader = language.map(ReaderLanguage::reader);
    for chapter in &mut job.chapters {
        let own = reader.and_then(|reader| own_text(chapter, reader, checked));
        let is_own = own.is_some();
        let mut made = Chapter::clone(own.as_deref().unwrap_or(chapter));
        let replaced = place_easy(&mut made.body, reader == Some(Reader::JaEasy));
        if reader == Some(Reader::En) && !is_own {
            lacks.diagnostics.push(without_own_text(chapter, Reader::En));
        }
        if let Some(language) = language.filter(|language| language.reader() == Reader::JaEasy) {
            if !is_own && replaced == 0 {
                lacks.diagnostics.push(without_own_text(chapter, Reader::JaEasy));
            }
            let mut ruby = RubyWriter { language, unread: BTreeMap::new() };
            ruby.blocks(&mut made.body);
            made.footnotes.iter_mut().for_each(|note| ruby.blocks(&mut note.body));
            lacks.add_unread(ruby.unread);
            if language.is_parted() {
                parting::blocks(&mut made.body, language.names());
                made.footnotes.iter_mut().for_each(|note| parting::blocks(&mut note.body, language.names()));
            }
        }
        if is_own || replaced > 0 || reader == Some(Reader::JaEasy) || has_easy(chapter) {
            *chapter = Arc::new(made);
        }
    }
}

/// The chapter that says the same for `reader`.
fn own_text(chapter: &Chapter, reader: Reader, checked: &Checked) -> Option<Arc<Chapter>> {
    let path = reader.text_path(&chapter.source.path)?;
    let own = checked.chapters.get(&path)?;
    // a chapter is called as the one that it stands for
    Some(Arc::new(Chapter { stem: chapter.stem.clone(), ..Chapter::clone(own) }))
}

fn has_easy(chapter: &Chapter) -> bool {
    let mut found = false;
    walk(&chapter.body, &mut |block| found |= is_easy(block));
    found
}

fn is_easy(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Directive(directive) if directive.name == EASY)
}

/// Puts the words of `:::easy` in the place of the block before them, or takes them out; how many there were.
fn place_easy(blocks: &mut Vec<Block>, is_wanted: bool) -> usize {
    let mut placed: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut count = 0;
    for mut block in std::mem::take(blocks) {
        match &mut block.kind {
            BlockKind::Directive(directive) if directive.name == EASY => {
                count += 1;
                if is_wanted {
                    placed.pop();
                    placed.append(&mut directive.body);
                }
                continue;
            }
            BlockKind::Directive(directive) => count += place_easy(&mut directive.body, is_wanted),
            BlockKind::Quote(body) => count += place_easy(body, is_wanted),
            BlockKind::List { items, .. } => {
                count += items.iter_mut().map(|item| place_easy(item, is_wanted)).sum::<usize>();
            }
            _ => {}
        }
        placed.push(block);
    }
    *blocks = placed;
    count
}

/// Puts kana above kanji.
struct RubyWriter<'l> {
    language: &'l ReaderLanguage,
    /// Words that nobody gave a reading, with the first place of each.
    unread: BTreeMap<String, Option<Origin>>,
}

impl RubyWriter<'_> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(body) => self.inlines(body),
                BlockKind::Heading(heading) => self.inlines(&mut heading.body),
                BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(item)),
                BlockKind::Quote(body) => self.blocks(body),
                BlockKind::Table { head, rows, .. } => {
                    head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| self.inlines(cell));
                }
                BlockKind::Descriptions(items) => {
                    for item in items {
                        self.inlines(&mut item.term);
                        self.blocks(&mut item.body);
                    }
                }
                BlockKind::Directive(directive) => {
                    for attribute in &directive.attributes {
                        self.words(&attribute.value, &attribute.key, &attribute.origin);
                    }
                    self.blocks(&mut directive.body);
                }
                BlockKind::Image(_) | BlockKind::Rule | BlockKind::Code(_) => {}
            }
        }
    }

    /// Notes what an attribute lacks; the view writes it.
    fn words(&mut self, words: &str, key: &str, origin: &Origin) {
        if key == "alt" || key == "image" {
            return;
        }
        for (text, _) in stretches(words).into_iter().filter(|(_, is_marked)| !is_marked) {
            for word in self.language.readings().with_ruby(text).unread {
                self.unread.entry(word.to_owned()).or_insert_with(|| Some(origin.clone()));
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let mut done = Vec::with_capacity(inlines.len());
        for mut inline in std::mem::take(inlines) {
            match &mut inline.kind {
                InlineKind::Text(text) => {
                    let ruby = self.language.readings().with_ruby(text);
                    for word in &ruby.unread {
                        let place = || Some(inline.origin.clone());
                        self.unread.entry((*word).to_owned()).or_insert_with(place);
                    }
                    done.extend(ruby.parts.into_iter().map(|part| Inline {
                        origin: inline.origin.clone(),
                        kind: match part {
                            RubyPart::Plain(words) => InlineKind::Text(words),
                            RubyPart::Ruby { base, reading } => InlineKind::Ruby(vec![(base, reading)]),
                        },
                    }));
                    continue;
                }
                InlineKind::Strong(body)
                | InlineKind::Emphasis(body)
                | InlineKind::Link { body, .. }
                | InlineKind::Reference { body, .. } => self.inlines(body),
                _ => {}
            }
            done.push(inline);
        }
        *inlines = done;
    }
}

fn unread(word: &str, origin: Option<Origin>) -> Diagnostic {
    Diagnostic::warning(
        Code::ReadingMissing,
        say!(
            "「{word}」のよみがありません。ふりがななしで印刷します。",
            "\"{word}\" has no reading; it is printed without kana above it."
        ),
    )
    .at(origin)
    .hint(say!(
        "文書では {{{word}|よみ}} と書くか、よみの表（[project] の readings）に加えてください。",
        "In a text write {{{word}|reading}}, or add it to the table of readings ([project] readings)."
    ))
}

fn without_own_text(chapter: &Chapter, reader: Reader) -> Diagnostic {
    let path = reader.text_path(&chapter.source.path).unwrap_or_default();
    let (own, name) = (&chapter.source.path, reader.name());
    Diagnostic::warning(
        Code::ReaderText,
        say!(
            "「{own}」の、読み手「{name}」のための文書（{path}）がありません。このまま印刷します。",
            "There is no text of {own} for the reader \"{name}\" ({path}); it is printed as it is."
        ),
    )
    .at(Origin::path(own))
}

/// What the cells that `plan` prints, and the words of the manifest, lack for the reader.
pub(super) fn missing(
    project: &Project,
    checked: &Checked,
    plan: &PublicationPlan,
    language: &ReaderLanguage,
) -> Lacks {
    let mut lacks = Lacks::default();
    let mut unread_words: BTreeMap<String, Option<Origin>> = BTreeMap::new();
    let mut note = |text: &str, origin: &dyn Fn() -> Origin| {
        for (text, _) in stretches(text).into_iter().filter(|(_, is_marked)| !is_marked) {
            for word in language.readings().with_ruby(text).unread {
                unread_words.entry(word.to_owned()).or_insert_with(|| Some(origin()));
            }
        }
    };
    for directory in plan.shown().filter_map(|name| checked.directories.get(name)) {
        let is_unit = directory.schema().kind == SchemaKind::Ward;
        for role in [Role::Name, Role::Address].into_iter().filter(|_| !is_unit) {
            let Some(column) = directory.role(role) else { continue };
            let mut lacking = 0;
            let mut first = None;
            for record in directory.records() {
                match language.reader() {
                    Reader::En if language.english(&record, column) == Some(Said::AsItIs) => {
                        lacking += 1;
                        first.get_or_insert_with(|| record.origin(column));
                    }
                    Reader::JaEasy => note(&record.value(column).text(), &|| record.origin(column)),
                    Reader::Ja | Reader::Mono | Reader::En => {}
                }
            }
            let header = &directory.columns()[column].header;
            lacks.diagnostics.extend(first.map(|first| without_english(header, lacking).at(first)));
        }
    }
    if language.reader() == Reader::JaEasy {
        let words = project.words_for(Reader::JaEasy).into_iter().flat_map(crate::project::ReaderWords::all);
        words.for_each(|words| note(&words.value, &|| words.origin.clone()));
    }
    lacks.add_unread(unread_words);
    lacks
}

fn without_english(header: &str, count: usize) -> Diagnostic {
    Diagnostic::warning(
        Code::EnglishMissing,
        say!(
            "「{header}」の列に、英語もローマ字にするよみもないものが{count}件あります。日本語のまま印刷します。",
            "{count} cells of the column \"{header}\" have neither English nor a reading for Latin letters; they are printed in Japanese."
        ),
    )
    .hint(say!(
        "「名称_英語」「住所_英語」の列を加えるか、よみの表（[project] の readings）に言葉を加えてください。",
        "Add a column 名称_英語 or 住所_英語, or the words to the table of readings ([project] readings)."
    ))
}
