//! The words that a layout says itself: every text and string in its templates.
//!
//! In: the templates of a layout, from its `layout.typ` on, and the tables of words (TOML) that they read. Out: [`LayoutWords`], which `verify` asks where words on a page
//! come from that nobody wrote.

use std::collections::HashSet;

use typst::World;
use typst::syntax::ast;
use typst::syntax::{FileId, RootedPath, SyntaxKind, SyntaxNode, VirtualRoot};

/// The words of a layout.
#[derive(Debug, Default, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LayoutWords {
    /// Its texts without white space, each on a line.
    texts: String,
}

impl LayoutWords {
    /// The words of the templates that `world` begins with.
    pub(super) fn of(world: &impl World) -> Self {
        let mut words = Self::default();
        let mut known: HashSet<FileId> = HashSet::new();
        let mut open = vec![world.main()];
        while let Some(id) = open.pop() {
            // what is not there, or no template, is said by the engine
            let Ok(source) = world.source(id) else { continue };
            if !known.insert(id) {
                continue;
            }
            let mut paths = Vec::new();
            words.add(source.root(), &mut paths);
            for file in paths.iter().filter_map(|path| resolved(id, path)) {
                let is_table = file.vpath().get_without_slash().rsplit('.').next() == Some("toml");
                if !is_table {
                    open.push(file);
                } else if let Some(table) = table(world, file) {
                    words.table(&table);
                }
            }
        }
        words
    }

    /// Words for tests: each is a text.
    #[cfg(test)]
    pub(crate) fn from_texts(texts: &[&str]) -> Self {
        Self { texts: texts.join("\n") }
    }

    /// Whether the layout says `word`, by itself or within a text.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.texts.contains(word)
    }

    /// Whether `word` is all that one of its texts says.
    #[must_use]
    pub fn has_whole(&self, word: &str) -> bool {
        self.texts.lines().any(|text| text == word)
    }

    fn add(&mut self, node: &SyntaxNode, paths: &mut Vec<String>) {
        match node.kind() {
            SyntaxKind::Str => {
                let text = node.cast::<ast::Str>().map(|text| text.get().to_string()).unwrap_or_default();
                if text.rsplit_once('.').is_some_and(|(_, ending)| ["typ", "toml"].contains(&ending)) {
                    paths.push(text);
                } else {
                    self.text(&text);
                }
            }
            SyntaxKind::Text | SyntaxKind::MathText | SyntaxKind::RawTrimmed => self.text(node.leaf_text()),
            SyntaxKind::Escape => {
                let character = node.cast::<ast::Escape>().map(ast::Escape::get);
                self.text(&character.map(String::from).unwrap_or_default());
            }
            SyntaxKind::LineComment | SyntaxKind::BlockComment => {}
            _ => node.children().for_each(|child| self.add(child, paths)),
        }
    }

    /// Every text of a table: what stands around the places that a template fills in, and words apart from their readings.
    fn table(&mut self, value: &toml::Value) {
        match value {
            toml::Value::String(words) => words.split(['{', '}', '|']).for_each(|part| self.text(part)),
            toml::Value::Array(values) => values.iter().for_each(|value| self.table(value)),
            toml::Value::Table(values) => values.values().for_each(|value| self.table(value)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.texts.extend(text.chars().filter(|character| !character.is_whitespace()));
        self.texts.push('\n');
    }
}

/// The table at `file`; what is none is said by the engine.
fn table(world: &impl World, file: FileId) -> Option<toml::Value> {
    let bytes = world.file(file).ok()?;
    toml::from_str(std::str::from_utf8(&bytes).ok()?).ok()
}

/// The template at `path`, as the one at `from` names it.
fn resolved(from: FileId, path: &str) -> Option<FileId> {
    let path = from.vpath().parent()?.join(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}
