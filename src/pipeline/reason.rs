//! Why a job is made, or is not, in words (`--why`).
//!
//! In: what a job was made of last and what it would be made of now. Out: the first difference, down to the cell.

use std::collections::BTreeSet;

use serde_json::Value;

use super::build_context::BuildContext;
use super::job_key::JobKey;
use super::kept::{self, KeptJob};
use super::task::Task;
use crate::diagnostic::Say;
use crate::output::Cache;
use crate::say;
use crate::typeset::LaidOut;

/// Why a job must be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    /// It was not made of just this.
    Changed,
    /// It was, but a file is gone or was changed.
    Output,
}

/// Nothing has to be made.
pub(super) fn unchanged() -> Say {
    say!("前と同じ材料なので、そのまま", "unchanged")
}

impl Miss {
    /// Why, in words.
    pub fn words(
        self,
        context: &BuildContext<'_>,
        task: &Task<'_>,
        laid_out: &LaidOut,
        key: Option<&JobKey>,
    ) -> Say {
        let (Some(cache), Some(key)) = (context.sink.cache(), key) else { return first_time() };
        match self {
            Self::Output => {
                say!("できていたファイルが消えたか、変わっている", "the file was changed or taken away")
            }
            Self::Changed => changed(cache, &task.asked[0].path, key, laid_out),
        }
    }
}

fn first_time() -> Say {
    say!("はじめて作る（この版の sasshi では）", "made for the first time (by this version of sasshi)")
}

fn changed(cache: &Cache, path: &str, key: &JobKey, laid_out: &LaidOut) -> Say {
    let Some(known) = cache.key(path) else { return first_time() };
    let before: Option<KeptJob> = cache.recall(&known).and_then(|bytes| kept::read(&bytes));
    let Some(before) = before else {
        return say!("前に作ったときの記録がない", "what was kept of the last time is not there");
    };
    difference(&before.inputs, &key.inputs, laid_out).unwrap_or_else(|| {
        say!("前に作ったときの記録が壊れている", "what was kept of the last time is damaged")
    })
}

/// The first difference of two lists of inputs.
fn difference(before: &Value, now: &Value, laid_out: &LaidOut) -> Option<Say> {
    if let Some(say) = of_data(&before["set"], &now["set"], laid_out) {
        return Some(say);
    }
    for (list, ja, en) in
        [("layout_files", "レイアウトのファイル", "the layout's file"), ("images", "画像", "the image")]
    {
        if let Some(name) = first_unequal(&before[list], &now[list]) {
            return Some(say!("{ja} {name} が変わった", "{en} {name} changed"));
        }
    }
    for (field, ja, en) in [
        ("title", "題名が変わった", "the title changed"),
        ("fonts", "書体が変わった", "the fonts changed"),
        ("press", "印刷プロファイルか配色が変わった", "the press profile or the palette changed"),
        ("files", "ファイルの組か面付けが変わった", "the set of files or their imposition changed"),
    ] {
        if before[field] != now[field] {
            return Some(say!("{ja}", "{en}"));
        }
    }
    None
}

/// The first difference in what the engine is given.
fn of_data(before: &Value, now: &Value, laid_out: &LaidOut) -> Option<Say> {
    if before["data"] != now["data"] {
        let read = |data: &Value| serde_json::from_str::<Value>(data.as_str()?).ok();
        let (old, new) = (read(&before["data"])?, read(&now["data"])?);
        let found = descend(&old, &new, Spot::default())?;
        let place = found.origin.and_then(|number| laid_out.origins.get(number)).map(ToString::to_string);
        let path = found.path.join(".");
        return Some(match place {
            Some(place) => say!("{place} が変わった（{path}）", "{place} changed ({path})"),
            None => say!("{path} が変わった", "{path} changed"),
        });
    }
    let name = first_unequal(before, now)?;
    Some(say!("組み方（{name}）が変わった", "how it is set changed ({name})"))
}

/// The first name whose values differ.
fn first_unequal(before: &Value, now: &Value) -> Option<String> {
    let (before, now) = (before.as_object()?, now.as_object()?);
    let names: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    names.into_iter().find(|name| before.get(*name) != now.get(*name)).cloned()
}

/// What follows from other values of the data: a difference in it is told where there is no other.
const DERIVED: [&str; 2] = ["phrases", "unbroken"];

/// A place in the data.
#[derive(Debug, Clone, Default)]
struct Spot {
    /// Names and numbers on the way there.
    path: Vec<String>,
    /// The number of the origin nearest above.
    origin: Option<usize>,
}

/// The first place at which two values differ.
fn descend(before: &Value, now: &Value, mut spot: Spot) -> Option<Spot> {
    if before == now {
        return None;
    }
    if let Some(number) = now.get("o").and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
    {
        spot.origin = Some(number);
    }
    let step = |name: String, before: &Value, now: &Value| {
        let mut path = spot.path.clone();
        path.push(name);
        descend(before, now, Spot { path, origin: spot.origin })
    };
    let deeper = match (before, now) {
        (Value::Object(old), Value::Object(new)) => {
            // numbers of origins move along with what stands before them
            let shared = new.iter().filter(|(name, _)| *name != "o");
            let (derived, own): (Vec<_>, Vec<_>) =
                shared.partition(|(name, _)| DERIVED.contains(&name.as_str()));
            own.into_iter()
                .chain(derived)
                .filter_map(|(name, value)| Some((name, old.get(name)?, value)))
                .find_map(|(name, old, new)| step(name.clone(), old, new))
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            let pairs = old.iter().zip(new).enumerate();
            pairs.into_iter().find_map(|(index, (old, new))| step(index.to_string(), old, new))
        }
        _ => None,
    };
    deeper.or(Some(spot))
}
