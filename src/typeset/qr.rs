//! QR codes as modules; templates draw them as one vector path.
//!
//! In: a `tel:` address. Out: rows of `1` and `0`, without the quiet zone (ISO/IEC 18004).

use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value as Json, json};

/// The modules of `text` at error correction level M, in the smallest version that holds it; null if none does.
#[must_use]
pub fn modules(text: &str) -> Json {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Json::Null };
    let size = code.width();
    let colors = code.into_colors();
    let rows: Vec<String> = colors
        .chunks(size)
        .map(|row| row.iter().map(|color| if *color == Color::Dark { '1' } else { '0' }).collect())
        .collect();
    json!({ "size": size, "rows": rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_fits_the_smallest_symbol() {
        let code = modules("tel:0455101694");
        assert_eq!(code["size"], 21);
        // the finder pattern of the upper left corner
        assert!(code["rows"][0].as_str().expect("a row").starts_with("1111111"));
    }
}
