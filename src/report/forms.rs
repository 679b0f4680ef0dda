//! The forms of messages, as a table: each form is a file beside this one and a line of [`FORMS`].
//!
//! In: a name. Out: the form that `--message-format` knows by it.

use super::form::MessageForm;
use super::{github, json, sarif, terminal};

/// Every form, in the order of the help.
pub static FORMS: &[&MessageForm] = &[&terminal::FORM, &json::FORM, &github::FORM, &sarif::FORM];

/// The form called `name`.
#[must_use]
pub fn named(name: &str) -> Option<&'static MessageForm> {
    FORMS.iter().copied().find(|form| form.name == name)
}
