//! `sasshi serve`: the page for ward staff, on this machine or for a network.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::{CommandError, Context, Ending, Lang, print};
use crate::diagnostic::Language;
use crate::web::{self, Access, Place};

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Port; 0 for a free one
    #[arg(long, default_value_t = 8080, value_name = "N")]
    pub port: u16,
    /// The publication with one sheet a ward; the first if none is given
    #[arg(long, value_name = "NAME")]
    pub publication: Option<String>,
    /// Folder for drafts, instead of .sasshi in the project
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// Runs `serve` until it is interrupted.
///
/// # Errors
/// When there is no project, or the port or the state cannot be had.
pub fn run(context: &Context, args: &ServeArgs) -> Result<Ending, CommandError> {
    let root = context.root()?;
    let place = Place {
        state: args.state.clone().unwrap_or_else(|| root.join(web::STATE_FOLDER)),
        root,
        publication: args.publication.clone(),
        address: IpAddr::from([127, 0, 0, 1]),
        port: args.port,
        public_url: None,
        access: Access::Open,
        language: if context.common.lang == Some(Lang::En) { Language::English } else { Language::Japanese },
        is_read_only: false,
    };
    let quiet = context.common.quiet;
    let words = context.words("で開けます。終わるには Ctrl+C を押します。", "is the page. Ctrl+C ends it.");
    web::serve(&place, |address| {
        // who closed standard output does not want to hear it
        let _ = if quiet { Ok(()) } else { print(&format!("http://{address}/ {words}\n")) };
    })?;
    Ok(Ending::Done)
}
