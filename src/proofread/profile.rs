//! What is asked of the typography of a publication: a file of values with their source, built in or the project's own
//! (`layouts/proofread/NAME.toml`).
//!
//! In: TOML. Out: [`ProofProfile`].

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::origin::{Origin, Source};
use crate::project::layout::LayoutFiles;
use crate::say;

/// The profile that is taken when none is named.
pub const DEFAULT: &str = "standard";

/// The built-in profiles.
const BUILT_IN: [BuiltIn; 3] = [
    BuiltIn { name: DEFAULT, text: include_str!("profiles/standard.toml") },
    BuiltIn { name: "mie-2024", text: include_str!("profiles/mie-2024.toml") },
    BuiltIn { name: "machida", text: include_str!("profiles/machida.toml") },
];

struct BuiltIn {
    name: &'static str,
    text: &'static str,
}

/// What is asked of a publication.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProofProfile {
    /// What it is, in Japanese.
    pub title: String,
    /// The document that its values are from.
    pub source: String,
    /// Type sizes.
    pub size: TypeSizes,
    /// The gap of lines.
    pub line_gap: LineGap,
    /// Contrast of text and ground.
    pub contrast: Contrast,
    /// How far a justified line may be stretched or squeezed between its letters, in per cent of an em.
    pub stretch: f64,
    /// How far apart (CIEDE2000) colours that touch must be to every eye.
    pub touching: f64,
    /// The same in a copy in black and white; nothing is asked where it is 0 (the reader `mono` has patterns).
    pub touching_grey: f64,
    /// Beginnings of the names of fonts that may be used; any if there are none.
    #[serde(default)]
    pub fonts: Vec<String>,
    /// Whether emphasis by an underline alone is a finding.
    #[serde(default, rename = "no-underline-alone")]
    pub forbids_underline: bool,
    /// Whether a full stop before a closing bracket is a finding.
    #[serde(default, rename = "no-closing-stop")]
    pub forbids_closing_stop: bool,
}

/// Type sizes, in points.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TypeSizes {
    /// The least of the body text.
    pub base: f64,
    /// The least of text that is smaller than the body.
    pub note: f64,
    /// The least of any text.
    pub least: f64,
}

/// The gap of lines: their pitch without the type size, in per cent of the type size.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LineGap {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

/// Contrast by WCAG, as the first number of N : 1.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contrast {
    /// Of text.
    pub text: f64,
    /// Of large text.
    pub large: f64,
}

impl ProofProfile {
    /// The names of the built-in profiles.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|profile| profile.name)
    }

    /// The profile called `name`, which stands at `origin`: the project's own before a built-in one.
    ///
    /// # Errors
    /// A [`Diagnostic`] when there is none, or it cannot be read.
    pub fn find(files: &LayoutFiles, name: &str, origin: Option<&Origin>) -> Result<Self, Diagnostic> {
        let path = format!("proofread/{name}.toml");
        let own = files.bytes(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let built_in = BUILT_IN.iter().find(|profile| profile.name == name);
        let Some(text) = own.or_else(|| built_in.map(|profile| profile.text.to_owned())) else {
            let list = Self::names().collect::<Vec<_>>().join(", ");
            let message =
                say!("校正の基準「{name}」はありません。", "There is no profile of proofreading \"{name}\".");
            let hint =
                Suggestion::of(name, Self::names()).or(|| say!("使えるもの：{list}", "There are: {list}"));
            return Err(Diagnostic::error(Code::ProofProfile, message).at(origin.cloned()).hint(hint));
        };
        read(&path, text)
    }
}

/// What the text of a profile or standard at `path` of the layouts says.
///
/// # Errors
/// A [`Diagnostic`] at the place that cannot be read.
pub(super) fn read<T: DeserializeOwned>(path: &str, text: String) -> Result<T, Diagnostic> {
    let source = Source::new(format!("layouts/{path}"), text);
    toml::from_str(&source.text).map_err(|error: toml::de::Error| {
        let detail = error.message();
        let place = error.span().map_or_else(|| Origin::file(&source), |span| Origin::text(&source, span));
        let message = say!(
            "校正の基準が読み取れません：{detail}",
            "The profile of proofreading cannot be read: {detail}"
        );
        Diagnostic::error(Code::ProofProfile, message).at(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::files::Files;

    #[test]
    fn built_in_profiles_can_be_read_and_name_their_source() {
        for name in ProofProfile::names() {
            let files = LayoutFiles::new(std::sync::Arc::new(Files::in_memory([("a", "")])));
            let profile = ProofProfile::find(&files, name, None).expect(name);
            assert!(!profile.source.is_empty() && profile.size.least <= profile.size.note, "{name}");
            assert!(profile.size.note <= profile.size.base && profile.line_gap.least < profile.line_gap.most);
        }
    }
}
