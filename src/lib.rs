//! cuepoint: browse recorded meetup talks and watch each one from its own first second.
pub mod domain;
pub mod source;
pub mod text;
