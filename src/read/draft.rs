//! Drafts a whole project from one list or workbook: its columns get roles, the units found in it become the master list.
//!
//! In: a file read without a schema. Out: the texts of a manifest, a schema where the built-in one does not know the headers,
//! and the list of units. What is not sure is asked for in a comment that begins with ？.

mod above;
mod corrections;
mod manifest;
mod roles;
mod units;

use std::fmt::Write as _;

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::date::Date;
use crate::model::role::Role;
use crate::say;

use roles::ColumnRoles;
use units::Units;

/// What is known beside the file itself.
#[derive(Debug, Clone)]
pub struct DraftRequest {
    /// The path that the file gets in the project.
    pub source: String,
    /// The day of the edition.
    pub date: Date,
}

/// A file of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFile {
    /// Its path in the project.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A project drafted from a file.
#[derive(Debug, Clone)]
pub struct ManifestDraft {
    /// Its files, but for the file that it is drafted from.
    pub files: Vec<DraftFile>,
    /// How many records there are.
    pub records: usize,
    /// What the units are called, and how many there are; none if no column names any.
    pub units: Option<(String, usize)>,
    /// What is to be looked through: the questions of the comments, and what the draft leaves out.
    pub questions: Vec<Say>,
}

/// The draft of a file that was read without a schema; none if no column is one that layouts print.
#[must_use]
pub fn project(survey: &Survey, request: &DraftRequest) -> Option<ManifestDraft> {
    let directory = &survey.directory;
    let roles = ColumnRoles::find(directory);
    if [Role::Name, Role::Address, Role::Phone].iter().all(|role| roles.get(*role).is_none()) {
        return None;
    }
    let units = Units::find(directory, &roles);
    let schema = manifest::schema(directory, &roles);
    let corrections = corrections::of(survey, &roles, &request.source);
    let mut writer = manifest::Writer {
        survey,
        request,
        roles: &roles,
        units: &units,
        corrections: corrections.as_ref(),
        questions: Vec::new(),
    };
    let text = writer.manifest(schema.is_some());
    let questions = writer.questions;
    let mut files = vec![DraftFile { path: "sasshi.toml".to_owned(), text }];
    files.extend(schema.map(|text| DraftFile { path: "schemas/list.toml".to_owned(), text }));
    files.extend(units.csv().map(|text| DraftFile { path: "sources/units.csv".to_owned(), text }));
    files.extend(corrections.map(|found| DraftFile { path: found.path, text: found.csv }));
    let found = roles.get(Role::Joins).map(|_| (units.word.clone(), units.names.len()));
    let records = directory.records.len() - units.remarks.len();
    Some(ManifestDraft { files, records, units: found, questions })
}

impl ManifestDraft {
    /// Lets the files that show many records be made without the `rows` that have faults, until these are mended; never for
    /// the press.
    pub fn allow_incomplete(&mut self, rows: usize) {
        let question = say!(
            "直すところのある行が{rows}行あります。直すまで、その行を外して一覧を作ります（[checks] の incomplete）。「sasshi check」で見られます。",
            "{rows} rows have faults. Until they are mended, lists are made without them ([checks] incomplete); `sasshi check` shows them."
        );
        if let Some(manifest) = self.files.first_mut() {
            let _ = write!(
                manifest.text,
                "\n# ？ {}\n# 直し終えたら、この2行を消してください。\n[checks]\nincomplete = \"warn\"\n",
                question.ja
            );
        }
        self.questions.push(question);
    }
}

/// What is said of a list without a column of names, addresses or telephone numbers.
#[must_use]
pub fn nothing_to_print(survey: &Survey) -> Diagnostic {
    let table = survey.directory.tables.first();
    let headers = table.map(|table| table.headers.join(", ")).unwrap_or_default();
    Diagnostic::error(
        Code::ColumnMissing,
        say!(
            "名称・住所・電話番号の列が、どれも見つかりません。見出しとみたのは {headers} です。",
            "There is no column of names, addresses or telephone numbers; taken for the header: {headers}."
        ),
    )
    .at(table.map(|table| table.header(0)))
    .hint(say!(
        "見出しの行に「区」「名称」「住所」「電話番号」のような言葉を書いてください。",
        "Write words such as 区, 名称, 住所, 電話番号 into the row of headers."
    ))
}
