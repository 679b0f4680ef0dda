//! Why a colour space is none of the press: its colours are foreign to it, or its definition is broken.

use super::icc::IccColours;

/// Why a colour space cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpaceDefect {
    /// It names itself, or others without end.
    TooDeep,
    /// Neither a name nor an array.
    NoSpace,
    /// An operator without the name of a space.
    NoName,
    /// A name that the resources do not have.
    MissingName,
    /// No base or alternate space.
    NoBase,
    /// An array that does not begin with a name.
    NoFamily,
    /// A family that PDF does not have.
    UnknownFamily,
    /// `ICCBased` without a profile.
    NoProfile,
    /// An ICC profile that cannot be read.
    UnreadableProfile,
    /// An ICC profile of colours that PDF does not have.
    ForeignProfile,
    /// An indexed space without its table.
    NoTable,
    /// A table that cannot be unpacked.
    UnreadableTable,
    /// No names of colorants, or too many.
    NoColorants,
    /// Colorants without their tint transformation.
    NoTint,
    /// Colorants without a space to be shown in.
    NoAlternate,
    /// An alternate space that cannot be one.
    BadAlternate,
    /// An image without a space.
    NoImageSpace,
    /// A shading without a space.
    ShadingSpace,
    /// A pattern that the resources do not have.
    MissingPattern,
    /// A pattern that is neither tiling nor shading.
    NoPattern,
    /// JPEG 2000 with an unknown number of channels.
    Jpeg2000Channels,
    /// JPEG 2000 with colours that PDF does not have.
    Jpeg2000Colours,
    /// JPEG 2000 with a profile of such colours.
    Jpeg2000Profile,
    /// An ICC profile of these colours with another number of components.
    Components(IccColours),
}

/// Colour spaces that the press has no ink for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// `DeviceRGB`
    DeviceRgb,
    /// `CalRGB`
    CalRgb,
    /// An ICC profile of three components.
    IccRgb,
    /// `CalGray`
    CalGray,
    /// An ICC profile of one component.
    IccGray,
    /// `Lab`
    Lab,
    /// A JPEG 2000 image whose own data say that it is RGB.
    Jpeg2000Rgb,
}

impl Foreign {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DeviceRgb => "DeviceRGB",
            Self::CalRgb => "CalRGB",
            Self::IccRgb => "ICCBased RGB",
            Self::CalGray => "CalGray",
            Self::IccGray => "ICCBased gray",
            Self::Lab => "Lab",
            Self::Jpeg2000Rgb => "JPEG 2000 RGB",
        }
    }

    /// Number of its components.
    #[must_use]
    pub fn components(self) -> usize {
        match self {
            Self::CalGray | Self::IccGray => 1,
            Self::DeviceRgb | Self::CalRgb | Self::IccRgb | Self::Lab | Self::Jpeg2000Rgb => 3,
        }
    }
}

/// What is wrong with a colour space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpaceFault {
    /// It is not of the press.
    Foreign(Foreign),
    /// Its definition is broken.
    Broken(SpaceDefect),
}
