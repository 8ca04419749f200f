//! Signals that end or stop the program, noted when they come and carried out when the terminal is restored.

use std::io;

/// A signal that matters to a program with a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Asked to end.
    Terminate,
    /// The terminal is gone.
    HangUp,
    /// Interrupted from outside.
    Interrupt,
    /// Asked to stop until woken.
    Stop,
    /// Woken.
    Continue,
}

#[cfg(unix)]
mod system {
    use super::{Signal, io};
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    use signal_hook::iterator;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
    use std::thread;
    use std::time::Duration;

    /// How long the main thread may take to end by itself. It cannot where the terminal library reads from a terminal
    /// that is gone: it tries again without end.
    const GRACE: Duration = Duration::from_millis(500);

    /// What came and was not yet seen.
    pub struct Signals {
        ended: Arc<AtomicI32>,
        stopped: Arc<AtomicBool>,
        continued: Arc<AtomicBool>,
        /// An interrupt is meant for another program.
        lent: Arc<AtomicBool>,
    }

    impl Signal {
        fn number(self) -> i32 {
            match self {
                Signal::Terminate => SIGTERM,
                Signal::HangUp => SIGHUP,
                Signal::Interrupt => SIGINT,
                Signal::Stop => SIGTSTP,
                Signal::Continue => SIGCONT,
            }
        }

        /// Does what the signal does to a program that does not listen.
        pub fn carry_out(self) -> io::Result<()> {
            signal_hook::low_level::emulate_default_handler(self.number())
        }
    }

    impl Signals {
        /// Listens from now on. Should the main thread not end in time when it must, `give_back` is called for it.
        pub fn listen(give_back: fn()) -> io::Result<Signals> {
            let signals = Signals { ended: Arc::default(), stopped: Arc::default(), continued: Arc::default(), lent: Arc::default() };
            signal_hook::flag::register(SIGTSTP, signals.stopped.clone())?;
            signal_hook::flag::register(SIGCONT, signals.continued.clone())?;
            let mut ends = iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
            let (ended, lent) = (signals.ended.clone(), signals.lent.clone());
            thread::Builder::new().name("signals".to_owned()).spawn(move || {
                let is_ours = |signal: &i32| *signal != SIGINT || !lent.load(Ordering::SeqCst);
                if let Some(signal) = ends.forever().find(is_ours) {
                    ended.store(signal, Ordering::SeqCst);
                    thread::sleep(GRACE);
                    give_back();
                    let _ = signal_hook::low_level::emulate_default_handler(signal);
                }
            })?;
            Ok(signals)
        }

        /// A signal that came and was not yet seen.
        pub fn pending(&self) -> Option<Signal> {
            match self.ended.swap(0, Ordering::SeqCst) {
                SIGTERM => return Some(Signal::Terminate),
                SIGHUP => return Some(Signal::HangUp),
                SIGINT => return Some(Signal::Interrupt),
                _ => {}
            }
            let seen = |flag: &AtomicBool| flag.swap(false, Ordering::SeqCst);
            if seen(&self.stopped) {
                return Some(Signal::Stop);
            }
            seen(&self.continued).then_some(Signal::Continue)
        }

        /// While another program has the terminal, interrupts are meant for that.
        pub fn lend(&self, lent: bool) {
            self.lent.store(lent, Ordering::SeqCst);
        }

        /// Did one come that ends the program? It stays pending.
        pub fn is_ending(&self) -> bool {
            self.ended.load(Ordering::SeqCst) != 0
        }

        /// Was the program asked to stop?
        pub fn take_stop(&self) -> bool {
            self.stopped.swap(false, Ordering::SeqCst)
        }

        /// Waking from a stop of our own is no news.
        pub fn forget_stops(&self) {
            self.stopped.store(false, Ordering::SeqCst);
            self.continued.store(false, Ordering::SeqCst);
        }
    }
}

#[cfg(not(unix))]
mod system {
    use super::{Signal, io};

    /// There are none here.
    pub struct Signals;

    impl Signal {
        /// Nothing can be done here.
        pub fn carry_out(self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Signals {
        /// Nothing to listen to.
        pub fn listen(_give_back: fn()) -> io::Result<Signals> {
            Ok(Signals)
        }

        /// None ever comes.
        pub fn pending(&self) -> Option<Signal> {
            None
        }

        /// Nothing to listen to.
        pub fn lend(&self, _lent: bool) {}

        /// None ever comes.
        pub fn is_ending(&self) -> bool {
            false
        }

        /// None ever comes.
        pub fn take_stop(&self) -> bool {
            false
        }

        /// Nothing to forget.
        pub fn forget_stops(&self) {}
    }
}

pub use system::Signals;
