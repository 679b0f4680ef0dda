//! A colour of the engine in the values that the press file has.
//!
//! In: components of a family of colours. Out: four inks, or one gray where they lie in a luminosity mask.

use lopdf::{Document, Object};

use super::ink::{Ink, Separator};
use crate::pdf::colour_space::{Family, Space};

/// A colour in the values of the space that it becomes: four inks, or one gray in a mask.
pub(super) fn of_press(from: Family, values: &[f64], in_mask: bool, separator: &Separator) -> Vec<f64> {
    let at = |index: usize| values.get(index).copied().unwrap_or_default();
    if in_mask {
        return match from {
            Family::Gray => vec![at(0)],
            // what a mask lets through is its luminosity (ISO 32000-1, 11.5.3)
            Family::Rgb => vec![0.3 * at(0) + 0.59 * at(1) + 0.11 * at(2)],
            _ => vec![1.0 - (0.3 * at(0) + 0.59 * at(1) + 0.11 * at(2) + at(3)).min(1.0)],
        };
    }
    let Ink(inks) = match from {
        Family::Gray => separator.gray(at(0)),
        Family::Rgb => separator.rgb([at(0), at(1), at(2)]),
        _ => separator.of_press(Ink([at(0), at(1), at(2), at(3)].map(to_per_mille))),
    };
    inks.to_vec()
}

/// The engine keeps inks in 256 steps: 70 % becomes 0.7019608. Back to the whole per cent that was meant, if one was.
fn to_per_mille(value: f64) -> f64 {
    let percent = (value * 100.0).round() / 100.0;
    if (percent - value).abs() <= 0.501 / 255.0 { percent } else { value }
}

/// What the colours of a space are, that is no name of resources.
pub(super) fn family(document: &Document, space: &Object) -> Family {
    Space::read(document, space, None).family()
}
