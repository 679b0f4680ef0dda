//! Rows of one file as records of a directory.
//!
//! In: a row of cells, and the columns of the directory that they are. Out: a `Record`; or a finding, and the words of the row
//! for what can still be told from them.

use std::sync::Arc;

use super::delimited::{QuoteFault, Row};
use super::grid::Grid;
use super::sheet_content::Special;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::directory::{Directory, LostRow, Record, Table, Written};
use crate::model::origin::Origin;
use crate::model::schema::FieldType;
use crate::project::DirectoryPlan;
use crate::say;
use crate::table;

/// Turns rows into records.
pub(super) struct RowReader<'a> {
    pub(super) plan: &'a DirectoryPlan,
    pub(super) grid: &'a Grid,
    pub(super) table: &'a Arc<Table>,
    /// For each column of the file, its column in the directory.
    pub(super) columns: &'a [Option<usize>],
    pub(super) directory: &'a mut Directory,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
    /// Whether the columns of the file are the first of the directory, in its order.
    pub(super) in_order: bool,
    /// Columns without a header that were reported.
    pub(super) unnamed: Vec<usize>,
}

impl RowReader<'_> {
    fn words(&self, cell: Written) -> &str {
        cell.of(&self.table.source.text, &self.table.unquoted)
    }

    fn origin(&self, row: &Row, index: usize) -> Origin {
        self.table.cell(index, row)
    }

    /// Keeps the words of a row that is no record, for what can still be told from them (its ward).
    pub(super) fn lose(&mut self, row: &Row) {
        let words = row.cells.iter().map(|cell| self.words(*cell));
        // what stands behind a mark that is wrong can be some ward's name too
        let rest = row.fault.as_ref().and_then(|_| self.grid.delimiter()).map(|delimiter| {
            let text = &self.table.source.text;
            table::pieces(text, self.table.places.end(text, row), delimiter)
        });
        let lost = LostRow::of(words.chain(rest.into_iter().flatten()));
        self.directory.lost.push(lost);
    }

    /// Reads one row; whether it holds anything.
    pub(super) fn row(&mut self, mut row: Row) -> bool {
        if row.fault.is_none() && row.cells.iter().all(|cell| self.words(*cell).trim().is_empty()) {
            return self.special(&row);
        }
        if let Some(fault) = &row.fault {
            let mut origin = self.origin(&row, fault.cell);
            // what is read of the cell ends in another line, and its row does not
            if let Some(span) = &mut origin.span {
                let line = origin.source.text.get(span.start..span.end).unwrap_or_default();
                span.end = span.start + line.find(['\r', '\n']).unwrap_or(line.len());
            }
            self.diagnostics.push(quote(fault.kind).at(origin));
            self.lose(&row);
            return true;
        }
        let wanted = self.columns.len();
        // what lies behind the last column is blank, or a workbook's cells under no header
        if self.grid.is_workbook() {
            for (place, cell) in row.cells.iter().enumerate().skip(wanted) {
                self.unnamed(&row, place, *cell);
            }
        }
        if row.cells.len() < wanted {
            let end = self.table.places.end(&self.table.source.text, &row);
            row.cells.resize(wanted, Written::new(end, end));
        }
        row.cells.truncate(wanted);
        if self.special(&row) {
            self.lose(&row);
            return true;
        }
        let width = self.directory.columns.len();
        let cells = if self.in_order && width == wanted {
            std::mem::take(&mut row.cells)
        } else {
            let mut cells = vec![Written::default(); width];
            for (place, cell) in row.cells.iter().enumerate() {
                match self.columns[place] {
                    Some(column) => cells[column] = *cell,
                    None => self.unnamed(&row, place, *cell),
                }
            }
            cells
        };
        let table = Arc::clone(self.table);
        self.directory.records.push(Record {
            table,
            start: row.start,
            row: row.number,
            line: row.line,
            cells,
        });
        true
    }

    /// A cell under no header is printed nowhere: said once for each column.
    fn unnamed(&mut self, row: &Row, place: usize, cell: Written) {
        // a column with the header of another was reported already
        let has_header = self.table.headers.get(place).is_some_and(|header| !header.is_empty());
        if has_header || self.unnamed.contains(&place) || self.words(cell).trim().is_empty() {
            return;
        }
        self.unnamed.push(place);
        let finding = Diagnostic::warning(
            Code::HeaderUnnamed,
            say!("この列には見出しがないので、使いません。", "This column has no header; it is not used."),
        )
        .at(self.origin(row, place))
        .hint(say!("使う列なら、見出しを書いてください。", "Give it a header if it is to be used."));
        self.diagnostics.push(finding);
    }

    /// What a spreadsheet says of cells of the row; whether something is wrong with one that is used.
    fn special(&mut self, row: &Row) -> bool {
        if self.grid.special.is_empty() {
            return false;
        }
        let mut findings = Vec::new();
        let mut any = false;
        for ((_, place), special) in self.grid.special.range((row.number, 0)..=(row.number, usize::MAX)) {
            let Some(column) = self.columns.get(*place).copied().flatten() else { continue };
            let kind = self.directory.columns[column].field.as_ref().map(|field| field.kind);
            let words = row.cells.get(*place).map_or("", |cell| self.words(*cell));
            let finding = match special {
                Special::FormulaEmpty => Some(formula_empty()),
                Special::Error(error) => Some(cell_error(error)),
                Special::Number | Special::Formatted(_) => kind.and_then(|kind| zero_lost(kind, words)),
                Special::Date(_) => None,
            };
            let Some(mut finding) = finding.map(|finding| finding.at(self.origin(row, *place))) else {
                continue;
            };
            if self.plan.uses(&self.directory.columns[column]) {
                any = true;
            } else {
                finding.severity = Severity::Warning;
            }
            findings.push(finding);
        }
        self.diagnostics.append(&mut findings);
        any
    }
}

fn quote(fault: QuoteFault) -> Diagnostic {
    match fault {
        QuoteFault::Unclosed => Diagnostic::error(
            Code::QuoteUnclosed,
            say!(
                "ここで開いた「\"」が閉じていません。この行は読めません。",
                "A quotation mark opens here and is never closed; this row cannot be read."
            ),
        )
        .hint(say!("セルの終わりに「\"」を書いてください。", "Close it at the end of the cell.")),
        QuoteFault::Stray => Diagnostic::error(
            Code::QuoteStray,
            say!(
                "「\"」で閉じたセルのあとに、まだ文字があります。この行は読めません。",
                "Characters follow after the quotation mark that closes this cell; this row cannot be read."
            ),
        )
        .hint(say!(
            "セルの中の「\"」は「\"\"」と2つ書きます。閉じ忘れた「\"」がないかも見てください。",
            "Within a cell a quotation mark is doubled; or one was never closed."
        )),
        QuoteFault::Inside => Diagnostic::error(
            Code::QuoteStray,
            say!(
                "セルの途中で開いた「\"」が、別のセルで閉じています。どこまでが1つのセルか決められません。",
                "A quotation mark opens within this cell and closes within another; what is one cell is not clear."
            ),
        )
        .hint(say!(
            "区切りの文字を含むセルは、全体を「\"」で囲みます。中の「\"」は「\"\"」と2つ書きます。",
            "A cell that holds a delimiter stands in quotation marks as a whole; marks within it are doubled."
        )),
    }
}

fn formula_empty() -> Diagnostic {
    Diagnostic::error(
        Code::FormulaEmpty,
        say!("計算式の結果が保存されていません。", "The result of this formula is not stored."),
    )
    .hint(say!("Excelで開いて、保存し直してください。", "Open the file in a spreadsheet and save it again."))
}

fn cell_error(error: &str) -> Diagnostic {
    Diagnostic::error(
        Code::CellError,
        say!("このセルは「{error}」というエラーです。", "This cell shows the error {error}."),
    )
    .hint(say!("計算式を直すか、値を書いてください。", "Mend the formula, or write the value."))
}

/// A number where digits belong: a spreadsheet takes the leading zero away. The likely value is named, not used.
fn zero_lost(kind: FieldType, words: &str) -> Option<Diagnostic> {
    if !words.bytes().all(|byte| byte.is_ascii_digit()) || words.starts_with('0') {
        return None;
    }
    let likely = (kind.definition().with_zero)(words)?;
    let diagnostic = Diagnostic::error(
        Code::ZeroLost,
        say!(
            "「{words}」は数値として保存されていて、先頭の0が消えています。",
            "{words} is stored as a number and has lost its leading 0."
        ),
    );
    Some(diagnostic.mended_by(likely.clone()).hint(say!(
        "たぶん「{likely}」です。セルの書式を「文字列」にして、書き直してください。",
        "It is probably {likely}. Format the cell as text and type it again."
    )))
}
