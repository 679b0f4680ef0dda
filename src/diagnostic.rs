//! What sasshi has to say about the user's sources: typed findings in two languages, collected and never printed here.
//!
//! In: the stages make [`Diagnostic`]s where they know most. Out: an [`Outcome`] carries them beside the value;
//! `report` renders them.

pub mod codes;
mod finding;
mod limit;
mod say;
pub mod suggestion;
pub mod system;

pub use codes::Code;
pub use finding::{Diagnostic, Outcome, Severity};
pub use limit::{LeftOut, MOST_OF_A_KIND, keep_first};
pub use say::{Language, Say};
pub use suggestion::{Suggestion, nearest};
