//! What a unit takes as more than one sheet: all files in one ZIP, and its rows as a workbook.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::{Here, answer, attachment, unit};
use crate::output::zip::{ZipEntry, archive};
use crate::web::bundles::BundleStep;
use crate::web::frame::Frame;
use crate::web::refusal::Refusal;
use crate::web::{href, view, workbook};

/// All editions for all readers.
pub async fn all(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        site.visitor_of(&headers, &unit)?;
        let overview = site.overview().await?;
        let draft = site.state.unit(&unit)?.map(|state| state.draft);
        let count = overview.editions.len() * overview.readers.len();
        // it ends with the request: who does not wait any more has nothing made
        let begun = site.bundles.begin(&unit);
        let mut entries = Vec::new();
        for edition in &overview.editions {
            for reader in &overview.readers {
                begun.at(BundleStep { number: entries.len() + 1, count, edition: *edition, reader: *reader });
                let sheet = unit::made(&site, &unit, draft.clone(), (*edition, *reader)).await?;
                let (name, bytes) = sheet.file.as_ref().ok_or(Refusal::Faults)?;
                let folder = format!("{}-{}", edition.name(), reader.name());
                entries.push(ZipEntry { name: format!("{folder}/{name}"), bytes: bytes.clone() });
            }
        }
        let zip = archive(&entries).map_err(|_| Refusal::TooLarge)?;
        Ok(attachment("sheets.zip", "application/zip", zip))
    };
    answer(&site, &headers, page.await).await
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The rows as a workbook, with what was found in comments.
pub async fn rows(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        let visitor = site.visitor_of(&headers, &unit)?;
        let overview = site.overview().await?;
        let rows = site.rows(&unit).await?;
        let draft = view::shown(site.state.unit(&unit)?.as_ref(), &rows);
        let reader = overview.readers.first().copied().ok_or(Refusal::NoPage)?;
        let sheet =
            unit::made(&site, &unit, Some(draft.clone()), (view::looked_at(&overview), reader)).await?;
        let frame = Frame::new(&overview, &visitor, &href(&unit));
        let messages = view::messages(&rows.tables, &draft, &sheet, &frame);
        let book = workbook::workbook(&rows.tables, &draft, (&messages, &unit), &frame);
        Ok(attachment("rows.xlsx", XLSX, book.map_err(|_| Refusal::TooLarge)?))
    };
    answer(&site, &headers, page.await).await
}
