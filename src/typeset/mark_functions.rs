//! The functions by which templates leave marks: `sasshi.traced(origin, body)` and `sasshi.mark(kind, ..values)`.
//!
//! In: the engine's library. Out: the same with the module `sasshi`. A mark is a tag in the finished frames, as the engine
//! sets one around each element that can be asked for; but nobody can ask for it, so that the engine neither counts it nor
//! looks it up. Elements of `metadata` would do the same in more time: a list of thirty rows has hundreds of marks.

use std::sync::LazyLock;

use typst::Library;
use typst::comemo::Tracked;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{
    Args, Array, CastInfo, Content, Context, Func, IntoValue, Module, NativeElement, NativeFuncData,
    NativeFuncPtr, NativeType, Scope, Str, Value,
};
use typst::introspection::{Location, MetadataElem, Tag, TagElem, TagFlags};
use typst::utils::hash128;

use super::mark::PREFIX;

/// Adds the functions to `library`.
pub(super) fn define(library: &mut Library) {
    let mut functions = Scope::new();
    functions.define(TRACED.name, Func::from(&TRACED));
    functions.define(MARK.name, Func::from(&MARK));
    library.global.scope_mut().define("sasshi", Module::new("sasshi", functions));
}

/// Body behind an origin, between the marks `on` and `off` of it; without an origin, as it is.
static TRACED: NativeFuncData =
    native("traced", "Body that came from an origin of data.json, or from none.", &|_, _, args| traced(args));

/// A mark of a kind, with values.
static MARK: NativeFuncData =
    native("mark", "An invisible mark of a kind, with values.", &|_, _, args| mark(args));

/// What the engine calls.
type Called = dyn Fn(&mut Engine, Tracked<Context>, &mut Args) -> SourceResult<Value> + Send + Sync;

const fn native(name: &'static str, docs: &'static str, function: &'static Called) -> NativeFuncData {
    NativeFuncData {
        function: NativeFuncPtr(function),
        name,
        title: name,
        docs,
        def_site: None,
        keywords: &[],
        contextual: false,
        scope: LazyLock::new(&Scope::new),
        params: LazyLock::new(&Vec::new),
        returns: LazyLock::new(&|| CastInfo::Type(Content::ty())),
    }
}

fn traced(args: &mut Args) -> SourceResult<Value> {
    let origin: Value = args.expect("origin")?;
    let body: Value = args.expect("body")?;
    if origin == Value::None {
        return Ok(body);
    }
    let [on, on_end] = tags("on", [origin.clone()]);
    let [off, off_end] = tags("off", [origin]);
    Ok(Content::sequence([on, on_end, body.display(), off, off_end]).into_value())
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
