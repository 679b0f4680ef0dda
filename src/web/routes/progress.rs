//! What a page says while it waits: the place in the queue, or the file that is made.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::{Here, answer};
use crate::diagnostic::Language;
use crate::web::bundles::BundleStep;
use crate::web::frame::reader_title;
use crate::web::view;
use crate::web::workers::Wait;

/// What is told.
#[derive(Debug, Default, PartialEq, serde::Serialize)]
struct Told {
    /// The place in the queue, from 1; 0 where nothing of the unit waits.
    place: usize,
    /// How much is done, from 0 to 1; none where that is not known.
    share: Option<f64>,
    /// The same in words; empty where there is nothing to say.
    words: String,
}

/// How far the unit is.
pub async fn page(State(site): Here, headers: HeaderMap, Path(unit): Path<String>) -> Response {
    let page = async {
        let visitor = site.visitor_of(&headers, &unit)?;
        let (wait, making) = (site.pool.wait(&unit), site.bundles.of(&unit));
        Ok(Json(told(wait, making, visitor.language)).into_response())
    };
    answer(&site, &headers, page.await).await
}

fn told(wait: Option<Wait>, making: Option<BundleStep>, language: Language) -> Told {
    // each file of many has its turn: once one is made, what is told is how many are
    if let Some(making) = making.filter(|making| wait.is_none() || making.number > 1) {
        let made = u32::try_from(making.number.saturating_sub(1)).unwrap_or(u32::MAX);
        let count = u32::try_from(making.count).unwrap_or(u32::MAX);
        let share = f64::from(made) / f64::from(count.max(1));
        return Told { share: Some(share), words: step(making, language), ..Told::default() };
    }
    let Some(wait) = wait else { return Told::default() };
    Told { place: wait.place, share: None, words: queue(wait, language) }
}

fn step(making: BundleStep, language: Language) -> String {
    let BundleStep { number, count, edition, reader } = making;
    let (edition, reader) = (view::edition_title(edition, language), reader_title(reader, language));
    match language {
        Language::Japanese => format!("{edition}・{reader}（{count}ファイルのうち{number}番目）"),
        Language::English => format!("{edition}, {reader} (file {number} of {count})"),
    }
}

fn queue(Wait { place, seconds }: Wait, language: Language) -> String {
    // nobody measures such a wait in single seconds
    let about = seconds.div_ceil(5).max(1) * 5;
    match language {
        Language::Japanese => format!("あなたは{place}番目です。あと約{about}秒で始まります。"),
        Language::English => format!("You are number {place}. It begins in about {about} seconds."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::edition::{Edition, Reader};

    #[test]
    fn who_waits_is_told_the_place_or_the_file() {
        let wait = Wait { place: 3, seconds: 17 };
        let waits = told(Some(wait), None, Language::Japanese);
        assert_eq!((waits.place, waits.share), (3, None));
        assert_eq!(waits.words, "あなたは3番目です。あと約20秒で始まります。");
        let making = BundleStep { number: 4, count: 12, edition: Edition::Press, reader: Reader::JaEasy };
        let makes = told(Some(wait), Some(making), Language::Japanese);
        assert_eq!((makes.place, makes.share), (0, Some(0.25)));
        assert_eq!(makes.words, "印刷所へ渡す PDF・やさしい日本語（12ファイルのうち4番目）");
        let first = BundleStep { number: 1, ..making };
        assert_eq!(told(Some(wait), Some(first), Language::Japanese), waits);
        assert_eq!(told(None, None, Language::English), Told::default());
    }
}
