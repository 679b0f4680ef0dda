//! What clap says of a wrong command line, in Japanese: its own words are English.
//!
//! In: an error of clap. Out: what is wrong and what to write; none for help and version, which are no faults.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The words for `error` in Japanese.
#[must_use]
pub fn japanese(error: &clap::Error) -> Option<String> {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let words = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」のあとに値が必要です。"),
        ErrorKind::InvalidValue => format!("「{argument}」に「{value}」は使えません。"),
        ErrorKind::ValueValidation => format!("「{argument}」の値「{value}」が正しくありません。"),
        ErrorKind::UnknownArgument => format!("「{argument}」という引数はありません。"),
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません。", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::NoEquals => format!("「{argument}」には「=」で値を付けてください。"),
        ErrorKind::TooManyValues => format!("「{argument}」の値が多すぎます（{value}）。"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("「{argument}」の値の数が違います。")
        }
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg);
            match other.is_empty() || other == argument {
                true => format!("「{argument}」は1回だけ書けます。"),
                false => format!("「{argument}」と「{other}」は同時に使えません。"),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("「{argument}」が必要です。"),
        ErrorKind::MissingSubcommand => "コマンドが必要です。".to_owned(),
        ErrorKind::InvalidUtf8 => "文字として読めない引数があります。".to_owned(),
        _ => "引数が正しくありません。".to_owned(),
    };
    let mut lines = vec![words];
    for kind in [ContextKind::ValidValue, ContextKind::ValidSubcommand] {
        lines.extend(
            Some(text(kind)).filter(|list| !list.is_empty()).map(|list| format!("使えるもの：{list}")),
        );
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand] {
        let like = Some(text(kind)).filter(|like| !like.is_empty());
        lines.extend(like.map(|like| format!("もしかして「{like}」ですか。")));
    }
    let usage = text(ContextKind::Usage);
    let usage = usage.trim_start_matches("Usage:").trim();
    if !usage.is_empty() {
        lines.push(format!("使い方：{}", in_japanese(usage)));
    }
    lines.push("くわしくは「--help」を付けて実行してください。".to_owned());
    Some(lines.join("\n  "))
}

/// A line of usage with clap's own placeholders in Japanese.
#[must_use]
pub fn in_japanese(usage: &str) -> String {
    usage
        .replace("[OPTIONS]", "[オプション]")
        .replace("<COMMAND>", "<コマンド>")
        .replace("[COMMAND]", "[コマンド]")
}
