//! Ground floor: lists as text (CSV) and what spreadsheets make of them. Pure: no file is read here.

pub mod formula;
