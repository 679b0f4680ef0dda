//! The code of a kind of finding, its definition, and the macro that writes a table of them.
//!
//! In: an id, a name and what `sasshi explain` says. Out: [`Code`] and [`CodeDefinition`].

use std::fmt;

/// The stable code of a kind of finding: an S and four digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Code([u8; 5]);

impl Code {
    /// The code of the printed form `id`.
    ///
    /// # Panics
    /// When `id` is of another form: codes are constants, so that such a one does not compile.
    #[must_use]
    pub const fn new(id: &str) -> Self {
        let &[b'S', a, b, c, d] = id.as_bytes() else { panic!("a code is an S and four digits") };
        assert!(a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit() && d.is_ascii_digit());
        Self([b'S', a, b, c, d])
    }

    /// The printed form, such as `S1004`.
    #[must_use]
    pub fn id(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether it is about pages that were set.
    #[must_use]
    pub fn is_of_pages(&self) -> bool {
        self.0[1] == b'4'
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// A code with what it means, why it matters and how to mend it.
#[derive(Debug)]
pub struct CodeDefinition {
    /// The code.
    pub code: Code,
    /// A name for programs.
    pub name: &'static str,
    /// What `sasshi explain` says in Japanese.
    pub ja: &'static str,
    /// What it says in English.
    pub en: &'static str,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal { ja: $ja:literal, en: $en:literal, })+) => {
        #[expect(non_upper_case_globals, reason = "a code is named as the variants of an enum are")]
        impl $crate::diagnostic::Code {
            $($(#[doc = $doc])+ pub const $name: Self = Self::new($id);)+
        }

        pub(super) static CODES: &[$crate::diagnostic::codes::CodeDefinition] = &[$(
            $crate::diagnostic::codes::CodeDefinition { code: $crate::diagnostic::Code::$name, name: stringify!($name), ja: $ja, en: $en },
        )+];
    };
}
pub(crate) use codes;
