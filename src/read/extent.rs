//! Finds which rows below a header are records, and which are none: notes and legends, totals, titles of groups, the header
//! once more.
//!
//! In: rows and their header. Out: [`TableExtent`]. Whatever is passed over stands in it, to be said; a row that may be a record
//! is read as one.

use super::delimited::Row;
use super::example;
use super::header::{Header, Lines};
use super::known::{KnownHeaders, field_of};
use super::note::{is_label, is_note, is_total};
use crate::model::header_name::plain_header;
use crate::model::not_in_force;
use crate::project::DirectoryPlan;

/// Which rows of a file are records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableExtent {
    /// The index after the last record.
    pub end: usize,
    /// Whether rows from there on were taken for notes though the manifest does not say so.
    pub below: bool,
    /// Rows above the end that are no records, in order.
    pub passed: Vec<Passed>,
    /// Rows that the manifest counts among the notes at the end and that look like records.
    pub cut: Vec<usize>,
    /// Records below titles that say that they are not in force.
    pub not_in_force: Vec<ClosedSection>,
    /// The end is a header with other columns: what stands below it is another table.
    pub other_table: bool,
}

/// Records below a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedSection {
    /// The index of the title.
    pub title: usize,
    /// Those of the records.
    pub rows: Vec<usize>,
    /// Whether it reaches to the end of the file.
    pub is_last: bool,
}

/// A row that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Its index.
    pub row: usize,
    /// What it is.
    pub kind: PassedKind,
}

/// What a row is that is no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassedKind {
    /// A note or legend.
    Note,
    /// A total.
    Total,
    /// The title of a group of rows.
    Group,
    /// The header once more.
    Header,
    /// A row with its number and nothing else.
    Number,
    /// An example of how to fill the table in, or what each column takes.
    Example,
    /// A title that says that what stands below is not in force, and all that stands below it.
    NotInForce,
}

/// Finds the records below `header`, of which `continued` more rows are part of it.
#[must_use]
pub fn find(
    plan: &DirectoryPlan,
    known: &KnownHeaders,
    lines: Lines,
    header: &Header,
    continued: usize,
) -> TableExtent {
    let rows = &lines.rows.rows;
    let first = header.row + 1 + continued;
    let declared = usize::try_from(plan.form.skip_below).unwrap_or(usize::MAX);
    let end = rows.len().saturating_sub(declared).max(first.min(rows.len()));
    let reader = Classifier::new(plan, known, lines, header);
    let mut extent = TableExtent { end, ..TableExtent::default() };
    let mut section: Option<ClosedSection> = None;
    for (index, row) in rows.iter().enumerate().take(end).skip(first) {
        let is_title = reader.is_not_in_force(row) && reader.has_records_below(&rows[index + 1..end]);
        let is_other_title = !is_title
            && section.is_some()
            && matches!(reader.kind(row, rows.get(index + 1)), Found::Passed(PassedKind::Group));
        if is_title || is_other_title {
            extent.not_in_force.extend(section.take());
        }
        if is_title {
            section = Some(ClosedSection { title: index, rows: Vec::new(), is_last: false });
        }
        if let Some(section) = &mut section {
            if !is_title && reader.looks_like_record(row) {
                section.rows.push(index);
            }
            extent.passed.push(Passed { row: index, kind: PassedKind::NotInForce });
            continue;
        }
        if index < first + EXAMPLES && reader.is_example(row) {
            extent.passed.push(Passed { row: index, kind: PassedKind::Example });
            continue;
        }
        match reader.kind(row, rows.get(index + 1)) {
            Found::Record => {}
            Found::Passed(kind) => extent.passed.push(Passed { row: index, kind }),
            Found::OtherHeader => {
                extent.end = index;
                extent.other_table = true;
                return extent;
            }
        }
    }
    if let Some(section) = section {
        extent.not_in_force.push(ClosedSection { is_last: true, ..section });
    }
    let is_record = |index: &usize| reader.looks_like_record(&rows[*index]);
    // what is cut off below such a title is meant to be
    let title = (end..rows.len()).find(|index| reader.is_not_in_force(&rows[*index]));
    extent.cut = (end..title.unwrap_or(rows.len())).filter(is_record).collect();
    if declared == 0 {
        let end = reader.notes_from(&extent, first);
        extent.below = end < extent.end;
        extent.end = end;
        extent.passed.retain(|passed| passed.row < end);
    }
    extent
}

/// What a row is.
enum Found {
    Record,
    Passed(PassedKind),
    OtherHeader,
}

/// Tells records from other rows. Nearly all rows of a long list are told by their first two cells.
struct Classifier<'a> {
    lines: Lines<'a>,
    known: &'a KnownHeaders,
    names: &'a [String],
    /// How many columns have a name.
    width: usize,
    /// The first column that has one.
    left: Option<usize>,
    /// The columns that name a record and the record of the master list it belongs to.
    joins: Option<usize>,
    naming: Option<usize>,
}

/// A table of so many columns is wide.
const WIDE: usize = 6;
/// Within so many rows below the header an example stands, or none is looked for.
const EXAMPLES: usize = 4;
/// Marks before the title of a group.
const TITLES: &[char] =
    &['【', '《', '〈', '＜', '<', '[', '［', '〔', '■', '□', '●', '○', '◆', '◇', '▼', '▽', '▲', '△', '◎'];
/// Ends of the title of a group.
const PLACES: &[&str] =
    &["区", "市", "町", "村", "郡", "地区", "方面", "エリア", "部", "局", "課", "類", "編"];

impl<'a> Classifier<'a> {
    fn new(plan: &DirectoryPlan, known: &'a KnownHeaders, lines: Lines<'a>, header: &'a Header) -> Self {
        let names = &header.names;
        let column = |field: Option<&str>| {
            let field = field?;
            names.iter().position(|name| field_of(plan, name).is_some_and(|found| found.name == field))
        };
        let naming = plan.schema.naming();
        Self {
            lines,
            known,
            names,
            width: names.iter().filter(|name| !name.is_empty()).count(),
            left: names.iter().position(|name| !name.is_empty()),
            joins: column(plan.schema.joins().map(|field| field.name.as_str())),
            naming: column(naming.as_ref().map(|field| field.name.as_str())),
        }
    }

    /// The filled cells of a row with their columns.
    fn filled(&self, row: &'a Row) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let lines = self.lines;
        let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        cells
            .map(move |(column, cell)| (column, cell.of(lines.text, &lines.rows.unquoted).trim()))
            .filter(|(_, word)| !word.is_empty())
    }

    /// Whether a row is an example, or says what the columns take.
    fn is_example(&self, row: &'a Row) -> bool {
        let words: Vec<&str> = self.filled(row).map(|(_, word)| word).collect();
        row.fault.is_none() && example::is_example(&words)
    }

    /// Whether a row is a title that says that what stands below it is not in force: a word or two in a wider table.
    fn is_not_in_force(&self, row: &'a Row) -> bool {
        // most rows are filled
        if row.cells.iter().filter(|cell| !cell.is_empty()).nth(self.width / 2).is_some() {
            return false;
        }
        let mut filled = self.filled(row).map(|(_, word)| word);
        let (None, Some(first)) = (&row.fault, filled.next()) else { return false };
        let is_title = match is_note(first) {
            true => not_in_force::is_note_above(first),
            false => not_in_force::is_title(first),
        };
        is_title && (filled.count() + 1) * 2 <= self.width
    }

    /// Whether records stand below a title, before another one.
    fn has_records_below(&self, rows: &'a [Row]) -> bool {
        let is_title = |at: usize| {
            let is_group = matches!(self.kind(&rows[at], rows.get(at + 1)), Found::Passed(PassedKind::Group));
            is_group || self.is_not_in_force(&rows[at])
        };
        (0..rows.len()).take_while(|at| !is_title(*at)).any(|at| self.looks_like_record(&rows[at]))
    }

    fn kind(&self, row: &'a Row, next: Option<&'a Row>) -> Found {
        let mut filled = self.filled(row);
        let (None, Some((column, first))) = (&row.fault, filled.next()) else { return Found::Record };
        let second = filled.next();
        if let Some((_, second)) = second
            && (self.names.get(column).is_some_and(|name| name == first)
                || self.known.is_written(first)
                || self.known.is_written(second))
            && let Some(found) = self.header(row)
        {
            return found;
        }
        let count = || self.filled(row).count();
        if self.width > 1 && is_total(first) {
            return Found::Passed(PassedKind::Total);
        }
        if self.width > 1 && is_note(first) && count() * 2 <= self.width.max(2) {
            return Found::Passed(PassedKind::Note);
        }
        match second {
            Some(_) if self.width > 3 && is_label(first) && count() == 2 => Found::Passed(PassedKind::Note),
            None if self.width > 2 => self.lone(column, first, next).map_or(Found::Record, Found::Passed),
            _ => Found::Record,
        }
    }

    /// Whether a row says whose it is or what it is called, in a row that is filled by more than half.
    fn looks_like_record(&self, row: &'a Row) -> bool {
        let columns: Vec<usize> = self.filled(row).map(|(column, _)| column).collect();
        let is_named =
            [self.joins, self.naming].into_iter().flatten().any(|column| columns.contains(&column));
        is_named && columns.len() * 2 > self.width && matches!(self.kind(row, None), Found::Record)
    }

    /// A row of known headers: the header once more, or that of another table.
    fn header(&self, row: &'a Row) -> Option<Found> {
        let words: Vec<(usize, &str)> = self.filled(row).collect();
        if self.is_header_again(&words) {
            return Some(Found::Passed(PassedKind::Header));
        }
        let known = self.known.count(words.iter().map(|(_, word)| *word));
        (known > 1 && known * 2 > words.len()).then_some(Found::OtherHeader)
    }

    /// Whether the words of a row with their columns are the header once more.
    fn is_header_again(&self, words: &[(usize, &str)]) -> bool {
        let same = |(column, word): &&(usize, &str)| {
            self.names.get(*column).is_some_and(|name| plain_header(name) == plain_header(word))
        };
        let same = words.iter().filter(same).count();
        same > 1 && same * 2 > words.len()
    }

    /// What a row is of which only the cell in `column` is filled; none if it may be a record that is not complete.
    fn lone(&self, column: usize, word: &str, next: Option<&'a Row>) -> Option<PassedKind> {
        let next: Vec<(usize, &str)> = next.map(|next| self.filled(next).collect()).unwrap_or_default();
        let below = next.len() > 1;
        // a title above the header once more
        if below && self.is_header_again(&next) {
            return Some(PassedKind::Group);
        }
        let is_own = Some(column) == self.joins || Some(column) == self.naming;
        if !is_own && Some(column) == self.left && word.chars().all(|c| c.is_ascii_digit()) {
            return Some(PassedKind::Number);
        }
        let is_title = word.starts_with(TITLES)
            || match (Some(column) == self.joins, Some(column) == self.naming) {
                // the rows of a group leave its word out, or repeat it
                (true, _) => below && next.iter().all(|(other, cell)| *other != column || *cell == word),
                (_, true) => below && PLACES.iter().any(|end| word.ends_with(end)),
                // where nobody knows which column names a record, it may be this one
                _ => below && self.naming.is_some() && self.left.is_some_and(|left| column <= left),
            };
        is_title.then_some(PassedKind::Group)
    }

    /// Where the notes below the records begin: from there on no row has two cells but notes and totals.
    fn notes_from(&self, extent: &TableExtent, first: usize) -> usize {
        let rows = &self.lines.rows.rows;
        let kind = |index: usize| {
            let found = extent.passed.binary_search_by_key(&index, |passed| passed.row);
            found.ok().map(|at| extent.passed[at].kind)
        };
        let is_marked = |index| matches!(kind(index), Some(PassedKind::Note | PassedKind::Total));
        let is_apart = |index: usize| {
            let Some(before) = index.checked_sub(1).filter(|before| *before >= first) else { return false };
            rows[index].number > rows[before].number + 1 || self.filled(&rows[before]).next().is_none()
        };
        // two cells of many, apart from the records, are the name of the list and its edition
        let has_few = |index: usize| {
            let most = if self.width >= WIDE && is_apart(index) { 2 } else { 1 };
            self.filled(&rows[index]).nth(most).is_none()
        };
        let is_low = |index: usize| is_marked(index) || (rows[index].fault.is_none() && has_few(index));
        let mut start = extent.end;
        while start > first && is_low(start - 1) {
            start -= 1;
        }
        let begins = |index: usize| {
            let Some((_, word)) = self.filled(&rows[index]).next() else { return false };
            let is_sentence = word.contains('。') || word == "以上";
            is_marked(index) || (self.width > 2 && (is_apart(index) || is_sentence))
        };
        (start..extent.end).find(|index| begins(*index)).unwrap_or(extent.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::Schema;
    use crate::project::schema;
    use crate::project::table_form::TableForm;
    use crate::read::{delimited, header, survey};

    /// Row numbers of what is passed over with their kinds, and the number of the first note at the end.
    fn found(text: &str) -> (Vec<(u32, PassedKind)>, Option<u32>) {
        let facility = schema::built_in().iter().find(|schema| schema.name == "facility");
        let plan =
            survey::plan("x.csv", facility.cloned().unwrap_or_else(Schema::plain), &TableForm::default());
        let (known, rows) = (KnownHeaders::of_plan(&plan), delimited::rows(text, b','));
        let lines = Lines { text, rows: &rows };
        let header = header::find(&known, lines, None).expect("a header");
        let extent = find(&plan, &known, lines, &header, 0);
        let number = |index: usize| rows.rows[index].number;
        let passed = extent.passed.iter().map(|passed| (number(passed.row), passed.kind)).collect();
        (passed, (extent.end < rows.rows.len()).then(|| number(extent.end)))
    }

    const HEADER: &str = "区,名称,住所,電話番号\n西区,a,b,c\n";

    fn passed(below: &str) -> Vec<(u32, PassedKind)> {
        found(&format!("{HEADER}{below}鶴見区,a,b,c\n")).0
    }

    fn notes(below: &str) -> Option<u32> {
        found(&format!("{HEADER}{below}")).1
    }

    #[test]
    fn rows_between_records() {
        assert_eq!(passed("小計,1,,\n"), [(3, PassedKind::Total)]);
        assert_eq!(passed("区,名称,住所,電話番号\n"), [(3, PassedKind::Header)]);
        assert_eq!(passed("【北部】,,,\n"), [(3, PassedKind::Group)]);
        assert_eq!(passed("鶴見区,,,\n"), [(3, PassedKind::Group)], "the row below repeats it");
        assert_eq!(passed(",北部地区,,\n"), [(3, PassedKind::Group)]);
        assert_eq!(passed(",,※休館中,\n"), [(3, PassedKind::Note)]);
        assert_eq!(passed("担当課,市民局地域支援課,,\n"), [(3, PassedKind::Note)]);
        for record in ["港北区,,,\n", ",みなと相談室,,\n", ",,,045-510-0001\n", "計画課,x,,\n", "★a,b,c,d\n"]
        {
            assert_eq!(passed(record), [], "{record}");
        }
    }

    #[test]
    fn an_example_is_no_record() {
        for row in [
            "記入例,見本センター,見本町1,045-510-0001\n",
            "例,a,b,c\n",
            "（例）西区,a,b,c\n",
            "必須,必須,任意,半角数字\n",
            "文字列,文字列,文字列（50文字以内）,\n",
        ] {
            assert_eq!(passed(row), [(3, PassedKind::Example)], "{row}");
        }
        for row in ["西区,例大祭事務局,b,c\n", "西区,全角文化館,見本町1,045\n", "例外区,a,b,c\n"]
        {
            assert_eq!(passed(row), [], "{row}");
        }
    }

    #[test]
    fn notes_stand_at_the_end() {
        assert_eq!(notes("※平日のみ\n土日は休み\n以上\n"), Some(3));
        assert_eq!(notes("合計,1か所,,\n"), Some(3));
        assert_eq!(notes("\n問い合わせ先,,,\n"), Some(4), "apart from the records");
        assert_eq!(notes("鶴見区,,,\n"), None);
        assert_eq!(notes("鶴見区,a,b,c\n"), None);
    }

    #[test]
    fn the_name_of_a_wide_list_stands_apart_below_it() {
        let wide = "区,名称,住所,電話番号,FAX,備考\n西区,a,b,c,d,e\n,,,,,\n港区内一覧,Ver202104,,,,\n";
        assert_eq!(found(wide).1, Some(4));
        let beside = "区,名称,住所,電話番号,FAX,備考\n西区,a,b,c,d,e\n鶴見区,f,,,,\n";
        assert_eq!(found(beside).1, None);
    }

    #[test]
    fn another_table_ends_the_first() {
        let (passed, end) = found(&format!("{HEADER}電話番号,名称,区\n1,2,3\n"));
        assert_eq!((passed, end), (Vec::new(), Some(3)));
    }
}
