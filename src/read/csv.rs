//! Directories from CSV: rows as written, each cell with its place.
//!
//! In: the files of one directory. Out: `Directory<String>`. Splitting into cells is the `csv` crate's.

use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};

use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::directory::{Column, Directory, Record, Table};
use crate::model::origin::{Origin, Source, saturate};
use crate::project::DirectoryPlan;
use crate::say;

const DELIMITER: u8 = b',';

/// Reads the files of a directory into one table.
pub fn directory(plan: &DirectoryPlan, sources: &[Arc<Source>]) -> Outcome<Directory<String>> {
    let mut directory = Directory {
        name: plan.name.clone(),
        schema: Arc::clone(&plan.schema),
        columns: Vec::new(),
        tables: Vec::new(),
        records: Vec::new(),
    };
    let mut diagnostics = Vec::new();
    for source in sources {
        file(plan, source, &mut directory, &mut diagnostics);
    }
    // files may have different columns: every record has a cell for each
    let width = directory.columns.len();
    for record in &mut directory.records {
        record.cells.resize(width, String::new());
        record.places.resize(width, None);
    }
    Outcome { value: directory, diagnostics }
}

fn file(
    plan: &DirectoryPlan,
    source: &Arc<Source>,
    directory: &mut Directory<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(DELIMITER)
        .from_reader(source.text.as_bytes());
    let mut row = StringRecord::new();
    let mut columns: Vec<usize> = Vec::new();
    let mut table: Option<Arc<Table>> = None;
    let mut seen = 0;
    let mut count = Count::default();
    // the text is UTF-8 and in memory, so reading a record cannot fail; an error would be a fault of ours
    while reader.read_record(&mut row).expect("a record of a text in memory") {
        let position = row.position().expect("a record that was read has a position");
        // empty lines are no records for the csv crate, but a spreadsheet counts them: its rows are those of the file
        let start = usize::try_from(position.byte()).expect("a position within memory");
        let start =
            start + source.text[start..].len() - source.text[start..].trim_start_matches(['\r', '\n']).len();
        let (number, line) = count.at(&source.text, start);
        let Some(table) = &table else {
            let read = header(source, &row, start, number, diagnostics);
            columns = place_columns(plan, &read, directory);
            directory.tables.push(Arc::clone(&read));
            table = Some(read);
            continue;
        };
        seen += 1;
        record(table, &row, (start, number, line), &columns, directory, diagnostics);
    }
    match table {
        None => diagnostics.push(
            Diagnostic::error(Code::TableEmpty, say!("ファイルが空です。", "The file is empty."))
                .at(Origin::file(source))
                .hint(say!(
                    "1行目に見出し（区,名称,住所,電話番号 など）を、2行目から中身を書きます。",
                    "The first row holds the headers, the following rows the records."
                )),
        ),
        Some(table) if seen == 0 => diagnostics.push(
            Diagnostic::error(
                Code::TableEmpty,
                say!("見出しだけで、中身の行がありません。", "There is a header, but no row below it."),
            )
            .at(table.header(0)),
        ),
        Some(_) => {}
    }
}

/// Counts rows and lines from record to record, so that a file is gone through once.
#[derive(Default)]
struct Count {
    at: usize,
    rows: usize,
    lines: usize,
}

impl Count {
    /// Row as a spreadsheet shows it (line breaks inside quotes do not count) and physical line of the byte `start`.
    fn at(&mut self, text: &str, start: usize) -> (u32, u32) {
        let mut quoted = false;
        for byte in &text.as_bytes()[self.at..start] {
            quoted ^= *byte == b'"';
            if *byte == b'\n' {
                self.lines += 1;
                self.rows += usize::from(!quoted);
            }
        }
        self.at = start;
        (saturate(self.rows + 1), saturate(self.lines + 1))
    }
}

fn header(
    source: &Arc<Source>,
    row: &StringRecord,
    start: usize,
    number: u32,
    diagnostics: &mut Vec<Diagnostic>,
) -> Arc<Table> {
    let headers: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
    let table = Table { source: Arc::clone(source), headers, start, row: number, delimiter: DELIMITER };
    for (index, header) in table.headers.iter().enumerate() {
        if !header.is_empty() && table.headers[..index].contains(header) {
            diagnostics.push(
                Diagnostic::error(
                    Code::HeaderTwice,
                    say!("見出し「{header}」が2つあります。", "There are two columns \"{header}\"."),
                )
                .at(table.header(index))
                .hint(say!(
                    "片方の見出しを変えるか、列を消してください。",
                    "Rename one of them, or delete it."
                )),
            );
        }
    }
    Arc::new(table)
}

/// For each column of the file, its column in the directory.
fn place_columns(plan: &DirectoryPlan, table: &Table, directory: &mut Directory<String>) -> Vec<usize> {
    table
        .headers
        .iter()
        .map(|header| {
            let field = match &plan.key {
                // the manifest names the column that joins to the wards
                Some(key) if key == header => plan.schema.field("ward"),
                _ => plan.schema.field_of(header),
            };
            let column = Column { header: header.clone(), field };
            let known = directory.columns.iter().position(|other| other.name() == column.name());
            known.unwrap_or_else(|| {
                directory.columns.push(column);
                directory.columns.len() - 1
            })
        })
        .collect()
}

fn record(
    table: &Arc<Table>,
    row: &StringRecord,
    (start, number, line): (usize, u32, u32),
    columns: &[usize],
    directory: &mut Directory<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let cell = |index: usize| table.cell(index, start, number, line);
    if row.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    if unclosed(&table.source.text[start..]) {
        diagnostics.push(
            Diagnostic::error(
                Code::QuoteUnclosed,
                say!(
                    "「\"」が閉じていません。ここから先が1つのセルになっています。",
                    "A quotation mark opens here and is never closed."
                ),
            )
            .at(cell(row.len() - 1))
            .hint(say!("セルの終わりに「\"」を書いてください。", "Close it at the end of the cell.")),
        );
        return;
    }
    let (found, wanted) = (row.len(), table.headers.len());
    if found != wanted {
        let at = if found > wanted { wanted } else { found.saturating_sub(1) };
        diagnostics.push(
            Diagnostic::error(
                Code::RowRagged,
                say!(
                    "この行のセルは{found}個です。見出しは{wanted}個です。",
                    "This row has {found} cells, the header has {wanted}."
                ),
            )
            .at(cell(at))
            .hint(say!(
                "「,」の数を見直してください。文の中の「,」は、セル全体を「\"」で囲みます。",
                "Count the commas; a cell that holds a comma stands in quotation marks."
            )),
        );
        return;
    }
    let mut cells = vec![String::new(); directory.columns.len()];
    let mut places = vec![None; directory.columns.len()];
    for (index, text) in row.iter().enumerate() {
        if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let code = u32::from(control);
            diagnostics.push(
                Diagnostic::error(
                    Code::ControlCharacter,
                    say!(
                        "目に見えない制御文字（U+{code:04X}）があります。",
                        "There is an invisible control character (U+{code:04X})."
                    ),
                )
                .at(cell(index))
                .hint(say!("セルを書き直してください。", "Type the cell again.")),
            );
            return;
        }
        cells[columns[index]] = text.to_owned();
        places[columns[index]] = Some(index);
    }
    directory.records.push(Record { table: Arc::clone(table), start, row: number, line, places, cells });
}

/// Whether the record at the head of `rest` runs to the end of the file inside a quotation.
fn unclosed(rest: &str) -> bool {
    let mut quoted = false;
    for byte in rest.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => return false,
            _ => {}
        }
    }
    quoted
}
