//! Cuts a font down to the letters of a text, and says which letters it does not have.
//!
//! In: the bytes of a TrueType font and a text. Out: a small font whose map of characters is one to one ([`SubsetFont`]). The
//! engine's own cutter leaves that map out, which genpdf reads; and a cutter that keeps all characters of a glyph would let
//! copied text come out as another character (⼀ for 一) where a font has one glyph for both.

use std::borrow::Cow;
use std::collections::BTreeMap;

use allsorts::binary::read::ReadScope;
use allsorts::error::ParseError;
use allsorts::font::read_cmap_subtable;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use allsorts::tables::cmap::Cmap;
use allsorts::tables::loca::LocaTable;
use allsorts::tables::{FontTableProvider, HeadTable, MaxpTable};
use allsorts::tag;

/// A font with the letters of a text and no others.
pub(super) struct SubsetFont {
    /// The font.
    pub font: Vec<u8>,
    /// For each character, the one that stands for its glyph: itself, unless the text has two characters of one glyph.
    stands: BTreeMap<char, char>,
}

/// Why there is no such font.
#[derive(Debug)]
pub(super) enum SubsetError {
    /// Characters that have no glyph, or one that is blank.
    Missing(Vec<char>),
    /// The font cannot be read; in the words of the library.
    Font(String),
    /// The font is not among the built-in ones.
    NotBuiltIn(&'static str),
}

impl SubsetFont {
    /// Cuts `font` down to `text`.
    pub(super) fn new(font: &[u8], text: &str) -> Result<Self, SubsetError> {
        let broken = |error: &dyn std::fmt::Display| SubsetError::Font(error.to_string());
        let face = ReadScope::new(font).read::<FontData<'_>>().map_err(|error| broken(&error))?;
        let tables = face.table_provider(0).map_err(|error| broken(&error))?;
        let glyphs = Glyphs::of(&tables).map_err(|error| broken(&error))?;
        let mut missing = Vec::new();
        let mut first: BTreeMap<u16, char> = BTreeMap::new();
        let mut stands = BTreeMap::new();
        for character in text.chars() {
            if stands.contains_key(&character) || missing.contains(&character) {
                continue;
            }
            match glyphs.of_character(&tables, character).map_err(|error| broken(&error))? {
                Some(glyph) => {
                    let same = *first.entry(glyph).or_insert(character);
                    stands.insert(character, same);
                }
                None => missing.push(character),
            }
        }
        if !missing.is_empty() {
            return Err(SubsetError::Missing(missing));
        }
        // glyph 0 is the box of a missing character; it must come first
        let ids: Vec<u16> = std::iter::once(0).chain(first.keys().copied()).collect();
        let mapped = Mapped { tables: &tables, cmap: cmap(&first) };
        let font = subset(&mapped, &ids, &SubsetProfile::Pdf, CmapTarget::Unicode)
            .map_err(|error| broken(&error))?;
        Ok(Self { font, stands })
    }

    /// `text` with each character as the font has it.
    pub(super) fn folded(&self, text: &str) -> String {
        text.chars().map(|character| self.stands.get(&character).copied().unwrap_or(character)).collect()
    }
}

/// What is asked of a font's glyphs.
struct Glyphs {
    count: u16,
    /// Where the outline of each glyph begins; it ends where the next one begins.
    outlines: Vec<u32>,
}

impl Glyphs {
    fn of(tables: &impl FontTableProvider) -> Result<Self, ParseError> {
        let head = ReadScope::new(&tables.read_table_data(tag::HEAD)?).read::<HeadTable>()?;
        let count = ReadScope::new(&tables.read_table_data(tag::MAXP)?).read::<MaxpTable>()?.num_glyphs;
        let loca = tables.read_table_data(tag::LOCA)?;
        let loca = ReadScope::new(&loca).read_dep::<LocaTable<'_>>((count, head.index_to_loc_format))?;
        Ok(Self { count, outlines: loca.offsets.iter().collect() })
    }

    /// The glyph of a character; none if there is none, or if it is blank though the character is no space.
    fn of_character(
        &self,
        tables: &impl FontTableProvider,
        character: char,
    ) -> Result<Option<u16>, ParseError> {
        let data = tables.read_table_data(tag::CMAP)?;
        let cmap = ReadScope::new(&data).read::<Cmap<'_>>()?;
        let Some((_, map)) = read_cmap_subtable(&cmap)? else { return Ok(None) };
        let glyph = map.map_glyph(u32::from(character))?.filter(|glyph| *glyph != 0 && *glyph < self.count);
        let shows = |glyph: u16| {
            let at = usize::from(glyph);
            self.outlines.get(at).zip(self.outlines.get(at + 1)).is_some_and(|(from, to)| from < to)
        };
        let space = character.is_whitespace() && !character.is_control();
        Ok(glyph.filter(|glyph| space || shows(*glyph)))
    }
}

/// A font with another map of characters.
struct Mapped<'t, T> {
    tables: &'t T,
    cmap: Vec<u8>,
}

impl<T: FontTableProvider> FontTableProvider for Mapped<'_, T> {
    fn table_data(&self, wanted: u32) -> Result<Option<Cow<'_, [u8]>>, ParseError> {
        match wanted {
            tag::CMAP => Ok(Some(Cow::Borrowed(&self.cmap))),
            _ => self.tables.table_data(wanted),
        }
    }

    fn has_table(&self, wanted: u32) -> bool {
        self.tables.has_table(wanted)
    }

    fn table_tags(&self) -> Option<Vec<u32>> {
        self.tables.table_tags()
    }
}

/// A table `cmap` of format 12: segmented coverage, here a segment for each character (OpenType 1.9, "cmap").
fn cmap(characters: &BTreeMap<u16, char>) -> Vec<u8> {
    let mut sorted: Vec<(u32, u32)> =
        characters.iter().map(|(glyph, character)| (u32::from(*character), u32::from(*glyph))).collect();
    sorted.sort_unstable();
    // there are at most as many segments as glyphs, 65,535
    let count = u32::try_from(sorted.len()).unwrap_or_default();
    let mut table = Vec::with_capacity(28 + 12 * sorted.len());
    // version 0, one subtable: platform 3 (Windows), encoding 10 (all of Unicode), at byte 12
    for word in [0_u16, 1, 3, 10, 0, 12, 12, 0] {
        table.extend(word.to_be_bytes());
    }
    for long in [16 + 12 * count, 0, count] {
        table.extend(long.to_be_bytes());
    }
    for (character, glyph) in sorted {
        for long in [character, character, glyph] {
            table.extend(long.to_be_bytes());
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::embedded;

    fn regular() -> &'static [u8] {
        embedded::file("fonts/BIZUDPGothic-Regular.ttf").expect("the font")
    }

    #[test]
    fn a_font_is_cut_down_to_the_text_and_keeps_its_map() {
        let cut =
            SubsetFont::new(regular(), "作業指示書 A4 仕上がり").unwrap_or_else(|error| panic!("{error:?}"));
        assert!(cut.font.len() < 20_000, "{} bytes", cut.font.len());
        // the cut font has all of the text, and no more
        assert!(SubsetFont::new(&cut.font, "作業指示書 A4").is_ok());
        assert!(
            matches!(SubsetFont::new(&cut.font, "冊"), Err(SubsetError::Missing(missing)) if missing == ['冊'])
        );
    }

    #[test]
    fn what_has_no_glyph_is_named_once() {
        let Err(SubsetError::Missing(missing)) = SubsetFont::new(regular(), "森🦉の🦉\u{200B}\n")
        else {
            panic!("an owl is in no text font");
        };
        assert_eq!(missing, ['🦉', '\u{200B}', '\n']);
    }

    #[test]
    fn two_characters_of_one_glyph_become_one() {
        let cut = SubsetFont::new(regular(), "a\u{A0}b c").unwrap_or_else(|error| panic!("{error:?}"));
        let folded = cut.folded("a\u{A0}b c");
        // whichever of the two stands for it, the text is as long as before and the font has it all
        assert_eq!(folded.chars().count(), 5);
        assert!(SubsetFont::new(&cut.font, &folded).is_ok());
    }

    #[test]
    fn no_font_is_no_panic() {
        assert!(matches!(SubsetFont::new(b"no font", "a"), Err(SubsetError::Font(_))));
        let half = &regular()[..regular().len() / 2];
        assert!(SubsetFont::new(half, "作業").is_err());
    }
}
