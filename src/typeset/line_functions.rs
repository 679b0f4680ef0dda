//! The functions by which templates ask where lines of one string may end: `sasshi.phrases(words)`, `sasshi.unbroken(words)` and
//! `sasshi.is-ragged(origin)`.
//!
//! In: words or the origin of a paragraph. Out: what the world's files of [`super::line_ends`] say of them.

use std::sync::OnceLock;

use typst::World;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Args, Array, IntoValue, NativeFuncData, Str, Value};
use typst::syntax::FileId;

use super::line_ends::{self, Said};
use super::native::native;
use super::path::file_id;

/// The functions, by their names in the module `sasshi`.
pub(super) const FUNCTIONS: [&NativeFuncData; 3] = [&PHRASES, &UNBROKEN, &IS_RAGGED];

static PHRASES: NativeFuncData = native(
    "phrases",
    "Of words of data.json how wide a column keeps their characters together, or none.",
    &|engine, _, args| phrases(engine, args),
);

static UNBROKEN: NativeFuncData = native(
    "unbroken",
    "The bytes of words of a paragraph before which no line begins.",
    &|engine, _, args| unbroken(engine, args),
);

static IS_RAGGED: NativeFuncData = native(
    "is-ragged",
    "Whether the paragraph of an origin cannot be flush on both sides.",
    &|engine, _, args| is_ragged(engine, args),
);

/// What the world says in the file of a number. A world without a job has no such files.
fn said(engine: &Engine, number: usize) -> Said {
    static IDS: [OnceLock<FileId>; line_ends::FILES] = [const { OnceLock::new() }; line_ends::FILES];
    let id = IDS[number].get_or_init(|| file_id(&line_ends::path(number)));
    let bytes = engine.world.file(*id).ok().filter(|bytes| !bytes.is_empty());
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn phrases(engine: &Engine, args: &mut Args) -> SourceResult<Value> {
    let words: Str = args.expect("words")?;
    let keeps = said(engine, line_ends::number(&words)).phrases.remove(words.as_str());
    Ok(keeps.map_or(Value::None, |keeps| {
        keeps.into_iter().map(|ems| i64::from(ems).into_value()).collect::<Array>().into_value()
    }))
}

fn unbroken(engine: &Engine, args: &mut Args) -> SourceResult<Value> {
    let words: Str = args.expect("words")?;
    let places = said(engine, line_ends::number(&words)).unbroken.remove(words.as_str()).unwrap_or_default();
    Ok(places.into_iter().map(IntoValue::into_value).collect::<Array>().into_value())
}

fn is_ragged(engine: &Engine, args: &mut Args) -> SourceResult<Value> {
    let origin: Value = args.expect("origin")?;
    // words without an origin are of no paragraph that was looked at
    let Ok(origin) = origin.cast::<i64>() else { return Ok(Value::Bool(false)) };
    let origin = usize::try_from(origin).ok();
    let is_ragged =
        origin.is_some_and(|at| said(engine, line_ends::number_of_origin(at)).ragged.contains(&at));
    Ok(Value::Bool(is_ragged))
}
