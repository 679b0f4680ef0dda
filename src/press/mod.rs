//! Stage 5: what stands between a typeset page and a print shop. Profiles say what a shop takes.
//!
//! In: a PDF of the typeset stage and a [`profile::Profile`]. Out: a press file, and what is wrong with one.

pub mod preflight;
pub mod profile;
