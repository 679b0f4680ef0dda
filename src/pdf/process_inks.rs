//! The process inks, in the order of `DeviceCMYK`: their names in PDF and on a slug line.

use std::collections::BTreeSet;

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

/// Names of inks as a slug line has them, each once: the letters of process inks first, then spot colours by name.
pub fn in_order<'i>(inks: impl IntoIterator<Item = &'i String>) -> Vec<String> {
    let used: BTreeSet<&String> = inks.into_iter().collect();
    let is_process = |ink: &&&String| LETTERS.contains(&ink.as_str());
    let first = LETTERS.iter().filter(|ink| used.iter().any(|one| one == *ink)).map(|ink| (*ink).to_owned());
    first.chain(used.iter().filter(|ink| !is_process(ink)).map(|ink| (*ink).clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn process_inks_come_first() {
        let inks = ["K", "DIC 156", "C", "K"].map(str::to_owned);
        assert_eq!(in_order(&inks), ["C", "K", "DIC 156"]);
        assert!(is_spot("DIC 156") && !is_spot("Black") && !is_spot("All"));
    }
}
