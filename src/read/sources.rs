//! Several files for one directory: a folder to which each ward sends its own, CSV beside a workbook, a base file and
//! corrections, row by row or unit by unit.
//!
//! In: the plan of a directory. Out: one `Directory`. Rows of two files with one key (ward and name) are
//! compared: the same in all cells, they become one; with different cells, neither is a record. A row of a correction
//! takes the place of the row with its key. Each of these is said.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::grid::Grid;
use super::unit_corrections::{self, UnitCorrections};
use super::{directory, files, kind};
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::directory::{Directory, LostRow, Record};
use crate::model::origin::{Origin, Source};
use crate::model::role::Role;
use crate::project::files::Files;
use crate::project::{DirectoryPlan, Placed};
use crate::say;

/// Reads all files of a directory.
pub fn directory(files: &Files, plan: &DirectoryPlan) -> Outcome<Directory> {
    let mut diagnostics = Vec::new();
    let Found { mut grids, mut by_unit, mut is_unread } =
        grids(files, plan, &plan.source).collect(&mut diagnostics);
    let mut corrections: Vec<Arc<Source>> = Vec::new();
    if let Some(source) = &plan.form.corrections {
        let more = self::grids(files, plan, source).collect(&mut diagnostics);
        let beside = more.by_unit.iter().map(|one| &one.grid);
        corrections.extend(more.grids.iter().chain(beside).map(|grid| Arc::clone(&grid.source)));
        grids.extend(more.grids);
        by_unit.extend(more.by_unit);
        is_unread |= more.is_unread;
    }
    let several = grids.len() > 1;
    let mut directory = directory::directory(plan, grids).collect(&mut diagnostics);
    directory.broken |= is_unread;
    for corrections in by_unit {
        diagnostics.retain(|found| !corrections.settles(found, &directory));
        diagnostics.extend(corrections.apply(&mut directory));
        let own = unit_corrections::plan_of(plan);
        // where no unit has a row, the header alone is no list
        if corrections.grid.rows.rows.len() > 1 {
            diagnostics.extend(directory::add(&own, corrections.grid, &mut directory));
        }
    }
    if several {
        join(&mut directory, &corrections, &mut diagnostics);
    }
    Outcome { value: directory, diagnostics }
}

/// The files of a source.
struct Found {
    grids: Vec<Grid>,
    /// Corrections that stand beside workbooks among them.
    by_unit: Vec<UnitCorrections>,
    /// Whether one of them cannot be read.
    is_unread: bool,
}

/// The files that `source` names.
fn grids(project: &Files, plan: &DirectoryPlan, source: &Placed) -> Outcome<Found> {
    let mut diagnostics = Vec::new();
    let paths = files::find(project, source, &kind::endings()).collect(&mut diagnostics);
    let mut read: Vec<(String, Outcome<Option<Grid>>)> = Vec::with_capacity(paths.len());
    for path in paths {
        let grid = kind::grid(project, &path, plan);
        read.push((path, grid));
    }
    // what corrects a workbook of the same folder is no list of its own
    let is_workbook = |grid: &Outcome<Option<Grid>>| grid.value.as_ref().is_some_and(Grid::is_workbook);
    let corrected = |path: &str| unit_corrections::path_of(path, plan.form.sheet.as_deref());
    let beside: BTreeSet<String> =
        read.iter().filter(|(_, grid)| is_workbook(grid)).map(|(path, _)| corrected(path)).collect();
    let mut found = Found { grids: Vec::new(), by_unit: Vec::new(), is_unread: false };
    for (path, grid) in read.into_iter().filter(|(path, _)| !beside.contains(path)) {
        let Some(grid) = grid.collect(&mut diagnostics) else {
            found.is_unread = true;
            continue;
        };
        if grid.is_workbook() && project.is_file(&corrected(&path)) {
            let corrections = UnitCorrections::read(project, &path, plan).collect(&mut diagnostics);
            found.is_unread |= corrections.is_none();
            found.by_unit.extend(corrections);
        }
        found.grids.push(grid);
    }
    Outcome { value: found, diagnostics }
}

/// A row with a key: where it stands in the list, and the row (its own or a correction) that stands there now.
struct Standing {
    place: usize,
    record: usize,
}

/// What becomes of rows with one key.
#[derive(Default)]
struct Joined {
    /// Places in the list that are no records any more.
    gone: BTreeSet<usize>,
    /// Rows that contradict each other: neither is a record.
    lost: Vec<usize>,
    /// Corrections and the places that they take.
    moved: Vec<(usize, usize)>,
    /// For a pair of files, how many rows are the same in both, and the first of them.
    same: BTreeMap<(String, String), (usize, Origin)>,
}

fn join(directory: &mut Directory, corrections: &[Arc<Source>], diagnostics: &mut Vec<Diagnostic>) {
    let Some(key) = directory.column(&directory.schema.key) else {
        diagnostics.extend(corrections.iter().map(no_key));
        return;
    };
    let ward = directory.role(Role::Joins);
    let mut rows = RowJoiner { directory, corrections, key, joined: Joined::default(), diagnostics };
    let mut seen: HashMap<(&str, &str), Vec<Standing>> = HashMap::new();
    for (index, record) in directory.records.iter().enumerate() {
        let name = record.written(key).trim();
        if !name.is_empty() {
            let ward = ward.map_or("", |ward| record.written(ward).trim());
            rows.take(index, seen.entry((ward, name)).or_default());
        }
    }
    let joined = rows.joined;
    joined.apply(directory, diagnostics);
}

/// Decides row by row what becomes of those with one key.
struct RowJoiner<'a> {
    directory: &'a Directory,
    corrections: &'a [Arc<Source>],
    /// The column of the name.
    key: usize,
    joined: Joined,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl RowJoiner<'_> {
    /// Takes the row `index` in, of whose key there are `earlier` ones.
    fn take(&mut self, index: usize, earlier: &mut Vec<Standing>) {
        let records = &self.directory.records;
        let record = &records[index];
        // two rows of one file are the matter of the checks
        let mut others: Vec<&mut Standing> = earlier
            .iter_mut()
            .filter(|standing| !Arc::ptr_eq(&records[standing.record].table, &record.table))
            .collect();
        let is_same = |standing: &&mut Standing| {
            differences(self.directory, &records[standing.record], record).is_empty()
        };
        let same = others.iter().position(is_same);
        if let Some(standing) = same.and_then(|same| others.get_mut(same)) {
            self.merge(standing, index);
        } else if let Some(standing) = others.first_mut() {
            self.settle(standing, index);
        } else {
            if self.is_correction(record) {
                self.diagnostics.push(corrects_nothing(record, self.key, self.name(record)));
            }
            earlier.push(Standing { place: index, record: index });
        }
    }

    /// Makes one row of two that agree in the columns that both have.
    fn merge(&mut self, standing: &mut Standing, index: usize) {
        let directory = self.directory;
        let (first, record) = (&directory.records[standing.record], &directory.records[index]);
        let (only_first, only_second) = (alone(directory, first, record), alone(directory, record, first));
        self.joined.gone.insert(index);
        if let (Some(_), Some(column)) = (only_first, only_second) {
            // each knows something that the other does not: one of them would be lost
            self.joined.lose_both(standing, index);
            self.diagnostics.push(parted(directory, first, record, column, self.name(record)));
            return;
        }
        let pair = (first.table.source.path.clone(), record.table.source.path.clone());
        self.joined.same.entry(pair).or_insert_with(|| (0, record.origin(self.key))).0 += 1;
        if only_second.is_some() {
            self.joined.supersede(standing, index);
        }
    }

    /// Decides between two rows that differ: a correction takes the place of the row before, if it is whole.
    fn settle(&mut self, standing: &mut Standing, index: usize) {
        let directory = self.directory;
        let (first, record) = (&directory.records[standing.record], &directory.records[index]);
        let (name, columns) = (self.name(record), differences(directory, first, record));
        let lacks = alone(directory, first, record);
        self.joined.gone.insert(index);
        if self.is_correction(record) && lacks.is_none() {
            self.diagnostics.push(corrected(directory, first, record, &columns, name));
            self.joined.supersede(standing, index);
            return;
        }
        self.joined.lose_both(standing, index);
        self.diagnostics.push(match lacks.filter(|_| self.is_correction(record)) {
            Some(column) => incomplete(directory, record, column, self.key, name),
            None => conflict(directory, first, record, columns.first().copied().unwrap_or(self.key), name),
        });
    }

    fn is_correction(&self, record: &Record) -> bool {
        self.corrections.iter().any(|source| Arc::ptr_eq(source, &record.table.source))
    }

    fn name<'r>(&self, record: &'r Record) -> &'r str {
        record.written(self.key).trim()
    }
}

impl Joined {
    /// The row `index` stands in the place of an earlier one.
    fn supersede(&mut self, standing: &mut Standing, index: usize) {
        self.moved.push((standing.place, index));
        standing.record = index;
    }

    /// Neither the row `index` nor an earlier one is a record.
    fn lose_both(&mut self, standing: &Standing, index: usize) {
        self.gone.insert(standing.place);
        self.lost.extend([standing.record, index]);
    }

    /// Leaves in the directory what is to stand in it.
    fn apply(self, directory: &mut Directory, diagnostics: &mut Vec<Diagnostic>) {
        for index in self.lost {
            let record = &directory.records[index];
            let lost = LostRow::of((0..record.cells.len()).map(|column| record.written(column)));
            directory.lost.push(lost);
        }
        for (place, index) in self.moved {
            directory.records.swap(place, index);
        }
        let same = self.same.into_iter();
        diagnostics
            .extend(same.map(|((first, second), (count, origin))| merged(&first, &second, count).at(origin)));
        let mut index = 0;
        directory.records.retain(|_| {
            index += 1;
            !self.gone.contains(&(index - 1))
        });
    }
}

/// Rows that stand in two files, the same in all cells.
fn merged(first: &str, second: &str, count: usize) -> Diagnostic {
    Diagnostic::warning(
        Code::RowsMerged,
        say!(
            "{count}行は {first} にもあり、中身も同じです。1つにまとめました。",
            "{count} rows of {second} stand in {first} too, the same in all cells; each is taken once."
        ),
    )
    .hint(say!(
        "どちらかのファイルから消すと、この注意は出ません。",
        "Delete them from one of the files, and this is not said."
    ))
}

/// The columns in which two rows differ. A column that one of the files lacks says nothing.
fn differences(directory: &Directory, first: &Record, second: &Record) -> Vec<usize> {
    (0..directory.columns.len())
        .filter(|column| {
            has(first, *column)
                && has(second, *column)
                && first.written(*column).trim() != second.written(*column).trim()
        })
        .collect()
}

/// The first column that only the file of `first` has, and in which something is written.
fn alone(directory: &Directory, first: &Record, second: &Record) -> Option<usize> {
    (0..directory.columns.len())
        .find(|column| !has(second, *column) && !first.written(*column).trim().is_empty())
}

fn has(record: &Record, column: usize) -> bool {
    record.table.columns.get(column).is_some_and(Option::is_some)
}

fn corrected(
    directory: &Directory,
    first: &Record,
    second: &Record,
    columns: &[usize],
    name: &str,
) -> Diagnostic {
    let column = columns.first().copied().unwrap_or(0);
    let header = &directory.columns[column].header;
    let (old, new) = (first.written(column).trim(), second.written(column).trim());
    let place = first.origin(column);
    let (and_ja, and_en) = if columns.len() > 1 { ("など", " and more") } else { ("", "") };
    Diagnostic::warning(
        Code::RowCorrected,
        say!(
            "{name}：{header}{and_ja}を、訂正の行に置きかえました（前は「{old}」、今は「{new}」）。",
            "{name}: the row is replaced by its correction ({header}: \"{old}\" is now \"{new}\"{and_en})."
        ),
    )
    .at(second.origin(column))
    .hint(say!("前の行は {place} です。", "The row before: {place}."))
}

/// A correction of a row that is not there: a new row, or a name that is written otherwise.
fn corrects_nothing(record: &Record, key: usize, name: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::RowCorrected,
        say!(
            "訂正する「{name}」が、もとの名簿にありません。新しい行として加えました。",
            "There is no row \"{name}\" to correct; it is taken as a new one."
        ),
    )
    .at(record.origin(key))
    .hint(say!(
        "もとの行を直すなら、区（町内会など）と名称をもとの行と同じに書いてください。新しい行は、もとのファイルに書きます。",
        "To correct a row, write ward and name as they stand there; new rows belong into the first file."
    ))
}

fn no_key(source: &Arc<Source>) -> Diagnostic {
    Diagnostic::error(
        Code::SourcesConflict,
        say!(
            "この名簿には行を見分ける列（名称など）がないので、訂正のファイルを使えません。",
            "This directory has no column that names its rows; corrections cannot be applied."
        ),
    )
    .at(Origin::file(source))
    .hint(say!(
        "schema に、key のあるスキーマ（facility など）を書いてください。",
        "Give it a schema with a key, such as facility."
    ))
}

/// A correction without a column in which the row before holds something.
fn incomplete(directory: &Directory, second: &Record, column: usize, key: usize, name: &str) -> Diagnostic {
    let header = &directory.columns[column].header;
    Diagnostic::error(
        Code::SourcesConflict,
        say!(
            "{name}：訂正のファイルに「{header}」の列がないので、行を置きかえられません。",
            "{name}: the file of corrections has no column \"{header}\"; it cannot replace the row."
        ),
    )
    .at(second.origin(key))
    .hint(say!(
        "訂正の行は、もとの行と同じ列をすべて書いてください。",
        "Write the correction with all columns of the row that it replaces."
    ))
}

/// Two rows that agree, of which each has a column that the other lacks.
fn parted(directory: &Directory, first: &Record, second: &Record, column: usize, name: &str) -> Diagnostic {
    let header = &directory.columns[column].header;
    let path = &first.table.source.path;
    Diagnostic::error(
        Code::SourcesConflict,
        say!(
            "{name}：2つのファイルに列が分かれています。「{header}」は {path} にありません。",
            "{name}: its columns are parted among two files; {path} has no \"{header}\"."
        ),
    )
    .at(second.origin(column))
    .hint(say!("1つのファイルの1行にまとめてください。", "Put them into one row of one file."))
}

fn conflict(directory: &Directory, first: &Record, second: &Record, column: usize, name: &str) -> Diagnostic {
    let header = &directory.columns[column].header;
    let (old, new) = (first.written(column).trim(), second.written(column).trim());
    let place = first.origin(column);
    Diagnostic::error(
        Code::SourcesConflict,
        say!(
            "{name}：{header}が2つのファイルで違います。ここは「{new}」、{place} は「{old}」です。",
            "{name}: two files differ in {header}: \"{new}\" here, \"{old}\" in {place}."
        ),
    )
    .at(second.origin(column))
    .hint(say!(
        "正しいほうにそろえるか、片方の行を消してください。訂正のファイルなら、sasshi.toml の corrections に書きます。",
        "Make them agree, or delete one row. A file of corrections is named under corrections in sasshi.toml."
    ))
}
