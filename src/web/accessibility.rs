//! What the statement on accessibility says: the success criteria of JIS X 8341-3:2016 (those of WCAG 2.0, A and AA), and how each
//! was tested in this build.
//!
//! In: `accessibility.json`, which the tests in a browser write, and compare with what they find. Out: the results by criterion.
//! What no test looked at is said to be so.

use std::collections::BTreeMap;

use serde::Deserialize;

const RESULTS: &str = include_str!("accessibility.json");

/// What the tests in a browser found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessibilityResults {
    /// The version of axe-core.
    pub axe: String,
    /// The day of the run.
    pub day: String,
    /// The pages that were looked at.
    pub pages: Vec<String>,
    /// Breaches that were found.
    pub violations: usize,
    /// By criterion, on how many pages axe-core found it met where it could judge.
    pub criteria: BTreeMap<String, usize>,
}

/// How a criterion was tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CriterionTest {
    /// By axe-core, on so many pages; without a breach.
    Axe(usize),
    /// By a flow of the tests in a browser.
    Flow,
    /// The pages hold nothing that it is about.
    Absent,
    /// By nobody yet.
    Untested,
}

/// A success criterion.
#[derive(Debug)]
pub struct Criterion {
    /// Its number.
    pub number: &'static str,
    /// Its level.
    pub level: &'static str,
    /// Its name in the standard.
    pub ja: &'static str,
    /// Its name in WCAG.
    pub en: &'static str,
}

/// Criteria that flows of the tests look at: all by the keyboard; what is wrong is told, how to mend it is offered, and any step
/// can be taken back.
const BY_FLOWS: &[&str] = &["2.1.1", "3.3.1", "3.3.3", "3.3.4"];
/// Criteria about sound, film and flashes, of which there are none.
const ABSENT: &[&str] = &["1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2", "2.2.2", "2.3.1"];

const fn criterion(
    number: &'static str,
    level: &'static str,
    ja: &'static str,
    en: &'static str,
) -> Criterion {
    Criterion { number, level, ja, en }
}

/// The criteria in the order of the standard.
pub const CRITERIA: &[Criterion] = &[
    criterion("1.1.1", "A", "非テキストコンテンツ", "Non-text Content"),
    criterion("1.2.1", "A", "音声だけ及び映像だけ（収録済み）", "Audio-only and Video-only"),
    criterion("1.2.2", "A", "キャプション（収録済み）", "Captions (Prerecorded)"),
    criterion("1.2.3", "A", "音声解説又は代替コンテンツ（収録済み）", "Audio Description or Alternative"),
    criterion("1.2.4", "AA", "キャプション（ライブ）", "Captions (Live)"),
    criterion("1.2.5", "AA", "音声解説（収録済み）", "Audio Description"),
    criterion("1.3.1", "A", "情報及び関係性", "Info and Relationships"),
    criterion("1.3.2", "A", "意味のある順序", "Meaningful Sequence"),
    criterion("1.3.3", "A", "感覚的な特徴", "Sensory Characteristics"),
    criterion("1.4.1", "A", "色の使用", "Use of Color"),
    criterion("1.4.2", "A", "音声の制御", "Audio Control"),
    criterion("1.4.3", "AA", "コントラスト（最低限レベル）", "Contrast (Minimum)"),
    criterion("1.4.4", "AA", "テキストのサイズ変更", "Resize text"),
    criterion("1.4.5", "AA", "文字画像", "Images of Text"),
    criterion("2.1.1", "A", "キーボード", "Keyboard"),
    criterion("2.1.2", "A", "キーボードトラップなし", "No Keyboard Trap"),
    criterion("2.2.1", "A", "タイミング調整可能", "Timing Adjustable"),
    criterion("2.2.2", "A", "一時停止、停止及び非表示", "Pause, Stop, Hide"),
    criterion("2.3.1", "A", "3回のせん（閃）光、又はいき（閾）値以下", "Three Flashes or Below Threshold"),
    criterion("2.4.1", "A", "ブロックスキップ", "Bypass Blocks"),
    criterion("2.4.2", "A", "ページタイトル", "Page Titled"),
    criterion("2.4.3", "A", "フォーカス順序", "Focus Order"),
    criterion("2.4.4", "A", "リンクの目的（コンテキスト内）", "Link Purpose (In Context)"),
    criterion("2.4.5", "AA", "複数の手段", "Multiple Ways"),
    criterion("2.4.6", "AA", "見出し及びラベル", "Headings and Labels"),
    criterion("2.4.7", "AA", "フォーカスの可視化", "Focus Visible"),
    criterion("3.1.1", "A", "ページの言語", "Language of Page"),
    criterion("3.1.2", "AA", "一部分の言語", "Language of Parts"),
    criterion("3.2.1", "A", "フォーカス時", "On Focus"),
    criterion("3.2.2", "A", "入力時", "On Input"),
    criterion("3.2.3", "AA", "一貫したナビゲーション", "Consistent Navigation"),
    criterion("3.2.4", "AA", "一貫した識別性", "Consistent Identification"),
    criterion("3.3.1", "A", "エラーの特定", "Error Identification"),
    criterion("3.3.2", "A", "ラベル又は説明", "Labels or Instructions"),
    criterion("3.3.3", "AA", "エラー修正の提案", "Error Suggestion"),
    criterion(
        "3.3.4",
        "AA",
        "エラー回避（法的、金融及びデータ）",
        "Error Prevention (Legal, Financial, Data)",
    ),
    criterion("4.1.1", "A", "構文解析", "Parsing"),
    criterion("4.1.2", "A", "名前（name）、役割（role）及び値（value）", "Name, Role, Value"),
];

/// What the pages of the tests are called in Japanese.
const PAGES: &[(&str, &str)] = &[
    ("start", "はじめのページ"),
    ("start in English", "はじめのページ（英語）"),
    ("unit", "区の表"),
    ("unit with a check", "区の表（確かめるところがあるとき）"),
    ("unit with a fault", "区の表（直すところがあるとき）"),
    ("unit while a file is made", "区の表（ファイルを作っているとき）"),
    ("unit in the queue", "区の表（順番を待つとき）"),
    ("unit without a connection", "区の表（つながっていないとき）"),
    ("unit without rows", "区の表（まだ窓口がないとき）"),
    ("unit with a deadline", "区の表（しめきりがあるとき）"),
    ("conflict", "同じ欄を2人が直したとき"),
    ("received", "送ったファイルの点検"),
    ("handed in", "提出したあと"),
    ("coordinator", "市の担当"),
    ("coordinator with a deadline", "市の担当（しめきりと受理のあと）"),
    ("taking back", "受理の取り消し"),
    ("preview", "ページの下見"),
    ("help", "使い方"),
    ("accessibility", "アクセシビリティについて"),
    ("enter", "パスコード"),
    ("nowhere", "ないページ"),
    ("too many requests", "短い間にたくさん送られたとき"),
];

impl AccessibilityResults {
    /// The results of this build.
    ///
    /// # Panics
    /// Never: a test reads them.
    #[must_use]
    pub fn of_this_build() -> Self {
        serde_json::from_str(RESULTS).expect("the results are in the program, and a test reads them")
    }

    /// How a criterion was tested.
    #[must_use]
    pub fn test(&self, criterion: &Criterion) -> CriterionTest {
        let number = criterion.number;
        match self.criteria.get(number) {
            _ if ABSENT.contains(&number) => CriterionTest::Absent,
            Some(pages) => CriterionTest::Axe(*pages),
            None if BY_FLOWS.contains(&number) => CriterionTest::Flow,
            None => CriterionTest::Untested,
        }
    }

    /// The pages as people call them.
    #[must_use]
    pub fn pages_ja(&self) -> Vec<&str> {
        let name = |page: &String| PAGES.iter().find(|(known, _)| known == page).map(|(_, name)| *name);
        self.pages.iter().map(|page| name(page).unwrap_or(page)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_are_those_of_known_pages_and_criteria() {
        let results = AccessibilityResults::of_this_build();
        assert_eq!(results.violations, 0, "a build with breaches says so, and is not shipped");
        assert!(results.pages.len() > 10);
        for page in &results.pages {
            assert!(PAGES.iter().any(|(known, _)| known == page), "{page} has a Japanese name");
        }
        assert_eq!(CRITERIA.len(), 38, "A and AA of WCAG 2.0");
        assert!(CRITERIA.windows(2).all(|pair| pair[0].number < pair[1].number));
        let contrast = CRITERIA.iter().find(|one| one.number == "1.4.3").expect("there");
        assert!(matches!(results.test(contrast), CriterionTest::Axe(pages) if pages > 10));
        let sound = CRITERIA.iter().find(|one| one.number == "1.4.2").expect("there");
        assert_eq!(results.test(sound), CriterionTest::Absent);
    }
}
