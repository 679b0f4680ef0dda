//! Stage 5: a typeset PDF to a file for a print shop.
//!
//! In: the bytes of a proof, a [`Press`] (profile, its ICC profile, the palette) and what the file says about itself. Out:
//! the bytes of a press file. Colours first (`convert`), then boxes, marks and the output intent (`finish`).

pub mod about;
pub mod black;
mod colour;
mod content;
mod convert;
pub mod cover;
pub mod fault;
mod finish;
mod image;
pub mod ink;
pub mod load;
mod marks;
pub mod presses;
pub mod profile;
pub mod profile_fault;
pub mod profile_file;
#[cfg(feature = "genpdf-docket")]
pub mod settle;

use std::sync::OnceLock;

use lopdf::{Document, Stream, dictionary};
use sha2::{Digest, Sha256};

use about::About;
use convert::Options;
use fault::{ConvertError, InkError};
use ink::Separator;
use profile::{BlackOverprint, Condition, Profile};

use crate::model::palette::Palette;
use crate::pdf::identity::hex;

/// A profile with all that is needed to make files for it; shared by all files.
pub struct Press {
    /// The profile.
    pub profile: Profile,
    icc: Vec<u8>,
    digest: Vec<u8>,
    palette: Palette,
    identity: String,
    /// Made for the first file: who finds all files made needs none.
    means: OnceLock<Result<Means, InkError>>,
}

/// What all files are made with.
struct Means {
    icc: Icc,
    separator: Separator,
}

/// The ICC profile as each file has it, packed once for all of them.
struct Icc {
    stream: Stream,
    digest: Vec<u8>,
}

impl Press {
    /// A press for `profile` with the bytes of its ICC profile.
    ///
    /// # Errors
    /// [`InkError`] when the ICC profile is none of a press.
    pub fn new(profile: Profile, icc: Vec<u8>, palette: &Palette) -> Result<Self, InkError> {
        ink::open(&icc)?;
        let digest = Sha256::digest(&icc).to_vec();
        let identity = identity(&profile, &digest, palette);
        Ok(Self { profile, icc, digest, palette: palette.clone(), identity, means: OnceLock::new() })
    }

    fn means(&self) -> Result<&Means, InkError> {
        let make = || {
            let separator = Separator::new(&self.profile, &self.icc, &self.palette)?;
            let mut stream = Stream::new(dictionary! { "N" => 4 }, self.icc.clone());
            // what cannot be packed is put in as it is
            let _ = stream.compress();
            Ok(Means { icc: Icc { stream, digest: self.digest.clone() }, separator })
        };
        self.means.get_or_init(make).as_ref().map_err(|error| *error)
    }

    /// What decides its files beside the pages: equal for equal profiles, printing conditions and palettes.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.identity
    }

    /// Makes a press file of a typeset one.
    ///
    /// # Errors
    /// [`ConvertError`] when a colour cannot be converted or the level does not allow what is on the pages.
    pub fn make(&self, pdf: &[u8], about: &About) -> Result<Vec<u8>, ConvertError> {
        let Means { icc, separator } = self.means()?;
        let mut document = Document::load_mem(pdf)?;
        let options = Options { overprint: self.profile.overprint == BlackOverprint::Set };
        convert::colours(&mut document, separator, options)?;
        finish::finish(document, pdf, &self.profile, icc, about)
    }
}

/// The profile without the bytes of its printing condition, their digest, the palette.
fn identity(profile: &Profile, icc: &[u8], palette: &Palette) -> String {
    let condition = Condition { icc: profile::Icc::FromUser, ..profile.condition.clone() };
    let profile = Profile { condition, ..profile.clone() };
    format!("{profile:?} {} {palette:?}", hex(icc))
}

/// The SHA-256 checksum of a file, as `sha256sum` prints it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Object};

    use super::profile::{FOGRA39L, PdfxLevel};
    use super::*;
    use crate::model::date::Date;
    use crate::model::layout::Binding;
    use crate::model::origin::Source;
    use crate::pdf::objects::numbers_of;

    /// A page with an RGB image (half transparent if `alpha`), an RGB gradient and gray text.
    fn source(alpha: bool) -> Vec<u8> {
        let mut document = Document::with_version("1.6");
        let image = |space: &str, pixels: Vec<u8>| {
            dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
            "BitsPerComponent" => 8, "ColorSpace" => space, "Length" => i64::try_from(pixels.len()).unwrap_or(0) }
        };
        let mut photo = image("DeviceRGB", vec![200, 40, 40]);
        if alpha {
            let mask = document.add_object(Stream::new(image("DeviceGray", vec![128]), vec![128]));
            photo.set("SMask", mask);
        }
        let photo = document.add_object(Stream::new(photo, vec![200, 40, 40]));
        let numbers = |values: [f32; 3]| Object::Array(values.into_iter().map(Object::Real).collect());
        let shading = document.add_object(dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceRGB",
        "Coords" => vec![0.into(), 0.into(), 9.into(), 0.into()],
        "Function" => dictionary! { "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
            "C0" => numbers([1.0, 1.0, 1.0]), "C1" => numbers([0.007_84, 0.368_63, 0.517_65]) } });
        let content = document
            .add_object(Stream::new(Dictionary::new(), b"0 g BT ET q 9 0 0 9 0 0 cm /P Do Q /S sh".to_vec()));
        let pages = document.new_object_id();
        let page =
            document.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 117.into(), 217.into()],
            "TrimBox" => vec![Object::Real(8.5), Object::Real(8.5), Object::Real(108.5), Object::Real(208.5)],
            "Annots" => Vec::<Object>::new(),
            "Resources" => dictionary! { "XObject" => dictionary! { "P" => photo },
                "Shading" => dictionary! { "S" => shading } } });
        document.objects.insert(
            pages,
            Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }),
        );
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages,
        "OpenAction" => vec![page.into(), "Fit".into()] });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("memory");
        bytes
    }

    fn make(profile: Profile, source: &[u8]) -> Result<Vec<u8>, ConvertError> {
        let palette = Palette::read(&Source::new(
            "palette.csv",
            "name,c,m,y,k,screen,use\nsea,95,55,30,10,#025e84,x\n",
        ))
        .value;
        let press = Press::new(profile, FOGRA39L.to_vec(), &palette).expect("usable");
        let about = About {
            title: "協働 <入門>".to_owned(),
            date: Date { year: 2026, month: 11, day: 23 },
            ident: "booklet/press/booklet".to_owned(),
            binding: Binding::Right,
            part: about::AboutPart::Whole,
        };
        press.make(source, &about)
    }

    #[test]
    fn a_press_file_has_its_intent_boxes_and_inks_only() {
        let bytes = make(Profile::generic(), &source(true)).expect("made");
        let document = Document::load_mem(&bytes).expect("a PDF");
        assert!(bytes.starts_with(b"%PDF-1.6"));
        let catalog = document.catalog().expect("a catalog");
        assert!(catalog.has(b"OutputIntents") && catalog.has(b"Metadata") && !catalog.has(b"OpenAction"));
        let page = document.get_dictionary(document.page_iter().next().expect("a page")).expect("a page");
        assert!(page.has(b"BleedBox") && page.has(b"TrimBox") && !page.has(b"Annots"));
        let text = format!("{:?}", document.objects);
        assert!(!text.contains("DeviceRGB") && !text.contains("ICCBased"), "{text}");
        let gradient = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .find(|object| object.has(b"ShadingType"))
            .expect("the gradient");
        let function = gradient.get(b"Function").and_then(Object::as_dict).expect("its function");
        let end = numbers_of(function.get(b"C1").and_then(Object::as_array).expect("its end"));
        for (ink, wanted) in end.iter().zip([0.95, 0.55, 0.3, 0.1]) {
            assert!((ink - wanted).abs() < 1e-6, "the palette's own inks: {end:?}");
        }
    }

    #[test]
    fn the_same_source_gives_the_same_bytes() {
        let made = || make(Profile::generic(), &source(true)).expect("made");
        assert_eq!(made(), made());
    }

    #[test]
    fn x_1a_refuses_transparency_and_takes_the_rest() {
        let old = || Profile { level: PdfxLevel::X1a, ..Profile::generic() };
        let error = make(old(), &source(true)).expect_err("a soft mask is transparency");
        assert!(matches!(error, ConvertError::Page(fault::PageFault::Transparency)), "{error}");
        let bytes = make(old(), &source(false)).expect("made");
        assert!(bytes.starts_with(b"%PDF-1.4"));
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert!(make(Profile::generic(), b"no PDF").is_err());
    }

    #[test]
    fn a_checksum_is_that_of_sha256sum() {
        assert_eq!(checksum(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
