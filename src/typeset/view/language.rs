//! What a reader of another language is told in the place of the sources' words.
//!
//! In: the language of the publication's reader. Out: words of the manifest, options, and the further forms of cells.

use std::borrow::Cow;

use super::Viewer;
use crate::check::checked::CheckedRecord;
use crate::merge::language::Said;
use crate::model::edition::Reader;
use crate::typeset::contract::{FieldData, PartData, RubyData, TypeData};

impl<'a> Viewer<'a> {
    /// The words of the manifest at `place`, whose own are `own`.
    pub(super) fn said(&self, place: &str, own: &'a str) -> Cow<'a, str> {
        match &self.publication.language {
            Some(language) => Cow::Owned(language.said(place, own).into_owned()),
            None => Cow::Borrowed(own),
        }
    }

    /// The parts of the text.
    pub(super) fn parts(&self) -> Vec<PartData<'a>> {
        let part = |part: &'a crate::project::Part| PartData {
            name: &part.name,
            title: self.said(&format!("part.{}.title", part.name), &part.title),
            subtitle: self.said(&format!("part.{}.subtitle", part.name), &part.subtitle),
        };
        self.project.parts.iter().map(part).collect()
    }

    /// The words of an option: those of the manifest for the reader, then of the layout for it, then its value.
    pub(super) fn option_words(&self, key: &str, value: &str) -> String {
        let plan = &self.publication.plan;
        let Some(language) = &self.publication.language else { return value.to_owned() };
        let place = format!("layout.{}.{key}", plan.layout.name);
        if let Some(words) = language.words_at(&place) {
            return language.in_letters(&words.value).into_owned();
        }
        let is_set = plan.options.get(key).is_some_and(|option| option.origin.is_some());
        let of_layout =
            plan.layout.options.get(key).and_then(|option| option.readers.get(language.reader().name()));
        let words = of_layout.filter(|_| !is_set).map_or(value, String::as_str);
        language.in_letters(words).into_owned()
    }

    /// Words of a text that stand in an attribute or in front matter.
    pub(super) fn in_letters(&self, key: &str, words: &'a str) -> Cow<'a, str> {
        let controls = &self.publication.plan.layout.controls;
        let steers = ["alt", "image"].contains(&key)
            || controls.attributes.iter().chain(&controls.front_matter).any(|known| known == key);
        match &self.publication.language {
            Some(language) if !steers => Cow::Owned(language.in_letters(words).into_owned()),
            _ => Cow::Borrowed(words),
        }
    }

    /// Adds to the field of the cell in `column` what the reader is told.
    pub(super) fn for_reader(&self, record: &CheckedRecord, column: usize, field: &mut FieldData<'a>) {
        let Some(language) = &self.publication.language else { return };
        if let Some(Said::Words(words)) = language.english(record, column) {
            field.en = Some(words);
        }
        if language.reader() == Reader::JaEasy {
            let ruby = |words: &str| language.in_letters(words).into_owned();
            let mut data = RubyData { v: ruby(&field.v), place: None, short: None, building: None };
            if let Some(TypeData::Address { place, short, building, .. }) = &field.by_type {
                data.place = Some(ruby(place));
                data.short = Some(ruby(short));
                data.building = Some(ruby(building));
            }
            field.ruby = Some(data);
        }
    }
}
