//! The ground floor of all stages that read or write PDF: objects and geometry, one notion of each.
//!
//! In: documents as `lopdf` reads them. Out: values. Nothing here judges, converts or draws.

pub mod geometry;
pub mod objects;
