//! Words of the manifest that are to be read on paper: title, publishers, notice, colophon, titles of parts and lists.
//!
//! In: the manifest as TOML. Out: each with its key and place, for the judge of content; a finding where markup of the text
//! stands in one.

use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::markup;
use crate::model::origin::{Origin, Source};
use crate::say;

/// Keys whose values are read, by the table that they stand in; those of `[layout.NAME]` are the layout's to say.
const READ: &[(&str, &[&str])] = &[
    ("project", &["title", "municipality", "publisher", "notice", "as-of", "label", "lines"]),
    ("part", &["title", "subtitle"]),
    ("directory", &["title", "help", "short-help", "unit"]),
    ("publication", &["title"]),
];

/// Of these it is judged whether some page shows them: the others name files and documents too, or are checked as values
/// of a layout.
const PRINTED: &[(&str, &[&str])] = &[
    ("project", &["publisher", "notice", "as-of", "label"]),
    ("part", &["title", "subtitle"]),
    ("directory", &["title", "help", "short-help"]),
    ("publication", &["title"]),
    ("reader", &["title", "municipality", "notice", "as-of", "subtitle", "help", "short-help"]),
];

/// Words of the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestWords {
    /// The key with its tables, those of lists by their name: `project.notice`, `part.know.title`.
    pub key: String,
    /// The words.
    pub words: String,
    /// Where they stand.
    pub origin: Origin,
}

/// The words that pages are to show, in the order of the manifest.
#[must_use]
pub fn printed(source: &Arc<Source>) -> Vec<ManifestWords> {
    let mut words = walk(source, PRINTED);
    words.retain(|one| !one.words.trim().is_empty());
    words
}

/// Findings of markup where none is read.
#[must_use]
pub fn markup(source: &Arc<Source>) -> Vec<Diagnostic> {
    let words = walk(source, READ).into_iter();
    words.filter_map(|one| marked(&one.words, &one.origin)).collect()
}

/// The finding of markup in `words` that stand at `origin` and are printed as they are.
#[must_use]
pub fn marked(words: &str, origin: &Origin) -> Option<Diagnostic> {
    let found = &words[markup::find(words)?];
    Some(
        Diagnostic::error(
            Code::MarkupPrinted,
            say!(
                "ここでは「{found}」の記号は働かず、そのまま印刷されてしまいます。",
                "Markup is not read here: \"{found}\" would be printed with its signs."
            ),
        )
        .at(origin.clone())
        .hint(say!(
            "記号を消して、文字だけを書いてください。ルビや強調を使えるのは、文書の本文だけです。",
            "Write the words alone; ruby and emphasis are for the running text."
        )),
    )
}

fn walk(source: &Arc<Source>, keys: &[(&str, &[&str])]) -> Vec<ManifestWords> {
    let mut found = Vec::new();
    let Ok(table) = DeTable::parse(&source.text) else { return found };
    for (name, value) in table.get_ref() {
        let known = keys.iter().find(|(table, _)| *table == name.get_ref().as_ref());
        if let Some((_, keys)) = known {
            let mut search = KeySearch { source, keys, found: &mut found };
            search.values(name.get_ref(), "", value);
        }
    }
    found.sort_by_key(|one| one.origin.span.clone().map_or(0, |span| span.start));
    found
}

/// A search for the values of keys, however deep.
struct KeySearch<'a> {
    source: &'a Arc<Source>,
    keys: &'a [&'a str],
    found: &'a mut Vec<ManifestWords>,
}

impl KeySearch<'_> {
    /// Looks at the value of `key`, of which `path` is the name with its tables.
    fn values(&mut self, path: &str, key: &str, value: &toml::Spanned<DeValue<'_>>) {
        match value.get_ref() {
            DeValue::String(words) if self.keys.contains(&key) => {
                let span = value.span();
                let is_quoted = self.source.text.get(span.clone()).is_some_and(|text| text.len() > 2);
                let span = if is_quoted { span.start + 1..span.end - 1 } else { span };
                self.found.push(ManifestWords {
                    key: path.to_owned(),
                    words: words.to_string(),
                    origin: Origin::text(self.source, span),
                });
            }
            DeValue::Array(items) => items.iter().for_each(|item| self.values(path, key, item)),
            DeValue::Table(table) => {
                // tables of a list are called by their name
                let name =
                    table.get("name").filter(|_| key.is_empty()).and_then(|name| name.get_ref().as_str());
                let path = name.map_or_else(|| path.to_owned(), |name| format!("{path}.{name}"));
                for (key, value) in table {
                    self.values(&format!("{path}.{}", key.get_ref()), key.get_ref(), value);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Arc<Source> {
        Source::new("sasshi.toml", text)
    }

    #[test]
    fn words_come_with_their_keys_in_order() {
        let source = source(
            "[[part]]\nname = \"a\"\ntitle = \"知る\"\n[project]\ntitle = \"題\"\nnotice = \"\"\npublisher = [\"市\", \"区\"]\n[[project.colophon]]\nlabel = \"課\"\nlines = [\"x\"]\n",
        );
        let words: Vec<(String, String)> =
            printed(&source).into_iter().map(|one| (one.key, one.words)).collect();
        let pair = |key: &str, words: &str| (key.to_owned(), words.to_owned());
        assert_eq!(
            words,
            [
                pair("part.a.title", "知る"),
                pair("project.publisher", "市"),
                pair("project.publisher", "区"),
                pair("project.colophon.label", "課")
            ]
        );
    }

    #[test]
    fn markup_is_told_at_its_line() {
        let source = source(
            "[project]\ntitle = \"**題**\"\n[directory.a]\nsource = \"a{b|c}.csv\"\ntitle = \"{窓|まど}\"\n",
        );
        let found: Vec<_> =
            markup(&source).iter().filter_map(|one| one.origin.as_ref().and_then(Origin::row)).collect();
        assert_eq!(found, [2, 5]);
    }
}
