//! The one font of furniture and dummies, cut down to the glyphs that are shown.
//!
//! In: pages that set text in [`name`]. Out: the bytes of their PDF. printpdf would embed the font whole, so it gets
//! the subset, with the glyphs and widths of its characters, as if that were all of the font.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub, PdfPage, PdfSaveOptions,
    TextItem,
};
use subsetter::GlyphRemapper;
use ttf_parser::Face;

use crate::project::embedded;

const FILE: &str = "fonts/BIZUDGothic-Regular.ttf";
/// Six capitals and a plus sign: the form by which readers know a subset (ISO 32000-1, 9.6.4).
const FACE: &str = "SASSHI+BIZUDGothic-Regular";

/// The name by which operators call the font. Our own: the library would choose one at random, and no two runs
/// would give the same bytes.
pub(super) fn name() -> FontId {
    FontId("SASSHI".to_owned())
}

/// The PDF of `pages`, with the font if they set text.
///
/// # Panics
/// Never: the font is built in and sound.
pub(super) fn save(pages: Vec<PdfPage>) -> Vec<u8> {
    let mut document = PdfDocument::new("");
    let bytes = embedded::file(FILE).expect("the font is built in");
    let face = Face::parse(bytes, 0).expect("the built-in font can be read");
    let font = subset(&face, bytes, &shown(&pages)).expect("the built-in font can be cut down");
    document.resources.fonts.map.insert(name(), PdfFont::new(font));
    document.with_pages(pages).save(&PdfSaveOptions::default(), &mut Vec::new())
}

/// The characters that pages show.
fn shown(pages: &[PdfPage]) -> BTreeSet<char> {
    let texts = pages.iter().flat_map(|page| &page.ops).filter_map(|op| match op {
        Op::ShowText { items } => Some(items),
        _ => None,
    });
    let words = texts.flatten().filter_map(|item| match item {
        TextItem::Text(text) => Some(text.chars()),
        TextItem::Offset(_) | TextItem::GlyphIds(_) => None,
    });
    words.flatten().collect()
}

/// The font with the glyphs of these characters alone. A character that it does not have gets none, and is set as
/// glyph 0, which preflight finds.
fn subset(face: &Face<'_>, bytes: &[u8], shown: &BTreeSet<char>) -> Result<ParsedFont, subsetter::Error> {
    let mut remapper = GlyphRemapper::new();
    let mut glyphs = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for (character, old) in shown.iter().filter_map(|one| Some((*one, face.glyph_index(*one)?))) {
        let new = remapper.remap(old.0);
        glyphs.insert(u32::from(character), new);
        widths.insert(new, face.glyph_hor_advance(old).unwrap_or_default());
    }
    let program = subsetter::subset(bytes, 0, &remapper)?;
    let metrics = FontMetrics { ascent: face.ascender(), descent: face.descender() };
    let units = face.units_per_em();
    let label = Some(FACE.to_owned());
    let font = ParsedFont::with_glyph_data(program, 0, label, glyphs, widths, units, metrics);
    Ok(ParsedFont { pdf_font_metrics: measures(face), ..font })
}

/// What readers are told of the face, for want of it.
fn measures(face: &Face<'_>) -> PdfFontMetricsStub {
    let bounds = face.global_bounding_box();
    PdfFontMetricsStub {
        units_per_em: face.units_per_em(),
        x_min: bounds.x_min,
        y_min: bounds.y_min,
        x_max: bounds.x_max,
        y_max: bounds.y_max,
        us_weight_class: face.weight().to_number(),
        ..PdfFontMetricsStub::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_what_is_shown_and_no_more() {
        let bytes = embedded::file(FILE).expect("built in");
        let face = Face::parse(bytes, 0).expect("a font");
        let shown: BTreeSet<char> = "2折😀".chars().collect();
        let font = subset(&face, bytes, &shown).expect("cut down");
        let cut = Face::parse(&font.original_bytes, 0).expect("a font");
        // and the glyph of characters that it does not have
        assert_eq!(cut.number_of_glyphs(), 3);
        assert!(font.original_bytes.len() < bytes.len() / 100);
        for character in ['2', '折'] {
            let old = face.glyph_index(character).expect("a glyph");
            let new = font.lookup_glyph_index(u32::from(character)).expect("a glyph");
            assert_eq!(font.get_glyph_width(new), face.glyph_hor_advance(old));
            assert_eq!(cut.glyph_bounding_box(ttf_parser::GlyphId(new)), face.glyph_bounding_box(old));
        }
        assert_eq!(font.lookup_glyph_index(u32::from('😀')), None);
    }
}
