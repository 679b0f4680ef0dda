//! The cells of a sheet of an XLSX, with what is hidden, merged and linked.
//!
//! In: the part of a sheet, the texts and styles of its workbook. Out: [`SheetContent`].

use super::super::number_format::{Epoch, plain};
use super::super::sheet_content::{
    Area, Link, SheetAddress, SheetCell, SheetContent, Special, UnknownFormat,
};
use super::super::workbook_cell::{iso_date_time, numeral};
use super::super::xml::{BytesStart, Event, attribute, is_set, words};
use super::SheetFault;
use super::package::{PackagePart, Relation};
use super::rich::{RichReader, RichText, unescaped};
use super::styles::{Look, Styles};

/// The cells of a sheet may take this many bytes.
const MOST_BYTES: usize = 1 << 30;
/// Areas that are merged, linked or hidden; more are no honest sheet.
const MOST_AREAS: usize = 2_000_000;

/// What the sheets of a workbook share.
pub struct Book<'a> {
    /// The shared texts.
    pub strings: &'a [RichText],
    /// The styles.
    pub styles: &'a Styles,
    /// From when it counts days.
    pub epoch: Epoch,
}

/// How a cell stores its value (ECMA-376 part 1, 18.18.11).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Shared,
    Inline,
    Result,
    Truth,
    Error,
    Date,
}

impl Kind {
    fn named(name: &str) -> Self {
        match name {
            "s" => Self::Shared,
            "inlineStr" => Self::Inline,
            "str" => Self::Result,
            "b" => Self::Truth,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Number,
        }
    }
}

/// A cell that is being read.
#[derive(Default)]
struct OpenCell {
    row: u32,
    column: u32,
    style: usize,
    kind: Kind,
    value: Option<String>,
    formula: bool,
    rich: Option<RichReader>,
    in_value: bool,
}

struct SheetReader<'a> {
    book: &'a Book<'a>,
    relations: &'a [Relation],
    sheet: SheetContent,
    /// The row and column that come next where none is named.
    row: u32,
    column: u32,
    cell: Option<OpenCell>,
    bytes: usize,
    areas: usize,
}

/// Reads the first `rows` of a sheet; what stands behind its cells (merged areas, links) only with all of them.
pub fn read(
    xml: &mut PackagePart,
    book: &Book,
    relations: &[Relation],
    rows: u32,
) -> Result<SheetContent, SheetFault> {
    let mut reader = SheetReader {
        book,
        relations,
        sheet: SheetContent::default(),
        row: 0,
        column: 0,
        cell: None,
        bytes: 0,
        areas: 0,
    };
    loop {
        let event = xml.next_event()?;
        match &event {
            Event::Start(element) => {
                reader.start(element)?;
                if reader.row >= rows {
                    return Ok(reader.sheet);
                }
            }
            Event::End(element) => reader.end(element.local_name().as_ref())?,
            Event::Eof => return Ok(reader.sheet),
            other => {
                if let (Some(cell), Some(words)) = (&mut reader.cell, words(other)) {
                    cell.words(&words);
                }
            }
        }
    }
}

impl OpenCell {
    fn words(&mut self, words: &str) {
        if self.in_value {
            self.value.get_or_insert_default().push_str(words);
        } else if let Some(rich) = &mut self.rich {
            rich.words(words);
        }
    }
}

impl SheetReader<'_> {
    fn start(&mut self, element: &BytesStart) -> Result<(), SheetFault> {
        let local = element.local_name();
        let name: &str = local.as_ref();
        if let Some(cell) = &mut self.cell {
            match name {
                "v" => {
                    cell.in_value = true;
                    cell.value.get_or_insert_default();
                }
                "f" => cell.formula = true,
                "is" => cell.rich = Some(RichReader::default()),
                _ => {
                    if let Some(rich) = &mut cell.rich {
                        rich.start(element);
                    }
                }
            }
            return Ok(());
        }
        let number = |key: &str| attribute(element, key).and_then(|value| value.parse::<u32>().ok());
        let is_flat = |key: &str| {
            attribute(element, key)
                .and_then(|value| value.parse::<f64>().ok())
                .is_some_and(|size| size <= 0.0)
        };
        match name {
            "row" => {
                self.row = number("r").map_or(self.row, |row| row.saturating_sub(1));
                self.column = 0;
                if is_set(element, "hidden") || is_flat("ht") {
                    self.area()?;
                    self.sheet.hidden_rows.push(self.row);
                }
            }
            "col" if is_set(element, "hidden") || is_flat("width") => {
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    self.area()?;
                    let area = Area::of_columns(first.saturating_sub(1), last.saturating_sub(1));
                    self.sheet.hidden_columns.push(area);
                }
            }
            "c" => self.open(element)?,
            "mergeCell" => {
                self.area()?;
                let area = attribute(element, "ref").and_then(|reference| Area::parse(&reference));
                self.sheet.merged.extend(area);
            }
            "hyperlink" => {
                self.area()?;
                let area = attribute(element, "ref").and_then(|reference| Area::parse(&reference));
                let id = attribute(element, "r:id");
                let relation = self.relations.iter().find(|one| Some(&one.id) == id.as_ref());
                if let (Some(area), Some(relation)) = (area, relation) {
                    self.sheet.links.push(Link { area, target: relation.target.clone() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A cell begins. There are millions of them: its attributes are gone through once.
    fn open(&mut self, element: &BytesStart) -> Result<(), SheetFault> {
        let mut cell = OpenCell { row: self.row, column: self.column, ..OpenCell::default() };
        for attribute in element.attributes().with_checks(false).flatten() {
            let value: &str = &attribute.value;
            match attribute.key.as_ref() {
                "r" => {
                    let place = SheetAddress::parse(value).ok_or("a cell without a place")?;
                    (cell.row, cell.column) = (place.row, place.column);
                }
                "s" => cell.style = value.parse().unwrap_or(0),
                "t" => cell.kind = Kind::named(value),
                _ => {}
            }
        }
        self.column = cell.column + 1;
        self.cell = Some(cell);
        Ok(())
    }

    fn area(&mut self) -> Result<(), SheetFault> {
        self.areas += 1;
        if self.areas > MOST_AREAS { Err(SheetFault::TooLarge) } else { Ok(()) }
    }

    fn end(&mut self, name: &str) -> Result<(), SheetFault> {
        match (name, &mut self.cell) {
            ("row", None) => self.row += 1,
            ("v", Some(cell)) => cell.in_value = false,
            ("c", Some(_)) => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                if let Some(cell) = self.close(cell)? {
                    self.bytes += cell.text.len() + size_of::<SheetCell>();
                    if self.bytes > MOST_BYTES {
                        return Err(SheetFault::TooLarge);
                    }
                    self.sheet.cells.push(cell);
                }
            }
            (_, Some(cell)) => {
                if let Some(rich) = &mut cell.rich {
                    rich.end(name);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The cell as a reader of the sheet sees it; none if there is nothing in it.
    fn close(&mut self, mut cell: OpenCell) -> Result<Option<SheetCell>, SheetFault> {
        let look = self.book.styles.look(cell.style);
        let value = cell.value.take();
        let filled = value.as_deref().filter(|value| !value.is_empty());
        let (text, special, struck) = match (cell.kind, filled) {
            (Kind::Inline, _) => {
                let rich = cell.rich.as_mut().map(RichReader::take).unwrap_or_default();
                (self.text(&cell, look, rich.text), None, rich.struck)
            }
            (Kind::Shared, Some(index)) => {
                let index: Option<usize> = index.trim().parse().ok();
                let rich = index.and_then(|index| self.book.strings.get(index)).ok_or("a text is missing")?;
                (self.text(&cell, look, rich.text.clone()), None, rich.struck)
            }
            (Kind::Result, Some(value)) => (self.text(&cell, look, unescaped(value)), None, false),
            (Kind::Result, None) => return Ok(None),
            (Kind::Truth, Some(value)) => {
                (if value == "0" { "FALSE" } else { "TRUE" }.to_owned(), None, false)
            }
            (Kind::Error, Some(error)) => (error.to_owned(), Some(Special::Error(error.to_owned())), false),
            (Kind::Date, Some(value)) => {
                let iso = iso_date_time(value);
                (iso.clone(), Some(Special::Date(iso.into())), false)
            }
            (_, Some(value)) => match value.trim().parse::<f64>() {
                Ok(number) => {
                    let (text, special) = self.number(&cell, look, number);
                    (text, Some(special), false)
                }
                Err(_) => (value.to_owned(), None, false),
            },
            (_, None) if cell.formula => (String::new(), Some(Special::FormulaEmpty), false),
            (_, None) => return Ok(None),
        };
        let struck = (struck || look.struck) && !text.trim().is_empty();
        if text.is_empty() && special.is_none() {
            return Ok(None);
        }
        Ok(Some(SheetCell { row: cell.row, column: cell.column, text, special, struck }))
    }

    fn text(&mut self, cell: &OpenCell, look: Look, text: String) -> String {
        let Some(named) = look.format.filter(|_| !text.is_empty()) else { return text };
        if let Ok(shown) = named.format.show_text(&text) {
            return shown.unwrap_or(text);
        }
        let code = named.code.clone();
        self.unknown(cell, code);
        text
    }

    fn number(&mut self, cell: &OpenCell, look: Look, number: f64) -> (String, Special) {
        let Some(named) = look.format else {
            if let Some(id) = look.unknown {
                self.unknown(cell, id.to_string());
            }
            return (plain(number), Special::Number);
        };
        let shown = numeral(&named.format, number, self.book.epoch);
        if !shown.understood {
            let code = named.code.clone();
            self.unknown(cell, code);
        }
        (shown.text, shown.special)
    }

    fn unknown(&mut self, cell: &OpenCell, code: String) {
        let row = cell.row;
        self.sheet.unknown_formats.entry(cell.column).or_insert(UnknownFormat { row, code });
    }
}
