//! What the engine says of a layout or an image, as values that know their place in the file.
//!
//! In: the engine's diagnostics and the world in which they arose. Out: [`EngineMessage`]s, without a place of the user's
//! data; `explain` words them.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use typst::diag::{self, SourceDiagnostic};
use typst::syntax::DiagSpan;
use typst::{World, WorldExt};

use crate::diagnostic::Severity;

/// Folder of the project's images as templates see it.
const PROJECT: &str = "project/";

/// Something that the engine said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineMessage {
    /// How bad it is.
    pub severity: Severity,
    /// The engine's words.
    pub detail: String,
    /// What the engine advises.
    pub hints: Vec<String>,
    /// The place nearest to the fault that is in a file.
    pub place: Option<EnginePlace>,
    /// The picture of the project that the fault is in, if it is in one and not in the template: its path.
    pub picture: Option<String>,
}

impl EngineMessage {
    /// An error of the file as a whole, in the words `detail`.
    #[must_use]
    pub fn error(detail: String) -> Self {
        Self { severity: Severity::Error, detail, hints: Vec::new(), place: None, picture: None }
    }
}

/// A place in a file of a layout, or in an image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnginePlace {
    /// Path within the project.
    pub path: String,
    /// The whole text of the file.
    pub text: String,
    /// The bytes of the text.
    pub span: Range<usize>,
}

/// Takes down what the engine found.
pub fn messages(world: &dyn World, found: &[SourceDiagnostic]) -> Vec<EngineMessage> {
    found.iter().map(|one| message(world, one)).collect()
}

fn message(world: &dyn World, found: &SourceDiagnostic) -> EngineMessage {
    let spans = std::iter::once(found.span).chain(found.trace.iter().map(|point| DiagSpan::from(point.span)));
    let file = found.span.id().map(|id| id.vpath().get_without_slash().to_owned());
    EngineMessage {
        severity: match found.severity {
            diag::Severity::Error => Severity::Error,
            diag::Severity::Warning => Severity::Warning,
        },
        detail: found.message.to_string(),
        hints: found.hints.iter().map(|hint| hint.v.to_string()).collect(),
        place: spans.into_iter().find_map(|span| place(world, span)),
        picture: file.and_then(|path| path.strip_prefix(PROJECT).map(str::to_owned)),
    }
}

fn place(world: &dyn World, span: DiagSpan) -> Option<EnginePlace> {
    let id = span.id()?;
    let range = world.range(span)?;
    let path = id.vpath().get_without_slash();
    let text = world.file(id).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())?;
    Some(EnginePlace { path: path.strip_prefix(PROJECT).unwrap_or(path).to_owned(), text, span: range })
}
