//! What a process takes: wall time, CPU time and peak memory, measured from outside as a user feels them.
//!
//! In: a command. Out: [`Run`], and rows of a table of several.

use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The result of a bench that may fail.
pub type Bench<T> = Result<T, Box<dyn Error>>;

/// What one process took.
pub struct Run {
    /// From its start to its end.
    pub wall: Duration,
    /// Where `/usr/bin/time` can tell.
    pub cost: Option<Cost>,
}

/// What a process took of the machine.
#[derive(Clone, Copy)]
pub struct Cost {
    /// User and system time, in seconds.
    pub cpu: f64,
    /// Peak memory, in KiB.
    pub memory: u64,
}

/// Runs `command` to its end.
///
/// # Errors
/// When it cannot be run, or fails.
pub fn measure(command: &mut Command) -> Bench<Run> {
    let timed = Path::new("/usr/bin/time").exists();
    let mut outer = Command::new("/usr/bin/time");
    let command = if timed {
        outer.args(["-f", "%U %S %M"]).arg(command.get_program()).args(command.get_args());
        &mut outer
    } else {
        command
    };
    let start = Instant::now();
    let output = command.stdout(Stdio::null()).stderr(Stdio::piped()).output()?;
    let wall = start.elapsed();
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(format!("{command:?} failed: {words}").into());
    }
    let last: Vec<&str> = words.lines().last().unwrap_or_default().split(' ').collect();
    let cost = match last[..] {
        [user, system, memory] if timed => {
            Some(Cost { cpu: user.parse::<f64>()? + system.parse::<f64>()?, memory: memory.parse::<u64>()? })
        }
        _ => None,
    };
    Ok(Run { wall, cost })
}

/// Medians of wall and CPU time and the highest memory, as cells of a table.
pub fn row(runs: &[Run]) -> String {
    let memory = runs.iter().filter_map(|run| run.cost).map(|cost| cost.memory).max();
    let memory = memory.map_or_else(|| "–".to_owned(), |memory| format!("{} MB", memory / 1024));
    format!("{:.2} s | {:.2} s | {memory}", wall(runs), cpu(runs))
}

/// The median of wall time, in seconds.
pub fn wall(runs: &[Run]) -> f64 {
    median(runs.iter().map(|run| run.wall.as_secs_f64()))
}

/// The median of CPU time, in seconds; no number where none is known.
pub fn cpu(runs: &[Run]) -> f64 {
    median(runs.iter().filter_map(|run| run.cost).map(|cost| cost.cpu))
}

/// The median; no number of nothing.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
