//! Why a press profile cannot be read.
//!
//! In: what `profile_file` comes upon. Out: [`ProfileError`], with its words in both languages.

use super::profile::FOGRA39L_NAME;
use crate::diagnostic::Say;
use crate::project::words::Words;
use crate::say;

/// A profile that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .fault.say().en)]
pub struct ProfileError {
    /// What is wrong.
    pub fault: ProfileFault,
    /// The bytes of the file that it is about, when known.
    pub span: Option<std::ops::Range<usize>>,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileFault {
    /// It is no TOML of this form.
    Toml(Words),
    /// The text of a key is no length.
    Length(&'static str, String),
    /// A length is less than nothing.
    Negative(&'static str, String),
    /// A sum of inks that is none.
    InkLimit,
    /// An area that is none.
    InkArea,
    /// A multiple of nothing.
    PageMultiple,
    /// An ICC profile that does not come with sasshi.
    UnknownIcc(String),
}

impl ProfileFault {
    /// The fault in both languages.
    #[must_use]
    pub fn say(&self) -> Say {
        match self {
            Self::Toml(words) => words.message.clone(),
            Self::Length(key, text) => say!(
                "{key} の「{text}」は長さではありません。\"3mm\" \"1.5cm\" \"9pt\" のように、数と単位で書きます。",
                "{key} \"{text}\": a length is a number and a unit, such as \"3mm\", \"1.5cm\" or \"9pt\"."
            ),
            Self::Negative(key, text) => {
                say!("{key} の「{text}」は0より小さい長さです。", "{key} \"{text}\": less than nothing.")
            }
            Self::InkLimit => say!(
                "ink-limit は、インキの合計（%）を1から400までで書きます。",
                "ink-limit: a sum of inks between 1 and 400."
            ),
            Self::InkArea => say!(
                "ink-area は、0から10000平方ミリメートルまでで書きます。",
                "ink-area: between 0 and 10000 square millimetres."
            ),
            Self::PageMultiple => {
                say!("page-multiple は、1以上で書きます。", "page-multiple: 1 or more.")
            }
            Self::UnknownIcc(name) => say!(
                "condition.icc の「{name}」はありません。組み込みのものは {FOGRA39L_NAME} だけです。",
                "condition.icc \"{name}\": the only one is {FOGRA39L_NAME}."
            ),
        }
    }

    /// What to do, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<Say> {
        match self {
            Self::Toml(words) => words.hint.clone(),
            _ => None,
        }
    }
}
