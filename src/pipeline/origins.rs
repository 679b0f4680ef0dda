//! From a place on a page back to the line or cell that was set there.
//!
//! In: findings of preflight, and what typesetting says of where everything landed. Out: the same findings with their
//! origins. Preflight knows nothing but the bytes of a file.

use super::kept::KeptPart;
use crate::diagnostic::Diagnostic;
use crate::preflight::Finding;
use crate::typeset::PlacedOrigin;

/// What preflight said of a file, as it is told today: with the places at which the cells and lines stand now.
pub(super) fn told(part: &KeptPart, placements: &[PlacedOrigin]) -> Vec<Diagnostic> {
    let mut findings = part.findings.clone();
    trace(&mut findings, placements);
    findings.iter().map(|finding| finding.diagnostic(&part.path)).collect()
}

/// Gives each finding the line or cell that was set at its place: the smallest one that covers its middle.
fn trace(findings: &mut [Finding], placements: &[PlacedOrigin]) {
    for finding in findings.iter_mut().filter(|finding| finding.origin.is_none()) {
        let (Some(page), Some(spot)) = (finding.page, finding.spot) else { continue };
        let middle = spot.middle();
        let size = |placement: &&PlacedOrigin| placement.rect.size();
        finding.origin = placements
            .iter()
            .filter(|placement| placement.page == page as usize && placement.rect.holds(middle))
            .min_by(|a, b| size(a).total_cmp(&size(b)))
            .map(|placement| placement.origin.clone());
    }
}
