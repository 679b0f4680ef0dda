//! A text of the manifest and the place where it stands.

use toml::Spanned;

use crate::model::origin::Origin;

/// A text with its place, as it is typed.
pub type Text = Spanned<String>;

/// A text of the manifest with its place.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The text.
    pub value: String,
    /// Where it stands.
    pub origin: Origin,
}
