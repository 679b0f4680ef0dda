//! The statement on accessibility.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{Here, answer, html};
use crate::web::accessibility::{AccessibilityResults, CRITERIA, Criterion, CriterionTest};
use crate::web::frame::Frame;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "accessibility.html", config = "src/web/askama.toml")]
struct AccessibilityPage {
    frame: Frame,
    version: &'static str,
    axe: String,
    day: String,
    violations: usize,
    pages: String,
    criteria: Vec<Line>,
}

/// A criterion with its result.
struct Line {
    number: &'static str,
    level: &'static str,
    name: &'static str,
    result: String,
}

fn line(criterion: &'static Criterion, results: &AccessibilityResults, frame: &Frame) -> Line {
    let result = match results.test(criterion) {
        CriterionTest::Axe(pages) => frame
            .w("自動の試験で、違反なし（{}ページ）", "no breach found by axe-core ({} pages)")
            .replace("{}", &pages.to_string()),
        CriterionTest::Flow => frame.w("操作の試験で、満たす", "met in the flows of the tests").to_owned(),
        CriterionTest::Absent => frame.w("当てはまるものがない", "nothing that it is about").to_owned(),
        CriterionTest::Untested => frame.w("まだ試験していない", "not tested yet").to_owned(),
    };
    let Criterion { number, level, ja, en } = criterion;
    Line { number, level, name: frame.w(ja, en), result }
}

/// What is known of how accessible the pages are.
pub async fn page(State(site): Here, headers: HeaderMap) -> Response {
    let page = async {
        let visitor = site.visitor(&headers).unwrap_or_else(|_| Visitor::stranger(&headers, site.language));
        let frame = Frame::new(&site.overview().await?, &visitor, "/accessibility");
        let results = AccessibilityResults::of_this_build();
        let pages =
            if frame.code() == "ja" { results.pages_ja().join("、") } else { results.pages.join(", ") };
        let criteria = CRITERIA.iter().map(|criterion| line(criterion, &results, &frame)).collect();
        let heading = frame.w("アクセシビリティについて", "Accessibility").to_owned();
        html(&AccessibilityPage {
            version: env!("CARGO_PKG_VERSION"),
            axe: results.axe,
            day: results.day,
            violations: results.violations,
            pages,
            criteria,
            frame: frame.headed(heading),
        })
    };
    answer(&site, &headers, page.await).await
}
