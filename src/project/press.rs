//! `[press.NAME]` of the manifest: which print shop a publication goes to.
//!
//! In: the tables as typed. Out: [`PressPlan`]s by publication. The profile itself is read by `press`.

use std::collections::BTreeMap;

use super::manifest::{PressTable, Text};
use super::{Placed, Project, PublicationPlan, Resolver};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::say;

/// The name of the table for publications without one of their own.
const DEFAULT: &str = "default";

/// Where a publication is printed.
#[derive(Debug, Clone)]
pub struct PressPlan {
    /// Name of the press profile.
    pub profile: Placed,
    /// Path of the ICC profile, if one is given.
    pub icc: Option<Placed>,
    /// Further lines for the docket.
    pub notes: Vec<String>,
    /// Whom the shop asks.
    pub contact: Vec<String>,
}

impl Project {
    /// The print shop of `publication`, if the manifest names one.
    #[must_use]
    pub fn press_plan(&self, publication: &str) -> Option<&PressPlan> {
        self.press.get(publication).or_else(|| self.press.get(DEFAULT))
    }
}

impl Resolver<'_> {
    pub(super) fn press(
        &mut self,
        tables: BTreeMap<Text, PressTable>,
        publications: &[PublicationPlan],
    ) -> BTreeMap<String, PressPlan> {
        let mut plans = BTreeMap::new();
        for (name, table) in tables {
            let key = name.get_ref().clone();
            let known = || publications.iter().map(|plan| plan.name.value.as_str());
            if key != DEFAULT && !known().any(|known| known == key) {
                let mut diagnostic = Diagnostic::error(
                    Code::ManifestReference,
                    say!(
                        "[press.{key}] に当たる出版物がありません。",
                        "[press.{key}] stands for no publication."
                    ),
                )
                .at(self.origin(&name));
                diagnostic = match nearest(&key, known().chain([DEFAULT])) {
                    Some(like) => {
                        diagnostic.hint(say!("もしかして「{like}」ですか。", "Did you mean \"{like}\"?"))
                    }
                    None => diagnostic.hint(say!(
                        "すべての出版物に使うときは [press.default] と書きます。",
                        "[press.default] is for all publications."
                    )),
                };
                self.diagnostics.push(diagnostic);
                continue;
            }
            let plan = PressPlan {
                profile: self.placed(&table.profile),
                icc: table.icc.as_ref().map(|path| self.placed(path)),
                notes: table.notes,
                contact: table.contact,
            };
            plans.insert(key, plan);
        }
        plans
    }
}
