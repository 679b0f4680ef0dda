//! From a place on a page back to the line or cell that was set there.
//!
//! In: findings of preflight, and what typesetting says of where everything landed. Out: the same findings with their
//! origins. Preflight knows nothing but the bytes of a file.

use crate::preflight::Finding;
use crate::typeset::Placement;

/// Gives each finding the line or cell that was set at its place: the smallest one that covers its middle.
pub(super) fn trace(findings: &mut [Finding], placements: &[Placement]) {
    for finding in findings.iter_mut().filter(|finding| finding.origin.is_none()) {
        let (Some(page), Some(spot)) = (finding.page, finding.spot) else { continue };
        let (x, y) = (spot.x.to_pt() + spot.width.to_pt() / 2.0, spot.y.to_pt() + spot.height.to_pt() / 2.0);
        let covers = |placement: &&Placement| {
            let rect = placement.rect;
            let (left, top) = (rect.x.to_pt(), rect.y.to_pt());
            placement.page == page as usize
                && (left..=left + rect.width.to_pt()).contains(&x)
                && (top..=top + rect.height.to_pt()).contains(&y)
        };
        let size = |placement: &&Placement| placement.rect.width.to_pt() * placement.rect.height.to_pt();
        finding.origin = placements
            .iter()
            .filter(covers)
            .min_by(|a, b| size(a).total_cmp(&size(b)))
            .map(|placement| placement.origin.clone());
    }
}
