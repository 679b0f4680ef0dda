//! Progress: a bar on a terminal, plain lines elsewhere, nothing when quiet.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use super::Context;
use crate::pipeline::Progress;

/// How progress is shown.
pub struct Bar {
    kind: Kind,
    bar: Mutex<Option<ProgressBar>>,
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
    pub fn new(context: &Context, written: bool) -> Self {
        let silent = context.common.quiet || !context.is_for_people();
        let kind = if silent {
            Kind::Silent
        } else if std::io::stderr().is_terminal() {
            Kind::Bar
        } else if written {
            Kind::Lines
        } else {
            Kind::Silent
        };
        Self { kind, bar: Mutex::new(None) }
    }

    fn with(&self, act: impl FnOnce(&ProgressBar)) {
        if let Ok(held) = self.bar.lock()
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
        if let Ok(mut held) = self.bar.lock() {
            *held = Some(bar);
        }
    }

    fn file(&self, path: &str) {
        match self.kind {
            Kind::Bar => self.with(|bar| {
                bar.set_message(path.to_owned());
                bar.inc(1);
            }),
            // who closed standard error does not want to hear it
            Kind::Lines => drop(writeln!(std::io::stderr(), "{path}")),
            Kind::Silent => {}
        }
    }

    fn finish(&self) {
        self.with(ProgressBar::finish_and_clear);
    }
}
