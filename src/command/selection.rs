//! What of a project the command line asks for: publications, units, editions.
//!
//! In: the words of the command line, and the project. Out: a [`Selection`]; a wrong word ends the command before anything is
//! read.

use clap::Args;

use super::{CommandError, Context};
use crate::merge::{Selection, WantedEdition};
use crate::model::edition::{Edition, Reader};
use crate::pipeline::Session;
use crate::project::{Per, Project, not_known};

/// Which files are asked for.
#[derive(Debug, Default, Clone, Args)]
pub struct SelectionArgs {
    /// Names of publications; all if none is given
    #[arg(value_name = "PUBLICATION")]
    pub publications: Vec<String>,
    /// Only the sheets of these wards (or other units): a name or a part of it, code or romaji; several with commas
    #[arg(long, value_name = "WARD")]
    pub only: Vec<String>,
    /// Only this edition (screen, office, press)
    #[arg(long, value_name = "EDITION")]
    pub edition: Vec<String>,
}

impl SelectionArgs {
    /// What is asked for in the project of `session`.
    pub(super) fn in_project(
        &self,
        context: &Context,
        session: &mut Session,
    ) -> Result<Selection, CommandError> {
        match session.project()? {
            Some(project) => checked(context, &project, self),
            None => Ok(Selection::default()),
        }
    }

    /// The words of a command line that asks for the same files.
    pub(super) fn words(&self) -> Vec<String> {
        let lists = [("only", &self.only), ("edition", &self.edition), ("publication", &self.publications)];
        let pairs =
            lists.into_iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
        pairs.flat_map(|(name, value)| [name.to_owned(), value.clone()]).collect()
    }

    /// What such words ask for.
    pub(super) fn of_words(words: &[String]) -> Self {
        let mut args = Self::default();
        for pair in words.chunks_exact(2) {
            let list = match pair[0].as_str() {
                "only" => &mut args.only,
                "edition" => &mut args.edition,
                _ => &mut args.publications,
            };
            list.push(pair[1].clone());
        }
        args
    }
}

/// A wrong word of the command line is no fault of the data: it ends the run before anything is read.
fn checked(context: &Context, project: &Project, args: &SelectionArgs) -> Result<Selection, CommandError> {
    let known: Vec<&str> = project.publications.iter().map(|plan| plan.name.value.as_str()).collect();
    for name in &args.publications {
        // one whose layout cannot be read is there: what is wrong with it is a finding
        if !known.contains(&name.as_str()) && !project.unresolved.contains(name) {
            let list = known.join(", ");
            return Err(context
                .words(
                    "刊行物「{name}」はありません。あるのは：{list}",
                    "there is no publication \"{name}\"; there are: {list}",
                )
                .replace("{name}", name)
                .replace("{list}", &list)
                .into());
        }
    }
    let editions: Vec<WantedEdition> =
        args.edition.iter().map(|name| edition(context, name)).collect::<Result<_, _>>()?;
    let asked = |name: &str| args.publications.is_empty() || args.publications.iter().any(|one| one == name);
    for WantedEdition { edition, reader } in &editions {
        let mut plans = project
            .publications
            .iter()
            .filter(|plan| asked(&plan.name.value) && plan.editions.contains(edition))
            .peekable();
        if let Some(reader) = reader.filter(|reader| {
            plans.peek().is_some() && !plans.clone().any(|plan| plan.readers.contains(reader))
        }) {
            return Err(context
                .words(
                    "読み手「{}」のために作る刊行物がありません。sasshi.toml の readers に「{}」を加えてください。",
                    "no publication is made for the reader \"{}\"; add it to readers in sasshi.toml",
                )
                .replace("{}", reader.name())
                .into());
        }
        if plans.next().is_none() {
            return Err(context
                .words(
                    "種類「{}」を作る刊行物がありません。sasshi.toml の editions に「{}」を加えてください。",
                    "no publication makes the edition \"{}\"; add it to editions in sasshi.toml",
                )
                .replace("{}", edition.name())
                .into());
        }
    }
    let mut plans = project.publications.iter().filter(|plan| asked(&plan.name.value));
    if !args.only.is_empty() && !plans.any(|plan| matches!(plan.per, Per::Directory(_))) {
        let names =
            if args.publications.is_empty() { known.join(", ") } else { args.publications.join(", ") };
        return Err(context
            .words(
                "--only は、1件ごとにファイルを作る刊行物だけに使えます（「{}」は違います）。",
                "--only is for publications of one file a record, which these are not: {}",
            )
            .replace("{}", &names)
            .into());
    }
    Ok(Selection { publications: args.publications.clone(), only: args.only.clone(), editions })
}

/// `screen`, or `screen-en`: an edition, and a reader unless it is the first of the publication.
fn edition(context: &Context, name: &str) -> Result<WantedEdition, CommandError> {
    // both names may hold a hyphen: the longest edition that fits is meant
    let mut split = name.match_indices('-').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let (edition, reader) = match split.rfind(|(edition, _)| Edition::named(edition).is_some()) {
        Some((edition, reader)) if Edition::named(name).is_none() => (edition, Some(reader)),
        _ => (name, None),
    };
    let found = Edition::named(edition).ok_or_else(|| {
        let names = Edition::ALL.iter().map(|(name, _)| *name);
        context.refusal(&not_known("種類", "edition", edition, names))
    })?;
    let Some(reader) = reader else { return Ok(WantedEdition { edition: found, reader: None }) };
    if let Some(read_by) = Reader::named(reader) {
        return Ok(WantedEdition { edition: found, reader: Some(read_by) });
    }
    let names = Reader::ALL.iter().map(|(name, _)| *name);
    Err(context.refusal(&not_known("読み手", "reader", reader, names)))
}
