//! Words and marks of the line: comrak's tree to ours. Links, images, HTML: what leads nowhere or is not set is told.
//!
//! In: nodes of the tree. Out: [`Inline`]s.

use comrak::nodes::{AstNode, NodeLink, NodeValue, Sourcepos};

use super::html;
use super::reader::{TextReader, unmasked};
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::text::{Image, Inline, InlineKind};
use crate::read::{joining, ruby};
use crate::say;

/// Schemes of addresses that a link may lead to.
const SCHEMES: &[&str] = &["http://", "https://", "mailto:", "tel:"];

impl TextReader<'_> {
    /// The inlines below a node.
    pub fn inlines<'a>(&mut self, parent: &'a AstNode<'a>) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        let mut tags: Vec<String> = Vec::new();
        for node in parent.children() {
            let (value, place) = {
                let data = node.data();
                (data.value.clone(), data.sourcepos)
            };
            let origin = self.origin(place);
            let kind = match value {
                NodeValue::Text(words) => {
                    let words = unmasked(words);
                    // nothing is left of a comment
                    if !words.is_empty() {
                        self.footnote_marks(&words, place);
                        self.foreign_markup(&words, place);
                        let read = ruby::read(&words, &origin);
                        out.extend(read.collect(&mut self.diagnostics));
                    }
                    continue;
                }
                NodeValue::Escaped => {
                    let ends_line = node.next_sibling().is_none_or(|next| {
                        matches!(next.data().value, NodeValue::SoftBreak | NodeValue::LineBreak)
                    });
                    if ends_line && self.written(place) == "\\\\" {
                        self.doubled_backslash(place);
                    }
                    out.extend(self.inlines(node));
                    continue;
                }
                NodeValue::SoftBreak => InlineKind::Text("\n".to_owned()),
                NodeValue::LineBreak => InlineKind::Break,
                NodeValue::Code(code) => InlineKind::Code(unmasked(code.literal.into()).into_owned()),
                NodeValue::Strong => InlineKind::Strong(self.inlines(node)),
                NodeValue::Emph => InlineKind::Emphasis(self.inlines(node)),
                NodeValue::Link(link) => self.link(node, &link, place),
                NodeValue::Image(_) => match self.image(node) {
                    Some(image) => self.within_words(image, node.data().sourcepos),
                    None => continue,
                },
                NodeValue::FootnoteReference(mark) => InlineKind::FootnoteMark(mark.ix),
                NodeValue::HtmlInline(written) => {
                    // the end of a tag that was told is no fault of its own
                    let open =
                        html::closes(&written).and_then(|name| tags.iter().rposition(|tag| *tag == name));
                    if let Some(at) = open {
                        tags.remove(at);
                    } else {
                        tags.extend(html::opens(&written));
                        self.html(&written, place);
                    }
                    continue;
                }
                _ => {
                    self.unset(place);
                    continue;
                }
            };
            out.push(Inline { origin, kind });
        }
        joining::join(&mut out);
        out
    }

    fn link<'a>(&mut self, node: &'a AstNode<'a>, link: &NodeLink, place: Sourcepos) -> InlineKind {
        let body = self.inlines(node);
        let url = unmasked(link.url.as_str().into()).into_owned();
        let title = &link.title;
        self.unprinted_title(
            title,
            say!("リンクの題「{title}」は印刷されません。", "The link's title \"{title}\" is not printed."),
            place,
        );
        if let Some(id) = url.strip_prefix('#') {
            return InlineKind::Reference { id: percent_decode(id), body };
        }
        self.check_link(&url, body.is_empty(), place);
        InlineKind::Link { url, body }
    }

    /// A picture within words: layouts are not handed its title.
    fn within_words(&mut self, image: Image, place: Sourcepos) -> InlineKind {
        let title = &image.title;
        let message = say!(
            "文の中の画像の題「{title}」は印刷されません。",
            "The title \"{title}\" of a picture within words is not printed."
        );
        self.unprinted_title(title, message, place);
        InlineKind::Image(image)
    }

    /// Tells of a title that no layout is handed.
    fn unprinted_title(&mut self, title: &str, message: Say, place: Sourcepos) {
        if !title.is_empty() {
            let origin = self.origin(place);
            let finding = Diagnostic::warning(Code::LinkBroken, message).at(origin);
            self.diagnostics
                .push(finding.hint(say!("いらなければ消してください。", "Delete it if it is not needed.")));
        }
    }

    fn check_link(&mut self, url: &str, has_no_words: bool, place: Sourcepos) {
        let shown = percent_decode(url);
        if url.is_empty() {
            self.error(
                Code::LinkBroken,
                say!("リンク先が書かれていません。", "The link leads nowhere."),
                place,
            );
            self.advise(say!(
                "「[文](https://…)」、冊子の中なら「[文](#名前)」と書きます。",
                "Write \"[words](https://…)\", or \"[words](#id)\" for a place in the text."
            ));
        } else if !SCHEMES.iter().any(|scheme| url.to_lowercase().starts_with(scheme)) {
            self.error(
                Code::LinkBroken,
                say!(
                    "リンク先「{shown}」には行けません。",
                    "The link's target \"{shown}\" cannot be reached."
                ),
                place,
            );
            self.advise(say!(
                "ホームページなら「https://」から書きます。冊子の中なら、行き先の見出しの終わりに「{{#名前}}」、ここに「[文](#名前)」と書きます。",
                "Write addresses from \"https://\" on; for a place in the text, write {{#id}} at its heading and \"[words](#id)\" here."
            ));
        } else if has_no_words {
            self.error(
                Code::LinkBroken,
                say!(
                    "リンク「{shown}」に文がないので、何も印刷されません。",
                    "The link to \"{shown}\" has no words, so nothing is printed."
                ),
                place,
            );
            self.advise(say!("「[文]({shown})」と書いてください。", "Write \"[words]({shown})\"."));
        }
    }

    /// An image as it is named.
    pub fn image<'a>(&mut self, node: &'a AstNode<'a>) -> Option<Image> {
        let data = node.data();
        let NodeValue::Image(link) = &data.value else { return None };
        let (target, alt) = (percent_decode(&link.url), plain(node));
        if alt.trim().is_empty() {
            self.error(
                Code::AltMissing,
                say!(
                    "画像「{target}」に、説明がありません。",
                    "The picture \"{target}\" has no words for it."
                ),
                data.sourcepos,
            );
            self.advise(say!(
                "「![何の絵か]({target})」のように書いてください。紙には出ませんが、画面用のPDFの読み上げに使います。",
                "Write what it shows: ![words]({target}). It is not printed, but read aloud from the screen edition."
            ));
        }
        Some(Image {
            target,
            alt,
            title: unmasked(link.title.as_str().into()).into_owned(),
            origin: self.origin(data.sourcepos),
        })
    }

    /// Tells of HTML what to write in its place.
    pub fn html(&mut self, literal: &str, place: Sourcepos) {
        // a comment that is never closed; that was said
        if literal.trim_start().starts_with("<!--") {
            return;
        }
        let origin = self.origin(place);
        self.diagnostics.push(html::finding(literal, self.inside).at(origin));
    }
}

/// The words below a node, without markup.
fn plain<'a>(node: &'a AstNode<'a>) -> String {
    let words = node.descendants().skip(1).filter_map(|below| match &below.data().value {
        NodeValue::Text(words) => Some(words.to_string()),
        NodeValue::Code(code) => Some(code.literal.clone()),
        NodeValue::SoftBreak | NodeValue::LineBreak => Some(" ".to_owned()),
        _ => None,
    });
    unmasked(words.collect::<String>().into()).into_owned()
}

/// comrak percent-encodes what is not ASCII in addresses; ids and paths are compared as written.
fn percent_decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}
