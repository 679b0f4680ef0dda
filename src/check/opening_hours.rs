//! Rule: opening hours are understood, so that they are printed in one form; those that are not are printed as written.
//!
//! In: columns of the type `opening-hours`. Out: a finding at each cell that is not understood whole.

use super::aside::Aside;
use super::findings::{CellIndex, Findings};
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::column_type::FieldType;
use crate::model::opening_hours::normal;
use crate::model::rule::{Level, Rule};
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "opening-hours",
        words: "Opening hours are understood.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// Opening hours that are not understood.
    OpeningHours = "S2028" {
        ja: "型が opening-hours の列に、曜日と時刻として読み取れないセルがあります。推測せず、書かれたとおりに印刷します。「月〜金 8:45〜17:00」「24時間」「休館日：月曜」のように書くと、同じ形にそろえます。「午前9時〜5時」のように2通りに読めるものもこれにあたります。（規則名 opening-hours）",
        en: "A cell of a column of type opening-hours is not understood as days and times. Nothing is guessed: it is printed as written. What can be read in two ways (午前9時〜5時) is not understood either. (rule: opening-hours)",
    }
}

/// Looks for hours that are not understood.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
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
            findings.of_cell(&RULE.rule, finding, aside, CellIndex { record: index, column });
        }
    }
}
