//! Colour on its way to the press: a photograph and a drawing in the text come out as Little CMS, run by itself, has them.

use std::fmt::Write as _;
use std::path::Path;

use lopdf::{Document, Object};
use sasshi::press::profile::{Icc, Profile};

use super::harness::Sandbox;
use super::tools::filter;

/// Pixels of a side of the photograph.
const SIDE: u16 = 300;
/// Colours of the drawing; none of them is the palette's.
const DRAWN: [[u8; 3]; 3] = [[200, 100, 50], [31, 120, 77], [90, 60, 160]];

/// A picture with smooth and busy parts, light and dark, gray and full colours.
fn photograph() -> Vec<[u8; 3]> {
    let wave = |at: f64| f64::midpoint(at.sin(), 1.0) * 255.0;
    let mut pixels = Vec::new();
    for y in 0..SIDE {
        for x in 0..SIDE {
            let (x, y) = (f64::from(x) / f64::from(SIDE), f64::from(y) / f64::from(SIDE));
            let busy = wave(x * 90.0 + y * 70.0) * 0.15;
            let values = [wave(x * 5.0 + y), wave(y * 6.0 - x * 2.0), wave(x * 3.0 - y * 4.0)];
            pixels.push(values.map(|value| step(value * 0.85 + busy)));
        }
    }
    pixels
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
fn step(value: f64) -> u8 {
    value.clamp(0.0, 255.0).round() as u8
}

fn png(pixels: &[[u8; 3]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, u32::from(SIDE), u32::from(SIDE));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_source_srgb(png::SrgbRenderingIntent::Perceptual);
    encoder.write_header().and_then(|mut out| out.write_image_data(pixels.as_flattened())).expect("a PNG");
    bytes
}

/// What `transicc`, the calculator that comes with Little CMS, makes of colours.
fn calculated(arguments: &[&str], colours: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let mut input = String::new();
    for colour in colours {
        let words: Vec<String> = colour.iter().map(f64::to_string).collect();
        let _ = writeln!(input, "{}", words.join(" "));
    }
    let mut all = vec!["-v0", "-n", "-t1"];
    all.extend(arguments);
    let text = filter("transicc", &all, &input)?;
    let rows: Vec<Vec<f64>> = text
        .lines()
        .map(|line| line.split_whitespace().filter_map(|word| word.parse().ok()).collect::<Vec<f64>>())
        .filter(|row| !row.is_empty())
        .collect();
    assert_eq!(
        rows.len(),
        colours.len(),
        "a row for each colour: {}",
        text.chars().take(300).collect::<String>()
    );
    Some(rows)
}

fn rows(pixels: &[[u8; 3]]) -> Vec<Vec<f64>> {
    pixels.iter().map(|pixel| pixel.iter().map(|value| f64::from(*value)).collect()).collect()
}

/// The colour difference of CIE 142-2001 (CIEDE2000), as Sharma, Wu and Dalal write it.
fn difference(one: &[f64], other: &[f64]) -> f64 {
    let chroma = |lab: &[f64]| lab[1].hypot(lab[2]);
    let mean = f64::midpoint(chroma(one), chroma(other)).powi(7);
    let grow = 0.5 * (1.0 - (mean / (mean + 25_f64.powi(7))).sqrt());
    let turned = |lab: &[f64]| {
        let a = lab[1] * (1.0 + grow);
        let hue = lab[2].atan2(a).to_degrees();
        (a.hypot(lab[2]), if hue < 0.0 { hue + 360.0 } else { hue })
    };
    let ((c1, h1), (c2, h2)) = (turned(one), turned(other));
    let colourless = c1 * c2 <= 0.0;
    let mut dh = h2 - h1;
    if dh.abs() > 180.0 {
        dh -= 360.0 * dh.signum();
    }
    let dh = if colourless { 0.0 } else { 2.0 * (c1 * c2).sqrt() * (dh / 2.0).to_radians().sin() };
    let hue = match (colourless, (h1 - h2).abs() > 180.0, h1 + h2 < 360.0) {
        (true, ..) => h1 + h2,
        (_, false, _) => f64::midpoint(h1, h2),
        (_, true, true) => f64::midpoint(h1, h2 + 360.0),
        (_, true, false) => f64::midpoint(h1, h2 - 360.0),
    };
    let (light, chroma) = (f64::midpoint(one[0], other[0]), f64::midpoint(c1, c2));
    let cos = |degrees: f64| degrees.to_radians().cos();
    let twist = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let turn = 30.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    let rc = 2.0 * (chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7))).sqrt();
    let sl = 1.0 + 0.015 * (light - 50.0).powi(2) / (20.0 + (light - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * chroma, 1.0 + 0.015 * chroma * twist);
    let (dl, dc, dh) = ((other[0] - one[0]) / sl, (c2 - c1) / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh - (2.0 * turn).to_radians().sin() * rc * dc * dh).max(0.0).sqrt()
}

#[test]
fn differences_are_those_of_the_published_pairs() {
    // Sharma, Wu, Dalal: The CIEDE2000 color-difference formula, table 1
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    for (one, other, wanted) in pairs {
        let found = difference(&one, &other);
        assert!((found - wanted).abs() < 1e-4, "{one:?} {other:?}: {found}, published {wanted}");
    }
}

/// The example's booklet with the photograph and the drawing in the place of two faces.
fn made() -> Document {
    let sandbox = Sandbox::empty().with_example();
    sandbox.write("sources/art/photo.png", png(&photograph())).edit(
        "sources/booklet/02-wishes.md",
        "art/face-long.svg",
        "art/photo.png",
    );
    let mut bars = String::new();
    for (x, [r, g, b]) in (0..).step_by(10).zip(DRAWN) {
        let _ = write!(bars, "<rect x='{x}' width='10' height='30' fill='#{r:02x}{g:02x}{b:02x}'/>");
    }
    let drawing = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 30' width='30' height='30'>{bars}</svg>"
    );
    sandbox.write("sources/art/face-short.svg", drawing);
    sandbox.sasshi("build booklet --edition press --quiet --lang en").exit(0).silent();
    Document::load_mem(&sandbox.read("output/booklet/press/booklet.pdf")).expect("a PDF")
}

/// The pixels of the photograph in the press file.
fn printed(document: &Document) -> Vec<[u8; 4]> {
    let side = |stream: &lopdf::Stream| stream.dict.get(b"Width").and_then(Object::as_i64).unwrap_or(0);
    let found: Vec<&lopdf::Stream> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image"))
        .filter(|stream| side(stream) == i64::from(SIDE))
        .collect();
    let [image] = found[..] else { panic!("{} images of {SIDE} pixels", found.len()) };
    assert_eq!(image.dict.get(b"ColorSpace").and_then(Object::as_name).ok(), Some(&b"DeviceCMYK"[..]));
    let pixels = image.get_plain_content().expect("its pixels");
    pixels.as_chunks::<4>().0.to_vec()
}

#[test]
fn photograph_and_drawing_are_what_little_cms_makes_of_them() {
    let profile = Profile::generic();
    let Icc::BuiltIn(icc) = profile.condition.icc else { panic!("the generic profile brings its own") };
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("press.icc");
    std::fs::write(&file, icc).expect("written");
    let press = Path::new(&file).display().to_string();
    let (to_press, from_press) = (format!("-o{press}"), format!("-i{press}"));
    let wanted = |pixels: &[[u8; 3]]| calculated(&["-i*sRGB", &to_press, "-b"], &rows(pixels));

    let photograph = photograph();
    // every seventh pixel: all colours, a tenth of the time
    let every: Vec<usize> = (0..photograph.len()).step_by(7).collect();
    let source: Vec<[u8; 3]> = every.iter().map(|index| photograph[*index]).collect();
    let Some(theirs) = wanted(&source) else { return };
    let document = made();
    let printed = printed(&document);
    assert_eq!(printed.len(), photograph.len());
    let ours: Vec<Vec<f64>> = every
        .iter()
        .map(|index| printed[*index].iter().map(|ink| f64::from(*ink) / 2.55).collect())
        .collect();
    let limit = profile.ink_limit;
    let sum = |inks: &[f64]| inks.iter().sum::<f64>();
    assert!(ours.iter().all(|inks| sum(inks) <= limit + 0.5), "within the ink limit");
    // what the limit changed is left out, and is the lesser part
    let pairs: Vec<(&Vec<f64>, &Vec<f64>)> =
        ours.iter().zip(&theirs).filter(|(_, theirs)| sum(theirs) <= limit).collect();
    assert!(
        pairs.len() * 10 > ours.len() * 7,
        "{} of {} pixels are within the limit",
        pairs.len(),
        ours.len()
    );
    let lab = |inks: Vec<Vec<f64>>| calculated(&[&from_press, "-o*Lab4"], &inks).expect("it ran before");
    let (ours, theirs): (Vec<_>, Vec<_>) =
        pairs.into_iter().map(|(ours, theirs)| (ours.clone(), theirs.clone())).unzip();
    let (ours, theirs) = (lab(ours), lab(theirs));
    let all: Vec<f64> = ours.iter().zip(&theirs).map(|(ours, theirs)| difference(ours, theirs)).collect();
    let count = u32::try_from(all.len()).expect("few pixels");
    let mean = all.iter().sum::<f64>() / f64::from(count);
    assert!(mean <= 2.0, "ΔE00 of {mean:.2} in the mean");

    let used = used(&document);
    for (colour, inks) in DRAWN.iter().zip(wanted(&DRAWN).expect("it ran before")) {
        let near = |one: &[f64; 4]| one.iter().zip(&inks).all(|(one, ink)| (one * 100.0 - ink).abs() < 0.6);
        assert!(used.iter().any(near), "{colour:?} must be {inks:?}; there are {used:?}");
    }
}

/// The colours of fills on the second page and in its forms.
fn used(document: &Document) -> Vec<[f64; 4]> {
    let mut contents: Vec<Vec<u8>> =
        document.page_iter().map(|page| document.get_page_content(page)).collect();
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    contents.extend(
        streams
            .filter(|stream| stream.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Form"))
            .filter_map(|stream| stream.get_plain_content().ok()),
    );
    let mut found = Vec::new();
    for content in contents {
        for operation in lopdf::content::Content::decode(&content).expect("operators").operations {
            let values: Vec<f64> =
                operation.operands.iter().filter_map(|value| value.as_float().ok()).map(f64::from).collect();
            if let ("k", Ok(inks)) = (operation.operator.as_str(), <[f64; 4]>::try_from(values)) {
                found.push(inks);
            }
        }
    }
    found
}
