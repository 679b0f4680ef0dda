//! Editions (for whom a file is made) and readers (who reads it): the two axes of output.
//!
//! In: names from the manifest or the command line. Out: [`Edition`], [`Reader`], and the folder they write to.

/// For whom a file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// To be read on a screen: tagged (PDF/UA-1), live links, no bleed.
    Screen,
    /// For an office printer: no bleed, at least 5 mm of free margin.
    Office,
    /// The office edition, two pages on a side.
    Office2up,
    /// The office edition, four pages on a side.
    Office4up,
    /// The office edition as a booklet to fold: for a printer that prints both sides.
    OfficeBooklet,
    /// For a print shop.
    Press,
    /// Press sheets.
    Imposed,
}

impl Edition {
    /// Every edition with its name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("screen", Self::Screen),
        ("office", Self::Office),
        ("office-2up", Self::Office2up),
        ("office-4up", Self::Office4up),
        ("office-booklet", Self::OfficeBooklet),
        ("press", Self::Press),
        ("imposed", Self::Imposed),
    ];

    /// The edition called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, edition)| *edition)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, edition)| *edition == self).map_or("", |(name, _)| name)
    }

    /// The edition whose pages it is made of: itself, but for those that are imposed.
    #[must_use]
    pub fn pages(self) -> Self {
        match self {
            Self::Office2up | Self::Office4up | Self::OfficeBooklet => Self::Office,
            Self::Imposed => Self::Press,
            Self::Screen | Self::Office | Self::Press => self,
        }
    }
}

/// The inks of a reader's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Colours {
    /// Those of the palette.
    All,
    /// Black alone, on screens too.
    Black,
}

/// Who reads a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reader {
    /// Japanese.
    Ja,
    /// やさしい日本語.
    JaEasy,
    /// English.
    En,
    /// Black only.
    Mono,
}

impl Reader {
    /// Every reader with its name.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("ja", Self::Ja), ("ja-easy", Self::JaEasy), ("en", Self::En), ("mono", Self::Mono)];

    /// The reader called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, reader)| *reader)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, reader)| *reader == self).map_or("", |(name, _)| name)
    }

    /// Whether its files say in other words what those of the first reader say: in other language, or with readings.
    #[must_use]
    pub fn has_own_words(self) -> bool {
        match self {
            Self::Ja | Self::Mono => false,
            Self::JaEasy | Self::En => true,
        }
    }

    /// The ending of texts in its own words, before that of the kind of file: `05-question.en.md`.
    #[must_use]
    pub fn text_ending(self) -> Option<&'static str> {
        match self {
            Self::Ja | Self::Mono => None,
            Self::JaEasy => Some("easy"),
            Self::En => Some("en"),
        }
    }

    /// Where the text stands that says for this reader what the one at `path` says.
    #[must_use]
    pub fn text_path(self, path: &str) -> Option<String> {
        let (stem, kind) = path.rsplit_once('.')?;
        self.text_ending().map(|ending| format!("{stem}.{ending}.{kind}"))
    }

    /// The reader whose own words the text at `path` holds; none of a text for all.
    #[must_use]
    pub fn of_text(path: &str) -> Option<Self> {
        let (stem, _) = path.rsplit_once('.')?;
        let (_, ending) = stem.rsplit_once('.')?;
        Self::ALL.iter().map(|(_, reader)| *reader).find(|reader| reader.text_ending() == Some(ending))
    }

    /// Where the text stands that the one at `path` stands for: `05-question.md` of `05-question.en.md`; none of a text for all.
    #[must_use]
    pub fn main_path(path: &str) -> Option<String> {
        let ending = Self::of_text(path)?.text_ending()?;
        let (stem, kind) = path.rsplit_once('.')?;
        let main = stem.strip_suffix(ending)?.strip_suffix('.')?;
        Some(format!("{main}.{kind}"))
    }

    /// What its files are made of.
    #[must_use]
    pub fn colours(self) -> Colours {
        match self {
            Self::Ja | Self::JaEasy | Self::En => Colours::All,
            Self::Mono => Colours::Black,
        }
    }
}
