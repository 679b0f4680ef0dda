//! Codes of preflight, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// A PDF that cannot be read.
    PdfUnreadable = "S5101" {
        ja: "PDFとして読めません。作り直してください。",
        en: "The file cannot be read as a PDF.",
    }
    /// A PDF that is encrypted.
    PdfEncrypted = "S5102" {
        ja: "PDFに鍵がかかっています。印刷所は開けません。",
        en: "The PDF is encrypted; a shop cannot open it.",
    }
    /// A version of PDF that the level does not allow.
    PdfVersion = "S5103" {
        ja: "PDFの版が新しすぎます。",
        en: "The version of PDF is newer than the level allows.",
    }
    /// A PDF that unpacks to more than any press file does.
    PdfTooMuch = "S5104" {
        ja: "中身が大きすぎるPDFです。",
        en: "The PDF unpacks to more than any press file does.",
    }
    /// A page without `TrimBox` or `BleedBox`.
    BoxMissing = "S5105" {
        ja: "仕上がりや塗り足しの枠（TrimBox、BleedBox）がありません。",
        en: "A page has no TrimBox or BleedBox.",
    }
    /// Page boxes that do not lie in one another.
    BoxNesting = "S5106" {
        ja: "ページの枠の大小が逆になっています。",
        en: "The page boxes do not lie in one another.",
    }
    /// A page of another size.
    PageSize = "S5107" {
        ja: "大きさのちがうページがあります。",
        en: "A page has another size.",
    }
    /// A page that is turned or scaled.
    PageRotated = "S5108" {
        ja: "回転や拡大の指定があるページです。",
        en: "A page is turned or scaled.",
    }
    /// A number of pages that the binding cannot use.
    PageMultiple = "S5109" {
        ja: "とじ方に合わないページ数です。",
        en: "The binding cannot use this number of pages.",
    }
    /// A page without anything on it.
    PageBlank = "S5110" {
        ja: "何もないページです。",
        en: "A page has nothing on it.",
    }
    /// A colour that is not of the press: RGB, Lab, profiled gray.
    ColourForeign = "S5111" {
        ja: "RGBなど、印刷のインキではない色です。",
        en: "A colour is not of the press.",
    }
    /// A process ink that the job does not print.
    ColourInk = "S5112" {
        ja: "この仕事では刷らないインキの色です。",
        en: "An ink is used that the job does not print.",
    }
    /// A spot colour where none is taken.
    SpotColour = "S5113" {
        ja: "特色は、この印刷所では使えません。",
        en: "The shop takes no spot colours.",
    }
    /// A spot colour or colour space whose definition is broken.
    ColourSpaceBroken = "S5114" {
        ja: "色の定義がこわれています。",
        en: "The definition of a colour is broken.",
    }
    /// More ink on a spot than the paper takes.
    InkLimit = "S5115" {
        ja: "インキの合計が紙の限度をこえています。",
        en: "There is more ink than the paper takes.",
    }
    /// An image with too few pixels for its size.
    ImageResolution = "S5116" {
        ja: "画像の画素が足りません。",
        en: "An image has too few pixels for its size.",
    }
    /// A line too thin to print.
    LineThin = "S5117" {
        ja: "線が細すぎます（ヘアライン）。かすれるか、消えます。",
        en: "A line is too thin to print.",
    }
    /// Small text in several inks.
    TextInInks = "S5118" {
        ja: "小さな文字が何色ものインキで刷られます。",
        en: "Small text stands in several inks.",
    }
    /// White that is set to overprint, and so vanishes.
    WhiteOverprint = "S5119" {
        ja: "白がオーバープリントで、消えてしまいます。",
        en: "White is set to overprint and vanishes.",
    }
    /// Overprint where the shop forbids it.
    Overprint = "S5120" {
        ja: "この印刷所では、オーバープリントを指定しません。",
        en: "The shop forbids overprint.",
    }
    /// A transfer function or halftone in the file.
    TransferFunction = "S5121" {
        ja: "網点や濃度の指定が残っています。",
        en: "There is a transfer function or halftone.",
    }
    /// `PostScript` or OPI in the file.
    PostScript = "S5122" {
        ja: "PostScriptやOPIが残っています。",
        en: "There is PostScript or OPI.",
    }
    /// Transparency that is blended in another colour space than the press's.
    BlendSpace = "S5123" {
        ja: "透明の重なりを、印刷とちがう色空間で計算しています。",
        en: "Transparency is blended in another colour space than the press's.",
    }
    /// Transparency where the level allows none.
    Transparency = "S5124" {
        ja: "この形式では、透明は使えません。",
        en: "The level allows no transparency.",
    }
    /// A font that is not in the file.
    FontNotEmbedded = "S5125" {
        ja: "フォントが埋め込まれていません。",
        en: "A font is not embedded in the file.",
    }
    /// Text set with the box for a missing character.
    PressGlyphMissing = "S5126" {
        ja: "字形のない文字（□）があります。",
        en: "A missing character is set as a box.",
    }
    /// No output intent for PDF/X, or more than one.
    IntentMissing = "S5127" {
        ja: "出力条件（出力インテント）が1つではありません。",
        en: "There is not exactly one output intent.",
    }
    /// An output intent whose ICC profile is not one of a CMYK press.
    IntentProfile = "S5128" {
        ja: "出力条件のICCプロファイルが、印刷機のものではありません。",
        en: "The output intent's ICC profile is not one of a press.",
    }
    /// Metadata (XMP, Info) that PDF/X asks for and that is missing.
    MetadataMissing = "S5129" {
        ja: "PDF/Xに必要な情報が足りません。",
        en: "Metadata that PDF/X asks for is missing.",
    }
    /// XMP and Info that contradict each other.
    MetadataDisagrees = "S5130" {
        ja: "2か所にある情報が食いちがっています。",
        en: "XMP and Info contradict each other.",
    }
    /// Neither trapped nor said not to be.
    Trapped = "S5131" {
        ja: "トラップ処理の有無が書かれていません。",
        en: "The file does not say whether it is trapped.",
    }
    /// An annotation on the printed area.
    Annotation = "S5132" {
        ja: "刷る面の上に注釈やリンクがあります。",
        en: "An annotation lies on the printed area.",
    }
    /// An action or `JavaScript`.
    Action = "S5133" {
        ja: "動作やJavaScriptが入っています。",
        en: "There is an action or JavaScript.",
    }
    /// A file within the file.
    Attachment = "S5134" {
        ja: "ほかのファイルが添付されています。",
        en: "Another file is attached.",
    }
    /// Layers that switch themselves.
    Layers = "S5135" {
        ja: "表示が自動で変わるレイヤーがあります。",
        en: "Layers switch themselves.",
    }
    /// Text too near to the edge of the trimmed page.
    SafeArea = "S5136" {
        ja: "文字が紙の端に近すぎ、切れるおそれがあります。",
        en: "Text is too near to the edge of the trimmed page.",
    }
    /// Something at the edge of the page that does not reach the end of the bleed.
    BleedShort = "S5137" {
        ja: "端の絵が、塗り足しまで届いていません。",
        en: "Something at the edge does not reach the end of the bleed.",
    }
    /// An image whose data cannot be read.
    PressImageBroken = "S5138" {
        ja: "画像のデータが読めません。",
        en: "The data of an image cannot be read.",
    }
    /// A page whose content cannot be read to the end.
    ContentBroken = "S5139" {
        ja: "ページの中身を最後まで読めません。",
        en: "The content of a page cannot be read to the end.",
    }
    /// A PDF without the identifier in its trailer.
    FileId = "S5140" {
        ja: "ファイルの識別番号がありません。",
        en: "The trailer has no identifier.",
    }
    /// A file name that is not ASCII.
    FileNameAscii = "S5141" {
        ja: "ファイル名に、英数字ではない文字があります。",
        en: "The file name is not ASCII.",
    }
    /// Ink whose amount could not be measured.
    InkUnmeasured = "S5142" {
        ja: "インキの量を測れなかったところがあります。測れないものは、合格にしません。",
        en: "The ink of something could not be measured; what is not measured is not passed.",
    }
    /// Registration colour inside the trimmed page.
    RegistrationColour = "S5143" {
        ja: "仕上がりの中にレジストレーションカラー（すべての版に出る色）があります。トンボ専用の色です。",
        en: "Registration colour, which prints on every plate, stands inside the page: it is for marks only.",
    }
    /// A thin line in a tint or in several inks.
    LineInInks = "S5144" {
        ja: "細い線が、網点や何色ものインキの重ね刷りです。",
        en: "A thin line is in a tint or in several inks.",
    }
    /// A colour that comes with a profile of another press, or that a default space replaces.
    ColourProfiled = "S5145" {
        ja: "ほかの印刷条件のプロファイルがついた色、または既定の色空間で置きかえられる色です。",
        en: "A colour comes with the profile of another press, or a default colour space replaces it.",
    }
    /// A stream whose length is missing or wrong, and that was recovered.
    StreamRecovered = "S5146" {
        ja: "長さの書かれていない、または違っているデータを、たどって読みました。",
        en: "The length of a stream is missing or wrong; its data were recovered.",
    }
    /// Black text that knocks out of colour where it is to overprint.
    BlackKnockout = "S5147" {
        ja: "色の上の墨文字が、下の色を抜いています。版がずれると白いふちが出ます。",
        en: "Black text knocks out of the colour below it: a white rim shows when the plates do not meet.",
    }
    /// A spot colour with two names or two looks.
    SpotColourTwice = "S5148" {
        ja: "1つの特色に、2とおりの名前か色があります。",
        en: "A spot colour has two names, or two looks.",
    }
}
