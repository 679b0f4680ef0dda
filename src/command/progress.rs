//! Progress: a bar on a terminal, plain lines elsewhere, nothing when quiet.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex};

use indicatif::{ProgressBar, ProgressStyle};

use super::watchdog::Watchdog;
use super::{Context, signal};
use crate::diagnostic::{Language, Say};
use crate::model::limits::JobLimits;
use crate::pipeline::limits::RunningJob;
use crate::pipeline::{BuildStep, Progress};
use crate::report::terminal::Purpose;

/// How progress is shown.
pub struct Bar {
    kind: Kind,
    language: Language,
    /// Whether it is said why a file is made.
    says_why: bool,
    shown: Arc<Mutex<Option<ProgressBar>>>,
    watchdog: Watchdog,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bar,
    Lines,
    Silent,
}

impl Bar {
    /// Progress for a run; a run that writes nothing names no files.
    #[must_use]
    pub fn new(context: &Context, purpose: Purpose) -> Self {
        let silent = context.common.quiet || !context.is_for_people();
        let kind = if silent {
            Kind::Silent
        } else if std::io::stderr().is_terminal() {
            Kind::Bar
        } else if purpose == Purpose::Make {
            Kind::Lines
        } else {
            Kind::Silent
        };
        let shown: Arc<Mutex<Option<ProgressBar>>> = Arc::default();
        let (language, before) = (context.language, Arc::clone(&shown));
        // the line stands where the bar stood
        let tell = move |words: Say| {
            if let Ok(held) = before.lock() {
                held.iter().for_each(ProgressBar::finish_and_clear);
            }
            if kind != Kind::Silent {
                // who closed standard error does not want to hear it
                let _ = writeln!(std::io::stderr(), "sasshi: {}", words.in_language(language));
            }
        };
        Self { kind, language, says_why: false, shown, watchdog: Watchdog::new(tell) }
    }

    /// The same, saying why each file is made if `why` is asked for.
    #[must_use]
    pub(super) fn with_reasons(self, why: bool) -> Self {
        Self { says_why: why, ..self }
    }

    fn with(&self, act: impl FnOnce(&ProgressBar)) {
        if let Ok(held) = self.shown.lock()
            && let Some(bar) = held.as_ref()
        {
            act(bar);
        }
    }
}

impl Progress for Bar {
    fn start(&self, total: usize) {
        if self.kind != Kind::Bar {
            return;
        }
        let bar = ProgressBar::new(total as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}") {
            bar.set_style(style);
        }
        if let Ok(mut held) = self.shown.lock() {
            *held = Some(bar);
        }
    }

    fn file(&self, path: &str, step: BuildStep) {
        match self.kind {
            Kind::Bar => self.with(|bar| {
                bar.set_message(path.to_owned());
                bar.inc(1);
            }),
            // who closed standard error does not want to hear it
            Kind::Lines if step == BuildStep::Unchanged => {}
            Kind::Lines => drop(writeln!(std::io::stderr(), "{path}")),
            Kind::Silent => {}
        }
    }

    fn reason(&self, path: &str, why: &dyn Fn() -> Say) {
        if self.says_why && self.kind != Kind::Silent {
            let line = format!("{path}: {}", why().in_language(self.language));
            // who closed standard error does not want to hear it
            self.with(|bar| bar.suspend(|| drop(writeln!(std::io::stderr(), "{line}"))));
            if self.kind == Kind::Lines {
                let _ = writeln!(std::io::stderr(), "{line}");
            }
        }
    }

    fn begin(&self, job: &RunningJob, limits: &JobLimits) {
        self.watchdog.begin(job, *limits);
    }

    fn end(&self, job: &RunningJob) {
        self.watchdog.end(job);
    }

    fn is_stopped(&self) -> bool {
        self.watchdog.wait_for_restart();
        signal::raised().is_some()
    }

    fn finish(&self) {
        self.with(ProgressBar::finish_and_clear);
    }
}
