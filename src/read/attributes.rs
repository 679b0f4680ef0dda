//! The opening line of a directive: `name {key="value" #id}`.
//!
//! In: what stands after the colons. Out: name, id and attributes with their places.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::{Origin, Source};
use crate::model::text::Attribute;
use crate::say;

/// A directive's opening line, read.
#[derive(Debug, PartialEq, Eq)]
pub struct Head<A = Attribute> {
    /// The name.
    pub name: String,
    /// Name for cross references.
    pub id: Option<String>,
    /// The attributes, in order.
    pub attributes: Vec<A>,
}

/// What is wrong with an opening line.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// No name after the colons.
    NoName,
    /// Something that is no attribute.
    Stray(String),
    /// A value whose quotation mark is never closed.
    OpenQuote,
    /// `{` without `}`.
    OpenBrace,
    /// Two names for references.
    IdTwice,
}

/// The finding for an attribute that stands twice, without its place.
#[must_use]
pub fn twice(key: &str) -> Diagnostic {
    Diagnostic::error(
        Code::DirectiveSyntax,
        say!("「{key}」が2回書かれています。", "\"{key}\" is written twice."),
    )
    .hint(say!("どちらかを消してください。", "Delete one of them."))
}

impl Problem {
    /// The finding, without its place.
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        let message = match self {
            Self::NoName => say!("「:::」のあとに名前がありません。", "There is no name after the colons."),
            Self::Stray(words) => {
                say!("「{words}」は属性として読み取れません。", "\"{words}\" is no attribute.")
            }
            Self::OpenQuote => say!("属性の「\"」が閉じていません。", "A quotation mark is never closed."),
            Self::OpenBrace => say!("「{{」が閉じていません。", "A brace is never closed."),
            Self::IdTwice => say!("「#」の名前が2つあります。", "There are two names with \"#\"."),
        };
        Diagnostic::error(Code::DirectiveSyntax, message).hint(say!(
            "「:::case {{ward=\"西区\" #id}}」のように書きます。",
            "Write it as \":::case {{ward=\"西区\" #id}}\"."
        ))
    }
}

/// Reads an opening line that stands in `line` of `source`.
///
/// # Errors
/// [`Problem`] if it is no name with attributes.
pub fn read(info: &str, source: &Arc<Source>, line: &Range<usize>) -> Result<Head, Problem> {
    let head = parse(info)?;
    let written = source.text.get(line.clone()).unwrap_or_default();
    let attributes = head
        .attributes
        .into_iter()
        .map(|(key, value)| {
            let needle = format!("{key}=");
            let span = written.find(&needle).map_or_else(
                || line.clone(),
                |at| {
                    let start = line.start + at;
                    let rest = &source.text[start..line.end];
                    let end = rest.find(&value).map_or(needle.len(), |found| found + value.len());
                    start..start + end
                },
            );
            Attribute { key, value, origin: Origin::text(source, span) }
        })
        .collect();
    Ok(Head { name: head.name, id: head.id, attributes })
}

fn parse(info: &str) -> Result<Head<(String, String)>, Problem> {
    let info = info.trim();
    let name_end = info.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(info.len());
    let (name, rest) = info.split_at(name_end);
    if name.is_empty() {
        return Err(Problem::NoName);
    }
    let mut head = Head { name: name.to_owned(), id: None, attributes: Vec::new() };
    let rest = rest.trim();
    if rest.is_empty() {
        return Ok(head);
    }
    let Some(inner) = rest.strip_prefix('{') else { return Err(Problem::Stray(rest.to_owned())) };
    let mut inner = inner.trim_start();
    loop {
        if let Some(after) = inner.strip_prefix('}') {
            let after = after.trim();
            return if after.is_empty() { Ok(head) } else { Err(Problem::Stray(after.to_owned())) };
        }
        if inner.is_empty() {
            return Err(Problem::OpenBrace);
        }
        let end = inner.find(|c: char| c.is_whitespace() || c == '}' || c == '=').unwrap_or(inner.len());
        let (key, rest) = inner.split_at(end);
        if let Some(id) = key.strip_prefix('#').filter(|id| !id.is_empty()) {
            if head.id.replace(id.to_owned()).is_some() {
                return Err(Problem::IdTwice);
            }
            inner = rest.trim_start();
            continue;
        }
        let valid = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        let Some(value) = rest.strip_prefix('=').filter(|_| valid) else {
            return Err(Problem::Stray(if key.is_empty() { inner.to_owned() } else { key.to_owned() }));
        };
        let (value, rest) = if let Some(quoted) = value.strip_prefix('"') {
            quoted.split_once('"').ok_or(Problem::OpenQuote)?
        } else {
            let end = value.find(|c: char| c.is_whitespace() || c == '}').unwrap_or(value.len());
            value.split_at(end)
        };
        head.attributes.push((key.to_owned(), value.to_owned()));
        inner = rest.trim_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(info: &str) -> (String, Option<String>, Vec<(String, String)>) {
        let head = parse(info).expect(info);
        (head.name, head.id, head.attributes)
    }

    #[test]
    fn reads_names_ids_and_values() {
        assert_eq!(pairs("point"), ("point".into(), None, vec![]));
        assert_eq!(
            pairs(r#"case {ward="神奈川区" n=3 #kame}"#),
            (
                "case".into(),
                Some("kame".into()),
                vec![("ward".into(), "神奈川区".into()), ("n".into(), "3".into())]
            )
        );
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(parse(""), Err(Problem::NoName));
        assert_eq!(parse("case {ward=\"a"), Err(Problem::OpenQuote));
        assert_eq!(parse("case {ward=a"), Err(Problem::OpenBrace));
        assert_eq!(parse("case ward=a"), Err(Problem::Stray("ward=a".into())));
        assert_eq!(parse("case {ward}"), Err(Problem::Stray("ward".into())));
    }
}
