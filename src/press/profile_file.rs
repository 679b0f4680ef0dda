//! Press profiles from TOML: the built-in files of `src/press/profiles/`, or a project's `layouts/press/NAME.toml`.
//!
//! In: a name and a text. Out: [`Profile`]. The `.md` beside each built-in file lists the clauses it stands for and the check
//! that enforces each.

use serde::Deserialize;

use super::profile::{
    BlackOverprint, Condition, Cover, DEFAULT, FOGRA39L, FOGRA39L_NAME, Icc, Intent, Marks, PdfxLevel,
    Profile, ProfileInks, Resolution, ShopFolio,
};
use super::profile_fault::{ProfileError, ProfileFault};
use crate::diagnostic::Say;
use crate::model::length::Length;
use crate::model::sheet::Size;
use crate::project::words::Words;

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
        let raw: Raw = toml::from_str(text).map_err(|error| ProfileError {
            fault: ProfileFault::Toml(Words::of(error.message())),
            span: error.span(),
        })?;
        raw.resolve(name).map_err(|fault| ProfileError { fault, span: None })
    }
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
    fn resolve(self, name: &str) -> Result<Profile, ProfileFault> {
        let length = |key: &'static str, text: &str| {
            let read = text.parse::<Length>().map_err(|_| ProfileFault::Length(key, text.to_owned()))?;
            if read < Length::default() {
                return Err(ProfileFault::Negative(key, text.to_owned()));
            }
            Ok(read)
        };
        if !(1.0..=400.0).contains(&self.ink_limit) {
            return Err(ProfileFault::InkLimit);
        }
        if !(0.0..=10_000.0).contains(&self.ink_area) {
            return Err(ProfileFault::InkArea);
        }
        if self.page_multiple == 0 {
            return Err(ProfileFault::PageMultiple);
        }
        let icc = match self.condition.icc.as_str() {
            FOGRA39L_NAME => Icc::BuiltIn(FOGRA39L),
            "from-user" => Icc::FromUser,
            other if other.starts_with("built-in:") => {
                return Err(ProfileFault::UnknownIcc(other.to_owned()));
            }
            path => Icc::Path(path.to_owned()),
        };
        let trims = self
            .trims
            .iter()
            .map(|[width, height]| {
                Ok(Size { width: length("trims", width)?, height: length("trims", height)? })
            })
            .collect::<Result<_, ProfileFault>>()?;
        Ok(Profile {
            name: name.to_owned(),
            title: Say::new(self.title.ja, self.title.en),
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
        assert_eq!(error.fault, ProfileFault::Length("bleed", "3 ells".to_owned()));
        let unknown = format!("colour = 3\n{text}");
        assert!(Profile::parse("shop", &unknown).is_err(), "an unknown key must be refused");
        let ink = text.replace("ink-limit = 300", "ink-limit = 500");
        assert!(Profile::parse("shop", &ink).is_err());
    }
}
