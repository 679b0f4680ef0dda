//! How much of each ink lies on a spot.
//!
//! In: colorants of a colour space and their amounts. Out: [`Inks`], with what a press asks of them: sum, number, black alone.

use super::objects::read_name;
use super::process_inks;

/// The least share of an ink that counts: less is no dot on any press.
pub const TRACE: f64 = 0.005;

/// How much of each ink, from 0 to 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inks {
    /// Cyan, magenta, yellow, black.
    pub process: [f64; 4],
    /// Spot colours by name.
    pub spots: Vec<(String, f64)>,
}

impl Inks {
    /// Black only.
    #[must_use]
    pub fn black(amount: f64) -> Self {
        Self { process: [0.0, 0.0, 0.0, amount], spots: Vec::new() }
    }

    /// The sum, where 1 is one full ink.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.process.iter().sum::<f64>() + self.spots.iter().map(|(_, amount)| amount).sum::<f64>()
    }

    /// Of each ink the more of both.
    #[must_use]
    pub fn most(mut self, other: &Self) -> Self {
        for (ink, amount) in self.process.iter_mut().zip(other.process) {
            *ink = ink.max(amount);
        }
        for (name, amount) in &other.spots {
            match self.spots.iter_mut().find(|(known, _)| known == name) {
                Some((_, ink)) => *ink = ink.max(*amount),
                None => self.spots.push((name.clone(), *amount)),
            }
        }
        self
    }

    /// How many inks there are.
    #[must_use]
    pub fn count(&self) -> usize {
        let process = self.process.iter().filter(|amount| **amount > TRACE).count();
        process + self.spots.iter().filter(|(_, amount)| *amount > TRACE).count()
    }

    /// Whether it looks black or gray and is not black ink alone: what a black of RGB becomes, or a rich black.
    #[must_use]
    pub fn is_mixed_black(&self) -> bool {
        let [c, m, y, k] = self.process;
        let (least, most) = (c.min(m).min(y), c.max(m).max(y));
        let deep = k > 0.4 && c + m + y > 0.3;
        let neutral = least > 0.1 && most - least < 0.3;
        self.spots.iter().all(|(_, amount)| *amount <= TRACE) && (deep || neutral)
    }

    /// Whether another ink than black is on it.
    #[must_use]
    pub fn has_colour(&self) -> bool {
        let spots = self.spots.iter().map(|(_, amount)| *amount);
        self.process[..3].iter().copied().chain(spots).any(|amount| amount > TRACE)
    }

    /// Whether the paper stays white.
    #[must_use]
    pub fn is_white(&self) -> bool {
        self.count() == 0
    }

    pub(super) fn add(&mut self, colorant: &[u8], amount: f64) {
        let name = read_name(colorant);
        match process_inks::index(&name) {
            Some(index) => self.process[index] += amount,
            None if name == "All" => self.process.iter_mut().for_each(|ink| *ink += amount),
            None if name == "None" => {}
            None => self.spots.push((name.into_owned(), amount)),
        }
    }
}
