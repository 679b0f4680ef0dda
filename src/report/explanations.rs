//! What each code means, why it matters and how to mend it: the words of `sasshi explain`.
//!
//! In: a [`Code`]. Out: its explanation in both languages. A test fails if a code has none.

use crate::diagnostic::{Code, Language};

/// Code, Japanese, English.
static EXPLANATIONS: &[(Code, &str, &str)] = &[
    (
        Code::ManifestSyntax,
        "設定ファイル sasshi.toml の書き方（TOML）が正しくありません。示された行の「\"」「[ ]」「=」の対応を見直してください。直るまで何も作れません。",
        "sasshi.toml is not TOML. Look at the quotes, brackets and equals signs of the line shown; nothing is made until it is mended.",
    ),
    (
        Code::ManifestUnknownKey,
        "sasshi.toml に、知らない項目があります。つづりの誤りで設定が黙って無視されることがないように、エラーにしています。",
        "sasshi.toml has a key that does not exist. It is an error so that a misspelt setting is never silently ignored.",
    ),
    (
        Code::ManifestValue,
        "sasshi.toml の値の種類が違います（日付に文字、数に文字など）。または、必要な項目がありません。",
        "A value in sasshi.toml has the wrong type, or one that is needed is missing.",
    ),
    (
        Code::ManifestReference,
        "名前で指定したもの（レイアウト、名簿、スキーマなど）が見つかりません。つづりと、それを定義している場所を確かめてください。",
        "A name (layout, directory, schema …) leads nowhere. Check its spelling and where it is defined.",
    ),
    (
        Code::ManifestTwice,
        "同じ名前が2回あります。出版物の名前は出力フォルダーの名前になるので、別々にしてください。",
        "One name stands twice. A publication's name is its folder, so each needs its own.",
    ),
    (
        Code::NotYet,
        "この版の sasshi ではまだ作れないものが指定されています。",
        "Something is asked for that this version does not make yet.",
    ),
    (
        Code::LayoutBroken,
        "レイアウトの layout.toml を読み取れません。自分で置いたレイアウトなら直し、組み込みのものなら layouts/ の同じ名前のファイルを外してください。",
        "A layout.toml cannot be read. Mend it if it is yours; remove the file in layouts/ that shadows a built-in one.",
    ),
    (
        Code::SchemaBroken,
        "schemas/ のスキーマのファイルを読み取れません。「sasshi schema facility」で見本を表示できます。",
        "A schema file in schemas/ cannot be read. `sasshi schema facility` prints one to go by.",
    ),
    (
        Code::SourceMissing,
        "指定されたファイルかフォルダーがありません。名前・場所・大文字と小文字を確かめてください。",
        "A file or folder that is named is not there. Check name, place and case.",
    ),
    (
        Code::SourceUnreadable,
        "ファイルを開けません。別のソフトで開いたままになっていないか、読む権限があるかを確かめてください。",
        "A file cannot be opened. See whether another program holds it, and whether you may read it.",
    ),
    (
        Code::Encoding,
        "文字コードとして正しくないバイトがあるか、2つの文字コードが混ざっています。「？」や「�」で印刷してしまわないように止めています。正しい文字コードで保存し直してください。",
        "There are bytes that are not valid in the encoding, or two encodings are mixed. It stops here rather than print a replacement character; save the file again.",
    ),
    (
        Code::TableEmpty,
        "名簿に中身の行がありません。1行目が見出し、2行目からが中身です。",
        "A directory has no records. The first row is the header, the records follow.",
    ),
    (
        Code::RowRagged,
        "セルの数が見出しと違う行があります。文の中の「,」が区切りとして読まれていることが多いので、そのセルを「\"」で囲みます。終わりのセルがないだけの行は、空のセルがあるとみて読みます。",
        "A row has another number of cells than the header, mostly because of a comma inside a cell: put that cell in quotation marks. A row that only lacks its last cells is read as if they were empty.",
    ),
    (
        Code::HeaderTwice,
        "同じ見出しの列が2つあり、どちらを使うか決められません。",
        "Two columns have one header, and it is unclear which is meant.",
    ),
    (
        Code::ControlCharacter,
        "目に見えない制御文字が入っています。ほかのシステムから写したときに混ざります。セルを書き直してください。",
        "There is an invisible control character, mostly from copying out of another system. Type the cell again.",
    ),
    (
        Code::QuoteUnclosed,
        "「\"」で始まったセルが閉じていません。その行だけを読まず、次の行からは普通に読みます。",
        "A cell that opens with a quotation mark is never closed. Only that row is left out.",
    ),
    (
        Code::QuoteStray,
        "「\"」で閉じたセルのあとにまだ文字があるか、セルの途中で「\"」が開いています。セルの中の「\"」は「\"\"」と2つ書き、全体を「\"」で囲みます。",
        "Characters follow after the quotation mark that closes a cell, or one opens in its middle. Within a cell it is doubled, and the cell stands in quotation marks as a whole.",
    ),
    (
        Code::HeaderUnnamed,
        "見出しのない列に中身があります。どこにも印刷されないので、使う列なら見出しを書いてください。",
        "A column without a header holds cells; they are printed nowhere. Give it a header if it is to be used.",
    ),
    (
        Code::HeaderMissing,
        "header-row で指定した行に見出しがありません。表計算ソフトの行番号で書いてください。",
        "The row that header-row names holds no header. It is counted as a spreadsheet counts.",
    ),
    (
        Code::RowsSkipped,
        "表の上の題名、下の注、合計、まとまりの題、くり返しの見出しとみた行は読みません。上と下は header-row と skip-below で決めると、この注意は出ません。",
        "Rows taken for titles, notes, totals or repeated headers are not read; header-row and skip-below settle those above and below.",
    ),
    (
        Code::WorkbookBroken,
        "Excelなどのファイルを開けません。こわれている、パスワードがある、大きすぎる、または別の種類のファイルです。",
        "A workbook is broken, locked with a password, too large, or no workbook at all.",
    ),
    (
        Code::SheetMissing,
        "sasshi.toml の sheet に書いたシートがありません。",
        "The sheet that the manifest names is not in the workbook.",
    ),
    (
        Code::SheetSkipped,
        "読まなかったシートがあります。読むのは1枚だけで、ほかのシートは sheet で選びます。",
        "Sheets were not read: one sheet is read, and the manifest may name another.",
    ),
    (
        Code::FormulaEmpty,
        "計算式の結果が保存されていません。表計算ソフトで開いて保存し直すと、結果が入ります。",
        "The result of a formula is not stored; open the file in a spreadsheet and save it again.",
    ),
    (
        Code::CellError,
        "セルが #REF! などのエラーになっています。計算式を直すか、値を書いてください。",
        "A cell shows an error such as #REF!. Mend the formula, or write the value.",
    ),
    (
        Code::ZeroLost,
        "数値として保存された番号から、先頭の0が消えています。セルの書式を「文字列」にして書き直してください。",
        "A number that stands for digits lost its leading zero. Format the cell as text and type it again.",
    ),
    (
        Code::SourcesConflict,
        "2つのファイルに同じ窓口があり、中身が違います。どちらも使わないので、正しいほうにそろえてください。",
        "Two files hold the same record with different values; neither is used until they agree.",
    ),
    (
        Code::RowCorrected,
        "訂正のファイル（corrections）の行で、元の行を置きかえました。",
        "A row of the corrections took the place of the row with its key.",
    ),
    (
        Code::RowsMerged,
        "2つのファイルに同じ行があります。中身が同じなので1つにまとめました。",
        "Two files hold the same rows, cell by cell; each is taken once.",
    ),
    (
        Code::FileSkipped,
        "名簿のフォルダーに、名簿かもしれないのに読まない種類のファイルがあります。Excelブック（.xlsx）か CSV で保存し直すか、ほかの場所に移してください。",
        "A folder of lists holds a file of a kind that is not read, though it may be a list. Save it as XLSX or CSV, or move it elsewhere.",
    ),
    (
        Code::FormatUnknown,
        "セルの表示形式を読み取れないので、保存されている値のまま読みました。表示どおりに印刷するなら、文字列として打ち直してください。",
        "A number format is not understood, so the stored values were read; to print what is shown, type it as text.",
    ),
    (
        Code::HiddenRead,
        "隠れている行や列も、ほかと同じように読みました。使わないものなら消してください。",
        "Hidden rows and columns were read like others; delete what is not to be used.",
    ),
    (
        Code::StruckOut,
        "取り消し線の引かれた文字も、そのまま読みました。消すつもりの文字なら、消してください。",
        "Letters that are struck out were read as they are; delete them if they are meant to go.",
    ),
    (
        Code::LinkUsed,
        "セルの表示（「こちら」など）と、その裏のリンク先が違います。アドレスの列では、表示がアドレスでなければリンク先を読みます。",
        "What a cell shows and the address behind it differ; where a column is for addresses and the cell shows none, the one behind is read.",
    ),
    (
        Code::Ditto,
        "「同上」「〃」のセルは、上の行の値で読みました。行を並べかえると変わるので、それぞれに値を書くと確かです。",
        "Cells that say \"as above\" were read as the cell above; write the value into each, and sorting rows changes nothing.",
    ),
    (
        Code::FrontMatter,
        "文章の先頭の設定（+++ で囲んだ部分）を読み取れません。",
        "The front matter at the head of a text cannot be read.",
    ),
    (
        Code::DirectiveUnclosed,
        "「:::」で始めた囲みが閉じていません。終わりに「:::」だけの行を書きます。",
        "A block that opens with ::: is never closed; end it with a line of :::.",
    ),
    (
        Code::DirectiveSyntax,
        "「:::名前 {属性=\"値\"}」の行を読み取れません。",
        "The opening line of a block cannot be read; write :::name {key=\"value\"}.",
    ),
    (
        Code::RubySyntax,
        "ルビ「{漢字|かんじ}」の書き方が正しくありません。",
        "Ruby cannot be read; write {漢字|かんじ}.",
    ),
    (
        Code::MarkupUnknown,
        "sasshi が組めない書き方（HTMLなど）があります。",
        "There is markup that sasshi does not set, such as HTML.",
    ),
    (
        Code::FootnoteMissing,
        "注の番号はありますが、注の本文がありません。",
        "There is a footnote's mark, but no note.",
    ),
    (
        Code::ColumnMissing,
        "レイアウトが印刷する列が名簿にありません。見出しの名前が違うだけのこともあります。",
        "A column that a layout prints is not in the directory; perhaps only its header differs.",
    ),
    (
        Code::Required,
        "印刷するセルが空です。空欄のまま印刷しないように、その記録を使うものは作りません。空でよい列なら、名簿の optional に書きます。（規則名 required）",
        "A cell that is printed is empty, so nothing that uses the record is made. List the column in `optional` if it may be empty. (rule: required)",
    ),
    (
        Code::WardUnknown,
        "区の一覧にない区の名前です。「ヶ」と「ケ」などの違いもここで見つかります。（規則名 ward-unknown）",
        "A ward is not in the master list; small differences such as ヶ and ケ are found here. (rule: ward-unknown)",
    ),
    (
        Code::WardMissing,
        "すべての区がそろうはずの名簿に、行のない区があります。そろわなくてよいなら every-ward = false と書きます。（規則名 ward-missing）",
        "A ward has no row in a directory that must have all. Say every-ward = false if it need not. (rule: ward-missing)",
    ),
    (
        Code::Phone,
        "電話番号として正しくありません。けた数・市外局番・番号の種類を、総務省の番号計画に照らして調べています。推測で直すことはしません。（規則名 type）",
        "It is no phone number of the Japanese numbering plan: digits, area code or kind are wrong. sasshi never guesses one. (rule: type)",
    ),
    (
        Code::MunicipalityCode,
        "全国地方公共団体コードの形か検査数字が違います。6けた目は前の5けたから計算で決まります。（規則名 type）",
        "A municipality code has the wrong form or check digit. (rule: type)",
    ),
    (
        Code::CellTooLong,
        "1つのセルが長すぎて、紙のどこにも入りません。行の区切りが壊れていることもあります。（規則名 type）",
        "A cell is too long for any place on paper; perhaps the rows ran together. (rule: type)",
    ),
    (
        Code::Address,
        "住所の欄に、日付・時刻・数字だけが入っています。表計算ソフトが番地を日付に変えたときに起こります。（規則名 type）",
        "A date, a time or a number stands in the place of an address; spreadsheets make dates of house numbers. (rule: type)",
    ),
    (
        Code::KeyTwice,
        "区の一覧に同じ区が2回あります。ほかの名簿がどちらに結びつくか決められません。",
        "The master list has one ward twice; it is unclear which the others join to.",
    ),
    (
        Code::PostalCode,
        "郵便番号は数字7けたです。（規則名 type）",
        "A postal code has seven digits. (rule: type)",
    ),
    (
        Code::Url,
        "ホームページのアドレスの形ではありません。1つのセルに1つだけ書きます。（規則名 type）",
        "It is no address on the web; one cell holds one. (rule: type)",
    ),
    (
        Code::Email,
        "メールアドレスの形ではありません。（規則名 type）",
        "It is no e-mail address. (rule: type)",
    ),
    (
        Code::Date,
        "日付として読み取れないか、ない日です。元号の日付は、その元号の期間の中かも調べます。（規則名 type）",
        "It cannot be read as a date, or there is no such day; a date of an era must lie within it. (rule: type)",
    ),
    (
        Code::Kana,
        "よみがなの列に、かなでない文字があります。（規則名 type）",
        "A reading holds a character that is no kana. (rule: type)",
    ),
    (
        Code::Number,
        "数の列に、数でないものがあります。単位は書きません。（規則名 type）",
        "A column of numbers holds something else; leave units out. (rule: type)",
    ),
    (
        Code::ValueTwice,
        "スキーマで「1つだけ」とされた値が2回あります。（規則名 unique）",
        "A value that the schema wants once stands twice. (rule: unique)",
    ),
    (
        Code::RowTwice,
        "すべてのセルが同じ行が2つあります。（規則名 duplicate-row）",
        "Two rows are the same, cell by cell. (rule: duplicate-row)",
    ),
    (
        Code::OfficeTwice,
        "電話番号か住所が同じで、名前の書き方が違う行があります。同じ窓口が2回載るかもしれません。（規則名 duplicate-office）",
        "Two rows share a phone number or address and differ in the name's spelling: perhaps one office stands twice. (rule: duplicate-office)",
    ),
    (
        Code::PhoneArea,
        "近くのほかの番号と市外局番が違います。正しいこともあるので、確かめるだけの注意です。（規則名 phone-area）",
        "A phone number has another area code than its neighbours. It may be right; have a look. (rule: phone-area)",
    ),
    (
        Code::UrlScheme,
        "アドレスが https:// か http:// で始まっていません。どちらかは推測しません。（規則名 url-scheme）",
        "An address begins with neither https:// nor http://; sasshi does not guess which. (rule: url-scheme)",
    ),
    (
        Code::PrivateUse,
        "外字（そのパソコンだけの字）があります。印刷では別の字になるか消えるため、普通の字に替えます。（規則名 private-use）",
        "There is a private-use character that only one computer knows; in print it is another or none. (rule: private-use)",
    ),
    (
        Code::Invisible,
        "目に見えない文字があります。同じに見える名前が一致しなかったり、文字の向きが変わったりします。（規則名 invisible）",
        "There is an invisible character: names that look the same differ, or text turns around. (rule: invisible)",
    ),
    (
        Code::EditionDate,
        "データの中の日付が、版の日付より後です。版の日付を直し忘れているかもしれません。（規則名 edition-date）",
        "A date in the data is later than the edition's, which was perhaps forgotten. (rule: edition-date)",
    ),
    (
        Code::OneOf,
        "スキーマの one-of で決めた値のどれでもありません。（規則名 one-of）",
        "The value is none of those in the schema's one-of. (rule: one-of)",
    ),
    (
        Code::Pattern,
        "スキーマの pattern（正規表現）に合いません。（規則名 pattern）",
        "The value does not fit the schema's pattern. (rule: pattern)",
    ),
    (
        Code::RefersTo,
        "ほかの名簿にあるはずの名前がありません。（規則名 refers-to）",
        "The value names no record of the directory it refers to. (rule: refers-to)",
    ),
    (
        Code::UnprintedPart,
        "セルの一部が紙面に印刷されません。電話番号の欄では、番号と内線だけを印刷します。ファクスは別の列に、「市民課」のような言葉は名称の欄に移してください。「代表」「直通」のようになくてよいものなら、そのままで構いません。（規則名 unprinted-part）",
        "A part of the cell is not printed. Of a phone's cell the number and its extension are; move a fax to a column of its own and words such as the name of a section to the name. If nothing is lost by it, leave it. (rule: unprinted-part)",
    ),
    (
        Code::DirectiveUnknown,
        "このレイアウトにない囲み（:::名前）です。",
        "The layout does not know this block.",
    ),
    (
        Code::DirectiveAttribute,
        "囲みの属性の名前が違うか、必要な属性がありません。",
        "A block has an attribute it does not take, or lacks one.",
    ),
    (
        Code::ImageMissing,
        "画像がないか、プロジェクトのフォルダーの外にあります。",
        "An image is not there, or lies outside the project.",
    ),
    (Code::ReferenceBroken, "参照（#名前）の先がありません。", "A cross reference leads nowhere."),
    (
        Code::IdTwice,
        "同じ #名前 が2回あり、参照の先を決められません。",
        "One id stands twice, so references to it are unclear.",
    ),
    (
        Code::PartUnknown,
        "文章が指定したページの型が、レイアウトにありません。",
        "A text names a page template that the layout does not have.",
    ),
    (
        Code::FileNameTwice,
        "2つの出力が同じファイル名になります。どちらも書きません。",
        "Two outputs would have one file name; neither is written.",
    ),
    (
        Code::FileNamePattern,
        "ファイル名の型（{code} など）を埋められません。",
        "The pattern of file names cannot be filled.",
    ),
    (Code::OnlyUnknown, "--only で指定した区がありません。", "--only names a ward that is not there."),
    (Code::Template, "レイアウトのテンプレートに誤りがあります。", "A template of the layout has a fault."),
    (
        Code::GlyphMissing,
        "レイアウトのどの書体にもない文字です。印刷では□になるので止めています。",
        "No font of the layout has the character; it would print as a box.",
    ),
    (
        Code::Overfull,
        "文字が枠に入りません。短くするか、レイアウトの設定を変えてください。",
        "Text does not fit its box; shorten it or change the layout's options.",
    ),
    (Code::SecondPage, "1枚に収まるはずのシートが2ページになりました。", "A sheet runs to a second page."),
    (
        Code::PageCount,
        "ページ数が、設定の pages と違います。",
        "The number of pages is not what the manifest promises.",
    ),
    (
        Code::ImageBroken,
        "画像を読み取れません。開けるか確かめ、保存し直してください。",
        "An image cannot be read; open it and save it again.",
    ),
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
    (Code::LineThin, "線が細すぎて、かすれます。", "A line is too thin to print."),
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
    (Code::FontNotEmbedded, "書体がファイルに入っていません。", "A font is not in the file."),
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
    (
        Code::Unprinted,
        "書いたものが、どの紙面にも印刷されていません。ページのひな形に置く場所がないか、枠に入らず落ちています。黙って消えることがないように、エラーにしています。ひな形を替える、場所を移す、または削ってください。わざと載せないものは、レイアウトの layout.toml の [leaves-out]（理由つき）か [controls] に書きます。",
        "Words that were written are on no page: the page's template has no place for them, or they were dropped. It is an error so that nothing is lost in silence. Choose another template, move the words, or delete them. What a layout leaves out on purpose is named, with the reason, under [leaves-out] or [controls] in its layout.toml.",
    ),
    (
        Code::ColumnUnprinted,
        "名簿のこの列（または名簿全体）は、その刊行物のどの紙面にも印刷されません。載せるつもりの列でなければ、そのままで構いません。",
        "This column of a directory, or the whole directory, is on no page of the publication. If it was not meant to be printed, leave it.",
    ),
    (
        Code::PictureUnprinted,
        "原稿にある画像が、どの紙面にも印刷されていません。ページのひな形に置く場所がないか、画像が紙面の外にあります。",
        "A picture of the text is on no page: the page's template has no place for it, or it lies outside of the page.",
    ),
];

/// The explanation of `code`; none only if a code was added without one, which a test finds.
#[must_use]
pub fn explanation(code: Code, language: Language) -> Option<&'static str> {
    EXPLANATIONS.iter().find(|(known, _, _)| *known == code).map(|(_, ja, en)| match language {
        Language::Japanese => *ja,
        Language::English => *en,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_code_has_one_explanation() {
        for code in Code::ALL {
            let count = EXPLANATIONS.iter().filter(|(known, _, _)| known == code).count();
            assert_eq!(count, 1, "{} ({code:?})", code.id());
        }
    }

    fn sources(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|end| end == "rs")
                && name != "diagnostic.rs"
                && name != "explanations.rs"
            {
                let text = std::fs::read_to_string(&path).expect("a source");
                // what only tests name is not found by any check
                all.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default());
            }
        }
    }

    /// Whether `code` is named as a whole: `Code::Phone` is not named by `Code::PhoneArea`.
    fn names(all: &str, code: Code) -> bool {
        let name = format!("Code::{code:?}");
        let mut rest = all.split(name.as_str()).skip(1);
        rest.any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    }

    #[test]
    fn every_code_is_given_by_some_check() {
        let mut all = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        for code in Code::ALL {
            assert!(names(&all, *code), "{} ({code:?}) is given by nothing", code.id());
        }
    }
}
