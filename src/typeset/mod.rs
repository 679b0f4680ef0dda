//! Stage 4: a job of a [`crate::merge::Publication`] to [`TypesetPages`]. The only user of the engine.
//!
//! In three steps: [`lay_out()`] gives all that decides the bytes of the file, with numbers for places;
//! [`Typesetter::set`] makes pages of it, and nothing in them depends on where a cell stands today; [`SetPages::resolve`]
//! turns the numbers into today's places. The engine is deterministic; what it is given is too: the data of the job, the
//! edition's date, embedded fonts.

mod composition;
mod contract;
mod docket;
mod drawing;
pub mod engine;
mod engine_words;
mod explain;
pub mod fonts;
mod forgetting;
mod headings;
mod joiners;
mod lay_out;
mod line_ends;
mod line_functions;
mod mark;
mod mark_functions;
mod native;
mod path;
mod pieces;
mod qr;
mod ragged;
mod resolve;
mod set;
mod specimen;
mod tagging;
mod template_fault;
pub mod threads;
pub mod trace;
mod view;
pub mod words;
mod world;

pub use docket::{DOCKET, lay_out_docket};
pub use lay_out::{
    LaidOut, MessageFacts, PageBreach, PageRule, PdfForm, RecordName, SetInput, Standard, lay_out,
};
pub use resolve::{PlacedOrigin, TypesetPages};
pub use set::{SetPages, Typesetter};
pub use specimen::lay_out_specimen;
