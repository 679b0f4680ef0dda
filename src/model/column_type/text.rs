//! `text`: any text, printed as written but for line breaks.

use super::{COMMON, TypeDefinition, plain_if};
use crate::model::meaning::is_one_line;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "text",
    ja: "文字",
    en: "text",
    sight: |text, _| plain_if(is_one_line(text)),
    ..COMMON
};
