//! What the codes about PDFs, press files and sheets mean: a part of the words of `sasshi explain`.
//!
//! In: nothing. Out: the table that `explanations` looks codes up in.

use crate::diagnostic::Code;

/// Code, Japanese, English.
pub static EXPLANATIONS: &[(Code, &str, &str)] = &[
    (
        Code::PressProfile,
        "印刷所の条件（プロファイル）がないか、読み取れません。",
        "A press profile is not there or cannot be read.",
    ),
    (
        Code::PressIcc,
        "印刷条件のICCプロファイルがないか、使えません。[press] の icc に場所を書きます。",
        "The ICC profile of the printing condition is missing; name it in [press].",
    ),
    (
        Code::PressColour,
        "印刷用に変換できない色、またはこのPDF/Xでは使えない表現があります。",
        "A colour cannot be converted for the press, or the level of PDF/X does not allow it.",
    ),
    (
        Code::PressBinding,
        "印刷プロファイルの指定（隠しノンブル、見開きの表紙）が、とじ方やページ数に合いません。",
        "The press profile asks for what this binding or number of pages cannot have: a hidden folio, a cover as spreads.",
    ),
    (
        Code::PlainDocket,
        "簡易の作業指示書（[press] の docket = \"plain\"）が作れません。この sasshi に組み込まれていないか、1ページに入りません。docket を外せば、ふつうの作業指示書になります。",
        "The plain docket (docket = \"plain\" in [press]) cannot be made: it is not built into this sasshi, or does not fit on its page. Without that key the usual docket is made.",
    ),
    (Code::PdfUnreadable, "PDFとして読めません。作り直してください。", "The file cannot be read as a PDF."),
    (
        Code::PdfEncrypted,
        "PDFに鍵がかかっています。印刷所は開けません。",
        "The PDF is encrypted; a shop cannot open it.",
    ),
    (Code::PdfVersion, "PDFの版が新しすぎます。", "The version of PDF is newer than the level allows."),
    (Code::PdfTooMuch, "中身が大きすぎるPDFです。", "The PDF unpacks to more than any press file does."),
    (
        Code::BoxMissing,
        "仕上がりや塗り足しの枠（TrimBox、BleedBox）がありません。",
        "A page has no TrimBox or BleedBox.",
    ),
    (Code::BoxNesting, "ページの枠の大小が逆になっています。", "The page boxes do not lie in one another."),
    (Code::PageSize, "大きさのちがうページがあります。", "A page has another size."),
    (Code::PageRotated, "回転や拡大の指定があるページです。", "A page is turned or scaled."),
    (Code::PageMultiple, "とじ方に合わないページ数です。", "The binding cannot use this number of pages."),
    (Code::PageBlank, "何もないページです。", "A page has nothing on it."),
    (Code::ColourForeign, "RGBなど、印刷のインキではない色です。", "A colour is not of the press."),
    (Code::ColourInk, "この仕事では刷らないインキの色です。", "An ink is used that the job does not print."),
    (Code::SpotColour, "特色は、この印刷所では使えません。", "The shop takes no spot colours."),
    (Code::ColourSpaceBroken, "色の定義がこわれています。", "The definition of a colour is broken."),
    (Code::InkLimit, "インキの合計が紙の限度をこえています。", "There is more ink than the paper takes."),
    (Code::ImageResolution, "画像の画素が足りません。", "An image has too few pixels for its size."),
    (Code::LineThin, "線が細すぎます（ヘアライン）。かすれるか、消えます。", "A line is too thin to print."),
    (Code::TextInInks, "小さな文字が何色ものインキで刷られます。", "Small text stands in several inks."),
    (
        Code::WhiteOverprint,
        "白がオーバープリントで、消えてしまいます。",
        "White is set to overprint and vanishes.",
    ),
    (Code::Overprint, "この印刷所では、オーバープリントを指定しません。", "The shop forbids overprint."),
    (Code::TransferFunction, "網点や濃度の指定が残っています。", "There is a transfer function or halftone."),
    (Code::PostScript, "PostScriptやOPIが残っています。", "There is PostScript or OPI."),
    (
        Code::BlendSpace,
        "透明の重なりを、印刷とちがう色空間で計算しています。",
        "Transparency is blended in another colour space than the press's.",
    ),
    (Code::Transparency, "この形式では、透明は使えません。", "The level allows no transparency."),
    (Code::FontNotEmbedded, "フォントが埋め込まれていません。", "A font is not embedded in the file."),
    (Code::PressGlyphMissing, "字形のない文字（□）があります。", "A missing character is set as a box."),
    (
        Code::IntentMissing,
        "出力条件（出力インテント）が1つではありません。",
        "There is not exactly one output intent.",
    ),
    (
        Code::IntentProfile,
        "出力条件のICCプロファイルが、印刷機のものではありません。",
        "The output intent's ICC profile is not one of a press.",
    ),
    (Code::MetadataMissing, "PDF/Xに必要な情報が足りません。", "Metadata that PDF/X asks for is missing."),
    (Code::MetadataDisagrees, "2か所にある情報が食いちがっています。", "XMP and Info contradict each other."),
    (Code::Trapped, "トラップ処理の有無が書かれていません。", "The file does not say whether it is trapped."),
    (Code::Annotation, "刷る面の上に注釈やリンクがあります。", "An annotation lies on the printed area."),
    (Code::Action, "動作やJavaScriptが入っています。", "There is an action or JavaScript."),
    (Code::Attachment, "ほかのファイルが添付されています。", "Another file is attached."),
    (Code::Layers, "表示が自動で変わるレイヤーがあります。", "Layers switch themselves."),
    (
        Code::SafeArea,
        "文字が紙の端に近すぎ、切れるおそれがあります。",
        "Text is too near to the edge of the trimmed page.",
    ),
    (
        Code::BleedShort,
        "端の絵が、塗り足しまで届いていません。",
        "Something at the edge does not reach the end of the bleed.",
    ),
    (Code::PressImageBroken, "画像のデータが読めません。", "The data of an image cannot be read."),
    (
        Code::ContentBroken,
        "ページの中身を最後まで読めません。",
        "The content of a page cannot be read to the end.",
    ),
    (Code::FileId, "ファイルの識別番号がありません。", "The trailer has no identifier."),
    (Code::FileNameAscii, "ファイル名に、英数字ではない文字があります。", "The file name is not ASCII."),
    (
        Code::InkUnmeasured,
        "インキの量を測れなかったところがあります。測れないものは、合格にしません。",
        "The ink of something could not be measured; what is not measured is not passed.",
    ),
    (
        Code::RegistrationColour,
        "仕上がりの中にレジストレーションカラー（すべての版に出る色）があります。トンボ専用の色です。",
        "Registration colour, which prints on every plate, stands inside the page: it is for marks only.",
    ),
    (
        Code::ColourProfiled,
        "ほかの印刷条件のプロファイルがついた色、または既定の色空間で置きかえられる色です。",
        "A colour comes with the profile of another press, or a default colour space replaces it.",
    ),
    (
        Code::StreamRecovered,
        "長さの書かれていない、または違っているデータを、たどって読みました。",
        "The length of a stream is missing or wrong; its data were recovered.",
    ),
    (
        Code::LineInInks,
        "細い線が、網点や何色ものインキの重ね刷りです。",
        "A thin line is in a tint or in several inks.",
    ),
    (
        Code::BlackKnockout,
        "色の上の墨文字が、下の色を抜いています。版がずれると白いふちが出ます。",
        "Black text knocks out of the colour below it: a white rim shows when the plates do not meet.",
    ),
    (
        Code::SpotColourTwice,
        "1つの特色に、2とおりの名前か色があります。",
        "A spot colour has two names, or two looks.",
    ),
    (Code::PdfDamaged, "PDFがこわれていて読めません。", "The PDF is damaged."),
    (Code::PdfLocked, "PDFにパスワードがかかっています。", "The PDF is locked with a password."),
    (Code::PdfMixedSizes, "ページの大きさがそろっていません。", "The pages are of different sizes."),
    (
        Code::ImposeUnfit,
        "ページが紙に入らないか、面付けの指定が合いません。",
        "The pages do not fit on the sheet, or the order contradicts itself.",
    ),
    (Code::PdfNotes, "面付けすると失われる記入欄や注釈があります。", "Form fields or notes would be lost."),
    (Code::PdfBoxes, "仕上がりの枠や塗り足しのないページがあります。", "Pages have no trim box or bleed."),
    (Code::PdfLinks, "リンクは、面付けした紙には残りません。", "Links do not come along to press sheets."),
    (
        Code::SheetsFail,
        "ページは検査に合格していますが、面付けした用紙が合格しません。縮小や塗り足しの指定を見直してください。",
        "The pages pass preflight, the sheets do not: look at what the order scales or cuts.",
    ),
    (
        Code::ImposeConditions,
        "ちがう印刷条件のPDFは、1枚の用紙に刷れません。",
        "PDFs for different printing conditions do not go on one sheet.",
    ),
    (
        Code::PdfLayers,
        "隠れたレイヤーが、面付けすると刷られてしまいます。",
        "Hidden layers would be printed on the sheets.",
    ),
    (
        Code::ImposeUnproved,
        "面付けした用紙を折って確かめると、もとのページの順や向きになりません。刷ればむだになるので、作りません。",
        "Folded by the simulator, the sheets do not read as the pages did: printed, they would be waste.",
    ),
];
