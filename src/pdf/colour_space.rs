//! Colour spaces, and the inks that a colour of them puts on paper.
//!
//! In: a colour space of a resource dictionary (ISO 32000-1, 8.6). Out: [`Space`], which turns components to [`Inks`].

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::icc::{IccColours, IccHeader, IccId};
use super::inks::Inks;
use super::objects::{name_of, number_of, read_name, resolved, resource};
use super::process_inks;
use super::reading::unpacked;
use super::space_fault::{Foreign, SpaceDefect, SpaceFault};

/// How deep colour spaces may lie in each other; deeper ones are broken.
const DEEPEST: usize = 6;
/// Components of a `DeviceN` space: the limit of ISO 32000-1, annex C.
const MOST_COMPONENTS: usize = 32;
/// Colour tables have at most 256 entries.
const LARGEST_TABLE: usize = 256 * MOST_COMPONENTS;

/// Colour spaces that were read, each once where it is an object of its own.
#[derive(Debug, Default)]
pub struct Spaces(HashMap<ObjectId, Rc<Space>>);

impl Spaces {
    /// Reads a colour space, or looks up the name that stands for it.
    pub fn read(&mut self, doc: &Document, object: &Object, resources: Option<&Dictionary>) -> Rc<Space> {
        let named = name_of(object).and_then(|name| resource(doc, resources, b"ColorSpace", name));
        let id = named.and_then(|space| space.as_reference().ok().or_else(|| profile_of(space)));
        if let Some(known) = id.and_then(|id| self.0.get(&id)) {
            return Rc::clone(known);
        }
        let space = Rc::new(Space::read(doc, object, resources));
        if let Some(id) = id {
            self.0.insert(id, Rc::clone(&space));
        }
        space
    }
}

/// The profile of a space that is written where it is named: opening it each time would cost more than all else.
fn profile_of(space: &Object) -> Option<ObjectId> {
    match space.as_array().ok()?.as_slice() {
        [family, profile] if name_of(family) == Some(b"ICCBased") => profile.as_reference().ok(),
        _ => None,
    }
}

/// What the components of a colour are, whatever profile they come with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// One component, from black to white.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// Colorants by name, patterns, tables, Lab.
    Other,
}

/// A colour space.
#[derive(Debug, Clone, PartialEq)]
pub enum Space {
    /// `DeviceGray`: black ink.
    Gray,
    /// `DeviceCMYK`, or an ICC profile of four components.
    Cmyk {
        /// The profile of its own that it comes with.
        profile: Option<IccId>,
    },
    /// Anything the press has no ink for.
    Foreign(Foreign),
    /// A table of colours.
    Indexed(Box<Space>, Vec<u8>),
    /// Separation or `DeviceN`: colorants and the space they are shown in elsewhere.
    Colorants(Vec<Vec<u8>>, Box<Space>),
    /// A pattern, with the space of its colour if it takes one.
    Pattern(Option<Box<Space>>),
    /// It cannot be used.
    Broken(SpaceDefect),
}

impl Space {
    /// Reads a colour space; names are looked up in `resources`.
    #[must_use]
    pub fn read(doc: &Document, object: &Object, resources: Option<&Dictionary>) -> Self {
        Self::at_depth(doc, object, resources, 0)
    }

    fn at_depth(doc: &Document, object: &Object, resources: Option<&Dictionary>, depth: usize) -> Self {
        if depth > DEEPEST {
            return Self::Broken(SpaceDefect::TooDeep);
        }
        match resolved(doc, object) {
            Some(Object::Name(name)) => Self::named(doc, name, resources, depth),
            Some(Object::Array(parts)) => Self::of_array(doc, parts, resources, depth),
            _ => Self::Broken(SpaceDefect::NoSpace),
        }
    }

    fn named(doc: &Document, name: &[u8], resources: Option<&Dictionary>, depth: usize) -> Self {
        match name {
            b"DeviceGray" | b"G" => Self::Gray,
            b"DeviceCMYK" | b"CMYK" => Self::Cmyk { profile: None },
            b"DeviceRGB" | b"RGB" => Self::Foreign(Foreign::DeviceRgb),
            b"Pattern" => Self::Pattern(None),
            _ => match resource(doc, resources, b"ColorSpace", name) {
                Some(object) => Self::at_depth(doc, object, resources, depth + 1),
                None => Self::Broken(SpaceDefect::MissingName),
            },
        }
    }

    fn of_array(doc: &Document, parts: &[Object], resources: Option<&Dictionary>, depth: usize) -> Self {
        let part = |index: usize| parts.get(index).and_then(|part| resolved(doc, part));
        let inner = |index: usize| match parts.get(index) {
            Some(object) => Self::at_depth(doc, object, resources, depth + 1),
            None => Self::Broken(SpaceDefect::NoBase),
        };
        let Some(family) = part(0).and_then(name_of) else { return Self::Broken(SpaceDefect::NoFamily) };
        match family {
            b"CalGray" => Self::Foreign(Foreign::CalGray),
            b"CalRGB" => Self::Foreign(Foreign::CalRgb),
            b"Lab" => Self::Foreign(Foreign::Lab),
            b"ICCBased" => match part(1).and_then(|stream| stream.as_stream().ok()) {
                Some(profile) => Self::of_profile(doc, profile),
                None => Self::Broken(SpaceDefect::NoProfile),
            },
            b"Indexed" | b"I" => {
                let table = match part(3) {
                    Some(Object::String(bytes, _)) => bytes.clone(),
                    Some(Object::Stream(stream)) => match unpacked(stream, LARGEST_TABLE) {
                        Some(bytes) => bytes,
                        None => return Self::Broken(SpaceDefect::UnreadableTable),
                    },
                    _ => return Self::Broken(SpaceDefect::NoTable),
                };
                Self::Indexed(Box::new(inner(1)), table)
            }
            b"Separation" | b"DeviceN" => {
                let colorants: Vec<Vec<u8>> = match part(1) {
                    Some(Object::Name(name)) => vec![name.clone()],
                    Some(Object::Array(names)) => names
                        .iter()
                        .filter_map(|name| resolved(doc, name))
                        .filter_map(name_of)
                        .map(<[u8]>::to_vec)
                        .collect(),
                    _ => Vec::new(),
                };
                if colorants.is_empty() || colorants.len() > MOST_COMPONENTS {
                    return Self::Broken(SpaceDefect::NoColorants);
                }
                if !matches!(part(3), Some(Object::Dictionary(_) | Object::Stream(_))) {
                    return Self::Broken(SpaceDefect::NoTint);
                }
                match inner(2) {
                    Self::Broken(_) => Self::Broken(SpaceDefect::NoAlternate),
                    Self::Pattern(_) | Self::Indexed(..) | Self::Colorants(..) => {
                        Self::Broken(SpaceDefect::BadAlternate)
                    }
                    alternate => Self::Colorants(colorants, Box::new(alternate)),
                }
            }
            b"Pattern" => Self::Pattern((parts.len() > 1).then(|| Box::new(inner(1)))),
            _ if parts.len() == 1 => Self::named(doc, family, resources, depth),
            _ => Self::Broken(SpaceDefect::UnknownFamily),
        }
    }

    /// The colours of an ICC profile: its own head says what they are, not the number that is written beside it.
    fn of_profile(doc: &Document, profile: &lopdf::Stream) -> Self {
        let count = profile.dict.get(b"N").ok().and_then(|n| resolved(doc, n)).and_then(number_of);
        let Ok(header) = IccHeader::read(profile) else {
            return Self::Broken(SpaceDefect::UnreadableProfile);
        };
        let Some(colours) = header.colours else {
            return Self::Broken(SpaceDefect::ForeignProfile);
        };
        if count != Some(as_f64(colours.components())) {
            return Self::Broken(SpaceDefect::Components(colours));
        }
        match colours {
            IccColours::Gray => Self::Foreign(Foreign::IccGray),
            IccColours::Rgb => Self::Foreign(Foreign::IccRgb),
            IccColours::Cmyk => Self::Cmyk { profile: Some(header.id) },
            IccColours::Lab => Self::Foreign(Foreign::Lab),
        }
    }

    /// What its components are.
    #[must_use]
    pub fn family(&self) -> Family {
        match self {
            Self::Gray | Self::Foreign(Foreign::CalGray | Foreign::IccGray) => Family::Gray,
            Self::Foreign(Foreign::DeviceRgb | Foreign::CalRgb | Foreign::IccRgb | Foreign::Jpeg2000Rgb) => {
                Family::Rgb
            }
            Self::Cmyk { .. } => Family::Cmyk,
            Self::Foreign(Foreign::Lab)
            | Self::Indexed(..)
            | Self::Colorants(..)
            | Self::Pattern(_)
            | Self::Broken(_) => Family::Other,
        }
    }

    /// Number of components of a colour.
    #[must_use]
    pub fn components(&self) -> usize {
        match self {
            Self::Gray | Self::Indexed(..) => 1,
            Self::Cmyk { .. } => 4,
            Self::Foreign(foreign) => foreign.components(),
            Self::Colorants(names, _) => names.len(),
            Self::Pattern(base) => base.as_ref().map_or(0, |base| base.components()),
            Self::Broken(_) => 0,
        }
    }

    /// What is wrong with it.
    #[must_use]
    pub fn fault(&self) -> Option<SpaceFault> {
        match self {
            Self::Gray | Self::Cmyk { .. } | Self::Pattern(None) => None,
            Self::Foreign(foreign) => Some(SpaceFault::Foreign(*foreign)),
            Self::Broken(why) => Some(SpaceFault::Broken(*why)),
            Self::Indexed(base, _) | Self::Colorants(_, base) | Self::Pattern(Some(base)) => base.fault(),
        }
    }

    /// The spot colours it can print.
    #[must_use]
    pub fn spots(&self) -> Vec<String> {
        match self {
            Self::Colorants(names, _) => names
                .iter()
                .map(|name| read_name(name).into_owned())
                .filter(|name| process_inks::is_spot(name))
                .collect(),
            Self::Indexed(base, _) | Self::Pattern(Some(base)) => base.spots(),
            _ => Vec::new(),
        }
    }

    /// The profile that its CMYK comes with.
    #[must_use]
    pub fn own_profile(&self) -> Option<IccId> {
        match self {
            Self::Cmyk { profile } => *profile,
            Self::Indexed(base, _) | Self::Pattern(Some(base)) => base.own_profile(),
            _ => None,
        }
    }

    /// Whether it is the colour that prints on every plate.
    #[must_use]
    pub fn is_registration(&self) -> bool {
        match self {
            Self::Colorants(names, _) => names.iter().any(|name| name == b"All"),
            Self::Indexed(base, _) | Self::Pattern(Some(base)) => base.is_registration(),
            _ => false,
        }
    }

    /// Whether it has one component of black only.
    #[must_use]
    pub fn is_gray(&self) -> bool {
        match self {
            Self::Gray => true,
            Self::Foreign(foreign) => foreign.components() == 1,
            Self::Indexed(base, _) => base.is_gray(),
            Self::Colorants(names, _) => names.len() == 1,
            _ => false,
        }
    }

    /// Whether pixels of so many bits have two colours of it, as line art has.
    #[must_use]
    pub fn is_of_two_colours(&self, bits: f64) -> bool {
        match self {
            Self::Indexed(base, table) => bits <= 1.0 || table.len() <= 2 * base.components(),
            _ => self.is_gray() && bits <= 1.0,
        }
    }

    /// The first colour of the space (ISO 32000-1, 8.6.5.1 and on).
    #[must_use]
    pub fn initial(&self) -> Option<Inks> {
        match self {
            Self::Gray | Self::Cmyk { .. } => Some(Inks::black(1.0)),
            Self::Colorants(names, _) => self.inks(&vec![1.0; names.len()]),
            Self::Indexed(..) => self.inks(&[0.0]),
            Self::Foreign(_) | Self::Pattern(_) | Self::Broken(_) => None,
        }
    }

    /// The inks of a colour; none where that is not known (RGB, patterns).
    #[must_use]
    pub fn inks(&self, components: &[f64]) -> Option<Inks> {
        let amount = |index: usize| components.get(index).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        match self {
            Self::Gray => Some(Inks::black(1.0 - amount(0))),
            Self::Cmyk { .. } => {
                Some(Inks { process: [amount(0), amount(1), amount(2), amount(3)], spots: Vec::new() })
            }
            Self::Colorants(names, _) => {
                let mut inks = Inks::default();
                for (index, name) in names.iter().enumerate() {
                    inks.add(name, amount(index));
                }
                Some(inks)
            }
            Self::Indexed(base, table) => {
                let size = base.components();
                let last = (table.len() / size.max(1)).saturating_sub(1);
                // a component beyond the table is its last entry
                let wanted = components.first().copied().unwrap_or(0.0).max(0.0);
                let entry = (0..=last).rev().find(|entry| as_f64(*entry) <= wanted + 0.5).unwrap_or(0);
                let bytes = table.get(entry * size..(entry + 1) * size)?;
                let values: Vec<f64> = bytes.iter().map(|byte| f64::from(*byte) / 255.0).collect();
                base.inks(&values)
            }
            Self::Foreign(_) | Self::Pattern(_) | Self::Broken(_) => None,
        }
    }
}

/// An index of a colour table, which has at most 8192.
fn as_f64(index: usize) -> f64 {
    u32::try_from(index).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::dictionary;

    #[test]
    fn registration_colour_is_on_all_plates() {
        let space = Space::Colorants(vec![b"All".to_vec()], Box::new(Space::Cmyk { profile: None }));
        assert_eq!(space.inks(&[1.0]).map(|inks| inks.sum()), Some(4.0));
        assert!(space.spots().is_empty());
    }

    #[test]
    fn a_table_gives_the_inks_of_its_entry() {
        let space =
            Space::Indexed(Box::new(Space::Cmyk { profile: None }), vec![0, 0, 0, 255, 255, 255, 0, 0]);
        assert_eq!(space.inks(&[0.0]), Some(Inks::black(1.0)));
        assert_eq!(space.inks(&[9.0]).map(|inks| inks.process), Some([1.0, 1.0, 0.0, 0.0]));
    }

    #[test]
    fn a_space_that_names_itself_ends() {
        let doc = Document::with_version("1.6");
        let spaces = dictionary! { "A" => Object::Name(b"A".to_vec()) };
        let resources = dictionary! { "ColorSpace" => spaces };
        let space = Space::read(&doc, &Object::Name(b"A".to_vec()), Some(&resources));
        assert_eq!(space, Space::Broken(SpaceDefect::TooDeep));
    }
}
