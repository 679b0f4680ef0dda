//! A piece of what the user wrote, as it is handed to a template: the law of conservation speaks of pieces.
//!
//! In: `typeset::view` names the pieces of a job beside its data. Out: `verify` asks of each whether it landed.

use std::collections::BTreeSet;

/// What the pages of a job must show: every string that a template is handed and that is to be read on paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// The pieces, in the order of the data.
    pub list: Vec<Piece>,
    /// For each number `"o"` of the data, the number behind the last one inside it: a list holds its items.
    pub ends: Vec<usize>,
    /// The QR codes that the template is handed.
    pub codes: Vec<CodePiece>,
    /// Whether plain words are in the notation of ruby, `{漢字|かんじ}`.
    pub has_ruby_notation: bool,
}

/// A QR code that a template may draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePiece {
    /// The number `"o"` of the cell that it stands for.
    pub origin: usize,
    /// Its modules, row by row; `1` is dark.
    pub modules: String,
}

/// One piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The number `"o"` of its origin in the data; marks of this number say where it landed.
    pub origin: usize,
    /// The number of the place to name in messages: the origin's, or one of its own inside it.
    pub place: usize,
    /// What it is.
    pub kind: PieceKind,
    /// The ways in which it may be printed: one of them must be on the pages, whole.
    pub forms: Vec<Vec<Run>>,
}

impl Piece {
    /// The cell, if it is one.
    #[must_use]
    pub fn cell(&self) -> Option<&CellPiece> {
        match &self.kind {
            PieceKind::Cell(cell) => Some(cell),
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Option(_)
            | PieceKind::Manifest(_)
            | PieceKind::Picture(_) => None,
        }
    }

    /// Whether some file of the publication must show it, not each that is handed it.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        match &self.kind {
            PieceKind::Cell(CellPiece { duty, .. }) => *duty == Duty::SomeFile,
            PieceKind::Option(_) | PieceKind::Manifest(_) => true,
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Picture(_) => false,
        }
    }

    /// Its words, as it is printed first.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.kind {
            PieceKind::Picture(path) => path.clone(),
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Option(_)
            | PieceKind::Manifest(_)
            | PieceKind::Cell(_) => self.forms.first().into_iter().flatten().map(Run::words).collect(),
        }
    }
}

/// What a piece is, and with that who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PieceKind {
    /// Words of the text: they land in each file that they are handed to.
    Words,
    /// The words of a heading within a directive.
    Title,
    /// A value of a directive or heading.
    Attribute(String),
    /// A value of the front matter.
    FrontMatter(String),
    /// A picture; its path within the project.
    Picture(String),
    /// A value that the manifest sets for the layout: it lands in some file of its publication.
    Option(String),
    /// A value of the manifest that is for all publications: it lands in some file of some of them.
    Manifest(String),
    /// A cell of a directory.
    Cell(CellPiece),
}

/// A cell of a directory.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellPiece {
    /// The directory's name.
    pub directory: String,
    /// Its column, from 0.
    pub column: usize,
    /// Its record, from 0.
    pub record: usize,
    /// Who answers for it.
    pub duty: Duty,
}

/// Where a cell must land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// In each file that it is handed to: the layout says that it prints this column (`[needs]`).
    EachFile,
    /// In some file of its publication: the layout prints the column if it wants to, or where the text asks for it.
    SomeFile,
}

/// A stretch of words that is printed without a break in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Plain words.
    Words(String),
    /// Words with their reading above.
    Ruby {
        /// The words.
        base: String,
        /// The reading.
        reading: String,
    },
}

impl Run {
    /// Its words, without a reading.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) => words,
            Self::Ruby { base, .. } => base,
        }
    }
}

/// What the finished pages show, as texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Landed {
    /// The text within each mark, in the order in which the marks open; marks within marks count for both.
    pub marks: Vec<LandedMark>,
    /// The text outside of all marks.
    pub unmarked: String,
    /// The title of the document: readers show it for the name of the file.
    pub title: String,
    /// All text on the pages, within marks and outside of them, each once; what the engine set in one go on a line.
    pub text: String,
    /// Whose each stretch of that text is.
    pub runs: Vec<LandedRun>,
    /// QR codes that are drawn on the pages.
    pub codes: Vec<LandedCode>,
    /// Pictures that are on the pages: paths within the project.
    pub pictures: BTreeSet<String>,
    /// Numbers of origins that stand in another file of the publication, with all that is inside them.
    pub elsewhere: BTreeSet<usize>,
    /// Numbers of origins that the template leaves out because an option says so, with all that is inside them.
    pub left_out: BTreeSet<usize>,
    /// Keys of attributes or front matter that the template leaves out in this place, by the number of their origin.
    pub keys_left_out: BTreeSet<(usize, String)>,
}

/// What stands within one mark.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LandedMark {
    /// The number of the origin.
    pub origin: usize,
    /// The text, as the glyphs show it.
    pub text: String,
}

/// A stretch of the text on the pages that stands within one mark, or outside of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LandedRun {
    /// The innermost mark: its index in [`Landed::marks`].
    pub mark: Option<usize>,
    /// Page, from 1.
    pub page: usize,
    /// The byte behind its last one in [`Landed::text`].
    pub end: usize,
}

/// A QR code on a page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LandedCode {
    /// Page, from 1.
    pub page: usize,
    /// Its modules, row by row; `1` is dark.
    pub modules: String,
}
