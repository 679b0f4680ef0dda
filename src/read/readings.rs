//! The project's own table of readings: 表記, よみ, ローマ字, a word a row.
//!
//! In: the path in the manifest. Out: [`Readings`], and a finding for each row that is none.

use std::sync::Arc;

use super::files;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::{Origin, Source};
use crate::model::readings::{Readings, WordReading, is_kanji};
use crate::project::Project;
use crate::say;
use crate::table::{Row, Rows};

/// The columns that must be there, and the one that may be.
const COLUMNS: [&str; 2] = ["表記", "よみ"];
const LATIN: &str = "ローマ字";

/// The header of the table, as `sasshi check --missing-readings` writes it.
pub const HEADER: &str = "表記,よみ,ローマ字\n";

/// Reads the table of `project`, if there is one.
pub(super) fn readings(project: &Project) -> Outcome<Readings> {
    let Some(path) = &project.readings else { return Outcome::clean(Readings::default()) };
    let Outcome { value, diagnostics } = files::text(&project.files, &path.value);
    match value {
        Some(source) => table(&source),
        None => Outcome { value: Readings::default(), diagnostics },
    }
}

fn table(source: &Arc<Source>) -> Outcome<Readings> {
    let mut diagnostics = Vec::new();
    let rows = Rows::of(&source.text, b',');
    let cell = |row: &Row, place: usize| {
        let cell = row.cells.get(place).copied().unwrap_or_default();
        cell.of(&source.text, &rows.unquoted).trim().to_owned()
    };
    let mut fault = |row: &Row, place: usize, message| {
        let origin = Origin::text(source, rows.places.in_row(&source.text, row, place));
        diagnostics.push(Diagnostic::error(Code::ReadingsTable, message).at(origin));
    };
    let mut readings = Readings::default();
    let Some((head, rest)) = rows.rows.split_first() else {
        return Outcome { value: readings, diagnostics };
    };
    let find = |name: &str| (0..head.cells.len()).find(|place| cell(head, *place) == name);
    let (Some(word), Some(kana)) = (find(COLUMNS[0]), find(COLUMNS[1])) else {
        let missing = COLUMNS.iter().find(|name| find(name).is_none()).copied().unwrap_or_default();
        fault(
            head,
            0,
            say!(
                "よみの表に「{missing}」の列がありません。",
                "The table of readings has no column \"{missing}\"."
            ),
        );
        return Outcome { value: readings, diagnostics };
    };
    let latin = find(LATIN);
    for row in rest {
        let (written, reading) = (cell(row, word), cell(row, kana));
        if written.is_empty() && reading.is_empty() {
            continue;
        }
        if written.is_empty() || reading.is_empty() || reading.chars().any(is_kanji) {
            fault(
                row,
                kana,
                say!(
                    "「{written}」のよみがないか、かなではありません：「{reading}」",
                    "The reading of \"{written}\" is missing or not in kana: \"{reading}\""
                ),
            );
            continue;
        }
        let latin = latin.map(|place| cell(row, place)).filter(|latin| !latin.is_empty());
        readings.add(&written, WordReading { kana: reading, latin });
    }
    Outcome { value: readings, diagnostics }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_a_word_or_a_finding() {
        let text = "表記,よみ,ローマ字\n階,かい,\n社会福祉協議会,しゃかいふくしきょうぎかい,Shakai Fukushi Kyogikai\n市,,\n町,町,\n,,\n";
        let Outcome { value, diagnostics } = table(&Source::new("readings.csv", text));
        assert_eq!(value.in_latin("社会福祉協議会"), Some("Shakai Fukushi Kyogikai".to_owned()));
        assert_eq!(value.in_latin("3階"), Some("3 Kai".to_owned()));
        let places: Vec<String> =
            diagnostics.iter().filter_map(|one| Some(one.origin.as_ref()?.to_string())).collect();
        assert_eq!(places.len(), 2, "{diagnostics:?}");
        assert!(
            places[0].starts_with("readings.csv:4") && places[1].starts_with("readings.csv:5"),
            "{places:?}"
        );
        let headless = table(&Source::new("readings.csv", "語,よみ\n"));
        assert!(headless.diagnostics[0].message.en.contains("表記"));
        assert_eq!(HEADER.trim_end().split(',').collect::<Vec<_>>(), [COLUMNS[0], COLUMNS[1], LATIN]);
    }
}
