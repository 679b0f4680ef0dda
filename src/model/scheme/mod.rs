//! The ways to arrange pages on sheets, as a table: each scheme is a file beside this one and a line of [`SCHEMES`].
//!
//! In: a name (`saddle-8`). Out: [`Scheme`], whose definition says how leaves are folded or how cells are filled; `impose`
//! lays and proves any of them by that.

mod cut_and_stack;
mod gang;
mod n_up;
mod perfect;
mod saddle;
mod step_and_repeat;

use std::fmt;

use super::length::Length;
use crate::diagnostic::Say;

/// Every scheme, in the order of the help.
pub static SCHEMES: &[&SchemeDefinition] = &[
    &saddle::DEFINITION,
    &perfect::DEFINITION,
    &n_up::DEFINITION,
    &step_and_repeat::DEFINITION,
    &cut_and_stack::DEFINITION,
    &gang::DEFINITION,
];

/// What makes one scheme differ from another.
#[derive(Debug)]
pub struct SchemeDefinition {
    /// The name of the kind; it goes into the identity of finished sheets.
    pub title: &'static str,
    /// Its names on the command line, each with its number of pages on a sheet (folded) or on a side.
    pub names: &'static [(&'static str, Option<u32>)],
    /// The entry of the help in Japanese.
    pub help: &'static str,
    /// What it is, in words, by the number of pages.
    pub words: fn(u32) -> Say,
    /// How pages lie.
    pub arrangement: Arrangement,
    /// Where blanks go if nothing is said.
    pub blanks: fn() -> Blanks,
    /// What is milled off at the spine of each leaf if nothing is said.
    pub milling: fn() -> Length,
    /// Whether the first two and the last two pages may be a cover of their own.
    pub takes_cover: bool,
    /// Whether printer's marks stand on its sheets if nothing is said.
    pub has_marks: bool,
}

/// How pages lie on sheets.
#[derive(Debug, Clone, Copy)]
pub enum Arrangement {
    /// On sheets that are folded and brought together.
    Folded(Gather),
    /// In equal cells.
    Flat(&'static FlatArrangement),
}

/// How equal cells are filled.
#[derive(Debug)]
pub struct FlatArrangement {
    /// How many cells a side has.
    pub cells: Cells,
    /// What is done with the printed sheets.
    pub leaves: Leaves,
    /// Sheets for so many leaves in so many cells: `sheets(leaves, cells)`.
    pub sheets: fn(usize, usize) -> usize,
    /// The face (0 is the first leaf's front) that a cell shows.
    pub face: fn(CellPlace) -> usize,
}

/// How many cells a side has.
#[derive(Debug, Clone, Copy)]
pub enum Cells {
    /// Columns and rows that are tried for a number of pages; pages are made smaller or larger to fill them.
    Shapes(fn(u32) -> &'static [(u32, u32)]),
    /// As many as the sheet holds, upright or lying.
    Fullest,
}

/// What is done with flat sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaves {
    /// They are read as they are, in rows.
    Read,
    /// They are cut apart; every piece is a copy of the same leaf.
    Copies,
    /// They are cut apart; pile on pile.
    Pile,
    /// They are cut apart; each piece is a leaf of its own, in rows.
    Pieces,
}

/// A cell of a job of flat sheets, all counted from 0.
#[derive(Debug, Clone, Copy)]
pub struct CellPlace {
    /// The sheet.
    pub sheet: usize,
    /// How many sheets there are.
    pub sheets: usize,
    /// The cell in reading order.
    pub index: usize,
    /// How many cells a side has.
    pub cells: usize,
    /// The side: 0 is the front.
    pub side: usize,
    /// How many sides are printed.
    pub sides: usize,
}

/// How folded sheets come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gather {
    /// One inside the other.
    Nest,
    /// One on the other.
    Stack,
}

/// Where blank pages go when the last sheet is not full.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Blanks {
    /// Before the last page, which stays the back cover.
    #[default]
    BeforeBackCover,
    /// After the last page.
    End,
    /// Where the scheme has them, and no more than to a multiple of four: 端数折, smaller signatures, hold what fills no
    /// whole one (8＋4 pages).
    Few,
    /// After these pages (counted from 1), one each, again and again until the sheet is full.
    After(Vec<usize>),
}

/// A scheme of the table with its number of pages.
#[derive(Clone, Copy)]
pub struct Scheme {
    definition: &'static SchemeDefinition,
    pages: Option<u32>,
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        (self.definition.title, self.pages) == (other.definition.title, other.pages)
    }
}

impl Eq for Scheme {}

impl fmt::Debug for Scheme {
    /// `Saddle(4)`, `Gang`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.definition.title)?;
        self.pages.map_or(Ok(()), |pages| write!(f, "({pages})"))
    }
}

impl Scheme {
    /// Every scheme with its name.
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        SCHEMES.iter().flat_map(|definition| {
            definition.names.iter().map(|(name, pages)| (*name, Self { definition, pages: *pages }))
        })
    }

    /// The names of all schemes, as a list.
    #[must_use]
    pub fn names() -> String {
        Self::all().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
    }

    /// The scheme called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|(known, _)| *known == name).map(|(_, scheme)| scheme)
    }

    /// 中綴じ of four pages a sheet: what pages are imposed as if nothing is said.
    #[must_use]
    pub fn saddle() -> Self {
        Self { definition: &saddle::DEFINITION, pages: Some(4) }
    }

    /// `pages` on a side, in reading order.
    #[must_use]
    pub fn n_up(pages: u32) -> Self {
        Self { definition: &n_up::DEFINITION, pages: Some(pages) }
    }

    /// What makes it differ from others.
    #[must_use]
    pub fn definition(self) -> &'static SchemeDefinition {
        self.definition
    }

    /// The number of pages on a folded sheet or on a side; 1 where the sheet decides.
    #[must_use]
    pub fn pages(self) -> u32 {
        self.pages.unwrap_or(1)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::all().find(|(_, scheme)| *scheme == self).map_or("", |(name, _)| name)
    }

    /// What it is, in words.
    #[must_use]
    pub fn words(self) -> Say {
        (self.definition.words)(self.pages())
    }

    /// What is done with its sheets if they are flat; none if they are folded.
    #[must_use]
    pub fn leaves(self) -> Option<Leaves> {
        match self.definition.arrangement {
            Arrangement::Folded(_) => None,
            Arrangement::Flat(flat) => Some(flat.leaves),
        }
    }

    /// How its sheets come together if they are folded.
    #[must_use]
    pub fn gather(self) -> Option<Gather> {
        match self.definition.arrangement {
            Arrangement::Folded(gather) => Some(gather),
            Arrangement::Flat(_) => None,
        }
    }

    /// Whether pages are read on the sheet as they lie, and are made smaller or larger to fill it.
    #[must_use]
    pub fn is_read_flat(self) -> bool {
        self.leaves() == Some(Leaves::Read)
    }

    /// Whether sheets are cut into leaves that stand for themselves.
    #[must_use]
    pub fn is_cut(self) -> bool {
        self.leaves().is_some_and(|leaves| leaves != Leaves::Read)
    }

    /// Whether different leaves that are cut apart share a sheet.
    #[must_use]
    pub fn mixes_leaves(self) -> bool {
        self.is_cut() && self.leaves() != Some(Leaves::Copies)
    }

    /// Pages on a folded sheet, if it is folded.
    #[must_use]
    pub fn signature(self) -> Option<u32> {
        self.gather().map(|_| self.pages())
    }
}
