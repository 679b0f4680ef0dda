//! XLSX as it is stored (ECMA-376): values, formulas, merged cells, hidden rows and columns, looks of cells, drawings.
//!
//! In: the bytes of the file. Out: its visible sheets.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::diagnostic::Diagnostic;
use crate::model::origin::Source;
use crate::model::raw_table::{CellForm, CellRange, RawBook, RawCell, RawFormat, RawSheet, Spot};

use super::MOST_CELLS;
use super::xml::{Archive, all, attribute, children, number, says_yes};

/// The form.
const FORMAT: RawFormat = RawFormat { is_text: false, tells_looks: true, is_outdated: false };

/// Reads the file.
///
/// # Errors
/// A finding when it is broken, locked or too large.
pub fn book(path: &str, bytes: &[u8]) -> Result<RawBook, Diagnostic> {
    let mut archive = Archive::open(path, bytes)?;
    // parts may have any name: what they are is told by the relations between them
    let of_file = relations(&mut archive, "")?;
    let workbook_part = part_of(&of_file, "officeDocument").unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let parts = relations(&mut archive, &workbook_part)?;
    let strings = match part_of(&parts, "sharedStrings") {
        Some(part) => strings(&mut archive, &part)?,
        None => Vec::new(),
    };
    let looks = match part_of(&parts, "styles") {
        Some(part) => looks(&mut archive, &part)?,
        None => Vec::new(),
    };
    let workbook = archive.part(&workbook_part)?.unwrap_or_default();
    let workbook = Document::parse(&workbook).map_err(|error| archive.unread(&error))?;
    let mut book = RawBook { format: FORMAT, sheets: Vec::new(), hidden_sheets: Vec::new(), cut: false };
    for sheet in all(workbook.root(), "sheet") {
        let name = attribute(sheet, "name").unwrap_or_default();
        if attribute(sheet, "state").is_some_and(|state| state != "visible") {
            book.hidden_sheets.push(name.to_owned());
            continue;
        }
        let Some(part) = attribute(sheet, "id").and_then(|id| parts.get(id)) else { continue };
        let Some(text) = archive.part(&part.target)? else { continue };
        let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
        // sheets that are one chart have no cells
        if tree.root_element().tag_name().name() != "worksheet" {
            continue;
        }
        let mut read = RawSheet::new(Source::of_sheet(path, name, ""));
        let shared = Shared { strings: &strings, looks: &looks };
        book.cut |= !shared.cells(tree.root_element(), &mut read);
        read.objects = objects(&mut archive, &part.target, tree.root_element())?;
        read.comments = comments(&mut archive, &part.target)?;
        book.sheets.push(read);
    }
    Ok(book)
}

/// The words that cells refer to by number; readings (ruby) are no words.
fn strings(archive: &mut Archive<'_>, part: &str) -> Result<Vec<String>, Diagnostic> {
    let Some(text) = archive.part(part)? else { return Ok(Vec::new()) };
    let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
    Ok(children(tree.root_element(), "si").map(words).collect())
}

fn words(item: Node<'_, '_>) -> String {
    let texts = all(item, "t").filter(|text| !text.ancestors().any(|node| node.tag_name().name() == "rPh"));
    texts.filter_map(|text| text.text()).collect()
}

/// How the cells of a style look.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    number: u32,
    is_date: bool,
}

fn looks(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Look>, Diagnostic> {
    let Some(text) = archive.part(part)? else { return Ok(Vec::new()) };
    let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
    let root = tree.root_element();
    let list = |name: &'static str, item: &'static str| -> Vec<Node<'_, '_>> {
        children(root, name).flat_map(|list| children(list, item)).collect()
    };
    let (fonts, fills) = (list("fonts", "font"), list("fills", "fill"));
    let formats: BTreeMap<u32, &str> = list("numFmts", "numFmt")
        .into_iter()
        .filter_map(|format| Some((number(format, "numFmtId")?, attribute(format, "formatCode")?)))
        .collect();
    let mut known: Vec<String> = Vec::new();
    let mut looks = Vec::new();
    for style in list("cellXfs", "xf") {
        let of = |nodes: &[Node<'_, '_>], key: &str, parts: &[&str]| {
            let node = number(style, key).and_then(|index| nodes.get(index as usize).copied());
            node.map(|node| shown(node, parts)).unwrap_or_default()
        };
        let font = of(&fonts, "fontId", &["b", "i", "u", "strike", "color", "sz"]);
        let fill = of(&fills, "fillId", &["patternFill", "fgColor", "gradientFill"]);
        let look = format!("{font}|{fill}");
        let place = known.iter().position(|other| *other == look).unwrap_or_else(|| {
            known.push(look);
            known.len() - 1
        });
        let format = number(style, "numFmtId").unwrap_or(0);
        let is_date = matches!(format, 14..=22 | 27..=36 | 45..=47 | 50..=58)
            || formats.get(&format).is_some_and(|code| shows_date(code));
        looks.push(Look { number: u32::try_from(place + 1).unwrap_or(u32::MAX), is_date });
    }
    Ok(looks)
}

/// The parts of a font or fill that a person sees, with what they say.
fn shown(node: Node<'_, '_>, parts: &[&str]) -> String {
    let mut shown = String::new();
    for part in node.descendants().filter(|part| parts.contains(&part.tag_name().name())) {
        // "not bold", and a fill of nothing, are how every cell looks
        let nothing = attribute(part, "val") == Some("0") || attribute(part, "patternType") == Some("none");
        if nothing {
            continue;
        }
        shown.push_str(part.tag_name().name());
        for value in part.attributes() {
            shown.push_str(value.value());
        }
    }
    shown
}

/// Whether a format of numbers shows a date: a letter of dates that is neither quoted nor escaped.
fn shows_date(code: &str) -> bool {
    let mut quoted = false;
    let mut bracket = false;
    let mut characters = code.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' => drop(characters.next()),
            '[' => bracket = true,
            ']' => bracket = false,
            'y' | 'd' | 'h' | 'g' | 'Y' | 'D' | 'H' if !quoted && !bracket => return true,
            _ => {}
        }
    }
    false
}

/// What the cells of all sheets refer to.
struct Shared<'s> {
    strings: &'s [String],
    looks: &'s [Look],
}

impl Shared<'_> {
    /// Reads the cells of a sheet; false if there are more than are looked at.
    fn cells(&self, root: Node<'_, '_>, sheet: &mut RawSheet) -> bool {
        for column in children(root, "cols").flat_map(|columns| children(columns, "col")) {
            let folded = says_yes(column, "hidden") || is_zero(column, "width");
            if let (true, Some(min), Some(max)) = (folded, number(column, "min"), number(column, "max")) {
                sheet.hidden_columns.extend(min..=max.min(min + 100));
            }
        }
        for area in all(root, "mergeCell").filter_map(|merge| area(attribute(merge, "ref")?)) {
            sheet.merged.push(area);
        }
        let mut row_before = 0;
        for row in children(root, "sheetData").flat_map(|data| children(data, "row")) {
            let row_number = number(row, "r").unwrap_or(row_before + 1);
            row_before = row_number;
            if says_yes(row, "hidden") || is_zero(row, "ht") {
                sheet.hidden_rows.push(row_number);
            }
            let mut column_before = 0;
            for cell in children(row, "c") {
                let place = attribute(cell, "r").and_then(spot);
                let place = place.unwrap_or(Spot { row: row_number, column: column_before + 1 });
                column_before = place.column;
                if let Some(read) = self.cell(cell) {
                    sheet.cells.insert(place, read);
                }
                if sheet.cells.len() > MOST_CELLS {
                    return false;
                }
            }
        }
        true
    }

    fn cell(&self, cell: Node<'_, '_>) -> Option<RawCell> {
        let value = children(cell, "v").next().and_then(|value| value.text()).unwrap_or_default();
        let style = number(cell, "s").unwrap_or(0) as usize;
        let look = self.looks.get(style).copied().unwrap_or_default();
        let (text, form) = match attribute(cell, "t") {
            Some("s") => {
                let index = value.trim().parse::<usize>().ok();
                (index.and_then(|index| self.strings.get(index)).cloned().unwrap_or_default(), CellForm::Text)
            }
            Some("inlineStr") => (words(cell), CellForm::Text),
            Some("str" | "e") => (value.to_owned(), CellForm::Text),
            Some("b") => (value.to_owned(), CellForm::Flag),
            Some("d") => (value.to_owned(), CellForm::Date),
            _ if look.is_date => (value.to_owned(), CellForm::Date),
            _ => (value.to_owned(), CellForm::Number),
        };
        let formula = children(cell, "f").next().is_some();
        (!text.is_empty() || formula || look.number > 1).then_some(RawCell {
            text,
            form,
            formula,
            look: look.number,
        })
    }
}

/// Whether a row or column has no height or width: it is as good as hidden.
fn is_zero(node: Node<'_, '_>, name: &'static str) -> bool {
    attribute(node, name).and_then(|value| value.parse::<f64>().ok()).is_some_and(|value| value == 0.0)
}

/// Cells with comments, of today's kind (threads) and of the one before (notes).
fn comments(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Spot>, Diagnostic> {
    let relations = relations(archive, part)?;
    let mut spots = Vec::new();
    for relation in relations.values().filter(|one| matches!(&*one.kind, "comments" | "threadedComment")) {
        let Some(text) = archive.part(&relation.target)? else { continue };
        let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
        let kinds = ["comment", "threadedComment"];
        let found = kinds.iter().flat_map(|kind| all(tree.root(), kind).collect::<Vec<_>>());
        spots.extend(found.filter_map(|comment| spot(attribute(comment, "ref")?)));
    }
    spots.sort_unstable();
    spots.dedup();
    Ok(spots)
}

fn spot(name: &str) -> Option<Spot> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?) + 1;
        column = column.checked_mul(26)?.checked_add(value)?;
    }
    (column > 0).then_some(Spot { row: row.parse().ok()?, column })
}

fn area(name: &str) -> Option<CellRange> {
    let (first, last) = name.split_once(':').unwrap_or((name, name));
    Some(CellRange { first: spot(first)?, last: spot(last)? })
}

/// A part that another refers to.
struct Relation {
    /// The last word of what it is: `worksheet`, `styles`.
    kind: String,
    target: String,
}

/// The part of a kind.
fn part_of(relations: &BTreeMap<String, Relation>, kind: &str) -> Option<String> {
    relations.values().find(|relation| relation.kind == kind).map(|relation| relation.target.clone())
}

/// The parts that a part refers to, by the names of the references; the file itself is the part without a name.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<BTreeMap<String, Relation>, Diagnostic> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let list = format!("{folder}/_rels/{name}.rels");
    let Some(text) = archive.part(list.trim_start_matches('/'))? else {
        return Ok(BTreeMap::new());
    };
    let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
    let found = all(tree.root(), "Relationship").filter_map(|relation| {
        let kind = attribute(relation, "Type")?.rsplit('/').next().unwrap_or_default().to_owned();
        let target = located(folder, attribute(relation, "Target")?);
        Some((attribute(relation, "Id")?.to_owned(), Relation { kind, target }))
    });
    Ok(found.collect())
}

/// A target, relative to the folder of the part that names it.
fn located(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            ".." => drop(path.pop()),
            "." | "" => {}
            name => path.push(name),
        }
    }
    path.join("/")
}

/// Where pictures, shapes and charts stand on a sheet.
fn objects(archive: &mut Archive<'_>, part: &str, root: Node<'_, '_>) -> Result<Vec<Spot>, Diagnostic> {
    let relations = relations(archive, part)?;
    let mut spots = Vec::new();
    for drawing in children(root, "drawing") {
        let Some(part) = attribute(drawing, "id").and_then(|id| relations.get(id)) else { continue };
        let Some(text) = archive.part(&part.target)? else { continue };
        let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
        for anchor in tree.root_element().children().filter(Node::is_element) {
            let from = children(anchor, "from").next();
            let place = |name: &'static str| {
                let node = from.and_then(|from| children(from, name).next())?;
                node.text()?.trim().parse::<u32>().ok()
            };
            let (row, column) = (place("row").unwrap_or(0) + 1, place("col").unwrap_or(0) + 1);
            spots.push(Spot { row, column });
        }
    }
    Ok(spots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_parts_are_found() {
        assert_eq!(spot("AB12"), Some(Spot { row: 12, column: 28 }));
        assert_eq!(spot("12"), None);
        assert_eq!(spot("あ1"), None);
        assert_eq!(area("B2:C3").map(|area| area.to_string()).as_deref(), Some("B2:C3"));
        assert_eq!(located("xl/worksheets", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml");
        assert_eq!(located("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
    }

    #[test]
    fn formats_of_dates_are_told_from_words() {
        for (code, date) in [
            ("yyyy/m/d", true),
            ("ggge\"年\"", true),
            ("0\"day\"", false),
            ("#,##0\\h", false),
            ("[Red]0", false),
        ] {
            assert_eq!(shows_date(code), date, "{code}");
        }
    }
}
