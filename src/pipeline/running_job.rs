//! A job that is being made within its limits.
//!
//! In: the job and what earlier runs know of it. Out: its pages, or what is said of the limit that it broke.

use super::build_context::BuildContext;
use super::job_key::EngineInput;
use super::limits::{RunningJob, Stop, StoppedJob};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::limits::{BrokenLimit, JobLimits};
use crate::output;
use crate::say;
use crate::typeset::{LaidOut, SetPages};

impl RunningJob {
    /// The job whose first file is `path`.
    pub(super) fn new(context: &BuildContext<'_>, path: &str, engine: &EngineInput<'_>) -> Self {
        let layout = &engine.input.layout;
        let files = context.engine.layout_files(layout);
        Self {
            path: path.to_owned(),
            layout: layout.clone(),
            template: output::checksum(format!("{files:?}").as_bytes()),
            input: engine.digest.clone(),
        }
    }

    /// Why it is not made, if it is not: at the row that it is made of, if that is one.
    pub(super) fn refusal(&self, context: &BuildContext<'_>, laid_out: &LaidOut) -> Option<Diagnostic> {
        let RunningJob { path, layout, .. } = self;
        let diagnostic = match context.precautions.stop(self)? {
            Stop::Limit(limit) => return Some(self.broken(context, laid_out, limit)),
            Stop::Template(count) => Diagnostic::error(
                Code::LimitBroken,
                say!(
                    "レイアウト「{layout}」では{count}件が限りを超えて止まったので、{path} は組みませんでした。",
                    "{count} files of the layout \"{layout}\" broke a limit and were stopped: {path} was not tried."
                ),
            ),
        };
        Some(diagnostic.at(place(laid_out)))
    }

    /// Its pages, set while who watches over limits is told.
    ///
    /// # Errors
    /// What is said of it when it broke a limit, now or in an earlier run.
    pub(super) fn set(&self, context: &BuildContext<'_>, laid_out: &LaidOut) -> Result<SetPages, Diagnostic> {
        if let Some(refusal) = self.refusal(context, laid_out) {
            return Err(refusal);
        }
        let set = context.engine.set(&laid_out.input, context.limits);
        let limit = match set {
            Ok(set) if set.pages.len() > context.limits.pages as usize => BrokenLimit::Pages(set.pages.len()),
            Ok(set) => return Ok(set),
            Err(limit) => limit,
        };
        // what takes long is not tried again while nothing of it changes
        if matches!(limit, BrokenLimit::Time | BrokenLimit::Memory) {
            context.engine.note(StoppedJob { job: self.clone(), limit });
        }
        Err(self.broken(context, laid_out, limit))
    }

    fn broken(&self, context: &BuildContext<'_>, laid_out: &LaidOut, limit: BrokenLimit) -> Diagnostic {
        broken(&context.limits, limit, (&self.path, &self.layout)).at(place(laid_out))
    }
}

fn place(laid_out: &LaidOut) -> Option<crate::model::origin::Origin> {
    match laid_out.facts.records.as_slice() {
        [only] => only.origin.clone(),
        _ => None,
    }
}

fn broken(limits: &JobLimits, limit: BrokenLimit, (path, layout): (&str, &str)) -> Diagnostic {
    let JobLimits { pages, seconds, memory_mib } = limits;
    let (words, key) = match limit {
        BrokenLimit::Process => {
            return Diagnostic::error(
                Code::LimitBroken,
                say!(
                    "レイアウト「{layout}」の組版の途中で、組版のプロセスが落ちたので、{path} を作れませんでした。",
                    "The process that set {path} with the layout \"{layout}\" fell over: it was not made."
                ),
            )
            .hint(say!(
                "もう一度試してください。同じことが続くなら、レイアウトの入れ子（関数が自分を呼ぶところ）が深すぎないか確かめてください。",
                "Try once more; if it happens again, see whether the layout nests something without end."
            ));
        }
        BrokenLimit::Pages(count) => (
            say!(
                "レイアウト「{layout}」で {path} が{count}ページになり、限りの{pages}ページを超えたので、作りませんでした。",
                "{path}, set with the layout \"{layout}\", has {count} pages, more than the limit of {pages}: it was not made."
            ),
            "pages",
        ),
        BrokenLimit::Time => (
            say!(
                "レイアウト「{layout}」の組版が限りの{seconds}秒を超えたので、{path} を作るのを止めました。",
                "Setting {path} with the layout \"{layout}\" took more than the limit of {seconds} s and was stopped."
            ),
            "seconds",
        ),
        BrokenLimit::Memory => (
            say!(
                "レイアウト「{layout}」の組版で、メモリが限りの {memory_mib} MiB を超えたので、{path} を作るのを止めました。",
                "Setting {path} with the layout \"{layout}\" took more memory than the limit of {memory_mib} MiB and was stopped."
            ),
            "memory-mib",
        ),
    };
    Diagnostic::error(Code::LimitBroken, words).hint(say!(
        "レイアウトの繰り返しに終わりがあるか確かめてください。これで正しいなら、sasshi.toml の [limits] {key} を大きくします。",
        "See whether the layout repeats something without end; if this is as it should be, raise {key} of [limits] in sasshi.toml."
    ))
}
