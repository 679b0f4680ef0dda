//! `--help` in both languages, for every command.

use super::harness::{Sandbox, golden, tests};

const COMMANDS: [&str; 11] = [
    "",
    "build ",
    "check ",
    "new ",
    "layouts ",
    "fonts ",
    "schema ",
    "schema infer ",
    "schema json ",
    "explain ",
    "completions ",
];

#[test]
fn help_is_as_accepted() {
    let sandbox = Sandbox::empty();
    for language in ["ja", "en"] {
        let all: String = COMMANDS
            .iter()
            .map(|command| {
                sandbox.sasshi(&format!("{command}--help --lang {language}")).exit(0).silent().transcript()
            })
            .collect();
        golden(&tests().join(format!("reference/help.{language}.txt")), &all);
    }
}

#[test]
fn japanese_help_explains_every_argument_in_japanese() {
    let sandbox = Sandbox::empty();
    let is_japanese = |text: &str| text.chars().any(|c| matches!(c, 'ぁ'..='ん' | 'ァ'..='ヶ' | '一'..='龠'));
    for command in COMMANDS {
        let help = sandbox.sasshi(&format!("{command}--help --lang ja")).exit(0).stdout;
        // an option and what is indented below it
        let mut options: Vec<String> = Vec::new();
        for line in help.lines().map(str::trim_start).skip_while(|line| !line.starts_with('-')) {
            match options.last_mut() {
                Some(last) if !line.starts_with('-') => last.push_str(line),
                _ => options.push(line.to_owned()),
            }
        }
        assert!(options.len() >= 4, "{help}");
        for option in &options {
            assert!(is_japanese(option), "{command}: {option}");
        }
        assert!(help.lines().next().is_some_and(is_japanese), "{command}: {help}");
    }
}

#[test]
fn the_version_is_the_crates() {
    Sandbox::empty().sasshi("--version").exit(0).stdout(concat!("sasshi ", env!("CARGO_PKG_VERSION"), "\n"));
}
