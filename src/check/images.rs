//! Rule: an image that is named is there, inside the project, whole, and of a kind that can be set.
//!
//! In: images of the texts and of layouts' options. Out: their paths within the project; the engine is served these
//! files and no others.

use std::collections::{BTreeMap, BTreeSet};

use super::image_bytes::{ImageFault, whole};
use super::image_size::PixelSize;
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::layout::OptionType;
use crate::model::origin::Origin;
use crate::model::text::{BlockKind, Chapter, InlineKind, walk, walk_inlines};
use crate::project::Project;
use crate::project::files::{FileError, Files};
use crate::read::Manuscript;
use crate::say;

/// Endings of images that can be set.
const ENDINGS: &[&str] = &["svg", "png", "jpg", "jpeg", "gif", "webp"];

/// Images that were found.
#[derive(Debug, Default, Clone)]
pub struct Images {
    /// Path within the project (with `/`), by what it is called.
    pub found: BTreeMap<ImageName, String>,
    /// Publications with an image that cannot be used.
    pub broken: BTreeSet<String>,
}

/// What an image is called in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageName {
    /// The folder of the file.
    pub folder: String,
    /// The path as written in it.
    pub target: String,
}

impl Images {
    /// The path within the project of `target` as named in the file `path`.
    #[must_use]
    pub fn path(&self, path: &str, target: &str) -> Option<&str> {
        let name = ImageName { folder: folder(path).to_owned(), target: target.to_owned() };
        self.found.get(&name).map(String::as_str)
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Every image that `chapter` names: the path as written and its place.
fn named(chapter: &Chapter) -> Vec<(String, Origin)> {
    let mut named = Vec::new();
    for body in chapter.bodies() {
        walk(body, &mut |block| {
            let attributes = match &block.kind {
                BlockKind::Directive(directive) => directive.attributes.as_slice(),
                BlockKind::Heading(heading) => heading.attributes.as_slice(),
                BlockKind::Image(image) => {
                    named.push((image.target.clone(), image.origin.clone()));
                    &[]
                }
                _ => &[],
            };
            for attribute in attributes.iter().filter(|attribute| attribute.key == "image") {
                named.push((attribute.value.clone(), attribute.origin.clone()));
            }
            walk_inlines(block, &mut |inline| {
                if let InlineKind::Image(image) = &inline.kind {
                    named.push((image.target.clone(), image.origin.clone()));
                }
            });
        });
    }
    for entry in chapter.meta.iter().filter(|entry| entry.key == "image") {
        if let Some(path) = entry.value.as_str() {
            named.push((path.to_owned(), entry.origin.clone()));
        }
    }
    named
}

/// Looks for every image.
pub fn check(project: &Project, manuscript: &Manuscript, diagnostics: &mut Vec<Diagnostic>) -> Images {
    let mut images = Images::default();
    let mut broken_chapters = BTreeSet::new();
    for (path, chapter) in &manuscript.chapters {
        for (target, origin) in named(chapter) {
            let found = find(&project.files, folder(path), &target);
            let Some(found) = told(found, &origin, diagnostics) else {
                broken_chapters.insert(path.as_str());
                continue;
            };
            images.found.insert(ImageName { folder: folder(path).to_owned(), target }, found);
        }
    }
    for publication in &project.publications {
        let name = &publication.name.value;
        if manuscript.texts_of(publication).any(|path| broken_chapters.contains(path)) {
            images.broken.insert(name.clone());
        }
        for option in publication.options.values().filter(|option| option.kind == OptionType::Image) {
            let target = option.value.as_str().unwrap_or_default();
            if target.is_empty() {
                continue;
            }
            let found = find(&project.files, "", target);
            // the default of a layout has no place
            let origin = option.origin.clone().unwrap_or_else(|| publication.name.origin.clone());
            let Some(found) = told(found, &origin, diagnostics) else {
                images.broken.insert(name.clone());
                continue;
            };
            images.found.insert(ImageName { folder: String::new(), target: target.to_owned() }, found);
        }
    }
    images
}

/// An image that is there.
struct FoundImage {
    /// Its path within the project.
    path: String,
    /// What is to be said of its size.
    size: Option<Diagnostic>,
}

/// The path of an image that can be set; what is to be said of it is told at `origin`, where it is named.
fn told(
    found: Result<FoundImage, Diagnostic>,
    origin: &Origin,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<String> {
    let (path, finding) = match found {
        Ok(FoundImage { path, size }) => (Some(path), size),
        Err(problem) => (None, Some(problem)),
    };
    let is_refused = finding.as_ref().is_some_and(super::is_error);
    diagnostics.extend(finding.map(|finding| finding.at(origin.clone())));
    path.filter(|_| !is_refused)
}

fn find(files: &Files, folder: &str, target: &str) -> Result<FoundImage, Diagnostic> {
    let ending = target.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    if !ENDINGS.contains(&ending.as_str()) {
        let list = ENDINGS.join(", ");
        return Err(Diagnostic::error(
            Code::ImageMissing,
            say!(
                "「{target}」は、組版できる画像ではありません。",
                "\"{target}\" is no image that can be set."
            ),
        )
        .hint(say!("使えるもの：{list}", "It can be: {list}")));
    }
    let path = if folder.is_empty() { target.to_owned() } else { format!("{folder}/{target}") };
    match files.locate(&path) {
        Ok(path) if files.is_file(&path) => {
            // what cannot be read is told where it is used
            let Ok(bytes) = files.read(&path) else { return Ok(FoundImage { path, size: None }) };
            whole(&ending, &bytes).map_err(|fault| unsound(target, &ending, fault))?;
            let size = PixelSize::of(&ending, &bytes).and_then(|size| size.too_large(target));
            Ok(FoundImage { path, size })
        }
        Ok(_) | Err(FileError::Outside) => Err(outside(target)),
        Err(_) => Err(missing(target, &files.neighbours(&path))),
    }
}

fn unsound(target: &str, ending: &str, fault: ImageFault) -> Diagnostic {
    let message = match fault {
        ImageFault::CutOff => say!(
            "画像「{target}」は、途中で切れています。",
            "The image \"{target}\" is cut off: its end is missing."
        ),
        ImageFault::Damaged => say!(
            "画像「{target}」は壊れています（検査用の値が合いません）。",
            "The image \"{target}\" is damaged: a checksum in it disagrees."
        ),
        ImageFault::OtherKind => say!(
            "画像「{target}」の中身は、{ending} ではありません。",
            "The image \"{target}\" is no {ending} file, whatever its name says."
        ),
    };
    Diagnostic::error(Code::ImageMissing, message).hint(say!(
        "もとの画像を、もう一度書き出すかコピーしてください。",
        "Export or copy the original once more."
    ))
}

fn outside(target: &str) -> Diagnostic {
    Diagnostic::error(
        Code::ImageMissing,
        say!(
            "画像「{target}」は、プロジェクトの外にあります。",
            "The image \"{target}\" lies outside the project."
        ),
    )
    .hint(say!("プロジェクトの中に置いてください。", "Put it inside the project folder."))
}

fn missing(target: &str, neighbours: &[String]) -> Diagnostic {
    let name = target.rsplit('/').next().unwrap_or(target);
    let diagnostic = Diagnostic::error(
        Code::ImageMissing,
        say!("画像「{target}」がありません。", "There is no image \"{target}\"."),
    );
    diagnostic.hint(Suggestion::of(name, neighbours.iter().map(String::as_str)).or(|| {
        say!(
            "場所は、この文書のあるフォルダーから書きます。",
            "The path starts from the folder of this text."
        )
    }))
}
