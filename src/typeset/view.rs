//! What templates get to see of a job: the publication's values in the types of [`super::contract`].
//!
//! In: a job. Out: the text of `data.json` and the origins that its numbers (`"o"`) stand for. This is the one place
//! where sasshi's types meet templates.

mod cells;
mod language;
mod manifest;
mod phrases;
mod text;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::contract::{
    CONTRACT, ColophonData, ColourData, DateData, DirectoryData, FieldData, JobData, LineData, Named,
    PageData, ProjectData, PublicationData, RecordData, TypeData,
};
use super::pieces::At;
use super::qr;
use crate::check::checked::CheckedRecord;
use crate::merge::join::{DirectoryList, Entry};
use crate::merge::{Copy, Job, Publication};
use crate::model::edition::{Colours, Edition, Reader};
use crate::model::kana::{NameParts, Reading};
use crate::model::layout::{LayoutKind, OptionType};
use crate::model::meaning::{Meaning, Value};
use crate::model::origin::Origin;
use crate::model::piece::{CellPiece, CodePiece, Duty, PieceKind, Pieces};
use crate::model::role::Role;
use crate::model::schema::{Print, SchemaKind};
use crate::project::{Placed, Project};
use cells::{extension, names_people, short_name};

/// What a template gets, and what it is made of.
pub(super) struct View {
    /// `data.json`.
    pub data: String,
    /// The origin of each number `"o"`.
    pub origins: Vec<Origin>,
    /// Images the data names: paths within the project.
    pub images: BTreeSet<String>,
    /// What the pages must show of it.
    pub pieces: Pieces,
}

/// The view of `job`.
#[must_use]
pub(super) fn view(project: &Project, publication: &Publication, job: &Job) -> View {
    let mut viewer = Viewer {
        project,
        publication,
        job,
        origins: Vec::new(),
        images: BTreeSet::new(),
        pieces: Pieces { has_ruby_notation: publication.reader == Reader::JaEasy, ..Pieces::default() },
    };
    let data = viewer.data();
    let data = serde_json::to_string(&data).expect("the keys of the data are texts");
    viewer.name_options();
    viewer.name_manifest();
    let Viewer { origins, images, mut pieces, .. } = viewer;
    pieces.ends.resize(origins.len(), 0);
    View { data, origins, images, pieces }
}

struct Viewer<'a> {
    project: &'a Project,
    publication: &'a Publication,
    job: &'a Job,
    origins: Vec<Origin>,
    images: BTreeSet<String>,
    pieces: Pieces,
}

/// The data of a job. Origins get their numbers in the order of these calls.
impl<'a> Viewer<'a> {
    fn origin(&mut self, origin: Origin) -> usize {
        self.origins.push(origin);
        self.origins.len() - 1
    }

    /// Says that all numbers given since `origin` are inside it.
    fn close(&mut self, origin: usize) {
        self.pieces.ends.resize(self.origins.len(), 0);
        self.pieces.ends[origin] = self.origins.len();
    }

    fn data(&mut self) -> JobData<'a> {
        let (publication, plan, job) = (self.publication, &self.publication.plan, self.job);
        let project = self.project_data();
        let mut options = Named::default();
        for (key, option) in &plan.options {
            let value = match (option.kind, option.value.as_str()) {
                (OptionType::Image, Some(path)) => Cow::Owned(self.image("", path).into()),
                (OptionType::Text, Some(words)) => Cow::Owned(self.option_words(key, words).into()),
                _ => Cow::Borrowed(&option.value),
            };
            options.0.push((key.as_str(), value));
        }
        let one_each = self.duty_of_entries();
        let records = job.entries.iter().map(|entry| self.entry(entry, one_each)).collect();
        let directories = job.lists.iter().map(|list| (list.plan.name.as_str(), self.list(list))).collect();
        let chapters =
            job.chapters.iter().zip(1..).map(|(chapter, number)| self.chapter(number, chapter)).collect();
        JobData {
            contract: CONTRACT,
            project,
            parts: self.parts(),
            publication: PublicationData {
                name: &plan.name.value,
                title: self.said(&format!("publication.{}.title", plan.name.value), &plan.title),
                layout: &plan.layout.name,
                part: job.part.as_ref().map_or("", |part| part.name.as_str()),
                copy: if job.copy == Copy::Trainer { "trainer" } else { "" },
                combined: job.combined,
            },
            edition: publication.edition.name(),
            reader: publication.reader.name(),
            page: self.page(),
            palette: self.palette(),
            options,
            chapters,
            records,
            directories: Named(directories),
            directory_order: job.lists.iter().map(|list| list.plan.name.as_str()).collect(),
            line_ends: self.lines(),
        }
    }

    /// Names a line of the colophon as a piece of a booklet: no other paper has one.
    fn name_colophon(&mut self, line: &Placed, origin: usize) {
        if self.publication.plan.layout.kind == LayoutKind::Booklet {
            let kind = PieceKind::Option("colophon".to_owned());
            self.pieces.add_plain(At::origin(origin), kind, &line.value);
        }
    }

    /// Names the options that the manifest sets and the layout prints as pieces.
    fn name_options(&mut self) {
        let plan = &self.publication.plan;
        for (key, option) in &plan.options {
            let is_words = matches!(option.kind, OptionType::Text | OptionType::List);
            if let Some(set) = option.origin.clone()
                && is_words
                && !plan.layout.controls.options.contains(key)
            {
                let value = match option.value.as_str() {
                    Some(words) => self.option_words(key, words).into(),
                    None => option.value.clone(),
                };
                let origin = self.origin(set);
                self.close(origin);
                self.pieces.add_option(origin, key, &value);
            }
        }
    }

    fn project_data(&mut self) -> ProjectData<'a> {
        let project = self.project;
        let mut colophon = Vec::with_capacity(project.colophon.len());
        for entry in &project.colophon {
            let line = |line: &'a Placed| {
                let o = self.origin(line.origin.clone());
                self.name_colophon(line, o);
                LineData { v: Cow::Borrowed(line.value.as_str()), o }
            };
            colophon.push(ColophonData {
                label: &entry.label.value,
                lines: entry.lines.iter().map(line).collect(),
            });
        }
        ProjectData {
            title: self.said("title", &project.title),
            municipality: self.said("municipality", &project.municipality),
            unit: project.unit.ja(),
            language: &project.language,
            notice: self.said("notice", &project.notice),
            as_of: self.said("as-of", &project.as_of),
            date: DateData { iso: project.date.to_string(), ja: project.date.japanese() },
            publisher: &project.publisher,
            colophon,
        }
    }

    fn page(&self) -> PageData {
        let page = self.publication.plan.layout.page;
        let bleed = match self.publication.edition.pages() {
            Edition::Press | Edition::Imposed => page.bleed.to_mm(),
            Edition::Screen
            | Edition::Office
            | Edition::Office2up
            | Edition::Office4up
            | Edition::OfficeBooklet => 0.0,
        };
        PageData { width: page.width.to_mm(), height: page.height.to_mm(), bleed, binding: page.binding }
    }

    fn palette(&self) -> Named<'a, ColourData<'a>> {
        let black = self.publication.reader.colours() == Colours::Black;
        let printed = self.project.palette.in_colours(self.publication.reader.colours());
        let colours = self.project.palette.colours.iter().zip(&printed.colours).map(|(colour, printed)| {
            let [c, m, y, k] = printed.inks;
            let screen = if black {
                Cow::Owned(printed.screen_text.clone())
            } else {
                Cow::Borrowed(colour.screen_text.as_str())
            };
            (colour.name.as_str(), ColourData { c, m, y, k, screen })
        });
        Named(colours.collect())
    }

    /// The path under which the engine finds an image, and the permission to read it.
    fn image(&mut self, path: &str, target: &str) -> String {
        let Some(found) = self.publication.images.path(path, target) else { return String::new() };
        self.images.insert(found.to_owned());
        format!("/project/{found}")
    }
}

/// The data of directories.
impl<'a> Viewer<'a> {
    fn list(&mut self, list: &'a DirectoryList) -> DirectoryData<'a> {
        // a sheet of one record need not show the lists
        let duty = match self.publication.plan.layout.kind {
            LayoutKind::PerRecord => Duty::SomeFile,
            LayoutKind::Booklet | LayoutKind::Handout | LayoutKind::List | LayoutKind::Labels => {
                self.duty_of_entries()
            }
        };
        let said = |key: &str, own: &'a str| self.said(&format!("directory.{}.{key}", list.plan.name), own);
        DirectoryData {
            title: said("title", &list.plan.title),
            help: said("help", &list.plan.help),
            short_help: said("short-help", &list.plan.short_help),
            icon: &list.plan.icon,
            people: list.entries.first().is_some_and(|entry| names_people(&entry.record)),
            records: list.entries.iter().map(|entry| self.entry(entry, duty)).collect(),
        }
    }

    fn entry(&mut self, entry: &'a Entry, duty: Duty) -> RecordData<'a> {
        let mut record = self.record(&entry.record, Some(duty));
        for (name, records) in entry.joined.iter() {
            let records = records.iter().map(|record| self.record(record, Some(duty))).collect();
            record.joined.0.push((name, records));
        }
        // what a template may want to know of the ward is no piece of its own: the ward's row is
        record.ward = entry.ward.as_ref().map(|ward| self.record(ward, None).fields);
        record
    }

    /// The data of a record; with a `duty` its cells are pieces.
    fn record(&mut self, record: &'a CheckedRecord, duty: Option<Duty>) -> RecordData<'a> {
        let columns = record.directory().columns();
        let mut fields = Vec::with_capacity(columns.len());
        let short = short_name(record);
        let extension = extension(record);
        for (index, column) in columns.iter().enumerate() {
            // the shorter name stands in the place of the name, and is a piece there
            let (shown, is_piece) = match &short {
                Some(short) if short.name == index => (short.short, true),
                Some(short) if short.short == index => (index, false),
                // its reading goes with the name that it is of
                Some(_) if record.directory().role(Role::Reading) == Some(index) => continue,
                _ => (index, true),
            };
            let origin = self.origin(record.origin(shown));
            let mut field = self.field(record.value(shown), origin);
            if column.field.as_ref().is_some_and(|field| field.print == Print::AsWritten) {
                field.v = Cow::Borrowed(field.w.trim());
                // a number that is parted by the plan is not printed as written
                if let Some(TypeData::Phone { groups, .. }) = &mut field.by_type {
                    *groups = None;
                }
            }
            // an extension in a column of its own is printed with the number, and is a piece there
            let is_behind = extension.is_some_and(|behind| behind.column == index);
            if let Some(behind) = extension.filter(|behind| behind.phone == index) {
                behind.join(&mut field);
            }
            self.for_reader(record, shown, &mut field);
            if let Some(duty) = duty.filter(|_| is_piece && !is_behind) {
                self.name_cell(record, shown, &field, duty);
            }
            fields.push((column.name(), field));
        }
        // layouts ask for what plays a role by the name of the role
        for (name, column) in record.directory().names_of_roles() {
            if let Some((_, field)) = fields.iter().find(|(known, _)| *known == column.name()) {
                let field = field.clone();
                fields.push((name, field));
            }
        }
        let origin = self.origin(record.origin(0));
        RecordData {
            key: record.key(),
            o: origin,
            fields: Named(fields),
            joined: Named::default(),
            ward: None,
        }
    }

    /// Names a cell as a piece, unless the layout says that it leaves out its column.
    fn name_cell(&mut self, record: &CheckedRecord, column: usize, field: &FieldData<'_>, duty: Duty) {
        let directory = record.directory();
        let plan = &self.publication.plan;
        let layout = &plan.layout;
        let is_called = |name: &String| directory.asked(name) == Some(column);
        // of units all is printed that they have, of offices what the layout cannot do without
        let (needs, uses): (&[String], &[String]) = match directory.schema().kind {
            SchemaKind::Ward => (&layout.needs.per, &layout.uses.per),
            SchemaKind::Facility => (&layout.needs.offices, &[]),
            SchemaKind::Town | SchemaKind::Table => (&[], &[]),
        };
        let promised = needs.iter().chain(uses).any(is_called);
        // the master list names the units of a list; elsewhere what is not asked for is only at hand
        let is_shown = plan.shown().any(|shown| shown == directory.name())
            || (layout.kind == LayoutKind::List && directory.naming() == Some(column));
        // what joins and orders the rows is seen by where they stand
        let places = [Role::Joins, Role::Order].iter().any(|role| directory.role(*role) == Some(column));
        let is_left_out = || {
            let header = &directory.columns()[column].header;
            layout.leaves_out.columns.keys().any(is_called)
                || plan.leaves_out.iter().any(|left| left.value == "*" || left.value == *header)
        };
        if !is_shown || places || (!promised && is_left_out()) {
            return;
        }
        let duty = if promised { duty } else { Duty::SomeFile };
        let cell = CellPiece { directory: directory.name().to_owned(), column, record: record.index(), duty };
        let written = record.written(column);
        if field.v.trim().is_empty() && !written.trim().is_empty() {
            // a cell that holds something and prints nothing is lost, whatever the rules said of it
            self.pieces.add_plain(At::origin(field.o), PieceKind::Cell(cell), written.trim());
        } else {
            self.pieces.add_cell(field, PieceKind::Cell(cell));
        }
    }

    /// Where the cells of a job's own records must land.
    fn duty_of_entries(&self) -> Duty {
        match self.publication.plan.layout.kind {
            LayoutKind::PerRecord | LayoutKind::List | LayoutKind::Labels => Duty::EachFile,
            LayoutKind::Booklet | LayoutKind::Handout => Duty::SomeFile,
        }
    }

    fn field(&mut self, value: Value<'a>, origin: usize) -> FieldData<'a> {
        let text = value.text();
        let by_type = match value.meaning {
            Meaning::Phone(phone) => {
                let tel = phone.tel();
                let qr = qr::modules(&tel);
                if let Some(modules) = &qr {
                    let code = CodePiece { origin, modules: modules.rows.concat() };
                    self.pieces.codes.push(code);
                }
                let extension = phone.extension().map(str::to_owned);
                Some(TypeData::Phone { groups: Some(phone.groups().to_vec()), extension, tel, qr })
            }
            Meaning::Address(address, postal) => Some(TypeData::Address {
                place: address.place(&self.project.municipality),
                short: address.behind_code(&address.short),
                building: address.building.clone(),
                postal: postal.as_deref().map(|(code, place)| {
                    let o = self.origin(place.clone());
                    LineData { v: Cow::Borrowed(code.as_str()), o }
                }),
            }),
            Meaning::Kana(reading) => {
                let (stem, suffix) = (reading.stem.kana.clone(), reading.suffix.kana.clone());
                Some(TypeData::Reading { stem, suffix })
            }
            Meaning::Text(text) => {
                let NameParts { stem, suffix } = Reading::part_name(text);
                Some(TypeData::Reading { stem: stem.to_owned(), suffix: suffix.to_owned() })
            }
            Meaning::Date(date) => Some(TypeData::Date { iso: date.to_string() }),
            Meaning::Empty | Meaning::Ward(_) | Meaning::Code(_) | Meaning::Postal(_) => None,
        };
        FieldData { v: Cow::Owned(text), w: value.written, o: origin, by_type, en: None, ruby: None }
    }
}
