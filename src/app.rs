//! The state of the screen and how it changes: one message in, effects out. Nothing here draws, reads or waits.
//!
//! [`update`] is the only way in which a [`Model`] changes. What must be done outside comes back as plain [`Effect`]s;
//! their outcome enters as a [`Message`] again. [`layout`] says where everything stands, to `update` and to the
//! renderers alike.

pub mod command;
pub mod detail;
pub mod guide;
pub mod help;
pub mod input;
pub mod keymap;
pub mod layout;
pub mod library;
mod line_edit;
pub mod link_page;
pub mod list;
pub mod message;
pub mod model;
pub mod playing;
pub mod prompt;
pub mod search;
pub mod search_line;
pub mod sources;
pub mod timeline;
mod update;

pub use command::{Command, Scope};
pub use input::{Input, Key, KeyCode};
pub use message::{Effect, Message};
pub use model::{Model, Pane, View};
pub use update::{scope, update};
