//! Rule: a record is in force: no column that is not printed says that it is closed, or not to be printed.
//!
//! In: the columns of a directory that no layout asks for, and the names of its records. Out: a finding at each cell that says
//! so (廃止, 休止中, 掲載 ×, 【廃止】 before a name).

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::not_in_force::{StateColumn, state_of_name};
use crate::model::rule::{Level, Rule};
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "not-in-force",
        words: "A record is not said to be closed by a column that is not printed.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A record that a column calls closed, or not to be printed.
    NotInForce = "S2030" {
        ja: "備考や状態の列に「廃止」「休止中」「掲載しない」などとある行が、ほかの行と同じように印刷されます。印刷されない列に書いた言葉は、紙では見えません。（規則名 not-in-force）",
        en: "A record is printed as any other though a column that is not printed calls it closed, or not to be printed. (rule: not-in-force)",
    }
}

/// Looks for records that are not in force.
fn check(Subject { plan, directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    for (column, known) in directory.columns.iter().enumerate() {
        let is_name = directory.naming() == Some(column);
        if plan.uses(known) && !is_name {
            continue;
        }
        let state = StateColumn::of(&known.header);
        let states = parts::find(&directory.records, |record| {
            let written = record.written(column).trim();
            match is_name {
                true => state_of_name(written).map(str::to_owned),
                false => state.tells(written).then(|| written.to_owned()),
            }
        });
        for (index, written) in states {
            let header = &known.header;
            let finding = Diagnostic::error(
                Code::NotInForce,
                say!(
                    "「{header}」に「{written}」とある行ですが、ほかの行と同じように印刷されます。",
                    "\"{header}\" of this row says \"{written}\", but it is printed as any other."
                ),
            )
            .at(directory.records[index].origin(column))
            .hint(say!(
                "載せないなら、行を消すか別のシートに移してください。載せるなら、この言葉を消してください。",
                "If it is not to be printed, delete the row or move it to another sheet; if it is, delete the word."
            ));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}
