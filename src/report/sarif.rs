//! Findings as SARIF 2.1.0 (OASIS Standard, with errata 01), which code hosts, editors and dashboards read.
//!
//! In: [`Facts`]. Out: one log with one run: the codes as rules, the findings as results at their places. Places in CSV and
//! text are regions (lines, and columns in characters); a cell of a workbook has its address as a logical location.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value as Json, json};

use super::explanations::{definition, explanation};
use super::facts::Facts;
use super::form::{Audience, MessageForm, Style};
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::model::origin::{Origin, Place};

/// The form.
pub static FORM: MessageForm = MessageForm {
    name: "sarif",
    ja: "コード検査の道具",
    en: "SARIF 2.1.0, for code hosts and editors",
    audience: Audience::Programs,
    findings,
    inks: None,
    verdicts: None,
};

/// What the standard names as the schema of a log (SARIF 2.1.0, 3.13.3).
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stands in a path of a URI as it is (RFC 3986, 2.3 and 3.3); a colon might end a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The log: as many findings as are kept; the others are counted in notifications.
fn findings(facts: &Facts, style: Style) -> String {
    let language = style.language;
    let kept = facts.diagnostics.iter().map(|one| one.code);
    let codes: BTreeSet<Code> = kept.chain(facts.left_out.keys().map(|(code, _)| *code)).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let results: Vec<Json> = facts.diagnostics.iter().map(|one| result(one, &codes, language)).collect();
    let left_out: Vec<Json> = facts
        .left_out
        .iter()
        .map(|((code, severity), count)| left_out(*code, *severity, *count, language))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "sasshi",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(|code| rule(*code, language)).collect::<Vec<_>>(),
            } },
            "language": match language {
                Language::Japanese => "ja",
                Language::English => "en",
            },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": left_out }],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A code with its explanation (`reportingDescriptor`, 3.49).
fn rule(code: Code, language: Language) -> Json {
    let words = explanation(code, language).unwrap_or_default();
    let name = definition(code).map(|definition| definition.name).unwrap_or_default();
    json!({ "id": code.id(), "name": name, "fullDescription": { "text": words } })
}

/// A finding (`result`, 3.27): what to do stands behind what is wrong.
fn result(one: &Diagnostic, codes: &[Code], language: Language) -> Json {
    let sentences = std::iter::once(&one.message).chain(&one.hints);
    let words: Vec<&str> = sentences.map(|sentence| sentence.in_language(language)).collect();
    json!({
        "ruleId": one.code.id(),
        "ruleIndex": codes.binary_search(&one.code).ok(),
        "level": one.severity.name(),
        "message": { "text": words.join("\n") },
        "locations": one.origin.iter().map(location).collect::<Vec<_>>(),
    })
}

/// How many findings of a code are not listed (`notification`, 3.58).
fn left_out(code: Code, severity: Severity, count: usize, language: Language) -> Json {
    let id = code.id();
    let words = match language {
        Language::Japanese => format!("{id} はほかに {count} 件あります。"),
        Language::English => format!("{id}: {count} more."),
    };
    json!({ "level": severity.name(), "message": { "text": words }, "associatedRule": { "id": id } })
}

fn location(origin: &Origin) -> Json {
    let uri = utf8_percent_encode(&origin.source.path, PATH).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(region) = region(origin) {
        physical["region"] = region;
    }
    let mut location = json!({ "physicalLocation": physical });
    if let Some(address) = origin.address() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": address, "kind": "element" }]);
    }
    if let Place::Cell { header, .. } = &origin.place
        && !header.is_empty()
    {
        location["message"] = json!({ "text": header });
    }
    location
}

/// Lines and columns of what is underlined (`region`, 3.30), from 1, the end column behind it; none where the source is
/// no text that an editor could open.
fn region(origin: &Origin) -> Option<Json> {
    if origin.source.sheet.is_some() {
        return None;
    }
    let line = match origin.place {
        Place::File => return None,
        Place::Text { line, .. } | Place::Cell { line, .. } => line,
    };
    let Some(span) = &origin.span else { return Some(json!({ "startLine": line })) };
    let (start, end) = (origin.source.line_column(span.start), origin.source.line_column(span.end));
    Some(json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Say;
    use crate::model::origin::Source;

    fn log(diagnostics: Vec<Diagnostic>) -> Json {
        let facts = Facts { diagnostics, ..Facts::default() };
        let text = findings(&facts, Style { language: Language::English, colour: false });
        serde_json::from_str(&text).expect("JSON")
    }

    #[test]
    fn a_cell_is_the_region_of_its_characters() {
        let source = Source::new("名簿 1.csv", "区,電話\n西区,045\n");
        let place = Place::Cell { row: 2, column: 2, line: 2, header: "電話".into() };
        let origin = Origin { source, place, span: Some(18..21) };
        let one =
            Diagnostic::error(Code::Phone, Say::new("", "Bad.")).hint(Say::new("", "Mend it.")).at(origin);
        let result = &log(vec![one])["runs"][0]["results"][0];
        assert_eq!(result["message"]["text"], "Bad.\nMend it.");
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["artifactLocation"]["uri"], "%E5%90%8D%E7%B0%BF%201.csv");
        assert_eq!(
            physical["region"],
            json!({ "startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 7 })
        );
    }

    #[test]
    fn a_cell_of_a_workbook_has_an_address_and_no_line() {
        let source = Source::of_sheet("a.xlsx", "一覧", "x");
        let place = Place::Cell { row: 7, column: 3, line: 1, header: String::new() };
        let one = Diagnostic::warning(Code::Phone, Say::new("", "x")).at(Origin {
            source,
            place,
            span: Some(0..1),
        });
        let location = &log(vec![one])["runs"][0]["results"][0]["locations"][0];
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "一覧!C7");
        assert_eq!(location["physicalLocation"].get("region"), None);
    }

    #[test]
    fn results_name_their_rules_by_place() {
        let say = || Say::new("", "x");
        let log = log(vec![Diagnostic::error(Code::Phone, say()), Diagnostic::error(Code::Required, say())]);
        let run = &log["runs"][0];
        for result in run["results"].as_array().expect("results") {
            let at = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(run["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
        }
    }
}
