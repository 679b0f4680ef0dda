//! The marks that templates leave in their pages (`layouts/shared/trace.typ`): invisible, and read back from content and frames.
//!
//! In: content. Out: a [`Mark`], if it is one.

use typst::foundations::{Content, Value};
use typst::introspection::{MetadataElem, Tag, TagElem};

/// How the name of a mark begins, so that nobody's own metadata is taken for one.
pub(super) const PREFIX: &str = "sasshi:";

/// A mark: `("sasshi:on", 12)`.
pub(super) struct Mark<'c> {
    /// What it says, without `sasshi:`.
    pub kind: &'c str,
    /// What stands behind it.
    pub values: &'c [Value],
}

impl<'c> Mark<'c> {
    /// The mark that `content` is, or sets into a frame.
    pub fn of(content: &'c Content) -> Option<Self> {
        let content = match content.to_packed::<TagElem>().map(|tag| &tag.tag) {
            Some(Tag::Start(content, _)) => content,
            Some(Tag::End(..)) => return None,
            None => content,
        };
        let metadata = content.to_packed::<MetadataElem>()?;
        let Value::Array(values) = &metadata.value else { return None };
        let (first, values) = values.as_slice().split_first()?;
        let Value::Str(kind) = first else { return None };
        Some(Self { kind: kind.as_str().strip_prefix(PREFIX)?, values })
    }

    /// The number of the origin that it names first.
    pub fn origin(&self) -> Option<usize> {
        match self.values.first() {
            Some(Value::Int(origin)) => usize::try_from(*origin).ok(),
            _ => None,
        }
    }
}
