//! The docket without the engine: set by genpdf, then settled, which looks whether all words are there.

use crate::diagnostic::Diagnostic;
use crate::docket::plain;
use crate::model::date::Date;
use crate::model::docket::Docket;
use crate::model::origin::Origin;
use crate::press::settle::{SettleError, Settled};

pub(super) fn set_plain(
    docket: &Docket,
    asked: &Origin,
    date: Date,
    ident: String,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let set = plain::set(docket, asked)?;
    let about = Settled { title: format!("{}　作業指示書", docket.title), date, ident };
    about.settle(&set.pdf, &set.words).map_err(|error| match error {
        SettleError::Pages(_) => vec![plain::too_long(asked)],
        error => vec![plain::fault(&error.say(), asked)],
    })
}
