//! Functions of the module `sasshi` that templates call, as the engine takes them.
//!
//! In: a name and what it does. Out: the function's description.

use std::sync::LazyLock;

use typst::comemo::Tracked;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{
    Args, CastInfo, Content, Context, NativeFuncData, NativeFuncPtr, NativeType, Scope, Value,
};

/// What the engine calls.
pub(super) type Called =
    dyn Fn(&mut Engine, Tracked<Context>, &mut Args) -> SourceResult<Value> + Send + Sync;

/// A function of the module.
pub(super) const fn native(
    name: &'static str,
    docs: &'static str,
    function: &'static Called,
) -> NativeFuncData {
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
