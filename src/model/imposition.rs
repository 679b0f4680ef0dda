//! How pages go on press sheets: what is asked for ([`Order`]) and where everything lies ([`Imposition`]).
//!
//! In: words of the command line or the manifest. Out: `impose` plans with an order, draws an imposition, and folds it
//! to prove it.

use super::layout::Binding;
use super::length::Length;
use super::page_ranges::PageRanges;
use super::scheme::{Blanks, Gather, Leaves, Scheme};
use super::sheet::{SheetRect, Size, Turn};
use crate::diagnostic::Say;

/// How a sheet goes through the press a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Work {
    /// 本掛け: a plate for each side.
    #[default]
    Sheetwise,
    /// 打ち返し: both sides on one plate, turned left to right; the sheet gives two copies.
    Turn,
    /// どんでん: both sides on one plate, turned head to foot; the sheet gives two copies.
    Tumble,
}

/// How the back of a sheet stands to its front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Backing {
    /// The sheet is turned left to right: heads on heads.
    #[default]
    HeadToHead,
    /// The sheet is turned over its head: heads on feet.
    HeadToFoot,
}

/// Which edges meet at the fold between rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellRows {
    /// 頭合わせ: heads meet.
    #[default]
    Heads,
    /// 尻合わせ: feet meet.
    Feet,
}

/// Where the heads of pages are in what is folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heads {
    /// At the upper edge: the work is bound at a side.
    #[default]
    Up,
    /// 天綴じ: at the spine. Leaves are turned upwards, and an open spread is upright.
    AtSpine,
}

/// What is done about inner leaves that paper pushes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Creep {
    /// Nothing.
    None,
    /// Inner pages move towards the spine; the outermost stay.
    #[default]
    Inner,
    /// Outer pages move away from the spine; the innermost stay.
    Outer,
    /// Inner pages become narrower.
    Scale,
}

/// What is asked for.
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own on the order")]
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// The arrangement.
    pub scheme: Scheme,
    /// How the sheet is worked.
    pub work: Work,
    /// The sheet; none: the smallest that holds it.
    pub sheet: Option<Size>,
    /// The bound side.
    pub binding: Binding,
    /// Where heads are; at the spine, `binding` is left: pages lie with their heads to the left.
    pub heads: Heads,
    /// How the back stands to the front.
    pub backing: Backing,
    /// Which edges meet between rows.
    pub rows: CellRows,
    /// Whether sheets are printed on both sides.
    pub both_sides: bool,
    /// The edge that the press holds: nothing is printed there.
    pub gripper: Length,
    /// Free space between pages that are not folded apart, beside the trim.
    pub gutter: Length,
    /// What is cut off at each edge that is trimmed.
    pub trim: Length,
    /// Bleed that is kept, at most what the pages have.
    pub bleed: Length,
    /// What is milled off at the spine of each leaf (perfect binding).
    pub milling: Length,
    /// Thickness of the paper.
    pub paper: Length,
    /// What is done about creep.
    pub creep: Creep,
    /// Where blanks go.
    pub blanks: Blanks,
    /// Whether the first two and the last two pages are a cover of their own.
    pub cover: bool,
    /// Whether pages are made smaller or larger to fill the sheet.
    pub fit: bool,
    /// The pages that are taken of the input; none: all.
    pub pages: Option<PageRanges>,
    /// Marks and furniture.
    pub marks: bool,
    /// Pages of each piece of work, where several are cut from the sheets: each begins on a leaf of its own. Empty: all
    /// pages are one.
    pub parts: Vec<usize>,
}

impl Order {
    /// The order for several pieces of work, with so many pages each. Leaves that are printed on one side need no back.
    #[must_use]
    pub fn of_parts(mut self, parts: Vec<usize>) -> Self {
        if self.scheme.is_cut() {
            self.both_sides &= self.work != Work::Sheetwise || parts.iter().any(|pages| *pages > 1);
            self.parts = parts;
        }
        self
    }

    /// Whether pages have to lie in the middle of the sheet: it is tumbled, and else the back would not meet the front.
    #[must_use]
    pub fn keeps_to_the_middle(&self) -> bool {
        self.work == Work::Tumble || self.backing == Backing::HeadToFoot
    }

    /// What a print shop gets when it asks for nothing special.
    #[must_use]
    pub fn new(scheme: Scheme) -> Self {
        let definition = scheme.definition();
        Self {
            scheme,
            work: Work::Sheetwise,
            sheet: None,
            binding: Binding::Left,
            heads: Heads::Up,
            backing: Backing::HeadToHead,
            rows: CellRows::Heads,
            both_sides: true,
            gripper: Length::ZERO,
            gutter: Length::ZERO,
            trim: Length::mm(3.0),
            bleed: Length::mm(3.0),
            milling: (definition.milling)(),
            paper: Length::ZERO,
            creep: Creep::Inner,
            blanks: (definition.blanks)(),
            cover: false,
            fit: scheme.is_read_flat(),
            pages: None,
            marks: definition.has_marks,
            parts: Vec::new(),
        }
    }

    /// For an office printer: no marks, no bleed, 5 mm free at the edges, the sheet found by itself.
    #[must_use]
    pub fn office(scheme: Scheme, binding: Binding) -> Self {
        Self {
            binding,
            gripper: if scheme.signature().is_some() { Length::ZERO } else { Length::mm(5.0) },
            trim: Length::ZERO,
            bleed: Length::ZERO,
            marks: false,
            ..Self::new(scheme)
        }
    }
}

/// A page on a side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// The page, counted from 0; none for a blank.
    pub page: Option<usize>,
    /// Where the finished page is cut.
    pub cell: SheetRect,
    /// Where the page's own trim box lands: the cell, but for creep.
    pub image: SheetRect,
    /// What of the page is shown.
    pub clip: SheetRect,
    /// How it is turned.
    pub turn: Turn,
}

/// One side of a sheet, seen from that side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Side {
    /// Its pages.
    pub placements: Vec<Placement>,
    /// Fold lines from bottom to top: their distance from the left.
    pub upright_folds: Vec<Length>,
    /// Fold lines from left to right: their distance from the bottom.
    pub level_folds: Vec<Length>,
}

/// What a sheet becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetRole {
    /// A signature (折丁) or a part of one, counted from 1.
    Signature(usize),
    /// The cover.
    Cover,
    /// Loose leaves.
    Leaves,
}

/// A sheet with its sides.
#[derive(Debug, Clone, PartialEq)]
pub struct PressSheet {
    /// What it becomes.
    pub role: SheetRole,
    /// How it is folded and cut, if it is a signature.
    pub folding: Option<Folding>,
    /// The side with the first page.
    pub front: Side,
    /// The other.
    pub back: Option<Side>,
}

/// One fold, as the machine makes it: the sheet lies back up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fold {
    /// What is left of the line goes over the rest.
    LeftOver(Length),
    /// What is right of the line goes over the rest.
    RightOver(Length),
    /// What is above the line goes over the rest.
    TopOver(Length),
    /// What is below the line goes over the rest.
    BottomOver(Length),
}

/// How a sheet becomes a signature.
#[derive(Debug, Clone, PartialEq)]
pub struct Folding {
    /// The folds, in order.
    pub folds: Vec<Fold>,
    /// Where the folded sheet is cut at head, foot and fore edge, and milled at the spine.
    pub trim: SheetRect,
}

/// What is done with printed sheets.
#[derive(Debug, Clone, PartialEq)]
pub enum Finishing {
    /// Fold each as it says, bring together, trim.
    Fold(Gather),
    /// Read as they are, or cut apart.
    Flat(Leaves),
}

/// Everything about the sheets of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Imposition {
    /// The arrangement.
    pub scheme: Scheme,
    /// The sheet.
    pub sheet: Size,
    /// The bound side.
    pub binding: Binding,
    /// Where the heads of pages are.
    pub heads: Heads,
    /// How the sheet is worked.
    pub work: Work,
    /// How the back stands to the front.
    pub backing: Backing,
    /// The trimmed page on the sheet.
    pub page: Size,
    /// Bleed that is kept.
    pub bleed: Length,
    /// The press holds this much at the lower edge.
    pub gripper: Length,
    /// Thickness of the paper.
    pub paper: Length,
    /// Width of the spine of a cover of its own.
    pub spine: Length,
    /// Sheets, in order; the cover last.
    pub sheets: Vec<PressSheet>,
    /// What is done with them.
    pub finishing: Finishing,
    /// Pages of the input.
    pub pages: usize,
    /// Blank pages added.
    pub blanks: usize,
    /// What the printer should know.
    pub notes: Vec<Say>,
}

impl Imposition {
    /// What `order` says of pages of the size `page` on `sheet`; nothing lies on it yet.
    #[must_use]
    pub fn of_order(order: &Order, page: Size, sheet: Size, finishing: Finishing) -> Self {
        Self {
            scheme: order.scheme,
            sheet,
            binding: order.binding,
            heads: order.heads,
            work: order.work,
            backing: order.backing,
            page,
            bleed: order.bleed,
            gripper: order.gripper,
            paper: order.paper,
            spine: Length::ZERO,
            sheets: Vec::new(),
            finishing,
            pages: 0,
            blanks: 0,
            notes: Vec::new(),
        }
    }

    /// Printed sides.
    #[must_use]
    pub fn sides(&self) -> usize {
        self.sheets.iter().map(|sheet| 1 + usize::from(sheet.back.is_some())).sum()
    }

    /// What the printer should know, in sentences: arrangement and sheets first, then the notes.
    #[must_use]
    pub fn told(&self) -> Vec<Say> {
        let scheme = self.scheme.words();
        let (bound_ja, bound_en) = match (self.scheme.signature(), self.heads, self.binding) {
            (None, ..) => ("", ""),
            (Some(_), Heads::AtSpine, _) => ("、天綴じ", ", bound at the head"),
            (Some(_), Heads::Up, Binding::Left) => ("、左綴じ", ", bound on the left"),
            (Some(_), Heads::Up, Binding::Right) => ("、右綴じ", ", bound on the right"),
        };
        let (work_ja, work_en) = match self.work {
            Work::Sheetwise => ("", ""),
            Work::Turn => ("、打ち返し", ", work-and-turn"),
            Work::Tumble => ("、どんでん", ", work-and-tumble"),
        };
        let (pages, sheets, sides, size) = (self.pages, self.sheets.len(), self.sides(), self.sheet);
        let first = Say::new(
            format!(
                "{}{bound_ja}{work_ja}：{pages}ページを {size} の用紙 {sheets} 枚（{sides} 面）に。",
                scheme.ja
            ),
            format!(
                "{}{bound_en}{work_en}: {} on {} of {size}, {}.",
                scheme.en,
                counted(pages, "page"),
                counted(sheets, "sheet"),
                counted(sides, "side")
            ),
        );
        std::iter::once(first).chain(self.notes.iter().cloned()).collect()
    }
}

/// So many of a thing, in English.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
