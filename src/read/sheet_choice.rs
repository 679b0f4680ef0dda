//! Which sheet of a workbook is read: the one that the manifest names, else the one on which the headers stand.
//!
//! In: the names of the sheets, and what is on each. Out: one of them; sheets that are not read are named, and those with a
//! table of the same kind above all.

use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::origin::Origin;
use crate::model::width;
use crate::project::table_form::TableForm;
use crate::say;

/// A sheet of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// Its name.
    pub name: String,
    /// Whether a person sees it.
    pub visible: bool,
}

/// The sheet that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetChoice {
    /// Its name.
    pub name: String,
    /// Others with a table of the same kind; empty where the manifest names the sheet.
    pub alike: Vec<String>,
}

/// What is on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SheetTable {
    /// How many known headers its best row has.
    pub headers: usize,
    /// How many rows below that row may be records, of the first rows of the sheet.
    pub rows: usize,
}

/// Words in the names of sheets that say how to fill another one in.
const GUIDES: &[&str] = &[
    "記入要領",
    "記載要領",
    "記入例",
    "入力例",
    "記載例",
    "記入方法",
    "入力方法",
    "記入見本",
    "見本",
    "説明",
    "要領",
    "手引",
    "凡例",
    "はじめに",
    "使い方",
    "作業用",
];
/// Words in the names of sheets that keep what is not in force.
const OLD: &[&str] = &["旧", "廃止", "過去", "前年度", "昨年度", "前回", "以前"];

/// The year that the name of a sheet bears: R7, 令和7年度, 2025.
fn year(name: &str) -> u32 {
    let folded = width::fold(name);
    let number = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let of_era = |era: &str| folded.split(era).skip(1).find_map(number).filter(|year| *year < 100);
    let era = of_era("令和").or_else(|| of_era("R")).map(|year| year + 2018);
    let western =
        || folded.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 4).and_then(number);
    era.or_else(western).filter(|year| (2000..2100).contains(year)).unwrap_or(0)
}

fn is_beside(name: &str) -> bool {
    GUIDES.iter().any(|word| name.contains(word))
}

impl SheetTable {
    /// Whether it holds as many headers as the `most`, or nearly.
    fn is_like(self, most: usize) -> bool {
        self.headers > 1 && self.headers * 4 >= most * 3
    }
}

/// The sheet that the manifest names, or the one that a person sees with the most known headers; of those with hardly fewer
/// one whose name does not say that it is beside the list, with the most headers, of the last year, with the most rows. `look` tells what is
/// on a sheet, and is asked only where there are several to choose from.
///
/// # Errors
/// The finding when there is no such sheet, or none at all.
pub fn choose(
    path: &str,
    sheets: &[SheetName],
    form: &TableForm,
    mut look: impl FnMut(&str) -> Result<SheetTable, Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<SheetChoice, Diagnostic> {
    if let Some(wanted) = &form.sheet {
        return named(path, sheets, wanted).map(|name| SheetChoice { name, alike: Vec::new() });
    }
    let (seen, hidden): (Vec<&SheetName>, Vec<&SheetName>) = sheets.iter().partition(|sheet| sheet.visible);
    let tables: Vec<SheetTable> = match seen.len() {
        0 => {
            let none = say!("読めるシートがありません。", "There is no sheet to read.");
            return Err(Diagnostic::error(Code::SheetMissing, none).at(Origin::path(path)));
        }
        1 => vec![SheetTable::default()],
        _ => seen.iter().map(|sheet| look(&sheet.name)).collect::<Result<_, _>>()?,
    };
    let most = tables.iter().map(|table| table.headers).max().unwrap_or(0);
    let rank = |at: &usize| {
        let table = tables[*at];
        let name = &seen[*at].name;
        let is_list = !is_beside(name) && !OLD.iter().any(|word| name.contains(word)) && table.rows > 0;
        (table.is_like(most), is_list, table.headers, year(name), table.rows)
    };
    // the first of equals
    let at = (0..seen.len()).rev().max_by_key(rank).unwrap_or(0);
    let name = &seen[at].name;
    let mut others_alike = Vec::new();
    if sheets.len() > 1 {
        let others: Vec<&SheetName> = seen.iter().copied().filter(|sheet| sheet.name != *name).collect();
        // a table of the same kind has as many headers, or nearly
        let alike: Vec<&SheetName> = seen
            .iter()
            .zip(&tables)
            .filter(|(sheet, table)| table.rows > 0 && table.is_like(most) && !is_beside(&sheet.name))
            .filter(|(sheet, _)| sheet.name != *name)
            .map(|(sheet, _)| *sheet)
            .collect();
        diagnostics.push(skipped(name, &others, &hidden, &alike).at(Origin::path(path)));
        others_alike.extend(alike.into_iter().map(|sheet| sheet.name.clone()));
    }
    Ok(SheetChoice { name: name.clone(), alike: others_alike })
}

fn list<'a>(sheets: impl IntoIterator<Item = &'a SheetName>) -> String {
    sheets.into_iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join("、")
}

fn named(path: &str, sheets: &[SheetName], wanted: &str) -> Result<String, Diagnostic> {
    if sheets.iter().any(|sheet| sheet.name == wanted) {
        return Ok(wanted.to_owned());
    }
    let diagnostic = Diagnostic::error(
        Code::SheetMissing,
        say!("シート「{wanted}」がありません。", "There is no sheet \"{wanted}\"."),
    )
    .at(Origin::path(path));
    let list = list(sheets);
    Err(diagnostic.hint(
        Suggestion::of(wanted, sheets.iter().map(|sheet| sheet.name.as_str()))
            .or(|| say!("あるのは：{list}", "There are: {list}")),
    ))
}

fn skipped(name: &str, others: &[&SheetName], hidden: &[&SheetName], alike: &[&SheetName]) -> Diagnostic {
    let (seen, unseen) = (list(others.iter().copied()), list(hidden.iter().copied()));
    let message = match (others.is_empty(), hidden.is_empty()) {
        (false, true) => say!(
            "シート「{name}」を読みました。ほかのシート（{seen}）は読みません。",
            "The sheet \"{name}\" was read, the others were not: {seen}."
        ),
        (true, _) => say!(
            "シート「{name}」を読みました。隠れているシート（{unseen}）は読みません。",
            "The sheet \"{name}\" was read, hidden ones were not: {unseen}."
        ),
        (false, false) => say!(
            "シート「{name}」を読みました。ほかのシート（{seen}）と、隠れているシート（{unseen}）は読みません。",
            "The sheet \"{name}\" was read; others ({seen}) and hidden ones ({unseen}) were not."
        ),
    };
    let diagnostic = Diagnostic::warning(Code::SheetSkipped, message);
    let diagnostic = if alike.is_empty() {
        diagnostic
    } else {
        let alike = list(alike.iter().copied());
        diagnostic.hint(say!(
                "同じような見出しの表が、{alike} にもあります。1枚のシートにまとめるか、シートごとにファイルを分けて、そのフォルダーを source に書いてください。",
                "There are tables with such headers on {alike} too: put them on one sheet, or each into a file of one folder and name the folder under source."
            ))
    };
    diagnostic.hint(say!(
        "sheet = \"{name}\" と書くと、この注意は出ません。",
        "With sheet = \"{name}\" in the manifest this is not said."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, whether it is seen, headers and rows of each sheet.
    fn choice(sheets: &[(&str, bool, usize, usize)]) -> (String, usize) {
        let names: Vec<SheetName> = sheets
            .iter()
            .map(|(name, visible, ..)| SheetName { name: (*name).to_owned(), visible: *visible })
            .collect();
        let look = |name: &str| {
            let sheet = sheets.iter().find(|sheet| sheet.0 == name);
            Ok(sheet.map_or_else(SheetTable::default, |(_, _, headers, rows)| SheetTable {
                headers: *headers,
                rows: *rows,
            }))
        };
        let mut diagnostics = Vec::new();
        let form = TableForm::default();
        let chosen = choose("a.xlsx", &names, &form, look, &mut diagnostics);
        (
            chosen.map(|chosen| chosen.name).unwrap_or_default(),
            diagnostics.first().map_or(0, |finding| finding.hints.len()),
        )
    }

    fn chosen(sheets: &[(&str, bool, usize, usize)]) -> String {
        choice(sheets).0
    }

    #[test]
    fn the_sheet_on_which_the_headers_stand() {
        assert_eq!(
            choice(&[("表紙", true, 0, 3), ("記入要領", true, 1, 9), ("一覧", true, 4, 3)]),
            ("一覧".to_owned(), 1)
        );
        assert_eq!(choice(&[("表紙", true, 0, 2), ("一覧", false, 4, 2)]), ("表紙".to_owned(), 1));
        assert_eq!(choice(&[("甲", true, 0, 1), ("乙", true, 0, 1)]), ("甲".to_owned(), 1));
        // wards on sheets of their own: the others are named once more
        assert_eq!(choice(&[("西区", true, 4, 2), ("中区", true, 4, 2)]), ("西区".to_owned(), 2));
        assert_eq!(choice(&[("一覧", true, 4, 2)]), ("一覧".to_owned(), 0));
        assert_eq!(choice(&[("一覧", false, 4, 2)]), (String::new(), 0));
    }

    #[test]
    fn a_sheet_that_shows_how_to_fill_another_in_is_not_the_list() {
        assert_eq!(chosen(&[("記入要領", true, 5, 1), ("一覧", true, 5, 18)]), "一覧");
        assert_eq!(chosen(&[("記入例", true, 5, 3), ("一覧", true, 4, 1)]), "一覧");
        assert_eq!(chosen(&[("Sheet1", true, 4, 1), ("Sheet2", true, 4, 18)]), "Sheet2");
        assert_eq!(chosen(&[("一覧", true, 4, 18), ("旧", true, 4, 40)]), "一覧");
        // a list that is still empty is none yet
        assert_eq!(chosen(&[("記入例", true, 4, 1), ("一覧", true, 4, 0)]), "記入例");
        assert_eq!(chosen(&[("前年度", true, 4, 20), ("今年度", true, 4, 18)]), "今年度");
        assert_eq!(chosen(&[("R7", true, 4, 20), ("R8", true, 4, 18), ("R6", true, 4, 30)]), "R8");
        assert_eq!(chosen(&[("2025年", true, 4, 20), ("2026年", true, 4, 18)]), "2026年");
        // more rows do not make up for columns that are not there
        assert_eq!(chosen(&[("集計", true, 3, 99), ("一覧", true, 4, 3)]), "一覧");
        assert_eq!(chosen(&[("様式", true, 2, 99), ("一覧", true, 4, 3)]), "一覧");
    }
}
