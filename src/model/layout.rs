//! What a layout promises and asks for: the contract that is checked before anything is set.
//!
//! In: `project` reads it from `layout.toml`. Out: `check` compares the sources with it, `typeset` sets with it.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use super::edition::Reader;
use super::length::Length;
use super::origin::Source;
use crate::diagnostic::Say;

/// What kind of thing a layout makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayoutKind {
    /// Pages to be bound.
    Booklet,
    /// One sheet for each record.
    PerRecord,
    /// Text with room for notes.
    Handout,
    /// Many records on few pages.
    List,
    /// Many records on sticky labels.
    Labels,
}

/// The side on which a booklet is bound.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema, serde::Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// 左綴じ, for horizontal text.
    #[default]
    Left,
    /// 右綴じ, for vertical text.
    Right,
}

/// The page of a layout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    /// Width of the trimmed page.
    pub width: Length,
    /// Height of the trimmed page.
    pub height: Length,
    /// Bleed on each side, used by press editions.
    pub bleed: Length,
    /// Bound on which side.
    pub binding: Binding,
    /// How many offices of a record a page takes, of layouts that go on on further pages; none: each record has one page.
    pub offices: Option<NonZeroUsize>,
}

impl Page {
    /// How many pages a record with so many offices may have.
    #[must_use]
    pub fn pages_for(&self, offices: usize) -> usize {
        self.offices.map_or(1, |each| offices.div_ceil(each.get()).max(1))
    }
}

/// The type of an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OptionType {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no.
    Flag,
    /// A length such as "6mm"; templates get millimetres.
    Length,
    /// Path of an image in the project.
    Image,
    /// A list of words.
    List,
}

/// An option that a manifest may set.
#[derive(Debug, Clone)]
pub struct LayoutOption {
    /// Its type.
    pub kind: OptionType,
    /// Its value where the manifest gives none.
    pub default: serde_json::Value,
    /// The same for readers of another language.
    pub readers: BTreeMap<String, String>,
    /// What it does.
    pub help: Say,
}

/// The attributes of a directive.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectiveForm {
    /// Attributes it must have.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Attributes it may have.
    #[serde(default)]
    pub takes: Vec<String>,
    /// Attributes that the headings in it may have: each is the title of an item.
    #[serde(default)]
    pub items: Vec<String>,
    /// What must stand in it.
    #[serde(default)]
    pub holds: Vec<DirectiveContent>,
    /// Where it may stand.
    #[serde(default)]
    pub stands: DirectivePlace,
    /// The forms of its attributes, where they are not those of the layout.
    #[serde(default)]
    pub forms: BTreeMap<String, AttributeForm>,
    /// The same for the attributes of the headings in it.
    #[serde(default, rename = "item-forms")]
    pub item_forms: BTreeMap<String, AttributeForm>,
}

impl DirectiveForm {
    /// Its attributes as one writes them: those that it needs, and in brackets those that it takes.
    #[must_use]
    pub fn written(&self) -> String {
        let needs = self.needs.iter().map(|key| format!("{key}=\"…\""));
        let takes = self.takes.iter().map(|key| format!("[{key}=\"…\"]"));
        needs.chain(takes).collect::<Vec<_>>().join(" ")
    }
}

/// What a layout needs within a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirectiveContent {
    /// A paragraph before everything else: it becomes the title.
    FirstParagraph,
    /// A list.
    List,
    /// Anything.
    Something,
}

/// Where a directive may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirectivePlace {
    /// Wherever blocks stand.
    #[default]
    Anywhere,
    /// Directly in the chapter: it begins something new on the page.
    Chapter,
}

/// The form of an attribute's value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
pub enum AttributeForm {
    /// One of these words.
    OneOf(Vec<String>),
    /// Numbers.
    Numbers(NumberForm),
    /// A word that stands in this column of the directory that the directive names.
    Cell {
        /// The column, by its role or its header.
        column: String,
    },
    /// Any words: the layout prints them.
    Words(AnyWords),
}

/// That an attribute may be any words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnyWords {
    /// Any words.
    Words,
}

/// Numbers in an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberForm {
    /// A whole number.
    WholeNumber,
    /// A number.
    Number,
    /// Four numbers with spaces between: x, y, width and height.
    Plate,
    /// Pairs `x,y` with spaces between; `;` parts several lines.
    Points,
}

/// What a layout reads of a text beside its words.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TextForm {
    /// Entries of front matter, each with the type of its value (text or a list of texts).
    #[serde(default)]
    pub front_matter: BTreeMap<String, OptionType>,
    /// Attributes of headings in the running text.
    #[serde(default)]
    pub headings: Vec<String>,
    /// The option that lists the templates whose chapters it leaves out.
    #[serde(default)]
    pub skips: Option<String>,
}

/// Values that steer a layout and are not to be read on its pages.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Controls {
    /// Keys of directives and headings.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Keys of the front matter.
    #[serde(default)]
    pub front_matter: Vec<String>,
    /// Options of type text or list.
    #[serde(default)]
    pub options: Vec<String>,
}

/// What a layout does not print though it is handed it, each with the reason.
#[derive(Debug, Clone, Default)]
pub struct LeavesOut {
    /// Directives, with all that they hold.
    pub directives: BTreeMap<String, Say>,
    /// Keys of directives and headings.
    pub attributes: BTreeMap<String, Say>,
    /// Keys of the front matter.
    pub front_matter: BTreeMap<String, Say>,
    /// Columns of directories: names of fields, roles or headers.
    pub columns: BTreeMap<String, Say>,
}

/// Fields that a layout prints.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutFields {
    /// Of the directory named by `per`, or the master list.
    #[serde(default)]
    pub per: Vec<String>,
    /// Of each directory of offices.
    #[serde(default)]
    pub offices: Vec<String>,
}

/// A layout as its `layout.toml` declares it.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Its name: the folder under `layouts/`.
    pub name: String,
    /// What it makes.
    pub kind: LayoutKind,
    /// Its title.
    pub title: Say,
    /// What it is for, in a sentence.
    pub summary: Say,
    /// Its page.
    pub page: Page,
    /// The readers of another language that it has words for.
    pub readers: Vec<Reader>,
    /// Its options.
    pub options: BTreeMap<String, LayoutOption>,
    /// Fields that it cannot do without.
    pub needs: LayoutFields,
    /// Fields that it prints where the directory has them.
    pub uses: LayoutFields,
    /// What it reads of texts beside their words; none where it does not say.
    pub text: Option<TextForm>,
    /// Directives it knows.
    pub directives: BTreeMap<String, DirectiveForm>,
    /// Forms of attributes, by key; others are any words.
    pub attributes: BTreeMap<String, AttributeForm>,
    /// Attributes that stand only with another one.
    pub together: BTreeMap<String, String>,
    /// What steers it and is not printed.
    pub controls: Controls,
    /// What it leaves out on purpose.
    pub leaves_out: LeavesOut,
    /// Values of `template` in front matter that it knows; empty where it does not ask.
    pub templates: Vec<String>,
    /// Whether the project has it (or a part of it) in its own `layouts/`.
    pub shadowed: bool,
    /// Its `layout.toml`.
    pub source: Arc<Source>,
}
