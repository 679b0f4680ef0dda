//! Why a request is not answered with what it asks for: its status, and what people are told.

use axum::http::StatusCode;

use super::desk::DeskError;
use super::state::StateError;
use super::workers::PoolError;
use crate::diagnostic::Say;
use crate::pipeline::edit::{EditError, EncodeError};
use crate::say;

/// Why a request is not answered with what it asks for.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such page.
    #[error("no such page")]
    NoPage,
    /// A token is needed.
    #[error("a token is needed")]
    Token,
    /// The page is another unit's.
    #[error("another unit's page")]
    Foreign,
    /// Nothing may be changed.
    #[error("read only")]
    ReadOnly,
    /// What was sent is no form of these pages.
    #[error("no form of these pages")]
    Form,
    /// What was sent is too large.
    #[error("too large")]
    TooLarge,
    /// A file is nothing that can be read; what it is called, and why.
    #[error("a file cannot be read")]
    Unreadable(String, Vec<String>),
    /// A remark is needed.
    #[error("a remark is needed")]
    Remark,
    /// The system has no randomness.
    #[error("no randomness")]
    Random,
    /// Too many previews are looked at.
    #[error("too many previews")]
    Busy,
    /// Something must be mended before.
    #[error("faults are left")]
    Faults,
    /// The state cannot be kept.
    #[error(transparent)]
    State(#[from] StateError),
    /// The threads are busy.
    #[error(transparent)]
    Pool(#[from] PoolError),
    /// The project cannot be used.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A page cannot be written.
    #[error(transparent)]
    Page(#[from] askama::Error),
}

/// What people are told of a request that is not answered.
#[derive(Debug, Clone)]
pub struct RefusalWords {
    /// The head of the page.
    pub heading: Say,
    /// What happened.
    pub line: Say,
    /// What to do; may be empty.
    pub cure: Say,
}

/// Head, what happened and what to do in both languages.
struct FixedWords {
    ja: [&'static str; 3],
    en: [&'static str; 3],
}

impl FixedWords {
    fn words(&self) -> RefusalWords {
        let at = |place: usize| Say::new(self.ja[place], self.en[place]);
        RefusalWords { heading: at(0), line: at(1), cure: at(2) }
    }
}

const NO_PAGE: FixedWords = FixedWords {
    ja: ["このページはありません", "アドレスが変わったのかもしれません。", ""],
    en: ["There is no such page", "Its address may have changed.", ""],
};
const FOREIGN: FixedWords = FixedWords {
    ja: ["このページは開けません", "ほかの区のページです。開けるのは、あなたの区のページだけです。", ""],
    en: ["This page is not yours", "It belongs to another unit.", ""],
};
const READ_ONLY: FixedWords = FixedWords {
    ja: [
        "いまは見るだけです",
        "いまの表は変わっていません。",
        "変えられるようになる日を、市の担当に聞いてください。",
    ],
    en: ["Nothing can be changed now", "The rows are as they were.", "Ask the city when it opens again."],
};
const NO_FORM: FixedWords = FixedWords {
    ja: [
        "送られた内容を読めません",
        "いまの表は変わっていません。",
        "ページを開き直して、もう一度送ってください。",
    ],
    en: [
        "What was sent cannot be read",
        "The rows are as they were.",
        "Open the page again and send it once more.",
    ],
};
const TOO_LARGE: FixedWords = FixedWords {
    ja: [
        "ファイルが大きすぎます",
        "5 MB までです。表に写真が入っていませんか。いまの表は変わっていません。",
        "写真を消すか、CSV で保存して選び直してください。",
    ],
    en: [
        "The file is too large",
        "5 MB at most. The rows are as they were.",
        "Take the pictures out, or save it as CSV.",
    ],
};
const UNREADABLE: FixedWords = FixedWords {
    ja: ["このファイルは読めません", "いまの表は変わっていません。", "元の Excel か CSV を選んでください。"],
    en: ["This file cannot be read", "The rows are as they were.", "Choose the workbook or CSV itself."],
};
const NO_REMARK: FixedWords = FixedWords {
    ja: [
        "ひとことがありません",
        "差し戻すときは、どこを直すかを書いてください。",
        "もどって、ひとことを書いてください。",
    ],
    en: ["A remark is missing", "What is returned says what is to be mended.", "Go back and write it."],
};
const BUSY: FixedWords = FixedWords {
    ja: [
        "いま混んでいます",
        "同時に見られるのは、8つまでです。",
        "使っていない画面を閉じて、もう一度開いてください。",
    ],
    en: [
        "Too many previews are open",
        "Eight can be looked at together.",
        "Close some and open this one again.",
    ],
};
const FAULTS: FixedWords = FixedWords {
    ja: [
        "直すところが残っています",
        "直すところがなくなると、シートを作れます。",
        "もどって、赤いところを直してください。",
    ],
    en: ["Faults are left", "The sheet is made once they are mended.", "Go back and mend what is red."],
};
const LOCKED: FixedWords = FixedWords {
    ja: ["市が確かめています", "提出したあとは、取り下げるまで直せません。", ""],
    en: ["The city is looking at it", "What was handed in is changed after it is withdrawn.", ""],
};
const STALE: FixedWords = FixedWords {
    ja: [
        "ほかの人が先に保存しました",
        "あなたの入力は、まだ保存していません。",
        "ページを開き直してから、もう一度してください。",
    ],
    en: ["Somebody saved before you", "Your last edit is not saved yet.", "Open the page again."],
};
const FAILED: FixedWords = FixedWords {
    ja: [
        "うまくいきませんでした",
        "入力は、最後に保存したところまで残っています。",
        "少し待って、もう一度してください。",
    ],
    en: ["It did not work", "What was saved last is kept.", "Try again in a moment."],
};
const STOPPED: FixedWords = FixedWords {
    ja: [
        "この大きさのファイルは読めません",
        "読むのに時間かメモリがかかりすぎるので、止めました。いまの表は変わっていません。",
        "区の行だけを残して、CSV で保存して選び直してください。",
    ],
    en: [
        "This file takes too much to be read",
        "It took too much time or memory and was stopped. The rows are as they were.",
        "Keep your own rows only, and save them as CSV.",
    ],
};

impl Refusal {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoPage | Self::Desk(DeskError::NoUnit) => StatusCode::NOT_FOUND,
            Self::Token => StatusCode::UNAUTHORIZED,
            Self::Foreign | Self::ReadOnly => StatusCode::FORBIDDEN,
            Self::Form => StatusCode::BAD_REQUEST,
            Self::TooLarge | Self::Desk(DeskError::Stopped(_)) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Faults | Self::Remark | Self::Unreadable(..) | Self::Desk(DeskError::Edit(_)) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::State(StateError::Locked | StateError::Stale) => StatusCode::CONFLICT,
            Self::Busy | Self::Pool(PoolError::Full(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::State(_) | Self::Pool(_) | Self::Desk(_) | Self::Page(_) | Self::Random => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// What people are told.
    #[must_use]
    pub fn words(&self) -> RefusalWords {
        match self {
            Self::NoPage | Self::Token | Self::Desk(DeskError::NoUnit) => NO_PAGE.words(),
            Self::Foreign => FOREIGN.words(),
            Self::ReadOnly => READ_ONLY.words(),
            Self::Form => NO_FORM.words(),
            Self::TooLarge => TOO_LARGE.words(),
            Self::Unreadable(..) => UNREADABLE.words(),
            Self::Remark => NO_REMARK.words(),
            Self::Busy => BUSY.words(),
            Self::Faults => FAULTS.words(),
            Self::State(StateError::Locked) => LOCKED.words(),
            Self::State(StateError::Stale) => STALE.words(),
            Self::Pool(PoolError::Full(count)) => RefusalWords {
                heading: say!("いま混んでいます", "Many wait"),
                line: say!(
                    "{count}件が待っています。入力は保存してあります。",
                    "{count} wait before you. What you typed is saved."
                ),
                cure: say!("少し待って、もう一度開いてください。", "Open it again in a moment."),
            },
            Self::Desk(DeskError::Stopped(_)) => STOPPED.words(),
            Self::Desk(DeskError::Edit(error)) => {
                let EditWords { line, cure } = EditWords::of(error);
                let heading = say!("この内容は表に入れられません", "The rows cannot be written");
                RefusalWords { heading, line, cure }
            }
            Self::State(_) | Self::Pool(_) | Self::Desk(_) | Self::Page(_) | Self::Random => FAILED.words(),
        }
    }
}

/// Why rows cannot be put into their file, and what to do.
#[derive(Debug, Clone)]
pub struct EditWords {
    /// Why.
    pub line: Say,
    /// What to do.
    pub cure: Say,
}

impl EditWords {
    /// What is told of `error`.
    #[must_use]
    pub fn of(error: &EditError) -> Self {
        let (line, cure) = match error {
            EditError::Columns(path) => (
                say!(
                    "訂正のファイル（{path}）の列が、市の Excel の列と違います。",
                    "The columns of {path} are not those of the city's workbook."
                ),
                say!(
                    "市の担当に知らせてください。訂正を Excel に書き写して、このファイルを消すと、また編集できます。",
                    "Tell the city: once its rows are in the workbook and the file is deleted, rows can be edited again."
                ),
            ),
            EditError::Encoding { source: EncodeError::Character { character, encoding }, .. } => (
                say!(
                    "「{character}」は、市の表の文字コード（{encoding}）で書けません。",
                    "{encoding}, in which the file is kept, has no \"{character}\"."
                ),
                say!(
                    "ほかの字にするか、市の担当に UTF-8 にしてもらってください。",
                    "Write another character, or ask the city to keep the file as UTF-8."
                ),
            ),
            EditError::Encoding { path, .. } => (
                say!(
                    "市の表（{path}）に読めない文字があるので、書きかえられません。",
                    "{path} holds bytes that would not come back as they are."
                ),
                say!("市の担当に知らせてください。", "Tell the city."),
            ),
            EditError::Changed(path) => (
                say!("市の表（{path}）が、いま書きかえられました。", "{path} has just changed."),
                say!("ページを開き直してください。", "Open the page again."),
            ),
        };
        Self { line, cure }
    }
}
