//! The limits of jobs: what is told of a job that is being made, and what is done with one that broke a limit.
//!
//! In: what an earlier run had to stop. Out: whether a job is made, is made alone, or is a finding. The engine cannot be
//! stopped within the process: who watches (a command, the page for staff) ends the process that works on a job, and begins
//! again with [`Precautions`].

use serde::{Deserialize, Serialize};

use crate::model::limits::BrokenLimit;

/// After so many jobs of one template broke a limit, its others are not tried.
const ENOUGH: usize = 3;
/// With more jobs under suspicion than this, every job is made alone.
const MOST_SUSPECTS: usize = 32;

/// Jobs that a session remembers.
const MOST_STOPPED: usize = 200;

/// A job that is being made, as who watches over its limits knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningJob {
    /// The path of its first file.
    pub path: String,
    /// The name of its layout.
    pub layout: String,
    /// The digest of the project's own files of that layout.
    pub template: String,
    /// The digest of what its layout is given.
    pub input: String,
}

/// A job that broke a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedJob {
    /// The job.
    pub job: RunningJob,
    /// The limit.
    pub limit: BrokenLimit,
}

/// What a run knows of jobs that earlier ones could not end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precautions {
    /// Jobs that are not made again while nothing of them changes.
    pub stopped: Vec<StoppedJob>,
    /// Paths of jobs that are made with nothing beside them: one of them took too much memory.
    pub alone: Vec<String>,
}

/// Why a job is not made.
pub(super) enum Stop {
    /// It broke a limit itself.
    Limit(BrokenLimit),
    /// So many others of its template broke a limit.
    Template(usize),
}

impl Precautions {
    /// Whether the job with the file `path` is made with nothing beside it.
    #[must_use]
    pub fn is_alone(&self, path: &str) -> bool {
        self.alone.len() > MOST_SUSPECTS || self.alone.iter().any(|suspect| suspect == path)
    }

    /// Adds jobs that broke a limit; of very many the latest are kept.
    pub(super) fn add(&mut self, stopped: Vec<StoppedJob>) {
        self.stopped.extend(stopped);
        self.stopped.drain(..self.stopped.len().saturating_sub(MOST_STOPPED));
    }

    /// Why `job` is not made, if it is not.
    pub(super) fn stop(&self, job: &RunningJob) -> Option<Stop> {
        let own = self.stopped.iter().find(|stopped| stopped.job == *job);
        let of_template = |stopped: &&StoppedJob| {
            (&stopped.job.layout, &stopped.job.template) == (&job.layout, &job.template)
        };
        let count = self.stopped.iter().filter(of_template).count();
        let given_up = (count >= ENOUGH).then_some(Stop::Template(count));
        own.map(|stopped| Stop::Limit(stopped.limit)).or(given_up)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(path: &str, template: &str) -> RunningJob {
        let (path, template) = (path.to_owned(), template.to_owned());
        RunningJob { path, layout: "sheet".to_owned(), template, input: "a".to_owned() }
    }

    fn after(jobs: &[RunningJob]) -> Precautions {
        let stopped = jobs.iter().map(|job| StoppedJob { job: job.clone(), limit: BrokenLimit::Time });
        Precautions { stopped: stopped.collect(), alone: Vec::new() }
    }

    #[test]
    fn a_job_is_tried_again_when_anything_of_it_changed() {
        let known = after(&[job("a.pdf", "1")]);
        assert!(matches!(known.stop(&job("a.pdf", "1")), Some(Stop::Limit(BrokenLimit::Time))));
        assert!(known.stop(&RunningJob { input: "b".to_owned(), ..job("a.pdf", "1") }).is_none());
        assert!(known.stop(&job("b.pdf", "1")).is_none());
    }

    #[test]
    fn after_three_a_template_is_given_up_until_it_changes() {
        let three = ["a.pdf", "b.pdf", "c.pdf"].map(|path| job(path, "1"));
        assert!(after(&three[..2]).stop(&job("d.pdf", "1")).is_none());
        assert!(matches!(after(&three).stop(&job("d.pdf", "1")), Some(Stop::Template(3))));
        assert!(matches!(after(&three).stop(&three[0]), Some(Stop::Limit(_))), "its own limit is said");
        assert!(after(&three).stop(&job("d.pdf", "2")).is_none());
    }

    #[test]
    fn many_suspects_make_every_job_alone() {
        let suspects = |count: usize| Precautions {
            alone: (0..count).map(|number| format!("{number}.pdf")).collect(),
            ..Precautions::default()
        };
        assert!(suspects(2).is_alone("1.pdf") && !suspects(2).is_alone("2.pdf"));
        assert!(suspects(MOST_SUSPECTS + 1).is_alone("else.pdf"));
    }
}
