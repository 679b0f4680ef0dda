//! Codes of the manifest, layouts and schemas, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::code::codes;

codes! {
    /// The manifest is not TOML.
    ManifestSyntax = "S0001" {
        ja: "設定ファイル sasshi.toml の書き方（TOML）が正しくありません。示された行の「\"」「[ ]」「=」の対応を見直してください。直るまで何も作れません。",
        en: "sasshi.toml is not TOML. Look at the quotes, brackets and equals signs of the line shown; nothing is made until it is mended.",
    }
    /// A key that the manifest does not have.
    ManifestUnknownKey = "S0002" {
        ja: "sasshi.toml に、sasshi にはない項目があります。つづりの誤りで設定が黙って無視されることがないように、エラーにしています。",
        en: "sasshi.toml has a key that does not exist. It is an error so that a misspelt setting is never silently ignored.",
    }
    /// A value of the wrong type or form.
    ManifestValue = "S0003" {
        ja: "sasshi.toml の値の種類が違います（日付に文字、数に文字など）。または、必要な項目がありません。",
        en: "A value in sasshi.toml has the wrong type, or one that is needed is missing.",
    }
    /// A name in the manifest that leads nowhere (layout, directory, part).
    ManifestReference = "S0004" {
        ja: "名前で指定したもの（レイアウト、名簿、スキーマなど）が見つかりません。つづりと、それを定義している場所を確かめてください。",
        en: "A name (layout, directory, schema …) leads nowhere. Check its spelling and where it is defined.",
    }
    /// Two entries of the manifest with one name.
    ManifestTwice = "S0005" {
        ja: "同じ名前が2回あります。刊行物の名前は出力フォルダーの名前になるので、別々にしてください。",
        en: "One name stands twice. A publication's name is its folder, so each needs its own.",
    }
    /// Asked for something that this version does not make yet.
    NotYet = "S0006" {
        ja: "このバージョンの sasshi ではまだ作れないものが指定されています。",
        en: "Something is asked for that this version does not make yet.",
    }
    /// A layout that is broken: its `layout.toml` cannot be read.
    LayoutBroken = "S0007" {
        ja: "レイアウトの layout.toml を読み取れません。自分で置いたレイアウトなら直し、組み込みのものなら layouts/ の同じ名前のファイルを外してください。",
        en: "A layout.toml cannot be read. Mend it if it is yours; remove the file in layouts/ that shadows a built-in one.",
    }
    /// A schema file that cannot be read.
    SchemaBroken = "S0008" {
        ja: "schemas/ のスキーマのファイルを読み取れません。「sasshi schema facility」で見本を表示できます。",
        en: "A schema file in schemas/ cannot be read. `sasshi schema facility` prints one to go by.",
    }
    /// An option that the layout does not have, or a value of another type.
    LayoutOption = "S0009" {
        ja: "sasshi.toml の [layout.…] に、そのレイアウトにない設定か、種類の違う値があります。その設定を使う刊行物だけを作らず、ほかの刊行物は作ります。「sasshi layouts 名前」で設定の一覧が出ます。",
        en: "A [layout.…] of sasshi.toml has an option that the layout does not have, or a value of another type. Only the publications that use it are held; `sasshi layouts NAME` lists the options.",
    }
    /// A line of the palette that is no colour.
    Palette = "S0010" {
        ja: "配色の表（layouts/shared/palette.csv）に、色として読めない行があります。読めない色は別の色で印刷されてしまうので、直すまで何も作りません。",
        en: "A line of the palette (layouts/shared/palette.csv) is no colour. It would be printed as another one, so nothing is made until it is mended.",
    }
    /// Words of the manifest that a reader of another language gets as they are.
    ReaderWords = "S0011" {
        ja: "英語や「やさしい日本語」のファイルに印刷する言葉（題、断り書き、窓口の種類など）が、その読み手のために書かれていません。日本語のまま印刷します。sasshi.toml の [reader.en] や [reader.ja-easy] に書きます。",
        en: "Words of the manifest that files in English or easy Japanese print (titles, notices, kinds of offices) are not there for that reader; they are printed as they are. Write them under [reader.en] or [reader.ja-easy] in sasshi.toml.",
    }
}
