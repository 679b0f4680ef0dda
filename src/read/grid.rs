//! One file of a directory as a grid: its rows of cells, whatever it was in, and what is known of single cells.
//!
//! In: the readers of `kind` fill it. Out: [`Grid`] for `directory`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::encoding::EncodingFault;
use super::sheet_content::{Area, Special, UnknownFormat};
use crate::model::encoding::Encoding;
use crate::model::origin::Source;
use crate::table::Rows;

/// A file as a grid of cells.
#[derive(Debug)]
pub struct Grid {
    /// The file with its text.
    pub source: Arc<Source>,
    /// What it was.
    pub kind: GridKind,
    /// Its rows.
    pub rows: Rows,
    /// Bytes that could not be read, in order.
    pub faults: Vec<EncodingFault>,
    /// What a spreadsheet says of single cells, by row (from 1) and column (from 0).
    pub special: BTreeMap<(u32, usize), Special>,
    /// What it shows beside words.
    pub looks: Looks,
}

/// What a sheet shows beside words. Cells are named by row (from 1) and column (from 0).
#[derive(Debug, Default)]
pub struct Looks {
    /// Rows that are not shown, from 0.
    pub hidden_rows: BTreeSet<u32>,
    /// Columns that are not shown.
    pub hidden_columns: Vec<Area>,
    /// Cells with letters that are struck out.
    pub struck: BTreeSet<(u32, usize)>,
    /// Addresses behind cells.
    pub links: BTreeMap<(u32, usize), String>,
    /// By column, a format that is not understood.
    pub unknown_formats: BTreeMap<u32, UnknownFormat>,
}

/// What a file was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridKind {
    /// Text with delimiters.
    Delimited {
        /// The character between cells.
        delimiter: u8,
        /// Its encoding.
        encoding: Encoding,
        /// Whether it began with a byte order mark.
        marked: bool,
    },
    /// A sheet of a workbook.
    Workbook {
        /// XLSX, XLS or ODS.
        format: &'static str,
        /// The sheet.
        sheet: String,
        /// Other sheets with a table of the same kind, which is not read.
        alike: Vec<String>,
    },
}

impl Grid {
    /// The character between the cells of a text.
    #[must_use]
    pub fn delimiter(&self) -> Option<u8> {
        match self.kind {
            GridKind::Delimited { delimiter, .. } => Some(delimiter),
            GridKind::Workbook { .. } => None,
        }
    }

    /// Whether rows end at their last filled cell, however many columns the table has.
    #[must_use]
    pub fn is_workbook(&self) -> bool {
        matches!(self.kind, GridKind::Workbook { .. })
    }
}
