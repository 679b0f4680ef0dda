//! What pages load: style, script, icons, fonts. All of it is in the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::project::embedded;

const FILES: &[(&str, &str, &[u8])] = &[
    ("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    ("icons.svg", "image/svg+xml", include_bytes!("../assets/icons.svg")),
    ("page.js", "text/javascript; charset=utf-8", include_bytes!("../assets/page.js")),
    ("preview.js", "text/javascript; charset=utf-8", include_bytes!("../assets/preview.js")),
    ("progress.js", "text/javascript; charset=utf-8", include_bytes!("../assets/progress.js")),
    ("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
];

/// Fonts of the layouts, which the pages are set in too.
const FONTS: &[(&str, &str)] = &[
    ("gothic.ttf", "fonts/BIZUDGothic-Regular.ttf"),
    ("gothic-bold.ttf", "fonts/BIZUDGothic-Bold.ttf"),
    ("gothic-p.ttf", "fonts/BIZUDPGothic-Regular.ttf"),
    ("gothic-p-bold.ttf", "fonts/BIZUDPGothic-Bold.ttf"),
];

/// One of the files.
pub async fn file(Path(name): Path<String>) -> Response {
    let font = || {
        let (_, path) = FONTS.iter().find(|(known, _)| *known == name)?;
        Some(("font/ttf", embedded::file(path)?, "public, max-age=604800"))
    };
    let own = FILES.iter().find(|(known, ..)| *known == name);
    let found = own.map(|(_, kind, bytes)| (*kind, *bytes, "no-cache")).or_else(font);
    match found {
        Some((kind, bytes, keeping)) => {
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keeping)], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
