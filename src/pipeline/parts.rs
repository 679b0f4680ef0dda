//! Builds in shards: each machine makes its part, and one brings them together.
//!
//! In: what was prepared, and which share of it to make; later the parts of all shares. Out: a part; or a cache in which all
//! jobs of the build are known, so that the build that follows makes the tree that one machine would have made.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::build;
use super::build_context::BuildContext;
use super::kept::{self, KeptFile, KeptJob, KeptSum};
use super::{PipelineError, Prepared, Progress, Session};
use crate::diagnostic::Say;
use crate::model::shard::Shard;
use crate::output::{self, Cache, Disk, OutputError, PROGRAM, PartFault, ShardPart, Sink, SinkVerdict};
use crate::report::facts::Facts;
use crate::say;
use crate::typeset::Typesetter;

/// Why parts cannot be joined.
#[derive(Debug, PartialEq, Eq)]
pub enum JoinFault {
    /// A folder is no part.
    NoPart(PathBuf, PartFault),
    /// A part is of another build than the first one.
    OtherBuild(PathBuf),
    /// The parts are of one build, and the sources are no longer those.
    OtherSources,
    /// There is no part of this share.
    Missing(Shard),
    /// Two folders are the part of one share.
    Twice(PathBuf, PathBuf),
    /// A file of a part is gone or not as it was made.
    Damaged(PathBuf, String),
}

impl JoinFault {
    /// In words.
    #[must_use]
    pub fn words(&self) -> Say {
        match self {
            Self::NoPart(folder, PartFault::Missing) => {
                let folder = folder.display();
                say!(
                    "{folder} に、できあがった分担がありません（途中で止まったか、場所が違います）",
                    "{folder} holds no finished part: its shard did not end, or it is another folder"
                )
            }
            Self::NoPart(folder, PartFault::Damaged) => {
                let folder = folder.display();
                say!("{folder} の記録が壊れています", "the record of {folder} is damaged")
            }
            Self::NoPart(folder, PartFault::Program) => {
                let folder = folder.display();
                say!(
                    "{folder} は、ほかの版の sasshi が作ったものです",
                    "{folder} was made by another version of sasshi"
                )
            }
            Self::OtherBuild(folder) => {
                let folder = folder.display();
                say!(
                    "{folder} は、ほかの分担と原稿か数が違います",
                    "{folder} is of another build than the first part"
                )
            }
            Self::OtherSources => say!(
                "分担を作ったあとで、原稿が変わっています。分担を作り直してください",
                "the sources have changed since the parts were made; make the parts again"
            ),
            Self::Missing(shard) => {
                let (index, count) = (shard.index(), shard.count());
                say!("分担 {index}/{count} がありません", "part {index}/{count} is missing")
            }
            Self::Twice(first, second) => {
                let (first, second) = (first.display(), second.display());
                say!("{first} と {second} は、同じ分担です", "{first} and {second} are the same part")
            }
            Self::Damaged(folder, file) => {
                let folder = folder.display();
                say!(
                    "{folder} の {file} が、消えたか変わっています",
                    "{file} of {folder} is gone or was changed"
                )
            }
        }
    }
}

/// How parts come to be joined.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// They do not fit.
    #[error("{}", .0.words().en)]
    Fault(JoinFault),
    /// What they hold cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl Prepared {
    /// The digest of all that the build is to be made of; none if nothing can be made, or something of it is not known.
    #[must_use]
    pub fn build_digest(&self) -> Option<String> {
        let (ready, key) = (self.ready.as_ref()?, self.key.as_ref()?);
        let sights = ready.project.files.whole_record()?;
        Some(output::checksum(format!("{PROGRAM} {key:?} {sights:?}").as_bytes()))
    }
}

impl Session {
    /// Makes the share of `shard` and gives it to `sink`, the disk of a part. What only a whole build can tell is told by
    /// who joins the parts: files that are held, what no file shows, the docket, the report.
    ///
    /// # Errors
    /// [`PipelineError`] as for [`Session::make`].
    pub fn make_part(
        &mut self,
        prepared: &Prepared,
        sink: &Disk,
        progress: &dyn Progress,
        shard: Shard,
    ) -> Result<(Facts, Vec<String>), PipelineError> {
        let mut facts = prepared.facts.clone();
        let Some(ready) = &prepared.ready else { return Ok((facts, Vec::new())) };
        let super::Ready { project, publications, presses, .. } = ready;
        let engine = super::Engine::new(project, self.typesetter.take(), &self.fonts, publications)?;
        let context = BuildContext { shard: Some(shard), ..self.context(&engine, presses, sink, progress) };
        build::set_all(&context, publications, &mut facts)?;
        self.typesetter = engine.into_typesetter();
        Typesetter::end_run();
        facts.files.sort_by(|a, b| a.path.cmp(&b.path));
        facts.sort();
        let _ = sink.settle(SinkVerdict::Clean)?;
        let cache = sink.cache();
        let keys = cache.map(Cache::used_jobs).unwrap_or_default();
        cache.map_or(Ok(()), |cache| cache.finish(project.cache_limit))?;
        Ok((facts, keys))
    }

    /// Takes what `parts` hold into `sink`: after it every job of theirs is known. Nothing is written unless they fit.
    ///
    /// # Errors
    /// [`JoinError`] when they are not the parts of one build of the present sources, all there, each once and as made.
    pub fn join(&self, prepared: &Prepared, folders: &[PathBuf], sink: &Disk) -> Result<(), JoinError> {
        let parts = fitting(folders, prepared.build_digest().as_deref()).map_err(JoinError::Fault)?;
        for part in &parts {
            each_job(part, |_, _, _| Ok(()))?;
        }
        for part in &parts {
            each_job(part, |key, job, bytes| {
                for (path, bytes) in bytes {
                    sink.put(&path, &bytes)?;
                }
                let paths: Vec<&str> = job.files.iter().map(|file| file.path.as_str()).collect();
                sink.cache().map_or(Ok(()), |cache| cache.keep(key, &paths, &kept::bytes(job)))
            })?;
        }
        Ok(())
    }
}

/// The parts in `folders`, if they are those of one build with this digest.
fn fitting(folders: &[PathBuf], build: Option<&str>) -> Result<Vec<ShardPart>, JoinFault> {
    let mut parts: BTreeMap<Shard, ShardPart> = BTreeMap::new();
    for folder in folders {
        let part = ShardPart::open(folder).map_err(|fault| JoinFault::NoPart(folder.clone(), fault))?;
        let record = &part.record;
        let shard = Shard::new(record.index, record.count)
            .ok_or_else(|| JoinFault::NoPart(folder.clone(), PartFault::Damaged))?;
        let fits =
            |first: &ShardPart| (&first.record.build, first.record.count) == (&record.build, record.count);
        if parts.values().next().is_some_and(|first| !fits(first)) {
            return Err(JoinFault::OtherBuild(folder.clone()));
        }
        if let Some(known) = parts.get(&shard) {
            return Err(JoinFault::Twice(known.folder().to_owned(), folder.clone()));
        }
        parts.insert(shard, part);
    }
    let count = parts.keys().next().map_or(1, |shard| shard.count());
    for shard in (1..=count).filter_map(|index| Shard::new(index, count)) {
        if !parts.contains_key(&shard) {
            return Err(JoinFault::Missing(shard));
        }
    }
    let parts: Vec<ShardPart> = parts.into_values().collect();
    if parts.iter().any(|part| Some(part.record.build.as_str()) != build) {
        return Err(JoinFault::OtherSources);
    }
    Ok(parts)
}

/// Files of a part with their bytes.
type PartFiles = Vec<(String, Vec<u8>)>;

/// Shows each job of a part to `see`, with the bytes of its files.
fn each_job(
    part: &ShardPart,
    mut see: impl FnMut(&str, &KeptJob, PartFiles) -> Result<(), OutputError>,
) -> Result<(), JoinError> {
    let damaged =
        |file: &str| JoinError::Fault(JoinFault::Damaged(part.folder().to_owned(), file.to_owned()));
    for key in &part.record.jobs {
        let job: Option<KeptJob> = part.job(key).and_then(|bytes| kept::read(&bytes));
        let job = job.ok_or_else(|| damaged(key))?;
        let mut files = Vec::new();
        for KeptSum { path, sum } in job.files.iter().flat_map(KeptFile::sums) {
            let bytes = part.output(path, sum).ok_or_else(|| damaged(path))?;
            files.push((path.to_owned(), bytes));
        }
        see(key, &job, files)?;
    }
    Ok(())
}
