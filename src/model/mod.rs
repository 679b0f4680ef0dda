//! What a publication is made of: records and text with their origins, and the typed values in them. No I/O.

pub mod address;
pub mod area_codes;
pub mod cores;
pub mod date;
pub mod directory;
pub mod docket;
pub mod edition;
pub mod encoding;
pub mod imposition;
pub mod kana;
pub mod layout;
pub mod length;
pub mod meaning;
pub mod municipality;
pub mod origin;
pub mod phone;
pub mod piece;
pub mod region;
pub mod role;
pub mod rule;
pub mod schema;
pub mod sheet;
pub mod text;
pub mod typed;
pub mod unseen;
pub mod width;
