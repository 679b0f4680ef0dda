//! Lines that comrak takes for something that prints nothing: where a link leads to, when no link says so; front matter
//! that is none.
//!
//! In: the text and its tree. Out: a finding at each such line.

use std::collections::BTreeSet;

use comrak::nodes::{AstNode, NodeValue};

use super::reader::TextReader;
use crate::diagnostic::{Code, Diagnostic};
use crate::say;

impl TextReader<'_> {
    /// Finds definitions of links (`[name]: address`) that no link uses: the words of `[注]: …` would be on no page.
    pub fn unused_definitions<'a>(&mut self, root: &'a AstNode<'a>) {
        let source = std::sync::Arc::clone(self.source);
        if !source.text.contains("]:") {
            return;
        }
        let printed = printed_lines(root);
        let lowered = source.text.to_lowercase();
        let mut at = 0;
        for (index, line) in source.text.split_inclusive('\n').enumerate() {
            let start = at;
            at += line.len();
            let words = line.trim_end();
            let inner =
                words.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+'));
            let Some(label) = inner.strip_prefix('[').filter(|rest| !rest.starts_with('^')) else { continue };
            let Some((label, target)) = label.split_once("]:") else { continue };
            if label.trim().is_empty() || label.contains(['[', ']']) || printed.contains(&(index + 1)) {
                continue;
            }
            // the definition itself has the label once
            if lowered.matches(&format!("[{}]", label.to_lowercase())).count() > 1 {
                continue;
            }
            let target = target.trim();
            let from = start + words.len() - inner.len();
            let origin = self.text_place(from..start + words.len());
            self.diagnostics.push(
                Diagnostic::error(
                    Code::LinkBroken,
                    say!(
                        "「[{label}]: {target}」は、リンク先を決める行として読まれます。このままでは印刷されません。",
                        "\"[{label}]: {target}\" is read as the target of a link, so it would not be printed."
                    ),
                )
                .at(origin)
                .hint(say!(
                    "注なら「[^{label}]: …」と書き、本文に「[^{label}]」を置きます。文として刷るなら、先頭を「\\[」にします。",
                    "For a note write \"[^{label}]: …\" and \"[^{label}]\" in the text; to print the words, begin with \"\\[\"."
                )),
            );
        }
    }

    /// Finds front matter that is not read as such: it would be printed, or be a heading.
    pub fn lost_front_matter<'a>(&mut self, root: &'a AstNode<'a>) {
        let text = &self.source.text;
        let start = text.len() - text.trim_start().len();
        let first = text[start..].lines().next().unwrap_or_default().trim_end();
        let is_read = root.children().any(|node| matches!(node.data().value, NodeValue::FrontMatter(_)));
        let message = match first {
            "+++" if !is_read && start > 0 => say!(
                "冒頭の設定（+++）の前に、空の行があります。",
                "There are empty lines before the front matter (+++)."
            ),
            "+++" if !is_read => {
                say!("冒頭の設定（+++）が閉じていません。", "The front matter (+++) is never closed.")
            }
            "---" if is_yaml(&text[start..]) => say!(
                "冒頭の設定は「---」ではなく「+++」で囲みます。",
                "Front matter stands between \"+++\", not \"---\"."
            ),
            _ => return,
        };
        let origin = self.text_place(start..start + first.len());
        self.diagnostics.push(Diagnostic::error(Code::FrontMatter, message).at(origin).hint(say!(
            "1行目を「+++」、次の行から「title = \"題名\"」のように1行に1つ、終わりを「+++」だけの行にします。",
            "Begin with a line \"+++\", write one `key = \"value\"` a line, and end with a line \"+++\"."
        )));
    }
}

/// Whether a text begins with front matter in YAML.
fn is_yaml(text: &str) -> bool {
    let mut keys = 0;
    for line in text.lines().skip(1).take(50) {
        let line = line.trim_end();
        if line == "---" {
            return keys > 0;
        }
        let is_key =
            line.split_once(':').is_some_and(|(key, _)| !key.trim().is_empty() && !key.contains(' '));
        keys += usize::from(is_key);
        if !(is_key || line.is_empty() || line.starts_with([' ', '-', '#'])) {
            return false;
        }
    }
    false
}

/// Lines with words or code of the tree, from 1.
fn printed_lines<'a>(root: &'a AstNode<'a>) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for node in root.descendants() {
        let data = node.data();
        let holds = match data.value {
            NodeValue::CodeBlock(_) | NodeValue::HtmlBlock(_) | NodeValue::FrontMatter(_) => true,
            _ => !data.value.block(),
        };
        if holds {
            lines.extend(data.sourcepos.start.line..=data.sourcepos.end.line);
        }
    }
    lines
}
