//! `[imposition.NAME]`: how press sheets are made, resolved to an order.
//!
//! In: the table with the places of its values. Out: [`Order`], and findings for words that mean nothing.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::text::Text;
use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::imposition::{Creep, Order, Work};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::origin::Origin;
use crate::model::scheme::{Blanks, Scheme};
use crate::say;

/// `[imposition.NAME]`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ImpositionTable {
    /// The arrangement: saddle, perfect …
    #[serde(default)]
    #[schemars(with = "String")]
    pub scheme: Option<Text>,
    /// The sheet: sra3, kiku, 320x450mm …
    #[serde(default)]
    #[schemars(with = "String")]
    pub sheet: Option<Text>,
    /// The bound side, if not the layout's.
    #[serde(default)]
    #[schemars(with = "Binding")]
    pub bind: Option<Binding>,
    /// Thickness of the paper.
    #[serde(default)]
    #[schemars(with = "String")]
    pub paper: Option<Text>,
    /// What is done about creep: none, inner, outer, scale.
    #[serde(default)]
    #[schemars(with = "String")]
    pub creep: Option<Text>,
    /// How the sheet is worked: sheetwise, turn, tumble.
    #[serde(default)]
    #[schemars(with = "String")]
    pub work: Option<Text>,
    /// The edge that the press holds.
    #[serde(default)]
    #[schemars(with = "String")]
    pub gripper: Option<Text>,
    /// What is milled off at the spine.
    #[serde(default)]
    #[schemars(with = "String")]
    pub milling: Option<Text>,
    /// Where blanks go: "back", "end", numbers of pages; "few": smaller signatures hold the rest.
    #[serde(default)]
    #[schemars(with = "BlanksForm")]
    pub blanks: Option<Spanned<BlanksForm>>,
    /// Whether the cover is apart.
    #[serde(default)]
    pub cover: bool,
}

/// `blanks`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum BlanksForm {
    /// A word.
    Word(String),
    /// After these pages.
    After(Vec<usize>),
}

/// The scheme that a table names; ours if there is none of the name, which is then a finding.
fn scheme(
    text: &Text,
    place: &dyn Fn(&std::ops::Range<usize>) -> Origin,
    found: &mut Vec<Diagnostic>,
) -> Scheme {
    let given = text.get_ref();
    Scheme::named(given).unwrap_or_else(|| {
        let list = Scheme::names();
        let message = say!("面付けの種類「{given}」はありません。", "There is no scheme \"{given}\".");
        let hint =
            Suggestion::of(given, list.split(", ")).or(|| say!("使えるもの：{list}", "There are: {list}"));
        found.push(Diagnostic::error(Code::ManifestValue, message).at(place(&text.span())).hint(hint));
        Scheme::saddle()
    })
}

/// Resolves a table; values that mean nothing are said and left at their default.
pub(super) fn order(
    table: &ImpositionTable,
    binding: Binding,
    place: &dyn Fn(&std::ops::Range<usize>) -> Origin,
    found: &mut Vec<Diagnostic>,
) -> Order {
    let scheme = match &table.scheme {
        Some(text) => scheme(text, place, found),
        None => Scheme::saddle(),
    };
    let mut fault = |span: std::ops::Range<usize>, message: Say| {
        found.push(Diagnostic::error(Code::ManifestValue, message).at(place(&span)));
    };
    let mut order =
        Order { binding: table.bind.unwrap_or(binding), cover: table.cover, ..Order::new(scheme) };
    if let Some(text) = &table.sheet {
        match text.get_ref().parse() {
            Ok(sheet) => order.sheet = Some(sheet),
            Err(error) => fault(
                text.span(),
                say!(
                    "用紙は「sra3」のような名前か、「320x450mm」のように書きます。",
                    "Not a sheet: {error}."
                ),
            ),
        }
    }
    let lengths: [(&Option<Text>, &mut Length); 3] = [
        (&table.paper, &mut order.paper),
        (&table.gripper, &mut order.gripper),
        (&table.milling, &mut order.milling),
    ];
    for (text, length) in lengths {
        let Some(text) = text else { continue };
        match text.get_ref().parse::<Length>() {
            Ok(given) if given >= Length::ZERO => *length = given,
            _ => fault(
                text.span(),
                say!(
                    "「0.1mm」のように、単位のついた0以上の長さを書きます。",
                    "A length with its unit, such as \"0.1mm\", not below 0."
                ),
            ),
        }
    }
    words(table, &mut order, &mut fault);
    order
}

/// The values that are one of a few words.
fn words(table: &ImpositionTable, order: &mut Order, fault: &mut dyn FnMut(std::ops::Range<usize>, Say)) {
    let words = |list: &str| say!("次のどれかを書きます：{list}", "One of: {list}");
    if let Some(text) = &table.creep {
        match text.get_ref().as_str() {
            "none" => order.creep = Creep::None,
            "inner" => order.creep = Creep::Inner,
            "outer" => order.creep = Creep::Outer,
            "scale" => order.creep = Creep::Scale,
            _ => fault(text.span(), words("none, inner, outer, scale")),
        }
    }
    if let Some(text) = &table.work {
        match text.get_ref().as_str() {
            "sheetwise" => order.work = Work::Sheetwise,
            "turn" => order.work = Work::Turn,
            "tumble" => order.work = Work::Tumble,
            _ => fault(text.span(), words("sheetwise, turn, tumble")),
        }
    }
    if let Some(blanks) = &table.blanks {
        match blanks.get_ref() {
            BlanksForm::Word(word) if word == "back" => order.blanks = Blanks::BeforeBackCover,
            BlanksForm::Word(word) if word == "end" => order.blanks = Blanks::End,
            BlanksForm::Word(word) if word == "few" => order.blanks = Blanks::Few,
            BlanksForm::Word(_) => fault(blanks.span(), words("\"back\", \"end\", \"few\", [2, 6]")),
            BlanksForm::After(pages) => order.blanks = Blanks::After(pages.clone()),
        }
    }
}
