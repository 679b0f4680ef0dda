//! What a print shop takes, as data: a press profile, read from TOML.
//!
//! In: the built-in files of `src/press/profiles/`, or a project's `layouts/press/NAME.toml`. Out: [`Profile`].
//! The `.md` beside each built-in file lists the clauses it stands for and the check that enforces each.

use serde::Deserialize;

use crate::model::length::Length;

/// Name, TOML and clause list of every built-in profile, sorted by name.
pub static BUILT_IN: &[(&str, &str, &str)] = &[
    (
        "digital-office",
        include_str!("profiles/digital-office.toml"),
        include_str!("profiles/digital-office.md"),
    ),
    ("gwg-sheet", include_str!("profiles/gwg-sheet.toml"), include_str!("profiles/gwg-sheet.md")),
    ("japan-coated", include_str!("profiles/japan-coated.toml"), include_str!("profiles/japan-coated.md")),
    (
        "japan-uncoated-1c",
        include_str!("profiles/japan-uncoated-1c.toml"),
        include_str!("profiles/japan-uncoated-1c.md"),
    ),
    ("net-graphic", include_str!("profiles/net-graphic.toml"), include_str!("profiles/net-graphic.md")),
    ("net-raksul", include_str!("profiles/net-raksul.toml"), include_str!("profiles/net-raksul.md")),
    ("net-wave", include_str!("profiles/net-wave.toml"), include_str!("profiles/net-wave.md")),
    ("x1a-2003", include_str!("profiles/x1a-2003.toml"), include_str!("profiles/x1a-2003.md")),
    ("x4-generic", include_str!("profiles/x4-generic.toml"), include_str!("profiles/x4-generic.md")),
];

/// The profile used where nothing is said.
pub const DEFAULT: &str = "x4-generic";

/// The one ICC profile that comes with sasshi: FOGRA39L, free of rights (`profiles/icc/README.md`).
pub static FOGRA39L: &[u8] = include_bytes!("profiles/icc/FOGRA39L_coated.icc");
/// How a profile names it.
const FOGRA39L_NAME: &str = "built-in:FOGRA39L_coated";

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
    /// Its title in Japanese and English.
    pub title: (String, String),
    /// The level of PDF/X.
    pub level: PdfxLevel,
    /// The inks.
    pub inks: ProfileInks,
    /// The printing condition.
    pub condition: Condition,
    /// Conversion of colours that the palette does not know.
    pub intent: Intent,
    /// Sizes after trimming that the shop takes, width and height; any if empty.
    pub trims: Vec<(Length, Length)>,
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

impl Profile {
    /// The built-in profile called `name`.
    ///
    /// # Panics
    /// If a built-in file is broken, which is a fault of ours.
    #[must_use]
    pub fn built_in(name: &str) -> Option<Self> {
        let (name, text, _) = BUILT_IN.iter().find(|(known, ..)| *known == name)?;
        Some(Self::parse(name, text).expect("built-in press profiles are tested"))
    }

    /// The profile that is used where nothing is said.
    ///
    /// # Panics
    /// Never: the default is among the built-in profiles.
    #[must_use]
    pub fn generic() -> Self {
        Self::built_in(DEFAULT).expect("the default profile is built in")
    }

    /// Reads a profile.
    ///
    /// # Errors
    /// [`ProfileError`] when the text is no TOML of this form, or a value cannot be.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let raw: Raw = toml::from_str(text)
            .map_err(|error| ProfileError { message: error.message().to_owned(), span: error.span() })?;
        raw.resolve(name).map_err(|message| ProfileError { message, span: None })
    }
}

/// A profile that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ProfileError {
    /// What is wrong.
    pub message: String,
    /// The bytes of the file that it is about, when known.
    pub span: Option<std::ops::Range<usize>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Raw {
    title: RawTitle,
    level: PdfxLevel,
    inks: ProfileInks,
    condition: RawCondition,
    #[serde(default = "relative")]
    intent: Intent,
    #[serde(default)]
    trims: Vec<[String; 2]>,
    bleed: String,
    safe: String,
    marks: Marks,
    #[serde(default)]
    slug: bool,
    folio: ShopFolio,
    paper: RawPaper,
    ink_limit: f64,
    resolution: Resolution,
    min_line: String,
    min_text_in_inks: String,
    #[serde(default = "no_length")]
    warn_text_in_inks: String,
    #[serde(default = "no_length")]
    warn_line_in_inks: String,
    #[serde(default = "ink_area")]
    ink_area: f64,
    overprint: BlackOverprint,
    spots: bool,
    page_multiple: u32,
    cover: Cover,
    ascii_names: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTitle {
    ja: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    identifier: String,
    registry: String,
    info: String,
    icc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPaper {
    name: String,
    thickness: String,
}

fn no_length() -> String {
    "0pt".to_owned()
}

/// The area that the Ghent Workgroup lets sums of ink go unseen in.
fn ink_area() -> f64 {
    15.0
}

fn relative() -> Intent {
    Intent::Relative
}

impl Raw {
    fn resolve(self, name: &str) -> Result<Profile, String> {
        let length = |key: &str, text: &str| {
            let read = text.parse::<Length>().map_err(|error| format!("{key} \"{text}\": {error}"))?;
            if read < Length::default() {
                return Err(format!("{key} \"{text}\": less than nothing"));
            }
            Ok(read)
        };
        if !(1.0..=400.0).contains(&self.ink_limit) {
            return Err("ink-limit: a sum of inks between 1 and 400".to_owned());
        }
        if !(0.0..=10_000.0).contains(&self.ink_area) {
            return Err("ink-area: between 0 and 10000 square millimetres".to_owned());
        }
        if self.page_multiple == 0 {
            return Err("page-multiple: 1 or more".to_owned());
        }
        let icc = match self.condition.icc.as_str() {
            FOGRA39L_NAME => Icc::BuiltIn(FOGRA39L),
            "from-user" => Icc::FromUser,
            other if other.starts_with("built-in:") => {
                return Err(format!("condition.icc \"{other}\": the only one is {FOGRA39L_NAME}"));
            }
            path => Icc::Path(path.to_owned()),
        };
        let trims = self
            .trims
            .iter()
            .map(|[width, height]| Ok((length("trims", width)?, length("trims", height)?)))
            .collect::<Result<_, String>>()?;
        Ok(Profile {
            name: name.to_owned(),
            title: (self.title.ja, self.title.en),
            level: self.level,
            inks: self.inks,
            condition: Condition {
                identifier: self.condition.identifier,
                registry: self.condition.registry,
                info: self.condition.info,
                icc,
            },
            intent: self.intent,
            trims,
            bleed: length("bleed", &self.bleed)?,
            safe: length("safe", &self.safe)?,
            marks: self.marks,
            slug: self.slug,
            folio: self.folio,
            paper: self.paper.name,
            paper_thickness: length("paper.thickness", &self.paper.thickness)?,
            ink_limit: self.ink_limit,
            resolution: self.resolution,
            min_line: length("min-line", &self.min_line)?,
            min_text_in_inks: length("min-text-in-inks", &self.min_text_in_inks)?,
            warn_text_in_inks: length("warn-text-in-inks", &self.warn_text_in_inks)?,
            warn_line_in_inks: length("warn-line-in-inks", &self.warn_line_in_inks)?,
            ink_area: self.ink_area,
            overprint: self.overprint,
            spots: self.spots,
            page_multiple: self.page_multiple,
            cover: self.cover,
            ascii_names: self.ascii_names,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_are_sound_and_sorted() {
        let names: Vec<&str> = BUILT_IN.iter().map(|(name, ..)| *name).collect();
        assert!(names.is_sorted());
        for name in names {
            let profile = Profile::built_in(name).expect(name);
            assert!(profile.resolution.colour.error <= profile.resolution.colour.warn, "{name}");
            assert!(profile.ink_limit <= 380.0, "{name}");
        }
    }

    #[test]
    fn only_the_free_profile_is_bundled() {
        assert_eq!(Profile::generic().condition.icc, Icc::BuiltIn(FOGRA39L));
        assert_eq!(&FOGRA39L[12..20], b"prtrCMYK");
        let japan = Profile::built_in("japan-coated").expect("built in");
        assert_eq!(japan.condition.icc, Icc::FromUser);
        assert_eq!(japan.condition.identifier, "JC200103");
    }

    #[test]
    fn clause_lists_name_checks_that_are_there() {
        for (name, _, clauses) in BUILT_IN {
            let rows: Vec<&str> =
                clauses.lines().skip_while(|line| !line.starts_with("| ---")).skip(1).collect();
            assert!(rows.len() > 20, "{name}: {} clauses", rows.len());
            for row in rows {
                let enforced = row.trim_matches('|').rsplit('|').next().unwrap_or_default().trim();
                let codes: Vec<&str> = enforced.split(", ").filter(|word| word.starts_with('S')).collect();
                assert!(!codes.is_empty() || enforced.starts_with("not enforced: "), "{name}: {row}");
                for code in codes {
                    let known = crate::diagnostic::codes::general().any(|known| known.code.id() == code);
                    assert!(known, "{name}: no check is called {code}: {row}");
                }
            }
        }
    }

    #[test]
    fn a_wrong_value_is_named() {
        let (_, text, _) = BUILT_IN.iter().find(|(name, ..)| *name == DEFAULT).expect("built in");
        let wrong = text.replace("bleed = \"3mm\"", "bleed = \"3 ells\"");
        assert_ne!(*text, wrong);
        let error = Profile::parse("shop", &wrong).expect_err("3 ells is no length");
        assert!(error.message.starts_with("bleed"), "{error}");
        let unknown = format!("colour = 3\n{text}");
        assert!(Profile::parse("shop", &unknown).is_err(), "an unknown key must be refused");
        let ink = text.replace("ink-limit = 300", "ink-limit = 500");
        assert!(Profile::parse("shop", &ink).is_err());
    }
}
