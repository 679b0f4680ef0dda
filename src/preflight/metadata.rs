//! Metadata: XMP and Info as PDF/X asks for them, and that they agree.
//!
//! In: the catalog's XMP and the trailer's Info. Out: findings.

use lopdf::{Dictionary, Document, Object};
use roxmltree::{Document as Xml, ParsingOptions};

use super::finding::{Finding, PreflightFindings};
use crate::diagnostic::Code;
use crate::pdf::objects::{dictionary, name_of, text, value};
use crate::pdf::reading::unpacked;
use crate::pdf::xmp::{DC, PDF, PDFXID, XMP, XMP_MM, property};
use crate::press::profile::{PdfxLevel, Profile};
use crate::say;

/// The largest XMP packet that is read, in bytes.
const LARGEST: usize = 4 << 20;
/// The most nodes of an XMP packet that is read.
const MOST_NODES: u32 = 50_000;

/// Entries of Info that have a twin in the XMP.
const TWINS: [Twin; 5] = [
    Twin { key: "Title", namespace: DC, name: "title", value: TwinValue::Words },
    Twin { key: "CreationDate", namespace: XMP, name: "CreateDate", value: TwinValue::Date },
    Twin { key: "ModDate", namespace: XMP, name: "ModifyDate", value: TwinValue::Date },
    Twin { key: "Trapped", namespace: PDF, name: "Trapped", value: TwinValue::Words },
    Twin { key: "Producer", namespace: PDF, name: "Producer", value: TwinValue::Words },
];

/// An entry of Info, and the property of the XMP that says the same.
struct Twin {
    key: &'static str,
    namespace: &'static str,
    name: &'static str,
    value: TwinValue,
}

/// What both say.
enum TwinValue {
    Words,
    Date,
}

/// Judges the metadata of the file.
pub fn judge(doc: &Document, catalog: &Dictionary, profile: &Profile, findings: &mut PreflightFindings) {
    let info = Info { doc, entries: dictionary(doc, &doc.trailer, b"Info") };
    trapped(info.entry("Trapped").as_deref(), findings);
    if profile.level == PdfxLevel::X1a {
        info_alone(&info, findings);
        return;
    }
    let Some(Object::Stream(stream)) = value(doc, catalog, b"Metadata") else {
        missing("XMP", "", "", findings);
        return;
    };
    let bytes = unpacked(stream, LARGEST).unwrap_or_default();
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let source = std::str::from_utf8(&bytes).ok();
    let Some(xml) = source.and_then(|source| Xml::parse_with_options(source, options).ok()) else {
        missing("XMP", "not well-formed", "", findings);
        return;
    };
    properties(&xml, profile.level, findings);
    for twin in &TWINS {
        agreement(twin, &info, &xml, findings);
    }
}

/// The dictionary Info of the trailer, if there is one.
struct Info<'d> {
    doc: &'d Document,
    entries: Option<&'d Dictionary>,
}

impl Info<'_> {
    /// What stands under `key`.
    fn entry(&self, key: &str) -> Option<String> {
        string(self.doc, self.entries?, key.as_bytes())
    }
}

/// PDF/X-1a, which knows no XMP, asks for version and dates in Info (ISO 15930-4).
fn info_alone(info: &Info<'_>, findings: &mut PreflightFindings) {
    let version = info.entry("GTS_PDFXVersion").unwrap_or_default();
    if version != PdfxLevel::X1a.name() {
        missing("Info GTS_PDFXVersion", &version, PdfxLevel::X1a.name(), findings);
    }
    for key in ["Title", "CreationDate", "ModDate"] {
        if info.entry(key).is_none_or(|value| value.is_empty()) {
            missing(&format!("Info {key}"), "", "", findings);
        }
    }
}

/// The properties of the XMP that PDF/X-4 asks for.
fn properties(xml: &Xml<'_>, level: PdfxLevel, findings: &mut PreflightFindings) {
    let version = property(xml, PDFXID, "GTS_PDFXVersion").unwrap_or_default();
    if version != level.name() {
        missing("XMP pdfxid:GTS_PDFXVersion", &version, level.name(), findings);
    }
    for (namespace, key, label) in [
        (DC, "title", "dc:title"),
        (XMP, "CreateDate", "xmp:CreateDate"),
        (XMP, "ModifyDate", "xmp:ModifyDate"),
        (XMP, "MetadataDate", "xmp:MetadataDate"),
        (XMP_MM, "DocumentID", "xmpMM:DocumentID"),
        (XMP_MM, "VersionID", "xmpMM:VersionID"),
        (XMP_MM, "RenditionClass", "xmpMM:RenditionClass"),
    ] {
        if property(xml, namespace, key).is_none_or(|value| value.is_empty()) {
            missing(&format!("XMP {label}"), "", "", findings);
        }
    }
}

/// Where both Info and XMP have an entry, they say the same.
fn agreement(twin: &Twin, info: &Info<'_>, xml: &Xml<'_>, findings: &mut PreflightFindings) {
    let key = twin.key;
    let (Some(in_info), Some(in_xmp)) = (info.entry(key), property(xml, twin.namespace, twin.name)) else {
        return;
    };
    let agree = match twin.value {
        TwinValue::Date => moment(&in_info).is_some() && moment(&in_info) == moment(&in_xmp),
        TwinValue::Words => in_info.trim() == in_xmp.trim(),
    };
    if agree {
        return;
    }
    let what = say!(
        "2か所の文書情報（InfoとXMP）が食いちがっています。",
        "The two places for metadata (Info and XMP) contradict each other."
    );
    findings.add(
        Finding::error(Code::MetadataDisagrees, what)
            .found(say!("{key}：{in_info} / {in_xmp}", "{key}: {in_info} / {in_xmp}"))
            .allowed(say!("同じ値", "the same value")),
    );
}

fn trapped(found: Option<&str>, findings: &mut PreflightFindings) {
    if !matches!(found, Some("True" | "False")) {
        let found = found.unwrap_or("—");
        let what = say!(
            "トラッピング（色の重ねしろ）をしたかどうかが書かれていません。",
            "The file does not say whether it is trapped."
        );
        findings.add(
            Finding::error(Code::Trapped, what)
                .found(say!("{found}", "{found}"))
                .allowed(say!("Info Trapped：True または False", "Info Trapped: True or False")),
        );
    }
}

fn missing(key: &str, found: &str, wanted: &str, findings: &mut PreflightFindings) {
    let what = say!(
        "PDF/Xに要る文書情報がないか、違っています。",
        "Metadata that PDF/X asks for is missing or another."
    );
    let found = match found {
        "" => say!("{key}：なし", "no {key}"),
        found => say!("{key}：{found}", "{key}: {found}"),
    };
    let allowed = match wanted {
        "" => say!("{key}あり", "{key}"),
        wanted => say!("{wanted}", "{wanted}"),
    };
    findings.add(Finding::error(Code::MetadataMissing, what).found(found).allowed(allowed));
}

fn string(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<String> {
    match value(doc, of, key)? {
        Object::String(bytes, _) => Some(text(bytes)),
        other => name_of(other).map(|name| String::from_utf8_lossy(name).into_owned()),
    }
}

/// A date of Info (`D:20260401090000+09'00'`) or XMP (`2026-04-01T09:00:00+09:00`), in seconds of one clock.
fn moment(date: &str) -> Option<i64> {
    let date = date.strip_prefix("D:").unwrap_or(date);
    // the zone begins at Z, + or -; the first ten characters may hold the hyphens of an XMP date
    let zone_at = date.char_indices().find(|(at, c)| matches!(c, 'Z' | '+') || (*c == '-' && *at > 9));
    let (local, zone) = zone_at.map_or((date, ""), |(at, _)| date.split_at(at));
    let digits: Vec<i64> = local.chars().filter_map(|c| c.to_digit(10)).map(i64::from).collect();
    let number = |range: std::ops::Range<usize>| {
        digits.get(range).map(|digits| digits.iter().fold(0, |all, digit| all * 10 + digit))
    };
    let (year, month, day) = (number(0..4)?, number(4..6).unwrap_or(1), number(6..8).unwrap_or(1));
    let (hour, minute, second) =
        (number(8..10).unwrap_or(0), number(10..12).unwrap_or(0), number(12..14).unwrap_or(0));
    let offset: Vec<i64> = zone.chars().filter_map(|c| c.to_digit(10)).map(i64::from).collect();
    let minutes = match offset[..] {
        [a, b, c, d, ..] => (a * 10 + b) * 60 + c * 10 + d,
        [a, b, ..] => (a * 10 + b) * 60,
        _ => 0,
    };
    let minutes = if zone.starts_with('-') { -minutes } else { minutes };
    // months and years as if all were of 31 days and 12 of those: equal dates stay equal, and zones shift days only
    let days = (year * 12 + month) * 31 + day;
    Some(((days * 24 + hour) * 60 + minute - minutes) * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_two_forms() {
        assert_eq!(moment("D:20260401090000+09'00'"), moment("2026-04-01T09:00:00+09:00"));
        assert_eq!(moment("D:20260402083000+09'00'"), moment("2026-04-01T23:30:00Z"));
        assert_ne!(moment("D:20260401090000Z"), moment("2026-04-01T09:00:01Z"));
        assert_eq!(moment("yesterday"), None);
    }
}
