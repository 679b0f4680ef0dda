//! QR codes as modules; templates draw them as one vector path.
//!
//! In: a `tel:` address. Out: rows of `1` and `0`, without the quiet zone (ISO/IEC 18004).

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, bits, ec};
use serde::Serialize;

/// A code as templates draw it.
#[derive(Clone, Serialize)]
pub(super) struct Modules {
    /// Modules on a side.
    pub size: usize,
    /// 1 is dark.
    pub rows: Vec<String>,
}

/// The masks, in the order in which the first of two that are equally good is taken.
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The modules of `text` at error correction level M, in the smallest version that holds it.
#[must_use]
pub(super) fn modules(text: &str) -> Option<Modules> {
    let bits = bits::encode_auto(text.as_bytes(), EcLevel::M).ok()?;
    let version = bits.version();
    let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, EcLevel::M).ok()?;
    let mut canvas = Canvas::new(version, EcLevel::M);
    canvas.draw_all_functional_patterns();
    canvas.draw_data(&data, &correction);
    let size = usize::try_from(version.width()).ok()?;
    let colors = best_mask(&canvas, size).into_colors();
    let digit = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
    let rows = colors.chunks(size).map(|row| row.iter().map(digit).collect()).collect();
    Some(Modules { size, rows })
}

/// The code under the mask that is easiest to scan. The crate finds the same, module by module and fifteen times slower:
/// a list of phone numbers spent most of its time on it.
fn best_mask(canvas: &Canvas, size: usize) -> Canvas {
    if size > 64 {
        return canvas.apply_best_mask();
    }
    let masked = MASKS.map(|mask| {
        let mut masked = canvas.clone();
        masked.apply_mask(mask);
        masked
    });
    let best = masked.into_iter().min_by_key(|masked| penalty(&masked.clone().into_colors(), size));
    best.unwrap_or_else(|| canvas.apply_best_mask())
}

/// How hard a code of at most 64 modules on a side is to scan (ISO/IEC 18004, 7.8.3), less what all masks have in common.
fn penalty(colors: &[Color], size: usize) -> u32 {
    let (mut rows, mut columns) = ([0_u64; 64], [0_u64; 64]);
    for (y, row) in colors.chunks(size).enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            rows[y] |= 1 << x;
            columns[x] |= 1 << y;
        }
    }
    let (rows, columns) = (&rows[..size], &columns[..size]);
    let lines = rows.iter().chain(columns).map(|line| runs(*line, size) + finders(*line, size)).sum::<u32>();
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let ratio = dark as usize * 200 / (size * size);
    let balance = u32::try_from(ratio.abs_diff(100)).unwrap_or(u32::MAX);
    lines + blocks(rows, size) + balance
}

/// The lowest `count` bits.
fn low(count: usize) -> u64 {
    u64::MAX >> (64 - count)
}

/// Which modules of a line are of the colour of the next one.
fn alike(line: u64, size: usize) -> u64 {
    !(line ^ (line >> 1)) & low(size - 1)
}

/// Runs of five or more modules of one colour: their length less 2.
fn runs(line: u64, size: usize) -> u32 {
    let pairs = alike(line, size);
    let fives = pairs & (pairs >> 1) & (pairs >> 2) & (pairs >> 3);
    let beginnings = fives & !(fives << 1);
    fives.count_ones() + 2 * beginnings.count_ones()
}

/// Patterns like the core of a corner, with four light modules or the border on a side: 40 each.
fn finders(line: u64, size: usize) -> u32 {
    let dark = |at: u32| line >> at;
    let core = dark(0) & !dark(1) & dark(2) & dark(3) & dark(4) & !dark(5) & dark(6) & low(size - 6);
    let before = (line << 1) | (line << 2) | (line << 3) | (line << 4);
    let after = dark(7) | dark(8) | dark(9) | dark(10);
    40 * (core & !(before & after)).count_ones()
}

/// Squares of two by two modules of one colour: 3 each.
fn blocks(rows: &[u64], size: usize) -> u32 {
    let squares = rows.windows(2).map(|pair| {
        let same = !(pair[0] ^ pair[1]);
        (alike(pair[0], size) & alike(pair[1], size) & same).count_ones()
    });
    3 * squares.sum::<u32>()
}

#[cfg(test)]
mod tests {
    use qrcode::QrCode;

    use super::*;

    #[test]
    fn a_phone_number_fits_the_smallest_symbol() {
        let code = modules("tel:0455101694").expect("it fits");
        assert_eq!(code.size, 21);
        // the finder pattern of the upper left corner
        assert!(code.rows[0].starts_with("1111111"));
    }

    #[test]
    fn the_mask_is_the_one_that_the_crate_finds() {
        let numbers = (0..400_u64).map(|number| format!("tel:045{:07}", number * 24_989 % 10_000_000));
        let others = (1..300).step_by(7).map(|length| "https://a.jp/".chars().cycle().take(length).collect());
        for text in numbers.chain(others) {
            let wanted = QrCode::with_error_correction_level(&text, EcLevel::M).expect("it fits");
            let wanted: String = wanted
                .to_colors()
                .iter()
                .map(|color| if *color == Color::Dark { '1' } else { '0' })
                .collect();
            assert_eq!(modules(&text).map(|code| code.rows.concat()), Some(wanted), "{text}");
        }
    }
}
