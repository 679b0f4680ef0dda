//! The engine in a process of its own, which can be ended when a job breaks a limit.
//!
//! In: for a run, a [`PageSetter`] that hands [`SetOrder`]s to such a process; there, a [`WorkerEngine`] over the files that it
//! was sent. Out: the pages that the engine would set within the process, or the limit that was broken. How the two speak, and
//! for how long, is the matter of who starts the process.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::edit::{self, ReceivedTable};
use super::kept;
pub use super::page_setter::{PageSetter, SetOrder, files_of};
use crate::diagnostic::Outcome;
use crate::project::Project;
use crate::project::files::Files;
use crate::typeset::fonts::Fonts;
use crate::typeset::{SetInput, SetPages, Typesetter};

/// A value for the way to another process.
#[must_use]
pub fn packed(value: &impl Serialize) -> Vec<u8> {
    kept::bytes(value)
}

/// The value again; none if the bytes are none of such a value.
#[must_use]
pub fn unpacked<T: for<'d> Deserialize<'d>>(bytes: &[u8]) -> Option<T> {
    kept::read(bytes)
}

/// The engine over files that were sent.
#[derive(Default)]
pub struct WorkerEngine {
    files: BTreeMap<String, Vec<u8>>,
    open: Option<(Project, Typesetter)>,
}

impl WorkerEngine {
    /// Takes files, each in the place of an earlier one; without bytes it is gone.
    pub fn take(&mut self, files: impl IntoIterator<Item = (String, Option<Vec<u8>>)>) {
        for (path, bytes) in files {
            match bytes {
                Some(bytes) => drop(self.files.insert(path, bytes)),
                None => drop(self.files.remove(&path)),
            }
        }
        let files = self.files.iter().map(|(path, bytes)| (path.clone(), bytes.clone()));
        let project = super::open(Arc::new(Files::in_memory(files))).ok().and_then(|opened| opened.value);
        let Some(project) = project else {
            self.open = None;
            return;
        };
        let known = self.open.take().map(|(_, typesetter)| typesetter);
        let typesetter = match known.filter(|known| known.has_fonts_of(&project.files)) {
            Some(mut known) => {
                known.refresh(&project);
                Some(known)
            }
            None => Fonts::load(&project.files, &[]).ok().map(|fonts| Typesetter::new(&project, fonts)),
        };
        self.open = typesetter.map(|typesetter| (project, typesetter));
    }

    /// The pages of a job; none if the files are those of no project.
    #[must_use]
    pub fn set(&self, input: &SetInput, most_pages: u32) -> Option<SetPages> {
        let (_, typesetter) = self.open.as_ref()?;
        Some(typesetter.set(input, most_pages))
    }

    /// A file that somebody sends in, read as one of the directory called `directory`; none if there is no such directory.
    #[must_use]
    pub fn receive(
        &self,
        directory: &str,
        name: &str,
        bytes: Vec<u8>,
    ) -> Option<Outcome<Option<ReceivedTable>>> {
        let (project, _) = self.open.as_ref()?;
        Some(edit::receive(project.directory(directory)?, name, bytes))
    }

    /// Forgets what the last runs had no use for.
    pub fn end_run(&self) {
        Typesetter::end_run();
    }
}
