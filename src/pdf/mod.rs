//! The ground floor of all stages that read or write PDF: one notion of objects, geometry, boxes, colours and fonts.
//!
//! In: documents as `lopdf` reads them. Out: values. Nothing here judges or converts.

pub mod boxes;
pub mod colour;
pub mod colour_space;
pub mod content;
pub mod content_digest;
mod content_gap;
pub mod font;
pub mod font_program;
pub mod geometry;
pub mod graphics_state;
pub mod icc;
pub mod identity;
pub mod inks;
pub mod jpeg2000;
mod lexical;
pub mod objects;
pub mod operators;
pub mod page;
pub mod page_text;
pub mod path;
pub mod placed_pages;
pub mod process_inks;
pub mod raster;
pub mod reading;
pub mod recovery;
pub mod samples;
pub mod scope;
pub mod space_fault;
pub mod structure;
pub mod text;
pub mod to_unicode;
pub mod xmp;
