//! What a print shop takes, as data: a press profile.
//!
//! In: nothing; `profile_file` reads it. Out: [`Profile`] and the types of its values.

use serde::Deserialize;

use crate::diagnostic::Say;
use crate::model::length::Length;
use crate::model::sheet::Size;

/// The profile used where nothing is said.
pub const DEFAULT: &str = "x4-generic";

/// The one ICC profile that comes with sasshi: FOGRA39L, free of rights (`profiles/icc/README.md`).
pub static FOGRA39L: &[u8] = include_bytes!("profiles/icc/FOGRA39L_coated.icc");
/// How a profile names it.
pub(super) const FOGRA39L_NAME: &str = "built-in:FOGRA39L_coated";

/// The level of PDF/X that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum PdfxLevel {
    /// ISO 15930-7: PDF 1.6, transparency stays.
    #[serde(rename = "PDF/X-4")]
    X4,
    /// ISO 15930-4, PDF/X-1a:2003: PDF 1.4, no transparency, CMYK and spot only.
    #[serde(rename = "PDF/X-1a:2003")]
    X1a,
}

impl PdfxLevel {
    /// As it is written in the file (`GTS_PDFXVersion`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::X4 => "PDF/X-4",
            Self::X1a => "PDF/X-1a:2003",
        }
    }
}

/// The process inks of the press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProfileInks {
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// Black only: everything becomes K.
    Black,
}

/// Where the ICC profile of the printing condition comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Icc {
    /// It comes with sasshi.
    BuiltIn(&'static [u8]),
    /// A file, as a path in the project.
    Path(String),
    /// It may not be passed on: the user gives the path in `[press.default] icc`.
    FromUser,
}

/// The printing condition that the file is made for (the output intent).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Its name in the registry, such as `FOGRA39` or `JC200103`.
    pub identifier: String,
    /// The registry, as an address.
    pub registry: String,
    /// In words.
    pub info: String,
    /// Its ICC profile (class `prtr`, CMYK).
    pub icc: Icc,
}

/// Marks outside the trim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marks {
    /// None: the shop sets its own.
    None,
    /// Single corner marks.
    Crop,
    /// トンボ: double corner marks (trim and bleed) and centre marks.
    Japanese,
}

/// Page numbers for the shop's hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShopFolio {
    /// None.
    None,
    /// 隠しノンブル: inside the trim at the spine, at least 5 pt; not with saddle stitch.
    Hidden,
    /// 捨てノンブル: outside the marks.
    Outside,
}

/// What happens to black that lies on colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlackOverprint {
    /// K100 text and rules overprint, set in the file.
    Set,
    /// The file says nothing, the RIP decides.
    LeftToRip,
    /// The file must not ask for overprint anywhere.
    Forbidden,
}

/// How colours that are not of the palette become ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Intent {
    /// Relative colorimetric with black point compensation.
    Relative,
    /// Perceptual.
    Perceptual,
}

/// How the cover reaches the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cover {
    /// Its four pages are in the body's file.
    WithBody,
    /// Apart, as two spreads: 表4-1 and 表2-3.
    Spreads,
}

/// Two limits of one measure, in pixels per inch; below `warn` a warning, below `error` an error.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Refused below this.
    pub error: f64,
    /// Worth a look below this.
    pub warn: f64,
}

/// Least effective resolution of images.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Resolution {
    /// Of colour images.
    pub colour: Limit,
    /// Of gray images.
    pub gray: Limit,
    /// Of images with one bit a pixel.
    pub line_art: Limit,
}

/// What a shop takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its name: the file's, without `.toml`.
    pub name: String,
    /// Its title.
    pub title: Say,
    /// The level of PDF/X.
    pub level: PdfxLevel,
    /// The inks.
    pub inks: ProfileInks,
    /// The printing condition.
    pub condition: Condition,
    /// Conversion of colours that the palette does not know.
    pub intent: Intent,
    /// Sizes after trimming that the shop takes; any if empty.
    pub trims: Vec<Size>,
    /// What must be printed beyond the trim on each side.
    pub bleed: Length,
    /// What must stay free of text inside the trim.
    pub safe: Length,
    /// Marks.
    pub marks: Marks,
    /// Whether job, page, date and profile stand outside the bleed.
    pub slug: bool,
    /// Page numbers for the shop.
    pub folio: ShopFolio,
    /// The paper in words.
    pub paper: String,
    /// Thickness of a leaf.
    pub paper_thickness: Length,
    /// Most ink on one spot: the sum of the inks in per cent (TAC).
    pub ink_limit: f64,
    /// Least resolution of images.
    pub resolution: Resolution,
    /// Least width of a line.
    pub min_line: Length,
    /// Least size of text that is printed in more than one ink.
    pub min_text_in_inks: Length,
    /// Below this size, a black of several inks is worth a look; nothing where none is.
    pub warn_text_in_inks: Length,
    /// Below this width, a line in a tint or in several inks is worth a look; nothing where none is.
    pub warn_line_in_inks: Length,
    /// Ink sums and stray inks count over areas of this size and more, in square millimetres.
    pub ink_area: f64,
    /// K on colour.
    pub overprint: BlackOverprint,
    /// Whether spot colours (Separation other than All) are taken.
    pub spots: bool,
    /// The number of pages is a multiple of this.
    pub page_multiple: u32,
    /// How the cover is delivered.
    pub cover: Cover,
    /// Whether file names must be ASCII.
    pub ascii_names: bool,
}
