//! Rule: text stands in fonts that the profile names (universal design).
//!
//! In: the families of all characters. Out: a finding at the first characters of each other family.

use std::collections::BTreeSet;

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "fonts", codes: CODES, judge };

codes! {
    /// A font that is none of the profile's.
    FontUnfit = "S8030" {
        ja: "基準（プロファイル）にない書体で組まれています。UDフォント（読み間違えにくい書体）を使ってください。組み込みの BIZ UD書体はどれも使えます。",
        en: "Text stands in a font that is none of the profile's. Use one of universal design; all built-in BIZ UD fonts are.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let allowed = &galley.profile.fonts;
    if allowed.is_empty() {
        return;
    }
    let list = allowed.join(", ");
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for line in galley.composition.paragraphs.iter().flat_map(|paragraph| &paragraph.lines) {
        for (at, one) in line.characters.iter().enumerate() {
            let family = one.style.family.as_str();
            if allowed.iter().any(|known| family.starts_with(known.as_str())) || !said.insert(family) {
                continue;
            }
            let what = say!("書体「{family}」が使われています。", "The font \"{family}\" is used.");
            let finding = Finding::warning(Code::FontUnfit, what).allowed(say!("{list}…", "{list}…"));
            findings.add(finding, line, at..at + 1);
        }
    }
}
