//! Which sheet of a workbook is read: the one that the manifest names, else the one on which the headers stand.
//!
//! In: the names of the sheets, and for each how many known headers its best row has. Out: the name of one; sheets that are
//! not read are named, and those with a table of the same kind above all.

use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::origin::Origin;
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

/// The sheet that the manifest names, or the first that a person sees with the most known headers. `headers` counts those
/// of a sheet, and is asked only where there are several to choose from.
///
/// # Errors
/// The finding when there is no such sheet, or none at all.
pub fn choose(
    path: &str,
    sheets: &[SheetName],
    form: &TableForm,
    mut headers: impl FnMut(&str) -> Result<usize, Diagnostic>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<String, Diagnostic> {
    if let Some(wanted) = &form.sheet {
        return named(path, sheets, wanted);
    }
    let (seen, hidden): (Vec<&SheetName>, Vec<&SheetName>) = sheets.iter().partition(|sheet| sheet.visible);
    let counts: Vec<usize> = match seen.len() {
        0 => {
            let none = say!("読めるシートがありません。", "There is no sheet to read.");
            return Err(Diagnostic::error(Code::SheetMissing, none).at(Origin::path(path)));
        }
        1 => vec![0],
        _ => seen.iter().map(|sheet| headers(&sheet.name)).collect::<Result<_, _>>()?,
    };
    let most = counts.iter().copied().max().unwrap_or(0);
    let at = counts.iter().position(|count| *count == most).unwrap_or(0);
    let name = &seen[at].name;
    if sheets.len() > 1 {
        let others: Vec<&SheetName> = seen.iter().copied().filter(|sheet| sheet.name != *name).collect();
        // a table of the same kind has as many headers, or nearly
        let alike: Vec<&SheetName> = seen
            .iter()
            .zip(&counts)
            .filter(|(sheet, count)| sheet.name != *name && most > 1 && **count > 1 && *count * 4 >= most * 3)
            .map(|(sheet, _)| *sheet)
            .collect();
        diagnostics.push(skipped(name, &others, &hidden, &alike).at(Origin::path(path)));
    }
    Ok(name.clone())
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

    fn choice(sheets: &[(&str, bool, usize)]) -> (String, usize) {
        let names: Vec<SheetName> = sheets
            .iter()
            .map(|(name, visible, _)| SheetName { name: (*name).to_owned(), visible: *visible })
            .collect();
        let count = |name: &str| Ok(sheets.iter().find(|sheet| sheet.0 == name).map_or(0, |sheet| sheet.2));
        let mut diagnostics = Vec::new();
        let form = TableForm::default();
        let chosen = choose("a.xlsx", &names, &form, count, &mut diagnostics).unwrap_or_default();
        (chosen, diagnostics.first().map_or(0, |finding| finding.hints.len()))
    }

    #[test]
    fn the_sheet_on_which_the_headers_stand() {
        assert_eq!(
            choice(&[("表紙", true, 0), ("記入要領", true, 1), ("一覧", true, 4)]),
            ("一覧".to_owned(), 1)
        );
        assert_eq!(choice(&[("表紙", true, 0), ("一覧", false, 4)]), ("表紙".to_owned(), 1));
        assert_eq!(choice(&[("甲", true, 0), ("乙", true, 0)]), ("甲".to_owned(), 1));
        // wards on sheets of their own: the others are named once more
        assert_eq!(choice(&[("西区", true, 4), ("中区", true, 4)]), ("西区".to_owned(), 2));
        assert_eq!(choice(&[("一覧", true, 4)]), ("一覧".to_owned(), 0));
        assert_eq!(choice(&[("一覧", false, 4)]), (String::new(), 0));
    }
}
