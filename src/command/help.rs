//! Help in Japanese: the doc comments of the arguments are English, this table has the same in Japanese.
//!
//! In: the command as `clap` derives it. Out: the same with its words replaced. A test fails if one is missing.

use clap::Command;

use crate::diagnostic::Language;

/// About texts, by command and argument (`build`, `build --only`).
const JAPANESE: &[(&str, &str)] = &[
    ("", "名簿（CSV）と文章から、印刷できるPDFの冊子や、区ごとの連絡先シートを作ります。"),
    (
        "--project",
        "プロジェクトのフォルダー（sasshi.toml のある所）。なければ今いるフォルダーから上へ探します",
    ),
    ("--message-format", "メッセージの形（human：人、json：プログラム、github：CI）"),
    ("--lang", "メッセージの言葉（ja、en）"),
    ("--quiet", "見つかった問題だけを出す"),
    ("build", "PDFを作って output フォルダーに入れる"),
    ("build publications", "作る出版物の名前。書かなければ全部"),
    ("build --only", "この区のシートだけ作る（区名、コード、ローマ字のどれでも）"),
    ("build --edition", "この版だけ作る（screen：画面用、office：事務所のプリンター用）"),
    ("build --jobs", "同時に作るファイルの数"),
    ("build --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("check", "作らずに、原稿に問題がないかだけを確かめる"),
    ("check publications", "確かめる出版物の名前。書かなければ全部"),
    ("check --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("new", "すぐ作れる見本つきの、新しいプロジェクトを始める"),
    ("new folder", "作るフォルダーの名前"),
    ("layouts", "使えるレイアウトと、その設定・必要な列を一覧する"),
    ("layouts layout", "1つのレイアウトをくわしく見る"),
    ("fonts", "使える書体を一覧する"),
    ("fonts --font-path", "追加の書体（ファイルまたはフォルダー）"),
    ("data", "名簿（CSV・Excel など）をどう読んだかを見る。きれいなCSVにも直せる"),
    ("data file", "見るファイル（CSV、TSV、XLSX、XLS、ODS）"),
    ("data --to", "この形で標準出力に書く（csv：Excelで開けるUTF-8）"),
    ("data --encoding", "文字コード（utf-8、cp932、euc-jp、utf-16le、utf-16be）"),
    ("data --sheet", "読むシートの名前"),
    ("data --header-row", "見出しの行の番号"),
    ("completions", "シェルの補完を出す"),
    ("completions shell", "シェルの名前"),
];

/// The words for `key`.
fn japanese(key: &str) -> Option<&'static str> {
    JAPANESE.iter().find(|(known, _)| *known == key).map(|(_, words)| *words)
}

fn key(command: &str, argument: &clap::Arg) -> String {
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
    replace(command, "")
}

fn replace(mut command: Command, name: &str) -> Command {
    if let Some(words) = japanese(name) {
        command = command.about(words).long_about(None);
    }
    command = command.mut_args(|argument| match japanese(&key(name, &argument)) {
        Some(words) => argument.help(words).long_help(None),
        None => argument,
    });
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for sub in names {
        command = command.mut_subcommand(&sub, |inner| replace(inner, &sub));
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_command_and_argument_has_japanese_words() {
        let command = super::super::Cli::command();
        let mut missing = Vec::new();
        let mut look = |name: &str, command: &Command| {
            if japanese(name).is_none() {
                missing.push(name.to_owned());
            }
            for argument in command.get_arguments() {
                let key = key(name, argument);
                if japanese(&key).is_none() {
                    missing.push(key);
                }
            }
        };
        look("", &command);
        for sub in command.get_subcommands() {
            look(sub.get_name(), sub);
        }
        assert_eq!(missing, Vec::<String>::new());
    }
}
