//! Codes of checks of directories and texts, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// A column that a layout needs is not there.
    ColumnMissing = "S2001" {
        ja: "レイアウトが印刷する列が名簿にありません。見出しの名前が違うだけのこともあります。",
        en: "A column that a layout prints is not in the directory; perhaps only its header differs.",
    }
    /// Two records of the master list with one key.
    KeyTwice = "S2008" {
        ja: "もとになる一覧に同じ区（町内会、学校など）が2回あります。ほかの名簿がどちらに結びつくか決められません。",
        en: "The master list has one ward twice; it is unclear which the others join to.",
    }
    /// A directive that the layout does not know.
    DirectiveUnknown = "S2101" {
        ja: "このレイアウトにない囲み（:::名前）です。",
        en: "The layout does not know this block.",
    }
    /// An attribute that the directive does not take, or one that it needs.
    DirectiveAttribute = "S2102" {
        ja: "囲みの属性の名前が違うか、必要な属性がありません。",
        en: "A block has an attribute it does not take, or lacks one.",
    }
    /// An image that is not there, or lies outside the project.
    ImageMissing = "S2103" {
        ja: "画像がないか、プロジェクトのフォルダーの外にあるか、途中で切れています。",
        en: "An image is not there, lies outside the project, or is cut off.",
    }
    /// A cross reference to nothing.
    ReferenceBroken = "S2104" {
        ja: "参照（#名前）の先がありません。",
        en: "A cross reference leads nowhere.",
    }
    /// Two headings or directives with one id.
    IdTwice = "S2105" {
        ja: "同じ #名前 が2回あり、参照の先を決められません。",
        en: "One id stands twice, so references to it are unclear.",
    }
    /// A text that names a template its layout does not have.
    PartUnknown = "S2106" {
        ja: "文書の冒頭の設定 template や part に書いた名前が、レイアウトや sasshi.toml にありません。",
        en: "A text names a page template that the layout does not have.",
    }
    /// An entry of front matter, or an attribute of a heading, that no layout reads.
    TextKeyUnread = "S2107" {
        ja: "冒頭の設定（+++ の間）か、見出しの「{…}」に、どのレイアウトも読まない項目があります。つづりの誤りで黙って無視されることがないように、エラーにしています。",
        en: "The front matter, or the {…} of a heading, has a key that no layout reads. It is an error so that a misspelt one is never silently ignored.",
    }
    /// A directive that lacks what its layout makes of it, or stands where it cannot be set.
    DirectiveContent = "S2108" {
        ja: "囲みの中に、レイアウトが使うもの（題になる段落、箇条書きなど）がないか、囲みを置けない所（箇条書き・引用・注の中）にあります。",
        en: "A directive lacks what its layout makes of it (a paragraph for its title, a list), or it stands where it cannot be set (in a list, a quotation, a note).",
    }
    /// A word that chooses rows of a directory, and that is not on the other side.
    DivisionUnknown = "S2109" {
        ja: "名簿の区分と、それを選ぶ言葉（文書の「:::directory {kind=\"…\"}」、名簿の題）が合いません。そのままでは、行がどこにも載らないか、ほかの種類の窓口として載ります。",
        en: "The division of a row and the word that chooses it (:::directory {kind=\"…\"} in a text, the title of a list) are not the same. The row would be on no page, or under another kind.",
    }
    /// An image with more pixels than pages can show.
    ImageLarge = "S2110" {
        ja: "画像の画素が多すぎます。4,000万画素（A4いっぱいで600 dpi）を超えると、時間とメモリーがかかり、PDFも重くなります。1億画素を超えるものは組みません。",
        en: "An image has too many pixels. Above 40 megapixels (all of an A4 page at 600 dpi) it takes time and memory and makes large files; above 100 it is not set.",
    }
    /// A table that breaks a rule of machine readability.
    TableRule = "S2201" {
        ja: "表が、機械可読性ルール（デジタル庁、2026年3月31日）の1つを守っていません。L1・L2・L3 はルールの段階です。「sasshi data ファイル --rules」だけが調べ、印刷には関係しません。",
        en: "A table breaks a rule of machine readability (Digital Agency of Japan, 2026-03-31); L1 to L3 are its levels. Only `sasshi data FILE --rules` judges by them; printing does not depend on it.",
    }
}
