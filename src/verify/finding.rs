//! What is said of a piece that did not land.
//!
//! In: the piece with today's places. Out: a [`Diagnostic`] at its file, line and column.

use super::foreign::ForeignWords;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::origin::{Origin, Place};
use crate::model::piece::{Piece, PieceKind};
use crate::say;
use crate::typeset::LaidOut;

/// How many characters of lost words a message shows.
const SHOWN: usize = 30;

/// A piece that did not land.
#[derive(Debug, Clone)]
pub struct LostPiece {
    kind: PieceKind,
    /// The words that are missing.
    words: String,
    /// Where they stand; none where the data gives no place.
    origin: Option<Origin>,
    layout: String,
}

impl LostPiece {
    /// The piece, of which `words` are missing on the pages of `laid_out`.
    #[must_use]
    pub fn new(piece: &Piece, words: String, laid_out: &LaidOut) -> Self {
        let origin = laid_out.origins.get(piece.place).map(|origin| narrow(origin, &words));
        Self { kind: piece.kind.clone(), words, origin, layout: laid_out.input.layout.clone() }
    }

    /// What it is.
    pub(super) fn kind(&self) -> &PieceKind {
        &self.kind
    }

    /// The header of its column, if it is a cell.
    pub(super) fn header(&self) -> &str {
        match self.origin.as_ref().map(|origin| &origin.place) {
            Some(Place::Cell { header, .. }) => header,
            _ => "",
        }
    }

    /// The finding of this piece.
    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        let code = match self.kind {
            PieceKind::Picture(_) => Code::PictureUnprinted,
            PieceKind::Words
            | PieceKind::Title
            | PieceKind::Attribute(_)
            | PieceKind::FrontMatter(_)
            | PieceKind::Option(_)
            | PieceKind::Manifest(_)
            | PieceKind::Cell(_) => Code::Unprinted,
        };
        let layout = &self.layout;
        let Say { ja, en } = self.what();
        let message = say!(
            "{ja}が、レイアウト「{layout}」のどのページにも印刷されません。",
            "{en} is on no page of layout \"{layout}\"."
        );
        Diagnostic::error(code, message).hint(self.cure()).at(self.origin)
    }

    /// The finding of a value of the manifest that no publication shows.
    pub(super) fn of_manifest(self) -> Diagnostic {
        let Say { ja, en } = self.what();
        Diagnostic::warning(
            Code::Unprinted,
            say!("{ja}は、どの刊行物にも印刷されません。", "{en} is in no publication."),
        )
        .hint(say!(
            "載せるなら、これを印刷するレイアウトの刊行物を加えてください。要らなければ消してください。",
            "Add a publication whose layout prints it, or delete it."
        ))
        .at(self.origin)
    }

    fn what(&self) -> Say {
        let words = shorten(&self.words);
        let header = self.header();
        match &self.kind {
            PieceKind::Words | PieceKind::Title => say!("「{words}」という文字", "\"{words}\""),
            PieceKind::Attribute(key) => {
                say!("属性 {key} の「{words}」", "\"{words}\" of the attribute {key}")
            }
            PieceKind::FrontMatter(key) => {
                say!("冒頭の設定 {key} の「{words}」", "\"{words}\" of {key} in the front matter")
            }
            PieceKind::Picture(path) => say!("画像「{path}」", "The picture \"{path}\""),
            PieceKind::Option(key) => say!("設定 {key} の「{words}」", "\"{words}\" of the option {key}"),
            PieceKind::Manifest(key) => {
                say!("sasshi.toml の {key} の「{words}」", "\"{words}\" of {key} in sasshi.toml")
            }
            PieceKind::Cell(_) => {
                say!("「{header}」の欄の「{words}」", "\"{words}\" in the column \"{header}\"")
            }
        }
    }

    fn cure(&self) -> Say {
        match &self.kind {
            PieceKind::Words | PieceKind::Title | PieceKind::Picture(_) => say!(
                "このページのひな形には置く場所がありません。ほかのひな形（template = \"plain\" なら何でも流し込みます）にするか、別の場所に移すか、削ってください。",
                "The page's template has no place for it. Choose another (template = \"plain\" takes anything), move it, or delete it."
            ),
            PieceKind::Attribute(_) | PieceKind::FrontMatter(_) => say!(
                "要らなければ消してください。載せるはずなら、つづりとひな形を確かめます。レイアウトを作る人は、印刷しない値を layout.toml の [controls] か [leaves-out] に書けます。",
                "Delete it if it is not needed; else check its spelling and the page's template. Who makes the layout can name what is not printed under [controls] or [leaves-out] in layout.toml."
            ),
            PieceKind::Manifest(_) => say!(
                "いまの刊行物では使われません。要らなければ消してください。載せるはずなら、それを印刷するレイアウトの刊行物が要ります。",
                "No publication uses it. Delete it if it is not needed; else a publication by a layout that prints it is wanted."
            ),
            PieceKind::Option(_) => say!(
                "このレイアウトでは、いまの設定と原稿の組み合わせでは使われません。設定を外すか、ほかの設定を確かめてください。",
                "With these settings and this text the layout does not use it. Remove it, or check the other settings."
            ),
            PieceKind::Cell(_) => say!(
                "ページに入りきらないか、レイアウトがこの欄の値を使っていません。わざと載せない欄は layout.toml の [leaves-out] に書きます。",
                "It finds no room, or the layout does not use it. Columns left out on purpose are named under [leaves-out] in layout.toml."
            ),
        }
    }
}

/// How many foreign words a message names.
const FOREIGN: usize = 5;

/// The finding of words that nobody wrote: where a cell is printed they change it, elsewhere the template made them.
#[must_use]
pub fn of_foreign(found: ForeignWords, laid_out: &LaidOut) -> Diagnostic {
    let ForeignWords { origin, page, words, in_cell } = found;
    let layout = &laid_out.input.layout;
    let named: Vec<String> = words.iter().take(FOREIGN).map(|word| shorten(word)).collect();
    let (ja, en) = (named.join("」「"), named.join("\", \""));
    let origin = origin.and_then(|origin| laid_out.origins.get(origin)).cloned();
    if in_cell {
        let message = say!(
            "{page}ページのこの欄の値を印刷したところに、名簿にない「{ja}」があります（レイアウト「{layout}」）。",
            "Where this cell is printed on page {page} stands \"{en}\", which is not in it (layout \"{layout}\")."
        );
        return Diagnostic::error(Code::WordsForeign, message)
            .hint(say!(
                "ひな形がセルの値を変えています。値はそのまま印刷します。",
                "The template changes the value of the cell; it is to be printed as it is."
            ))
            .at(origin);
    }
    let message = say!(
        "{page}ページに、原稿にも名簿にもひな形の言葉にもない「{ja}」があります（レイアウト「{layout}」）。",
        "Page {page} shows \"{en}\", which neither the sources nor the layout \"{layout}\" say."
    );
    Diagnostic::warning(Code::WordsForeign, message)
        .hint(say!(
            "ひな形が作った文字なら、それでよいか確かめてください。",
            "If the template makes it, see whether it is right."
        ))
        .at(origin)
}

/// How many columns a message names.
const NAMED: usize = 12;

/// Columns of a directory that some publications print nowhere.
#[derive(Debug)]
pub struct Unprinted {
    directory: String,
    headers: Vec<String>,
    /// Whether they are all that the directory has to print.
    is_whole: bool,
    publications: Vec<String>,
    origin: Option<Origin>,
}

impl Unprinted {
    /// Adds what `publication` does not print of `directory`, each of `columns` a cell of one, to what others do not.
    pub(super) fn add(
        known: &mut Vec<Self>,
        directory: String,
        columns: Vec<LostPiece>,
        is_whole: bool,
        publication: &str,
    ) {
        let headers: Vec<String> = columns.iter().map(|lost| lost.header().to_owned()).collect();
        let Some(first) = columns.into_iter().next() else { return };
        let same = |one: &&mut Self| {
            one.directory == directory && one.headers == headers && one.is_whole == is_whole
        };
        match known.iter_mut().find(same) {
            Some(one) if one.publications.iter().any(|other| other == publication) => {}
            Some(one) => one.publications.push(publication.to_owned()),
            None => known.push(Self {
                directory,
                headers,
                is_whole,
                publications: vec![publication.to_owned()],
                origin: first.origin,
            }),
        }
    }

    /// The finding, at the first cell.
    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        let Self { directory, headers, is_whole, publications, origin } = self;
        let (in_ja, in_en) = (publications.join("」「"), publications.join("\", \""));
        if is_whole {
            let message = say!(
                "名簿「{directory}」は、刊行物「{in_ja}」のどのページにも印刷されません。",
                "Nothing of the directory \"{directory}\" is on any page of \"{in_en}\"."
            );
            return Diagnostic::warning(Code::ColumnUnprinted, message)
                .hint(say!(
                    "要らなければ、sasshi.toml のこの刊行物の directories から外してください。",
                    "If it is not needed, take it out of the publication's directories in sasshi.toml."
                ))
                .at(origin);
        }
        let named = &headers[..headers.len().min(NAMED)];
        let (ja, en) = (named.join("」「"), named.join("\", \""));
        let (rest_ja, rest_en) = match headers.len() - named.len() {
            0 => (String::new(), String::new()),
            rest => (format!("、ほか{rest}列"), format!(" and {rest} more")),
        };
        let column = &headers[0];
        let message = say!(
            "刊行物「{in_ja}」のどのページにも印刷されない列があります：「{ja}」{rest_ja}。",
            "These columns are on no page of \"{in_en}\": \"{en}\"{rest_en}."
        );
        Diagnostic::warning(Code::ColumnUnprinted, message)
            .hint(say!(
                "載せないつもりなら、sasshi.toml のこの刊行物に leaves-out = [\"{column}\"] のように列の名前を書いてください（残りすべては \"*\"）。載せるつもりなら、その欄を印刷するレイアウトを選んでください。",
                "If that is meant, name them in the publication, in sasshi.toml: leaves-out = [\"{column}\"] (\"*\" for all the rest); else choose a layout that prints them."
            ))
            .at(origin)
    }
}

/// The place of `words` within `origin`, if its text is at hand; a cell stays the cell it is.
fn narrow(origin: &Origin, words: &str) -> Origin {
    let found = origin.span.clone().and_then(|span| {
        let at = origin.source.text.get(span.clone())?.find(words)? + span.start;
        Some(at..at + words.len())
    });
    match (found, &origin.place) {
        (Some(span), Place::Text { .. }) => Origin::text(&origin.source, span),
        _ => origin.clone(),
    }
}

fn shorten(words: &str) -> String {
    let words = words.trim().replace('\n', " ");
    let mut shown: String = words.chars().take(SHOWN).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    shown
}
