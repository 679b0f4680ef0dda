//! Characters in a table that cannot be printed: bytes that were not valid, lines in another encoding, marks of an
//! earlier faulty conversion, control characters.
//!
//! In: a grid and its rows. Out: a finding at each row and cell, and the rows that are no records because of one. What
//! is wrong with the file as a whole, its encoding, is one finding however many rows it spoils.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::delimited::Rows;
use super::encoding::EncodingFault;
use super::grid::{Grid, GridKind};
use crate::diagnostic::{Code, Diagnostic, Say, Severity};
use crate::model::cores;
use crate::model::directory::Table;
use crate::model::encoding::Encoding;
use crate::model::origin::Origin;
use crate::say;
use crate::table;

/// At most this many places are named in one file.
const MOST: usize = 100;
/// At most this many rows are listed by their numbers in one finding.
const LISTED: usize = 5;

/// The rows with blemishes.
#[derive(Debug, Default)]
pub struct Blemishes {
    /// Their indices.
    pub rows: BTreeSet<usize>,
    /// Most rows have some: the file was read in a wrong encoding, and none of its rows can be believed.
    pub spoilt: bool,
}

/// The rows with blemishes. The first in each row is a finding, unless one finding about the encoding says it; where it
/// stands in a column that is not `is_used` (its place in the file, from 0) it is a warning, and the row is a record.
pub fn by_row(
    places: &BlemishPlaces<'_>,
    is_used: &dyn Fn(usize) -> bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Blemishes {
    let BlemishPlaces { grid, rows, .. } = *places;
    let foreign = places.foreign();
    // the first of each row that keeps it from being a record
    let mut lost = BTreeMap::new();
    // the first blemish of each row; what stands in no row is by itself
    let (mut first, mut alone) = (BTreeMap::new(), Vec::new());
    for at in &self::places(&grid.source.text) {
        match places.row(*at) {
            Some(row) if !foreign.contains_key(&row) => {
                first.entry(row).or_insert(*at);
                if !lost.contains_key(&row) && is_used(places.cell(row, *at)) {
                    lost.insert(row, *at);
                }
            }
            Some(_) => {}
            None => alone.push(*at),
        }
    }
    let most = first.len() > 1 && first.len() * 2 > rows.rows.len() && !grid.is_workbook();
    let spoilt = most && first.values().any(|at| is_of_encoding(grid, *at));
    if let (Some(encoding), Some(foreign), false) = (encoding(grid), Foreign::of(&foreign), spoilt) {
        diagnostics.push(places.two_encodings(encoding, &foreign));
    }
    if let (true, Some((row, at))) = (most, first.first_key_value()) {
        let count = first.len();
        let finding = if spoilt { places.wrong_encoding(count, *at) } else { in_most_rows(grid, count, *at) };
        diagnostics.push(finding.at(places.origin(*row, *at)));
    } else {
        let more = (alone.len() + first.len()).saturating_sub(MOST);
        let alone = alone.iter().map(|at| (Origin::text(&grid.source, *at..*at), *at));
        let alone = alone.map(|(origin, at)| finding(grid, at).at(origin));
        let in_rows = first.iter().map(|(row, at)| match lost.get(row) {
            Some(at) => finding(grid, *at).at(places.origin(*row, *at)),
            None => unused(finding(grid, *at)).at(places.origin(*row, *at)),
        });
        diagnostics.extend(alone.chain(in_rows).take(MOST));
        if more > 0 {
            diagnostics.push(more_rows(more).at(Origin::file(&grid.source)).hint(name_the_encoding()));
        }
    }
    let lost = if most { first } else { lost };
    Blemishes { rows: foreign.into_keys().chain(lost.into_keys()).collect(), spoilt }
}

/// Bytes of a text at which there is a control character (but tabs and line ends) or a U+FFFD.
#[must_use]
pub fn places(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    cores::each(&table::parts(text), |part| blemishes(bytes, part.clone())).concat()
}

fn blemishes(bytes: &[u8], part: Range<usize>) -> Vec<usize> {
    let Range { start: from, end: until } = part;
    let mut found = Vec::new();
    for (index, block) in bytes[from..until].chunks(4096).enumerate() {
        // first without a branch for each byte, which is quick; hardly any block needs the second look
        let start = from + index * 4096;
        let pairs = block.iter().zip(&bytes[start + 1..]);
        let suspect = pairs.fold(false, |any, (byte, next)| {
            any | ((*byte < 0x20) & (*byte != 9) & (*byte != 10) & (*byte != 13))
                | (*byte == 0x7F)
                | ((*byte == 0xC2) & (*next < 0xA0))
                | ((*byte == 0xEF) & (*next == 0xBF))
        });
        // the last byte of the text has none after it
        let last = start + block.len() == bytes.len();
        if !suspect && !last {
            continue;
        }
        let base = from + index * 4096;
        for (offset, byte) in block.iter().enumerate() {
            let at = base + offset;
            let bad = match byte {
                9 | 10 | 13 => false,
                0..=0x1F | 0x7F => true,
                0xC2 => bytes.get(at + 1).is_some_and(|next| (0x80..0xA0).contains(next)),
                0xEF => bytes.get(at + 1..at + 3) == Some(&[0xBF, 0xBD]),
                _ => false,
            };
            if bad {
                found.push(at);
            }
        }
    }
    found
}

/// The encoding in which a list was read.
fn encoding(grid: &Grid) -> Option<Encoding> {
    match grid.kind {
        GridKind::Delimited { encoding, .. } => Some(encoding),
        GridKind::Workbook { .. } => None,
    }
}

/// The rows of a list that are right in another encoding.
struct Foreign {
    rows: Vec<usize>,
    /// Where the first of them begins.
    at: usize,
    encoding: Encoding,
}

impl Foreign {
    fn of(faults: &BTreeMap<usize, EncodingFault>) -> Option<Self> {
        let (_, first) = faults.first_key_value()?;
        Some(Self { rows: faults.keys().copied().collect(), at: first.at, encoding: first.other? })
    }
}

/// Where blemishes stand.
pub struct BlemishPlaces<'a> {
    /// The grid.
    pub grid: &'a Grid,
    /// Its rows.
    pub rows: &'a Rows,
    /// The file with its headers.
    pub table: &'a Table,
}

impl BlemishPlaces<'_> {
    /// The row in which a byte stands.
    fn row(&self, at: usize) -> Option<usize> {
        self.rows.rows.partition_point(|row| row.start <= at).checked_sub(1)
    }

    /// The rows that are right in another encoding than the file.
    fn foreign(&self) -> BTreeMap<usize, EncodingFault> {
        let mut rows = BTreeMap::new();
        for fault in self.grid.faults.iter().filter(|fault| fault.other.is_some()) {
            if let Some(row) = self.row(fault.at) {
                rows.entry(row).or_insert(*fault);
            }
        }
        rows
    }

    fn origin(&self, row: usize, at: usize) -> Origin {
        let cell = self.cell(row, at);
        let row = &self.rows.rows[row];
        self.table.cell(cell, row)
    }

    /// The cell of a row in which a byte stands, from 0; the first if it stands in none.
    fn cell(&self, row: usize, at: usize) -> usize {
        let row = &self.rows.rows[row];
        let holds = |cell: &usize| {
            let origin = self.table.cell(*cell, row);
            origin.span.as_ref().is_some_and(|span| span.contains(&at))
        };
        (0..row.cells.len()).find(holds).unwrap_or(0)
    }

    fn two_encodings(&self, encoding: Encoding, foreign: &Foreign) -> Diagnostic {
        let other = foreign.encoding;
        let count = foreign.rows.len();
        let listed = foreign.rows.iter().take(LISTED);
        let numbers: Vec<String> = listed.map(|row| self.rows.rows[*row].number.to_string()).collect();
        let list = numbers.join(", ") + if count > LISTED { ", …" } else { "" };
        Diagnostic::error(
            Code::Encoding,
            say!(
                "2つの文字コードが混ざっています。ファイルは{encoding}ですが、{count}行は{other}です（{list}行目）。",
                "Two encodings are mixed: the file is {encoding}, but {count} of its rows are {other} (row {list})."
            ),
        )
        .at(self.origin(foreign.rows[0], foreign.at))
        .hint(say!(
            "1つの文字コードで保存し直してください。つなぐ前のファイルがあれば、別々のまま置けます。",
            "Save it in one encoding. Files that were put together can also be kept as they were, side by side."
        ))
    }

    /// Most rows cannot be read: one finding about the file.
    fn wrong_encoding(&self, count: usize, at: usize) -> Diagnostic {
        let total = self.rows.rows.len();
        let (ja, en) = what_stands(self.grid, at);
        Diagnostic::error(
            Code::Encoding,
            say!(
                "{total}行のうち{count}行に、{ja}があります。文字コードが違うか、前に文字化けしたまま保存されています。",
                "{count} of {total} rows hold {en}: the encoding is another one, or was lost when the file was saved."
            ),
        )
        .hint(say!(
            "もとのファイルから、文字コードをUTF-8にして保存し直してください（Excelでは「CSV UTF-8（コンマ区切り）」）。",
            "Save the original again as UTF-8 (in Excel: \"CSV UTF-8\")."
        ))
        .hint(name_the_encoding())
    }
}

/// Whether what stands at a byte shows a wrong encoding: no editor and no other system puts it into a list.
fn is_of_encoding(grid: &Grid, at: usize) -> bool {
    matches!(character(grid, at), '\0' | '\u{E}' | '\u{F}' | '\u{1B}' | '\u{80}'..='\u{9F}' | '\u{FFFD}')
}

/// Most rows hold the same kind of control character: another system's line breaks, for one.
fn in_most_rows(grid: &Grid, count: usize, at: usize) -> Diagnostic {
    let (ja, en) = what_stands(grid, at);
    Diagnostic::error(
        Code::ControlCharacter,
        say!(
            "{count}行に、目に見えない{ja}があります。この行が最初です。",
            "{count} rows hold invisible {en}; this is the first of them."
        ),
    )
    .hint(say!(
        "書き出したソフトの設定を見直すか、Excelの CLEAN 関数でまとめて消してください。",
        "See how the list was exported, or remove them with a spreadsheet's CLEAN."
    ))
}

/// What stands at a byte: a byte that is not valid, a lost character, a control character.
fn what_stands(grid: &Grid, at: usize) -> (String, String) {
    if let (Some(fault), Some(encoding)) = (fault_at(grid, at), encoding(grid)) {
        let byte = fault.byte;
        return (
            format!("{encoding}として読めないバイト（0x{byte:02X} など）"),
            format!("bytes (such as 0x{byte:02X}) that are not {encoding}"),
        );
    }
    match character(grid, at) {
        '\u{FFFD}' => {
            ("文字化けした字（U+FFFD）".to_owned(), "characters that were lost (U+FFFD)".to_owned())
        }
        c => {
            let code = u32::from(c);
            (format!("制御文字（U+{code:04X} など）"), format!("control characters (such as U+{code:04X})"))
        }
    }
}

/// The finding about a column that nothing uses: nothing is kept back for it.
fn unused(mut finding: Diagnostic) -> Diagnostic {
    finding.severity = Severity::Warning;
    finding.hint(say!(
        "どのレイアウトもこの列を使わないので、このまま作ります。",
        "No layout uses this column, so it keeps nothing back."
    ))
}

fn fault_at(grid: &Grid, at: usize) -> Option<EncodingFault> {
    let found = grid.faults.partition_point(|fault| fault.at < at);
    let faults = grid.faults[found..].iter().take_while(|fault| fault.at == at);
    faults.copied().find(|fault| fault.other.is_none())
}

fn character(grid: &Grid, at: usize) -> char {
    grid.source.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default()
}

fn more_rows(more: usize) -> Diagnostic {
    Diagnostic::error(
        Code::Encoding,
        say!("読めない文字のある行が、ほかに{more}行あります。", "{more} more rows have such characters."),
    )
}

fn name_the_encoding() -> Say {
    say!(
        "文字コードが違うのなら、sasshi.toml に encoding = \"cp932\" のように書いてください。",
        "If the encoding is another one, name it in sasshi.toml: encoding = \"cp932\"."
    )
}

fn finding(grid: &Grid, at: usize) -> Diagnostic {
    if let (Some(fault), Some(encoding)) = (fault_at(grid, at), encoding(grid)) {
        let byte = fault.byte;
        return Diagnostic::error(
            Code::Encoding,
            say!(
                "{encoding}として読めないバイト（0x{byte:02X}）があります。",
                "There is a byte (0x{byte:02X}) that is not {encoding}."
            ),
        )
        .hint(say!("その字を書き直してください。", "Type the character again."))
        .hint(name_the_encoding());
    }
    let c = character(grid, at);
    if c == '\u{FFFD}' {
        return Diagnostic::error(
            Code::Encoding,
            say!(
                "文字化けした字（U+FFFD）があります。前に保存したときに失われた字です。",
                "There is a U+FFFD: a character that was lost when the file was saved before."
            ),
        )
        .hint(say!("元の字を書き直してください。", "Type the character again."));
    }
    let code = u32::from(c);
    Diagnostic::error(
        Code::ControlCharacter,
        say!(
            "目に見えない制御文字（U+{code:04X}）があります。",
            "There is an invisible control character (U+{code:04X})."
        ),
    )
    .hint(say!("セルを書き直してください。", "Type the cell again."))
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_control_characters_and_replacements() {
        assert_eq!(super::places("a\u{b}\u{85}é\u{FFFD}\t"), [1, 2, 6]);
    }
}
