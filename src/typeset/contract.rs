//! The data contract as types: what templates read from `data.json` (`layouts/shared/README.md` is its documentation).
//!
//! In: [`super::view`] fills these. Out: their JSON. They borrow the texts of the publication, so that a sheet costs no
//! copy of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value as Json;

use super::qr::Modules;
use crate::model::layout::Binding;

/// An object whose keys are known at run time only, in the order given.
pub(super) struct Named<'a, T>(pub Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl<T> Default for Named<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Where lines may end.
#[derive(Default, Serialize)]
pub(super) struct LineEnds<'a> {
    /// For each string how wide a column keeps its characters together, in ems.
    pub phrases: BTreeMap<&'a str, Vec<u8>>,
    /// For each string of a paragraph the bytes before which no line begins, however wide its column is.
    pub unbroken: BTreeMap<&'a str, Vec<usize>>,
}

/// The number of the contract: it grows when a template of before reads something else than it did.
pub(super) const CONTRACT: u32 = 2;

/// All that a template reads.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct JobData<'a> {
    pub contract: u32,
    pub project: ProjectData<'a>,
    pub parts: Vec<PartData<'a>>,
    pub publication: PublicationData<'a>,
    pub edition: &'a str,
    pub reader: &'a str,
    pub page: PageData,
    pub palette: Named<'a, ColourData<'a>>,
    pub options: Named<'a, Cow<'a, Json>>,
    pub chapters: Vec<ChapterData<'a>>,
    pub records: Vec<RecordData<'a>>,
    pub directories: Named<'a, DirectoryData<'a>>,
    pub directory_order: Vec<&'a str>,
    #[serde(flatten)]
    pub line_ends: LineEnds<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct ProjectData<'a> {
    pub title: Cow<'a, str>,
    pub municipality: Cow<'a, str>,
    pub unit: &'a str,
    pub language: &'a str,
    pub notice: Cow<'a, str>,
    pub as_of: Cow<'a, str>,
    pub date: DateData,
    pub publisher: &'a [String],
    pub colophon: Vec<ColophonData<'a>>,
}

#[derive(Serialize)]
pub(super) struct DateData {
    pub iso: String,
    pub ja: String,
}

#[derive(Serialize)]
pub(super) struct ColophonData<'a> {
    pub label: &'a str,
    pub lines: Vec<LineData<'a>>,
}

/// A text with the number of its origin.
#[derive(Clone, Serialize)]
pub(super) struct LineData<'a> {
    pub v: Cow<'a, str>,
    pub o: usize,
}

#[derive(Serialize)]
pub(super) struct PublicationData<'a> {
    pub name: &'a str,
    pub title: Cow<'a, str>,
    pub layout: &'a str,
    pub part: &'a str,
    pub copy: &'static str,
    pub combined: bool,
}

/// Lengths in millimetres.
#[derive(Serialize)]
pub(super) struct PageData {
    pub width: f64,
    pub height: f64,
    pub bleed: f64,
    pub binding: Binding,
}

/// Inks in per cent, and the colour that screens show.
#[derive(Serialize)]
pub(super) struct ColourData<'a> {
    pub c: f64,
    pub m: f64,
    pub y: f64,
    pub k: f64,
    pub screen: Cow<'a, str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct DirectoryData<'a> {
    pub title: Cow<'a, str>,
    pub help: Cow<'a, str>,
    pub short_help: Cow<'a, str>,
    pub icon: &'a str,
    /// Whether its records are people.
    pub people: bool,
    pub records: Vec<RecordData<'a>>,
}

#[derive(Serialize)]
pub(super) struct RecordData<'a> {
    pub key: String,
    pub o: usize,
    pub fields: Named<'a, FieldData<'a>>,
    pub joined: Named<'a, Vec<RecordData<'a>>>,
    pub ward: Option<Named<'a, FieldData<'a>>>,
}

#[derive(Clone, Serialize)]
pub(super) struct FieldData<'a> {
    /// The text to print.
    pub v: Cow<'a, str>,
    /// As written.
    pub w: &'a str,
    pub o: usize,
    #[serde(flatten)]
    pub by_type: Option<TypeData<'a>>,
    /// In English or Latin letters, for readers of English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
    /// With kana above kanji, for readers of やさしい日本語.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ruby: Option<RubyData>,
}

/// The words of a field in the notation of ruby, `{漢字|かんじ}`.
#[derive(Clone, Serialize)]
pub(super) struct RubyData {
    pub v: String,
    /// Of an address: with the city, without it, and what stands in the building's line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub building: Option<String>,
}

/// A part of the text as templates get it.
#[derive(Serialize)]
pub(super) struct PartData<'a> {
    pub name: &'a str,
    pub title: Cow<'a, str>,
    pub subtitle: Cow<'a, str>,
}

/// What a field has by the type of its column.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum TypeData<'a> {
    Phone {
        /// None where the number is printed as written: the plan does not part it then.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<String>>,
        /// The extension behind the number.
        #[serde(skip_serializing_if = "Option::is_none")]
        extension: Option<String>,
        tel: String,
        qr: Option<Modules>,
    },
    Address {
        place: String,
        short: String,
        building: String,
        postal: Option<LineData<'a>>,
    },
    Reading {
        stem: String,
        suffix: String,
    },
    Date {
        iso: String,
    },
}

#[derive(Serialize)]
pub(super) struct ChapterData<'a> {
    pub file: &'a str,
    pub stem: &'a str,
    pub number: usize,
    pub meta: Named<'a, Cow<'a, Json>>,
    pub o: usize,
    pub body: Vec<BlockData<'a>>,
    pub footnotes: Vec<FootnoteData<'a>>,
}

#[derive(Serialize)]
pub(super) struct FootnoteData<'a> {
    pub n: u32,
    pub o: usize,
    pub body: Vec<BlockData<'a>>,
}

/// Attributes of a directive or heading.
pub(super) type Attributes<'a> = Named<'a, Cow<'a, str>>;

#[derive(Serialize)]
#[serde(tag = "k")]
pub(super) enum BlockData<'a> {
    #[serde(rename = "p")]
    Paragraph { o: usize, body: Vec<InlineData<'a>> },
    #[serde(rename = "h")]
    Heading { o: usize, level: u8, id: Option<&'a str>, attrs: Attributes<'a>, body: Vec<InlineData<'a>> },
    #[serde(rename = "ul")]
    Bullets { o: usize, items: Vec<Vec<BlockData<'a>>> },
    #[serde(rename = "ol")]
    Numbers { o: usize, start: usize, items: Vec<Vec<BlockData<'a>>> },
    #[serde(rename = "quote")]
    Quote { o: usize, body: Vec<BlockData<'a>> },
    #[serde(rename = "table")]
    Table {
        o: usize,
        align: &'a [&'static str],
        head: Vec<Vec<InlineData<'a>>>,
        rows: Vec<Vec<Vec<InlineData<'a>>>>,
    },
    #[serde(rename = "dl")]
    Descriptions { o: usize, items: Vec<DescriptionData<'a>> },
    #[serde(rename = "img")]
    Image { o: usize, src: String, alt: &'a str, title: &'a str },
    #[serde(rename = "rule")]
    Rule { o: usize },
    #[serde(rename = "code")]
    Code { o: usize, text: &'a str },
    #[serde(rename = "d")]
    Directive {
        o: usize,
        name: &'a str,
        id: Option<&'a str>,
        attrs: Attributes<'a>,
        /// What stands before the first heading.
        lead: Vec<BlockData<'a>>,
        /// A heading each, with what stands below it.
        items: Vec<ItemData<'a>>,
        rows: Vec<RecordData<'a>>,
    },
}

#[derive(Serialize)]
pub(super) struct DescriptionData<'a> {
    pub term: Vec<InlineData<'a>>,
    pub body: Vec<BlockData<'a>>,
}

#[derive(Serialize)]
pub(super) struct ItemData<'a> {
    pub title: Vec<InlineData<'a>>,
    pub id: Option<&'a str>,
    pub attrs: Attributes<'a>,
    pub level: u8,
    pub o: usize,
    pub body: Vec<BlockData<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "k")]
pub(super) enum InlineData<'a> {
    #[serde(rename = "t")]
    Text { v: &'a str },
    #[serde(rename = "ruby")]
    Ruby { base: &'a str, reading: &'a str },
    #[serde(rename = "strong")]
    Strong { body: Vec<InlineData<'a>> },
    #[serde(rename = "em")]
    Emphasis { body: Vec<InlineData<'a>> },
    #[serde(rename = "code")]
    Code { v: &'a str },
    #[serde(rename = "br")]
    Break,
    #[serde(rename = "link")]
    Link { url: &'a str, live: bool, body: Vec<InlineData<'a>> },
    #[serde(rename = "ref")]
    Reference { id: &'a str, body: Vec<InlineData<'a>> },
    #[serde(rename = "fn")]
    FootnoteMark { n: u32 },
    #[serde(rename = "img")]
    Image { src: String, alt: &'a str },
}
