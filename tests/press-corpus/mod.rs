//! The corpus: kinds of defects, each with a clean twin that differs in that one thing.

pub mod colour;
pub mod draft;
pub mod drawn;
pub mod file;
pub mod font;
pub mod handed;
pub mod ink;
pub mod matrix;
pub mod nested;
pub mod page;
pub mod register;

use draft::Draft;
use sasshi::diagnostic::Code;
use sasshi::press::profile::{Icc, Profile};

/// A change of a draft.
pub type Change = fn(&mut Draft);

/// A defect and its twin.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// The code it must be found with.
    pub code: Code,
    /// The defect.
    pub defect: Change,
    /// The same without the defect.
    pub twin: Change,
    /// What differs from the generic profile.
    pub profile: fn(&mut Profile),
}

pub fn same(_: &mut Draft) {}
pub fn generic(_: &mut Profile) {}

pub const fn case(name: &'static str, code: Code, defect: Change, twin: Change) -> Case {
    Case { name, code, defect, twin, profile: generic }
}

pub const fn under(
    name: &'static str,
    code: Code,
    profile: fn(&mut Profile),
    defect: Change,
    twin: Change,
) -> Case {
    Case { name, code, defect, twin, profile }
}

/// All cases.
pub fn cases() -> Vec<&'static Case> {
    [colour::CASES, nested::CASES, ink::CASES, page::CASES, file::CASES, register::CASES, handed::CASES]
        .into_iter()
        .flatten()
        .collect()
}

/// The ICC profile that comes with the generic profile.
pub fn icc() -> &'static [u8] {
    match Profile::generic().condition.icc {
        Icc::BuiltIn(bytes) => bytes,
        Icc::Path(_) | Icc::FromUser => panic!("the generic profile brings its own"),
    }
}
