//! Which inks a file prints: the names that a slug line carries and a shop counts its plates by.
//!
//! In: what is painted within the bleed. Out: names, the process inks first.

use std::collections::BTreeSet;

use super::image::PaintedImage;
use super::painted::{PaintKind, Painted};
use crate::pdf::colour_space::Space;
use crate::pdf::inks::{Inks, TRACE};
use crate::pdf::objects::read_name;
use crate::pdf::process_inks::{self, LETTERS};

/// The inks seen so far.
#[derive(Debug, Clone, Default)]
pub struct InkUse {
    process: [bool; 4],
    spots: BTreeSet<String>,
}

impl InkUse {
    /// Takes the inks of a painted thing in.
    pub fn painted(&mut self, painted: &Painted<'_>) {
        match (painted.inks, painted.space) {
            (Some(inks), _) => self.inks(inks),
            // the pixels of an image are looked at by `image`
            (None, Some(_)) if matches!(painted.kind, PaintKind::Image { .. }) => {}
            (None, Some(space)) => self.space(space),
            (None, None) => {}
        }
    }

    /// Takes the inks of a colour in.
    pub fn inks(&mut self, inks: &Inks) {
        for (used, amount) in self.process.iter_mut().zip(inks.process) {
            *used |= amount > TRACE;
        }
        let spots = inks.spots.iter().filter(|(_, amount)| *amount > TRACE);
        self.spots.extend(spots.map(|(name, _)| name.clone()));
    }

    /// Takes the inks of an image in.
    pub fn image(&mut self, image: &PaintedImage) {
        match (&image.most, &image.space) {
            (Some(most), _) => self.inks(most),
            (None, Some(space)) => self.space(space),
            (None, None) => {}
        }
    }

    /// Takes all inks in that a colour of `space` may print.
    pub fn space(&mut self, space: &Space) {
        match space {
            Space::Gray => self.process[3] = true,
            // what is not of the press becomes four inks on the way to it
            Space::Cmyk { .. } | Space::Foreign(..) => self.process = [true; 4],
            Space::Indexed(base, _) => self.space(base),
            Space::Colorants(names, _) => {
                for name in names {
                    let name = read_name(name);
                    if let Some(index) = process_inks::index(&name) {
                        self.process[index] = true;
                    }
                }
                self.spots.extend(space.spots());
            }
            // the cell of a pattern is painted by itself
            Space::Pattern(_) | Space::Broken(_) => {}
        }
    }

    /// Takes those of a page in.
    pub fn join(&mut self, page: Self) {
        for (used, there) in self.process.iter_mut().zip(page.process) {
            *used |= there;
        }
        self.spots.extend(page.spots);
    }

    /// The names: C, M, Y, K, then spot colours.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let process = LETTERS.into_iter().zip(self.process);
        let process = process.filter(|(_, used)| *used).map(|(name, _)| name.to_owned());
        process.chain(self.spots.iter().cloned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::geometry::Rect;
    use crate::pdf::space_fault::Foreign;
    use crate::preflight::painted::{Blend, Outline};

    fn used(space: &Space, inks: Option<&Inks>, kind: PaintKind) -> Vec<String> {
        let mut used = InkUse::default();
        used.painted(&Painted {
            kind,
            area: Rect::UNIT,
            outline: Outline::Odd,
            space: Some(space),
            inks,
            overprint: false,
            blend: Blend::Opaque,
        });
        used.names()
    }

    #[test]
    fn only_what_is_printed_counts() {
        let cmyk = Space::Cmyk { profile: None };
        let fill = PaintKind::Fill { rectangle: true };
        assert_eq!(used(&cmyk, Some(&Inks::black(1.0)), fill), ["K"]);
        assert_eq!(used(&cmyk, Some(&Inks::black(0.0)), fill), Vec::<String>::new());
        let spot = Space::Colorants(vec![b"DIC 156".to_vec()], Box::new(cmyk));
        assert_eq!(used(&spot, spot.inks(&[0.5]).as_ref(), fill), ["DIC 156"]);
        assert_eq!(used(&spot, None, PaintKind::Shading), ["DIC 156"]);
        assert_eq!(used(&Space::Foreign(Foreign::DeviceRgb), None, fill), ["C", "M", "Y", "K"]);
    }
}
