//! Pages in black alone that go to no press: copies for screens and office printers.
//!
//! In: a typeset PDF and the palette. Out: the same document, tags and links as they were, with `cmyk(0, 0, 0, k)` for every
//! colour: the palette's own values of black, and for all else (drawings, photographs) the black that is as dark.

use lopdf::{Document, SaveOptions};

use super::convert::{self, Options};
use super::fault::{ConvertError, InkError};
use super::ink::Separator;
use super::profile::{FOGRA39L, Profile, ProfileInks};
use crate::model::edition::Colours;
use crate::model::palette::Palette;

/// Makes pages black; shared by all files.
pub struct BlackCopier(Separator);

impl BlackCopier {
    /// A copier for a project's palette. How dark a colour is, is judged by the built-in printing condition.
    ///
    /// # Errors
    /// [`InkError`] when Little CMS cannot convert.
    pub fn new(palette: &Palette) -> Result<Self, InkError> {
        let profile = Profile { inks: ProfileInks::Black, ..Profile::generic() };
        Separator::new(&profile, FOGRA39L, &palette.in_colours(Colours::Black)).map(Self)
    }

    /// The document `pdf` in black.
    ///
    /// # Errors
    /// [`ConvertError`] for colours that have no conversion.
    pub fn copy(&self, pdf: &[u8]) -> Result<Vec<u8>, ConvertError> {
        let mut document = Document::load_mem(pdf)?;
        convert::colours(&mut document, &self.0, Options { overprint: false })?;
        let options = SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
        let mut bytes = Vec::with_capacity(pdf.len());
        document.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, Stream, dictionary};

    use super::*;
    use crate::model::origin::Source;

    /// The operators of a page that is painted by `content`, as they stand in the copy.
    fn copied(content: &str) -> Result<String, ConvertError> {
        let mut document = Document::with_version("1.7");
        let content = document.add_object(Stream::new(lopdf::Dictionary::new(), content.as_bytes().to_vec()));
        let pages = document.new_object_id();
        let page = document
            .add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 10.into(), 10.into()], "Resources" => dictionary! {} });
        let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        document.objects.insert(pages, Object::Dictionary(tree));
        let marked = dictionary! { "Marked" => true };
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "MarkInfo" => marked });
        document.trailer.set("Root", catalog);
        let mut pdf = Vec::new();
        document.save_to(&mut pdf).expect("memory");
        let table = "name,c,m,y,k,screen,black\nsea,95,55,30,10,#025e84,100\nsun,5,20,85,0,#f6ca37,\n";
        let palette = Palette::read(&Source::new("palette.csv", table)).value;
        let bytes = BlackCopier::new(&palette).expect("usable").copy(&pdf)?;
        let copy = Document::load_mem(&bytes).expect("a PDF");
        assert!(copy.catalog().expect("a catalog").has(b"MarkInfo"), "what is no colour stays");
        let page = copy.page_iter().next().expect("a page");
        Ok(String::from_utf8_lossy(&copy.get_page_content(page)).into_owned())
    }

    #[test]
    fn every_colour_becomes_black_ink() {
        // the palette's black of the sun is 19 %, its gray #cfcfcf; a drawing's own yellow is about as light
        let out = copied(
            "/P <</MCID 0>> BDC 1 0 0 rg 0.8118 0.8118 0.8118 RG 0 0 9 9 re B 0.9 0.9 0.1 rg 0 0 1 1 re f EMC",
        );
        let out = out.expect("it is copied");
        assert!(out.contains("0 0 0 0.19 K") && out.contains("/MCID 0"), "{out}");
        let inks: Vec<&str> =
            out.lines().filter(|line| line.ends_with(" k") || line.ends_with(" K")).collect();
        assert!(inks.len() == 3 && inks.iter().all(|line| line.starts_with("0 0 0 ")), "{out}");
        assert!(!out.contains("rg"), "{out}");
    }

    #[test]
    fn what_cannot_be_converted_is_refused() {
        let refused = copied("BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI");
        assert!(refused.is_err_and(|error| error.to_string().contains("image")));
    }
}
