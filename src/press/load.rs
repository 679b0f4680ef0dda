//! Finds the press of a publication: its profile, the ICC profile, the palette.
//!
//! In: a project and the name of a publication. Out: a [`Press`], or what is wrong with `[press.…]`.

use super::Press;
use super::fault::InkError;
use super::profile::{DEFAULT, Icc, Profile, ProfileInks};
use super::profile_file::BUILT_IN;
use crate::diagnostic::{Code, Diagnostic, Say, Suggestion, system};
use crate::model::edition::Colours;
use crate::model::origin::{Origin, Source};
use crate::project::Project;
use crate::project::files::FileError;
use crate::project::layout::LayoutFiles;
use crate::say;

/// The press that prints `publication` in `colours`.
///
/// # Errors
/// A [`Diagnostic`] when the profile or the ICC profile is missing or cannot be used.
pub fn press(project: &Project, publication: &str, colours: Colours) -> Result<Press, Diagnostic> {
    let plan = project.press_plan(publication);
    let origin = plan.map(|plan| plan.profile.origin.clone());
    let mut profile =
        profile(&project.layout_files, plan.map_or(DEFAULT, |plan| &plan.profile.value), origin.as_ref())?;
    if colours == Colours::Black {
        profile.inks = ProfileInks::Black;
    }
    let given = plan.and_then(|plan| plan.icc.as_ref());
    let (path, place) = match (given, &profile.condition.icc) {
        (Some(path), _) => (path.value.clone(), Some(path.origin.clone())),
        (None, Icc::Path(path)) => (path.clone(), origin),
        (None, Icc::BuiltIn(bytes)) => {
            return Press::new(profile.clone(), bytes.to_vec(), &project.palette.in_colours(colours))
                .map_err(|error| unusable("built-in", error, origin));
        }
        (None, Icc::FromUser) => return Err(missing(&profile, origin)),
    };
    let bytes = project.files.read(&path).map_err(|error| unread(&path, &error).at(place.clone()))?;
    Press::new(profile, bytes.into_vec(), &project.palette.in_colours(colours))
        .map_err(|error| unusable(&path, error, place))
}

fn unread(path: &str, error: &FileError) -> Diagnostic {
    let why = match error {
        FileError::Outside => {
            let what = say!(
                "ICCプロファイル「{path}」は、プロジェクトの外にあります。",
                "The ICC profile \"{path}\" lies outside the project."
            );
            return Diagnostic::error(Code::PressIcc, what)
                .hint(say!("プロジェクトの中に置いてください。", "Put it inside the project folder."));
        }
        FileError::Io(error) => system::words(error),
        FileError::TooLarge(bytes) => {
            say!("ファイルが大きすぎます（{} MB）", "the file is too large ({} MB)", bytes >> 20)
        }
        FileError::Changed => {
            say!("読み込んでいる間に、ファイルが書きかえられました", "the file changed while it was read")
        }
    };
    let message = Say::new(
        format!("ICCプロファイル「{path}」が読めません：{}", why.ja),
        format!("The ICC profile \"{path}\" cannot be read: {}", why.en),
    );
    Diagnostic::error(Code::PressIcc, message).hint(say!(
        "場所は sasshi.toml のあるフォルダーから書きます。",
        "The path begins at the folder of sasshi.toml."
    ))
}

/// The profile called `name`: the project's own before a built-in one.
///
/// # Errors
/// A [`Diagnostic`] when there is none, or it cannot be read.
pub fn profile(files: &LayoutFiles, name: &str, origin: Option<&Origin>) -> Result<Profile, Diagnostic> {
    if let Some(bytes) = files.bytes(&format!("press/{name}.toml")) {
        let source = Source::new(format!("layouts/press/{name}.toml"), String::from_utf8_lossy(&bytes));
        return Profile::parse(name, &source.text).map_err(|error| {
            let what = error.fault.say();
            let place = error.span.map_or_else(|| Origin::file(&source), |span| Origin::text(&source, span));
            let message = Say::new(
                format!("印刷プロファイルが読み取れません。{}", what.ja),
                format!("The press profile cannot be read. {}", what.en),
            );
            let finding = Diagnostic::error(Code::PressProfile, message).at(place);
            match error.fault.hint() {
                Some(hint) => finding.hint(hint),
                None => finding,
            }
        });
    }
    Profile::built_in(name).ok_or_else(|| {
        let known = || BUILT_IN.iter().map(|(known, ..)| *known);
        let list = known().collect::<Vec<_>>().join(", ");
        let hint = Suggestion::of(name, known()).or(|| say!("使えるもの：{list}", "There are: {list}"));
        Diagnostic::error(
            Code::PressProfile,
            say!("印刷プロファイル「{name}」はありません。", "There is no press profile \"{name}\"."),
        )
        .at(origin.cloned())
        .hint(hint)
        .hint(say!(
            "印刷所の条件は layouts/press/{name}.toml に書けます。",
            "What a shop takes can be written in layouts/press/{name}.toml."
        ))
    })
}

fn missing(profile: &Profile, origin: Option<Origin>) -> Diagnostic {
    let (name, condition) = (&profile.name, &profile.condition.info);
    Diagnostic::error(
        Code::PressIcc,
        say!(
            "印刷プロファイル「{name}」には、{condition}のICCプロファイルが要ります。",
            "The press profile \"{name}\" needs the ICC profile of {condition}."
        ),
    )
    .at(origin)
    .hint(say!(
        "権利の都合で sasshi には入っていません。印刷所やAdobeから入手し、sasshi.toml の [press.default] に icc = \"ファイルの場所\" と書いてください。",
        "It may not be passed on with sasshi. Get it from the shop or from Adobe, and write icc = \"path\" under [press.default]."
    ))
    .hint(say!(
        "なくてもよければ、profile = \"x4-generic\" を使えます。",
        "Without it, profile = \"x4-generic\" can be used."
    ))
}

fn unusable(path: &str, error: InkError, origin: Option<Origin>) -> Diagnostic {
    let message = match error {
        InkError::Unreadable | InkError::Transform => say!(
            "ICCプロファイル「{path}」が壊れているか、ICCプロファイルではありません。",
            "\"{path}\" is no ICC profile, or a broken one."
        ),
        InkError::NotOfAPress => say!(
            "ICCプロファイル「{path}」は、4色印刷（CMYK）のものではありません。",
            "The ICC profile \"{path}\" is not one of printing in four inks (CMYK)."
        ),
    };
    Diagnostic::error(Code::PressIcc, message).at(origin)
}
