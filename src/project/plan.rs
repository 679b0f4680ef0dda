//! What a manifest asks for, as types: directories, publications, the parts of the text.
//!
//! In: `project` makes them of the manifest's tables. Out: every stage reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::model::directory::Column;
use crate::model::edition::{Edition, Reader};
use crate::model::imposition::Order;
use crate::model::layout::{Layout, OptionType};
use crate::model::origin::Origin;
use crate::model::role::Role;
use crate::model::schema::{Field, Schema, SchemaKind};

use super::combined::Combined;
use super::table_form::TableForm;
use super::text::Placed;

/// A part of the text.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Part {
    /// Name in front matter and file names.
    pub name: String,
    /// As printed.
    pub title: String,
    /// The longer words.
    pub subtitle: String,
}

/// Lines of the colophon under one label.
#[derive(Debug, Clone)]
pub struct Colophon {
    /// 発行, 編集 …
    pub label: Placed,
    /// The lines.
    pub lines: Vec<Placed>,
}

/// A directory as the manifest asks for it.
#[derive(Debug, Clone)]
pub struct DirectoryPlan {
    /// Its name.
    pub name: String,
    /// File, folder or glob.
    pub source: Placed,
    /// How its files are read.
    pub form: TableForm,
    /// Its schema.
    pub schema: Arc<Schema>,
    /// Header of the column that joins to the units, if not the schema's.
    pub key: Option<String>,
    /// Whom its records are for.
    pub coverage: Coverage,
    /// Whether each ward must have a row.
    pub every_ward: bool,
    /// Headers of columns that may be empty.
    pub optional: Vec<Placed>,
    /// What its records are.
    pub title: String,
    /// When to call.
    pub help: String,
    /// The same, short.
    pub short_help: String,
    /// Icon.
    pub icon: String,
    /// What layouts of publications that show it ask for: names of fields and headers.
    pub asked: BTreeSet<String>,
}

/// Whom the records of a directory are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coverage {
    /// Each for the unit that its row names.
    #[default]
    ByUnit,
    /// All of them for the whole city.
    WholeCity,
}

impl DirectoryPlan {
    /// Whether each of its records is for the unit that its row names.
    #[must_use]
    pub fn joins_units(&self) -> bool {
        self.coverage == Coverage::ByUnit && self.schema.joins().is_some()
    }

    /// Whether its records are to be for single units, and no column of its schema says for which.
    #[must_use]
    pub fn lacks_units(&self) -> bool {
        let has_units =
            !matches!(self.schema.kind, SchemaKind::Ward | SchemaKind::Town) && !self.schema.is_unread;
        has_units && self.coverage == Coverage::ByUnit && self.schema.joins().is_none()
    }

    /// Whether its records are for the whole city, whatever units their rows name.
    #[must_use]
    pub fn is_for_whole_city(&self) -> bool {
        self.coverage == Coverage::WholeCity
    }

    /// Whether a column is of any use: a layout asks for it, rows are told and joined by it, or the schema says what must
    /// hold of it; the project's own schema says so of each that it has. Without a schema any may be, and without a layout
    /// any that the schema knows.
    #[must_use]
    pub fn uses(&self, column: &Column) -> bool {
        if self.schema.fields.is_empty() || self.asked.contains(&column.header) {
            return true;
        }
        let Some(field) = &column.field else { return false };
        let is_list = matches!(self.schema.kind, SchemaKind::Facility | SchemaKind::Table);
        !(is_list && self.schema.is_built_in) || self.asked.is_empty() || self.asks_for(field)
    }

    /// Whether a layout asks for a column of the schema, by its name or its role, or it is one that rules look at.
    fn asks_for(&self, field: &Field) -> bool {
        let is_it = |other: &Arc<Field>| other.name == field.name;
        let is_asked = |name: &String| self.schema.asked(name).as_ref().is_some_and(is_it);
        let has_rule = field.required
            || field.unique
            || !field.one_of.is_empty()
            || field.pattern.is_some()
            || field.refers_to.is_some();
        let has_place = self.schema.joins().is_some_and(is_it)
            || self.schema.naming().as_ref().is_some_and(is_it)
            || [Role::Order, Role::ShortName]
                .iter()
                .any(|role| self.schema.roles.get(*role).is_some_and(is_it));
        has_rule || has_place || self.asked.iter().any(is_asked)
    }

    /// Whether the column that is found as `name`, or under one of `headers`, may be empty or not there.
    #[must_use]
    pub fn is_optional(&self, name: &str, headers: &[String]) -> bool {
        self.optional.iter().any(|one| one.value == name || headers.contains(&one.value))
    }
}

/// What a publication has one file for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Per {
    /// One file in all.
    Whole,
    /// One for each record of a directory.
    Directory(String),
    /// One for each part of the text.
    Parts,
}

/// What the files of a publication are called.
#[derive(Debug, Clone)]
pub enum FileName {
    /// By a pattern of the manifest, or the one that is used without it.
    Pattern(Placed),
    /// A file for each record, by what is known of it (`merge::sheet_name`); the place is the publication's.
    OfRecord(Origin),
}

impl FileName {
    /// The place that messages about it point at.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Pattern(pattern) => &pattern.origin,
            Self::OfRecord(origin) => origin,
        }
    }
}

/// A publication as the manifest asks for it.
#[derive(Debug, Clone)]
pub struct PublicationPlan {
    /// Its name.
    pub name: Placed,
    /// Its title.
    pub title: String,
    /// Its layout.
    pub layout: Arc<Layout>,
    /// The layout's options with their values; images still as written.
    pub options: BTreeMap<String, OptionValue>,
    /// Whether some of them cannot be used: it is then not made.
    pub has_faulty_options: bool,
    /// Text files: paths and globs.
    pub text: Vec<Placed>,
    /// Directories, in order.
    pub directories: Vec<Placed>,
    /// One file for what.
    pub per: Per,
    /// Names of its files.
    pub file_name: FileName,
    /// Editions.
    pub editions: Vec<Edition>,
    /// Readers.
    pub readers: Vec<Reader>,
    /// Also all as one document, or several.
    pub combined: Combined,
    /// Headers of columns that it does not print on purpose.
    pub leaves_out: Vec<Placed>,
    /// Also a copy for trainers.
    pub trainer: bool,
    /// How its press sheets are made.
    pub imposition: Order,
    /// The number of pages it must have.
    pub pages: Option<(u32, Origin)>,
}

/// The value of an option and where it was set (none: the default).
#[derive(Debug, Clone)]
pub struct OptionValue {
    /// Its type.
    pub kind: OptionType,
    /// The value as templates get it.
    pub value: Json,
    /// Where it was set.
    pub origin: Option<Origin>,
}

impl PublicationPlan {
    /// The directories that it shows, the one of `per` first.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        let per = match &self.per {
            Per::Directory(name) => Some(name.as_str()),
            Per::Whole | Per::Parts => None,
        };
        per.into_iter().chain(self.directories.iter().map(|name| name.value.as_str()))
    }
}
