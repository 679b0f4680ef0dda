//! The project's own table of readings: 表記, よみ, ローマ字, a word a row.
//!
//! In: the path in the manifest. Out: [`Readings`], and a finding for each row that is none.

use std::collections::BTreeMap;
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

/// Endings of files that hold such a table.
const ENDINGS: &[&str] = &["csv"];

/// The header of the table, as `sasshi proofread --missing-readings` writes it.
pub const HEADER: &str = "表記,よみ,ローマ字\n";

/// Reads the table of `project`, if there is one.
pub(super) fn readings(project: &Project) -> Outcome<Readings> {
    let Some(path) = &project.readings else { return Outcome::clean(Readings::default()) };
    let mut diagnostics = Vec::new();
    let mut words = Words::default();
    for path in files::find(&project.files, path, ENDINGS).collect(&mut diagnostics) {
        let source = files::text(&project.files, &path).collect(&mut diagnostics);
        diagnostics.extend(source.map(|source| table(&source, &mut words)).unwrap_or_default());
    }
    Outcome { value: words.readings, diagnostics }
}

/// Words that were read, each with the place of its reading.
#[derive(Default)]
struct Words {
    readings: Readings,
    known: BTreeMap<String, (WordReading, Origin)>,
}

impl Words {
    /// Adds a word; the finding of one that is there with another reading.
    fn add(&mut self, word: String, reading: WordReading, origin: Origin) -> Option<Diagnostic> {
        if let Some((first, place)) = self.known.get(&word) {
            let (first, second) = (first.to_string(), reading.to_string());
            let message = say!(
                "「{word}」のよみが2つあります：ここでは「{second}」、{place} では「{first}」です。",
                "\"{word}\" has two readings: \"{second}\" here, \"{first}\" at {place}."
            );
            return (first != second).then(|| {
                Diagnostic::error(Code::ReadingsTable, message).at(origin).hint(say!(
                    "1つの言葉のよみは1つです。読み分けるなら、前後の字も入れて長い言葉にしてください。",
                    "A word has one reading. To tell two apart, write longer words with what stands around them."
                ))
            });
        }
        self.readings.add(&word, reading.clone());
        self.known.insert(word, (reading, origin));
        None
    }
}

fn table(source: &Arc<Source>, words: &mut Words) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let rows = Rows::of(&source.text, b',');
    let cell = |row: &Row, place: usize| {
        let cell = row.cells.get(place).copied().unwrap_or_default();
        cell.of(&source.text, &rows.unquoted).trim().to_owned()
    };
    let fault = |row: &Row, place: usize, message| {
        let origin = Origin::text(source, rows.places.in_row(&source.text, row, place));
        Diagnostic::error(Code::ReadingsTable, message).at(origin)
    };
    let Some((head, rest)) = rows.rows.split_first() else {
        return diagnostics;
    };
    let find = |name: &str| (0..head.cells.len()).find(|place| cell(head, *place) == name);
    let (Some(word), Some(kana)) = (find(COLUMNS[0]), find(COLUMNS[1])) else {
        let missing = COLUMNS.iter().find(|name| find(name).is_none()).copied().unwrap_or_default();
        let finding = fault(
            head,
            0,
            say!(
                "よみの表に「{missing}」の列がありません。",
                "The table of readings has no column \"{missing}\"."
            ),
        );
        let header = HEADER.trim_end();
        diagnostics.push(finding.hint(say!(
            "1行目を「{header}」にしてください。表のよみは、まだ1つも使われません。",
            "Let the first row be {header}; no reading of the table is used until then."
        )));
        return diagnostics;
    };
    let latin = find(LATIN);
    for row in rest {
        let (written, reading) = (cell(row, word), cell(row, kana));
        if written.is_empty() && reading.is_empty() {
            continue;
        }
        if written.is_empty() || !is_reading(&reading, &written) {
            words.readings.refuse(&written);
            let message = say!(
                "「{written}」のよみがないか、かなではありません：「{reading}」",
                "The reading of \"{written}\" is missing or not in kana: \"{reading}\""
            );
            diagnostics.push(fault(row, kana, message).hint(say!(
                "ひらがなかカタカナで書いてください。直すまで、この言葉はふりがななしで印刷します。",
                "Write it in hiragana or katakana; until then the word is printed without kana above it."
            )));
            continue;
        }
        let latin = latin.map(|place| cell(row, place)).filter(|latin| !latin.is_empty());
        let origin = Origin::text(source, rows.places.in_row(&source.text, row, kana));
        diagnostics.extend(words.add(written, WordReading { kana: reading, latin }, origin));
    }
    diagnostics
}

/// Whether `reading` is in kana. Latin letters and digits stay where the word has them itself: ＮＰＯ支援, えぬぴーおーしえん.
fn is_reading(reading: &str, word: &str) -> bool {
    let is_right = |c: char| !is_kanji(c) && (!c.is_alphanumeric() || is_kana(c) || word.contains(c));
    !reading.is_empty() && reading.chars().all(is_right)
}

/// Whether a letter is hiragana or katakana, the sign of length and half-width ones among them.
fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{30A0}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_a_word_or_a_finding() {
        let text = "表記,よみ,ローマ字\n階,かい,\n社会福祉協議会,しゃかいふくしきょうぎかい,Shakai Fukushi Kyogikai\n市,,\n町,町,\n,,\n";
        let mut words = Words::default();
        let diagnostics = table(&Source::new("readings.csv", text), &mut words);
        let value = words.readings;
        assert_eq!(value.in_latin("社会福祉協議会"), Some("Shakai Fukushi Kyogikai".to_owned()));
        assert_eq!(value.in_latin("3階"), Some("3 Kai".to_owned()));
        let places: Vec<String> =
            diagnostics.iter().filter_map(|one| Some(one.origin.as_ref()?.to_string())).collect();
        assert_eq!(places.len(), 2, "{diagnostics:?}");
        assert!(
            places[0].starts_with("readings.csv:4") && places[1].starts_with("readings.csv:5"),
            "{places:?}"
        );
        let headless = table(&Source::new("readings.csv", "語,よみ\n"), &mut Words::default());
        assert!(headless[0].message.en.contains("表記"));
        assert_eq!(HEADER.trim_end().split(',').collect::<Vec<_>>(), [COLUMNS[0], COLUMNS[1], LATIN]);
    }

    #[test]
    fn a_word_has_one_reading_in_kana() {
        let text = "表記,よみ\n中央,ちゅうおう\n市,shi\n中央,なかお\n中央,ちゅうおう\nA棟,Aとう\n";
        let mut words = Words::default();
        let found = table(&Source::new("readings.csv", text), &mut words);
        let rows: Vec<_> = found.iter().filter_map(|one| one.origin.as_ref().and_then(Origin::row)).collect();
        assert_eq!(rows, [3, 4], "{found:?}");
        assert!(found[1].message.en.contains("readings.csv:2"), "{found:?}");
    }
}
