//! Ground floor: lists as text (CSV, RFC 4180) to rows of cells and back, by the `csv` crate, and what spreadsheets make of
//! them. Pure: no file is read here.
//!
//! In: the text of a file, or the cells of a sheet ([`SheetWriter`]). Out: [`Rows`], whose cells are stretches of the text and
//! not copies of it, so that a list of a million rows takes little more memory than its text; or the text of a list
//! ([`Writer`]). The crate parses the text; where its cells stand is worked out from their lengths. Rows that the crate reads
//! otherwise than people do (a quotation mark that is left open, blanks before one) are read by `irregular`, and cost no
//! other row.

mod cell;
pub mod dialect;
pub mod formula;
mod irregular;
mod lines;
mod parts;
mod places;
mod replace;
mod row;
mod rows;
mod sheet;
mod write;

pub use cell::Written;
pub use irregular::blank;
pub use lines::pieces;
pub use parts::{TextPart, join, parts, scan};
pub use places::{Places, Replaced};
pub use replace::{EditedText, OldRow, replace};
pub use row::{QuoteFault, Row, RowFault};
pub use rows::Rows;
pub use sheet::SheetWriter;
pub use write::Writer;
