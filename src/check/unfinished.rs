//! Rule: names and addresses of offices are finished: no note to oneself, placeholder or mark of another program stands in them,
//! no name is an address, a date or a number, and neither points to something behind a link.
//!
//! In: the columns of names and addresses of a directory of offices. Out: a finding at each cell that is not finished; it is
//! printed as it is.

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::role::Role;
use crate::model::rule::{Level, Rule};
use crate::model::schema::SchemaKind;
use crate::model::unfinished::{Unfinished, in_address, in_name};
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "unfinished",
        words: "A name or an address holds no note to oneself and no mark of another program.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A name or an address that nobody means to print as it is.
    Unfinished = "S2031" {
        ja: "名称や住所の欄に、書きかけの言葉（要確認、→、○○、～に変更）や、ほかのソフトが残した記号（&amp;、_x000D_）があります。名称の欄に住所・日付・数字が入っているとき、「こちら」のようにリンクの先を指すだけのときにも出ます。そのまま印刷されます。（規則名 unfinished）",
        en: "A name or an address holds words of an edit that is not finished (要確認, →, ○○) or marks that another program left (&amp;, _x000D_), a name is an address, a date or a number, or one only points to a link (こちら). It is printed as it is. (rule: unfinished)",
    }
}

/// Looks for names and addresses that are not finished.
fn check(Subject { plan, directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if plan.schema.kind != SchemaKind::Facility {
        return;
    }
    for role in [Role::Name, Role::Address] {
        let Some(column) = directory.role(role) else { continue };
        let header = &directory.columns[column].header;
        let found = parts::find(&directory.records, |record| {
            let written = record.written(column).trim();
            if role == Role::Name { in_name(written) } else { in_address(written) }
        });
        for (index, what) in found {
            let finding = match what {
                Unfinished::Draft(words) => draft(header, words),
                Unfinished::Address => address(header),
                Unfinished::Date => date(header, directory.records[index].written(column)),
                Unfinished::Number => number(header, directory.records[index].written(column)),
                Unfinished::Pointer => pointer(header, directory.records[index].written(column)),
            };
            findings.of_record(&RULE.rule, finding.at(directory.records[index].origin(column)), aside, index);
        }
    }
}

fn draft(header: &str, words: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Unfinished,
        say!(
            "「{header}」の「{words}」は、書きかけの言葉か、ほかのソフトの記号のようです。",
            "\"{words}\" in \"{header}\" seems to be a note to oneself or a mark of another program."
        ),
    )
    .hint(say!(
        "読む人に見せない言葉なら、消してください。見せるなら、[checks] に unfinished = \"off\" と書くと、この注意は出ません。",
        "Delete it if readers are not to see it; with unfinished = \"off\" in [checks] this is not said."
    ))
}

fn address(header: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Unfinished,
        say!("「{header}」に住所が入っているようです。", "\"{header}\" seems to hold an address."),
    )
    .hint(say!(
        "名称と住所が入れかわっていないか、確かめてください。",
        "See whether name and address have changed places."
    ))
}

fn date(header: &str, written: &str) -> Diagnostic {
    let message = say!("「{header}」の「{written}」は日付です。", "\"{written}\" in \"{header}\" is a date.");
    Diagnostic::error(Code::Unfinished, message).hint(say!(
        "表計算ソフトが言葉を日付に変えたのかもしれません。セルの書式を「文字列」にしてから打ち直してください。",
        "A spreadsheet may have made it of other words: format the cell as text and type it again."
    ))
}

fn number(header: &str, written: &str) -> Diagnostic {
    let message = say!(
        "「{header}」の「{written}」は数字だけです。",
        "\"{written}\" in \"{header}\" is nothing but a number."
    );
    Diagnostic::error(Code::Unfinished, message).hint(say!(
        "隣の列とずれていないか、確かめてください。",
        "See whether the cells of the row have moved by a column."
    ))
}

fn pointer(header: &str, written: &str) -> Diagnostic {
    let message = say!(
        "「{header}」の「{written}」は、リンクの先を指す言葉です。紙からはたどれません。",
        "\"{written}\" in \"{header}\" points to a link, which paper does not have."
    );
    Diagnostic::error(Code::Unfinished, message)
        .hint(say!("リンクの先にある言葉を書いてください。", "Write what the link leads to."))
}
