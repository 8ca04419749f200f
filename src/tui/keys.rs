//! From the terminal's events to ours. The only place that knows how the terminal library names keys.

use crate::app::input::Mouse;
use crate::app::layout::Size;
use crate::app::{Input, Key, KeyCode, Message};
use crossterm::event::{Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// The message of an event, `at` milliseconds after the start; `None` for what means nothing here.
pub fn message(event: Event, at: u64) -> Option<Message> {
    let input = match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Input::Key(translate(key)?),
        Event::Paste(text) => Input::Paste(text),
        Event::Mouse(MouseEvent { kind, column, row, .. }) => {
            let mouse = match kind {
                MouseEventKind::Down(MouseButton::Left) => Mouse::Click,
                MouseEventKind::ScrollUp => Mouse::WheelUp,
                MouseEventKind::ScrollDown => Mouse::WheelDown,
                _ => return None,
            };
            Input::Mouse { mouse, column, row, at }
        }
        Event::Resize(width, height) => return Some(Message::Resized(Size { width, height })),
        Event::Key(_) | Event::FocusGained | Event::FocusLost => return None,
    };
    Some(Message::Input(input))
}

fn translate(key: KeyEvent) -> Option<Key> {
    let code = match key.code {
        Code::Char(c) => KeyCode::Char(c),
        Code::Enter => KeyCode::Enter,
        Code::Esc => KeyCode::Esc,
        Code::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => KeyCode::BackTab,
        Code::Backspace => KeyCode::Backspace,
        Code::Delete => KeyCode::Delete,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::F(number) => KeyCode::F(number),
        _ => return None,
    };
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(Key { code, ctrl, alt: key.modifiers.contains(KeyModifiers::ALT) })
}
