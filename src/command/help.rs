//! Help in Japanese: the doc comments of the arguments are English, this table has the same in Japanese.
//!
//! In: the command as `clap` derives it. Out: the same with its words replaced. A test fails if one is missing.

use std::borrow::Cow;

use clap::{Arg, ArgAction, Command};

use super::arguments;
use crate::diagnostic::Language;
use crate::model::scheme::SCHEMES;
use crate::report::forms::FORMS;

/// About texts, by command and argument (`build`, `build --only`).
const JAPANESE: &[(&str, &str)] = &[
    ("", "名簿（CSV）と文書から、印刷できるPDFの冊子や、区ごとの連絡先シートを作ります。"),
    (
        "--project",
        "プロジェクトのフォルダー（sasshi.toml のある所）。なければ今いるフォルダーから上へ探します",
    ),
    ("--lang", "メッセージの言葉（ja、en）"),
    ("--quiet", "見つかった問題だけを出す"),
    ("build", "PDFを作って output フォルダーに入れる"),
    ("build publications", "作る刊行物の名前。書かなければ全部"),
    (
        "build --only",
        "この区（町内会など）のシートだけ作る（名前かその一部、コード、ローマ字。いくつかなら「,」でつなぐ）",
    ),
    (
        "build --edition",
        "この種類だけ作る（screen：画面用、office：事務所のプリンター用、press：印刷所用、imposed：面付け済み）",
    ),
    ("build --strict", "直すところが1つでもあれば、何も作らない"),
    ("build --html", "見つかった問題を、メールで送れる1つのページ（HTML）にも書く"),
    ("build --jobs", "同時に作るファイルの数"),
    ("build --why", "ファイルごとに、作り直す（作り直さない）わけを出す"),
    ("build --verify", "前に作ったファイルを、日時ではなく中身で確かめる"),
    ("build --prune", "もう作らなくなったファイルを消す"),
    ("build --no-wait", "ほかの build が動いていたら、待たずにやめる"),
    (
        "build --shard",
        "全体を分けた1つだけを作る（3/16：16のうち3番目、auto：計算機クラスターの番号で）。sasshi join でまとめる",
    ),
    ("build --shards", "--shard のとき、分担を置くフォルダー（なければ output/.shards）"),
    ("build --cache", "作ったものを、ほかの機械や写しと分け合うフォルダー"),
    ("build --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("package", "印刷所用（press）のPDFを作り、必要なものと一緒に1つのZIPにする"),
    ("package publication", "刊行物の名前"),
    ("package --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("check", "作らずに、原稿に問題がないかだけを確かめる"),
    ("check publications", "確かめる刊行物の名前。書かなければ全部"),
    ("check --html", "見つかった問題を、メールで送れる1つのページ（HTML）にも書く"),
    ("check --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("impose", "PDFのページを、印刷用の用紙に面付けする"),
    ("impose input", "もとのPDF。付け合わせでは複数を並べる"),
    ("impose --output", "書き出すPDFの名前"),
    (
        "impose --sheet",
        "用紙（a4、a3、a3-nobi、sra3、kiku、kiku-half、shiroku、または 320x450mm）。なければ入るうちで一番小さいもの",
    ),
    ("impose --bind", "綴じる側（left：左綴じ、right：右綴じ）"),
    ("impose --paper", "紙の厚さ（mm）。ずれ（クリープ）と背幅の計算に使う"),
    (
        "impose --creep",
        "ずれの直し方（none：直さない、inner：内側を背へ寄せる、outer：外側を背から離す、scale：内側を狭くする）",
    ),
    ("impose --work", "刷り方（sheetwise：本掛け、turn：打ち返し、tumble：天地（くわえ）どんでん）"),
    ("impose --back", "裏面の向き（head-to-head：左右に返す、head-to-foot：天地に返す）"),
    ("impose --pages", "面付けするページ（「1-16,20」のように）。なければ全部"),
    ("impose --fit", "用紙に合わせて、ページを縮めたり広げたりする"),
    ("impose --rows", "段のあいだの折りで合わせる側（heads：頭合わせ、feet：尻合わせ）"),
    ("impose --one-sided", "片面だけに刷る"),
    ("impose --gripper", "くわえ（mm）。2up などでは四辺の余白"),
    ("impose --gutter", "ページのあいだに足す余白（ドブ、mm）"),
    ("impose --trim", "ページのあいだで断裁する幅（各辺、mm）"),
    ("impose --bleed", "残す塗り足し（mm）"),
    ("impose --milling", "無線綴じで背を削る幅（ガリ、mm）"),
    (
        "impose --blanks",
        "白紙の位置（back：最後のページの前、end：最後、「2,6」のようにページ番号の後。few：足りない分は小さい折り（8＋4など）にする）",
    ),
    ("impose --profile", "ページと用紙を検査する印刷所の条件（プロファイル）"),
    ("impose --cover", "最初と最後の2ページずつを、別の表紙にする（無線綴じ）"),
    ("impose --no-marks", "トンボ・カラーバー・欄外の文字をつけない"),
    ("impose --job", "欄外に入れる仕事の名前。なければファイルの名前"),
    ("impose --dummy", "折り見本を文字で出す。-o があれば、面付けの代わりに折り見本のPDFを書く"),
    ("impose --strict", "警告も誤りとして扱う"),
    ("new", "すぐ作れる、新しいプロジェクトを始める（--from で手もとの名簿から）"),
    ("new folder", "作るフォルダーの名前"),
    ("new --from", "もとにする名簿（Excel、CSV など）。列と区（町内会など）を見つけて設定を作る"),
    ("clean", "次の build のためにとってある記録を消す（作ったファイルは残る）"),
    ("open", "いま作ったPDFを開く"),
    ("layouts", "使えるレイアウトと、その設定・必要な列を一覧する"),
    ("layouts layout", "1つのレイアウトをくわしく見る"),
    ("layouts new", "自分のレイアウトを、そのまま刷れるひな型（区ごとのカード）から始める"),
    ("layouts specimen", "レイアウトの見本帳（字の大きさ、間、色、設定、囲み）をPDFで書く"),
    ("layouts specimen name", "レイアウトの名前"),
    ("layouts specimen --output", "書き出すPDFの名前。なければ レイアウトの名前-specimen.pdf"),
    ("layouts new name", "レイアウトの名前（英字の小文字、数字、ハイフン）"),
    ("fonts", "使える書体を一覧する"),
    ("fonts --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("join", "分けて作った分担（build --shard）を1つにまとめる"),
    ("join parts", "分担のフォルダー。書かなければ output/.shards の全部"),
    ("join --output", "まとめた全部を、プロジェクトの output の代わりに入れるフォルダー"),
    ("join --jobs", "分担で作れなかったファイルを、同時に作る数"),
    ("join --no-wait", "ほかの build が動いていたら、待たずにやめる"),
    ("cluster", "計算機クラスターで分けて作るための、ジョブのファイルを出す"),
    ("cluster slurm", "Slurm のジョブのファイルを出す"),
    ("cluster slurm --shards", "いくつに分けるか（なければ16）"),
    ("cluster slurm --cores", "1つの分担に使うコアの数（なければ2）"),
    ("watch", "保存するたびに、PDFを作り直す"),
    ("watch publications", "刊行物の名前。書かなければ全部"),
    ("watch --only", "この区（など）のシートだけ（名前かその一部、コード、ローマ字。コンマで並べられる）"),
    ("watch --edition", "この種類だけ（screen、office、press）"),
    ("watch --jobs", "同時に作るファイルの数"),
    ("watch --poll", "システムが保存を知らせない場所で、1秒ごとに見る"),
    ("watch --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("proofread", "組版したページを校正する：禁則、字間、字の大きさ、コントラスト、用字用語など"),
    ("proofread publications", "校正する刊行物の名前。書かなければ全部"),
    (
        "proofread --only",
        "この区（町内会など）のシートだけ（名前かその一部、コード、ローマ字。いくつかなら「,」でつなぐ）",
    ),
    (
        "proofread --profile",
        "校正の基準（standard、mie-2024、machida、または layouts/proofread/ のもの）。なければプロジェクトのもの",
    ),
    ("proofread --html", "結果を、ページの絵に場所の印をつけて1枚の文書にも書く"),
    ("proofread --missing-readings", "よみのない言葉を、書き込む表（CSV）にも書く（やさしい日本語のため）"),
    ("preflight", "入稿前検査（プリフライト）：できあがったPDFを印刷所の条件で調べる"),
    ("preflight file", "調べるPDF"),
    (
        "preflight --profile",
        "印刷所の条件（組み込みの名前、または layouts/press/ のもの）。なければプロジェクトのもの",
    ),
    ("preflight --html", "結果を、ページの絵に場所の印をつけて1枚の文書にも書く"),
    ("preflight --inks", "ページごとに、それぞれのインキの量を出す"),
    ("preflight --inks-dir", "ページごと・インキごとの版の絵を、このフォルダーに書く"),
    ("schema", "名簿の種類（スキーマ）を一覧・表示・下書きする"),
    ("schema name", "表示するスキーマの名前。書かなければ一覧"),
    ("schema infer", "名簿（CSV・Excel など）からスキーマの下書きを作る"),
    ("schema infer file", "もとの名簿（CSV、TSV、XLSX、XLS、ODS）"),
    ("schema infer --sheet", "読むシートの名前"),
    ("schema infer --header-row", "見出しの行の番号"),
    ("schema json", "エディターが入力を助けるための JSON Schema を出す"),
    ("schema json form", "manifest：sasshi.toml 用、schema：スキーマのファイル用。書かなければ schema"),
    ("explain", "見つかった問題の番号（S2005 など）を説明する"),
    ("explain code", "番号。書かなければ全部"),
    ("serve", "区の担当者が行を直し、シートを受け取るページを開く"),
    ("serve --port", "ポート番号（0なら空いている番号）"),
    ("serve --publication", "区ごとに1枚作る刊行物の名前（なければ最初のもの）"),
    ("serve --bind", "このPCの外からも使うときのアドレス（--public-url が必要）"),
    ("serve --public-url", "ブラウザーで開くときのアドレス（https://…）。パスコードが必要になる"),
    ("serve --open", "パスコードなしで、だれでも使えるようにする"),
    ("serve --read-only", "見るだけにする（シートは作れる）"),
    ("serve --keep-days", "最後に変えてからこの日数がたった下書きと記録を、始めるときに消す"),
    ("serve worker", "サーバーが自分で動かす、シートを組む仕事場（手で動かすものではない）"),
    ("serve token", "区のパスコードを作る（表示は1度だけ）"),
    ("serve token ward", "区（など）の名前"),
    ("serve token --coordinator", "市の担当のパスコード（全部の区を見て、受理できる）"),
    ("serve token --revoke", "その区のパスコードを、すべて使えなくする"),
    ("serve backup", "下書きと記録を、動いているままファイルに写す"),
    ("serve backup file", "新しいファイルの名前"),
    ("--state", "下書きを置くフォルダー（なければプロジェクトの .sasshi）"),
    ("data", "名簿（CSV・Excel など）をどう読んだかを見る。きれいなCSVにも直せる"),
    ("data file", "見るファイル（CSV、TSV、XLSX、XLS、ODS）"),
    ("data --to", "この形で標準出力に書く（csv：Excelで開けるUTF-8）"),
    ("data --encoding", "文字コード（utf-8、cp932、euc-jp、utf-16le、utf-16be）"),
    ("data --rules", "表を、デジタル庁の機械可読性ルールで調べる"),
    ("data --sheet", "読むシートの名前"),
    ("data --header-row", "見出しの行の番号"),
    ("completions", "シェルの補完を出す"),
    ("completions shell", "シェルの名前（bash、zsh、fish、powershell、elvish）"),
];

/// The words for `key`; those that name the members of a family come from its table.
fn japanese(key: &str) -> Option<Cow<'static, str>> {
    if key == "--message-format" {
        let forms: Vec<String> = FORMS.iter().map(|form| format!("{}：{}", form.name, form.ja)).collect();
        return Some(format!("メッセージの形（{}）", forms.join("、")).into());
    }
    if key == "impose --scheme" {
        let schemes: Vec<&str> = SCHEMES.iter().map(|scheme| scheme.help).collect();
        return Some(format!("面付けの種類（{}）", schemes.join("、")).into());
    }
    JAPANESE.iter().find(|(known, _)| *known == key).map(|(_, words)| Cow::Borrowed(*words))
}

fn key(command: &str, argument: &Arg) -> String {
    let name = argument.get_long().map_or_else(|| argument.get_id().to_string(), |long| format!("--{long}"));
    if command.is_empty() || argument.is_global_set() { name } else { format!("{command} {name}") }
}

/// The command with help in `language`.
#[must_use]
pub fn localised(command: Command, language: Language) -> Command {
    if language == Language::English {
        return command
            .about(
                "Turns directories (CSV) and text into print-ready PDF booklets and per-ward contact sheets.",
            )
            .long_about(None);
    }
    let mut command = replace(command, "");
    command.build();
    usage(command)
}

/// Clap's placeholders in the lines of usage are English.
fn usage(mut command: Command) -> Command {
    let written = command.render_usage().to_string();
    let written = arguments::in_japanese(written.trim_start_matches("Usage:").trim());
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    command = command.override_usage(written);
    for sub in names {
        command = command.mut_subcommand(&sub, usage);
    }
    command
}

/// Clap's own headings are English; this is the same order under Japanese ones.
const TEMPLATE: &str = "{about}\n\n使い方：{usage}\n\n{all-args}";

/// Help and version stand behind all other options.
const LAST: usize = 900;

fn replace(mut command: Command, name: &str) -> Command {
    if let Some(words) = japanese(name) {
        command = command.about(words.into_owned()).long_about(None);
    }
    command = command.mut_args(|argument| {
        let heading = if argument.is_positional() { "引数" } else { "オプション" };
        let argument = match japanese(&key(name, &argument)) {
            // the words name the values already
            Some(words) => argument
                .help(words.into_owned())
                .long_help(None)
                .hide_possible_values(true)
                .hide_default_value(true),
            None => argument,
        };
        argument.help_heading(heading)
    });
    let own = |id: &'static str, short: char, action: ArgAction, words: &'static str| {
        Arg::new(id)
            .short(short)
            .long(id)
            .action(action)
            .help(words)
            .help_heading("オプション")
            .display_order(LAST)
    };
    command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(own("help", 'h', ArgAction::Help, "この説明を出す"))
        .arg(own("version", 'V', ArgAction::Version, "sasshi のバージョンを出す"))
        .subcommand_help_heading("コマンド")
        .help_template(TEMPLATE);
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in names {
        let path = if name.is_empty() { sub.clone() } else { format!("{name} {sub}") };
        command = command.mut_subcommand(&sub, |inner| replace(inner, &path));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn look(name: &str, command: &Command, missing: &mut Vec<String>) {
        let keys = command.get_arguments().map(|argument| key(name, argument));
        missing.extend(keys.chain([name.to_owned()]).filter(|key| japanese(key).is_none()));
        for sub in command.get_subcommands() {
            look(format!("{name} {}", sub.get_name()).trim_start(), sub, missing);
        }
    }

    #[test]
    fn every_command_and_argument_has_japanese_words() {
        let command = super::super::Cli::command();
        let mut missing = Vec::new();
        look("", &command, &mut missing);
        assert_eq!(missing, Vec::<String>::new());
    }
}
