//! `sasshi cluster`: prints what a scheduler of many machines is given to build a project in shards.

use clap::{Args, Subcommand};

use super::{CommandError, Context, Ending, print};

/// What `cluster` takes.
#[derive(Debug, Args)]
pub struct ClusterArgs {
    #[command(subcommand)]
    scheduler: Scheduler,
}

#[derive(Debug, Subcommand)]
enum Scheduler {
    /// Prints a job file for Slurm
    Slurm(SlurmArgs),
}

/// What `cluster slurm` takes.
#[derive(Debug, Args)]
struct SlurmArgs {
    /// In how many shards
    #[arg(long, default_value_t = 16, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    shards: u32,
    /// How many cores a shard gets
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    cores: u32,
}

/// Runs `cluster`.
///
/// # Errors
/// When standard output is closed.
pub fn run(context: &Context, args: &ClusterArgs) -> Result<Ending, CommandError> {
    match &args.scheduler {
        Scheduler::Slurm(args) => print(&slurm(context, args))?,
    }
    Ok(Ending::Done)
}

/// The job file. Numbers from 0 to N-1, so that a task that is repeated by itself keeps its part.
fn slurm(context: &Context, args: &SlurmArgs) -> String {
    let SlurmArgs { shards, cores } = args;
    let last = shards - 1;
    let how = context.words(
        "# 使い方：プロジェクトのフォルダーで sbatch shards.sh。全部おわったら sasshi join。\n\
         # 止まった分は sbatch --array=番号 shards.sh で、その分だけ作り直せます。",
        "# In the folder of the project: sbatch shards.sh, and when all have ended, sasshi join.\n\
         # One that failed is made again by itself: sbatch --array=NUMBER shards.sh",
    );
    format!(
        "#!/bin/bash\n{how}\n#SBATCH --job-name=sasshi\n#SBATCH --array=0-{last}\n#SBATCH --cpus-per-task={cores}\n\
         #SBATCH --output=sasshi-%a.log\nset -eu\ncd \"$SLURM_SUBMIT_DIR\"\n\
         exec sasshi build --quiet --jobs {cores} --shard auto/{shards}\n"
    )
}
