//! The program in a pseudo-terminal, and when a text was on its screen.

use crate::corpus::Corpus;
use anyhow::{Context, bail};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A screen that was started.
pub struct Program {
    /// When.
    pub begun: Instant,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<(Instant, Vec<u8>)>,
    keys: Box<dyn Write + Send>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

const ROWS: NonZeroU16 = NonZeroU16::new(36).expect("not zero");
const COLUMNS: NonZeroU16 = NonZeroU16::new(160).expect("not zero");

impl Program {
    /// Starts it on both sources, with a query typed already.
    pub fn start(corpus: &Corpus, query: &[&str]) -> anyhow::Result<Program> {
        let size = PtySize { rows: ROWS.get(), cols: COLUMNS.get(), pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).map_err(|error| anyhow::anyhow!("{error}"))?;
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cuepoint"));
        for source in &corpus.sources {
            command.args(["--source".as_ref(), source.as_os_str()]);
        }
        command.args(query);
        command.env("TERM", "xterm-256color");
        command.env("XDG_CACHE_HOME", &corpus.cache);
        command.env("XDG_DATA_HOME", corpus.cache.join("no-data"));
        command.env("XDG_CONFIG_HOME", corpus.cache.join("no-settings"));
        let mut reader = pair.master.try_clone_reader().map_err(|error| anyhow::anyhow!("{error}"))?;
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 16384];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if send.send((Instant::now(), bytes[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let keys = pair.master.take_writer().map_err(|error| anyhow::anyhow!("{error}"))?;
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).map_err(|error| anyhow::anyhow!("{error}"))?;
        Ok(Program { begun, child, output, keys, screen: vt100::Parser::new(ROWS, COLUMNS, 0), _master: pair.master })
    }

    /// When the screen was first so.
    pub fn saw(&mut self, what: &str, is_so: impl Fn(&str) -> bool) -> anyhow::Result<Instant> {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok((at, bytes)) = self.output.recv_timeout(left) else {
                bail!("never seen: {what}; the screen is\n{}", self.screen.screen().contents());
            };
            self.screen.process(&bytes);
            if is_so(&self.screen.screen().contents()) {
                return Ok(at);
            }
        }
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) -> anyhow::Result<()> {
        self.keys.write_all(keys.as_bytes()).context("the keys")
    }

    /// The peak of its memory in megabytes, where the system says so.
    pub fn peak(&self) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok()? / 1024.0)
    }

    /// Ends it.
    pub fn end(mut self) -> anyhow::Result<()> {
        self.press("\x03")?;
        self.child.wait().context("the end")?;
        Ok(())
    }
}
