//! Which part of a colour goes on a plate.
//!
//! In: a colour space and a plate. Out: the component that the plate shows, or the amount of a colour on it.

use super::plate::Plate;
use crate::pdf::colour_space::Space;
use crate::pdf::inks::Inks;
use crate::pdf::objects::read_name;
use crate::pdf::process_inks::NAMES;

/// Where a plate's ink is among the components of a colour space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    /// In none: the plate stays white.
    Nowhere,
    /// Gray, which is black the other way round.
    Gray,
    /// A component, and how many there are.
    Component(usize, usize),
}

impl Plate {
    /// Whether a colorant of Separation or `DeviceN` is on this plate; registration colour is on all.
    fn takes(&self, colorant: &[u8]) -> bool {
        colorant == b"All" || read_name(colorant) == self.name()
    }

    /// Where this plate is in `space`; none if the inks of the space are not known.
    pub(super) fn channel(&self, space: &Space) -> Option<Channel> {
        match space {
            Space::Gray if *self == Self::Process(3) => Some(Channel::Gray),
            Space::Gray => Some(Channel::Nowhere),
            Space::Cmyk { .. } => Some(match self {
                Self::Process(index) => Channel::Component(*index, NAMES.len()),
                Self::Spot(_) => Channel::Nowhere,
            }),
            Space::Colorants(names, _) => Some(
                names
                    .iter()
                    .position(|name| self.takes(name))
                    .map_or(Channel::Nowhere, |at| Channel::Component(at, names.len())),
            ),
            Space::Foreign(..) | Space::Indexed(..) | Space::Pattern(_) | Space::Broken(_) => None,
        }
    }

    /// How much of a colour is on it, from 0 to 1.
    pub(super) fn amount(&self, inks: &Inks) -> f64 {
        match self {
            Self::Process(index) => inks.process[*index].min(1.0),
            Self::Spot(wanted) => inks
                .spots
                .iter()
                .filter(|(name, _)| name == wanted)
                .map(|(_, amount)| *amount)
                .sum::<f64>()
                .min(1.0),
        }
    }

    /// Whether a colour of `space` that overprints leaves the plate as it is. `zero` says that its component here is
    /// nothing, and counts with overprint mode 1 and `DeviceCMYK` only (ISO 32000-1, table 149).
    pub(super) fn is_spared(&self, space: &Space, zero: bool) -> bool {
        match (space, self) {
            (Space::Colorants(names, _), _) => !names.iter().any(|name| self.takes(name)),
            (Space::Indexed(base, _), _) => self.is_spared(base, false),
            (_, Self::Spot(_)) => true,
            (Space::Cmyk { profile: None }, Self::Process(_)) => zero,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::icc::IccHeader;
    use crate::pdf::space_fault::Foreign;

    fn spot(name: &str) -> Space {
        Space::Colorants(vec![name.as_bytes().to_vec()], Box::new(Space::Cmyk { profile: None }))
    }

    #[test]
    fn an_ink_has_its_place_in_each_space() {
        let cmyk = Space::Cmyk { profile: None };
        let (yellow, black) = (Plate::Process(2), Plate::Process(3));
        let dic = Plate::Spot("DIC 156".to_owned());
        assert_eq!(yellow.channel(&cmyk), Some(Channel::Component(2, 4)));
        assert_eq!(dic.channel(&cmyk), Some(Channel::Nowhere));
        assert_eq!(black.channel(&Space::Gray), Some(Channel::Gray));
        assert_eq!(dic.channel(&spot("DIC 156")), Some(Channel::Component(0, 1)));
        assert_eq!(yellow.channel(&spot("All")), Some(Channel::Component(0, 1)), "registration colour");
        assert_eq!(yellow.channel(&Space::Foreign(Foreign::DeviceRgb)), None);
    }

    #[test]
    fn overprint_spares_what_the_colour_does_not_name() {
        let cyan = Plate::Process(0);
        let cmyk = Space::Cmyk { profile: None };
        let header = IccHeader::of(crate::press::profile::FOGRA39L).expect("a profile");
        let profiled = Space::Cmyk { profile: Some(header.id) };
        assert!(cyan.is_spared(&cmyk, true) && !cyan.is_spared(&cmyk, false));
        assert!(!cyan.is_spared(&profiled, true), "mode 1 is for DeviceCMYK only");
        assert!(cyan.is_spared(&spot("DIC 156"), false));
        assert!(!Plate::Spot("DIC 156".to_owned()).is_spared(&spot("DIC 156"), true));
        let gold = Space::Colorants(vec![b"\x8B\xE0".to_vec()], Box::new(Space::Cmyk { profile: None }));
        assert!(!Plate::Spot("金".to_owned()).is_spared(&gold, true), "a name in Shift_JIS");
    }
}
