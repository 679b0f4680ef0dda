//! `sasshi serve`: the page on which ward staff edit their rows, see their sheet and take it as PDF.
//!
//! In: a project and an address. Out: a server, until it is interrupted. It has no logic of its own about data or layout:
//! the rows, findings and sheets are `pipeline`'s ([`desk`]), drafts are kept by [`state`], requests pass `gate`.

mod accessibility;
mod bundles;
mod clock;
mod deadline;
pub mod desk;
pub mod draft;
mod engine_process;
mod findings;
mod form;
mod frame;
mod gate;
mod listener;
mod preview;
mod rates;
mod reception;
mod refusal;
mod restoration;
mod routes;
mod site;
pub mod state;
pub mod token;
mod view;
mod visitor;
mod workbook;
pub mod worker;
mod worker_protocol;
mod workers;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::net::TcpListener;
use tracing_appender::non_blocking::WorkerGuard;

use crate::diagnostic::Language;
use crate::model::cores;
use crate::output::{self, OutputError};
use crate::project::files::{ArgumentState, Files};
use crate::watch;

use desk::{Desk, DeskError, UnitSheets};
use listener::{Limited, Peer};
use site::Site;
use state::{State, StateError};
use workers::Pool;

pub use visitor::Access;

/// The folder of the project in which drafts are kept.
pub const STATE_FOLDER: &str = ".sasshi";

/// Where and for whom the server is.
#[derive(Debug, Clone)]
pub struct SitePlace {
    /// The folder of the project.
    pub root: PathBuf,
    /// The folder for drafts.
    pub state: PathBuf,
    /// The publication with one sheet a unit; the first if none.
    pub publication: Option<String>,
    /// The address to listen at.
    pub address: IpAddr,
    /// The port; 0 for a free one.
    pub port: u16,
    /// The address that browsers use, if it is another.
    pub public_url: Option<String>,
    /// Who may use it.
    pub access: Access,
    /// The language until somebody chooses.
    pub language: Language,
    /// Whether nothing may be changed.
    pub is_read_only: bool,
    /// Days for which drafts, files that were sent in and the log are kept after the last change.
    pub keep_days: u32,
}

/// Why the server cannot begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be had.
    #[error("{0}: {1}")]
    Address(SocketAddr, std::io::Error),
    /// The system does not let it go on.
    #[error(transparent)]
    System(#[from] std::io::Error),
    /// The folder for drafts cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The folder for drafts lies on a network share, where a database breaks.
    #[error(
        "{0} はネットワークの共有フォルダーにあるので、下書きを安全に置けません。--state で、この PC の中のフォルダーを指定してください / \
         drafts cannot be kept safely on a network share: name a folder of this machine with --state"
    )]
    Share(String),
    /// Drafts cannot be kept.
    #[error("drafts cannot be kept in {0}: {1}")]
    State(String, StateError),
    /// A file is there already.
    #[error("{0} is there already")]
    Exists(String),
    /// The system has no randomness.
    #[error(transparent)]
    Random(#[from] getrandom::Error),
    /// The project has no publication for units.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// Characters of a path that stand for themselves.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The page of a unit.
#[must_use]
pub fn href(unit: &str) -> String {
    format!("/units/{}", utf8_percent_encode(unit, PLAIN))
}

/// Opens the drafts of a project.
///
/// # Errors
/// [`ServeError`] when the folder cannot be written, or holds what a newer sasshi wrote.
pub fn open_state(place: &SitePlace) -> Result<State, ServeError> {
    let folder = &place.state;
    if watch::is_on_a_share(folder) {
        return Err(ServeError::Share(folder.display().to_string()));
    }
    // drafts are no part of a project's history
    output::write_for_user(&folder.join(".gitignore"), b"*\n")?;
    State::open(folder).map_err(|error| ServeError::State(folder.display().to_string(), error))
}

/// Makes a token for `unit`, or for the coordinator if it is empty; it is told this once.
///
/// # Errors
/// [`ServeError`] when there is no such unit, or the state cannot be kept.
pub fn make_token(place: &SitePlace, unit: &str) -> Result<String, ServeError> {
    known_unit(place, unit)?;
    let secret = token::secret()?;
    let state = open_state(place)?;
    let added = state.add_token(&visitor::digest(&secret), unit, clock::now());
    added.map_err(|error| ServeError::State(place.state.display().to_string(), error))?;
    Ok(token::shown(&secret))
}

/// Revokes all tokens of `unit`, or of the coordinator if it is empty; how many there were.
///
/// # Errors
/// [`ServeError`] when there is no such unit, or the state cannot be kept.
pub fn revoke_tokens(place: &SitePlace, unit: &str) -> Result<usize, ServeError> {
    known_unit(place, unit)?;
    let revoked = open_state(place)?.revoke_tokens(unit, clock::now());
    revoked.map_err(|error| ServeError::State(place.state.display().to_string(), error))
}

fn known_unit(place: &SitePlace, unit: &str) -> Result<(), ServeError> {
    let files = || Files::in_folder(&place.root);
    let publication = Desk::publication_of(files(), place.publication.as_deref())?;
    let overview = Desk::new(files(), publication).overview()?;
    let is_known = unit.is_empty() || overview.units.iter().any(|known| known.name == unit);
    if is_known { Ok(()) } else { Err(DeskError::NoUnit.into()) }
}

/// Copies drafts and the log into `file`, while a server may be running.
///
/// # Errors
/// [`ServeError`] when it is there already or cannot be written.
pub fn backup(place: &SitePlace, file: &Path) -> Result<(), ServeError> {
    if Files::argument_state(file) != ArgumentState::Missing {
        return Err(ServeError::Exists(file.display().to_string()));
    }
    let copied = open_state(place)?.backup(file);
    copied.map_err(|error| ServeError::State(file.display().to_string(), error))
}

/// Writes a line to standard error for what happens: no names, no words of cells. The log ends with what is returned.
///
/// Requests never wait for who reads the log: a thread of its own writes, and lines that find no room are counted.
pub fn log() -> WorkerGuard {
    let (lines, guard) = tracing_appender::non_blocking(std::io::stderr());
    // a second log of one process would be a fault of ours; the first goes on
    let _ = tracing_subscriber::fmt().with_writer(lines).with_target(false).try_init();
    guard
}

/// How long connections may take to end when the server ends: a sheet under way takes less, and who neither reads nor closes
/// holds nobody up.
const FAREWELL: std::time::Duration = std::time::Duration::from_secs(20);

/// Serves until the process is interrupted; `begun` is told the address.
///
/// # Errors
/// [`ServeError`] when it cannot begin.
pub fn serve(place: &SitePlace, begun: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let files = || Files::in_folder(&place.root);
    let publication = Desk::publication_of(files(), place.publication.as_deref())?;
    let state = open_state(place)?;
    let oldest = clock::now() - i64::from(place.keep_days) * clock::DAY;
    let kept = state.forget(oldest);
    kept.map_err(|error| ServeError::State(place.state.display().to_string(), error))?;
    let sheets = Arc::new(UnitSheets::default());
    let root = place.root.clone();
    let desk = move || {
        let desk = Desk::new(Files::in_folder(&root), publication.clone());
        desk.with_sheets(Arc::clone(&sheets)).with_engine(Arc::default())
    };
    let site = Arc::new(Site {
        state,
        reading: Pool::new(1, desk.clone()),
        pool: Pool::new(cores::count(), desk),
        access: place.access,
        attempts: token::Attempts::default(),
        rates: rates::Rates::default(),
        bundles: bundles::Bundles::default(),
        accepting: tokio::sync::Mutex::default(),
        is_secure: place.public_url.as_deref().is_some_and(|url| url.starts_with("https://")),
        is_read_only: place.is_read_only,
        language: place.language,
        previews: preview::Previews::new(&place.root),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let served = runtime.block_on(async {
        let wanted = SocketAddr::new(place.address, place.port);
        let listener = TcpListener::bind(wanted).await.map_err(|error| ServeError::Address(wanted, error))?;
        let bound = listener.local_addr()?;
        let pages = routes::pages(Arc::clone(&site));
        let guarded = gate::guard(pages, gate::hosts(bound, place.public_url.as_deref()));
        begun(bound);
        tracing::info!(address = %bound, "serving");
        let pages = guarded.into_make_service_with_connect_info::<Peer>();
        let ends = Arc::clone(&site);
        let (ends_now, end) = tokio::sync::oneshot::channel();
        let ending = async move {
            interrupted().await;
            // who looks at a preview would hold the server for ever
            ends.previews.close();
            // nobody listens any more when all connections have ended
            let _ = ends_now.send(());
        };
        let late = async {
            match end.await {
                Ok(()) => tokio::time::sleep(FAREWELL).await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            served = axum::serve(Limited::new(listener), pages).with_graceful_shutdown(ending) => served?,
            () = late => tracing::warn!("connections were still open at the end"),
        }
        Ok(())
    });
    // what waits is finished
    site.reading.close();
    site.pool.close();
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    served
}

/// Ends when the process is asked to end.
async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // without a signal to wait for, the server ends with the process
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
