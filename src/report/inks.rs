//! What `sasshi preflight --inks` tells of a file: how much of each ink is on each page.
//!
//! In: [`InkTable`]. Out: text for people, or lines of JSON.

use std::fmt::Write as _;

use crate::diagnostic::Language;
use crate::proofing::inks::InkTable;

/// For people: a line a page.
#[must_use]
pub fn text(table: &InkTable, language: Language) -> String {
    let ja = language == Language::Japanese;
    let mut out = String::new();
    out.push_str(if ja {
        "インキの量（仕上がりの面積に対する平均、%）\n"
    } else {
        "Ink, mean over the trimmed page, in per cent\n"
    });
    let widths: Vec<usize> = table.inks.iter().map(|name| name.chars().count().max(7)).collect();
    let _ = write!(out, "{:>6}", if ja { "頁" } else { "page" });
    for (name, width) in table.inks.iter().zip(&widths) {
        let _ = write!(out, "  {:>width$}", plain(name));
    }
    out.push('\n');
    for (number, page) in (1..).zip(&table.pages) {
        let _ = write!(out, "{number:>6}");
        for (share, width) in page.shares.iter().zip(&widths) {
            let _ = match share {
                Some(share) => write!(out, "  {:>width$.2}", share * 100.0),
                None => write!(out, "  {:>width$}", "?"),
            };
        }
        if page.left_out > 0 {
            let count = page.left_out;
            let _ = match ja {
                true => write!(out, "  インキではない色のもの{count}個は入っていません"),
                false => write!(out, "  without {count} things whose colour is no ink"),
            };
        }
        out.push('\n');
    }
    out
}

/// For programs: a JSON object a line.
#[must_use]
pub fn lines(table: &InkTable) -> String {
    let mut out = String::new();
    for (number, page) in (1..).zip(&table.pages) {
        let inks: serde_json::Map<String, serde_json::Value> =
            table.inks.iter().cloned().zip(page.shares.iter().map(|share| (*share).into())).collect();
        let line = serde_json::json!({ "page": number, "inks": inks, "left_out": page.left_out });
        let _ = writeln!(out, "{line}");
    }
    out
}

/// A name from a file, without what moves the cursor of a terminal.
fn plain(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { '?' } else { letter }).collect()
}
