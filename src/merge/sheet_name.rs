//! Names of the files of records where the manifest gives no pattern: never two alike, and the same for the same list.
//!
//! In: the records of a list in its order. Out: `101-tsurumi` by code and Latin name, else one of them, else by the name in
//! Latin letters as its reading gives them, else by the place in the list: `07`. What would stand twice has its place
//! behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::file_name::clean;
use crate::check::checked::RowNaming;
use crate::model::role::Role;
use crate::model::romaji;

/// Names of files that are no record's.
const KEPT: &[&str] = &["all", "docket"];

/// The name of each of `records`.
#[must_use]
pub fn names(records: &[RowNaming]) -> Vec<String> {
    let known: Vec<Option<String>> = records.iter().map(|record| known(*record)).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in known.iter().flatten() {
        *counts.entry(name).or_default() += 1;
    }
    let is_own = |name: &str| counts.get(name) == Some(&1) && !KEPT.contains(&name);
    let mut taken: BTreeSet<String> = counts.keys().map(|name| (*name).to_owned()).collect();
    let numbers = numbers(records.len());
    let of_record = |(known, number): (&Option<String>, String)| match known {
        Some(name) if is_own(name) => name.clone(),
        _ => {
            let mut name = known.as_ref().map_or_else(|| number.clone(), |known| format!("{known}-{number}"));
            while !taken.insert(name.clone()) {
                name = format!("{name}-{number}");
            }
            name
        }
    };
    known.iter().zip(numbers).map(of_record).collect()
}

/// Places from 1, with as many digits as the last one has, two at least.
pub fn numbers(count: usize) -> impl Iterator<Item = String> {
    let digits = count.to_string().len().max(2);
    (1..=count).map(move |number| format!("{number:0digits$}"))
}

/// What a record is called in Latin letters and digits, as far as that is known.
fn known(record: RowNaming) -> Option<String> {
    let code = record.local_code();
    let written = record.role(Role::Romaji).filter(|words| !words.is_empty());
    let latin = written
        .or_else(|| record.role(Role::Reading).and_then(|reading| romaji::of(&reading)))
        .or_else(|| romaji::of(&record.key()));
    let name = match (code, latin) {
        (Some(code), Some(latin)) => format!("{code}-{latin}"),
        (code, latin) => code.or(latin)?,
    };
    Some(clean(&name))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::check::checked::{CheckedDirectory, ListedRow};
    use crate::model::typed::{MisfitMeaning, TypedDirectory};
    use crate::project::{schema, table_form::TableForm};
    use crate::read::known::KnownHeaders;
    use crate::read::{directory, kind, survey};

    fn names_of(csv: &str) -> Vec<String> {
        let form = TableForm::default();
        let grid = kind::from_bytes("x.csv", csv.as_bytes().to_vec(), &form, &KnownHeaders::built_in()).value;
        let ward = schema::built_in().iter().find(|schema| schema.name == "ward").expect("the schema");
        let plan = survey::plan("x.csv", Arc::clone(ward), &form);
        let rows = directory::directory(&plan, grid.into_iter().collect()).value;
        let typed = TypedDirectory::new(rows, &Arc::default(), MisfitMeaning::Nothing);
        let rows: Vec<ListedRow> = Arc::new(CheckedDirectory::new(typed, BTreeSet::new())).rows().collect();
        names(&rows.iter().map(ListedRow::naming).collect::<Vec<_>>())
    }

    #[test]
    fn the_best_that_is_known_is_the_name_and_none_stands_twice() {
        let all = "団体コード,区,よみ,ローマ字\n141011,鶴見区,つるみく,Tsurumi\n";
        assert_eq!(names_of(all), ["101-tsurumi"]);
        assert_eq!(names_of("団体コード,区\n141011,鶴見区\n"), ["101"]);
        let readings =
            "区,よみ\n桜町内会,さくらちょうないかい\n佐倉町内会,サクラちょうないかい\n本町,\nひかり,\n";
        let wanted = ["sakurachonaikai-01", "sakurachonaikai-02", "03", "hikari"];
        assert_eq!(names_of(readings), wanted);
        // a name that is a number, and one that is the file's of all
        assert_eq!(names_of("区\n02\n本町\nAll\n02-2\n"), ["02", "02-02", "all-03", "02-2"]);
        assert_eq!(names_of("区\n本町\n"), ["01"]);
    }
}
