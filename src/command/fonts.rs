//! `sasshi fonts`: what layouts can set type in.

use std::fmt::Write as _;

use clap::Args;

use super::execution::FontArgs;
use super::{CommandError, Context, Ending, print};
use crate::typeset::fonts::{FontOrigin, Fonts};

/// What `fonts` takes.
#[derive(Debug, Args)]
pub struct FontsArgs {
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// Runs `fonts`. Outside a project it lists the built-in ones.
///
/// # Errors
/// When a font cannot be read.
pub fn run(context: &Context, args: &FontsArgs) -> Result<Ending, CommandError> {
    let fonts = Fonts::load(&context.files(), &args.fonts.font_path)?;
    let mut text = String::new();
    for (info, origin) in fonts.list() {
        let from = match origin {
            FontOrigin::BuiltIn => context.words("組み込み", "built in").to_owned(),
            FontOrigin::File(path) => path.display().to_string(),
        };
        let weight = info.variant.weight.to_number();
        let _ = writeln!(text, "{}  {weight}  {from}", info.family);
    }
    print(&text)?;
    Ok(Ending::Done)
}
