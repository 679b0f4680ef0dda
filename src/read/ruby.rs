//! Ruby as Japanese authors write it: `{協働|きょうどう}`, or `{協働|きょう|どう}` with one reading for each character.
//!
//! In: the words of one text node. Out: inlines, with ruby parted from plain words.

use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::Origin;
use crate::model::text::{Inline, InlineKind};
use crate::say;

/// Parts `words` (which stand at `origin`) into words and ruby.
pub fn read(words: &str, origin: &Origin) -> Outcome<Vec<Inline>> {
    // sub-places are exact where the node's words stand in the source as they are
    let base = origin
        .span
        .clone()
        .filter(|span| origin.source.text.get(span.clone()) == Some(words))
        .map(|span| span.start);
    let place = |from: usize, to: usize| {
        base.map_or_else(|| origin.clone(), |start| Origin::text(&origin.source, start + from..start + to))
    };
    let mut inlines = Vec::new();
    let mut diagnostics = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(open) = words[at..].find('{').map(|found| at + found) {
        let inner = &words[open + 1..];
        let close = inner.find('}');
        let bar = inner.find('|').filter(|bar| close.is_none_or(|close| *bar < close));
        let (Some(_), Some(close)) = (bar, close) else {
            if bar.is_some() {
                diagnostics.push(unreadable(place(open, words.len())));
            }
            at = open + 1;
            continue;
        };
        let end = open + 1 + close + 1;
        match pairs(&inner[..close]) {
            Some(pairs) => {
                if plain_from < open {
                    let text = words[plain_from..open].to_owned();
                    inlines.push(Inline { origin: place(plain_from, open), kind: InlineKind::Text(text) });
                }
                inlines.push(Inline { origin: place(open, end), kind: InlineKind::Ruby(pairs) });
                plain_from = end;
            }
            None => diagnostics.push(unreadable(place(open, end))),
        }
        at = end;
    }
    if plain_from < words.len() {
        let text = words[plain_from..].to_owned();
        inlines.push(Inline { origin: place(plain_from, words.len()), kind: InlineKind::Text(text) });
    }
    Outcome { value: inlines, diagnostics }
}

fn pairs(inner: &str) -> Option<Vec<(String, String)>> {
    let mut parts = inner.split('|');
    let base = parts.next()?;
    let readings: Vec<&str> = parts.collect();
    if base.is_empty() || readings.iter().any(|reading| reading.is_empty()) {
        return None;
    }
    if let [reading] = readings[..] {
        return Some(vec![(base.to_owned(), reading.to_owned())]);
    }
    let characters: Vec<char> = base.chars().collect();
    (characters.len() == readings.len()).then(|| {
        characters.iter().zip(readings).map(|(c, reading)| (c.to_string(), reading.to_owned())).collect()
    })
}

fn unreadable(origin: Origin) -> Diagnostic {
    Diagnostic::error(Code::RubySyntax, say!("ルビの書き方が読み取れません。", "This ruby cannot be read."))
        .at(origin)
        .hint(say!(
            "「{{協働|きょうどう}}」、または1字ずつ「{{協働|きょう|どう}}」と書きます。",
            "Write \"{{協働|きょうどう}}\", or one reading for each character: \"{{協働|きょう|どう}}\"."
        ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::Source;

    fn kinds(words: &str) -> (Vec<String>, usize) {
        let source = Source::new("a.md", words);
        let read = read(words, &Origin::text(&source, 0..words.len()));
        let kinds = read
            .value
            .iter()
            .map(|inline| match &inline.kind {
                InlineKind::Text(text) => text.clone(),
                InlineKind::Ruby(pairs) => {
                    let pairs: Vec<String> =
                        pairs.iter().map(|(base, reading)| format!("[{base}:{reading}]")).collect();
                    pairs.concat()
                }
                other => format!("{other:?}"),
            })
            .collect();
        (kinds, read.diagnostics.len())
    }

    #[test]
    fn group_and_single_ruby() {
        assert_eq!(
            kinds("これは{協働|きょうどう}です"),
            (vec!["これは".into(), "[協働:きょうどう]".into(), "です".into()], 0)
        );
        assert_eq!(kinds("{協働|きょう|どう}"), (vec!["[協:きょう][働:どう]".into()], 0));
    }

    #[test]
    fn braces_without_a_bar_are_words() {
        assert_eq!(kinds("{a} と }"), (vec!["{a} と }".into()], 0));
    }

    #[test]
    fn what_cannot_be_ruby_is_reported() {
        for wrong in ["{協働|}", "{|きょうどう}", "{協働|きょう|ど|う}", "{協働|きょうどう"]
        {
            assert_eq!(kinds(wrong).1, 1, "{wrong}");
        }
    }

    #[test]
    fn ruby_knows_its_column() {
        let words = "これは{協働|きょうどう}";
        let source = Source::new("a.md", words);
        let read = read(words, &Origin::text(&source, 0..words.len()));
        assert_eq!(read.value[1].origin.to_string(), "a.md:1:4");
    }
}
