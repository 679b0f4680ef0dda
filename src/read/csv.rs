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
        lost: Vec::new(),
        broken: false,
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
    let mut columns: Vec<Option<usize>> = Vec::new();
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
            let read = header(source, &row, start, number);
            columns = place_columns(plan, &read, directory, diagnostics);
            directory.tables.push(Arc::clone(&read));
            table = Some(read);
            continue;
        };
        seen += 1;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match record(table, &row, (start, number, line), &columns, directory.columns.len()) {
            Ok(record) => directory.records.push(record),
            Err(fault) => {
                diagnostics.push(*fault);
                directory.lost.push(row.iter().collect::<Vec<_>>().join("\n"));
            }
        }
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

fn header(source: &Arc<Source>, row: &StringRecord, start: usize, number: u32) -> Arc<Table> {
    let headers: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
    let table = Table { source: Arc::clone(source), headers, start, row: number, delimiter: DELIMITER };
    Arc::new(table)
}

/// For each column of the file, its column in the directory; none for one that another has taken.
fn place_columns(
    plan: &DirectoryPlan,
    table: &Table,
    directory: &mut Directory<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Option<usize>> {
    let mut placed: Vec<Option<usize>> = Vec::new();
    for (index, header) in table.headers.iter().enumerate() {
        let field = match &plan.key {
            // the manifest names the column that joins to the wards
            Some(key) if key == header => plan.schema.field("ward"),
            _ => plan.schema.field_of(header),
        };
        let column = Column { header: header.clone(), field };
        let known = directory.columns.iter().position(|other| other.name() == column.name());
        let first = known.and_then(|known| placed.iter().position(|other| *other == Some(known)));
        if let Some(first) = first.filter(|_| !header.is_empty()) {
            directory.broken = true;
            diagnostics.push(header_twice(&table.headers[first], header).at(table.header(index)));
            placed.push(None);
            continue;
        }
        placed.push(Some(known.unwrap_or_else(|| {
            directory.columns.push(column);
            directory.columns.len() - 1
        })));
    }
    placed
}

fn header_twice(first: &str, header: &str) -> Diagnostic {
    let message = if first == header {
        say!("見出し「{header}」が2つあります。", "There are two columns \"{header}\".")
    } else {
        say!(
            "見出し「{first}」と「{header}」は、同じ項目を指しています。",
            "The headers \"{first}\" and \"{header}\" mean the same."
        )
    };
    Diagnostic::error(Code::HeaderTwice, message)
        .hint(say!("片方の見出しを変えるか、列を消してください。", "Rename one of them, or delete it."))
}

fn record(
    table: &Arc<Table>,
    row: &StringRecord,
    (start, number, line): (usize, u32, u32),
    columns: &[Option<usize>],
    width: usize,
) -> Result<Record<String>, Box<Diagnostic>> {
    let cell = |index: usize| table.cell(index, start, number, line);
    if unclosed(&table.source.text[start..]) {
        return Err(Box::new(
            Diagnostic::error(
                Code::QuoteUnclosed,
                say!(
                    "「\"」が閉じていません。ここから先が1つのセルになっています。",
                    "A quotation mark opens here and is never closed."
                ),
            )
            .at(cell(row.len() - 1))
            .hint(say!("セルの終わりに「\"」を書いてください。", "Close it at the end of the cell.")),
        ));
    }
    let (found, wanted) = (row.len(), table.headers.len());
    if found != wanted {
        let at = if found > wanted { wanted } else { found.saturating_sub(1) };
        return Err(Box::new(
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
        ));
    }
    let mut cells = vec![String::new(); width];
    let mut places = vec![None; width];
    for (index, text) in row.iter().enumerate() {
        if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let code = u32::from(control);
            return Err(Box::new(
                Diagnostic::error(
                    Code::ControlCharacter,
                    say!(
                        "目に見えない制御文字（U+{code:04X}）があります。",
                        "There is an invisible control character (U+{code:04X})."
                    ),
                )
                .at(cell(index))
                .hint(say!("セルを書き直してください。", "Type the cell again.")),
            ));
        }
        if let Some(column) = columns[index] {
            cells[column] = text.to_owned();
            places[column] = Some(index);
        }
    }
    Ok(Record { table: Arc::clone(table), start, row: number, line, places, cells })
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
