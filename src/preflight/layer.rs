//! Layers: those that switch themselves, and those that are hidden, by name.
//!
//! In: the catalog (optional content, ISO 32000-1, 8.11.4). Out: findings.

use lopdf::{Dictionary, Document, Object};

use super::finding::{Finding, PreflightFindings};
use crate::diagnostic::Code;
use crate::pdf::objects::{array, dictionary, dictionary_of, name, resolved, text, value};
use crate::press::profile::{PdfxLevel, Profile};
use crate::say;

/// The most layers that are named in one finding.
const MOST_NAMES: usize = 8;

/// Judges the layers of the file.
pub fn judge(doc: &Document, catalog: &Dictionary, profile: &Profile, findings: &mut PreflightFindings) {
    let Some(properties) = dictionary(doc, catalog, b"OCProperties") else { return };
    let default = dictionary(doc, properties, b"D");
    let others = array(doc, properties, b"Configs")
        .iter()
        .filter_map(|one| resolved(doc, one))
        .filter_map(dictionary_of);
    let switching = default.into_iter().chain(others).any(|one| !array(doc, one, b"AS").is_empty());
    if switching || profile.level == PdfxLevel::X1a {
        let what = match profile.level {
            PdfxLevel::X4 => say!(
                "レイヤーが、開き方や印刷で自動に切りかわります。",
                "Layers are there that switch themselves."
            ),
            PdfxLevel::X1a => say!("レイヤーがあります。", "There are layers."),
        };
        findings.add(Finding::error(Code::Layers, what).allowed(match profile.level {
            PdfxLevel::X4 => say!("自動の切りかえ（AS）なし", "no automatic states (AS)"),
            PdfxLevel::X1a => say!("レイヤーなし（統合する）", "no layers (flattened)"),
        }));
    }
    hidden(doc, properties, default, findings);
}

/// Layers that do not print as the file stands: a shop's program may show them, and they cannot be judged by eye.
fn hidden(
    doc: &Document,
    properties: &Dictionary,
    default: Option<&Dictionary>,
    findings: &mut PreflightFindings,
) {
    let groups = array(doc, properties, b"OCGs");
    let listed = |key: &[u8]| default.map(|default| array(doc, default, key)).unwrap_or_default();
    let is_off_at_first = default.is_some_and(|default| name(doc, default, b"BaseState") == Some(b"OFF"));
    let is_hidden = |group: &&Object| match is_off_at_first {
        true => !listed(b"ON").contains(group),
        false => listed(b"OFF").contains(group),
    };
    let names: Vec<String> = groups
        .iter()
        .filter(is_hidden)
        .filter_map(|group| resolved(doc, group))
        .filter_map(dictionary_of)
        .map(|group| match value(doc, group, b"Name") {
            Some(Object::String(bytes, _)) => text(bytes),
            _ => "?".to_owned(),
        })
        .collect();
    if names.is_empty() {
        return;
    }
    let (count, first) = (names.len(), names[..names.len().min(MOST_NAMES)].join(", "));
    let what = say!(
        "隠れたレイヤーがあります。刷られないはずの絵が、印刷所で現れることがあります。",
        "There are hidden layers: what should not print may appear at the shop."
    );
    findings.add(
        Finding::warning(Code::Layers, what)
            .found(say!("{count}個（{first}）", "{count} ({first})"))
            .allowed(say!("使わないレイヤーを消しておく", "layers that are not used taken out")),
    );
}
