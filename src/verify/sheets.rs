//! Sheets: the pages on them are those of the file that they are made of, operator by operator, and so are the fonts.
//!
//! In: the contents of the pages' PDF and of the sheets'. Out: a finding if one of the pages is not on a sheet as it is. Which page stands where
//! is proved by `impose`, which folds the sheets and reads them.

use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::origin::Origin;
use crate::pdf::content_digest::Contents;
use crate::pdf::reading::OpenError;
use crate::say;

/// Judges sheets made of `pages`; `path` is the one to name.
#[must_use]
pub fn judge_sheets(
    pages: &Result<Contents, OpenError>,
    sheets: &Contents,
    path: &str,
) -> Option<Diagnostic> {
    let wrong = match pages {
        Ok(pages) => difference(pages, sheets)?,
        Err(error) => say!("読み取れません：{error}", "it cannot be read: {error}"),
    };
    let Say { ja, en } = wrong;
    let message = say!(
        "面付けした用紙のページが、もとのページと同じではありません（{ja}）。",
        "The pages on the sheets are not those that they were made of ({en})."
    );
    Some(Diagnostic::error(Code::SheetContent, message).at(Origin::path(path)).hint(say!(
        "sasshi の誤りです。このファイルは使わず、作者に知らせてください。",
        "This is a fault of sasshi. Do not use the file, and report it."
    )))
}

/// The first difference between pages and those on sheets.
fn difference(pages: &Contents, sheets: &Contents) -> Option<Say> {
    for (index, page) in pages.pages.iter().enumerate() {
        let number = index + 1;
        match sheets.placed.get(&index) {
            Some(placed) if placed == page => {}
            Some(_) => {
                return Some(say!("{number}ページの中身が違います", "the content of page {number} differs"));
            }
            None => return Some(say!("{number}ページがありません", "page {number} is missing")),
        }
    }
    let lost = pages.fonts.difference(&sheets.fonts).count();
    (lost > 0).then(|| say!("書体が{lost}つありません", "{lost} font programs are missing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(pages: &[u8], placed: &[(usize, u8)], fonts: &[u8]) -> Contents {
        Contents {
            pages: pages.iter().map(|page| [*page; 32]).collect(),
            placed: placed.iter().map(|(at, page)| (*at, [*page; 32])).collect(),
            fonts: fonts.iter().map(|font| [*font; 32]).collect(),
        }
    }

    #[test]
    fn each_page_is_on_a_sheet_as_it_is() {
        let pages = contents(&[1, 2], &[], &[7]);
        let said = |placed: &[(usize, u8)], fonts: &[u8]| {
            difference(&pages, &contents(&[9], placed, fonts)).map(|say| say.en)
        };
        assert_eq!(said(&[(0, 1), (1, 2)], &[7, 8]), None);
        assert_eq!(said(&[(0, 2), (1, 1)], &[7]).as_deref(), Some("the content of page 1 differs"));
        assert_eq!(said(&[(0, 1)], &[7]).as_deref(), Some("page 2 is missing"));
        assert_eq!(said(&[(0, 1), (1, 2)], &[8]).as_deref(), Some("1 font programs are missing"));
        assert!(judge_sheets(&Contents::read(b"no PDF"), &pages, "x.pdf").is_some());
    }
}
