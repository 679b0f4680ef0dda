//! `[press.NAME]` of the manifest: which print shop a publication goes to.
//!
//! In: the tables as typed. Out: [`PressPlan`]s by publication. The profile itself is read by `press`.

use std::collections::BTreeMap;

use super::manifest::PressTable;
use super::plan::PublicationPlan;
use super::resolver::Resolver;
use super::text::{Placed, Text};
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::docket::PrintOrder;
use crate::say;

/// The name of the table for publications without one of their own.
pub(super) const DEFAULT: &str = "default";

/// The words of `docket`.
const DOCKETS: [&str; 2] = ["layout", "plain"];

/// What sets the docket.
#[derive(Debug, Clone)]
pub enum DocketForm {
    /// The layout `docket`.
    Layout,
    /// genpdf, on one page of short lines; where that is asked for.
    #[cfg(feature = "genpdf-docket")]
    Plain(crate::model::origin::Origin),
}

/// Where a publication is printed.
#[derive(Debug, Clone)]
pub struct PressPlan {
    /// Name of the press profile.
    pub profile: Placed,
    /// Path of the ICC profile, if one is given.
    pub icc: Option<Placed>,
    /// What sets the docket.
    pub docket: DocketForm,
    /// Further lines for the docket.
    pub notes: Vec<String>,
    /// Whom the shop asks.
    pub contact: Vec<String>,
    /// What is ordered.
    pub job: PrintOrder,
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
                let diagnostic = Diagnostic::error(
                    Code::ManifestReference,
                    say!(
                        "[press.{key}] に当たる刊行物がありません。",
                        "[press.{key}] stands for no publication."
                    ),
                )
                .at(self.origin(&name));
                let diagnostic = diagnostic.hint(Suggestion::of(&key, known().chain([DEFAULT])).or(|| {
                    say!(
                        "すべての刊行物に使うときは [press.default] と書きます。",
                        "[press.default] is for all publications."
                    )
                }));
                self.diagnostics.push(diagnostic);
                continue;
            }
            let plan = PressPlan {
                profile: self.placed(&table.profile),
                icc: table.icc.as_ref().map(|path| self.placed(path)),
                docket: self.docket(table.docket.as_ref()),
                notes: table.notes,
                contact: table.contact,
                job: table.job,
            };
            plans.insert(key, plan);
        }
        plans
    }

    fn docket(&mut self, word: Option<&Text>) -> DocketForm {
        let Some(word) = word else { return DocketForm::Layout };
        let given = word.get_ref().as_str();
        if given == DOCKETS[1] {
            return self.plain_docket(word);
        }
        if given != DOCKETS[0] {
            let list = DOCKETS.join(", ");
            let diagnostic = Diagnostic::error(
                Code::ManifestValue,
                say!("作業指示書の作り方「{given}」はありません。", "There is no docket \"{given}\"."),
            );
            let diagnostic = diagnostic
                .hint(Suggestion::of(given, DOCKETS).or(|| say!("使えるもの：{list}", "There are: {list}")));
            self.diagnostics.push(diagnostic.at(self.origin(word)));
        }
        DocketForm::Layout
    }

    #[cfg(feature = "genpdf-docket")]
    fn plain_docket(&mut self, word: &Text) -> DocketForm {
        DocketForm::Plain(self.origin(word))
    }

    #[cfg(not(feature = "genpdf-docket"))]
    fn plain_docket(&mut self, word: &Text) -> DocketForm {
        let diagnostic = Diagnostic::error(
            Code::PlainDocket,
            say!(
                "この sasshi には、簡易の作業指示書（docket = \"plain\"）が組み込まれていません。",
                "The plain docket (docket = \"plain\") is not built into this sasshi."
            ),
        );
        let diagnostic = diagnostic.hint(say!(
            "docket の行を消すか、「cargo install --features genpdf-docket」で入れた sasshi を使ってください。",
            "Take the line away, or use a sasshi that was built with --features genpdf-docket."
        ));
        self.diagnostics.push(diagnostic.at(self.origin(word)));
        DocketForm::Layout
    }
}
