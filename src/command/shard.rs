//! `sasshi build --shard`: the share of a build that this machine makes, as schedulers number their machines.
//!
//! In: `3/16`, or `auto` and the variables of a scheduler. Out: a [`Shard`], and where parts lie.

use std::path::{Path, PathBuf};

use super::{CommandError, Context};
use crate::model::shard::Shard;
use crate::output;

/// Variables in which schedulers say which of its machines this is, from 0: Slurm, Kubernetes, AWS Batch, Cloud Run.
const INDEX: [&str; 4] =
    ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX", "CLOUD_RUN_TASK_INDEX"];
/// Variables that say how many there are: one of ours, AWS Batch, Cloud Run. Slurm's own counts the tasks of this call,
/// which are fewer when one is repeated.
const COUNT: [&str; 3] = ["SASSHI_SHARDS", "AWS_BATCH_JOB_ARRAY_SIZE", "CLOUD_RUN_TASK_COUNT"];

/// The share that `text` names.
///
/// # Errors
/// Words of what is wrong with it.
pub(super) fn shard(
    context: &Context,
    text: &str,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<Shard, CommandError> {
    let number = |names: &[&str]| -> Option<u32> {
        names.iter().find_map(|name| variable(name)).and_then(|value| value.trim().parse().ok())
    };
    let (head, count) = text.split_once('/').map_or((text, None), |(head, count)| (head, Some(count)));
    if head != "auto" {
        return Shard::read(text).ok_or_else(|| {
            context
                .words(
                    "--shard は「3/16」のように、何番目か（1から）と全部の数を書いてください",
                    "--shard is which (from 1) of how many, as 3/16",
                )
                .into()
        });
    }
    let Some(index) = number(&INDEX) else {
        return Err(context
            .words(
                "--shard auto ですが、番号を示す環境変数がありません：{}",
                "--shard auto, and no variable says which this is: {}",
            )
            .replace("{}", &INDEX.join(", "))
            .into());
    };
    let count = count.map_or_else(|| number(&COUNT), |count| count.parse().ok());
    let Some(count) = count else {
        return Err(context
            .words(
                "全部の数がわかりません。--shard auto/16 のように書くか、環境変数で示してください：{}",
                "how many there are is not known: write --shard auto/16, or set one of {}",
            )
            .replace("{}", &COUNT.join(", "))
            .into());
    };
    Shard::new(index.saturating_add(1), count).ok_or_else(|| {
        context
            .words(
                "番号 {index}（0から）は、全部の数 {count} に合いません",
                "number {index} (from 0) is none of {count}",
            )
            .replace("{index}", &index.to_string())
            .replace("{count}", &count.to_string())
            .into()
    })
}

/// The folders of parts in the project at `root`, where none is named.
pub(super) fn folders(root: &Path, named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() { output::part_folders(root) } else { named.to_vec() }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::diagnostic::Language;

    fn of(text: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let common = super::super::Cli::parse_from(["sasshi", "fonts"]).common;
        let context = Context { common, language: Language::English };
        let variable = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        shard(&context, text, variable).map(Shard::folder).map_err(|error| error.to_string())
    }

    #[test]
    fn schedulers_number_their_machines_from_zero() {
        assert_eq!(of("3/16", &[]).as_deref(), Ok("03-of-16"));
        assert_eq!(of("auto/16", &[("SLURM_ARRAY_TASK_ID", "2")]).as_deref(), Ok("03-of-16"));
        assert_eq!(
            of("auto", &[("JOB_COMPLETION_INDEX", "0"), ("SASSHI_SHARDS", "4")]).as_deref(),
            Ok("1-of-4")
        );
        let batch = [("AWS_BATCH_JOB_ARRAY_INDEX", "3"), ("AWS_BATCH_JOB_ARRAY_SIZE", "4")];
        assert_eq!(of("auto", &batch).as_deref(), Ok("4-of-4"));
        let run = [("CLOUD_RUN_TASK_INDEX", "1"), ("CLOUD_RUN_TASK_COUNT", "2")];
        assert_eq!(of("auto", &run).as_deref(), Ok("2-of-2"));
        for (text, variables) in [
            ("auto", &[][..]),
            ("auto", &[("SLURM_ARRAY_TASK_ID", "2"), ("SLURM_ARRAY_TASK_COUNT", "1")]),
            ("auto/2", &[("SLURM_ARRAY_TASK_ID", "2")]),
            ("auto/x", &[("SLURM_ARRAY_TASK_ID", "2")]),
            ("0/2", &[]),
            ("some", &[]),
        ] {
            assert!(of(text, variables).is_err(), "{text} {variables:?}");
        }
    }
}
