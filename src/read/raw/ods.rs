//! ODS as it is stored (`OpenDocument` 1.3): values, formulas, merged cells, hidden rows and columns, looks of cells, drawings.
//!
//! In: the bytes of the file. Out: its visible sheets.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::diagnostic::Diagnostic;
use crate::model::origin::Source;
use crate::model::raw_table::{CellForm, CellRange, RawBook, RawCell, RawFormat, RawSheet, Spot};

use super::MOST_CELLS;
use super::xml::{Archive, all, attribute, children, number};

/// Rows and columns of the largest sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// The form.
const FORMAT: RawFormat = RawFormat { is_text: false, tells_looks: true, is_outdated: false };

/// Reads the file.
///
/// # Errors
/// A finding when it is broken, locked or too large.
pub fn book(path: &str, bytes: &[u8]) -> Result<RawBook, Diagnostic> {
    let mut archive = Archive::open(path, bytes)?;
    let text = archive.part("content.xml")?.unwrap_or_default();
    let tree = Document::parse(&text).map_err(|error| archive.unread(&error))?;
    let styles = Styles::of(&tree);
    let mut book = RawBook { format: FORMAT, sheets: Vec::new(), hidden_sheets: Vec::new(), cut: false };
    for spreadsheet in all(tree.root(), "spreadsheet") {
        for table in children(spreadsheet, "table") {
            let name = attribute(table, "name").unwrap_or_default();
            if attribute(table, "style-name").is_some_and(|style| styles.hidden.contains(&style)) {
                book.hidden_sheets.push(name.to_owned());
                continue;
            }
            let mut read = Reading {
                sheet: RawSheet::new(Source::of_sheet(path, name, "")),
                styles: &styles,
                row: 0,
                column: 0,
                cut: false,
            };
            read.parts(table);
            book.cut |= read.cut;
            book.sheets.push(read.sheet);
        }
    }
    Ok(book)
}

/// Styles of tables that are hidden, and how the cells of others look.
struct Styles<'t> {
    hidden: Vec<&'t str>,
    looks: BTreeMap<&'t str, u32>,
}

impl<'t> Styles<'t> {
    fn of(tree: &'t Document<'_>) -> Self {
        let mut styles = Self { hidden: Vec::new(), looks: BTreeMap::new() };
        let mut known: Vec<String> = Vec::new();
        for style in all(tree.root(), "style") {
            let Some(name) = attribute(style, "name") else { continue };
            if children(style, "table-properties").any(|part| attribute(part, "display") == Some("false")) {
                styles.hidden.push(name);
            }
            if attribute(style, "family") != Some("table-cell") {
                continue;
            }
            let look = look(style);
            let place = known.iter().position(|other| *other == look).unwrap_or_else(|| {
                known.push(look);
                known.len() - 1
            });
            styles.looks.insert(name, u32::try_from(place + 2).unwrap_or(u32::MAX));
        }
        styles
    }
}

/// What a person sees of a style of cells.
fn look(style: Node<'_, '_>) -> String {
    let mut look = String::new();
    for part in style.children().filter(Node::is_element) {
        for value in part.attributes() {
            let name = value.name();
            let seen = ["font-weight", "font-style", "color", "background-color", "font-size"]
                .contains(&name)
                || name == "text-line-through-style";
            if seen && !matches!(value.value(), "normal" | "none" | "transparent") {
                look.push_str(name);
                look.push_str(value.value());
            }
        }
    }
    look
}

/// The way through one table.
struct Reading<'t> {
    sheet: RawSheet,
    styles: &'t Styles<'t>,
    /// Rows and columns before the present place.
    row: u32,
    column: u32,
    cut: bool,
}

impl Reading<'_> {
    /// Goes through rows, columns and the groups of them; groups stand in one another a few deep at most.
    fn parts(&mut self, table: Node<'_, '_>) {
        let mut open: Vec<(Node<'_, '_>, bool)> = vec![(table, false)];
        while let Some((part, folded)) = open.pop() {
            if self.cut {
                return;
            }
            match part.tag_name().name() {
                "table-column" => self.columns(part, folded),
                "table-row" => self.rows(part, folded),
                "shapes" => {
                    let drawn = part.children().filter(Node::is_element).count();
                    self.sheet.objects.extend(std::iter::repeat_n(Spot { row: 1, column: 1 }, drawn));
                }
                "table"
                | "table-columns"
                | "table-rows"
                | "table-header-columns"
                | "table-header-rows"
                | "table-column-group"
                | "table-row-group" => {
                    let folded = folded || attribute(part, "display") == Some("false");
                    let mut below: Vec<Node<'_, '_>> = part.children().filter(Node::is_element).collect();
                    below.reverse();
                    open.extend(below.into_iter().map(|child| (child, folded)));
                }
                _ => {}
            }
        }
    }

    fn columns(&mut self, column: Node<'_, '_>, folded: bool) {
        let count = number(column, "number-columns-repeated").unwrap_or(1).min(COLUMNS);
        let hidden = folded || attribute(column, "visibility").is_some_and(|seen| seen != "visible");
        // the columns behind the last are often hidden altogether
        if hidden && count < COLUMNS / 2 {
            self.sheet.hidden_columns.extend(self.column + 1..=self.column + count.min(100));
        }
        self.column = (self.column + count).min(COLUMNS);
    }

    fn rows(&mut self, row: Node<'_, '_>, folded: bool) {
        let count = number(row, "number-rows-repeated").unwrap_or(1).min(ROWS);
        let hidden = folded || attribute(row, "visibility").is_some_and(|seen| seen != "visible");
        let cells = self.cells(row);
        // an empty row that is repeated is the rest of the sheet
        let repeated = if cells.is_empty() { 0 } else { count };
        for _ in 0..repeated {
            self.row += 1;
            if hidden {
                self.sheet.hidden_rows.push(self.row);
            }
            for (column, cell) in &cells {
                self.sheet.cells.insert(Spot { row: self.row, column: *column }, cell.clone());
            }
            if self.sheet.cells.len() > MOST_CELLS {
                self.cut = true;
                return;
            }
        }
        if repeated == 0 {
            self.row = (self.row + count).min(ROWS);
        }
    }

    /// The cells of a row, by column; merged areas are noted.
    fn cells(&mut self, row: Node<'_, '_>) -> Vec<(u32, RawCell)> {
        let mut cells = Vec::new();
        let mut column = 0;
        for cell in row.children().filter(Node::is_element) {
            let name = cell.tag_name().name();
            if name != "table-cell" && name != "covered-table-cell" {
                continue;
            }
            let count = number(cell, "number-columns-repeated").unwrap_or(1).min(COLUMNS);
            let spot = Spot { row: self.row + 1, column: column + 1 };
            let wide = number(cell, "number-columns-spanned").unwrap_or(1).min(COLUMNS);
            let high = number(cell, "number-rows-spanned").unwrap_or(1).min(ROWS);
            if wide > 1 || high > 1 {
                let last = Spot { row: spot.row + high - 1, column: spot.column + wide - 1 };
                self.sheet.merged.push(CellRange { first: spot, last });
            }
            if cell.children().any(|child| ["frame", "custom-shape"].contains(&child.tag_name().name())) {
                self.sheet.objects.push(spot);
            }
            if children(cell, "annotation").next().is_some() {
                self.sheet.comments.push(spot);
            }
            let read = self.cell(cell);
            if name == "table-cell" && !read.text.is_empty() {
                let last = (column + count).min(COLUMNS);
                cells.extend((column + 1..=last).map(|column| (column, read.clone())));
            }
            column = (column + count).min(COLUMNS);
        }
        cells
    }

    fn cell(&self, cell: Node<'_, '_>) -> RawCell {
        let form = match attribute(cell, "value-type") {
            Some("float" | "percentage" | "currency") => CellForm::Number,
            Some("date" | "time") => CellForm::Date,
            Some("boolean") => CellForm::Flag,
            _ => CellForm::Text,
        };
        let stored = ["value", "date-value", "time-value", "boolean-value"]
            .iter()
            .find_map(|name| attribute(cell, name))
            .filter(|_| form != CellForm::Text);
        let text = stored.map_or_else(|| paragraphs(cell), str::to_owned);
        let look = attribute(cell, "style-name").and_then(|style| self.styles.looks.get(style).copied());
        RawCell { text, form, formula: attribute(cell, "formula").is_some(), look: look.unwrap_or(1) }
    }
}

/// The words of a cell: its paragraphs, without readings and notes.
fn paragraphs(cell: Node<'_, '_>) -> String {
    let lines: Vec<String> = children(cell, "p")
        .map(|line| {
            let mut words = String::new();
            for node in line.descendants() {
                let aside = node
                    .ancestors()
                    .any(|over| matches!(over.tag_name().name(), "ruby-text" | "annotation" | "note"));
                match node.tag_name().name() {
                    "s" if !aside => {
                        let count = number(node, "c").unwrap_or(1).min(1_000) as usize;
                        words.push_str(&" ".repeat(count));
                    }
                    "line-break" if !aside => words.push('\n'),
                    "tab" if !aside => words.push('\t'),
                    _ if node.is_text() && !aside => words.push_str(node.text().unwrap_or_default()),
                    _ => {}
                }
            }
            words
        })
        .collect();
    lines.join("\n")
}
