//! Codes of press conversion, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// A press profile that is not there, or cannot be read.
    PressProfile = "S5001" {
        ja: "印刷所の条件（プロファイル）がないか、読み取れません。",
        en: "A press profile is not there or cannot be read.",
    }
    /// The ICC profile of a printing condition that is missing or cannot be used.
    PressIcc = "S5002" {
        ja: "印刷条件のICCプロファイルがないか、使えません。[press] の icc に場所を書きます。",
        en: "The ICC profile of the printing condition is missing; name it in [press].",
    }
    /// A colour that cannot be converted for the press, or that the level of PDF/X does not allow.
    PressColour = "S5003" {
        ja: "入稿データに変換できない色、またはこのPDF/Xでは使えない表現があります。",
        en: "A colour cannot be converted for the press, or the level of PDF/X does not allow it.",
    }
    /// A press profile asks for what the binding or the number of pages does not allow.
    PressBinding = "S5004" {
        ja: "印刷プロファイルの指定（隠しノンブル、見開きの表紙）が、とじ方やページ数に合いません。",
        en: "The press profile asks for what this binding or number of pages cannot have: a hidden folio, a cover as spreads.",
    }
    /// The plain docket is not built into this sasshi, or does not fit on its page.
    PlainDocket = "S5005" {
        ja: "簡易の作業指示書（[press] の docket = \"plain\"）が作れません。この sasshi に組み込まれていないか、1ページに入りません。docket を外せば、ふつうの作業指示書になります。",
        en: "The plain docket (docket = \"plain\" in [press]) cannot be made: it is not built into this sasshi, or does not fit on its page. Without that key the usual docket is made.",
    }
}
