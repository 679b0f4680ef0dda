//! Colour to ink: the palette's own values where a colour is the palette's, the ICC profile for all else.
//!
//! In: a [`Profile`], its ICC bytes, the palette. Out: [`Ink`]s, and bytes of images. The sum of inks of what is converted
//! stays within the profile's limit; the palette's values are printed as they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use lcms2::{
    ColorSpaceSignature, DisallowCache, Flags, GlobalContext, Intent as Rendering, PixelFormat,
    Profile as IccProfile, ProfileClassSignature, Transform,
};

use super::fault::InkError;
use super::profile::{Intent, Profile, ProfileInks};
use crate::model::palette::Palette;

/// Amounts of cyan, magenta, yellow and black, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink(pub [f64; 4]);

impl Ink {
    /// Black alone.
    #[must_use]
    pub fn black(amount: f64) -> Self {
        Self([0.0, 0.0, 0.0, amount])
    }

    /// Whether it is full black and nothing else.
    #[must_use]
    pub fn is_k100(self) -> bool {
        self == Self::black(1.0)
    }
}

type Sharp<const IN: usize> = Transform<[u8; IN], [u16; 4], GlobalContext, DisallowCache>;
type Pixels<const IN: usize> = Transform<[u8; IN], [u8; 4], GlobalContext, DisallowCache>;

/// Conversions from one kind of RGB.
struct FromRgb {
    colour: Sharp<3>,
    pixels: Pixels<3>,
}

/// Converts colours for one profile; shared by all files and threads.
pub struct Separator {
    /// The bytes of the press's ICC profile; opened again where one is needed, since it may not be shared by threads.
    icc: Vec<u8>,
    /// The palette's own inks by their screen values.
    palette: HashMap<[u8; 3], Ink>,
    inks: ProfileInks,
    intent: Rendering,
    /// Of 1.
    limit: f64,
    srgb: Arc<FromRgb>,
    /// By the bytes of the ICC profile that an image brings.
    others: Mutex<HashMap<Vec<u8>, Arc<FromRgb>>>,
    /// Amount of black for each step of gray, from black (0) to white (255).
    gray: [f64; 256],
    /// Lightness of the press's colours, for what becomes one ink.
    lightness: Transform<[u8; 4], [f64; 3], GlobalContext, DisallowCache>,
}

/// Opens the ICC profile of a press.
///
/// # Errors
/// [`InkError`] when it is none.
pub(super) fn open(icc: &[u8]) -> Result<IccProfile, InkError> {
    let press = IccProfile::new_icc(icc).map_err(|_| InkError::Unreadable)?;
    let is_of_a_press = press.device_class() == ProfileClassSignature::OutputClass
        && press.color_space() == ColorSpaceSignature::CmykData;
    if is_of_a_press { Ok(press) } else { Err(InkError::NotOfAPress) }
}

impl Separator {
    /// Conversions for `profile` with the ICC profile `icc`.
    ///
    /// # Errors
    /// [`InkError`] when `icc` is none of a press.
    pub fn new(profile: &Profile, icc: &[u8], palette: &Palette) -> Result<Self, InkError> {
        let press = open(icc)?;
        let intent = match profile.intent {
            Intent::Relative => Rendering::RelativeColorimetric,
            Intent::Perceptual => Rendering::Perceptual,
        };
        let srgb = Arc::new(from_rgb(&IccProfile::new_srgb(), &press, intent)?);
        let lab =
            IccProfile::new_lab4_context(GlobalContext::new(), &D50).map_err(|_| InkError::Transform)?;
        let lightness = Transform::new_flags_context(
            GlobalContext::new(),
            &press,
            PixelFormat::CMYK_8,
            &lab,
            PixelFormat::Lab_DBL,
            Rendering::RelativeColorimetric,
            Flags::NO_CACHE,
        )
        .map_err(|_| InkError::Transform)?;
        let gray = gray_ramp(&lightness);
        Ok(Self {
            icc: icc.to_vec(),
            palette: palette
                .colours
                .iter()
                .map(|colour| (colour.screen, Ink(colour.inks.map(|ink| ink / 100.0))))
                .collect(),
            inks: profile.inks,
            intent,
            limit: profile.ink_limit / 100.0,
            srgb,
            others: Mutex::new(HashMap::new()),
            gray,
            lightness,
        })
    }

    /// Whether everything becomes black.
    #[must_use]
    pub fn one_ink(&self) -> bool {
        self.inks == ProfileInks::Black
    }

    /// A colour of a drawing or text, channels from 0 to 1. A palette colour is printed as the palette says, gray as black
    /// ink alone, all else as the ICC profile says.
    #[must_use]
    pub fn rgb(&self, channels: [f64; 3]) -> Ink {
        let rgb = channels.map(step);
        let ink = self.palette.get(&rgb).copied().unwrap_or_else(|| {
            if rgb[0] == rgb[1] && rgb[1] == rgb[2] {
                return self.gray_step(rgb[0]);
            }
            let mut out = [[0u16; 4]];
            self.srgb.colour.transform_pixels(&[rgb], &mut out);
            self.limited(Ink(out[0].map(|ink| rounded(f64::from(ink) / 65535.0))))
        });
        self.of_press(ink)
    }

    /// A gray of a drawing or text, from 0 (black) to 1: black ink alone.
    #[must_use]
    pub fn gray(&self, value: f64) -> Ink {
        self.gray_step(step(value))
    }

    fn gray_step(&self, value: u8) -> Ink {
        Ink::black(self.gray[usize::from(value)])
    }

    /// A colour that is given in inks already.
    #[must_use]
    pub fn of_press(&self, ink: Ink) -> Ink {
        if !self.one_ink() || ink.0[..3] == [0.0; 3] {
            return ink;
        }
        let mut lab = [[0.0; 3]];
        self.lightness.transform_pixels(&[ink.0.map(step)], &mut lab);
        // relative: paper is 100, the black of the palette's own texts stays black
        self.gray_step(lightness_to_step(lab[0][0]))
    }

    /// Pixels of a gray image to the values of a `DeviceGray` image.
    pub fn gray_pixels(&self, pixels: &mut [u8]) {
        let table: [u8; 256] = std::array::from_fn(|value| step(1.0 - self.gray[value]));
        for pixel in pixels {
            *pixel = table[usize::from(*pixel)];
        }
    }

    /// Pixels of an RGB image (`icc`: its profile, sRGB if none) to CMYK, or to gray where there is one ink.
    #[must_use]
    pub fn rgb_pixels(&self, pixels: &[[u8; 3]], icc: Option<&[u8]>) -> Vec<u8> {
        let mut inks = vec![[0u8; 4]; pixels.len()];
        self.source(icc).pixels.transform_pixels(pixels, &mut inks);
        if self.one_ink() {
            return self.cmyk_to_gray(&inks);
        }
        for ink in &mut inks {
            self.limit_pixel(ink);
        }
        inks.into_flattened()
    }

    /// Pixels of a CMYK image where there is one ink.
    #[must_use]
    pub fn cmyk_to_gray(&self, inks: &[[u8; 4]]) -> Vec<u8> {
        let mut lab = vec![[0.0; 3]; inks.len()];
        self.lightness.transform_pixels(inks, &mut lab);
        let mut gray: Vec<u8> = lab.iter().map(|lab| lightness_to_step(lab[0])).collect();
        self.gray_pixels(&mut gray);
        gray
    }

    fn source(&self, icc: Option<&[u8]>) -> Arc<FromRgb> {
        let Some(icc) = icc else { return Arc::clone(&self.srgb) };
        // the map is only ever extended: a panic elsewhere leaves it whole
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = others.get(icc) {
            return Arc::clone(known);
        }
        // a profile that cannot be used is treated as if it were not there
        let made = IccProfile::new_icc(icc)
            .ok()
            .filter(|source| source.color_space() == ColorSpaceSignature::RgbData)
            .zip(IccProfile::new_icc(&self.icc).ok())
            .and_then(|(source, press)| from_rgb(&source, &press, self.intent).ok())
            .map_or_else(|| Arc::clone(&self.srgb), Arc::new);
        others.insert(icc.to_vec(), Arc::clone(&made));
        made
    }

    /// The same with less of the colours and as much black as before.
    fn limited(&self, Ink([c, m, y, k]): Ink) -> Ink {
        let colours = c + m + y;
        if colours + k <= self.limit {
            return Ink([c, m, y, k]);
        }
        let part = (self.limit - k).max(0.0) / colours;
        // rounded down: the sum must not pass the limit by rounding
        let less = |ink: f64| (ink * part * 1000.0).floor() / 1000.0;
        Ink([less(c), less(m), less(y), k])
    }

    fn limit_pixel(&self, ink: &mut [u8; 4]) {
        let sum: f64 = ink.iter().map(|ink| f64::from(*ink)).sum();
        if sum <= self.limit * 255.0 {
            return;
        }
        let black = f64::from(ink[3]);
        let part = (self.limit * 255.0 - black).max(0.0) / (sum - black);
        for colour in &mut ink[..3] {
            *colour = down(f64::from(*colour) * part);
        }
    }
}

/// The white of the profile connection space.
const D50: lcms2::CIExyY = lcms2::CIExyY { x: 0.3457, y: 0.3585, Y: 1.0 };

fn from_rgb(source: &IccProfile, press: &IccProfile, intent: Rendering) -> Result<FromRgb, InkError> {
    let flags = || Flags::BLACKPOINT_COMPENSATION | Flags::NO_CACHE;
    let failed = |_| InkError::Transform;
    Ok(FromRgb {
        colour: Transform::new_flags_context(
            GlobalContext::new(),
            source,
            PixelFormat::RGB_8,
            press,
            PixelFormat::CMYK_16,
            intent,
            flags(),
        )
        .map_err(failed)?,
        pixels: Transform::new_flags_context(
            GlobalContext::new(),
            source,
            PixelFormat::RGB_8,
            press,
            PixelFormat::CMYK_8,
            intent,
            flags(),
        )
        .map_err(failed)?,
    })
}

/// For each step of sRGB gray the amount of black that looks as light, between paper (white) and full black.
fn gray_ramp(lightness: &Transform<[u8; 4], [f64; 3], GlobalContext, DisallowCache>) -> [f64; 256] {
    let ramp: Vec<[u8; 4]> = (0..=255u8).map(|k| [0, 0, 0, k]).collect();
    let mut lab = vec![[0.0; 3]; ramp.len()];
    lightness.transform_pixels(&ramp, &mut lab);
    let (paper, darkest) = (lab[0][0], lab[255][0]);
    std::array::from_fn(|value| {
        let value = u8::try_from(value).unwrap_or(u8::MAX);
        if value == 0 {
            return 1.0;
        }
        // black point compensation: the whole range of gray on the whole range of the ink
        let wanted = darkest + (paper - darkest) * step_to_lightness(value) / 100.0;
        let k = lab.partition_point(|lab| lab[0] > wanted).min(255);
        let before = k.saturating_sub(1);
        let (high, low) = (lab[before][0], lab[k][0]);
        let part = if high > low { (high - wanted) / (high - low) } else { 0.0 };
        let (before, k) = (f64::from(ramp[before][3]), f64::from(ramp[k][3]));
        rounded((before + (k - before) * part.clamp(0.0, 1.0)) / 255.0)
    })
}

/// CIE lightness (0 to 100) of a step of sRGB gray (IEC 61966-2-1).
fn step_to_lightness(value: u8) -> f64 {
    let v = f64::from(value) / 255.0;
    let linear = if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) };
    if linear > 216.0 / 24389.0 { 116.0 * linear.cbrt() - 16.0 } else { linear * 24389.0 / 27.0 }
}

fn lightness_to_step(lightness: f64) -> u8 {
    let y = if lightness > 8.0 {
        ((lightness + 16.0) / 116.0).powi(3)
    } else {
        lightness.max(0.0) * 27.0 / 24389.0
    };
    step(if y <= 0.003_130_8 { y * 12.92 } else { 1.055 * y.powf(1.0 / 2.4) - 0.055 })
}

/// A value from 0 to 1 as one of 256 steps.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
fn step(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
fn down(value: f64) -> u8 {
    value.clamp(0.0, 255.0).floor() as u8
}

/// To a tenth of a per cent: finer no plate holds, and files stay readable.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::Source;

    const PALETTE: &str = "name,c,m,y,k,screen,use\nsea,95,55,30,10,#025e84,\"heads, rules\"\nbroken,1\n";

    fn separator(name: &str) -> Separator {
        let profile = Profile::built_in(name).expect(name);
        Separator::new(
            &profile,
            super::super::profile::FOGRA39L,
            &Palette::read(&Source::new("palette.csv", PALETTE)).value,
        )
        .expect("usable")
    }

    #[test]
    fn a_palette_colour_is_printed_as_the_palette_says() {
        let generic = separator("x4-generic");
        let rgb = [2.0 / 255.0, 94.0 / 255.0, 132.0 / 255.0];
        assert_eq!(generic.rgb(rgb), Ink([0.95, 0.55, 0.3, 0.1]));
        let near = [3.0 / 255.0, 94.0 / 255.0, 132.0 / 255.0];
        assert_ne!(generic.rgb(near), Ink([0.95, 0.55, 0.3, 0.1]));
    }

    #[test]
    fn gray_is_black_ink_alone() {
        let generic = separator("x4-generic");
        assert!(generic.rgb([0.0; 3]).is_k100());
        assert_eq!(generic.gray(1.0), Ink::black(0.0));
        let mut last = 1.1;
        for value in 0..=255u8 {
            let Ink([c, m, y, k]) = generic.gray(f64::from(value) / 255.0);
            assert!([c, m, y].iter().all(|ink| *ink < 1e-9), "{value}");
            assert!(k <= last, "{value}: {k} after {last}");
            last = k;
        }
    }

    #[test]
    fn converted_colours_keep_the_limit() {
        let mut profile = Profile::generic();
        profile.ink_limit = 200.0;
        let tight =
            Separator::new(&profile, super::super::profile::FOGRA39L, &Palette::default()).expect("usable");
        let mut pixels = Vec::new();
        for r in (0..=255u8).step_by(51) {
            for g in (0..=255u8).step_by(51) {
                for b in (0..=255u8).step_by(51) {
                    pixels.push([r, g, b]);
                    let ink = tight.rgb([r, g, b].map(|v| f64::from(v) / 255.0));
                    assert!(ink.0.iter().sum::<f64>() <= 2.0 + 1e-9, "{r} {g} {b}: {ink:?}");
                }
            }
        }
        for ink in tight.rgb_pixels(&pixels, None).chunks(4) {
            assert!(ink.iter().map(|v| u32::from(*v)).sum::<u32>() <= 510, "{ink:?}");
        }
    }

    #[test]
    fn one_ink_is_black_and_keeps_light_and_dark() {
        let black = separator("japan-uncoated-1c");
        let Ink([c, m, y, yellow]) = black.rgb([1.0, 1.0, 0.0]);
        assert!([c, m, y].iter().all(|ink| *ink < 1e-9));
        let Ink([.., blue]) = black.rgb([0.0, 0.0, 1.0]);
        assert!(yellow < 0.2 && blue > yellow + 0.3, "{yellow} {blue}");
        assert_eq!(black.rgb_pixels(&[[255, 255, 255], [0, 0, 0]], None).len(), 2);
    }

    #[test]
    fn a_profile_that_is_none_of_a_press_is_refused() {
        let generic = Profile::generic();
        let srgb = IccProfile::new_srgb().icc().expect("bytes");
        let error = |bytes: &[u8]| Separator::new(&generic, bytes, &Palette::default()).err();
        assert_eq!(error(&srgb), Some(InkError::NotOfAPress));
        assert_eq!(error(b"no profile"), Some(InkError::Unreadable));
    }
}
