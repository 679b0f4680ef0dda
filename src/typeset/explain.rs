//! Findings of setting in the user's terms: a cell or line where it came from one, else the line of the template.
//!
//! In: what the engine said, and what [`super::trace`] saw, with today's places. Out: [`Diagnostic`]s.

use super::engine::{EngineMessage, EnginePlace};
use super::engine_words;
use super::headings::HeadingFault;
use super::lay_out::LaidOut;
use super::template_fault::{self, AccessFault, TemplateFault};
use super::trace::{MissingGlyph, Overfull, Trace};
use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::model::origin::{Origin, Place, Source};
use crate::model::piece::{Piece, PieceKind};
use crate::model::text::is_text_file;
use crate::model::unseen;
use crate::say;

/// Words what the engine said of the layout and its images: the one place where this is done.
#[must_use]
pub fn engine(message: &EngineMessage, laid_out: &LaidOut) -> Diagnostic {
    let detail = &message.detail;
    let layout = &laid_out.input.layout;
    if let Some(TemplateFault { origin, words }) = TemplateFault::of(detail) {
        let origin = origin.and_then(|origin| laid_out.origins.get(origin)).cloned();
        return Diagnostic::error(Code::TextUnfit, words).at(origin.unwrap_or_else(|| template(laid_out)));
    }
    let words = said(message, layout);
    if let Some(AccessFault { fault: Say { ja, en }, cure }) = template_fault::access(detail) {
        let words = say!("レイアウト「{layout}」：{ja}", "Layout \"{layout}\": {en}");
        return Diagnostic::error(Code::TextUnfit, words).hint(cure).at(source_of(message));
    }
    let code = if message.picture.is_some() { Code::ImageBroken } else { Code::Template };
    let diagnostic = match message.severity {
        Severity::Error => Diagnostic::error(code, words),
        Severity::Warning => Diagnostic::warning(code, words),
    };
    let is_template = message.picture.is_none() && message.severity == Severity::Error;
    let diagnostic = match named(message, laid_out) {
        Some(name) => match source_of(message) {
            Some(inside) => {
                diagnostic.at(name).hint(say!("画像の中の場所：{inside}", "In the image: {inside}"))
            }
            None => diagnostic.at(name),
        },
        None => diagnostic.at(source_of(message)),
    };
    let diagnostic = if is_template { diagnostic.hint(template_fault::stopped(layout)) } else { diagnostic };
    message.hints.iter().fold(diagnostic, |diagnostic, hint| diagnostic.hint(say!("{hint}", "{hint}")))
}

/// What the engine said, in both languages; its own words stay behind the Japanese ones, to be looked up.
fn said(message: &EngineMessage, layout: &str) -> Say {
    let detail = &message.detail;
    let ja = engine_words::in_japanese(detail).map(|ja| format!("{ja}（{detail}）"));
    let ja = ja.as_ref().unwrap_or(detail);
    match (&message.picture, message.severity) {
        (Some(picture), _) => Say::new(
            format!("画像「{picture}」を読み取れません：{ja}"),
            format!("The image \"{picture}\" cannot be read: {detail}"),
        ),
        (None, Severity::Error) => Say::new(
            format!("レイアウト「{layout}」の組版でエラーになりました：{ja}"),
            format!("Layout \"{layout}\" could not be set: {detail}"),
        ),
        (None, Severity::Warning) => {
            Say::new(format!("レイアウト「{layout}」：{ja}"), format!("Layout \"{layout}\": {detail}"))
        }
    }
}

/// Where the text names the image that the engine speaks of.
fn named(message: &EngineMessage, laid_out: &LaidOut) -> Option<Origin> {
    let picture = message.picture.as_ref()?;
    let is_it = |piece: &&Piece| matches!(&piece.kind, PieceKind::Picture(path) if path == picture);
    let piece = laid_out.pieces.list.iter().find(is_it)?;
    laid_out.origins.get(piece.place).cloned()
}

/// The place in the template or the image.
fn source_of(message: &EngineMessage) -> Option<Origin> {
    message.place.as_ref().map(|EnginePlace { path, text, span }| {
        Origin::text(&Source::new(path.as_str(), text.as_str()), span.clone())
    })
}

/// Findings of the finished pages.
#[must_use]
pub fn pages(trace: &Trace, laid_out: &LaidOut) -> Vec<Diagnostic> {
    let missing = trace.missing.iter().map(|missing| glyph(missing, laid_out));
    let overfull = trace.overfull.iter().map(|overfull| full(overfull, laid_out));
    missing.chain(overfull).collect()
}

/// A heading that skips a level or has no words. One of the template's is told at the first thing on its page.
#[must_use]
pub fn heading(fault: &HeadingFault, trace: &Trace, laid_out: &LaidOut) -> Diagnostic {
    let HeadingFault { origin, page, before, level, has_words } = *fault;
    let first = || trace.landings.iter().find(|landing| landing.page >= page).map(|landing| landing.origin);
    let place = origin.or_else(first).and_then(|origin| laid_out.origins.get(origin)).cloned();
    let of_text =
        |origin: &&Origin| matches!(origin.place, Place::Text { .. }) && is_text_file(&origin.source.path);
    let text = || laid_out.origins.iter().find(of_text).cloned();
    let place = place.or_else(text).unwrap_or_else(|| template(laid_out));
    if !has_words || origin.is_none() {
        let AccessFault { fault, cure } = match has_words {
            false => template_fault::empty_heading(page),
            true => template_fault::untitled(page),
        };
        return Diagnostic::error(Code::HeadingSkipped, fault).at(place).hint(cure);
    }
    let message = match before {
        0 => say!(
            "最初の見出しが{level}段目から始まっています。",
            "The first heading is of level {level}, not 1."
        ),
        _ => say!(
            "見出しの段が飛んでいます（{before}段目の次が{level}段目）。",
            "A level of headings is skipped: {level} follows {before}."
        ),
    };
    let (marks, wanted) = ("#".repeat(level), "#".repeat(before + 1));
    Diagnostic::error(Code::HeadingSkipped, message).at(place).hint(say!(
        "「{marks}」を「{wanted}」にするか、あいだに「{wanted}」の見出しを置いてください。読み上げソフトは見出しの段をたどります。",
        "Write \"{wanted}\" for \"{marks}\", or put a heading \"{wanted}\" between them: screen readers go by the levels."
    ))
}

/// The template, for what is not marked as the user's.
fn template(laid_out: &LaidOut) -> Origin {
    Origin::path(format!("layouts/{}/layout.typ", laid_out.input.layout))
}

fn glyph(missing: &MissingGlyph, laid_out: &LaidOut) -> Diagnostic {
    let character = missing.character;
    let code = u32::from(character);
    let shown = if character.is_control() { '\u{FFFD}' } else { character };
    let origin = match missing.origin.and_then(|origin| laid_out.origins.get(origin)) {
        Some(origin) => narrowed(origin, character),
        None => laid_out.facts.unmarked.as_ref().map_or_else(
            || template(laid_out),
            |source| Origin::of_character(source, character).unwrap_or_else(|| Origin::file(source)),
        ),
    };
    if unseen::is_selector(character) {
        return Diagnostic::error(
            Code::GlyphMissing,
            say!(
                "異体字の指定（U+{code:04X}）どおりの字形が、書体にありません。ほかの字形で印刷されてしまいます。",
                "The font has no glyph for this form of the character (selector U+{code:04X}); another would be printed."
            ),
        )
        .hint(say!(
            "ふつうの字形でよければ指定を消し、その字形が要るなら、それのある書体を layouts/fonts に置いてください。",
            "Delete the selector if the usual form will do; else put a font that has this one into layouts/fonts."
        ))
        .at(origin);
    }
    Diagnostic::error(
        Code::GlyphMissing,
        say!(
            "「{shown}」（U+{code:04X}）の字形が、書体にありません。",
            "No font has a glyph for \"{shown}\" (U+{code:04X})."
        ),
    )
    .hint(say!(
        "別の字に替えるか、その字のある書体を layouts/fonts に置いてください。",
        "Use another character, or put a font that has it into layouts/fonts."
    ))
    .at(origin)
}

/// The place of `character` within `origin`, if its text is at hand. A cell is named as a whole.
fn narrowed(origin: &Origin, character: char) -> Origin {
    let is_cell = matches!(origin.place, Place::Cell { .. });
    let found = origin.span.clone().and_then(|span| {
        let at = origin.source.text.get(span.clone())?.find(character)? + span.start;
        Some(at..at + character.len_utf8())
    });
    match found {
        Some(span) if is_cell => Origin { span: Some(span), ..origin.clone() },
        Some(span) => Origin::text(&origin.source, span),
        None => origin.clone(),
    }
}

fn full(overfull: &Overfull, laid_out: &LaidOut) -> Diagnostic {
    let by = overfull.by;
    let page = if laid_out.facts.combined { 1 } else { overfull.page };
    let message = match &overfull.slot {
        Some(slot) => say!(
            "文字が枠「{slot}」から {by} はみ出しています（{page}ページ）。",
            "Text leaves its box \"{slot}\" by {by} (page {page})."
        ),
        None => say!(
            "文字がページから {by} はみ出しています（{page}ページ）。",
            "Text leaves the page by {by} (page {page})."
        ),
    };
    let origin = overfull.origin.and_then(|origin| laid_out.origins.get(origin));
    let diagnostic = Diagnostic::error(Code::Overfull, message);
    let diagnostic = match origin.map(|origin| (origin, &origin.place)) {
        Some((origin, Place::Cell { .. })) => cell_limit(diagnostic, overfull, origin),
        Some((_, Place::Text { .. } | Place::File)) => {
            diagnostic.hint(say!("文を短くしてください。", "Shorten the text."))
        }
        None => diagnostic.hint(say!(
            "レイアウトの枠を広げるか、字を小さくしてください。",
            "Widen the box of the layout, or set smaller type."
        )),
    };
    diagnostic.at(origin.cloned().unwrap_or_else(|| template(laid_out)))
}

/// What a box holds, and what to do with a name that it does not: nobody is asked to shorten a legal name or an address.
fn cell_limit(diagnostic: Diagnostic, overfull: &Overfull, origin: &Origin) -> Diagnostic {
    let words = origin.span.clone().and_then(|span| origin.source.text.get(span)).unwrap_or_default();
    let count = words.trim().chars().count();
    let (width, height) = (overfull.room.width, overfull.room.height);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    // counts of letters and lines
    let fits = if overfull.is_wide {
        let share = width.to_mm() / (width.to_mm() + overfull.by.to_mm());
        (count as f64 * share).floor() as usize
    } else {
        // lines of full-width letters that stand half a letter apart
        let size = overfull.size.to_mm().max(0.1);
        let lines = ((height.to_mm() / size + 0.5) / 1.5).floor().max(1.0);
        (lines * (width.to_mm() / size + 0.01).floor()) as usize
    };
    let fits = fits.min(count.saturating_sub(1));
    let diagnostic = match count {
        0 => diagnostic,
        _ => diagnostic.hint(say!(
            "枠は幅 {width}・高さ {height} で、いちばん小さい字で{fits}字ほど入ります（今は{count}字です）。",
            "The box is {width} wide and {height} high: at the smallest size it holds about {fits} characters; there are {count}."
        )),
    };
    diagnostic.hint(short_name())
}

/// The cure for a name that is too long.
pub(super) fn short_name() -> Say {
    say!(
        "長いのが名称なら、正式な名称はそのままにして、名簿に「略称」の列を加え、短い名前を書いてください。紙にはそちらを刷ります。",
        "Of a name, leave the legal one as it is: add a column 略称 (short-name) with a shorter one, which is printed in its place."
    )
}
