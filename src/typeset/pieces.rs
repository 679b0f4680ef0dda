//! The pieces of a job: what its pages must show of the data that the template is handed.
//!
//! In: texts and cells, as [`super::view`] comes to them. Out: [`Piece`]s, each with the ways in which it may be printed.

use super::contract::{FieldData, TypeData};
use crate::model::layout::Layout;
use crate::model::piece::{Piece, PieceKind, Pieces, Run};
use crate::model::readings::{self, RubyPart};
use crate::model::text::{Attribute, Inline, InlineKind, MetaEntry};

/// Attributes whose words are read aloud, not printed.
const ALT: &str = "alt";

/// Attributes that name a picture.
const IMAGE: &str = "image";

/// Where a piece stands: the number under which it is marked, and the number of the place that messages name.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    /// The number of its origin.
    pub origin: usize,
    /// The number of its place.
    pub place: usize,
}

impl At {
    /// A piece whose place is its origin.
    pub(super) fn origin(origin: usize) -> Self {
        Self { origin, place: origin }
    }
}

impl Pieces {
    /// Adds what is to be read of all `inlines`, in their order: a paragraph, or the cells of a table.
    pub(super) fn add_inlines<'a>(
        &mut self,
        origin: usize,
        kind: PieceKind,
        inlines: impl IntoIterator<Item = &'a Vec<Inline>>,
    ) {
        let mut runs = Vec::new();
        inlines.into_iter().for_each(|inlines| runs_of(inlines, &mut runs));
        self.add(At::origin(origin), kind, vec![runs]);
    }

    /// Adds plain words.
    pub(super) fn add_plain(&mut self, at: At, kind: PieceKind, words: &str) {
        let runs =
            if self.has_ruby_notation { runs_of_notation(words) } else { vec![Run::Words(words.to_owned())] };
        self.add(at, kind, vec![runs]);
    }

    /// Adds words of which one of several ways to say them must be printed.
    pub(super) fn add_one_of(&mut self, at: At, kind: PieceKind, ways: &[&str]) {
        let has_notation = self.has_ruby_notation;
        let runs = |words: &&str| match has_notation {
            true => runs_of_notation(words),
            false => vec![Run::Words((*words).to_owned())],
        };
        self.add(at, kind, ways.iter().map(runs).collect());
    }

    /// Adds a picture; none if it is not there, which was said.
    pub(super) fn add_picture(&mut self, at: At, path: &str) {
        if !path.is_empty() {
            let At { origin, place } = at;
            let kind = PieceKind::Picture(path.to_owned());
            self.list.push(Piece { origin, place, kind, forms: Vec::new() });
        }
    }

    /// Adds the value of an attribute, if `layout` prints it.
    pub(super) fn add_attribute(&mut self, at: At, attribute: &Attribute, layout: &Layout) {
        let Attribute { key, value, .. } = attribute;
        let is_printed =
            !layout.controls.attributes.contains(key) && !layout.leaves_out.attributes.contains_key(key);
        if key != ALT && key != IMAGE && is_printed {
            self.add_plain(at, PieceKind::Attribute(key.clone()), value);
        }
    }

    /// Adds the words of an entry of the front matter, if `layout` prints it.
    pub(super) fn add_front_matter(&mut self, at: At, entry: &MetaEntry, layout: &Layout) {
        let MetaEntry { key, value, .. } = entry;
        let is_printed =
            !layout.controls.front_matter.contains(key) && !layout.leaves_out.front_matter.contains_key(key);
        if key != IMAGE && is_printed {
            let kind = PieceKind::FrontMatter(key.clone());
            for words in strings(value) {
                self.add_plain(at, kind.clone(), words);
            }
        }
    }

    /// Adds the words of an option that the manifest sets.
    pub(super) fn add_option(&mut self, origin: usize, key: &str, value: &serde_json::Value) {
        let kind = PieceKind::Option(key.to_owned());
        let at = At::origin(origin);
        for words in strings(value) {
            self.add_plain(at, kind.clone(), words);
        }
    }

    /// Adds a cell.
    pub(super) fn add_cell(&mut self, field: &FieldData<'_>, kind: PieceKind) {
        self.add(At::origin(field.o), kind, forms_of(field));
    }

    /// Adds a piece, unless there is nothing to be read of it.
    fn add(&mut self, at: At, kind: PieceKind, mut forms: Vec<Vec<Run>>) {
        for form in &mut forms {
            form.retain(|run| !run.words().trim().is_empty());
        }
        forms.retain(|form| !form.is_empty());
        if !forms.is_empty() {
            let At { origin, place } = at;
            self.list.push(Piece { origin, place, kind, forms });
        }
    }
}

/// Words in the notation of ruby.
fn runs_of_notation(words: &str) -> Vec<Run> {
    let run = |part| match part {
        RubyPart::Plain(words) => Run::Words(words),
        RubyPart::Ruby { base, reading } => Run::Ruby { base, reading },
    };
    readings::read(words).into_iter().map(run).collect()
}

fn runs_of(inlines: &[Inline], runs: &mut Vec<Run>) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => runs.push(Run::Words(words.clone())),
            InlineKind::Ruby(pairs) => {
                let ruby = |(base, reading): &(String, String)| Run::Ruby {
                    base: base.clone(),
                    reading: reading.clone(),
                };
                runs.extend(pairs.iter().map(ruby));
            }
            InlineKind::Strong(body)
            | InlineKind::Emphasis(body)
            | InlineKind::Link { body, .. }
            | InlineKind::Reference { body, .. } => runs_of(body, runs),
            // what a mark of a note looks like is the layout's choice; a picture is a piece of its own
            InlineKind::Break | InlineKind::FootnoteMark(_) | InlineKind::Image(_) => {}
        }
    }
}

/// The words in a value of TOML: numbers and flags steer, words are read.
fn strings(value: &serde_json::Value) -> Vec<&str> {
    match value {
        serde_json::Value::String(words) => vec![words],
        serde_json::Value::Array(values) => values.iter().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

/// The ways in which a cell may be printed: whole, or in the parts that templates get of it.
fn forms_of(field: &FieldData<'_>) -> Vec<Vec<Run>> {
    let runs = |parts: &[&str]| parts.iter().map(|part| Run::Words((*part).to_owned())).collect::<Vec<_>>();
    let mut forms = vec![runs(&[&field.v])];
    match &field.by_type {
        Some(TypeData::Phone { groups: Some(groups), extension, .. }) => {
            let parts = groups.iter().map(String::as_str).chain(extension.as_deref());
            forms = vec![runs(&parts.collect::<Vec<_>>())];
            // where the extension stands in the same letters as the number, with its word
            if extension.is_some() {
                forms.push(runs(&[&field.v]));
            }
        }
        Some(TypeData::Address { place, short, building, .. }) => {
            forms.push(runs(&[place, building]));
            forms.push(runs(&[short, building]));
        }
        Some(TypeData::Reading { stem, suffix }) => forms.push(runs(&[stem, suffix])),
        Some(TypeData::Phone { groups: None, .. } | TypeData::Date { .. }) | None => {}
    }
    if let Some(en) = &field.en {
        forms.push(match &field.by_type {
            Some(TypeData::Address { building, .. }) => runs(&[en, building]),
            _ => runs(&[en]),
        });
    }
    if let Some(ruby) = &field.ruby {
        let with_building = |words: &Option<String>| {
            let building = ruby.building.as_deref().unwrap_or_default();
            words.as_ref().map(|words| [runs_of_notation(words), runs_of_notation(building)].concat())
        };
        forms.push(runs_of_notation(&ruby.v));
        forms.extend([&ruby.place, &ruby.short].into_iter().filter_map(with_building));
    }
    forms
}
