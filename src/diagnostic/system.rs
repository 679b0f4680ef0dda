//! What the operating system says of a file, in the words of the user: its own are English, whatever the language.
//!
//! In: an error of reading or writing. Out: a short sentence in both languages.

use std::io::{Error, ErrorKind};

use super::say::Say;
use crate::say;

/// The sentence for `error`; with the system's own words where there is no better one.
#[must_use]
pub fn words(error: &Error) -> Say {
    let words = match error.kind() {
        ErrorKind::NotFound => Some(("ファイルかフォルダーがありません", "there is no such file or folder")),
        ErrorKind::PermissionDenied => Some((
            "使う権限がありません（別のソフトが開いているか、書き込み禁止かもしれません）",
            "it may not be used (another program may hold it, or it is write-protected)",
        )),
        ErrorKind::AlreadyExists => {
            Some(("同じ名前のものがすでにあります", "something of that name is there already"))
        }
        ErrorKind::IsADirectory => Some(("ファイルではなくフォルダーです", "it is a folder, not a file")),
        ErrorKind::NotADirectory => {
            Some(("途中の名前がフォルダーではありません", "a part of its path is no folder"))
        }
        ErrorKind::DirectoryNotEmpty => Some(("フォルダーが空ではありません", "the folder is not empty")),
        ErrorKind::ReadOnlyFilesystem => Some(("書き込めないディスクです", "the disk is read-only")),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some(("ディスクに空きがありません", "the disk is full"))
        }
        ErrorKind::FileTooLarge => Some(("ファイルが大きすぎます", "the file is too large")),
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            Some(("別のソフトが使っています", "another program uses it"))
        }
        ErrorKind::InvalidFilename => Some(("使えない名前です", "the name cannot be used")),
        ErrorKind::OutOfMemory => Some(("メモリーが足りません", "there is not enough memory")),
        ErrorKind::UnexpectedEof => Some(("途中で終わっています", "it ends too early")),
        ErrorKind::TimedOut => Some(("時間切れです", "it took too long")),
        ErrorKind::BrokenPipe => Some(("書き出す先が閉じました", "what it was written to was closed")),
        ErrorKind::Interrupted => Some(("中断されました", "it was interrupted")),
        _ => None,
    };
    match (words, error.raw_os_error()) {
        (Some((ja, en)), _) => Say::new(ja, en),
        (None, Some(number)) => say!("システムのエラー{number}（{error}）", "{error}"),
        (None, None) => say!("{error}", "{error}"),
    }
}
