//! QR codes as modules; templates draw them as one vector path.
//!
//! In: a `tel:` address. Out: rows of `1` and `0`, without the quiet zone (ISO/IEC 18004).

use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// A code as templates draw it.
#[derive(Clone, Serialize)]
pub(super) struct Modules {
    /// Modules on a side.
    pub size: usize,
    /// 1 is dark.
    pub rows: Vec<String>,
}

/// The modules of `text` at error correction level M, in the smallest version that holds it.
#[must_use]
pub(super) fn modules(text: &str) -> Option<Modules> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let size = code.width();
    let colors = code.into_colors();
    let rows = colors
        .chunks(size)
        .map(|row| row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect())
        .collect();
    Some(Modules { size, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_fits_the_smallest_symbol() {
        let code = modules("tel:0455101694").expect("it fits");
        assert_eq!(code.size, 21);
        // the finder pattern of the upper left corner
        assert!(code.rows[0].starts_with("1111111"));
    }
}
