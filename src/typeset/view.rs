//! What templates get to see of a job: the publication's values in the types of [`super::contract`].
//!
//! In: a job. Out: the text of `data.json` and the origins that its numbers (`"o"`) stand for. This is the one place
//! where sasshi's types meet templates.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::contract::{
    Attributes, BlockData, CONTRACT, ChapterData, ColophonData, ColourData, DateData, DescriptionData,
    DirectoryData, FieldData, FootnoteData, InlineData, ItemData, JobData, LineData, Named, PageData,
    ProjectData, PublicationData, RecordData, TypeData,
};
use super::pieces::At;
use super::qr;
use crate::check::checked::CheckedRecord;
use crate::merge::join::{DirectoryList, Entry};
use crate::merge::{Copy, Job, Publication};
use crate::model::edition::Edition;
use crate::model::kana::Reading;
use crate::model::layout::{LayoutKind, OptionType};
use crate::model::meaning::{Meaning, Value};
use crate::model::origin::Origin;
use crate::model::piece::{CellPiece, CodePiece, Duty, PieceKind, Pieces};
use crate::model::role::Role;
use crate::model::schema::{Print, SchemaKind};
use crate::model::text::{Attribute, Block, BlockKind, Chapter, Directive, Heading, Inline, InlineKind};
use crate::project::{Placed, Project};

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
        pieces: Pieces::default(),
    };
    let data = viewer.data();
    let data = serde_json::to_string(&data).expect("the keys of the data are texts");
    viewer.name_options();
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
            parts: &self.project.parts,
            publication: PublicationData {
                name: &plan.name.value,
                title: &plan.title,
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
                let origin = self.origin(set);
                self.close(origin);
                self.pieces.add_option(origin, key, &option.value);
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
            title: &project.title,
            municipality: &project.municipality,
            unit: project.unit.ja(),
            language: &project.language,
            notice: &project.notice,
            as_of: &project.as_of,
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
        let colours = self.project.palette.colours.iter().map(|colour| {
            let [c, m, y, k] = colour.inks;
            (colour.name.as_str(), ColourData { c, m, y, k, screen: &colour.screen_text })
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

/// The columns of a name and of the shorter one that is printed in its place.
struct ShortName {
    name: usize,
    short: usize,
}

/// Where a record has a shorter name.
fn short_name(record: &CheckedRecord) -> Option<ShortName> {
    let directory = record.directory();
    let (name, short) = (directory.role(Role::Name)?, directory.role(Role::ShortName)?);
    let is_filled = !record.written(short).trim().is_empty();
    is_filled.then_some(ShortName { name, short })
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
        DirectoryData {
            title: &list.plan.title,
            help: &list.plan.help,
            short_help: &list.plan.short_help,
            icon: &list.plan.icon,
            records: list.entries.iter().map(|entry| self.entry(entry, duty)).collect(),
        }
    }

    fn entry(&mut self, entry: &'a Entry, duty: Duty) -> RecordData<'a> {
        let mut record = self.record(&entry.record, Some(duty));
        for (name, records) in &entry.joined {
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
        for (index, column) in columns.iter().enumerate() {
            // the shorter name stands in the place of the name, and is a piece there
            let (shown, is_piece) = match &short {
                Some(short) if short.name == index => (short.short, true),
                Some(short) if short.short == index => (index, false),
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
            if let Some(duty) = duty.filter(|_| is_piece) {
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
        self.pieces.add_cell(field, PieceKind::Cell(cell));
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
                short: address.short.clone(),
                building: address.building.clone(),
                postal: postal.as_ref().map(|(code, place)| {
                    let o = self.origin(place.clone());
                    LineData { v: Cow::Borrowed(code.as_str()), o }
                }),
            }),
            Meaning::Kana(reading) => {
                Some(TypeData::Reading { stem: reading.stem.1.clone(), suffix: reading.suffix.1.clone() })
            }
            Meaning::Text(text) => {
                let (stem, suffix) = Reading::part_name(text);
                Some(TypeData::Reading { stem: stem.to_owned(), suffix: suffix.to_owned() })
            }
            Meaning::Date(date) => Some(TypeData::Date { iso: date.to_string() }),
            Meaning::Empty | Meaning::Ward(_) | Meaning::Code(_) | Meaning::Postal(_) => None,
        };
        FieldData { v: Cow::Owned(text), w: value.written, o: origin, by_type }
    }
}

/// The data of texts.
impl<'a> Viewer<'a> {
    fn chapter(&mut self, number: usize, chapter: &'a Chapter) -> ChapterData<'a> {
        let path = chapter.source.path.as_str();
        let mut meta = Named::default();
        for entry in &chapter.meta {
            let value = match (entry.key.as_str(), entry.value.as_str()) {
                ("image", Some(target)) => Cow::Owned(self.image(path, target).into()),
                _ => Cow::Borrowed(&entry.value),
            };
            meta.0.push((entry.key.as_str(), value));
        }
        let place = chapter.meta.first().map(|entry| entry.origin.clone());
        let origin = self.origin(place.unwrap_or_else(|| Origin::file(&chapter.source)));
        for entry in &chapter.meta {
            let at = At { origin, place: self.origin(entry.origin.clone()) };
            self.pieces.add_front_matter(at, entry, &self.publication.plan.layout);
        }
        let body = self.blocks(path, &chapter.body);
        let footnotes = chapter
            .footnotes
            .iter()
            .map(|note| {
                let origin = self.origin(note.origin.clone());
                let body = self.blocks(path, &note.body);
                self.close(origin);
                FootnoteData { n: note.number, o: origin, body }
            })
            .collect();
        self.close(origin);
        ChapterData { file: path, stem: &chapter.stem, number, meta, o: origin, body, footnotes }
    }

    fn blocks(&mut self, path: &str, blocks: &'a [Block]) -> Vec<BlockData<'a>> {
        blocks.iter().map(|block| self.block(path, block)).collect()
    }

    fn block(&mut self, path: &str, block: &'a Block) -> BlockData<'a> {
        let o = self.origin(block.origin.clone());
        let known = self.pieces.list.len();
        let data = self.block_data(path, block, o);
        if let BlockKind::Directive(directive) = &block.kind
            && self.publication.plan.layout.leaves_out.directives.contains_key(&directive.name)
        {
            self.pieces.list.truncate(known);
        }
        self.close(o);
        data
    }

    /// Names the block's own words as pieces; the blocks in it name theirs.
    fn name_words(&mut self, path: &str, block: &'a Block, o: usize) {
        match &block.kind {
            BlockKind::Paragraph(body) => self.pieces.add_inlines(o, PieceKind::Words, [body]),
            BlockKind::Heading(heading) => {
                self.pieces.add_inlines(o, PieceKind::Words, [&heading.body]);
                self.name_attributes(&heading.attributes, o);
            }
            BlockKind::Table { head, rows, .. } => {
                self.pieces.add_inlines(o, PieceKind::Words, head.iter().chain(rows.iter().flatten()));
            }
            BlockKind::Descriptions(items) => {
                self.pieces.add_inlines(o, PieceKind::Words, items.iter().map(|item| &item.term));
            }
            BlockKind::Image(image) => {
                self.name_picture(path, &image.target, o);
                let kind = PieceKind::Attribute("title".to_owned());
                self.pieces.add_plain(At::origin(o), kind, &image.title);
            }
            BlockKind::Code(text) => self.pieces.add_plain(At::origin(o), PieceKind::Words, text),
            BlockKind::Directive(directive) => self.name_attributes(&directive.attributes, o),
            BlockKind::List { .. } | BlockKind::Quote(_) | BlockKind::Rule => {}
        }
    }

    /// Names the attributes of the directive or heading at `o` as pieces.
    fn name_attributes(&mut self, attributes: &'a [Attribute], o: usize) {
        for attribute in attributes {
            let at = At { origin: o, place: self.origin(attribute.origin.clone()) };
            self.pieces.add_attribute(at, attribute, &self.publication.plan.layout);
        }
    }

    /// Names a picture of the text as a piece.
    fn name_picture(&mut self, path: &str, target: &str, o: usize) {
        let found = self.publication.images.path(path, target).unwrap_or_default();
        self.pieces.add_picture(At::origin(o), found);
    }

    fn block_data(&mut self, path: &str, block: &'a Block, o: usize) -> BlockData<'a> {
        self.name_words(path, block, o);
        match &block.kind {
            BlockKind::Paragraph(body) => BlockData::Paragraph { o, body: self.inlines(path, body) },
            BlockKind::Heading(heading) => BlockData::Heading {
                o,
                level: heading.level,
                id: heading.id.as_deref(),
                attrs: self.attributes(path, &heading.attributes, o),
                body: self.inlines(path, &heading.body),
            },
            BlockKind::List { start, items } => {
                let items = items.iter().map(|item| self.blocks(path, item)).collect();
                match *start {
                    Some(start) => BlockData::Numbers { o, start, items },
                    None => BlockData::Bullets { o, items },
                }
            }
            BlockKind::Quote(body) => BlockData::Quote { o, body: self.blocks(path, body) },
            BlockKind::Table { align, head, rows } => BlockData::Table {
                o,
                align,
                head: self.cells(path, head),
                rows: rows.iter().map(|row| self.cells(path, row)).collect(),
            },
            BlockKind::Descriptions(items) => {
                let items = items.iter().map(|item| DescriptionData {
                    term: self.inlines(path, &item.term),
                    body: self.blocks(path, &item.body),
                });
                BlockData::Descriptions { o, items: items.collect() }
            }
            BlockKind::Image(image) => BlockData::Image {
                o,
                src: self.image(path, &image.target),
                alt: &image.alt,
                title: &image.title,
            },
            BlockKind::Rule => BlockData::Rule { o },
            BlockKind::Code(text) => BlockData::Code { o, text },
            BlockKind::Directive(directive) => self.directive(path, directive, o),
        }
    }

    fn cells(&mut self, path: &str, row: &'a [Vec<Inline>]) -> Vec<Vec<InlineData<'a>>> {
        row.iter().map(|cell| self.inlines(path, cell)).collect()
    }

    /// A directive in two parts: what stands before its first heading, and an item for each heading.
    fn directive(&mut self, path: &str, directive: &'a Directive, o: usize) -> BlockData<'a> {
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        let first = directive.body.iter().position(is_heading).unwrap_or(directive.body.len());
        let (lead, rest) = directive.body.split_at(first);
        let mut items = Vec::new();
        for part in rest.chunk_by(|_, next| !is_heading(next)) {
            let [head, body @ ..] = part else { continue };
            let BlockKind::Heading(heading) = &head.kind else { continue };
            items.push(self.item(path, head, heading, body));
        }
        let name = directive.attributes.iter().find(|attribute| attribute.key == "name");
        let list = name.and_then(|name| self.job.lists.iter().find(|list| list.plan.name == name.value));
        let entries = list.map(|list| list.entries.as_slice()).unwrap_or_default();
        let rows = entries.iter().map(|entry| self.entry(entry, Duty::SomeFile)).collect();
        let attrs = self.attributes(path, &directive.attributes, o);
        let lead = self.blocks(path, lead);
        BlockData::Directive {
            o,
            name: &directive.name,
            id: directive.id.as_deref(),
            attrs,
            lead,
            items,
            rows,
        }
    }

    fn item(&mut self, path: &str, head: &Block, heading: &'a Heading, body: &'a [Block]) -> ItemData<'a> {
        let o = self.origin(head.origin.clone());
        self.pieces.add_inlines(o, PieceKind::Title, [&heading.body]);
        self.name_attributes(&heading.attributes, o);
        let item = ItemData {
            title: self.inlines(path, &heading.body),
            id: heading.id.as_deref(),
            attrs: self.attributes(path, &heading.attributes, o),
            level: heading.level,
            o,
            body: self.blocks(path, body),
        };
        self.close(o);
        item
    }

    fn attributes(&mut self, path: &str, attributes: &'a [Attribute], o: usize) -> Attributes<'a> {
        let mut value = |attribute: &'a Attribute| match attribute.key.as_str() {
            "image" => {
                if !self.publication.plan.layout.leaves_out.attributes.contains_key("image") {
                    self.name_picture(path, &attribute.value, o);
                }
                Cow::Owned(self.image(path, &attribute.value))
            }
            _ => Cow::Borrowed(attribute.value.as_str()),
        };
        Named(attributes.iter().map(|attribute| (attribute.key.as_str(), value(attribute))).collect())
    }

    fn inlines(&mut self, path: &str, inlines: &'a [Inline]) -> Vec<InlineData<'a>> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            out.push(match &inline.kind {
                InlineKind::Text(words) => InlineData::Text { v: words },
                InlineKind::Ruby(pairs) => {
                    out.extend(pairs.iter().map(|(base, reading)| InlineData::Ruby { base, reading }));
                    continue;
                }
                InlineKind::Strong(body) => InlineData::Strong { body: self.inlines(path, body) },
                InlineKind::Emphasis(body) => InlineData::Emphasis { body: self.inlines(path, body) },
                InlineKind::Code(words) => InlineData::Code { v: words },
                InlineKind::Break => InlineData::Break,
                InlineKind::Link { url, body } => InlineData::Link {
                    url,
                    live: self.publication.edition == Edition::Screen
                        && self.project.checked_links.contains(url),
                    body: self.inlines(path, body),
                },
                InlineKind::Reference { id, body } => {
                    InlineData::Reference { id, body: self.inlines(path, body) }
                }
                InlineKind::FootnoteMark(number) => InlineData::FootnoteMark { n: *number },
                InlineKind::Image(image) => {
                    InlineData::Image { src: self.image(path, &image.target), alt: &image.alt }
                }
            });
        }
        out
    }
}
