//! Codes of reading texts, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// The front matter of a text is not TOML.
    FrontMatter = "S1101" {
        ja: "文書の冒頭の設定（+++ の間）を読み取れません。",
        en: "The front matter at the head of a text cannot be read.",
    }
    /// A directive that is never closed.
    DirectiveUnclosed = "S1102" {
        ja: "「:::」で始めた囲みが閉じていません。終わりに「:::」だけの行を書きます。",
        en: "A block that opens with ::: is never closed; end it with a line of :::.",
    }
    /// A directive whose line cannot be read.
    DirectiveSyntax = "S1103" {
        ja: "「:::名前 {属性=\"値\"}」の行を読み取れません。",
        en: "The opening line of a block cannot be read; write :::name {key=\"value\"}.",
    }
    /// Ruby that cannot be read.
    RubySyntax = "S1104" {
        ja: "ルビ「{漢字|かんじ}」の書き方が正しくありません。",
        en: "Ruby cannot be read; write {漢字|かんじ}.",
    }
    /// Markup that sasshi does not set (raw HTML, for one).
    MarkupUnknown = "S1105" {
        ja: "sasshi が組めない書き方（HTMLなど）があります。",
        en: "There is markup that sasshi does not set, such as HTML.",
    }
    /// A footnote mark without its note.
    FootnoteMissing = "S1106" {
        ja: "注の番号はありますが、注の本文がありません。",
        en: "There is a footnote's mark, but no note.",
    }
    /// A footnote that nothing refers to, or two of one name.
    FootnoteUnused = "S1107" {
        ja: "脚注の本文はありますが、本文からの参照がありません（または同じ名前の脚注が2つあります）。そのままではどのページにも印刷されないので、エラーにしています。",
        en: "There is a note, but nothing refers to it (or there are two of one name). It would be on no page, so it is an error.",
    }
    /// Text that no page can hold: marks within marks, a paragraph of a megabyte.
    TextLimit = "S1108" {
        ja: "文書の入れ子・1つの段落の長さ・脚注の数・表の列が、紙に組める限度を超えています。",
        en: "Marks within marks, one paragraph, the number of notes or of a table's columns are beyond what can be set on pages.",
    }
    /// A link that leads nowhere, or words that are read as the target of one.
    LinkBroken = "S1109" {
        ja: "リンクの行き先がない、リンクに文がない、またはリンク先を決める行として読まれて印刷されない文があります。",
        en: "A link leads nowhere or has no words, or a line is read as the target of a link and would not be printed.",
    }
    /// A row of the table of readings that is none.
    ReadingsTable = "S1110" {
        ja: "よみの表（sasshi.toml の [project] readings）に、表記かよみのない行、またはよみがかなでない行があります。1行は「社会福祉協議会,しゃかいふくしきょうぎかい,Shakai Fukushi Kyogikai」の形で、ローマ字は空でも構いません。",
        en: "A row of the table of readings ([project] readings in sasshi.toml) has no word or no reading, or a reading that is not in kana. A row is 社会福祉協議会,しゃかいふくしきょうぎかい,Shakai Fukushi Kyogikai; the last cell may be empty.",
    }
    /// Kanji without a reading in files of やさしい日本語.
    ReadingMissing = "S1111" {
        ja: "「やさしい日本語」のファイルでは、すべての漢字にふりがなを付けます。よみを機械で推測すると人の名前や地名を誤るので、推測はしません。文書のルビ、名簿のよみの列、よみの表のどれにもない言葉を知らせます。「sasshi proofread --missing-readings ファイル」で、書き込む表を作れます。",
        en: "In files of easy Japanese all kanji have kana above them. Readings are never guessed, since names of people and places would be wrong: a word that no ruby, no column of readings and no row of the table gives is told. `sasshi proofread --missing-readings FILE` writes a table to fill in.",
    }
    /// Cells without English in English files.
    EnglishMissing = "S1112" {
        ja: "英語のファイルに印刷する名称や住所の、英語（またはローマ字にするよみ）がありません。事実を作ることはできないので、日本語のまま印刷します。英語の列を加えるか、よみの表に加えます。",
        en: "Names or addresses that English files print have neither English nor a reading for Latin letters. Facts are not invented: they are printed in Japanese. Add a column in English, or the words to the table of readings.",
    }
    /// A text that is not there in a reader's own words.
    ReaderText = "S1113" {
        ja: "読み手のための文書（章の名前.en.md、章の名前.easy.md、または「:::easy」の囲み）がありません。もとの文書のまま印刷します。",
        en: "A text is not there in the words of a reader (NAME.en.md, NAME.easy.md, or blocks :::easy); it is printed as it is.",
    }
    /// Markup where none is read.
    MarkupPrinted = "S1114" {
        ja: "題や属性、sasshi.toml の値の中に、本文の記号（「**文**」や「{漢字|かんじ}」など）があります。そこでは記号は働かず、そのまま印刷されてしまうので、エラーにしています。",
        en: "There is markup of the text (**words**, {漢字|かんじ}) in a title, an attribute or a value of sasshi.toml. It is not read there and would be printed with its signs, so it is an error.",
    }
    /// Markup of other writing programs, which is printed as it stands.
    MarkupForeign = "S1115" {
        ja: "ほかのソフトの記号（「~~文~~」「｜漢字《かんじ》」など）があります。sasshi では働かず、記号ごと印刷されます。",
        en: "There is markup of other programs (~~words~~, ｜漢字《かんじ》), which is printed with its signs.",
    }
    /// A picture without words for it.
    AltMissing = "S1116" {
        ja: "画像に説明（読み上げ用の文）がありません。画面用のPDFは、目で見ない人にも何の絵か分かるように作るので、説明のない画像は組めません。",
        en: "A picture has no words for it. A screen edition says what each picture shows to those who do not see it, so none can be set without.",
    }
    /// A note within a note.
    FootnoteNested = "S1117" {
        ja: "脚注の中に、ほかの脚注の番号があります。注の中の注は組めないので、そのままでは失われます。",
        en: "A footnote refers to another one. Notes within notes are not set, so the inner one would be lost.",
    }
}
