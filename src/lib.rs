//! cuepoint: browse recorded meetup talks in the terminal and watch each one from its own first second.
//!
//! One package, this library and a thin binary. A module knows its neighbours only; a test holds them to these arrows:
//!
//! ```text
//! main → cli → tui → app → markdown → rich ─→ text
//!         │     │     ↓                        ↑
//!         ├─────┼──→ search (app: types only) ─┤
//!         └─────┴──→ archive → source, player → open, config, library → domain (app: types of archive, source, open, player only)
//! ```
//!
//! - [`text`]: what may reach a terminal, how wide it is there, how it compares.
//! - [`domain`]: events, talks, recordings, cues, marks, problems. Nothing there reads, writes or draws.
//! - [`source`]: formats, one file each: text in, drafts and problems out.
//! - [`archive`], [`stored`]: what the sources hold, read once and kept fresh; values as bytes for that.
//! - [`search`]: the one seam that is asked for talks.
//! - [`open`], [`config`]: opening links by the first means that works, starting programs, and the user's settings.
//! - [`player`]: playing a talk in mpv, or in another player of the user's; its worker alone knows sockets.
//! - [`library`]: what the user keeps about talks, in a file that outlives every archive.
//! - [`rich`], [`markdown`]: text with roles, laid out for a width.
//! - [`app`]: the state of the screen; one message in, effects out.
//! - [`tui`]: the terminal and the workers; the only module that knows a terminal library.
//! - [`cli`]: the command line.
//!
//! Invariants: text from outside is made harmless once, on its way into the [`domain::Catalogue`], and in the display of
//! a [`domain::Problem`]. Only plain web links are ever opened, and only those and files that are there are ever played.
//! A missing cue is `None`, never zero. A change to the library that was confirmed is on the disk. Drawing changes nothing;
//! [`app::update`] alone changes the model, and nothing it does waits.
//! Deliberately absent: an async runtime, a shell between us and an opener, anything fetched over the network.

pub mod app;
pub mod archive;
pub mod cli;
pub mod config;
pub mod domain;
pub mod library;
pub mod markdown;
pub mod open;
pub mod player;
pub mod rich;
pub mod search;
pub mod source;
pub mod stored;
pub mod text;
pub mod tui;
