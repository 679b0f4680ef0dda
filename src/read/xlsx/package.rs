//! The parts of a package and how they name one another.
//!
//! In: a ZIP archive. Out: parts as XML, their relations, the list of sheets. Names of parts are looked up in any case, as
//! Office does.

use std::io::{BufReader, Cursor};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::super::number_format::Epoch;
use super::super::sheet_choice::SheetName;
use super::super::xml::{Event, Xml, attribute, is_set};

type Bytes = Cursor<Vec<u8>>;

/// A part as it is unpacked.
pub type PackagePart<'a> = Xml<BufReader<ZipFile<'a, Bytes>>>;

/// An open package.
pub struct Package {
    archive: ZipArchive<Bytes>,
    /// The names of its parts.
    names: Vec<String>,
}

/// What one part says of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Its name in the part.
    pub id: String,
    /// What the other is: the last word of its type.
    pub kind: String,
    /// The other part, or an address outside.
    pub target: String,
}

/// What the part of the workbook says.
pub struct Workbook {
    /// Its sheets.
    pub sheets: Vec<WorkbookSheet>,
    /// From when it counts days.
    pub epoch: Epoch,
}

/// A sheet in the list of a workbook.
pub struct WorkbookSheet {
    /// Its name.
    pub name: SheetName,
    /// The relation that leads to it.
    pub relation: String,
}

impl Package {
    /// Opens an archive whose parts have these names.
    pub fn open(bytes: Vec<u8>, names: Vec<String>) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
        Ok(Self { archive, names })
    }

    /// Whether there is such a part.
    pub fn has(&self, part: &str) -> bool {
        self.names.iter().any(|name| name.eq_ignore_ascii_case(part))
    }

    /// A part.
    pub fn part(&mut self, part: &str) -> Result<PackagePart<'_>, String> {
        let found = self.names.iter().position(|name| name.eq_ignore_ascii_case(part));
        let index = found.ok_or_else(|| format!("its part {part} is missing"))?;
        let file = self.archive.by_index(index).map_err(|error| error.to_string())?;
        Ok(Xml::new(BufReader::with_capacity(64 << 10, file)))
    }

    /// The part that holds the workbook: the one that the package names as its document, else the usual one.
    pub fn document(&mut self) -> Result<Option<String>, String> {
        let named = self.relations("")?.into_iter().find(|one| one.kind == "officeDocument");
        let usual = "xl/workbook.xml".to_owned();
        Ok(named.map(|one| one.target).into_iter().chain([usual]).find(|part| self.has(part)))
    }

    /// The relations of a part (of the package itself for an empty name).
    pub fn relations(&mut self, part: &str) -> Result<Vec<Relation>, String> {
        let (folder, name) = part.rsplit_once('/').map_or(("", part), |(folder, name)| (folder, name));
        let path = resolve(folder, &format!("_rels/{name}.rels"));
        if !self.has(&path) {
            return Ok(Vec::new());
        }
        let mut xml = self.part(&path)?;
        let mut relations = Vec::new();
        loop {
            match xml.next_event()? {
                Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                    let (Some(id), Some(kind), Some(target)) = (
                        attribute(&element, "Id"),
                        attribute(&element, "Type"),
                        attribute(&element, "Target"),
                    ) else {
                        continue;
                    };
                    let outside = attribute(&element, "TargetMode").is_some_and(|mode| mode == "External");
                    let target = if outside { target } else { resolve(folder, &target) };
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    relations.push(Relation { id, kind, target });
                }
                Event::Eof => return Ok(relations),
                _ => {}
            }
        }
    }

    /// Reads the part of the workbook.
    pub fn workbook(&mut self, part: &str) -> Result<Workbook, String> {
        let mut xml = self.part(part)?;
        let mut workbook = Workbook { sheets: Vec::new(), epoch: Epoch::Year1900 };
        loop {
            match xml.next_event()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "workbookPr" if is_set(&element, "date1904") => workbook.epoch = Epoch::Year1904,
                    "sheet" => {
                        let (Some(name), Some(relation)) =
                            (attribute(&element, "name"), attribute(&element, "id"))
                        else {
                            continue;
                        };
                        let state = attribute(&element, "state").unwrap_or_default();
                        let visible = !matches!(state.as_str(), "hidden" | "veryHidden");
                        workbook.sheets.push(WorkbookSheet { name: SheetName { name, visible }, relation });
                    }
                    _ => {}
                },
                Event::Eof => return Ok(workbook),
                _ => {}
            }
        }
    }
}

/// The part that `target` names, seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(step),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are_named() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/book.xml"), "xl/book.xml");
        assert_eq!(resolve("xl/worksheets", "../media/1.png"), "xl/media/1.png");
        assert_eq!(resolve("", "_rels/.rels"), "_rels/.rels");
        assert_eq!(resolve("xl", "../../../a.xml"), "a.xml");
    }
}
