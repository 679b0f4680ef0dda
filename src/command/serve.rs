//! `sasshi serve`: the page for ward staff, on this machine or for a network.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{CommandError, Context, Ending, Lang, print};
use crate::diagnostic::Language;
use crate::web::{self, Access, SitePlace};

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Port; 0 for a free one
    #[arg(long, default_value_t = 8080, value_name = "N")]
    pub port: u16,
    /// The publication with one sheet a ward; the first if none is given
    #[arg(long, value_name = "NAME")]
    pub publication: Option<String>,
    /// Address to listen at, if not this machine alone; needs --public-url
    #[arg(long, value_name = "ADDRESS", requires = "public_url")]
    pub bind: Option<IpAddr>,
    /// Address by which browsers reach it (`https://…`); tokens are needed then
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Lets everybody in who reaches it, without a token
    #[arg(long)]
    pub open: bool,
    /// Changes nothing: rows are shown, sheets are made
    #[arg(long)]
    pub read_only: bool,
    /// Lets go of drafts and of the log this many days after the last change, when it starts
    #[arg(long, default_value_t = 400, value_name = "DAYS")]
    pub keep_days: u32,
    /// What is done beside serving
    #[command(subcommand)]
    pub deed: Option<ServeDeed>,
    /// Folder for drafts, instead of .sasshi in the project
    #[arg(long, global = true, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// What is done beside serving.
#[derive(Debug, Subcommand)]
pub enum ServeDeed {
    /// Makes a token for a ward, shown once; earlier ones of the ward hold on
    Token(TokenArgs),
    /// Copies drafts and the log into a file, while the server runs
    Backup(BackupArgs),
    /// Sets pages for a server that started it
    #[command(hide = true)]
    Worker,
}

/// What `serve token` takes.
#[derive(Debug, Args)]
pub struct TokenArgs {
    /// Name of the ward (or other unit)
    #[arg(value_name = "WARD", required_unless_present = "coordinator")]
    pub ward: Option<String>,
    /// For the coordinator, who sees all wards and accepts
    #[arg(long, conflicts_with = "ward")]
    pub coordinator: bool,
    /// Revokes all tokens of the ward instead, and ends its sessions
    #[arg(long)]
    pub revoke: bool,
}

/// What `serve backup` takes.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file, which is not there yet
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Runs `serve` until it is interrupted.
///
/// # Errors
/// When there is no project, or the port or the state cannot be had.
pub fn run(context: &Context, args: &ServeArgs) -> Result<Ending, CommandError> {
    if matches!(args.deed, Some(ServeDeed::Worker)) {
        web::worker::work()?;
        return Ok(Ending::Done);
    }
    let root = context.root()?;
    let place = SitePlace {
        state: args.state.clone().unwrap_or_else(|| root.join(web::STATE_FOLDER)),
        root,
        publication: args.publication.clone(),
        address: args.bind.unwrap_or(IpAddr::from([127, 0, 0, 1])),
        port: args.port,
        access: if args.public_url.is_some() && !args.open { Access::Tokens } else { Access::Open },
        public_url: args.public_url.clone(),
        language: if context.common.lang == Some(Lang::En) { Language::English } else { Language::Japanese },
        is_read_only: args.read_only,
        keep_days: args.keep_days,
    };
    if let Some(url) = args.public_url.as_ref().filter(|url| !is_url(url)) {
        let words = context.words(
            "--public-url は https://名前 の形で書いてください",
            "--public-url is a URL such as https://sheets.example.jp",
        );
        return Err(format!("{words}: {url}").into());
    }
    match &args.deed {
        Some(ServeDeed::Token(args)) => return token(context, &place, args),
        Some(ServeDeed::Backup(args)) => {
            web::backup(&place, &args.file)?;
            return Ok(Ending::Done);
        }
        Some(ServeDeed::Worker) | None => {}
    }
    let _log = web::log();
    let quiet = context.common.quiet;
    let words = context.words("で開けます。終わるには Ctrl+C を押します。", "is the page. Ctrl+C ends it.");
    web::serve(&place, |address| {
        // who closed standard output does not want to hear it
        let _ = if quiet { Ok(()) } else { print(&format!("http://{address}/ {words}\n")) };
    })?;
    Ok(Ending::Done)
}

/// Whether it is scheme and host, with a port at most.
fn is_url(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| {
        let host = host.trim_end_matches('/');
        !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    })
}

/// Makes or revokes a token.
fn token(context: &Context, place: &SitePlace, args: &TokenArgs) -> Result<Ending, CommandError> {
    let unit = args.ward.as_deref().unwrap_or_default();
    if args.revoke {
        let count = web::revoke_tokens(place, unit)?;
        let words = context.words("個のパスコードを、使えなくしました。", "tokens hold no more.");
        print(&format!("{count} {words}\n"))?;
    } else {
        print(&format!("{}\n", web::make_token(place, unit)?))?;
    }
    Ok(Ending::Done)
}
