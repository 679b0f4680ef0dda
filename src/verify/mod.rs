//! The judge of content: what went in is on the pages, or it is told.
//!
//! In: a job's [`LaidOut`] (what its pages must show), the [`Trace`] of its pages (what they show) and the words of its
//! layout. Out: findings of what was lost in this file or came from nowhere, and in a [`Ledger`] what must be in some file
//! of its publication.

mod codes;
mod file;
mod finding;
mod foreign;
mod landing;
mod ledger;
mod sheets;

use crate::diagnostic::Diagnostic;
use crate::model::piece::Piece;
use crate::typeset::LaidOut;
use crate::typeset::trace::Trace;
use crate::typeset::words::LayoutWords;

pub use file::{ReadBack, judge_files};
use finding::LostPiece;
use landing::{Fate, Landings, Proof};
pub use ledger::{Account, Ledger, RunExtent};
pub use sheets::judge_sheets;

/// Words of so many characters may stand on a page by chance.
const SHORT: usize = 3;

fn is_short(piece: &Piece) -> bool {
    piece.words().chars().filter(|character| !character.is_whitespace()).count() <= SHORT
}

/// What was found of one file.
#[derive(Default)]
pub struct Judgement {
    /// Findings of what this file should show and does not.
    pub diagnostics: Vec<Diagnostic>,
    /// What another file of the publication may show instead.
    pub account: Account,
}

/// Judges the pages of one file, which a layout set that says `words` itself.
#[must_use]
pub fn judge(laid_out: &LaidOut, trace: &Trace, words: &LayoutWords) -> Judgement {
    let landings = Landings::new(&laid_out.pieces, &trace.landed);
    let is_part = !trace.landed.elsewhere.is_empty();
    let mut judgement = Judgement::default();
    // a cell may be handed to the template more than once: with its ward, and in its list
    let mut cells: Vec<LostPiece> = Vec::new();
    for piece in &laid_out.pieces.list {
        let lost = |words: String| LostPiece::new(piece, words, laid_out);
        match landings.fate(piece) {
            // a number of one digit stands on any page: without a mark of its own it proves nothing
            Fate::Landed(Proof::Words) if piece.is_shared() && piece.cell().is_some() && is_short(piece) => {
                judgement.account.miss(piece, lost(piece.words()), laid_out);
            }
            Fate::Landed(proof) if is_part || piece.is_shared() || piece.cell().is_some() => {
                judgement.account.land(piece, proof, laid_out);
            }
            // a cell that is left out here is accounted for, wherever else the template was handed it
            Fate::LeftOut if piece.cell().is_some() => judgement.account.land(piece, Proof::Words, laid_out),
            Fate::Landed(_) | Fate::LeftOut => {}
            Fate::Lost(words) if piece.is_shared() => judgement.account.miss(piece, lost(words), laid_out),
            Fate::Lost(words) if piece.cell().is_some() => cells.push(lost(words)),
            Fate::Lost(words) => judgement.diagnostics.push(lost(words).diagnostic()),
            Fate::Elsewhere => judgement.account.miss(piece, lost(piece.words()), laid_out),
        }
    }
    cells.retain(|lost| !judgement.account.shows(lost.kind()));
    judgement.diagnostics.extend(cells.into_iter().map(LostPiece::diagnostic));
    let foreign = foreign::foreign(laid_out, &trace.landed, words);
    judgement.diagnostics.extend(foreign.into_iter().map(|found| finding::of_foreign(found, laid_out)));
    judgement.diagnostics.extend(codes::check(laid_out, trace));
    judgement
}
