//! Two judges of accessibility from outside (`outloud`, `pdfua`, of `PyPI`) read screen editions of the example: one file of each layout
//! that is made for the screen. They end with an error where they find one.

use super::example::example;
use super::readers;
use super::tools::tool;

/// One file of each layout; sheets and chapters of one layout are alike.
const FILES: &[&str] = &[
    "booklet/screen/booklet.pdf",
    "contact-sheet/screen/109-kohoku.pdf",
    "directory-list/screen/directory-list.pdf",
    "handout/screen/1-know.pdf",
    "worksheet/screen/worksheet.pdf",
];

#[test]
fn screen_editions_are_without_error_to_outloud() {
    for file in FILES {
        if tool("outloud", &["--quiet", "--fail-on", "error"], &example().file(file)).is_none() {
            return;
        }
    }
}

#[test]
fn screen_editions_are_without_error_to_pdfua() {
    for file in FILES {
        if tool("pdfua", &["check", "--min-severity", "error"], &example().file(file)).is_none() {
            return;
        }
    }
}

#[test]
fn files_for_other_readers_are_without_error_to_both() {
    for file in [
        "contact-sheet/screen-en/109-kohoku.pdf",
        "contact-sheet/screen-ja-easy/109-kohoku.pdf",
        "introduction/screen/introduction.pdf",
        "introduction/screen-en/introduction.pdf",
    ] {
        let path = readers::file(file);
        let heard = tool("outloud", &["--quiet", "--fail-on", "error"], &path);
        if heard.and(tool("pdfua", &["check", "--min-severity", "error"], &path)).is_none() {
            return;
        }
    }
}
