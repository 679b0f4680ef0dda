//! The rule about times.
//!
//! In: a sheet and its shape. Out: breaches.

use std::collections::BTreeSet;

use crate::model::raw_table::{CellForm, Spot};
use crate::model::width;
use crate::say;

use super::breach::{Breach, Question};
use super::time_words::{TimeForm, form};

/// Whether words are a year of the common era and nothing else.
fn is_year(words: &str) -> bool {
    let folded = width::fold(words.trim());
    folded.len() == 4 && folded.parse::<u32>().is_ok_and(|year| (1868..2100).contains(&year))
}

/// L3-05.
pub fn of_one_form(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let mut eras = Vec::new();
    let mut mixed = Vec::new();
    for column in &shape.columns {
        let mut forms: BTreeSet<Option<TimeForm>> = BTreeSet::new();
        let mut of_column = Vec::new();
        // a number of four digits is a year beside other times
        let mut years = Vec::new();
        let mut filled = 0;
        for row in &shape.records {
            let Some(cell) = sheet.filled(*row, *column) else { continue };
            filled += 1;
            let spot = Spot { row: *row, column: *column };
            match (cell.form, form(&cell.text)) {
                (CellForm::Date, _) => _ = forms.insert(None),
                (CellForm::Text, Some(kind)) => {
                    forms.insert(Some(kind));
                    of_column.push((spot, kind));
                }
                (_, None) if is_year(&cell.text) => years.push((spot, TimeForm::Year)),
                _ => {}
            }
        }
        if !of_column.is_empty() && !years.is_empty() {
            forms.insert(Some(TimeForm::Year));
            of_column.extend(years);
        }
        // a date here and there among words is no column of times
        if of_column.len() * 2 < filled {
            continue;
        }
        eras.extend(
            of_column
                .iter()
                .filter(|(_, kind)| matches!(kind, TimeForm::EraOnly | TimeForm::NoYear))
                .map(|(spot, _)| *spot),
        );
        if forms.len() > 1 {
            let first = of_column.first().map(|(_, kind)| *kind);
            mixed.extend(
                of_column
                    .iter()
                    .find(|(_, kind)| Some(*kind) != first)
                    .or(of_column.first())
                    .map(|(spot, _)| *spot),
            );
        }
    }
    for column in &shape.columns {
        if form(shape.name(sheet, *column)) == Some(TimeForm::EraOnly) {
            eras.push(Spot { row: shape.header, column: *column });
        }
    }
    let mut breaches = Vec::new();
    breaches.extend(Breach::at(
        say!(
            "西暦の年が書かれていません（和暦だけ、または年がない）。",
            "Times without a year of the common era."
        ),
        &eras,
    ));
    breaches.extend(Breach::at(
        say!("1つの列に、違う書き方の日付が混じっています。", "Times of several forms stand in one column."),
        &mixed,
    ));
    breaches
}
