//! Reads `layout.toml`: the built-in layouts, each file of which a project may replace by one of the same name.
//!
//! In: the embedded table and the project's `layouts/` folder. Out: [`Layout`]s and findings.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Arc;

use serde::Deserialize;

use super::embedded;
use super::files::{Bytes, Digest, Files};
use crate::diagnostic::{Code, Diagnostic, Outcome, Say};
use crate::model::edition::Reader;
use crate::model::layout::{
    AttributeForm, Binding, Controls, DirectiveForm, Layout, LayoutFields, LayoutKind, LayoutOption,
    LeavesOut, OptionType, Page, TextForm,
};
use crate::model::length::Length;
use crate::model::origin::{Origin, Source};
use crate::model::palette::Palette;
use crate::say;

/// Files of layouts: the project's own first, then the built-in ones.
#[derive(Debug, Clone)]
pub struct LayoutFiles(Arc<Files>);

/// Whether a file of this name is a by-product of an editor or system (`.layout.typ.swp`, `layout.typ~`, `.DS_Store`, a lock
/// of an office program): no layout sees it, so no page depends on it.
#[must_use]
pub fn is_byproduct(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || name.starts_with('#') || name.ends_with('~')
}

/// The folder of a project's own layouts.
const FOLDER: &str = "layouts";
/// The palette that all layouts share, below it.
const PALETTE: &str = "shared/palette.csv";
/// The drawings that all layouts share, below it.
const ART: &str = "shared/art/";

impl LayoutFiles {
    /// The layouts of a project with these files.
    #[must_use]
    pub fn new(files: Arc<Files>) -> Self {
        Self(files)
    }

    /// The bytes of `path` (`booklet/layout.typ`), if there is such a file.
    ///
    /// A path or a link that leaves the project is refused.
    #[must_use]
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.own(path).map(Bytes::into_vec).or_else(|| embedded::file(path).map(<[u8]>::to_vec))
    }

    fn own(&self, path: &str) -> Option<Bytes> {
        if path.split('/').any(is_byproduct) {
            return None;
        }
        self.0.read(&format!("{FOLDER}/{path}")).ok()
    }

    /// Whether the project replaces any file of layout `name`.
    fn shadows(&self, name: &str) -> bool {
        let prefix = format!("{name}/");
        let own_folder = self.0.is_folder(&format!("{FOLDER}/{name}"));
        let built_in: Vec<_> = embedded::FILES.iter().filter(|(path, _)| path.starts_with(&prefix)).collect();
        own_folder
            && (built_in.is_empty()
                || built_in.iter().any(|(path, bytes)| self.own(path).is_some_and(|own| &*own != *bytes)))
    }

    /// The project's own files that layout `name` can read (those of its folder and the shared ones), with the digests of
    /// their bytes, by path. The others are built in.
    #[must_use]
    pub fn own_digests(&self, name: &str) -> BTreeMap<String, Digest> {
        let folders = [name, "shared"].map(|folder| format!("{FOLDER}/{folder}"));
        let paths = folders.iter().flat_map(|folder| self.0.below(folder));
        let paths = paths.filter(|path| !path.split('/').any(is_byproduct));
        paths.filter_map(|path| self.0.read(&path).ok().map(|bytes| (path, Digest::of(&bytes)))).collect()
    }

    /// Names of all layouts, built-in and own.
    #[must_use]
    pub fn names(&self) -> BTreeSet<String> {
        let built_in = embedded::FILES.iter().filter_map(|(path, _)| path.strip_suffix("/layout.toml"));
        let own = self.0.list(FOLDER).into_iter();
        let own = own.filter(|name| self.0.is_file(&format!("{FOLDER}/{name}/layout.toml")));
        built_in.map(str::to_owned).chain(own).collect()
    }

    /// Paths of the project's own fonts, `layouts/fonts/*`, in order of their names.
    #[must_use]
    pub fn own_fonts(files: &Files) -> Vec<String> {
        let folder = format!("{FOLDER}/fonts");
        let names = files.list(&folder).into_iter();
        names.filter(|name| is_font(name)).map(|name| format!("{folder}/{name}")).collect()
    }

    /// Names of the drawings that all layouts share, built-in and own.
    #[must_use]
    pub fn art(&self) -> BTreeSet<String> {
        let built_in =
            embedded::FILES.iter().filter_map(|(path, _)| path.strip_prefix(ART)).map(str::to_owned);
        let own = self.0.list(&format!("{FOLDER}/{}", ART.trim_end_matches('/')));
        built_in.chain(own).collect()
    }

    /// The palette that all layouts share.
    pub fn palette(&self) -> Outcome<Palette> {
        let bytes = self.bytes(PALETTE).unwrap_or_default();
        Palette::read(&Source::new(format!("{FOLDER}/{PALETTE}"), String::from_utf8_lossy(&bytes)))
    }

    /// Reads every layout there is.
    pub fn layouts(&self) -> Outcome<BTreeMap<String, Arc<Layout>>> {
        let mut layouts = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for name in self.names() {
            match self.layout(&name) {
                Ok(layout) => {
                    layouts.insert(name, Arc::new(layout));
                }
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        Outcome { value: layouts, diagnostics }
    }

    fn layout(&self, name: &str) -> Result<Layout, Box<Diagnostic>> {
        let path = format!("{name}/layout.toml");
        let bytes = self.bytes(&path).unwrap_or_default();
        let source = Source::new(format!("layouts/{path}"), String::from_utf8_lossy(&bytes));
        let broken = |detail: &str, origin: Origin| {
            Box::new(
                Diagnostic::error(
                    Code::LayoutBroken,
                    say!(
                        "レイアウト「{name}」の layout.toml が読み取れません：{detail}",
                        "The layout.toml of \"{name}\" cannot be read: {detail}"
                    ),
                )
                .at(origin),
            )
        };
        let raw: RawLayout = toml::from_str(&source.text).map_err(|error| {
            let origin =
                error.span().map_or_else(|| Origin::file(&source), |span| Origin::text(&source, span));
            broken(error.message(), origin)
        })?;
        let length = |text: &str| {
            text.parse::<Length>()
                .map_err(|error| broken(&format!("\"{text}\": {error}"), Origin::file(&source)))
        };
        Ok(Layout {
            name: name.to_owned(),
            kind: raw.kind,
            title: raw.title.into(),
            summary: raw.summary.into(),
            page: Page {
                width: length(&raw.page.trim[0])?,
                height: length(&raw.page.trim[1])?,
                bleed: length(&raw.page.bleed)?,
                binding: raw.page.binding,
                offices: raw.page.offices,
            },
            readers: raw.readers.iter().filter_map(|name| Reader::named(name)).collect(),
            options: raw
                .options
                .into_iter()
                .map(|(key, option)| {
                    let default = serde_json::to_value(&option.default).unwrap_or_default();
                    let RawOption { kind, readers, help, .. } = option;
                    (key, LayoutOption { kind, default, readers, help: help.into() })
                })
                .collect(),
            needs: raw.needs,
            uses: raw.uses,
            text: raw.text,
            directives: raw.directives,
            attributes: raw.attributes,
            together: raw.together,
            controls: raw.controls,
            leaves_out: raw.leaves_out.into(),
            templates: raw.templates,
            shadowed: self.shadows(name),
            source,
        })
    }
}

/// Whether a file's name ends as a font's does.
pub(crate) fn is_font(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawLayout {
    kind: LayoutKind,
    title: RawSay,
    summary: RawSay,
    page: RawPage,
    #[serde(default)]
    readers: Vec<String>,
    #[serde(default)]
    options: BTreeMap<String, RawOption>,
    #[serde(default)]
    needs: LayoutFields,
    #[serde(default)]
    uses: LayoutFields,
    #[serde(default)]
    text: Option<TextForm>,
    #[serde(default)]
    directives: BTreeMap<String, DirectiveForm>,
    #[serde(default)]
    attributes: BTreeMap<String, AttributeForm>,
    #[serde(default)]
    together: BTreeMap<String, String>,
    #[serde(default)]
    controls: Controls,
    #[serde(default)]
    leaves_out: RawLeavesOut,
    #[serde(default)]
    templates: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RawLeavesOut {
    #[serde(default)]
    directives: BTreeMap<String, RawSay>,
    #[serde(default)]
    attributes: BTreeMap<String, RawSay>,
    #[serde(default)]
    front_matter: BTreeMap<String, RawSay>,
    #[serde(default)]
    columns: BTreeMap<String, RawSay>,
}

impl From<RawLeavesOut> for LeavesOut {
    fn from(raw: RawLeavesOut) -> Self {
        let reasons = |raw: BTreeMap<String, RawSay>| {
            raw.into_iter().map(|(name, reason)| (name, reason.into())).collect()
        };
        Self {
            directives: reasons(raw.directives),
            attributes: reasons(raw.attributes),
            front_matter: reasons(raw.front_matter),
            columns: reasons(raw.columns),
        }
    }
}

/// Words in both languages, or in one that stands for both: an office need not write English.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RawSay {
    ja: Option<String>,
    en: Option<String>,
}

impl From<RawSay> for Say {
    fn from(raw: RawSay) -> Self {
        let ja = raw.ja.clone().or_else(|| raw.en.clone()).unwrap_or_default();
        let en = raw.en.or(raw.ja).unwrap_or_default();
        Self { ja, en }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPage {
    trim: [String; 2],
    #[serde(default = "no_bleed")]
    bleed: String,
    #[serde(default)]
    binding: Binding,
    #[serde(default)]
    offices: Option<NonZeroUsize>,
}

fn no_bleed() -> String {
    "0mm".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOption {
    #[serde(rename = "type")]
    kind: OptionType,
    default: toml::Value,
    #[serde(default)]
    readers: BTreeMap<String, String>,
    #[serde(default)]
    help: RawSay,
}
