//! The text of a list to rows of cells: large texts are parted among all cores.
//!
//! In: the text of a file. Out: [`Rows`] of `table`, which knows how lists are written.

use crate::model::cores;
use crate::table;

pub use crate::table::{QuoteFault, Row, Rows};

/// Parts `text` into rows and cells.
///
/// # Panics
/// When the text and its unquoted cells are longer than 4 GiB: `grid` refuses such files.
#[must_use]
pub fn rows(text: &str, delimiter: u8) -> Rows {
    let parts = table::parts(text);
    let scanned = cores::each(&parts, |part| table::scan(text, delimiter, part.clone()));
    table::join(text, delimiter, scanned.into_iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, u32, Vec<String>)> {
        let rows = rows(text, b',');
        rows.rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| cell.of(text, &rows.unquoted).to_owned()).collect();
                (row.number, row.line, cells)
            })
            .collect()
    }

    fn row(number: u32, line: u32, cells: &[&str]) -> (u32, u32, Vec<String>) {
        (number, line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn every_line_end_and_breaks_in_cells() {
        let text = "a,b\r1,\"x\r\ny\"\r\n\n2,\"q\"\"\"\n#c,";
        let expected = [
            row(1, 1, &["a", "b"]),
            row(2, 2, &["1", "x\r\ny"]),
            row(4, 5, &["2", "q\""]),
            row(5, 6, &["#c", ""]),
        ];
        assert_eq!(cells(text), expected);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        for text in ["a,b\n1,\"x\n2,y\n3,z\n", "a,b\n1,\"x\n2,\"y\"\n3,z\n"] {
            let rows = rows(text, b',');
            let faults: Vec<_> = rows.rows.iter().filter(|row| row.fault.is_some()).collect();
            assert_eq!(faults.len(), 1, "{text}");
            assert_eq!((faults[0].number, faults[0].fault.as_ref().map(|fault| fault.cell)), (2, Some(1)));
            assert_eq!(rows.rows.len(), 4);
        }
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_no_part_of_the_cell() {
        assert_eq!(cells("'=1,\"'+81\"\"\",'a,''-"), [row(1, 1, &["=1", "+81\"", "'a", "'-"])]);
        let text = "=\"0455\",\"=\"\"0455,1\"\"\",'0455,=\"a\"&\"b\",=\"\"";
        assert_eq!(cells(text), [row(1, 1, &["0455", "0455,1", "0455", "=\"a\"&\"b\"", ""])]);
    }

    #[test]
    fn blanks_around_quotation_marks_are_no_part_of_the_cell() {
        let text = "a, \"b,\"\"c\" ,　\"d\ne\"\t,\"f\"\u{a0}\n1, \"x\" y,\" z \"\n";
        assert_eq!(
            cells(text),
            [row(1, 1, &["a", "b,\"c", "d\ne", "f"]), row(2, 3, &["1", " \"x\" y", " z "])]
        );
    }

    #[test]
    fn a_mark_that_opens_in_the_middle_of_a_cell_is_found_where_it_parts_one() {
        let text = "a\"b,c\"d,e\n5\" a,\"b\",c\nx \"y\" z,1,2\n";
        let fault = |row: &Row| row.fault.as_ref().map(|fault| (fault.kind, fault.cell));
        let faults: Vec<_> = rows(text, b',').rows.iter().map(fault).collect();
        assert_eq!(faults, [Some((QuoteFault::Inside, 0)), None, None]);
    }

    #[test]
    fn files_put_together_are_read_as_one() {
        let text = "a,b\r\n\u{FEFF}\"a\",b\r\n\u{FEFF}1,2\r\n";
        assert_eq!(cells(text), [row(1, 1, &["a", "b"]), row(2, 2, &["a", "b"]), row(3, 3, &["1", "2"])]);
    }
}
