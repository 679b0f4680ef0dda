//! The rules that data is checked by, their names in `[checks]` of the manifest, and how strict each is.
//!
//! In: levels of the manifest. Out: [`Levels`], asked by `check` before a finding is kept.

/// How strict a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not checked.
    Off,
    /// Said; the record is printed.
    Warn,
    /// The record is set aside.
    Error,
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $variant:ident $field:ident $name:literal = $level:ident,)+) => {
        /// A rule of `check`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rule { $($(#[doc = $doc])+ $variant,)+ }

        impl Rule {
            /// Every rule with its name in the manifest and how strict it is when nothing is said.
            pub const ALL: &'static [(Rule, &'static str, Level)] =
                &[$((Rule::$variant, $name, Level::$level),)+];
        }

        /// `[checks]`: the rules with the levels that the manifest gives them.
        #[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct Levels {
            /// What happens to a publication of many records while one is set aside.
            #[serde(default)]
            pub incomplete: Incomplete,
            $($(#[doc = $doc])+ #[serde(default)] #[schemars(with = "Level")] pub $field: Option<Level>,)+
        }

        impl Levels {
            /// How strict `rule` is.
            #[must_use]
            pub fn of(&self, rule: Rule) -> Level {
                match rule { $(Rule::$variant => self.$field.unwrap_or(Level::$level),)+ }
            }
        }
    };
}

rules! {
    /// A cell that is printed, or that the schema asks for, is not empty.
    Required required "required" = Error,
    /// A cell is of the type of its column; a warning prints it as written.
    Type r#type "type" = Error,
    /// A value that must be the only one of its kind is.
    Unique unique "unique" = Error,
    /// A value is one of those that the schema allows.
    OneOf one_of "one-of" = Error,
    /// A value fits the schema's pattern.
    Pattern pattern "pattern" = Error,
    /// A value names a record of the directory that the schema refers to.
    RefersTo refers_to "refers-to" = Error,
    /// A ward that is named exists.
    WardUnknown ward_unknown "ward-unknown" = Error,
    /// Every ward is in every directory that must have it.
    WardMissing ward_missing "ward-missing" = Error,
    /// No row stands twice.
    DuplicateRow duplicate_row "duplicate-row" = Warn,
    /// No office stands twice under two spellings.
    DuplicateOffice duplicate_office "duplicate-office" = Warn,
    /// A phone's area code is that of its neighbours.
    PhoneArea phone_area "phone-area" = Warn,
    /// All that stands in a phone's cell is printed.
    UnprintedPart unprinted_part "unprinted-part" = Warn,
    /// An address on the web begins with http:// or https://.
    UrlScheme url_scheme "url-scheme" = Warn,
    /// Opening hours are understood.
    OpeningHours opening_hours "opening-hours" = Warn,
    /// No private-use character (外字), which other machines show as another or none.
    PrivateUse private_use "private-use" = Error,
    /// No invisible character that makes two equal names differ or turns text around.
    Invisible invisible "invisible" = Error,
    /// The edition is not older than its data.
    EditionDate edition_date "edition-date" = Warn,
}

/// What to do with a publication of many records when some are set aside.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Incomplete {
    /// It is not written.
    #[default]
    Error,
    /// It is written without them (screen and office editions).
    Warn,
}
