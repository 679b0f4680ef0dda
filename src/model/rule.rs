//! What the manifest can say of a rule that data is checked by: how strict it is, and its parameters.
//!
//! In: `[checks]`, as `project` reads it. Out: [`Levels`], asked by `check` before a rule looks and before a finding is kept.

use std::collections::BTreeMap;

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

/// A rule, as the manifest knows it.
#[derive(Debug)]
pub struct Rule {
    /// Its name in `[checks]`.
    pub name: &'static str,
    /// What holds where it is kept.
    pub words: &'static str,
    /// How strict it is when nothing is said.
    pub level: Level,
    /// What else can be said of it.
    pub parameters: &'static [&'static Parameter],
}

/// A whole number that a rule can be told.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in the table of the rule.
    pub name: &'static str,
    /// What it says.
    pub words: &'static str,
    /// Its value when nothing is said.
    pub usual: u32,
    /// The least value.
    pub least: u32,
}

/// `[checks]`: what the manifest says of the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// What happens to a publication of many records while one is set aside.
    pub incomplete: Incomplete,
    /// Levels by the name of the rule.
    pub given: BTreeMap<&'static str, Level>,
    /// Parameters by the name of the rule, and by their own.
    pub parameters: BTreeMap<&'static str, BTreeMap<&'static str, u32>>,
}

impl Levels {
    /// How strict `rule` is.
    #[must_use]
    pub fn of(&self, rule: &Rule) -> Level {
        self.given.get(rule.name).copied().unwrap_or(rule.level)
    }

    /// The value of `parameter` of `rule`.
    #[must_use]
    pub fn parameter(&self, rule: &Rule, parameter: &Parameter) -> u32 {
        let given = self.parameters.get(rule.name).and_then(|given| given.get(parameter.name));
        given.copied().unwrap_or(parameter.usual)
    }
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
