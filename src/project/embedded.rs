//! The built-in layouts and fonts, embedded file by file so that a project needs neither.
//!
//! In: the files of `layouts/` at build time. Out: [`file()`]. `tests/suite/house.rs` fails if a file is missing here.

macro_rules! embed {
    ($($path:literal,)+) => {
        /// Path below `layouts/` and bytes of every built-in file, sorted by path.
        pub static FILES: &[(&str, &[u8])] = &[
            $(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/", $path))),)+
        ];
    };
}

embed! {
    "booklet/blocks.typ",
    "booklet/boxes.typ",
    "booklet/diagrams.typ",
    "booklet/directory.typ",
    "booklet/frame.typ",
    "booklet/layout.toml",
    "booklet/layout.typ",
    "booklet/map.typ",
    "booklet/needs.typ",
    "booklet/pages/back-cover.typ",
    "booklet/pages/column.typ",
    "booklet/pages/contents.typ",
    "booklet/pages/cover.typ",
    "booklet/pages/cycle.typ",
    "booklet/pages/long-column.typ",
    "booklet/pages/plain.typ",
    "booklet/pages/points.typ",
    "booklet/pages/question.typ",
    "booklet/pages/step.typ",
    "booklet/pages/support.typ",
    "booklet/pages/systems.typ",
    "booklet/pages/wishes.typ",
    "booklet/parts.typ",
    "contact-sheet/arrangements.typ",
    "contact-sheet/blocks.typ",
    "contact-sheet/layout.toml",
    "contact-sheet/layout.typ",
    "contact-sheet/words.typ",
    "contact-sheet/words/easy.toml",
    "contact-sheet/words/en.toml",
    "contact-sheet/words/ja.toml",
    "directory-list/flow.typ",
    "directory-list/layout.toml",
    "directory-list/layout.typ",
    "directory-list/words.typ",
    "docket/layout.typ",
    "fonts/BIZUDGothic-Bold.ttf",
    "fonts/BIZUDGothic-Regular.ttf",
    "fonts/BIZUDMincho-Regular.ttf",
    "fonts/BIZUDPGothic-Bold.ttf",
    "fonts/BIZUDPGothic-Regular.ttf",
    "fonts/OFL.txt",
    "handout/directives.typ",
    "handout/frame.typ",
    "handout/layout.toml",
    "handout/layout.typ",
    "handout/nodes.typ",
    "handout/tasks.typ",
    "labels/layout.toml",
    "labels/layout.typ",
    "shared/art/brick-strip.svg",
    "shared/art/ginkgo-leaf-pale.svg",
    "shared/art/ginkgo-leaf.svg",
    "shared/art/icon-arrow.svg",
    "shared/art/icon-book.svg",
    "shared/art/icon-chat.svg",
    "shared/art/icon-check.svg",
    "shared/art/icon-child.svg",
    "shared/art/icon-clock.svg",
    "shared/art/icon-heart.svg",
    "shared/art/icon-house.svg",
    "shared/art/icon-mail.svg",
    "shared/art/icon-people.svg",
    "shared/art/icon-place.svg",
    "shared/art/icon-print.svg",
    "shared/art/icon-telephone.svg",
    "shared/art/icon-warning.svg",
    "shared/art/icon-web.svg",
    "shared/art/owl-front.svg",
    "shared/art/owl-head.svg",
    "shared/art/owl-left.svg",
    "shared/art/owl-right.svg",
    "shared/art/waves-strip.svg",
    "shared/data.typ",
    "shared/drawing.typ",
    "shared/fit.typ",
    "shared/furniture.typ",
    "shared/language.typ",
    "shared/notes.typ",
    "shared/offices.typ",
    "shared/palette.csv",
    "shared/palette.typ",
    "shared/pattern.typ",
    "shared/phone.typ",
    "shared/phrases.typ",
    "shared/place.typ",
    "shared/qr.typ",
    "shared/reading.typ",
    "shared/ruby.typ",
    "shared/text.typ",
    "shared/trace.typ",
    "shared/type.typ",
    "shared/words.typ",
    "specimen/layout.typ",
    "worksheet/layout.toml",
    "worksheet/layout.typ",
}

/// The bytes of the built-in file at `path` (`shared/type.typ`).
#[must_use]
pub fn file(path: &str) -> Option<&'static [u8]> {
    FILES.binary_search_by(|(known, _)| (*known).cmp(path)).ok().map(|at| FILES[at].1)
}

/// The built-in fonts.
pub fn fonts() -> impl Iterator<Item = &'static [u8]> {
    let is_face = |path: &str| path.starts_with("fonts/") && path.rsplit('.').next() == Some("ttf");
    FILES.iter().filter(move |(path, _)| is_face(path)).map(|(_, bytes)| *bytes)
}
