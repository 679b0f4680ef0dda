//! What each code means, why it matters and how to mend it: the words of `sasshi explain`.
//!
//! In: a [`Code`]. Out: its explanation in both languages. A test fails if a code has none.

use super::explanations_press;
use crate::diagnostic::{Code, Language};

/// Code, Japanese, English; those about PDFs and press sheets lie in `explanations_press`.
static EXPLANATIONS: &[(Code, &str, &str)] = &[
    (
        Code::ManifestSyntax,
        "設定ファイル sasshi.toml の書き方（TOML）が正しくありません。示された行の「\"」「[ ]」「=」の対応を見直してください。直るまで何も作れません。",
        "sasshi.toml is not TOML. Look at the quotes, brackets and equals signs of the line shown; nothing is made until it is mended.",
    ),
    (
        Code::ManifestUnknownKey,
        "sasshi.toml に、sasshi にはない項目があります。つづりの誤りで設定が黙って無視されることがないように、エラーにしています。",
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
        "このバージョンの sasshi ではまだ作れないものが指定されています。",
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
        Code::LayoutOption,
        "sasshi.toml の [layout.…] に、そのレイアウトにない設定か、種類の違う値があります。その設定を使う出版物だけを作らず、ほかの出版物は作ります。「sasshi layouts 名前」で設定の一覧が出ます。",
        "A [layout.…] of sasshi.toml has an option that the layout does not have, or a value of another type. Only the publications that use it are held; `sasshi layouts NAME` lists the options.",
    ),
    (
        Code::Palette,
        "配色の表（layouts/shared/palette.csv）に、色として読めない行があります。読めない色は別の色で印刷されてしまうので、直すまで何も作りません。",
        "A line of the palette (layouts/shared/palette.csv) is no colour. It would be printed as another one, so nothing is made until it is mended.",
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
        "セルが #REF! などのエラーか、計算式そのものか、「####」です。名簿を書き出したときに混ざったもので、印刷する値ではありません。もとの表計算ソフトで値を確かめて書いてください。",
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
        Code::FootnoteUnused,
        "脚注の本文はありますが、本文からの参照がありません（または同じ名前の脚注が2つあります）。そのままではどのページにも印刷されないので、エラーにしています。",
        "There is a note, but nothing refers to it (or there are two of one name). It would be on no page, so it is an error.",
    ),
    (
        Code::TextLimit,
        "文章の入れ子・1つの段落の長さ・脚注の数・表の列が、紙に組める限度を超えています。",
        "Marks within marks, one paragraph, the number of notes or of a table's columns are beyond what can be set on pages.",
    ),
    (
        Code::LinkBroken,
        "リンクの行き先がない、リンクに文がない、またはリンク先を決める行として読まれて印刷されない文があります。",
        "A link leads nowhere or has no words, or a line is read as the target of a link and would not be printed.",
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
        "もとになる一覧にない区（町内会、学校など）の名前です。「ヶ」と「ケ」などの違いもここで見つかります。（規則名 ward-unknown）",
        "A ward is not in the master list; small differences such as ヶ and ケ are found here. (rule: ward-unknown)",
    ),
    (
        Code::WardMissing,
        "すべての区（町内会、学校など）がそろうはずの名簿に、行のないものがあります。そろわなくてよいなら every-ward = false と書きます。（規則名 ward-missing）",
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
        "もとになる一覧に同じ区（町内会、学校など）が2回あります。ほかの名簿がどちらに結びつくか決められません。",
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
        "データの中の日付が、発行の日付より後です。発行の日付を直し忘れているかもしれません。（規則名 edition-date）",
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
        Code::OpeningHours,
        "型が opening-hours の列に、曜日と時刻として読み取れないセルがあります。推測せず、書かれたとおりに印刷します。「月〜金 8:45〜17:00」「24時間」「休館日：月曜」のように書くと、同じ形にそろえます。「午前9時〜5時」のように2通りに読めるものもこれにあたります。（規則名 opening-hours）",
        "A cell of a column of type opening-hours is not understood as days and times. Nothing is guessed: it is printed as written. What can be read in two ways (午前9時〜5時) is not understood either. (rule: opening-hours)",
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
        "画像がないか、プロジェクトのフォルダーの外にあるか、途中で切れています。",
        "An image is not there, lies outside the project, or is cut off.",
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
        Code::TextKeyUnread,
        "文書の先頭の設定（+++ の間）か、見出しの「{…}」に、どのレイアウトも読まない項目があります。つづりの誤りで黙って無視されることがないように、エラーにしています。",
        "The front matter, or the {…} of a heading, has a key that no layout reads. It is an error so that a misspelt one is never silently ignored.",
    ),
    (
        Code::TableRule,
        "表が、機械可読性ルール（デジタル庁、2026年3月31日）の1つを守っていません。L1・L2・L3 はルールの段階です。「sasshi data ファイル --rules」だけが調べ、印刷には関係しません。",
        "A table breaks a rule of machine readability (Digital Agency of Japan, 2026-03-31); L1 to L3 are its levels. Only `sasshi data FILE --rules` judges by them; printing does not depend on it.",
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
    (
        Code::OnlyUnknown,
        "--only で指定した区（町内会など）がないか、いくつもの名前に当てはまります。",
        "--only names a ward or other unit that is not there, or fits several names.",
    ),
    (Code::Template, "レイアウトのテンプレートに誤りがあります。", "A template of the layout has a fault."),
    (
        Code::GlyphMissing,
        "レイアウトのどの書体にもない文字です。印刷では□になるので止めています。異体字の指定（葛󠄀 のような見えない文字）は、書体がその字形を持たないと別の字形になるので、やはり止めています。字を替えるか、その字のある書体を layouts/fonts に置きます。画像（SVG）の中の文字も調べます。",
        "No font of the layout has the character; it would print as a box.",
    ),
    (
        Code::Overfull,
        "文字が枠に入りません。枠の大きさと、いちばん小さい字で何字入るかをメッセージに書いています。正式な名称や住所は短くせず、名簿に「略称」の列を加えるか、枠の広いレイアウトや設定を選んでください。",
        "Text does not fit its box; shorten it or change the layout's options.",
    ),
    (
        Code::SecondPage,
        "1枚に収まるはずのシートが2ページになりました。窓口の数が多いか、名称・住所が長いためです。1枚に載せる名簿を減らすか、「略称」の列を加えるか、一覧（directory-list）を使ってください。",
        "A sheet runs to a second page.",
    ),
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
        Code::HeadingSkipped,
        "見出しの段が飛んでいます。画面用のPDF（PDF/UA）は見出しの段を1つずつたどれなければならないので、飛んだままでは作れません。",
        "A level of headings is skipped. A screen edition (PDF/UA) must have them in steps of one, and is not made otherwise.",
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
    (
        Code::FileText,
        "組版した紙面の文字が、できあがったPDFから読み取れません。印刷用への変換や面付けで文字が失われた疑いがあります。sasshi の誤りなので、そのファイルは使わないでください。",
        "Characters of the typeset pages cannot be read out of the finished PDF: they may have been lost when it was made ready for the press or laid on sheets. It is a fault of sasshi; do not use the file.",
    ),
    (
        Code::WordsForeign,
        "紙面に、原稿にも名簿にもひな形の言葉にもない文字があります。セルの値を印刷した所なら、ひな形が値を変えています（エラー）。ほかの所なら、ひな形が計算して作った文字かもしれません（注意）。ページ番号や件数は、これに当たりません。",
        "A page shows words that neither the sources nor the layout say. Where a cell is printed the template changes it (an error); elsewhere the template may have made them (a warning). Numbers of pages and counts are not meant.",
    ),
    (
        Code::CodeForeign,
        "紙面のQRコードが、名簿のどの値のものでもないか、その値が同じページに印刷されていません。スマートフォンで読むと、紙に書いてあるのとは違う番号につながります。ひな形は、渡されたQRコードをそのまま、番号のそばに描きます。",
        "A QR code on a page is that of no value of the data, or its value is not on that page: who scans it gets another number than the paper says. A template draws the codes that it is handed, beside their numbers.",
    ),
    (
        Code::SheetContent,
        "面付けした用紙に、入稿データのページがそのままの形で入っていません。sasshi の誤りなので、そのファイルは使わないでください。",
        "The sheets do not hold the pages of the press file as they are. It is a fault of sasshi; do not use the file.",
    ),
];

/// The explanation of `code`; none only if a code was added without one, which a test finds.
#[must_use]
pub fn explanation(code: Code, language: Language) -> Option<&'static str> {
    all().find(|(known, _, _)| *known == code).map(|(_, ja, en)| match language {
        Language::Japanese => *ja,
        Language::English => *en,
    })
}

fn all() -> impl Iterator<Item = &'static (Code, &'static str, &'static str)> {
    EXPLANATIONS.iter().chain(explanations_press::EXPLANATIONS)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_code_has_one_explanation() {
        for code in Code::ALL {
            let count = all().filter(|(known, _, _)| known == code).count();
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
                && !name.to_string_lossy().starts_with("explanations")
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
