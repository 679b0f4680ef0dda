//! Rules for files in やさしい日本語, by a standard that is data: how long sentences are, what they say and in which words.
//!
//! In: a [`Galley`](super::Galley) whose reader is `ja-easy`. Out: findings; of other readers none. Each rule is a file, and a line of
//! the table of rules.

pub mod amount;
pub mod endings;
pub mod length;
pub mod loans;
mod sentence;
pub mod standard;
pub mod wording;
