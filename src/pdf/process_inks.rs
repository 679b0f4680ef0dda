//! The process inks, in the order of `DeviceCMYK`: their names in PDF and on a slug line.

/// The names of colorants (ISO 32000-1, 8.6.6.5).
pub const NAMES: [&str; 4] = ["Cyan", "Magenta", "Yellow", "Black"];

/// What people call them.
pub const LETTERS: [&str; 4] = ["C", "M", "Y", "K"];

/// Which of the process inks a colorant is.
#[must_use]
pub fn index(colorant: &str) -> Option<usize> {
    NAMES.iter().position(|name| *name == colorant)
}

/// Whether a colorant is an ink of its own: neither a process ink, nor all of them, nor none.
#[must_use]
pub fn is_spot(colorant: &str) -> bool {
    index(colorant).is_none() && colorant != "All" && colorant != "None"
}
