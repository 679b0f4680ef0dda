//! ODS: the sheets of a spreadsheet of `OpenDocument` (ISO/IEC 26300), which keeps beside each value the words that it shows.
//!
//! In: `content.xml`, of a file whose parts were unpacked before to see how large they are. Out: all its sheets; a few
//! hundred bytes may stand for more cells than any memory holds, which is seen before they are written out. The general reader (`calamine`)
//! gives values without these words, takes readings for text, and does not tell what is merged, hidden or struck out.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Cursor, Read};

use super::number_format::plain;
use super::sheet_choice::SheetName;
use super::sheet_content::{Area, Link, SheetCell, SheetContent, Special};
use super::workbook_cell::{iso_date_time, iso_duration, shows_error};
use super::xlsx::SheetFault;
use super::xml::{BytesStart, Event, Xml, attribute, words};

/// The cells of all sheets may take this many bytes.
const MOST_BYTES: usize = 1 << 30;
/// Rows and columns of the largest sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;
/// Elements within a cell whose words are none of its own.
const STRANGE: &[&str] =
    &["office:annotation", "text:ruby-text", "text:note", "draw:frame", "draw:custom-shape", "draw:g"];

/// A sheet with its name.
pub struct OdsSheet {
    /// Its name, and whether it is seen.
    pub name: SheetName,
    /// Its cells.
    pub content: SheetContent,
}

/// Reads all sheets; none where the file is locked.
///
/// # Errors
/// What is wrong with it.
pub fn read(bytes: &[u8], parts: &[String]) -> Result<Option<Vec<OdsSheet>>, SheetFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let place = |name: &str| parts.iter().position(|part| part.eq_ignore_ascii_case(name));
    if let Some(manifest) = place("META-INF/manifest.xml") {
        let mut text = Vec::new();
        let part = archive.by_index(manifest).map_err(|error| error.to_string())?;
        part.take(MANIFEST).read_to_end(&mut text).map_err(|error| error.to_string())?;
        if memchr::memmem::find(&text, b"encryption-data").is_some() {
            return Ok(None);
        }
    }
    let content = place("content.xml").ok_or("its content is missing")?;
    let part = archive.by_index(content).map_err(|error| error.to_string())?;
    sheets(BufReader::with_capacity(64 << 10, part)).map(Some)
}

/// Bytes of a list of parts that are looked at.
const MANIFEST: u64 = 4 << 20;

/// What is known of styles.
#[derive(Default)]
struct Styles {
    struck: BTreeSet<String>,
    hidden: BTreeSet<String>,
    /// The one that is being read.
    open: String,
}

/// A cell that is being read.
#[derive(Default)]
struct OpenCell {
    columns: u32,
    rows_spanned: u32,
    columns_spanned: u32,
    kind: String,
    value: Option<String>,
    formula: bool,
    error: bool,
    text: String,
    paragraphs: u32,
    /// Elements that are open, from the cell on, whose words are strange.
    strange: u32,
    /// Whether each open span is struck out.
    spans: Vec<bool>,
    struck: bool,
    link: Option<String>,
}

#[derive(Default)]
struct OdsReader {
    styles: Styles,
    sheets: Vec<OdsSheet>,
    /// Tables within tables are no sheets.
    depth: u32,
    row: u32,
    rows: u32,
    row_hidden: bool,
    column: u32,
    /// The cells of this row.
    cells: Vec<SheetCell>,
    cell: Option<OpenCell>,
    /// Columns so far, and the styles that their cells have.
    columns: u32,
    struck_columns: Vec<Area>,
    bytes: usize,
}

fn sheets(content: impl BufRead) -> Result<Vec<OdsSheet>, SheetFault> {
    let mut xml = Xml::new(content);
    let mut reader = OdsReader::default();
    loop {
        let event = xml.next_event()?;
        match &event {
            Event::Start(element) => reader.start(element),
            Event::End(element) => reader.end(element.name().as_ref())?,
            Event::Eof => return Ok(reader.sheets),
            other => {
                if let (Some(cell), Some(words)) = (&mut reader.cell, words(other)) {
                    cell.words(&words);
                }
            }
        }
    }
}

fn count(element: &BytesStart, name: &str, most: u32) -> u32 {
    attribute(element, name).map_or(1, |value| value.trim().parse().unwrap_or(most)).clamp(1, most)
}

impl OpenCell {
    fn words(&mut self, words: &str) {
        if self.strange == 0 && self.paragraphs > 0 {
            // line breaks of the file are spaces (ODF 1.3, 6.1.2)
            let flat = words.replace(['\n', '\r', '\t'], " ");
            self.struck |= !flat.trim().is_empty() && self.spans.iter().any(|struck| *struck);
            self.text.push_str(&flat);
        }
    }

    fn start(&mut self, element: &BytesStart, styles: &Styles) {
        let qualified = element.name();
        let name: &str = qualified.as_ref();
        if self.strange > 0 || STRANGE.contains(&name) {
            self.strange += 1;
            return;
        }
        match name {
            "text:p" => {
                if self.paragraphs > 0 {
                    self.text.push('\n');
                }
                self.paragraphs += 1;
            }
            "text:s" => {
                let spaces = count(element, "text:c", 1 << 10);
                self.text.extend(std::iter::repeat_n(' ', spaces as usize));
            }
            "text:tab" => self.text.push(' '),
            "text:line-break" => self.text.push('\n'),
            "text:span" => {
                let style = attribute(element, "text:style-name");
                self.spans.push(style.is_some_and(|style| styles.struck.contains(&style)));
            }
            "text:a" => self.link = attribute(element, "xlink:href").or(self.link.take()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.strange > 0 {
            self.strange -= 1;
        } else if name == "text:span" {
            self.spans.pop();
        }
    }

    /// The words that it shows, and what else is known of them.
    fn shown(&self) -> (String, Option<Special>) {
        let is_narrow = !self.text.is_empty() && self.text.bytes().all(|byte| byte == b'#');
        let shown = Some(self.text.clone()).filter(|text| !text.is_empty() && !is_narrow);
        if self.error || (self.formula && shows_error(&self.text)) {
            return (self.text.clone(), Some(Special::Error(self.text.clone())));
        }
        let value = self.value.clone();
        match (self.kind.as_str(), value) {
            ("float" | "percentage" | "currency", Some(value)) => {
                let stored = value.trim().parse().map_or(value, plain);
                match shown {
                    Some(shown) if shown != stored => (shown, Some(Special::Formatted(stored.into()))),
                    _ => (stored, Some(Special::Number)),
                }
            }
            ("date", Some(value)) => {
                let iso = iso_date_time(&value);
                (shown.unwrap_or_else(|| iso.clone()), Some(Special::Date(iso.into())))
            }
            ("time", Some(value)) => {
                let iso = iso_duration(&value);
                (shown.unwrap_or_else(|| iso.clone()), Some(Special::Date(iso.into())))
            }
            ("boolean", Some(value)) => (shown.unwrap_or_else(|| value.to_uppercase()), None),
            ("", None) if self.formula && shown.is_none() => (String::new(), Some(Special::FormulaEmpty)),
            (_, value) => (shown.or(value).unwrap_or_default(), None),
        }
    }
}

/// Where the value of a cell stands, by its type.
const VALUES: [&str; 5] =
    ["office:value", "office:date-value", "office:time-value", "office:boolean-value", "office:string-value"];

impl OdsReader {
    fn start(&mut self, element: &BytesStart) {
        let qualified = element.name();
        let name: &str = qualified.as_ref();
        if let Some(cell) = &mut self.cell {
            cell.start(element, &self.styles);
            return;
        }
        match name {
            "style:style" => self.styles.open = attribute(element, "style:name").unwrap_or_default(),
            "style:text-properties" => {
                let line = |key: &str| attribute(element, key).is_some_and(|value| value != "none");
                if line("style:text-line-through-style") || line("style:text-line-through-type") {
                    self.styles.struck.insert(self.styles.open.clone());
                }
            }
            "style:table-properties"
                if attribute(element, "table:display").is_some_and(|value| value == "false") =>
            {
                self.styles.hidden.insert(self.styles.open.clone());
            }
            "table:table" => self.table(element),
            "table:table-column" if self.depth == 1 => self.column(element),
            "table:table-row" if self.depth == 1 => {
                self.rows = count(element, "table:number-rows-repeated", ROWS);
                self.row_hidden = is_hidden(element);
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" if self.depth == 1 => self.open_cell(element),
            _ => {}
        }
    }

    /// A table begins: the outermost is a sheet.
    fn table(&mut self, element: &BytesStart) {
        self.depth += 1;
        if self.depth > 1 {
            return;
        }
        let style = attribute(element, "table:style-name").unwrap_or_default();
        let name = attribute(element, "table:name").unwrap_or_default();
        // copies of other files' tables are kept as tables with the names of the files
        let visible = !self.styles.hidden.contains(&style) && !name.starts_with("'file:");
        self.sheets.push(OdsSheet { name: SheetName { name, visible }, content: SheetContent::default() });
        (self.row, self.columns) = (0, 0);
        self.struck_columns.clear();
    }

    /// A cell of a sheet begins.
    fn open_cell(&mut self, element: &BytesStart) {
        let style = attribute(element, "table:style-name");
        let column = self.column;
        let by_column = || self.struck_columns.iter().any(|area| (area.left..=area.right).contains(&column));
        self.cell = Some(OpenCell {
            columns: count(element, "table:number-columns-repeated", COLUMNS),
            rows_spanned: count(element, "table:number-rows-spanned", ROWS),
            columns_spanned: count(element, "table:number-columns-spanned", COLUMNS),
            kind: attribute(element, "office:value-type").unwrap_or_default(),
            value: VALUES.iter().find_map(|name| attribute(element, name)),
            formula: attribute(element, "table:formula").is_some(),
            error: attribute(element, "calcext:value-type").is_some_and(|kind| kind == "error"),
            struck: style.map_or_else(by_column, |style| self.styles.struck.contains(&style)),
            ..OpenCell::default()
        });
    }

    fn column(&mut self, element: &BytesStart) {
        let columns = count(element, "table:number-columns-repeated", COLUMNS);
        let area = Area::of_columns(self.columns, self.columns.saturating_add(columns - 1));
        self.columns = self.columns.saturating_add(columns);
        let style = attribute(element, "table:default-cell-style-name");
        if style.is_some_and(|style| self.styles.struck.contains(&style)) {
            self.struck_columns.push(area);
        }
        if let Some(sheet) = self.sheets.last_mut().filter(|_| is_hidden(element)) {
            sheet.content.hidden_columns.push(area);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), SheetFault> {
        match (name, &mut self.cell) {
            ("table:table-cell" | "table:covered-table-cell", Some(cell)) if cell.strange == 0 => {
                let Some(cell) = self.cell.take() else { return Ok(()) };
                self.close(&cell, name == "table:covered-table-cell")
            }
            (_, Some(cell)) => {
                cell.end(name);
                Ok(())
            }
            ("table:table", None) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(())
            }
            ("table:table-row", None) if self.depth == 1 => self.end_row(),
            _ => Ok(()),
        }
    }

    fn close(&mut self, cell: &OpenCell, covered: bool) -> Result<(), SheetFault> {
        let (row, column) = (self.row, self.column);
        self.column = self.column.saturating_add(cell.columns).min(COLUMNS);
        let (text, special) = cell.shown();
        // a cell under a merged one is not seen
        if covered || (text.is_empty() && special.is_none()) {
            return Ok(());
        }
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        let (bottom, right) =
            (row.saturating_add(cell.rows_spanned - 1), column.saturating_add(cell.columns_spanned - 1));
        if bottom > row || right > column {
            sheet.content.merged.push(Area { top: row, bottom, left: column, right });
        }
        if let Some(target) = &cell.link {
            let area = Area { top: row, bottom: row, left: column, right: column };
            sheet.content.links.push(Link { area, target: target.clone() });
        }
        let struck = cell.struck && !text.trim().is_empty();
        self.take((text.len() + size_of::<SheetCell>()).saturating_mul((self.column - column) as usize))?;
        for column in column..self.column {
            self.cells.push(SheetCell { row, column, text: text.clone(), special: special.clone(), struck });
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), SheetFault> {
        let cells = std::mem::take(&mut self.cells);
        let (first, rows) = (self.row, self.rows.max(1));
        self.row = self.row.saturating_add(rows).min(ROWS);
        if cells.is_empty() {
            return Ok(());
        }
        let bytes: usize = cells.iter().map(|cell| cell.text.len() + size_of::<SheetCell>()).sum();
        self.take(bytes.saturating_mul((self.row - first) as usize))?;
        let Some(sheet) = self.sheets.last_mut() else { return Ok(()) };
        for row in first..self.row {
            if self.row_hidden {
                sheet.content.hidden_rows.push(row);
            }
            sheet.content.cells.extend(cells.iter().map(|cell| SheetCell { row, ..cell.clone() }));
        }
        Ok(())
    }

    /// Takes room for so many bytes more.
    fn take(&mut self, bytes: usize) -> Result<(), SheetFault> {
        self.bytes = self.bytes.saturating_add(bytes);
        if self.bytes > MOST_BYTES { Err(SheetFault::TooLarge) } else { Ok(()) }
    }
}

fn is_hidden(element: &BytesStart) -> bool {
    attribute(element, "table:visibility").is_some_and(|value| value == "collapse" || value == "filter")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(table: &str) -> Vec<(u32, u32, String, bool)> {
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name=\"x\" style:family=\"text\"><style:text-properties style:text-line-through-style=\"solid\"/></style:style></office:automatic-styles><office:body><table:table table:name=\"a\">{table}</table:table></office:body></office:document-content>"
        );
        let sheets = sheets(content.as_bytes()).expect("XML");
        sheets[0]
            .content
            .cells
            .iter()
            .map(|cell| (cell.row, cell.column, cell.text.clone(), cell.struck))
            .collect()
    }

    fn row(cells: &str) -> String {
        format!("<table:table-row>{cells}</table:table-row>")
    }

    #[test]
    fn readings_comments_and_shapes_are_no_text() {
        let cell = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>覚え書き</text:p></office:annotation><text:p>見本<text:ruby><text:ruby-base>町</text:ruby-base><text:ruby-text>まち</text:ruby-text></text:ruby>&amp;<text:s text:c=\"2\"/>1</text:p><text:p>2階</text:p></table:table-cell>";
        assert_eq!(cells(&row(cell)), [(0, 0, "見本町&  1\n2階".to_owned(), false)]);
    }

    #[test]
    fn what_is_shown_counts() {
        let cell = "<table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>0007</text:p></table:table-cell>";
        let date = "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-04-05\"><text:p>4月5日</text:p></table:table-cell>";
        let narrow = "<table:table-cell office:value-type=\"float\" office:value=\"12\"><text:p>###</text:p></table:table-cell>";
        let struck = "<table:table-cell office:value-type=\"string\"><text:p><text:span text:style-name=\"x\">旧</text:span>新</text:p></table:table-cell>";
        let found = cells(&row(&[cell, date, narrow, struck].concat()));
        let texts: Vec<&str> = found.iter().map(|cell| cell.2.as_str()).collect();
        assert_eq!(texts, ["0007", "4月5日", "12", "旧新"]);
        assert_eq!(found.iter().map(|cell| cell.3).collect::<Vec<_>>(), [false, false, false, true]);
    }

    #[test]
    fn repeated_cells_and_rows_are_written_out() {
        let cell = "<table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
        let table = format!(
            "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/>{cell}</table:table-row>"
        );
        let places: Vec<(u32, u32)> = cells(&table).iter().map(|cell| (cell.0, cell.1)).collect();
        assert_eq!(places, [(0, 1), (0, 2), (1, 1), (1, 2)]);
    }

    #[test]
    fn more_cells_than_memory_holds_are_too_large() {
        let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
        let row = format!(
            "<table:table-row table:number-rows-repeated=\"99999999999999999999\">{cell}</table:table-row>"
        );
        let content = format!("<table:table table:name=\"a\">{row}</table:table>");
        assert!(matches!(sheets(content.as_bytes()), Err(SheetFault::TooLarge)));
        let empty = row.replace("<text:p>a</text:p>", "");
        let content = format!("<table:table table:name=\"a\">{}</table:table>", empty.repeat(9));
        assert!(sheets(content.as_bytes()).is_ok_and(|sheets| sheets[0].content.cells.is_empty()));
    }
}
