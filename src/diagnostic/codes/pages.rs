//! Codes of merging and typesetting, and of the law of conservation, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// Two outputs with one file name.
    FileNameTwice = "S3001" {
        ja: "2つの出力が同じファイル名になります。どちらも書きません。",
        en: "Two outputs would have one file name; neither is written.",
    }
    /// A file name pattern that cannot be filled.
    FileNamePattern = "S3002" {
        ja: "ファイル名の型（{code} など）を埋められません。",
        en: "The pattern of file names cannot be filled.",
    }
    /// `--only` names a ward that is not there.
    OnlyUnknown = "S3004" {
        ja: "--only で指定した区（町内会など）がないか、いくつもの名前に当てはまります。",
        en: "--only names a ward or other unit that is not there, or fits several names.",
    }
    /// Typst found a fault in a template.
    Template = "S4001" {
        ja: "レイアウトのひな形（layouts/ の .typ）に誤りがあり、そのファイルは作れません。原稿や名簿の誤りではありません。メッセージの行を直します。書き方は Typst の説明（typst.app/docs）に、使える値と関数は layouts/shared/README.md にあります。組み込みのレイアウトに戻すには、プロジェクトの layouts/ から、そのファイルを外します。",
        en: "A template of the layout (a .typ under layouts/) has a fault, so its files cannot be made; texts and lists are not to blame. Mend the line that the message names: the language is Typst's (typst.app/docs), the values and functions are in layouts/shared/README.md. To go back to a built-in layout, take the file out of the project's layouts/.",
    }
    /// A character that no font of the layout has.
    GlyphMissing = "S4002" {
        ja: "レイアウトのどの書体にもない文字です。印刷では□になるので止めています。異体字の指定（葛󠄀 のような見えない文字）は、書体がその字形を持たないと別の字形になるので、やはり止めています。字を替えるか、その字のある書体を layouts/fonts に置きます。画像（SVG）の中の文字も調べます。",
        en: "No font of the layout has the character; it would print as a box.",
    }
    /// Text that leaves its box.
    Overfull = "S4003" {
        ja: "文字が枠に入りません。枠の大きさと、いちばん小さい字で何字入るかをメッセージに書いています。正式な名称や住所は短くせず、名簿に「略称」の列を加えるか、枠の広いレイアウトや設定を選んでください。",
        en: "Text does not fit its box; shorten it or change the layout's options.",
    }
    /// A sheet that runs to a second page.
    SecondPage = "S4004" {
        ja: "1枚に収まるはずのシートが2ページになりました。窓口の数が多いか、名称・住所が長いためです。1枚に載せる名簿を減らすか、「略称」の列を加えるか、一覧（directory-list）を使ってください。",
        en: "A sheet runs to a second page.",
    }
    /// Not the number of pages that the manifest promises.
    PageCount = "S4005" {
        ja: "ページ数が、設定の pages と違います。",
        en: "The number of pages is not what the manifest promises.",
    }
    /// An image that Typst cannot read.
    ImageBroken = "S4006" {
        ja: "画像を読み取れません。開けるか確かめ、保存し直してください。",
        en: "An image cannot be read; open it and save it again.",
    }
    /// A heading that skips a level.
    HeadingSkipped = "S4007" {
        ja: "見出しの段が飛んでいます。画面用のPDF（PDF/UA）は見出しの段を1つずつたどれなければならないので、飛んだままでは作れません。",
        en: "A level of headings is skipped. A screen edition (PDF/UA) must have them in steps of one, and is not made otherwise.",
    }
    /// A job that took more pages, time or memory than it may.
    LimitBroken = "S4008" {
        ja: "組版が、決めたページ数・時間・メモリの限りを超えたので、そのファイルだけを止め、ほかのファイルは作りました。レイアウトの繰り返しが終わらないか、名簿や文書がとても大きいときに起こります。大きくて正しいものなら、sasshi.toml の [limits] で pages、seconds、memory-mib を大きくしてください（初めは 20000ページ、600秒、4096 MiB）。1つのレイアウトで3件が止まると、そのレイアウトの残りは試しません。",
        en: "Setting a file took more pages, time or memory than it may. That file was stopped, the others were made. A layout that repeats something without end does this, or a very large list or text. If it is as it should be, raise pages, seconds or memory-mib of [limits] in sasshi.toml (20000 pages, 600 s, 4096 MiB if nothing is said). After three such files of one layout its others are not tried.",
    }
    /// A text that a layout's template cannot set.
    TextUnfit = "S4009" {
        ja: "ページのひな形が、この原稿を組めません。ひな形が要るもの（囲み、最初の段落、題、画像の説明など）が足りないか、書き方が違います。示した行を直すか、ほかのひな形にしてください。",
        en: "The page's template cannot set this text: something that it needs (a directive, a first paragraph, a title, words for a picture) is missing or written otherwise. Mend the line that is named, or choose another template.",
    }
    /// Words of the user that are on no page.
    Unprinted = "S7001" {
        ja: "書いたものが、どのページにも印刷されていません。ページのひな形に置く場所がないか、枠に入らず落ちています。黙って消えることがないように、エラーにしています。ひな形を替える、場所を移す、または削ってください。わざと載せないものは、レイアウトの layout.toml の [leaves-out]（理由つき）か [controls] に書きます。",
        en: "Words that were written are on no page: the page's template has no place for them, or they were dropped. It is an error so that nothing is lost in silence. Choose another template, move the words, or delete them. What a layout leaves out on purpose is named, with the reason, under [leaves-out] or [controls] in its layout.toml.",
    }
    /// A column or directory that is on no page of a publication.
    ColumnUnprinted = "S7002" {
        ja: "名簿のこの列（または名簿全体）は、その刊行物のどのページにも印刷されません。載せるつもりの列でなければ、そのままで構いません。",
        en: "This column of a directory, or the whole directory, is on no page of the publication. If it was not meant to be printed, leave it.",
    }
    /// A picture of the text that is on no page.
    PictureUnprinted = "S7003" {
        ja: "原稿にある画像が、どのページにも印刷されていません。ページのひな形に置く場所がないか、画像がページの外にあります。",
        en: "A picture of the text is on no page: the page's template has no place for it, or it lies outside of the page.",
    }
    /// Characters of the pages that cannot be read out of the finished file.
    FileText = "S7004" {
        ja: "組版したページの文字が、できあがったPDFから読み取れません。入稿データへの変換や面付けで文字が失われた疑いがあります。sasshi の誤りなので、そのファイルは使わないでください。",
        en: "Characters of the typeset pages cannot be read out of the finished PDF: they may have been lost when it was made ready for the press or laid on sheets. It is a fault of sasshi; do not use the file.",
    }
    /// Words on a page that neither the sources nor the layout say.
    WordsForeign = "S7005" {
        ja: "ページに、原稿にも名簿にもひな形の言葉にもない文字があります。セルの値を印刷した所なら、ひな形が値を変えています（エラー）。ほかの所なら、ひな形が計算して作った文字かもしれません（注意）。ページ番号や件数は、これに当たりません。",
        en: "A page shows words that neither the sources nor the layout say. Where a cell is printed the template changes it (an error); elsewhere the template may have made them (a warning). Numbers of pages and counts are not meant.",
    }
    /// A QR code on a page that stands for nothing of the data.
    CodeForeign = "S7006" {
        ja: "ページのQRコードが、名簿のどの値のものでもないか、その値が同じページに印刷されていません。スマートフォンで読むと、紙に書いてあるのとは違う番号につながります。ひな形は、渡されたQRコードをそのまま、番号のそばに描きます。",
        en: "A QR code on a page is that of no value of the data, or its value is not on that page: who scans it gets another number than the paper says. A template draws the codes that it is handed, beside their numbers.",
    }
    /// Sheets that do not hold the pages as they are.
    SheetContent = "S7007" {
        ja: "面付けした用紙に、入稿データのページがそのままの形で入っていません。sasshi の誤りなので、そのファイルは使わないでください。",
        en: "The sheets do not hold the pages of the press file as they are. It is a fault of sasshi; do not use the file.",
    }
    /// A text that no publication shows.
    TextUnshown = "S7008" {
        ja: "この文書は、使っているどの刊行物にも載りません。レイアウトが載せないと決めている囲み（講師用の「:::trainer」など）か、どの刊行物も読まないファイルです。載せる刊行物を sasshi.toml に加えるか、文書のほうを直してください。",
        en: "This text is in none of the publications that use it: their layouts leave such a block out (:::trainer, for one), or no publication reads the file. Add a publication that shows it to sasshi.toml, or change the text.",
    }
}
