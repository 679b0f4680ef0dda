//! Names of output files: a pattern of the manifest filled with fields, cleaned so that every system takes it.
//!
//! In: `{code}-{romaji}` and a record. Out: `101-tsurumi`.

use std::collections::{BTreeMap, BTreeSet};

use super::Job;
use crate::check::checked::RowNaming;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::Column;
use crate::model::width;
use crate::project::{Part, Placed, PublicationPlan};
use crate::say;

/// Names that Windows keeps for devices.
const RESERVED: &[&str] =
    &["con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "lpt1", "lpt2", "lpt3"];

/// The longest name in characters; with ending and folder it stays below what every file system takes.
const LONGEST: usize = 80;

/// Fills `pattern` with the fields of `record`, and `{number}` with its place in its list.
///
/// # Errors
/// A finding when the pattern names a field that is not there or is empty for this record.
pub fn fill(pattern: &Placed, record: RowNaming, number: &str) -> Result<String, Box<Diagnostic>> {
    let mut name = String::new();
    let mut rest = pattern.value.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        name.push_str(before);
        let (field, after) = after.split_once('}').ok_or_else(|| Box::new(broken(pattern)))?;
        let known = record.directory().asked(field);
        match known {
            None if field == "number" => name.push_str(number),
            _ => name.push_str(&value(pattern, record, field)?),
        }
        rest = after;
    }
    name.push_str(rest);
    Ok(clean(&name))
}

fn value(pattern: &Placed, record: RowNaming, field: &str) -> Result<String, Box<Diagnostic>> {
    let Some(index) = record.directory().asked(field) else {
        let known: Vec<&str> = record.directory().columns().iter().map(Column::name).collect();
        let list = known.join(", ");
        return Err(Box::new(
            Diagnostic::error(
                Code::FileNamePattern,
                say!(
                    "ファイル名に使う「{{{field}}}」がありません。",
                    "There is no \"{{{field}}}\" for file names."
                ),
            )
            .at(pattern.origin.clone())
            .hint(say!("使えるもの：{list}", "There are: {list}")),
        ));
    };
    let text = record.text(index);
    if text.is_empty() {
        let header = &record.directory().columns()[index].header;
        return Err(Box::new(
            Diagnostic::error(
                Code::FileNamePattern,
                say!(
                    "「{header}」が空なので、ファイル名を作れません。",
                    "\"{header}\" is empty, so there is no file name."
                ),
            )
            .at(record.origin(index)),
        ));
    }
    Ok(text)
}

fn broken(pattern: &Placed) -> Diagnostic {
    Diagnostic::error(
        Code::FileNamePattern,
        say!("ファイル名の「{{」が閉じていません。", "A brace of the file name is never closed."),
    )
    .at(pattern.origin.clone())
}

/// Fills `{number}` and `{part}` for a part of the text.
#[must_use]
pub fn fill_part(pattern: &str, number: usize, part: &Part) -> String {
    clean(&pattern.replace("{number}", &number.to_string()).replace("{part}", &part.name))
}

/// A name that every file system takes: letters, digits, `-` and `_`; nothing that leads to another folder.
#[must_use]
pub fn clean(name: &str) -> String {
    let folded = width::fold(name).to_lowercase();
    let mut cleaned = String::new();
    for c in folded.chars().take(LONGEST) {
        if c.is_alphanumeric() || c == '_' {
            cleaned.push(c);
        } else if !cleaned.ends_with('-') {
            cleaned.push('-');
        }
    }
    let cleaned = cleaned.trim_matches('-');
    if cleaned.is_empty() {
        return "unnamed".to_owned();
    }
    if RESERVED.contains(&cleaned) { format!("{cleaned}-") } else { cleaned.to_owned() }
}

/// Reports files that would overwrite each other; gives their names.
pub fn collisions(
    plan: &PublicationPlan,
    jobs: &[Job],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut seen: BTreeMap<&str, &Job> = BTreeMap::new();
    for job in jobs {
        let Some(first) = seen.insert(&job.stem, job) else { continue };
        names.insert(job.stem.clone());
        let name = &job.stem;
        let one = first.key.clone().unwrap_or_default();
        let other = job.key.clone().unwrap_or_default();
        diagnostics.push(
            Diagnostic::error(
                Code::FileNameTwice,
                say!(
                    "「{one}」と「{other}」のファイル名が、どちらも「{name}」になります。",
                    "\"{one}\" and \"{other}\" would both be written to \"{name}\"."
                ),
            )
            .at(plan.file_name.origin().clone())
            .hint(say!(
                "file-name に {{number}} を入れると、重なりません。",
                "Put {{number}} into file-name to tell them apart."
            )),
        );
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_everywhere() {
        for (given, wanted) in [
            ("101-Tsurumi", "101-tsurumi"),
            ("../../etc/passwd", "etc-passwd"),
            ("ａｂｃ　１２", "abc-12"),
            ("a//b\\c", "a-b-c"),
            ("nul", "nul-"),
            ("  ", "unnamed"),
            ("港北区", "港北区"),
        ] {
            assert_eq!(clean(given), wanted);
        }
        assert!(clean(&"あ".repeat(500)).chars().count() <= LONGEST);
    }
}
