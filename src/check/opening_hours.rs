//! Rule: opening hours are understood, so that they are printed in one form; those that are not are printed as written.
//!
//! In: columns of the type `opening-hours`. Out: a finding at each cell that is not understood whole.

use super::{Aside, CellIndex, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::column_type::FieldType;
use crate::model::opening_hours::normal;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::say;

/// Looks for hours that are not understood.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::OpeningHours) {
        return;
    }
    for column in 0..directory.columns.len() {
        if directory.kind(column) != FieldType::OpeningHours {
            continue;
        }
        let unclear = parts::find(&directory.records, |record| {
            let written = record.written(column).trim();
            (!written.is_empty() && normal(written).is_none()).then(|| written.to_owned())
        });
        for (index, written) in unclear {
            let finding = Diagnostic::error(
                Code::OpeningHours,
                say!(
                    "「{written}」は、曜日と時刻の書き方として読み取れません。書かれたとおりに印刷します。",
                    "\"{written}\" is not understood as days and times; it is printed as written."
                ),
            )
            .at(directory.records[index].origin(column))
            .hint(say!(
                "「月〜金 8:45〜17:00、土 9:00〜12:00（祝日は休館）」のように書くと、同じ形にそろえて印刷します。",
                "Written such as 月〜金 8:45〜17:00、土 9:00〜12:00（祝日は休館）, all are printed in one form."
            ));
            findings.of_cell(Rule::OpeningHours, finding, aside, CellIndex { record: index, column });
        }
    }
}
