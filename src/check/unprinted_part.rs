//! Rule: all that stands in a phone's cell is printed: a fax beside the number, the name of a section or 代表 are not.
//!
//! In: the phone numbers of a directory. Out: a finding at each cell that holds more than is printed, with those words.

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::phone::Phone;
use crate::model::rule::{Level, Rule};
use crate::model::schema::FieldType;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "unprinted-part",
        words: "All that stands in a phone's cell is printed.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A part of a cell that is read and not printed, such as a fax beside a phone number.
    UnprintedPart = "S2027" {
        ja: "セルの一部がページに印刷されません。電話番号の欄では、番号と内線だけを印刷します。ファクスは別の列に、「市民課」のような言葉は名称の欄に移してください。「代表」「直通」のようになくてよいものなら、そのままで構いません。（規則名 unprinted-part）",
        en: "A part of the cell is not printed. Of a phone's cell the number and its extension are; move a fax to a column of its own and words such as the name of a section to the name. If nothing is lost by it, leave it. (rule: unprinted-part)",
    }
}

/// What a cell holds beside what is printed of it.
struct Rest {
    fax: Option<String>,
    words: Vec<String>,
}

/// Looks for cells of which a part is not printed.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    let columns = (0..directory.columns.len()).filter(|column| directory.kind(*column) == FieldType::Phone);
    for column in columns {
        let header = directory.columns[column].header.as_str();
        for (index, rest) in parts::find(&directory.records, |record| rest(header, record.written(column))) {
            let finding = finding(&rest).at(directory.records[index].origin(column));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}

fn rest(header: &str, written: &str) -> Option<Rest> {
    // most cells are digits and hyphens: all of it is the number
    if written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let phone = Phone::parse_under(header, written.trim()).ok()?;
    let rest = Rest { fax: phone.fax(), words: phone.notes().to_vec() };
    (rest.fax.is_some() || !rest.words.is_empty()).then_some(rest)
}

fn finding(rest: &Rest) -> Diagnostic {
    let Rest { fax, words } = rest;
    let parts: Vec<&str> = fax.iter().chain(words).map(String::as_str).collect();
    let (ja, en) = (parts.join("」「"), parts.join("\", \""));
    let finding = Diagnostic::error(
        Code::UnprintedPart,
        say!("この欄の「{ja}」は印刷されません。", "Of this cell \"{en}\" is not printed."),
    );
    match fax {
        Some(_) => {
            finding.hint(say!("ファクスは、別の列に分けてください。", "Give the fax a column of its own."))
        }
        None => finding.hint(say!(
            "載せるなら名称などの欄に移し、要らなければ消してください。",
            "Move it to the name if it is to be printed, or delete it."
        )),
    }
}
