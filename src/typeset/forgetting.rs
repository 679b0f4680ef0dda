//! The memory of the engine while it sets a file of many records: what it remembers of earlier pages is freed as it goes on.
//!
//! In: the world of a file. Out: its pages, the same as without: only the time and the memory that they take differ.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use typst::diag::{FileResult, SourceResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};
use typst_layout::PagedDocument;

/// For how many of its calls for a font the engine may leave a result unused, and up to twice that. A page asks for a font at
/// each of its texts, some hundred times: what all pages share is used by each and stays.
const PACE: usize = 400;

/// Sets the pages of `world`, freeing what the engine has not used for a while.
pub(super) fn compile_forgetting(world: &dyn World) -> Warned<SourceResult<PagedDocument>> {
    thread::scope(|scope| {
        // one call that waits is enough
        let (bell, rings) = mpsc::sync_channel::<()>(1);
        let forget = move || rings.iter().for_each(|()| comemo::evict(1));
        // without this thread the file is set too, with more memory
        let _ = thread::Builder::new().spawn_scoped(scope, forget);
        // its end is the end of the thread
        typst::compile(&RingingWorld { world, bell, calls: AtomicUsize::new(0) })
    })
}

/// A world that rings as the engine goes on. The engine itself cannot forget from within: it holds what it looks up.
struct RingingWorld<'w> {
    world: &'w dyn World,
    bell: SyncSender<()>,
    calls: AtomicUsize,
}

impl World for RingingWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.world.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.world.book()
    }

    fn main(&self) -> FileId {
        self.world.main()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.world.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.world.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        if self.calls.fetch_add(1, Ordering::Relaxed) % PACE == PACE - 1 {
            // who waits already, or is not there, needs no other
            let _ = self.bell.try_send(());
        }
        self.world.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.world.today(offset)
    }
}
