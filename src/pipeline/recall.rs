//! A job as an earlier run made it.
//!
//! In: the key of a job, and what the cache has under it. Out: the same files, facts and findings as a run without a cache
//! would give, with today's places; or why the job must be made.

use super::build_context::BuildContext;
use super::job_key::JobKey;
use super::kept::{KeptFile, KeptFinding, KeptJob, KeptSheets};
use super::origins;
use super::progress::BuildStep;
use super::reason::Miss;
use super::task::{Done, Given, MadeFile, Task, has_errors};
use crate::diagnostic::Diagnostic;
use crate::press::cover::{self, Placements};
use crate::report::facts::SheetsFact;
use crate::typeset::{LaidOut, PlacedOrigin};
use crate::verify;

/// The files of `task`, if they need not be made.
pub(super) fn recall(
    context: &BuildContext<'_>,
    task: &Task<'_>,
    laid_out: &LaidOut,
    key: &JobKey,
) -> Result<Done, Miss> {
    let sink = context.sink;
    let cache = sink.cache().ok_or(Miss::Changed)?;
    let job = KeptJob::recall(cache, &key.digest).ok_or(Miss::Changed)?;
    // who only looks needs no files
    let missing = if sink.keeps() { job.missing(cache).ok_or(Miss::Output)? } else { Vec::new() };
    if job.set.pages.len() > context.limits.pages as usize {
        return Err(Miss::Changed);
    }
    let mut judgement = verify::judge(laid_out, &job.set.trace, &job.words);
    let mut diagnostics = job.set.findings(laid_out);
    diagnostics.extend(judgement.diagnostics);
    if task.alone {
        diagnostics.extend(judgement.account.settle());
    }
    let placed = placed(task, &job, laid_out);
    for part in &job.parts {
        let placements = if part.is_cover { &placed.cover } else { &placed.body };
        diagnostics.extend(origins::told(part, placements));
    }
    if has_errors(&diagnostics) {
        return Ok(Done::held(context, task, diagnostics, judgement.account));
    }
    let step = if missing.is_empty() { BuildStep::Unchanged } else { BuildStep::Restored };
    let put = missing.iter().try_for_each(|(path, bytes)| sink.put(path, bytes));
    drop(missing);
    let files = give(task, job.files, &placed).ok_or(Miss::Changed)?;
    Ok(Done { files, diagnostics, account: judgement.account, step, kept: put })
}

/// Where everything landed, in the press's parts where there are two.
fn placed(task: &Task<'_>, job: &KeptJob, laid_out: &LaidOut) -> Placements {
    let landed = job.set.placements(laid_out);
    if job.parts.iter().any(|part| part.is_cover) {
        let binding = task.publication.plan.layout.page.binding;
        return cover::part_placements(landed, &job.set.pages, binding);
    }
    Placements { body: landed, cover: Vec::new() }
}

/// The files in the order in which they were made: those that are asked for, then a cover. None if that is not what is kept.
fn give(task: &Task<'_>, files: Vec<KeptFile>, placed: &Placements) -> Option<Vec<Given>> {
    let asked = task.asked.len();
    let mut given = Vec::new();
    for (index, file) in files.into_iter().enumerate() {
        let placements: &[PlacedOrigin] = match (index < asked, &file.sheets) {
            (true, None) => &placed.body,
            // places are told by the edition whose pages these are
            (true, Some(_)) => &[],
            (false, _) => &placed.cover,
        };
        let printed = file.print_file();
        let KeptFile { path, pages, sheets, findings, .. } = file;
        let sheets: Option<Option<SheetsFact>> = sheets.map(KeptSheets::fact);
        let made = MadeFile {
            pages,
            placements: placements.to_vec(),
            sheets: match sheets {
                Some(fact) => Some(fact?),
                None => None,
            },
        };
        let findings: Vec<Diagnostic> = findings.into_iter().map(KeptFinding::diagnostic).collect();
        given.push(Given::kept(made.fact(path, task), printed, findings));
    }
    (given.len() >= asked).then_some(given)
}
