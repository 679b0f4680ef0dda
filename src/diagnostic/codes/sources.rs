//! Codes of reading directories, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// A source file or folder that is not there, or matches nothing.
    SourceMissing = "S1001" {
        ja: "指定されたファイルかフォルダーがありません。名前・場所・大文字と小文字を確かめてください。",
        en: "A file or folder that is named is not there. Check name, place and case.",
    }
    /// A source that cannot be read (a folder where a file should be, no permission).
    SourceUnreadable = "S1002" {
        ja: "ファイルを開けません。別のソフトで開いたままになっていないか、読む権限があるかを確かめてください。",
        en: "A file cannot be opened. See whether another program holds it, and whether you may read it.",
    }
    /// Bytes that are not valid in the encoding.
    Encoding = "S1003" {
        ja: "文字コードとして正しくないバイトがあるか、2つの文字コードが混ざっています。「？」や「�」で印刷してしまわないように止めています。正しい文字コードで保存し直してください。",
        en: "There are bytes that are not valid in the encoding, or two encodings are mixed. It stops here rather than print a replacement character; save the file again.",
    }
    /// A directory file without any row, or with a header only.
    TableEmpty = "S1004" {
        ja: "名簿に中身の行がありません。1行目が見出し、2行目からが中身です。",
        en: "A directory has no records. The first row is the header, the records follow.",
    }
    /// A row with more or fewer cells than the header.
    RowRagged = "S1005" {
        ja: "セルの数が見出しと違う行があります。文の中の「,」が区切りとして読まれていることが多いので、そのセルを「\"」で囲みます。終わりのセルがないだけの行は、空のセルがあるとみて読みます。",
        en: "A row has another number of cells than the header, mostly because of a comma inside a cell: put that cell in quotation marks. A row that only lacks its last cells is read as if they were empty.",
    }
    /// Two columns with one header.
    HeaderTwice = "S1006" {
        ja: "同じ見出しの列が2つあり、どちらを使うか決められません。",
        en: "Two columns have one header, and it is unclear which is meant.",
    }
    /// A control character in a cell or text.
    ControlCharacter = "S1007" {
        ja: "目に見えない制御文字が入っています。ほかのシステムから写したときに混ざります。セルを書き直してください。",
        en: "There is an invisible control character, mostly from copying out of another system. Type the cell again.",
    }
    /// A quotation mark that opens a cell and is never closed.
    QuoteUnclosed = "S1008" {
        ja: "「\"」で始まったセルが閉じていません。その行だけを読まず、次の行からは普通に読みます。",
        en: "A cell that opens with a quotation mark is never closed. Only that row is left out.",
    }
    /// Characters after the quotation mark that closes a cell.
    QuoteStray = "S1009" {
        ja: "「\"」で閉じたセルのあとにまだ文字があるか、セルの途中で「\"」が開いています。セルの中の「\"」は「\"\"」と2つ書き、全体を「\"」で囲みます。",
        en: "Characters follow after the quotation mark that closes a cell, or one opens in its middle. Within a cell it is doubled, and the cell stands in quotation marks as a whole.",
    }
    /// Cells under a column without a header.
    HeaderUnnamed = "S1010" {
        ja: "見出しのない列に中身があります。どこにも印刷されないので、使う列なら見出しを書いてください。",
        en: "A column without a header holds cells; they are printed nowhere. Give it a header if it is to be used.",
    }
    /// The header row that the manifest names is not there.
    HeaderMissing = "S1011" {
        ja: "header-row で指定した行に見出しがありません。表計算ソフトの行番号で書いてください。",
        en: "The row that header-row names holds no header. It is counted as a spreadsheet counts.",
    }
    /// Rows above the header or below the records that are no records.
    RowsSkipped = "S1012" {
        ja: "表の上の題名、下の注、合計、まとまりの題、くり返しの見出しとみた行は読みません。上と下は header-row と skip-below で決めると、この注意は出ません。",
        en: "Rows taken for titles, notes, totals or repeated headers are not read; header-row and skip-below settle those above and below.",
    }
    /// A workbook that is broken, encrypted, too large or none at all.
    WorkbookBroken = "S1013" {
        ja: "Excelなどのファイルを開けません。こわれている、パスワードがある、大きすぎる、または別の種類のファイルです。",
        en: "A workbook is broken, locked with a password, too large, or no workbook at all.",
    }
    /// A sheet that the workbook does not have.
    SheetMissing = "S1014" {
        ja: "sasshi.toml の sheet に書いたシートがありません。",
        en: "The sheet that the manifest names is not in the workbook.",
    }
    /// Sheets that are not read: hidden ones, and those after the first.
    SheetSkipped = "S1015" {
        ja: "読まなかったシートがあります。読むのは1枚だけで、ほかのシートは sheet で選びます。",
        en: "Sheets were not read: one sheet is read, and the manifest may name another.",
    }
    /// A formula without a stored result.
    FormulaEmpty = "S1016" {
        ja: "計算式の結果が保存されていません。表計算ソフトで開いて保存し直すと、結果が入ります。",
        en: "The result of a formula is not stored; open the file in a spreadsheet and save it again.",
    }
    /// A cell that shows an error of the spreadsheet (`#REF!`).
    CellError = "S1017" {
        ja: "セルが #REF! などのエラーか、計算式そのものか、「####」です。名簿を書き出したときに混ざったもので、印刷する値ではありません。もとの表計算ソフトで値を確かめて書いてください。",
        en: "A cell shows an error such as #REF!. Mend the formula, or write the value.",
    }
    /// A number that stands for digits and lost its leading zero.
    ZeroLost = "S1018" {
        ja: "数値として保存された番号から、先頭の0が消えています。セルの書式を「文字列」にして書き直してください。",
        en: "A number that stands for digits lost its leading zero. Format the cell as text and type it again.",
    }
    /// Rows of two files with one key and different values.
    SourcesConflict = "S1019" {
        ja: "2つのファイルに同じ窓口があり、中身が違います。どちらも使わないので、正しいほうにそろえてください。",
        en: "Two files hold the same record with different values; neither is used until they agree.",
    }
    /// A row that a correction replaces.
    RowCorrected = "S1020" {
        ja: "訂正のファイル（corrections）の行で、元の行を置きかえました。",
        en: "A row of the corrections took the place of the row with its key.",
    }
    /// Rows that stand in two files, the same in both.
    RowsMerged = "S1021" {
        ja: "2つのファイルに同じ行があります。中身が同じなので1つにまとめました。",
        en: "Two files hold the same rows, cell by cell; each is taken once.",
    }
    /// Files beside the lists of a directory that may be lists and are not read.
    FileSkipped = "S1022" {
        ja: "名簿のフォルダーに、名簿かもしれないのに読まない種類のファイルがあります。Excelブック（.xlsx）か CSV で保存し直すか、ほかの場所に移してください。",
        en: "A folder of lists holds a file of a kind that is not read, though it may be a list. Save it as XLSX or CSV, or move it elsewhere.",
    }
    /// A number format that is not understood.
    FormatUnknown = "S1023" {
        ja: "セルの表示形式を読み取れないので、保存されている値のまま読みました。表示どおりに印刷するなら、文字列として打ち直してください。",
        en: "A number format is not understood, so the stored values were read; to print what is shown, type it as text.",
    }
    /// Rows or columns that are hidden and read.
    HiddenRead = "S1024" {
        ja: "隠れている行や列も、ほかと同じように読みました。使わないものなら消してください。",
        en: "Hidden rows and columns were read like others; delete what is not to be used.",
    }
    /// Letters that are struck out and read.
    StruckOut = "S1025" {
        ja: "取り消し線の引かれた文字も、そのまま読みました。消すつもりの文字なら、消してください。",
        en: "Letters that are struck out were read as they are; delete them if they are meant to go.",
    }
    /// A link behind a cell that is read, or that is another than the cell says.
    LinkUsed = "S1026" {
        ja: "セルの表示（「こちら」など）と、その裏のリンク先が違います。アドレスの列では、表示がアドレスでなければリンク先を読みます。",
        en: "What a cell shows and the address behind it differ; where a column is for addresses and the cell shows none, the one behind is read.",
    }
    /// Words that stand for the cell above (同上).
    Ditto = "S1027" {
        ja: "「同上」「〃」のセルは、上の行の値で読みました。行を並べかえると変わるので、それぞれに値を書くと確かです。",
        en: "Cells that say \"as above\" were read as the cell above; write the value into each, and sorting rows changes nothing.",
    }
}
