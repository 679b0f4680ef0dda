//! What a press file must not carry: actions, attachments, annotations on the page.
//!
//! In: the catalog, the trailer, page dictionaries. Out: findings.

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::annotation::never_prints;
use super::finding::{Finding, PreflightFindings, region};
use super::layer;
use crate::diagnostic::Code;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::objects::{array, dictionary, dictionary_of, name, rectangle, resolved, value};
use crate::press::profile::{PdfxLevel, Profile};
use crate::say;

/// Judges the file as a whole.
pub fn file(doc: &Document, catalog: &Dictionary, profile: &Profile, findings: &mut PreflightFindings) {
    version(doc, catalog, profile, findings);
    if array(doc, &doc.trailer, b"ID").len() != 2 {
        let what = say!("ファイルの識別番号（ID）がありません。", "The trailer has no identifier (ID).");
        findings.add(Finding::error(Code::FileId, what));
    }
    actions(doc, catalog, findings);
    let names = dictionary(doc, catalog, b"Names");
    let embedded = names.is_some_and(|names| names.has(b"EmbeddedFiles"));
    if embedded || catalog.has(b"AF") || catalog.has(b"Collection") {
        let what = say!("別のファイルが中に入っています。", "There is a file within the file.");
        findings.add(Finding::error(Code::Attachment, what).allowed(say!("なし", "none")));
    }
    layer::judge(doc, catalog, profile, findings);
}

/// Says which streams had to be recovered.
pub fn recovered(streams: &[ObjectId], findings: &mut PreflightFindings) {
    if streams.is_empty() {
        return;
    }
    let numbers: Vec<String> = streams.iter().take(8).map(|(number, _)| number.to_string()).collect();
    let (count, numbers) = (streams.len(), numbers.join(", "));
    let what = say!(
        "データの長さが書かれていないか違っていたため、たどって読みました。読めない機械もあります。",
        "Streams without their length, or with a wrong one, were recovered: other readers may fail on them."
    );
    findings.add(
        Finding::warning(Code::StreamRecovered, what)
            .found(say!("{count}個（オブジェクト {numbers}）", "{count} (objects {numbers})"))
            .allowed(say!("正しいLength", "the right Length")),
    );
}

fn version(doc: &Document, catalog: &Dictionary, profile: &Profile, findings: &mut PreflightFindings) {
    let later = name(doc, catalog, b"Version").map(|name| String::from_utf8_lossy(name).into_owned());
    let found = later
        .map_or(doc.version.clone(), |later| if later > doc.version { later } else { doc.version.clone() });
    let most = match profile.level {
        PdfxLevel::X4 => "1.6",
        PdfxLevel::X1a => "1.4",
    };
    // "1.4" < "1.6" < "1.7" < "2.0" as text too
    if found.as_str() > most {
        let what = say!("PDFの版が新しすぎます。", "The version of PDF is too new.");
        findings.add(
            Finding::error(Code::PdfVersion, what).found(say!("PDF {found}", "PDF {found}")).allowed(say!(
                "PDF {most}まで（{}）",
                "up to PDF {most} ({})",
                profile.level.name()
            )),
        );
    }
}

fn actions(doc: &Document, catalog: &Dictionary, findings: &mut PreflightFindings) {
    let opening = matches!(value(doc, catalog, b"OpenAction"), Some(Object::Dictionary(_)));
    let script = dictionary(doc, catalog, b"Names").is_some_and(|names| names.has(b"JavaScript"));
    let form = dictionary(doc, catalog, b"AcroForm");
    let form = form.is_some_and(|form| form.has(b"XFA") || !array(doc, form, b"Fields").is_empty());
    for (there, found) in
        [(opening, "OpenAction"), (catalog.has(b"AA"), "AA"), (script, "JavaScript"), (form, "AcroForm")]
    {
        if there {
            findings.add(action(found));
        }
    }
}

fn action(found: &'static str) -> Finding {
    let what = say!(
        "動作（アクション、スクリプト、入力欄）が入っています。",
        "There are actions, scripts or form fields."
    );
    Finding::error(Code::Action, what).found(say!("{found}", "{found}")).allowed(say!("なし", "none"))
}

/// Judges what hangs on a page beside its content.
pub fn page(
    doc: &Document,
    dict: &Dictionary,
    boxes: PageBoxes,
    number: u32,
    findings: &mut PreflightFindings,
) {
    if dict.has(b"AA") {
        findings.add(action("AA").on(number));
    }
    for annotation in array(doc, dict, b"Annots").iter().filter_map(|object| resolved(doc, object)) {
        let Some(annotation) = dictionary_of(annotation) else { continue };
        let subtype = name(doc, annotation, b"Subtype").unwrap_or(b"?");
        let label = String::from_utf8_lossy(subtype).into_owned();
        if matches!(value(doc, annotation, b"A"), Some(Object::Dictionary(action)) if name(doc, action, b"S") == Some(b"JavaScript"))
        {
            findings.add(action("JavaScript").on(number));
        }
        // marks and traps of the press are annotations by the standard's own design
        if matches!(subtype, b"PrinterMark" | b"TrapNet") {
            continue;
        }
        let place = rectangle(doc, annotation, b"Rect");
        let touching = place.map(|place| place.both(boxes.bleed)).filter(|both| !both.is_empty());
        if place.is_some() && touching.is_none() {
            continue;
        }
        let mut finding = on_the_page(never_prints(doc, annotation))
            .found(say!("{label}", "{label}"))
            .allowed(say!("塗り足しの外だけ", "outside the bleed only"))
            .on(number);
        if let Some(place) = place {
            finding = finding.at(region(place, boxes.trim));
        }
        findings.add(finding);
    }
}

/// An annotation on the page: one that never prints is told, not refused.
fn on_the_page(never_prints: bool) -> Finding {
    if never_prints {
        let what = say!(
            "刷られないメモや隠れた注釈が、ページに残っています。",
            "A note or a hidden annotation is left on the page; it does not print."
        );
        return Finding::warning(Code::Annotation, what);
    }
    let what = say!(
        "印刷される範囲に、注釈やリンクがあります。",
        "There is an annotation or link on the printed area."
    );
    Finding::error(Code::Annotation, what)
}
