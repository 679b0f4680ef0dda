//! `sasshi explain CODE`: what a finding means and how to mend it; without a code, the list of all.

use std::fmt::Write as _;

use clap::Args;

use super::{CommandError, Context, Ending, print};
use crate::diagnostic::{Code, nearest};
use crate::report::explanations::{codes, explanation};

/// What `explain` takes.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A code such as S2005; all if none is given
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Up to the first full stop; the dot of a file's name is none.
fn first_sentence(words: &str) -> &str {
    let end = words.find('。').map(|at| at + '。'.len_utf8()).or_else(|| words.find(". ").map(|at| at + 1));
    &words[..end.unwrap_or(words.len())]
}

/// Runs `explain`.
///
/// # Errors
/// When there is no such code.
pub fn run(context: &Context, args: &ExplainArgs) -> Result<Ending, CommandError> {
    let mut text = String::new();
    let Some(wanted) = &args.code else {
        for code in codes().iter().map(|definition| definition.code) {
            let words = explanation(code, context.language).unwrap_or_default();
            let first = first_sentence(words);
            let _ = writeln!(text, "{}  {first}", code.id());
        }
        print(&text)?;
        return Ok(Ending::Done);
    };
    let wanted = wanted.to_ascii_uppercase();
    let known = codes().iter().map(|definition| &definition.code);
    let Some(code) = known.clone().find(|code| code.id() == wanted) else {
        let like = nearest(&wanted, known.map(Code::id)).unwrap_or("S2005");
        let words = context.words(
            "「{wanted}」という番号はありません。もしかして「{like}」ですか。",
            "there is no code \"{wanted}\"; did you mean \"{like}\"?",
        );
        return Err(words.replace("{wanted}", &wanted).replace("{like}", like).into());
    };
    let _ = writeln!(text, "{}\n{}", code.id(), explanation(*code, context.language).unwrap_or_default());
    print(&text)?;
    Ok(Ending::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_in_a_name_ends_no_sentence() {
        assert_eq!(
            first_sentence("The file sasshi.toml is broken. Mend it."),
            "The file sasshi.toml is broken."
        );
        assert_eq!(
            first_sentence("sasshi.toml が読めません。直してください。"),
            "sasshi.toml が読めません。"
        );
        assert_eq!(first_sentence("One sentence."), "One sentence.");
    }
}
