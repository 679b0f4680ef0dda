//! What people look at before they print: pictures of pages and of press sheets, and the inks that are on each page.
//!
//! In: the bytes of a PDF, or its plates. Out: pictures and amounts; nothing here is judged.

pub mod contact;
pub mod coverage;
pub mod inks;
pub mod previews;
pub mod thumbnails;
