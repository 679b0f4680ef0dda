//! Makes a file of what a foreign writer made: the plain docket, as genpdf writes it.
//!
//! In: its bytes and the words that must be on its one page. Out: bytes that are the same for the same facts (genpdf writes
//! clock and chance into its metadata), with fonts that are named, measured and packed as ISO 32000-1 asks, and only those
//! that are used. What is not on the page is an error here: the words are read off the page's own operators.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};
use sha2::{Digest, Sha256};

use super::about::program;
use crate::diagnostic::Say;
use crate::model::date::Date;
use crate::pdf::identity::file_id;
use crate::pdf::objects::text_string;
use crate::pdf::operators::{Op, Showing};
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};
use crate::pdf::to_unicode::ToUnicode;
use crate::say;

/// What the file says about itself.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The title.
    pub title: String,
    /// The edition's date: the only one in the file.
    pub date: Date,
    /// Which job it is: stays the same when the text changes.
    pub ident: String,
}

/// Why it is no file to give away.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.say().en)]
pub enum SettleError {
    /// Not one page.
    Pages(usize),
    /// Words that are not on the page, or not as they should be: where they part.
    Lost(String),
    /// A font that cannot be read.
    Font,
    /// Not a PDF as expected.
    Pdf(#[from] lopdf::Error),
}

impl SettleError {
    /// The error in both languages.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::Pages(count) => say!("1ページではなく{count}ページになりました", "{count} pages, not one"),
            Self::Lost(words) => say!(
                "「{words}」から先の文字が、ページにありません",
                "the page does not show all words, from \"{words}\" on"
            ),
            Self::Font => say!("フォントを読めません", "a font cannot be read"),
            Self::Pdf(error) => say!("PDFを読めません（{error}）", "the PDF cannot be read ({error})"),
        }
    }
}

/// Keys of the catalog and of the page that stay.
const CATALOG: &[&[u8]] = &[b"Type", b"Pages"];
const PAGE: &[&[u8]] = &[b"Type", b"Parent", b"Contents", b"Resources", b"MediaBox"];

impl Settled {
    /// Settles `pdf`, on whose page stand `words`.
    ///
    /// # Errors
    /// [`SettleError`] when it is not one page with all of the words.
    pub fn settle(&self, pdf: &[u8], words: &str) -> Result<Vec<u8>, SettleError> {
        let mut document = Document::load_mem(pdf)?;
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let &[page] = pages.as_slice() else { return Err(SettleError::Pages(pages.len())) };
        let fonts = fonts(&document, page)?;
        let mut content = Content::decode(&document.get_page_content(page))?;
        // genpdf puts each page into a layer of its own
        content.operations.retain(|one| !matches!(one.operator.as_str(), "BDC" | "BMC" | "EMC"));
        let mut maps = BTreeMap::new();
        for (name, id) in &fonts {
            maps.insert(name.clone(), letters(&document, *id)?);
        }
        let read = read(&content.operations, &maps);
        same(words, &read.words)?;
        let mut kept = Dictionary::new();
        for (name, id) in fonts.into_iter().filter(|(name, _)| read.fonts.contains(name)) {
            mend(&mut document, id, &maps[&name])?;
            kept.set(name, id);
        }
        let stream = document.add_object(Stream::new(Dictionary::new(), content.encode()?));
        let mut resources = Dictionary::new();
        resources.set("Font", kept);
        let dictionary = document.get_dictionary_mut(page)?;
        keep(dictionary, PAGE);
        dictionary.set("Resources", resources);
        dictionary.set("Contents", stream);
        self.about(&mut document, words)?;
        document.prune_objects();
        document.renumber_objects();
        document.compress();
        document.version = "1.5".to_owned();
        let mut bytes = Vec::new();
        let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
        document.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
        Ok(bytes)
    }

    fn about(&self, document: &mut Document, words: &str) -> Result<(), SettleError> {
        let Date { year, month, day } = self.date;
        let date = Object::string_literal(format!("D:{year:04}{month:02}{day:02}000000Z"));
        let mut info = Dictionary::new();
        info.set("Title", text_string(&self.title));
        info.set("Creator", text_string(&program()));
        info.set("Producer", text_string(&format!("{} (genpdf)", program())));
        info.set("CreationDate", date.clone());
        info.set("ModDate", date);
        let info = document.add_object(info);
        document.trailer.set("Info", info);
        let id =
            |parts: &[&[u8]]| file_id(&parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize());
        let ident = self.ident.as_bytes();
        document.trailer.set("ID", vec![id(&[ident]), id(&[ident, words.as_bytes()])]);
        let catalog = document.catalog_mut()?;
        keep(catalog, CATALOG);
        catalog.set("Lang", Object::string_literal("ja"));
        Ok(())
    }
}

fn keep(dictionary: &mut Dictionary, keys: &[&[u8]]) {
    let all: Vec<Vec<u8>> = dictionary.iter().map(|(key, _)| key.clone()).collect();
    for key in all.iter().filter(|key| !keys.contains(&key.as_slice())) {
        dictionary.remove(key);
    }
}

/// The fonts of the page by name.
fn fonts(document: &Document, page: ObjectId) -> Result<BTreeMap<Vec<u8>, ObjectId>, SettleError> {
    let resources = document.get_dictionary(page)?.get_deref(b"Resources", document)?.as_dict()?;
    let fonts = resources.get_deref(b"Font", document)?.as_dict()?;
    fonts.iter().map(|(name, font)| Ok((name.clone(), font.as_reference()?))).collect()
}

/// The letters of a font by their codes, which are its glyphs, read from its `ToUnicode`. Code 0 is the box for a missing
/// character, whatever is said of it.
fn letters(document: &Document, font: ObjectId) -> Result<BTreeMap<u16, char>, SettleError> {
    let map = document.get_dictionary(font)?.get_deref(b"ToUnicode", document)?.as_stream()?;
    let map = ToUnicode::read(&unpacked(map, LARGEST_CONTENT).ok_or(SettleError::Font)?);
    let letters = (1..=u16::MAX).filter_map(|code| {
        let mut characters = map.characters(u32::from(code))?.chars();
        Some((code, characters.next().filter(|_| characters.next().is_none())?))
    });
    Ok(letters.collect())
}

/// What a page shows.
struct Read {
    words: String,
    /// The fonts that it is set in.
    fonts: BTreeSet<Vec<u8>>,
}

fn read(operations: &[Operation], maps: &BTreeMap<Vec<u8>, BTreeMap<u16, char>>) -> Read {
    let mut read = Read { words: String::new(), fonts: BTreeSet::new() };
    let mut current = None;
    for op in operations.iter().map(Op::read) {
        match op {
            Op::Font(name, _) => current = Some(name),
            Op::Show(Showing { parts, .. }) => {
                let Some((name, map)) = current.and_then(|name| Some((name, maps.get(name)?))) else {
                    continue;
                };
                read.fonts.insert(name.to_vec());
                let strings = parts.iter().filter_map(|part| part.as_str().ok());
                // a code without a letter is the box of a missing character
                let letter =
                    |code: &[u8; 2]| map.get(&u16::from_be_bytes(*code)).copied().unwrap_or('\u{FFFD}');
                read.words.extend(strings.flat_map(|text| text.as_chunks::<2>().0).map(letter));
            }
            _ => {}
        }
    }
    read
}

/// Whether the page shows the words; where lines break is of no account.
fn same(wanted: &str, shown: &str) -> Result<(), SettleError> {
    let squeezed = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<char>>();
    let (wanted, shown) = (squeezed(wanted), squeezed(shown));
    if wanted == shown {
        return Ok(());
    }
    let at = wanted.iter().zip(&shown).take_while(|(a, b)| a == b).count();
    Err(SettleError::Lost(wanted.iter().skip(at).take(20).collect()))
}

/// Gives a font its name with the tag of a subset, its measures in thousandths, and a sound map of characters.
fn mend(document: &mut Document, font: ObjectId, letters: &BTreeMap<u16, char>) -> Result<(), SettleError> {
    let descendants = document.get_dictionary(font)?.get_deref(b"DescendantFonts", document)?.as_array()?;
    let descendant = descendants.first().ok_or(SettleError::Font)?;
    let mut descendant = document.dereference(descendant)?.1.as_dict()?.clone();
    let descriptor_id = descendant.get(b"FontDescriptor")?.as_reference()?;
    let file = document.get_dictionary(descriptor_id)?.get_deref(b"FontFile2", document)?.as_stream()?;
    let bytes = file.decompressed_content().unwrap_or_else(|_| file.content.clone());
    let face = ttf_parser::Face::parse(&bytes, 0).map_err(|_| SettleError::Font)?;
    let name = tagged(&face, &bytes);
    let per_em = i64::from(face.units_per_em());
    let scaled = |units: i16| Object::Integer(i64::from(units) * 1000 / per_em);
    let all = face.global_bounding_box();
    let corners = [all.x_min, all.y_min, all.x_max, all.y_max].map(scaled);
    let capital = face.capital_height().unwrap_or(face.ascender());
    let measures = [
        ("FontBBox", Object::Array(corners.to_vec())),
        ("Ascent", scaled(face.ascender())),
        ("Descent", scaled(face.descender())),
        ("CapHeight", scaled(capital)),
    ];
    let descriptor = document.get_dictionary_mut(descriptor_id)?;
    // symbolic: the glyphs are found by their number
    descriptor.set("Flags", 4);
    descriptor.set("FontName", Object::Name(name.clone()));
    for (key, measure) in measures {
        descriptor.set(key, measure);
    }
    descendant.set("BaseFont", Object::Name(name.clone()));
    descendant.set("CIDToGIDMap", Object::Name(b"Identity".to_vec()));
    let descendant = document.add_object(descendant);
    let map = document.add_object(Stream::new(Dictionary::new(), to_unicode(letters).into_bytes()));
    let dictionary = document.get_dictionary_mut(font)?;
    dictionary.set("BaseFont", Object::Name(name));
    dictionary.set("DescendantFonts", vec![Object::Reference(descendant)]);
    dictionary.set("ToUnicode", map);
    Ok(())
}

/// The `PostScript` name behind six letters that stand for the letters of the subset (ISO 32000-1, 9.6.4).
fn tagged(face: &ttf_parser::Face<'_>, bytes: &[u8]) -> Vec<u8> {
    let names = face.names().into_iter();
    let name = names
        .filter(|name| name.name_id == ttf_parser::name_id::POST_SCRIPT_NAME)
        .find_map(|name| name.to_string())
        .unwrap_or_else(|| "Font".to_owned());
    let digest = Sha256::digest(bytes);
    let mut tagged: Vec<u8> = digest.iter().take(6).map(|byte| b'A' + byte % 26).collect();
    tagged.push(b'+');
    tagged.extend(name.bytes().filter(|byte| byte.is_ascii_alphanumeric() || *byte == b'-'));
    tagged
}

fn to_unicode(letters: &BTreeMap<u16, char>) -> String {
    let mut map = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        .to_owned();
    let all: Vec<(&u16, &char)> = letters.iter().collect();
    for part in all.chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", part.len());
        for (code, letter) in part {
            let _ = write!(map, "<{code:04X}> <");
            for unit in letter.encode_utf16(&mut [0; 2]) {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_page_is_found() {
        assert!(same("作業 指示書", "作業指\n示書").is_ok());
        let lost = same("作業指示書、一式", "作業指示書").expect_err("a part is lost");
        assert_eq!(lost.to_string(), "the page does not show all words, from \"、一式\" on");
        // more than was asked for is not right either
        assert!(same("作業", "作業作業").is_err());
    }

    #[test]
    fn letters_beyond_the_first_plane_are_pairs() {
        let letters = BTreeMap::from([(1, '吉'), (2, '𠮷')]);
        let map = to_unicode(&letters);
        assert!(map.contains("2 beginbfchar\n<0001> <5409>\n<0002> <D842DFB7>\n"), "{map}");
    }

    #[test]
    fn codes_are_read_in_the_font_that_is_set() {
        let maps = BTreeMap::from([
            (b"F0".to_vec(), BTreeMap::from([(1, 'あ')])),
            (b"F1".to_vec(), BTreeMap::from([(1, 'い')])),
        ]);
        let set = |name: &str| Operation::new("Tf", vec![Object::Name(name.into()), 9.into()]);
        let show = |bytes: &[u8]| {
            let text = Object::String(bytes.to_vec(), lopdf::StringFormat::Hexadecimal);
            Operation::new("TJ", vec![Object::Array(vec![Object::Integer(0), text])])
        };
        let read = read(&[set("F0"), show(&[0, 1]), set("F1"), show(&[0, 1, 0, 9])], &maps);
        assert_eq!(read.words, "あい\u{FFFD}");
        assert_eq!(read.fonts.len(), 2);
    }

    #[test]
    fn what_is_no_pdf_of_one_page_is_refused() {
        let settled = Settled {
            title: "t".to_owned(),
            date: Date { year: 2026, month: 1, day: 1 },
            ident: "a/b".to_owned(),
        };
        assert!(matches!(settled.settle(b"no PDF", ""), Err(SettleError::Pdf(_))));
    }
}
