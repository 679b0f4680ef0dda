//! What a print shop must know of a job: plain facts, whatever sets them on paper.
//!
//! In: a press run, and the customer's order (`[press.NAME.job]`). Out: [`Docket`], for the layout `docket` and for the plain
//! docket alike.

use std::num::NonZeroU32;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the customer orders and no file can tell. What is empty is left free on the docket, to be filled by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct PrintOrder {
    /// How many copies of each file (部数).
    #[schemars(with = "u32")]
    pub copies: Option<NonZeroU32>,
    /// The paper, with the sheet that its weight is counted by: マットコート紙 四六判 90 kg. The press profile's, if empty.
    pub paper: String,
    /// How it is bound and finished, where the pages do not tell all: 中綴じ（針金2か所）.
    pub finishing: String,
    /// Which proofs are wanted (校正).
    pub proofs: String,
    /// When it is due (納期).
    pub due: String,
    /// Where it goes (納品先).
    pub deliver_to: String,
}

/// Which part of the docket a fact belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactGroup {
    /// 品物: what is ordered.
    Goods,
    /// 刷り・紙・製本: press, paper, finishing.
    Making,
    /// 色とデータの形式: inks and files.
    Data,
    /// 確認と納品: proofs and delivery.
    Delivery,
}

/// A line of the specification.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Where it stands.
    pub group: FactGroup,
    /// What it is: 用紙.
    pub label: String,
    /// The words; empty where there is a place to write them.
    pub words: String,
}

/// A press file.
#[derive(Debug, Clone, Serialize)]
pub struct PrintFile {
    /// Its name, without folder.
    pub name: String,
    /// Its pages.
    pub pages: usize,
    /// Its size.
    pub bytes: usize,
    /// Its checksum.
    pub sha256: String,
    /// How its first pages look, cut to the trim: SVG, which the engine takes from the data. None of files that are not shown.
    pub looks: Vec<String>,
    /// How much ink these pages take.
    pub inks: InkAmounts,
}

/// How much ink pages take; empty where that was not measured.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct InkAmounts {
    /// Each ink.
    pub coverage: Vec<InkCoverage>,
    /// By page, the sum of all inks at the place of the trimmed page that has most of them (総インキ量), in percent.
    pub heaviest: Vec<f64>,
}

/// How much of an ink pages take (面積率).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InkCoverage {
    /// The ink, as the file names it.
    pub ink: String,
    /// By page, the percentage of the trimmed area that full ink would cover.
    pub percent: Vec<f64>,
}

impl InkCoverage {
    /// The mean of all pages, in percent.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let count = u32::try_from(self.percent.len()).map_or(f64::MAX, f64::from);
        if self.percent.is_empty() { 0.0 } else { self.percent.iter().sum::<f64>() / count }
    }
}

/// A page on a side of a sheet, as shares of the sheet from its upper left corner.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct DocketCell {
    /// The page, from 1; none for a blank.
    pub page: Option<usize>,
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// How far it is turned to the left, in degrees.
    pub turn: u16,
}

/// A press sheet as a shop would lay it.
#[derive(Debug, Clone, Serialize)]
pub struct DocketSheet {
    /// The pages of its front.
    pub front: Vec<DocketCell>,
    /// The pages of its back; empty if there is none.
    pub back: Vec<DocketCell>,
}

/// How the pages may lie on sheets (面付けの例): the shop lays them itself.
#[derive(Debug, Clone, Serialize)]
pub struct DocketLayout {
    /// Scheme and sheet, in words.
    pub words: String,
    /// Width of a sheet over its height.
    pub aspect: f64,
    /// The sheets.
    pub sheets: Vec<DocketSheet>,
}

/// What the shop must know.
#[derive(Debug, Clone, Serialize)]
pub struct Docket {
    /// The publication.
    pub title: String,
    /// The project.
    pub project: String,
    /// The edition's date, as printed.
    pub date: String,
    /// What both sides call the job by.
    pub number: String,
    /// What the copy is not, if it is none of an office: the sample's notice.
    pub notice: String,
    /// The specification.
    pub facts: Vec<Fact>,
    /// How pages may lie on sheets, of bound work.
    pub layout: Option<DocketLayout>,
    /// The files.
    pub files: Vec<PrintFile>,
    /// Further lines.
    pub notes: Vec<String>,
    /// Whom to ask.
    pub contact: Vec<String>,
}
