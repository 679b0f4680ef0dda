//! The data contract: what templates get to see of a job (`layouts/shared/README.md` is its documentation).
//!
//! In: a job. Out: the bytes of `data.json` and the origins that its numbers (`"o"`) stand for. This is the one place
//! where sasshi's types meet templates.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::qr;
use crate::merge::join::{DirectoryList, Entry, RecordRef};
use crate::merge::{Copy, Job, Publication};
use crate::model::edition::Edition;
use crate::model::layout::OptionType;
use crate::model::meaning::{Meaning, Value};
use crate::model::origin::Origin;
use crate::model::schema::Print;
use crate::model::text::{
    Attribute, Block, BlockKind, Chapter, Directive, Heading, Image, Inline, InlineKind,
};
use crate::project::Project;

/// What a template gets, and what it is made of.
pub struct View {
    /// `data.json`.
    pub data: Vec<u8>,
    /// The origin of each number `"o"`.
    pub origins: Vec<Origin>,
    /// Images the data names: paths within the project.
    pub images: BTreeSet<String>,
}

/// The view of `job`.
#[must_use]
pub fn view(project: &Project, publication: &Publication, job: &Job) -> View {
    let mut viewer = Viewer { project, publication, job, origins: Vec::new(), images: BTreeSet::new() };
    let data = viewer.data();
    View { data: data.to_string().into_bytes(), origins: viewer.origins, images: viewer.images }
}

struct Viewer<'a> {
    project: &'a Project,
    publication: &'a Publication,
    job: &'a Job,
    origins: Vec<Origin>,
    images: BTreeSet<String>,
}

impl Viewer<'_> {
    fn origin(&mut self, origin: Origin) -> usize {
        self.origins.push(origin);
        self.origins.len() - 1
    }

    fn data(&mut self) -> Json {
        let (project, plan) = (self.project, &self.publication.plan);
        let page = plan.layout.page;
        let bleed = match self.publication.edition.pages() {
            Edition::Press | Edition::Imposed => page.bleed.to_mm(),
            _ => 0.0,
        };
        let colophon: Vec<Json> = project
            .colophon
            .iter()
            .map(|entry| {
                let lines: Vec<Json> = entry
                    .lines
                    .iter()
                    .map(|line| json!({ "v": line.value, "o": self.origin(line.origin.clone()) }))
                    .collect();
                json!({ "label": entry.label.value, "lines": lines })
            })
            .collect();
        let mut options = Map::new();
        for (key, option) in &plan.options {
            let value = match (option.kind, option.value.as_str()) {
                (OptionType::Image, Some(path)) => Json::from(self.image("", path)),
                _ => option.value.clone(),
            };
            options.insert(key.clone(), value);
        }
        let records: Vec<Json> = self.job.entries.iter().map(|entry| self.entry(entry)).collect();
        let mut directories = Map::new();
        for list in &self.job.lists {
            let entries = self.list(list);
            directories.insert(list.plan.name.clone(), entries);
        }
        let order: Vec<&str> = self.job.lists.iter().map(|list| list.plan.name.as_str()).collect();
        let chapters: Vec<Json> = self
            .job
            .chapters
            .iter()
            .enumerate()
            .map(|(index, chapter)| self.chapter(index, chapter))
            .collect();
        json!({
            "project": {
                "title": project.title,
                "municipality": project.municipality,
                "language": project.language,
                "notice": project.notice,
                "as-of": project.as_of,
                "date": { "iso": project.date.to_string(), "ja": project.date.japanese() },
                "publisher": project.publisher,
                "colophon": colophon,
            },
            "parts": project.parts,
            "publication": {
                "name": plan.name.value,
                "title": plan.title,
                "layout": plan.layout.name,
                "part": self.job.part.as_ref().map_or("", |part| part.name.as_str()),
                "copy": if self.job.copy == Copy::Trainer { "trainer" } else { "" },
                "combined": self.job.combined,
            },
            "edition": self.publication.edition.name(),
            "reader": self.publication.reader.name(),
            "page": {
                "width": page.width.to_mm(),
                "height": page.height.to_mm(),
                "bleed": bleed,
                "binding": page.binding,
            },
            "options": options,
            "chapters": chapters,
            "records": records,
            "directories": directories,
            "directory-order": order,
        })
    }

    fn list(&mut self, list: &DirectoryList) -> Json {
        let records: Vec<Json> = list.entries.iter().map(|entry| self.entry(entry)).collect();
        json!({
            "title": list.plan.title,
            "help": list.plan.help,
            "short-help": list.plan.short_help,
            "icon": list.plan.icon,
            "records": records,
        })
    }

    fn entry(&mut self, entry: &Entry) -> Json {
        let mut record = self.record(&entry.record);
        let joined: Map<String, Json> = entry
            .joined
            .iter()
            .map(|(name, records)| (name.clone(), records.iter().map(|record| self.record(record)).collect()))
            .collect();
        record["joined"] = Json::Object(joined);
        record["ward"] = entry.ward.as_ref().map_or(Json::Null, |ward| self.record(ward)["fields"].take());
        record
    }

    fn record(&mut self, record: &RecordRef) -> Json {
        let row = record.record();
        let mut fields = Map::new();
        for (index, column) in record.directory.columns.iter().enumerate() {
            let origin = self.origin(row.origin(index));
            let mut field = self.field(&record.value(index), origin);
            if column.field.as_ref().is_some_and(|field| field.print == Print::AsWritten) {
                let written = row.written(index).trim();
                field["v"] = json!(written);
                // a number that is parted by the plan is not printed as written
                if let Some(fields) = field.as_object_mut() {
                    fields.remove("groups");
                }
            }
            fields.insert(column.name().to_owned(), field);
        }
        // layouts ask for what plays a role by the name of the role
        for (name, column) in record.directory.names_of_roles() {
            let field = fields.get(column.name()).cloned().unwrap_or_default();
            fields.insert(name.to_owned(), field);
        }
        let key = record.key();
        let origin = self.origin(row.origin(0));
        json!({ "key": key, "o": origin, "fields": fields, "joined": {}, "ward": null })
    }

    fn field(&mut self, value: &Value<'_>, origin: usize) -> Json {
        let mut field = json!({ "v": value.text(), "w": value.written, "o": origin });
        match &value.meaning {
            Meaning::Phone(phone) => {
                field["groups"] = json!(phone.groups());
                field["tel"] = json!(phone.tel());
                field["qr"] = qr::modules(&phone.tel());
            }
            Meaning::Address(address, postal) => {
                let city = &self.project.municipality;
                field["place"] = json!(format!("{city}{}", address.short));
                field["short"] = json!(address.short);
                field["building"] = json!(address.building);
                field["postal"] = match postal {
                    Some((code, place)) => json!({ "v": code, "o": self.origin(place.clone()) }),
                    None => Json::Null,
                };
            }
            Meaning::Kana(reading) => {
                field["stem"] = json!(reading.stem.1);
                field["suffix"] = json!(reading.suffix.1);
            }
            Meaning::Text(text) => {
                let reading = crate::model::kana::Reading::part_name(text);
                field["stem"] = json!(reading.0);
                field["suffix"] = json!(reading.1);
            }
            Meaning::Empty | Meaning::Ward(_) | Meaning::Code(_) | Meaning::Postal(_) => {}
            Meaning::Date(date) => field["iso"] = json!(date.to_string()),
        }
        field
    }

    fn chapter(&mut self, index: usize, chapter: &Chapter) -> Json {
        let mut meta = Map::new();
        for entry in &chapter.meta {
            let value = match (entry.key.as_str(), entry.value.as_str()) {
                ("image", Some(path)) => Json::from(self.image(&chapter.source.path, path)),
                _ => entry.value.clone(),
            };
            meta.insert(entry.key.clone(), value);
        }
        let origin = match chapter.meta.first() {
            Some(entry) => self.origin(entry.origin.clone()),
            None => self.origin(Origin::file(&chapter.source)),
        };
        let path = chapter.source.path.as_str();
        let body = self.blocks(path, &chapter.body);
        let footnotes: Vec<Json> = chapter
            .footnotes
            .iter()
            .map(|note| {
                let origin = self.origin(note.origin.clone());
                json!({ "n": note.number, "o": origin, "body": self.blocks(path, &note.body) })
            })
            .collect();
        json!({
            "file": path,
            "stem": chapter.stem,
            "number": index + 1,
            "meta": meta,
            "o": origin,
            "body": body,
            "footnotes": footnotes,
        })
    }

    fn blocks(&mut self, path: &str, blocks: &[Block]) -> Json {
        blocks.iter().map(|block| self.block(path, block)).collect()
    }

    fn block(&mut self, path: &str, block: &Block) -> Json {
        let o = self.origin(block.origin.clone());
        match &block.kind {
            BlockKind::Paragraph(body) => json!({ "k": "p", "o": o, "body": self.inlines(path, body) }),
            BlockKind::Heading(heading) => {
                let mut json = self.heading(path, heading);
                json["k"] = json!("h");
                json["o"] = json!(o);
                json
            }
            BlockKind::List { start, items } => {
                let items: Vec<Json> = items.iter().map(|item| self.blocks(path, item)).collect();
                match start {
                    Some(start) => json!({ "k": "ol", "o": o, "start": start, "items": items }),
                    None => json!({ "k": "ul", "o": o, "items": items }),
                }
            }
            BlockKind::Quote(body) => json!({ "k": "quote", "o": o, "body": self.blocks(path, body) }),
            BlockKind::Table { align, head, rows } => {
                let cells = |viewer: &mut Self, row: &[Vec<Inline>]| -> Vec<Json> {
                    row.iter().map(|cell| viewer.inlines(path, cell)).collect()
                };
                let head = cells(self, head);
                let rows: Vec<Vec<Json>> = rows.iter().map(|row| cells(self, row)).collect();
                json!({ "k": "table", "o": o, "align": align, "head": head, "rows": rows })
            }
            BlockKind::Descriptions(items) => {
                let items: Vec<Json> = items
                    .iter()
                    .map(|item| json!({ "term": self.inlines(path, &item.term), "body": self.blocks(path, &item.body) }))
                    .collect();
                json!({ "k": "dl", "o": o, "items": items })
            }
            BlockKind::Image(image) => {
                let mut json = self.named_image(path, image);
                json["k"] = json!("img");
                json["o"] = json!(o);
                json["title"] = json!(image.title);
                json
            }
            BlockKind::Rule => json!({ "k": "rule", "o": o }),
            BlockKind::Code(text) => json!({ "k": "code", "o": o, "text": text }),
            BlockKind::Directive(directive) => self.directive(path, directive, o),
        }
    }

    fn heading(&mut self, path: &str, heading: &Heading) -> Json {
        json!({
            "level": heading.level,
            "id": heading.id,
            "attrs": self.attributes(path, &heading.attributes),
            "body": self.inlines(path, &heading.body),
        })
    }

    /// A directive in two parts: what stands before its first heading, and an item for each heading.
    fn directive(&mut self, path: &str, directive: &Directive, o: usize) -> Json {
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        let first = directive.body.iter().position(is_heading).unwrap_or(directive.body.len());
        let (lead, rest) = directive.body.split_at(first);
        let mut items = Vec::new();
        for part in rest.chunk_by(|_, next| !is_heading(next)) {
            let [head, body @ ..] = part else { continue };
            let BlockKind::Heading(heading) = &head.kind else { continue };
            let mut item = self.heading(path, heading);
            item["title"] = item["body"].take();
            item["o"] = json!(self.origin(head.origin.clone()));
            item["body"] = self.blocks(path, body);
            items.push(item);
        }
        let name = directive.attributes.iter().find(|attribute| attribute.key == "name");
        let rows: Vec<Json> = name
            .and_then(|name| self.job.lists.iter().find(|list| list.plan.name == name.value))
            .map(|list| list.entries.iter().map(|entry| self.entry(entry)).collect())
            .unwrap_or_default();
        json!({
            "k": "d",
            "o": o,
            "name": directive.name,
            "id": directive.id,
            "attrs": self.attributes(path, &directive.attributes),
            "lead": self.blocks(path, lead),
            "items": items,
            "rows": rows,
        })
    }

    fn attributes(&mut self, path: &str, attributes: &[Attribute]) -> Json {
        let map: Map<String, Json> = attributes
            .iter()
            .map(|attribute| {
                let value = if attribute.key == "image" {
                    self.image(path, &attribute.value)
                } else {
                    attribute.value.clone()
                };
                (attribute.key.clone(), Json::from(value))
            })
            .collect();
        Json::Object(map)
    }

    /// The path under which the engine finds an image, and the permission to read it.
    fn image(&mut self, path: &str, target: &str) -> String {
        let Some(found) = self.publication.images.path(path, target) else { return String::new() };
        self.images.insert(found.to_owned());
        format!("/project/{found}")
    }

    fn named_image(&mut self, path: &str, image: &Image) -> Json {
        json!({ "src": self.image(path, &image.target), "alt": image.alt })
    }

    fn inlines(&mut self, path: &str, inlines: &[Inline]) -> Json {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            match &inline.kind {
                InlineKind::Text(words) => out.push(json!({ "k": "t", "v": words })),
                InlineKind::Ruby(pairs) => out.extend(
                    pairs
                        .iter()
                        .map(|(base, reading)| json!({ "k": "ruby", "base": base, "reading": reading })),
                ),
                InlineKind::Strong(body) => {
                    out.push(json!({ "k": "strong", "body": self.inlines(path, body) }));
                }
                InlineKind::Emphasis(body) => {
                    out.push(json!({ "k": "em", "body": self.inlines(path, body) }));
                }
                InlineKind::Code(words) => out.push(json!({ "k": "code", "v": words })),
                InlineKind::Break => out.push(json!({ "k": "br" })),
                InlineKind::Link { url, body } => {
                    let live = self.publication.edition == Edition::Screen
                        && self.project.checked_links.contains(url);
                    let body = self.inlines(path, body);
                    out.push(json!({ "k": "link", "url": url, "live": live, "body": body }));
                }
                InlineKind::Reference { id, body } => {
                    let body = self.inlines(path, body);
                    out.push(json!({ "k": "ref", "id": id, "body": body }));
                }
                InlineKind::FootnoteMark(number) => out.push(json!({ "k": "fn", "n": number })),
                InlineKind::Image(image) => {
                    let mut json = self.named_image(path, image);
                    json["k"] = json!("img");
                    out.push(json);
                }
            }
        }
        Json::Array(out)
    }
}
