//! Findings of the engine in the user's terms: a cell or line where it came from one, else the line of the template.
//!
//! In: the engine's diagnostics, and what [`super::trace`] saw. Out: [`Diagnostic`]s.

use typst::diag::{Severity, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use super::trace::{MissingGlyph, Overfull, Trace};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::{Origin, Place, Source};
use crate::say;

/// Translates the engine's diagnostics: the one place where this is done.
pub fn engine(world: &dyn World, layout: &str, found: &[SourceDiagnostic]) -> Vec<Diagnostic> {
    found.iter().map(|one| translate(world, layout, one)).collect()
}

fn translate(world: &dyn World, layout: &str, found: &SourceDiagnostic) -> Diagnostic {
    let detail = &found.message;
    let message = say!(
        "レイアウト「{layout}」の組版でエラーになりました：{detail}",
        "Layout \"{layout}\" could not be set: {detail}"
    );
    let mut diagnostic = match found.severity {
        Severity::Error => Diagnostic::error(Code::Template, message),
        Severity::Warning => Diagnostic::warning(
            Code::Template,
            say!("レイアウト「{layout}」：{detail}", "Layout \"{layout}\": {detail}"),
        ),
    };
    // the place nearest to the fault that is in a file
    let spans = std::iter::once(found.span).chain(found.trace.iter().map(|point| DiagSpan::from(point.span)));
    diagnostic.origin = spans.into_iter().find_map(|span| origin(world, span));
    // the fault is in a picture of the project, not in the template that shows it
    let file = found.span.id().map(|id| id.vpath().get_without_slash().to_owned());
    if let Some(picture) = file.as_deref().and_then(|path| path.strip_prefix("project/")) {
        diagnostic.code = Code::ImageBroken;
        diagnostic.message = say!(
            "画像「{picture}」を読み取れません：{detail}",
            "The image \"{picture}\" cannot be read: {detail}"
        );
    }
    for hint in &found.hints {
        let hint = &hint.v;
        diagnostic = diagnostic.hint(say!("{hint}", "{hint}"));
    }
    diagnostic
}

fn origin(world: &dyn World, span: DiagSpan) -> Option<Origin> {
    let id = span.id()?;
    let range = world.range(span)?;
    let path = id.vpath().get_without_slash().to_owned();
    let text = world.file(id).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())?;
    let source = Source::new(path.strip_prefix("project/").unwrap_or(&path), text);
    Some(Origin::text(&source, range))
}

/// Findings of the finished pages.
#[must_use]
pub fn pages(trace: &Trace, origins: &[Origin], layout: &str) -> Vec<Diagnostic> {
    let missing = trace.missing.iter().map(|missing| glyph(missing, origins, layout));
    let overfull = trace.overfull.iter().map(|overfull| full(overfull, origins, layout));
    missing.chain(overfull).collect()
}

fn glyph(missing: &MissingGlyph, origins: &[Origin], layout: &str) -> Diagnostic {
    let character = missing.character;
    let code = u32::from(character);
    let shown = if character.is_control() { '\u{FFFD}' } else { character };
    let diagnostic = Diagnostic::error(
        Code::GlyphMissing,
        say!(
            "「{shown}」（U+{code:04X}）の字形が、書体にありません。",
            "No font has a glyph for \"{shown}\" (U+{code:04X})."
        ),
    )
    .hint(say!(
        "別の字に替えるか、その字のある書体を layouts/fonts に置いてください。",
        "Use another character, or put a font that has it into layouts/fonts."
    ));
    match missing.origin.and_then(|origin| origins.get(origin)) {
        Some(origin) => diagnostic.at(narrowed(origin, character)),
        None => diagnostic.at(Origin::path(format!("layouts/{layout}/layout.typ"))),
    }
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

fn full(overfull: &Overfull, origins: &[Origin], layout: &str) -> Diagnostic {
    let (by, page) = (overfull.by, overfull.page);
    let message = match &overfull.slot {
        Some(slot) => say!(
            "文字が枠「{slot}」から {by} はみ出しています（{page}ページ）。",
            "Text leaves its box \"{slot}\" by {by} (page {page})."
        ),
        None => say!(
            "文字が紙面から {by} はみ出しています（{page}ページ）。",
            "Text leaves the page by {by} (page {page})."
        ),
    };
    let diagnostic =
        Diagnostic::error(Code::Overfull, message).hint(say!("文を短くしてください。", "Shorten the text."));
    match overfull.origin.and_then(|origin| origins.get(origin)) {
        Some(origin) => diagnostic.at(origin.clone()),
        None => diagnostic.at(Origin::path(format!("layouts/{layout}/layout.typ"))),
    }
}
