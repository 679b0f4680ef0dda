//! The codes of findings, by what they are about: S0 manifest, S1 reading, S2 checks, S3 merging, S4 typesetting, S50 press,
//! S51 preflight, S60 imposition, S70 conservation, S80 proofreading. Codes of the rules of `[checks]` and of proofreading
//! lie beside their rules.
//!
//! In: nothing. Out: constants of [`Code`], and [`general`], the definitions with what `sasshi explain` says of each.

mod checks;
mod code;
mod manifest;
mod pages;
mod preflight;
mod press;
mod proofread;
mod sheets;
mod sources;
mod texts;

pub(crate) use code::codes;
pub use code::{Code, CodeDefinition};

/// Every code but those of rules.
pub fn general() -> impl Iterator<Item = &'static CodeDefinition> {
    let groups = [
        manifest::CODES,
        sources::CODES,
        texts::CODES,
        checks::CODES,
        pages::CODES,
        press::CODES,
        preflight::CODES,
        proofread::CODES,
        sheets::CODES,
    ];
    groups.into_iter().flatten()
}
