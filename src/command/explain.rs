//! `sasshi explain CODE`: what a finding means and how to mend it; without a code, the list of all.

use std::fmt::Write as _;

use clap::Args;

use super::{CommandError, Context, Ending, print};
use crate::diagnostic::{Code, nearest};
use crate::report::explanations::explanation;

/// What `explain` takes.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A code such as S2005; all if none is given
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// Runs `explain`.
///
/// # Errors
/// When there is no such code.
pub fn run(context: &Context, args: &ExplainArgs) -> Result<Ending, CommandError> {
    let mut text = String::new();
    let Some(wanted) = &args.code else {
        for code in Code::ALL {
            let words = explanation(*code, context.language).unwrap_or_default();
            let first = words.split_inclusive(['。', '.']).next().unwrap_or_default();
            let _ = writeln!(text, "{}  {first}", code.id());
        }
        print(&text)?;
        return Ok(Ending::Done);
    };
    let wanted = wanted.to_ascii_uppercase();
    let Some(code) = Code::ALL.iter().find(|code| code.id() == wanted) else {
        let like = nearest(&wanted, Code::ALL.iter().map(|code| code.id())).unwrap_or("S2005");
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
