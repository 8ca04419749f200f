//! cuepoint: browse recorded meetup talks in the terminal and watch each one from its own first second.
//!
//! One package, this library and a thin binary. Arrows between modules point one way only (a test holds them to it):
//!
//! ```text
//! main → cli → tui → app → search, markdown → domain → text
//!                └────→ source, open, config ──┘
//! ```
//!
//! - [`domain`]: events, talks, recordings, cues. Nothing there reads, writes or draws.
//! - [`text`]: what may reach a terminal, and how wide it is there.
//! - [`source`]: formats, one file each: text in, drafts and problems out.
//! - [`search`]: the one seam that is asked for talks.
//! - [`cli`]: arguments in, exit status out.
//! - [`open`], [`config`]: opening links, and the user's settings.

pub mod cli;
pub mod config;
pub mod domain;
pub mod open;
pub mod search;
pub mod source;
pub mod text;
pub mod tui;
