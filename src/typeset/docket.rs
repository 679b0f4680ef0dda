//! Lays out the job docket: a layout that gets facts of a press run instead of a publication's data.
//!
//! In: a [`Docket`]. Out: [`LaidOut`], which is set and resolved as any other file. Its words stand in the manifest and
//! carry no marks.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::lay_out::{LaidOut, MessageFacts, PageRule, PdfForm, SetInput, Standard};
use super::pieces::At;
use crate::model::docket::Docket;
use crate::model::piece::{PieceKind, Pieces};
use crate::project::Project;

/// The name of the docket's layout; it has no `layout.toml`.
pub const DOCKET: &str = "docket";

/// Lays out the docket of the press run called `run`.
///
/// # Panics
/// Never: every key of a docket is a text.
#[must_use]
pub fn lay_out_docket(project: &Project, docket: &Docket, run: &str) -> LaidOut {
    let input = SetInput {
        layout: DOCKET.to_owned(),
        data: serde_json::to_string(docket).expect("the keys of a docket are texts"),
        images: BTreeSet::new(),
        has_running_text: false,
        pdf: PdfForm {
            standard: Standard::Pdf17,
            tagged: false,
            date: project.date,
            ident: format!("sasshi/{run}/docket"),
        },
        rule: PageRule::default(),
    };
    let facts = MessageFacts { unmarked: Some(Arc::clone(&project.manifest)), ..MessageFacts::default() };
    LaidOut { input, origins: Vec::new(), pieces: pieces(docket), facts }
}

/// What the docket must show: all of it. Numbers of pages and bytes are too short to prove anything.
fn pieces(docket: &Docket) -> Pieces {
    let Docket { title, project, date, number, notice, facts, layout, files, notes, contact } = docket;
    let facts = facts.iter().flat_map(|fact| [&fact.label, &fact.words]);
    let files = files.iter().flat_map(|file| [&file.name, &file.sha256]);
    let mut pieces = Pieces::default();
    let own =
        [title, project, date, number, notice].into_iter().chain(layout.iter().map(|layout| &layout.words));
    let all = own.chain(facts).chain(files).chain(notes).chain(contact);
    // what is empty is a place to write in
    for words in all.filter(|words| !words.is_empty()) {
        // it stands without marks: no number is its own
        pieces.add_plain(At::origin(usize::MAX), PieceKind::Words, words);
    }
    pieces
}
