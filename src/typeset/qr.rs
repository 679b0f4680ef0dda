//! QR codes as modules; templates draw them as one vector path, and what was drawn is read back.
//!
//! In: a `tel:` address, or a curve on a page. Out: rows of `1` and `0`, without the quiet zone (ISO/IEC 18004).

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::{Color, EcLevel, bits, ec};
use serde::Serialize;
use typst::layout::Point;
use typst::visualize::{Curve, CurveItem};

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

/// The least curve that a code can be: three corners alone are more.
const LEAST_ITEMS: usize = 200;
/// By how much of a module a corner may be off the grid.
const OFF: f64 = 0.1;

/// A stretch of dark modules as it is drawn: its corners, in points.
struct Run {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Run {
    /// The rectangle with these corners; none if it is another figure.
    fn of(corners: &[Point]) -> Option<Self> {
        let xs = || corners.iter().map(|corner| corner.x.to_pt());
        let ys = || corners.iter().map(|corner| corner.y.to_pt());
        let (left, right) = (xs().fold(f64::MAX, f64::min), xs().fold(f64::MIN, f64::max));
        let (top, bottom) = (ys().fold(f64::MAX, f64::min), ys().fold(f64::MIN, f64::max));
        let is_side =
            |value: f64, low: f64, high: f64| (value - low).abs() < 1e-6 || (value - high).abs() < 1e-6;
        let upright = xs().all(|x| is_side(x, left, right)) && ys().all(|y| is_side(y, top, bottom));
        (upright && (4..=5).contains(&corners.len())).then_some(Self { left, top, right, bottom })
    }
}

/// The modules of a curve that draws a code, row by row; none of any other curve.
#[must_use]
pub(super) fn drawn(curve: &Curve) -> Option<String> {
    if curve.0.len() < LEAST_ITEMS {
        return None;
    }
    let mut runs = Vec::new();
    let mut corners = Vec::new();
    for item in &curve.0 {
        match item {
            CurveItem::Move(point) => corners = vec![*point],
            CurveItem::Line(point) => corners.push(*point),
            CurveItem::Cubic(..) => return None,
            CurveItem::Close => runs.push(Run::of(&corners)?),
        }
    }
    let least = |value: fn(&Run) -> f64| runs.iter().map(value).fold(f64::MAX, f64::min);
    let (left, top) = (least(|run| run.left), least(|run| run.top));
    let module = least(|run| run.bottom - run.top);
    let bottom = runs.iter().map(|run| run.bottom).fold(f64::MIN, f64::max);
    let size = grid(bottom - top, module)?;
    if !(21..=177).contains(&size) {
        return None;
    }
    let mut dark = vec![b'0'; size * size];
    for run in &runs {
        let (row, below) = (grid(run.top - top, module)?, grid(run.bottom - top, module)?);
        let (from, to) = (grid(run.left - left, module)?, grid(run.right - left, module)?);
        if to > size {
            return None;
        }
        (row..below).for_each(|row| dark[row * size + from..row * size + to].fill(b'1'));
    }
    String::from_utf8(dark).ok()
}

/// How many modules a length is; none if it is not a whole number of them.
fn grid(length: f64, module: f64) -> Option<usize> {
    let count = (length / module).round();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // within the largest code, from 0 on
    (((length / module) - count).abs() < OFF && (0.0..=177.0).contains(&count)).then_some(count as usize)
}

#[cfg(test)]
mod tests {
    use qrcode::QrCode;
    use typst::layout::Abs;

    use super::*;

    #[test]
    fn a_phone_number_fits_the_smallest_symbol() {
        let code = modules("tel:0455101694").expect("it fits");
        assert_eq!(code.size, 21);
        // the finder pattern of the upper left corner
        assert!(code.rows[0].starts_with("1111111"));
    }

    /// The curve that the shared template draws of a code, 30 mm wide.
    #[allow(clippy::cast_precision_loss)] // modules of a code
    fn curve(code: &Modules) -> Curve {
        let module = Abs::mm(30.0) / code.size as f64;
        let mut curve = Curve::new();
        for (y, row) in code.rows.iter().enumerate() {
            let mut from = 0;
            while let Some(start) = row[from..].find('1').map(|at| from + at) {
                let end = row[start..].find('0').map_or(row.len(), |at| start + at);
                let at = |x: usize, y: usize| Point::new(module * x as f64, module * y as f64);
                curve.move_(at(start, y));
                for corner in [at(end, y), at(end, y + 1), at(start, y + 1)] {
                    curve.line(corner);
                }
                curve.close();
                from = end;
            }
        }
        curve
    }

    #[test]
    fn what_is_drawn_is_read_back() {
        for number in ["tel:0455101694", "tel:0312345678", "https://example.jp/a/long/address?with=parts"] {
            let code = modules(number).expect("it fits");
            assert_eq!(drawn(&curve(&code)), Some(code.rows.concat()), "{number}");
        }
        assert_eq!(drawn(&Curve::new()), None);
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
