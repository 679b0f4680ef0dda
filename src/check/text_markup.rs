//! Rule: no markup of the text stands in front matter and attributes: they are printed as they are.
//!
//! In: a chapter. Out: findings at the values.

use crate::diagnostic::Diagnostic;
use crate::model::text::{Attribute, BlockKind, Chapter, walk};
use crate::project::manifest_words::marked;

/// Values that name something and are no words.
const NAMES: &[&str] = &["template", "part", "id", "image", "name", "path", "kind"];

/// Checks one chapter.
pub fn check(chapter: &Chapter, diagnostics: &mut Vec<Diagnostic>) {
    for entry in chapter.meta.iter().filter(|entry| !NAMES.contains(&entry.key.as_str())) {
        let words = match &entry.value {
            serde_json::Value::String(words) => vec![words.as_str()],
            serde_json::Value::Array(values) => values.iter().filter_map(serde_json::Value::as_str).collect(),
            _ => Vec::new(),
        };
        diagnostics.extend(words.into_iter().filter_map(|words| marked(words, &entry.origin)));
    }
    let mut attributes = |written: &[Attribute]| {
        let words = written.iter().filter(|attribute| !NAMES.contains(&attribute.key.as_str()));
        diagnostics.extend(words.filter_map(|attribute| marked(&attribute.value, &attribute.origin)));
    };
    for body in chapter.bodies() {
        walk(body, &mut |block| match &block.kind {
            BlockKind::Directive(directive) => attributes(&directive.attributes),
            BlockKind::Heading(heading) => attributes(&heading.attributes),
            BlockKind::Paragraph(_)
            | BlockKind::List { .. }
            | BlockKind::Quote(_)
            | BlockKind::Table { .. }
            | BlockKind::Descriptions(_)
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::Code(_) => {}
        });
    }
}
