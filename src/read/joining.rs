//! Line ends inside a paragraph: no space between kana or kanji, a space between words of Latin script.
//!
//! In: inlines in which a source line end is the text `"\n"`. Out: the same with the line ends resolved and
//! neighbouring words joined.

use crate::model::text::{Inline, InlineKind};

/// Whether no space is written beside `c` in Japanese text: kana, kanji, their punctuation, full-width forms.
fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x2E80..=0x303F   // radicals, CJK symbols and punctuation
        | 0x3040..=0x30FF // kana
        | 0x31F0..=0x31FF // small katakana
        | 0x3200..=0x33FF // enclosed and squared
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF // ideographs
        | 0xF900..=0xFAFF | 0xFE30..=0xFE4F
        | 0xFF00..=0xFFEF // full- and half-width forms
        | 0x20000..=0x3FFFF)
}

fn first(inline: &Inline) -> Option<char> {
    match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.chars().next(),
        InlineKind::Ruby(pairs) => pairs.first().and_then(|(base, _)| base.chars().next()),
        InlineKind::Strong(body)
        | InlineKind::Emphasis(body)
        | InlineKind::Link { body, .. }
        | InlineKind::Reference { body, .. } => body.first().and_then(first),
        InlineKind::FootnoteMark(_) => Some('※'),
        InlineKind::Break | InlineKind::Image(_) => None,
    }
}

fn last(inline: &Inline) -> Option<char> {
    match &inline.kind {
        InlineKind::Text(text) | InlineKind::Code(text) => text.chars().last(),
        InlineKind::Ruby(pairs) => pairs.last().and_then(|(base, _)| base.chars().last()),
        InlineKind::Strong(body)
        | InlineKind::Emphasis(body)
        | InlineKind::Link { body, .. }
        | InlineKind::Reference { body, .. } => body.last().and_then(last),
        InlineKind::FootnoteMark(_) => Some('※'),
        InlineKind::Break | InlineKind::Image(_) => None,
    }
}

/// Resolves line ends: nothing where one side is wide, else a space.
pub fn join(inlines: &mut Vec<Inline>) {
    let given = std::mem::take(inlines);
    let mut given = given.into_iter().peekable();
    while let Some(mut inline) = given.next() {
        if matches!(&inline.kind, InlineKind::Text(text) if text == "\n") {
            let before = inlines.last().and_then(last);
            let after = given.peek().and_then(first);
            let wide = before.is_some_and(is_wide)
                || after.is_some_and(is_wide)
                || before.is_none()
                || after.is_none();
            if wide {
                continue;
            }
            inline.kind = InlineKind::Text(" ".to_owned());
        }
        if let InlineKind::Text(more) = &inline.kind
            && let Some(Inline { kind: InlineKind::Text(text), origin }) = inlines.last_mut()
        {
            text.push_str(more);
            // one stretch from the first to the last
            if let (Some(whole), Some(end)) = (&mut origin.span, &inline.origin.span) {
                whole.end = whole.end.max(end.end);
            }
            continue;
        }
        inlines.push(inline);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::{Origin, Source};

    fn joined(parts: &[&str]) -> String {
        let source = Source::new("a.md", "");
        let mut inlines: Vec<Inline> = parts
            .iter()
            .map(|part| Inline { origin: Origin::file(&source), kind: InlineKind::Text((*part).to_owned()) })
            .collect();
        join(&mut inlines);
        inlines
            .iter()
            .map(|inline| if let InlineKind::Text(text) = &inline.kind { text.as_str() } else { "?" })
            .collect()
    }

    #[test]
    fn no_space_between_kana_and_kanji() {
        assert_eq!(joined(&["まちを", "\n", "よくする"]), "まちをよくする");
        assert_eq!(joined(&["です。", "\n", "「次」"]), "です。「次」");
        assert_eq!(joined(&["NPO", "\n", "法人"]), "NPO法人");
    }

    #[test]
    fn a_space_between_latin_words() {
        assert_eq!(joined(&["City of", "\n", "Yokohama"]), "City of Yokohama");
    }
}
