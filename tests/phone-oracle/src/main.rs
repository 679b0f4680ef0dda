//! Prints how libphonenumber parts the phone numbers of Japan: `tests/reference/phones.txt`, which the suite compares
//! sasshi's own parting with.
//!
//! Out: lines of two numbers and lengths of groups. `03000 03199 2-4-4` says that numbers of ten digits that begin with
//! one of 003000 to 003199 have groups of two, four and four digits. What libphonenumber calls invalid, or shows as
//! other digits, is left out.

use phonenumber::Mode;
use phonenumber::country::Id;

/// The lengths of the groups of a number; none if it is not valid.
fn groups(digits: &str) -> Option<String> {
    let number = phonenumber::parse(Some(Id::JP), digits).ok()?;
    if !phonenumber::is_valid(&number) {
        return None;
    }
    // where it takes the beginning for a code that is dialled before a number, it shows other digits
    let parted = number.format().mode(Mode::National).to_string();
    if parted.replace('-', "") != digits {
        return None;
    }
    let lengths: Vec<String> = parted.split('-').map(|group| group.len().to_string()).collect();
    Some(lengths.join("-"))
}

fn main() {
    // each beginning of five digits after the 0, so that every area code and exchange of one is met
    let all: Vec<Option<String>> = (0..100_000).map(|head| groups(&format!("0{head:05}1234"))).collect();
    let mut head = 0;
    for run in all.chunk_by(|one, next| one == next) {
        if let Some(lengths) = &run[0] {
            println!("{head:05} {:05} {lengths}", head + run.len() - 1);
        }
        head += run.len();
    }
}
