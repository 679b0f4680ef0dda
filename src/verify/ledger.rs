//! What some file of a publication must show: the account of each file, and the balance of all.
//!
//! In: an [`Account`] for each file. Out: findings of what none of a publication's files showed.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{LostPiece, Unprinted};
use super::landing::Proof;
use crate::diagnostic::Diagnostic;
use crate::model::piece::{CellPiece, Piece, PieceKind};
use crate::typeset::LaidOut;

/// What one file shows, and does not show, of pieces that another file may show.
#[derive(Debug, Default)]
pub struct Account {
    /// By the name of the directory.
    cells: BTreeMap<String, Cells>,
    /// Other pieces, by place and words.
    landed: BTreeSet<String>,
    lost: BTreeMap<String, LostPiece>,
    /// Values of the manifest, which another publication may show.
    manifest: ManifestValues,
}

/// Values of the manifest, by place and words.
#[derive(Debug, Default)]
struct ManifestValues {
    landed: BTreeSet<String>,
    lost: BTreeMap<String, LostPiece>,
}

impl ManifestValues {
    fn add(&mut self, other: Self) {
        self.landed.extend(other.landed);
        for (key, lost) in other.lost {
            self.lost.entry(key).or_insert(lost);
        }
    }
}

#[derive(Debug, Default)]
struct Cells {
    landed: BTreeMap<Cell, Proof>,
    lost: BTreeMap<Cell, LostPiece>,
}

/// A cell of a directory: by columns, then by records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    column: usize,
    record: usize,
}

impl Account {
    /// `piece` is on the pages.
    pub(super) fn land(&mut self, piece: &Piece, proof: Proof, laid_out: &LaidOut) {
        match &piece.kind {
            PieceKind::Cell(cell) => self.cells_of(cell).land(place_of(cell), proof),
            PieceKind::Manifest(_) => drop(self.manifest.landed.insert(key(piece, laid_out))),
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Picture(_)
            | PieceKind::Option(_) => drop(self.landed.insert(key(piece, laid_out))),
        }
    }

    /// `piece` is not; `lost` is what there would be to say.
    pub(super) fn miss(&mut self, piece: &Piece, lost: LostPiece, laid_out: &LaidOut) {
        match &piece.kind {
            PieceKind::Cell(cell) => {
                self.cells_of(cell).lost.entry(place_of(cell)).or_insert(lost);
            }
            PieceKind::Manifest(_) => {
                self.manifest.lost.entry(key(piece, laid_out)).or_insert(lost);
            }
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Picture(_)
            | PieceKind::Option(_) => {
                self.lost.entry(key(piece, laid_out)).or_insert(lost);
            }
        }
    }

    /// The findings of what is lost for good, of a file that is all that its publication has in this edition: nothing else
    /// can show it. What is left are columns that are printed nowhere.
    pub fn settle(&mut self) -> Vec<Diagnostic> {
        let Self { cells, landed, lost, .. } = self;
        lost.retain(|key, _| !landed.contains(key));
        let mut diagnostics: Vec<Diagnostic> =
            std::mem::take(lost).into_values().map(LostPiece::diagnostic).collect();
        for cells in cells.values_mut() {
            cells.lost.retain(|cell, _| !cells.landed.contains_key(cell));
            let printed = cells.printed();
            let (gone, rest): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut cells.lost)
                .into_iter()
                .partition(|(cell, _)| printed.contains(&cell.column));
            cells.lost = rest;
            diagnostics.extend(gone.into_values().map(LostPiece::diagnostic));
        }
        diagnostics
    }

    /// Whether a cell is on the pages.
    pub(super) fn shows(&self, kind: &PieceKind) -> bool {
        let PieceKind::Cell(cell) = kind else { return false };
        self.cells.get(&cell.directory).is_some_and(|cells| cells.landed.contains_key(&place_of(cell)))
    }

    fn cells_of(&mut self, cell: &CellPiece) -> &mut Cells {
        self.cells.entry(cell.directory.clone()).or_default()
    }

    fn add(&mut self, other: Self) {
        for (directory, Cells { landed, lost }) in other.cells {
            let cells = self.cells.entry(directory).or_default();
            for (cell, proof) in landed {
                cells.land(cell, proof);
            }
            for (cell, lost) in lost {
                cells.lost.entry(cell).or_insert(lost);
            }
        }
        self.landed.extend(other.landed);
        for (key, lost) in other.lost {
            self.lost.entry(key).or_insert(lost);
        }
        self.manifest.add(other.manifest);
    }

    /// Findings of pieces that are lost; columns that are not printed at all are added to `unprinted`.
    fn balance(mut self, publication: &str, unprinted: &mut Vec<Unprinted>) -> Vec<Diagnostic> {
        self.lost.retain(|key, _| !self.landed.contains(key));
        let mut diagnostics: Vec<Diagnostic> = self.lost.into_values().map(LostPiece::diagnostic).collect();
        for (directory, cells) in self.cells {
            let Balance { lost, columns, is_whole } = cells.balance();
            diagnostics.extend(lost.into_iter().map(LostPiece::diagnostic));
            Unprinted::add(unprinted, directory, columns, is_whole, publication);
        }
        diagnostics
    }
}

impl Cells {
    fn land(&mut self, cell: Cell, proof: Proof) {
        let known = self.landed.entry(cell).or_insert(proof);
        *known = proof.min(*known);
    }

    /// What is lost in columns that are printed, and the first cell of each column that is not.
    fn balance(mut self) -> Balance {
        self.lost.retain(|cell, _| !self.landed.contains_key(cell));
        let printed = self.printed();
        let mut balance = Balance { is_whole: printed.is_empty(), ..Balance::default() };
        let mut last = None;
        for (Cell { column, .. }, lost) in self.lost {
            if printed.contains(&column) {
                balance.lost.push(lost);
            } else if last.replace(column) != Some(column) {
                balance.columns.push(lost);
            }
        }
        balance
    }

    /// The columns of which a cell stands within its own mark, or of which all words are found. Of a layout that sets no
    /// marks it is not told which cells of a column are lost, only that some are.
    fn printed(&self) -> BTreeSet<usize> {
        let lost: BTreeSet<usize> = self.lost.keys().map(|cell| cell.column).collect();
        let is_sure =
            |(cell, proof): &(&Cell, &Proof)| **proof == Proof::Marked || !lost.contains(&cell.column);
        self.landed.iter().filter(is_sure).map(|(cell, _)| cell.column).collect()
    }
}

/// What became of the cells of a directory in one publication.
#[derive(Default)]
struct Balance {
    /// Cells that are lost while others of their column are printed.
    lost: Vec<LostPiece>,
    /// The first cell of each column that is not printed.
    columns: Vec<LostPiece>,
    /// Whether no column is printed.
    is_whole: bool,
}

fn place_of(cell: &CellPiece) -> Cell {
    Cell { column: cell.column, record: cell.record }
}

fn key(piece: &Piece, laid_out: &LaidOut) -> String {
    let place = laid_out.origins.get(piece.place).map(ToString::to_string).unwrap_or_default();
    format!("{place} {}", piece.words())
}

/// Of what a run tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunExtent {
    /// Of every file that the manifest asks for.
    Whole,
    /// Of some: others may show what these do not.
    Part,
}

/// The accounts of all files of a run.
#[derive(Debug, Default)]
pub struct Ledger {
    /// By the publication's name, and its edition and reader.
    accounts: BTreeMap<(String, String), Account>,
}

impl Ledger {
    /// Enters the account of a file of `publication` in the edition and for the reader that `folder` names.
    pub fn enter(&mut self, publication: &str, folder: &str, account: Account) {
        self.accounts.entry((publication.to_owned(), folder.to_owned())).or_default().add(account);
    }

    /// What no file of its publication showed; of a whole run also what none of them did.
    #[must_use]
    pub fn balance(self, run: RunExtent) -> Vec<Diagnostic> {
        let mut unprinted = Vec::new();
        let mut diagnostics = Vec::new();
        let mut manifest = ManifestValues::default();
        for ((publication, _), mut account) in self.accounts {
            manifest.add(std::mem::take(&mut account.manifest));
            diagnostics.extend(account.balance(&publication, &mut unprinted));
        }
        diagnostics.extend(unprinted.into_iter().map(Unprinted::diagnostic));
        if run == RunExtent::Whole {
            manifest.lost.retain(|key, _| !manifest.landed.contains(key));
            diagnostics.extend(manifest.lost.into_values().map(LostPiece::of_manifest));
        }
        diagnostics
    }
}
