//! The output intent: the printing condition that the file is made for, and its ICC profile.
//!
//! In: the catalog (ISO 32000-1, 14.11.5). Out: findings.

use lopdf::{Dictionary, Document, Object};

use super::fault;
use super::finding::{Finding, PreflightFindings};
use crate::diagnostic::{Code, Say};
use crate::pdf::icc::{IccColours, IccError, IccHeader, IccId};
use crate::pdf::objects::{array, dictionary_of, name, number, resolved, text, value};
use crate::press::profile::{PdfxLevel, Profile};
use crate::say;

/// Judges the output intent. Gives its profile, to know it again.
pub fn judge(
    doc: &Document,
    catalog: &Dictionary,
    profile: &Profile,
    findings: &mut PreflightFindings,
) -> Option<IccId> {
    let intents: Vec<&Dictionary> = array(doc, catalog, b"OutputIntents")
        .iter()
        .filter_map(|intent| resolved(doc, intent))
        .filter_map(dictionary_of)
        .filter(|intent| name(doc, intent, b"S") == Some(b"GTS_PDFX"))
        .collect();
    let [intent] = intents[..] else {
        let what = say!(
            "印刷条件（出力インテント）が1つではありません。",
            "There is not exactly one output intent for PDF/X."
        );
        let count = intents.len();
        findings.add(
            Finding::error(Code::IntentMissing, what)
                .found(say!("{count}個", "{count}"))
                .allowed(say!("GTS_PDFXが1個", "one GTS_PDFX")),
        );
        return None;
    };
    let string = |key: &[u8]| match value(doc, intent, key) {
        Some(Object::String(bytes, _)) => Some(text(bytes)),
        _ => None,
    };
    let identifier = string(b"OutputConditionIdentifier").unwrap_or_default();
    if identifier.is_empty() {
        let what = say!("印刷条件の名前がありません。", "The output intent does not name its condition.");
        let wanted = &profile.condition.identifier;
        findings.add(Finding::error(Code::IntentMissing, what).allowed(say!(
            "OutputConditionIdentifier（{wanted}など）",
            "OutputConditionIdentifier, such as {wanted}"
        )));
    } else if identifier != profile.condition.identifier {
        let what = say!(
            "ほかの印刷条件のために作られています。",
            "The file is made for another printing condition."
        );
        let wanted = &profile.condition.identifier;
        findings.add(
            Finding::warning(Code::IntentMissing, what)
                .found(say!("{identifier}", "{identifier}"))
                .allowed(say!("{wanted}", "{wanted}")),
        );
    }
    let Some(Object::Stream(stream)) = value(doc, intent, b"DestOutputProfile") else {
        // X-1a may name a registered condition alone
        if profile.level == PdfxLevel::X4 || string(b"RegistryName").unwrap_or_default().is_empty() {
            wrong(say!("ファイルに入っていない", "it is not in the file"), findings);
        }
        return None;
    };
    let header = IccHeader::read(stream);
    if let Some(why) = unusable(header.as_ref(), number(doc, &stream.dict, b"N")) {
        wrong(why, findings);
    }
    header.ok().map(|header| header.id)
}

/// What is wrong with an ICC profile as that of a press.
fn unusable(header: Result<&IccHeader, &IccError>, components: Option<f64>) -> Option<Say> {
    let header = match header {
        Ok(header) => header,
        Err(error) => return Some(fault::icc(*error)),
    };
    match (header.class.as_str(), header.colours) {
        ("prtr", Some(IccColours::Cmyk)) if components == Some(4.0) => None,
        ("prtr", Some(IccColours::Cmyk)) => Some(say!("Nが4ではない", "its N is not 4")),
        (class, _) => Some(say!("class {class}、色 {}", "class {class}, colours {}", header.written)),
    }
}

fn wrong(why: Say, findings: &mut PreflightFindings) {
    let what = say!(
        "印刷条件のICCプロファイルが、CMYK印刷機のものではありません。",
        "The ICC profile of the output intent is not one of a CMYK press."
    );
    findings.add(Finding::error(Code::IntentProfile, what).found(why).allowed(say!(
        "埋め込まれた、classがprtr、色がCMYKのプロファイル",
        "embedded, class prtr, colours CMYK"
    )));
}
