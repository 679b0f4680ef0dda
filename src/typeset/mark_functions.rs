//! The functions by which templates leave marks: `sasshi.traced(origin, body)`, `sasshi.mark(kind, ..values)`, and of records
//! `sasshi.field(record, name)` and `sasshi.printed(record, name)`.
//!
//! In: the engine's library. Out: the same with the module `sasshi`. A mark is a tag in the finished frames, as the engine
//! sets one around each element that can be asked for; but nobody can ask for it, so that the engine neither counts it nor
//! looks it up. Elements of `metadata` would do the same in more time: a list of thirty rows has hundreds of marks. Functions
//! that templates define themselves are remembered by all that they are given: a whole record for each of its cells.

use typst::Library;
use typst::diag::{At, SourceResult};
use typst::foundations::{
    Args, Array, Content, Dict, Func, IntoValue, Module, NativeElement, NativeFuncData, Scope, Str, Value,
};
use typst::introspection::{Location, MetadataElem, Tag, TagElem, TagFlags};
use typst::utils::hash128;

use super::line_functions;
use super::mark::PREFIX;
use super::native::native;

/// Adds the functions to `library`.
pub(super) fn define(library: &mut Library) {
    let mut functions = Scope::new();
    for function in [&TRACED, &MARK, &FIELD, &PRINTED].into_iter().chain(line_functions::FUNCTIONS) {
        functions.define(function.name, Func::from(function));
    }
    library.global.scope_mut().define("sasshi", Module::new("sasshi", functions));
}

/// Body behind an origin, between the marks `on` and `off` of it; without an origin, as it is.
static TRACED: NativeFuncData =
    native("traced", "Body that came from an origin of data.json, or from none.", &|_, _, args| traced(args));

/// A mark of a kind, with values.
static MARK: NativeFuncData =
    native("mark", "An invisible mark of a kind, with values.", &|_, _, args| mark(args));

/// A field of a record; none if it is missing or has no words.
static FIELD: NativeFuncData =
    native("field", "A field of a record, or none if it is missing or empty.", &|_, _, args| {
        Ok(field(args)?.map_or(Value::None, Value::Dict))
    });

/// The words of a field of a record, behind its origin; none if it is missing or has none.
static PRINTED: NativeFuncData =
    native("printed", "The words of a field of a record, traced, or none.", &|_, _, args| printed(args));

fn traced(args: &mut Args) -> SourceResult<Value> {
    let origin: Value = args.expect("origin")?;
    let body: Value = args.expect("body")?;
    Ok(if origin == Value::None { body } else { between_marks(origin, body) })
}

/// Body between the marks of its origin.
fn between_marks(origin: Value, body: Value) -> Value {
    let [on, on_end] = tags("on", [origin.clone()]);
    let [off, off_end] = tags("off", [origin]);
    Content::sequence([on, on_end, body.display(), off, off_end]).into_value()
}

fn field(args: &mut Args) -> SourceResult<Option<Dict>> {
    let record: Dict = args.expect("record")?;
    let name: Str = args.expect("name")?;
    let fields = record.get("fields").at(args.span)?.clone().cast::<Dict>().at(args.span)?;
    let Some(field) = fields.get(&name).ok().filter(|field| !matches!(field, Value::None)) else {
        return Ok(None);
    };
    let field = field.clone().cast::<Dict>().at(args.span)?;
    let is_empty = matches!(field.get("v").at(args.span)?, Value::Str(words) if words.is_empty());
    Ok((!is_empty).then_some(field))
}

fn printed(args: &mut Args) -> SourceResult<Value> {
    let Some(field) = field(args)? else { return Ok(Value::None) };
    let part = |key| field.get(key).at(args.span).cloned();
    Ok(between_marks(part("o")?, part("v")?))
}

fn mark(args: &mut Args) -> SourceResult<Value> {
    let kind: Str = args.expect("kind")?;
    let values: Vec<Value> = args.all()?;
    Ok(Content::sequence(tags(&kind, values)).into_value())
}

/// The mark, and its end at the same place: a mark that nothing ends would be moved over the end of its page.
fn tags(kind: &str, values: impl IntoIterator<Item = Value>) -> [Content; 2] {
    let said = [format!("{PREFIX}{kind}").into_value()].into_iter().chain(values).collect::<Array>();
    let key = hash128(&said);
    let location = Location::new(key);
    let mut content = MetadataElem::new(said.into_value()).pack();
    content.set_location(location);
    let flags = TagFlags { introspectable: false, tagged: false };
    [TagElem::packed(Tag::Start(content, flags)), TagElem::packed(Tag::End(location, key, flags))]
}
