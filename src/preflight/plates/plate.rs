//! An ink and what it prints of a page.

use crate::pdf::process_inks::NAMES;

/// An ink, which has a plate of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plate {
    /// Cyan, magenta, yellow or black: 0 to 3.
    Process(usize),
    /// A spot colour by its name.
    Spot(String),
}

impl Plate {
    /// The name of the ink as PDF has it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Process(index) => NAMES[*index],
            Self::Spot(name) => name,
        }
    }
}

/// One page on one plate.
#[derive(Debug)]
pub struct PagePlate {
    /// A PDF of that page alone, in gray.
    pub pdf: Vec<u8>,
    /// Whether anything may put ink on it: if not, it is white, and need not be drawn to be known.
    pub is_inked: bool,
    /// Painted things whose inks are not known, and which are not in it.
    pub left_out: usize,
}
