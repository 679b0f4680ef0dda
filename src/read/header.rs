//! Finds the header of a table: the row with the most known headers, in whatever column it begins; with the row above it
//! where that names columns too, or groups of them.
//!
//! In: rows of cells and the headers that are looked for. Out: [`Header`]. What is passed over on the way is kept, so
//! that it is said.

use super::delimited::{Row, Rows};
use super::example::is_example;
use super::known::KnownHeaders;
use super::sheet_choice::SheetTable;
use crate::model::header_name::plain_header;
use crate::model::unseen;

/// The header of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The index of its row; of two the lower one.
    pub row: usize,
    /// The index of the upper row of a header of two.
    pub upper: Option<usize>,
    /// The names of the columns, one for each cell of the row.
    pub names: Vec<String>,
    /// The first filled row above that was passed over though nobody said so.
    pub above: Option<usize>,
    /// Whether it was found out, and not declared, that the header has two rows.
    pub found_upper: bool,
}

/// A header stands among the first rows, or it is not looked for.
const DEPTH: usize = 100;
/// A header without a known word stands below titles within so many rows.
const TITLES: usize = 10;

/// The text of a file and its rows.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// The text.
    pub text: &'a str,
    /// Its rows.
    pub rows: &'a Rows,
}

impl<'a> Lines<'a> {
    /// The words in the cells of a row, without spaces around them.
    #[must_use]
    pub fn words(self, row: &Row) -> Vec<&'a str> {
        row.cells.iter().map(|cell| cell.of(self.text, &self.rows.unquoted).trim()).collect()
    }

    /// The words of the rows in which a header is looked for.
    fn heads(self) -> Vec<Vec<&'a str>> {
        self.rows.rows.iter().take(DEPTH).map(|row| self.words(row)).collect()
    }
}

/// Finds the header. None where `declared` (a row as a spreadsheet counts it) is not there, or there are no rows.
#[must_use]
pub fn find(known: &KnownHeaders, lines: Lines, declared: Option<u32>) -> Option<Header> {
    let rows = &lines.rows.rows;
    let row = if let Some(number) = declared {
        rows.iter().position(|row| row.number == number)?
    } else {
        let heads = lines.heads();
        best(known, rows, &heads).map_or_else(|| below_titles(&heads), |(row, _)| Some(row))?
    };
    let words = lines.words(&rows[row]);
    let upper = row.checked_sub(1).filter(|upper| rows[*upper].number + 1 == rows[row].number);
    let above = upper.map(|upper| lines.words(&rows[upper])).unwrap_or_default();
    let upper = upper.filter(|_| is_upper(known, &above, &words));
    let names = names(&words, if upper.is_some() { &above } else { &[] });
    let first = (0..upper.unwrap_or(row)).find(|index| filled(&lines.words(&rows[*index])) > 0);
    Some(Header {
        row,
        upper,
        names,
        above: first.filter(|_| declared.is_none()),
        found_upper: upper.is_some() && declared.is_none(),
    })
}

/// How many known headers the best row of a sheet has.
#[must_use]
pub fn most(known: &KnownHeaders, lines: Lines) -> usize {
    best(known, &lines.rows.rows, &lines.heads()).map_or(0, |(_, count)| count)
}

/// The index of the row with the most known headers, two at least.
#[must_use]
pub fn best_row(known: &KnownHeaders, lines: Lines) -> Option<usize> {
    best(known, &lines.rows.rows, &lines.heads()).map(|(row, _)| row)
}

/// What a sheet holds: the known headers of its best row, and the rows below with several cells that are no example.
#[must_use]
pub fn table(known: &KnownHeaders, lines: Lines) -> SheetTable {
    let rows = &lines.rows.rows;
    let Some((header, headers)) = best(known, rows, &lines.heads()) else { return SheetTable::default() };
    let below = rows[header + 1..].iter().map(|row| lines.words(row));
    let is_row = |words: &Vec<&str>| filled(words) > 1 && !is_example(words);
    SheetTable { headers, rows: below.filter(is_row).count() }
}

fn filled(words: &[&str]) -> usize {
    words.iter().filter(|word| !word.is_empty()).count()
}

/// The row with the most known headers, two at least, and their number. Of rows with hardly fewer the first stands: a
/// header that is repeated further down with one column more does not make the rows between it and the first titles.
fn best(known: &KnownHeaders, rows: &[Row], heads: &[Vec<&str>]) -> Option<(usize, usize)> {
    let alone: Vec<usize> = heads.iter().map(|words| known.count(words.iter().copied())).collect();
    let counts: Vec<usize> = (0..heads.len())
        .map(|index| {
            let pair = match index.checked_sub(1) {
                Some(upper) if rows[upper].number + 1 == rows[index].number => {
                    joined_count(known, &heads[upper], &heads[index])
                        .filter(|count| *count > alone[upper].max(alone[index]))
                }
                _ => None,
            };
            pair.unwrap_or(alone[index])
        })
        .collect();
    let most = counts.iter().copied().max().filter(|most| *most > 1)?;
    let mut row = counts.iter().position(|count| *count > 1 && count * 2 > most)?;
    // the lower row of a header of two knows more
    while counts.get(row + 1).is_some_and(|next| *next > counts[row]) {
        row += 1;
    }
    Some((row, counts[row]))
}

/// The known headers of two rows that are one header, the upper one for where the lower one is empty; none where the lower
/// row is all that there is.
fn joined_count(known: &KnownHeaders, upper: &[&str], lower: &[&str]) -> Option<usize> {
    if filled(lower) == 0 || filled(upper) == 0 {
        return None;
    }
    let width = upper.len().max(lower.len());
    let joined = (0..width).map(|column| match lower.get(column) {
        Some(word) if !word.is_empty() => *word,
        _ => upper.get(column).copied().unwrap_or_default(),
    });
    Some(known.count(joined))
}

/// Whether the row above a header is part of it: it names columns, or groups of columns.
fn is_upper(known: &KnownHeaders, upper: &[&str], lower: &[&str]) -> bool {
    let alone = known.count(lower.iter().copied());
    let joined = joined_count(known, upper, lower).unwrap_or(0);
    // names that are merged downwards stand in both rows
    let same = upper.iter().zip(lower).filter(|(upper, lower)| !upper.is_empty() && upper == lower).count();
    let twice = lower.iter().enumerate().any(|(index, word)| {
        !word.is_empty() && lower[..index].iter().any(|other| plain_header(other) == plain_header(word))
    });
    let groups = twice && filled(upper) > 1;
    joined > alone.max(known.count(upper.iter().copied())) || same > 0 || groups
}

/// The names of columns. A name that stands twice has that of its group before it.
fn names(lower: &[&str], upper: &[&str]) -> Vec<String> {
    let width = lower.len().max(upper.len());
    let at = |words: &[&str], column: usize| words.get(column).map_or_else(String::new, |word| name(word));
    let mut group = String::new();
    let own: Vec<String> = (0..width).map(|column| at(lower, column)).collect();
    let mut names = Vec::with_capacity(width);
    for (column, own_name) in own.iter().enumerate() {
        let above = at(upper, column);
        if !above.is_empty() {
            group.clone_from(&above);
        }
        let twice = own.iter().filter(|other| plain_header(other) == plain_header(own_name)).count() > 1;
        names.push(match (own_name.is_empty(), twice && !group.is_empty() && group != *own_name) {
            (true, _) => above,
            (false, true) => format!("{group}{own_name}"),
            (false, false) => own_name.clone(),
        });
    }
    // a group's word over columns that have no name of their own and no cells is no column: the row ends before it
    names.truncate(width);
    names
}

/// A header as a name: without line breaks, invisible characters and spaces around it.
#[must_use]
pub fn name(written: &str) -> String {
    if !written.chars().any(|c| c.is_control() || unseen::is_unseen(c)) {
        return written.trim().to_owned();
    }
    let mut name = String::with_capacity(written.len());
    let mut rest = written.trim().chars().peekable();
    while let Some(c) = rest.next() {
        if !c.is_control() {
            if !unseen::is_unseen(c) {
                name.push(c);
            }
            continue;
        }
        while rest.next_if(|next| next.is_control() || next.is_whitespace()).is_some() {}
        // two words of Latin letters stay two
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(name.chars().next_back()) && latin(rest.peek().copied()) {
            name.push(' ');
        }
    }
    name.trim().to_owned()
}

/// The header of a table of which no word is known: the first filled row, or the one below titles (rows of one cell above
/// a row of several).
fn below_titles(heads: &[Vec<&str>]) -> Option<usize> {
    let first = heads.iter().position(|words| filled(words) > 0)?;
    let wide = heads.iter().skip(first).take(TITLES).position(|words| filled(words) > 1).map(|at| first + at);
    Some(wide.filter(|wide| filled(&heads[*wide]) > 2).unwrap_or(first))
}

/// Rows right below the header that are the header once more: its cells are merged downwards, and filling them repeats
/// it. Only in a workbook; in a list such a row is one that somebody wrote.
#[must_use]
pub fn continued(lines: Lines, header: usize) -> usize {
    let head = lines.words(&lines.rows.rows[header]);
    lines.rows.rows[header + 1..].iter().take_while(|row| lines.words(row) == head).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::delimited;

    /// Row of the header, as a spreadsheet counts, and the names that are not empty.
    fn header(text: &str) -> (u32, Vec<String>) {
        let rows = delimited::rows(text, b',');
        let lines = Lines { text, rows: &rows };
        let header = find(&KnownHeaders::built_in(), lines, None).expect("a header");
        (rows.rows[header.row].number, header.names)
    }

    fn names(text: &str) -> String {
        header(text).1.join("|")
    }

    #[test]
    fn the_row_with_the_most_known_headers() {
        let text = "地域の相談室,,,,令和8年4月1日現在\n,,,担当,市民協働課\n,,,電話,045-671-4734\n\n,No.,区,名称,住所,電話番号\n,1,西区,x,y,z\n";
        assert_eq!(header(text).0, 5);
        // a header further down with more columns does not make the rows above it titles
        assert_eq!(header("区,名称,電話番号\n西区,a,b\n区,名称,住所,電話番号\n").0, 1);
        // a word of a header in a title is none
        assert_eq!(header("住所,,,\n区,名称,住所,電話番号\n").0, 2);
        assert_eq!(header("名簿\n\n甲,乙,丙\n1,2,3\n").0, 3, "titles above unknown words");
        assert_eq!(header("甲,乙,丙\n1,2,3\n").0, 1);
        assert_eq!(header("甲\n乙\n1,2\n").0, 1, "two cells are no proof");
    }

    #[test]
    fn two_rows_are_one_header() {
        let two = "区,名称,連絡先,\n,,電話番号,FAX番号\n西区,a,b,c\n";
        assert_eq!(header(two), (2, ["区", "名称", "電話番号", "FAX番号"].map(str::to_owned).to_vec()));
        let merged = "区,名称,連絡先,\n区,名称,電話番号,FAX番号\n西区,a,b,c\n";
        assert_eq!(header(merged).0, 2);
        let groups = ",,窓口,,担当,\n区,名称,電話番号,FAX番号,電話番号,FAX番号\n";
        assert_eq!(names(groups), "区|名称|窓口電話番号|窓口FAX番号|担当電話番号|担当FAX番号");
        // a record that leaves much empty is no second row
        assert_eq!(header("区,名称,住所,電話番号\n西区,,,\n").0, 1);
    }

    #[test]
    fn what_nobody_sees_is_no_part_of_a_name() {
        assert_eq!(name("電話\n番号"), "電話番号");
        assert_eq!(name("\u{FEFF}電話\u{200B}番号\r\n"), "電話番号");
        assert_eq!(name("Opening\r\nhours"), "Opening hours");
        assert_eq!(name(" 備　考 "), "備　考");
    }
}
