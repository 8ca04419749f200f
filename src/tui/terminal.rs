//! The terminal: taken over, drawn on, and left as it was found, whatever happens in between.

use super::render;
use super::theme::Theme;
use crate::app::Model;
use crate::app::layout::Size;
use crossterm::event::{DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use std::io::{self, BufWriter, Stdout, Write};
use std::panic;
use std::sync::Once;

/// Bytes that a frame may take before it is written in more than one piece.
const FRAME: usize = 64 << 10;

/// The terminal while it is ours.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal over: raw keys, the alternate screen, the mouse if wanted.
    pub fn enter(mouse: bool) -> io::Result<Screen> {
        restore_on_panic();
        if let Err(error) = take_over(mouse) {
            give_back();
            return Err(error);
        }
        match Terminal::new(CrosstermBackend::new(BufWriter::with_capacity(FRAME, io::stdout()))) {
            Ok(terminal) => Ok(Screen { terminal, mouse }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Draws a model. Only what changed since the last frame is written, in one piece.
    pub fn draw(&mut self, model: &Model, theme: Theme) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(|frame| render::draw(frame, model, &theme))?;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Write::flush(self.terminal.backend_mut())
    }

    /// Writes bytes that tell the terminal something and leave what is drawn as it is.
    pub fn tell(&mut self, bytes: &[u8]) -> io::Result<()> {
        Write::write_all(self.terminal.backend_mut(), bytes)?;
        Write::flush(self.terminal.backend_mut())
    }

    /// Gives the terminal back for a while.
    pub fn leave(&mut self) {
        let _ = Write::flush(self.terminal.backend_mut());
        give_back();
    }

    /// Takes it over again, and forgets what was on it: the next frame is drawn whole.
    pub fn reenter(&mut self) -> io::Result<()> {
        take_over(self.mouse)?;
        let Size { width, height } = size()?;
        // Not `clear`: that asks the terminal where its cursor is, and the answer would come among the keys.
        self.terminal.resize(Rect::new(0, 0, width, height))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Columns and rows.
pub fn size() -> io::Result<Size> {
    crossterm::terminal::size().map(Size::from)
}

fn take_over(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Undoes [`take_over`]. Each step is tried whatever became of the others: the terminal may be gone.
pub fn give_back() {
    let mut out = io::stdout();
    let _ = execute!(out, EndSynchronizedUpdate, DisableMouseCapture, DisableBracketedPaste);
    let _ = execute!(out, LeaveAlternateScreen, cursor::Show);
    let _ = disable_raw_mode();
}

/// A panic on the main thread is read on a terminal that is the user's again; one on a worker is told in the status line.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let default = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() == Some("main") {
                give_back();
                default(info);
            }
        }));
    });
}
