//! Key pages as they were accepted: their text word for word, and small pictures of them.
//!
//! Pictures are compared with a tolerance, because a rasteriser may round differently on another processor:
//! on average a channel may differ by [`MEAN`] of 255, and [`SHARE`] of the pixels by more than [`FAR`].

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use super::example::example;
use super::harness::{accepting, golden, read, tests};
use super::tools::pages;

/// Mean difference of a channel.
const MEAN: f64 = 1.0;
/// Share of pixels that may be another colour.
const SHARE: f64 = 0.003;
/// What is another colour.
const FAR: u8 = 40;
/// The largest file of a reference picture.
const LARGEST: usize = 20 * 1024;
/// Pixels to a point: an A4 page is 178 by 252.
const SCALE: f32 = 0.3;

/// Name of the reference, file below `output/`, page from 1.
const PAGES: &[(&str, &str, usize)] = &[
    ("contact-sheet-kohoku", "contact-sheet/screen/109-kohoku.pdf", 1),
    ("labels-1", "labels/office/labels.pdf", 1),
    ("handout-know-1", "handout/screen/1-know.pdf", 1),
    ("worksheet", "worksheet/screen/worksheet.pdf", 1),
    ("directory-list-1", "directory-list/screen/directory-list.pdf", 1),
    ("booklet-01", "booklet/screen/booklet.pdf", 1),
    ("booklet-05", "booklet/screen/booklet.pdf", 5),
    ("booklet-12", "booklet/screen/booklet.pdf", 12),
    ("booklet-18", "booklet/screen/booklet.pdf", 18),
];

fn reference(name: &str) -> PathBuf {
    tests().join("reference").join(name)
}

#[test]
fn text_of_key_pages() {
    for (name, file, page) in PAGES {
        let page = page.to_string();
        let Some(pages) = pages(&example().file(file), &["-layout", "-f", &page, "-l", &page]) else {
            return;
        };
        golden(&reference(&format!("{name}.txt")), &pages.concat());
    }
}

/// A picture: width, height, and red, green, blue of each pixel.
struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

#[test]
fn pictures_of_key_pages() {
    let mut faults = Vec::new();
    for (name, file, page) in PAGES {
        let picture = rasterise(&example().file(file), *page);
        let path = reference(&format!("{name}.png"));
        if accepting() {
            write(&path, &picture);
        }
        let size = read(&path).len();
        assert!(size <= LARGEST, "{name}.png has {size} bytes, more than {LARGEST}");
        if let Err(fault) = compare(&decode(&path), &picture) {
            let seen = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
            write(&seen, &picture);
            faults.push(format!("{name}: {fault}; it now looks like {}", seen.display()));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_change_of_a_page_is_seen() {
    let sheet = |ward: &str| rasterise(&example().file(&format!("contact-sheet/screen/{ward}.pdf")), 1);
    let (kohoku, midori) = (sheet("109-kohoku"), sheet("113-midori"));
    assert!(compare(&kohoku, &kohoku).is_ok());
    assert!(compare(&kohoku, &midori).is_err(), "another ward is another picture");
}

fn rasterise(file: &Path, page: usize) -> Picture {
    let pdf = Pdf::new(Arc::new(read(file))).unwrap_or_else(|_| panic!("{} is a PDF", file.display()));
    let page = &pdf.pages()[page - 1];
    let settings =
        RenderSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE, ..RenderSettings::default() };
    let pixels = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
    // on white nothing is transparent; four bits a channel keep the references small
    let rgb = pixels.data_as_u8_slice().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    Picture {
        width: pixels.width().into(),
        height: pixels.height().into(),
        rgb: rgb.map(|channel| channel & 0xF0 | channel >> 4).collect(),
    }
}

fn compare(expected: &Picture, found: &Picture) -> Result<(), String> {
    let (a, b) = ((expected.width, expected.height), (found.width, found.height));
    if a != b {
        return Err(format!("{} × {} pixels instead of {} × {}", b.0, b.1, a.0, a.1));
    }
    let differences: Vec<u8> = expected.rgb.iter().zip(&found.rgb).map(|(a, b)| a.abs_diff(*b)).collect();
    let mean = differences.iter().map(|one| f64::from(*one)).sum::<f64>() / f64::from(a.0 * a.1 * 3);
    let far = differences.chunks_exact(3).filter(|pixel| pixel.iter().any(|one| *one > FAR)).count();
    let share = f64::from(u32::try_from(far).unwrap_or(u32::MAX)) / f64::from(a.0 * a.1);
    if mean > MEAN || share > SHARE {
        return Err(format!("differs by {mean:.2} on average, {:.2} % of the pixels by much", share * 100.0));
    }
    Ok(())
}

fn write(path: &Path, picture: &Picture) {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().expect("the head of a PNG");
    writer.write_image_data(&picture.rgb).expect("the pixels of a PNG");
    writer.finish().expect("the end of a PNG");
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
    std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn decode(path: &Path) -> Picture {
    let bytes = read(path);
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut rgb = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut rgb).expect("the pixels of a PNG");
    assert_eq!(info.color_type, png::ColorType::Rgb, "{}", path.display());
    Picture { width: info.width, height: info.height, rgb }
}
