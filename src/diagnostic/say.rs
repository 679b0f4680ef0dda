//! A sentence in the two languages of the messages.
//!
//! In: both versions, by the macro `say!`. Out: [`Say`].

/// A sentence in both languages of the messages. Written side by side so that neither is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Say {
    /// Japanese, as a ward clerk would read it.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Say {
    /// Builds a sentence from its two versions.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// Builds a [`Say`] from two format strings with inline arguments.
#[macro_export]
macro_rules! say {
    ($ja:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        $crate::diagnostic::Say::new(format!($ja $(, $argument)*), format!($en $(, $argument)*))
    };
}

/// The language of messages (not of the documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 日本語.
    #[default]
    Japanese,
    /// English.
    English,
}
