//! Small pictures of pages as they are cut, for the docket: which page lies where is seen, not read.
//!
//! In: the bytes of a press file. Out: SVGs with a PNG in each, which a template of the engine takes as text.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::pdf::raster::{self, Bitmap};

/// Pages of a bound publication that are shown: what more has is a book, whose sheets nobody looks at one by one.
pub const MOST: usize = 64;
/// Pages that are shown of work that is not bound.
pub const FEW: usize = 8;
/// Pixels from left to right: 20 mm at 190 pixels an inch.
const WIDTH: f32 = 150.0;

/// The first `most` pages of a PDF, cut to the trim. A page that cannot be drawn is a white one.
#[must_use]
pub fn pages(pdf: &[u8], most: usize) -> Vec<String> {
    raster::trimmed(pdf, WIDTH, most).into_iter().map(svg).collect()
}

/// A picture as SVG with a PNG in it (RFC 2397).
fn svg(picture: Bitmap) -> String {
    let (width, height) = (picture.width, picture.height);
    let image = picture.png().map_or_else(String::new, |png| {
        let png = STANDARD.encode(png);
        format!(r#"<image width="{width}" height="{height}" href="data:image/png;base64,{png}"/>"#)
    });
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{image}</svg>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbnail_is_as_large_as_its_picture() {
        let white = Bitmap { width: 3, height: 4, pixels: vec![[255; 4]; 12] };
        let svg = svg(white);
        assert!(
            svg.starts_with(
                r#"<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"><image width="3""#
            ),
            "{svg}"
        );
        assert!(svg.contains("data:image/png;base64,iVBORw0KGgo"), "{svg}");
        assert_eq!(pages(b"no PDF", MOST), Vec::<String>::new());
    }
}
