//! What `sasshi data` tells of a file: how it was read, its columns, its first rows.
//!
//! In: [`Survey`]. Out: text.

use std::fmt::Write as _;

use super::facts::FindingCounts;
use crate::diagnostic::Language;
use crate::model::schema::FieldType;
use crate::read::grid::GridKind;
use crate::read::survey::Survey;

/// Rows that are shown.
const ROWS: usize = 3;
/// Characters of a cell that are shown.
const LONGEST: usize = 24;

/// The survey as text; `counts` is how many findings were told before.
#[must_use]
pub fn text(survey: &Survey, counts: FindingCounts, language: Language) -> String {
    let ja = language == Language::Japanese;
    let words = |japanese: &'static str, english: &'static str| if ja { japanese } else { english };
    let mut text = String::new();
    let mut line = |label: &str, value: &str| {
        let _ = writeln!(text, "{label}: {value}");
    };
    match &survey.kind {
        GridKind::Delimited { delimiter, encoding, marked } => {
            let mark = if *marked { words("（BOMあり）", " (with byte order mark)") } else { "" };
            line(words("文字コード", "Encoding"), &format!("{encoding}{mark}"));
            let delimiter = match *delimiter {
                b'\t' => words("タブ", "tab"),
                b';' => words("セミコロン（;）", "semicolon"),
                b'|' => words("縦線（|）", "vertical bar"),
                _ => words("コンマ（,）", "comma"),
            };
            line(words("区切り", "Delimiter"), delimiter);
        }
        GridKind::Workbook { format, sheet, .. } => {
            line(words("種類", "Kind"), format);
            line(words("シート", "Sheet"), sheet);
        }
    }
    let directory = &survey.directory;
    if let Some(table) = directory.tables.first() {
        let row = table.head.number;
        line(words("見出しの行", "Header row"), &row.to_string());
    }
    line(words("スキーマ", "Schema"), &directory.schema.name);
    line(words("件数", "Records"), &directory.records.len().to_string());
    let FindingCounts { errors, warnings } = counts;
    match ja {
        true => line("見つかったこと", &format!("エラー{errors}件、注意{warnings}件")),
        false => line("Findings", &format!("{errors} errors, {warnings} warnings")),
    }
    let _ = writeln!(text, "{}:", words("列", "Columns"));
    for (index, column) in directory.columns.iter().enumerate() {
        let kind =
            column.field.as_ref().map_or(words("そのまま", "as written"), |field| kind(field.kind, ja));
        let first: Vec<String> =
            directory.records.iter().take(ROWS).map(|record| short(record.written(index))).collect();
        let header = &column.header;
        let _ = writeln!(text, "  {header} [{kind}]  {}", first.join(" / "));
    }
    text
}

fn short(cell: &str) -> String {
    let one_line: String = cell.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    match one_line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &one_line[..end]),
        None => one_line,
    }
}

fn kind(kind: FieldType, ja: bool) -> &'static str {
    let definition = kind.definition();
    if ja { definition.ja } else { definition.en }
}
