//! A row of a list, and what is wrong with its quotation marks.
//!
//! In: what the readers beside this file find. Out: [`Row`].

use std::ops::Range;

use super::cell::Written;

/// A row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The byte at which it begins.
    pub start: usize,
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Its first physical line, from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<Written>,
    /// What is wrong with its quotation marks.
    pub fault: Option<Box<RowFault>>,
}

/// What is wrong with the quotation marks of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// What it is.
    pub kind: QuoteFault,
    /// In which cell (from 0).
    pub cell: usize,
    /// The bytes of that cell, as far as they can be told: to the delimiter behind it, or to the end of its line.
    pub place: Range<usize>,
}

/// What is wrong with a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFault {
    /// It opens a cell and is never closed.
    Unclosed,
    /// Characters follow after the one that closes the cell.
    Stray,
    /// It opens in the middle of a cell and closes in another one.
    Inside,
}
