//! The key of a job: the digest of a closed list of all that decides its files.
//!
//! In: the input of the engine, the files that it may read, what press and sheets are made with. Out: [`JobKey`]. What
//! stands in no list decides nothing: neither where a row stands today, nor other rows, nor the clock or the machine.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::build_context::BuildContext;
use super::sheets;
use super::task::Task;
use crate::model::edition::Edition;
use crate::output::{self, PROGRAM};
use crate::typeset::SetInput;

/// What the engine is given for a job.
pub(super) struct EngineInput<'a> {
    /// All of it.
    pub input: &'a SetInput,
    /// SHA-256 of its bytes.
    pub digest: String,
}

impl<'a> EngineInput<'a> {
    /// Sums up `input`.
    pub fn new(input: &'a SetInput) -> Self {
        Self { input, digest: output::checksum(&input.bytes()) }
    }
}

/// All that decides the files of a job, beside what the engine is given.
#[derive(Debug, Serialize)]
struct JobInputs<'a> {
    /// The program with its built-in layouts, fonts and libraries.
    program: &'static str,
    /// Digests of the project's own files of the layout, and of the shared ones.
    layout_files: &'a BTreeMap<String, String>,
    /// Digests of the images that the pages may show.
    images: BTreeMap<&'a str, String>,
    /// Digests of fonts that are not built in, in the order in which they are searched.
    fonts: &'a [String],
    /// The title, for the slug.
    title: &'a str,
    /// What press files are made with.
    press: Option<PressInputs<'a>>,
    /// The files, each with how its pages lie on sheets.
    files: BTreeMap<&'a str, String>,
}

/// What decides a press file beside its pages. The date and the identifier are those of the pages.
#[derive(Debug, Serialize)]
struct PressInputs<'a> {
    profile: &'a str,
    binding: String,
    apart: bool,
}

/// The key of a job, with the list that it is the digest of.
#[derive(Debug)]
pub(super) struct JobKey {
    /// SHA-256.
    pub digest: String,
    /// The list.
    pub inputs: Value,
}

impl JobKey {
    fn of(inputs: &JobInputs<'_>, engine: &EngineInput<'_>) -> Self {
        // the values of a map of JSON are in the order of their keys
        let mut inputs = serde_json::to_value(inputs).expect("the keys of the list are texts");
        // the data of a sheet is longer than all else: it is summed up once
        let digest = output::checksum(format!("{}{inputs}", engine.digest).as_bytes());
        inputs["set"] = serde_json::to_value(engine.input).expect("the keys of the input are texts");
        Self { digest, inputs }
    }

    /// The key of pages that become the files of `task`.
    pub fn of_task(context: &BuildContext<'_>, task: &Task<'_>, engine: &EngineInput<'_>) -> Self {
        let publication = task.publication;
        let press = context.presses.of(publication).filter(|_| publication.edition == Edition::Press);
        let press = press.map(|press| PressInputs {
            profile: press.identity(),
            binding: format!("{:?}", publication.plan.layout.page.binding),
            apart: task.apart,
        });
        let files = task.asked.iter().map(|asked| {
            let order = sheets::order(asked.publication.edition, asked.publication);
            // the form of an order for programmers names each of its fields
            (asked.path.as_str(), order.map_or_else(String::new, |order| format!("{order:?}")))
        });
        let inputs = JobInputs {
            title: &publication.plan.title,
            press,
            files: files.collect(),
            ..inputs(context, engine.input)
        };
        Self::of(&inputs, engine)
    }

    /// The key of pages that are one file, at `path`.
    pub fn of_pages(context: &BuildContext<'_>, path: &str, engine: &EngineInput<'_>) -> Self {
        let files = BTreeMap::from([(path, String::new())]);
        Self::of(&JobInputs { files, ..inputs(context, engine.input) }, engine)
    }
}

fn inputs<'a>(context: &'a BuildContext<'_>, set: &'a SetInput) -> JobInputs<'a> {
    let digest = |path: &'a String| {
        let bytes = context.project.files.read(path).ok()?;
        Some((path.as_str(), output::checksum(&bytes)))
    };
    JobInputs {
        program: PROGRAM,
        layout_files: context.engine.layout_files(&set.layout),
        images: set.images.iter().filter_map(digest).collect(),
        fonts: context.engine.fonts(),
        title: "",
        press: None,
        files: BTreeMap::new(),
    }
}
