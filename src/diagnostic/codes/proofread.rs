//! Codes of proofreading that are not those of a rule, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`](super::Code), and their definitions.

use super::codes;

codes! {
    /// A profile of proofreading that is not there or cannot be read.
    ProofProfile = "S8000" {
        ja: "校正の基準（プロファイル）がないか、読み取れません。組み込みの名前を使うか、layouts/proofread/名前.toml に書きます。",
        en: "The profile of proofreading is not there or cannot be read. Use a built-in one, or write layouts/proofread/NAME.toml.",
    }
}
