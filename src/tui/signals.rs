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
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Flags that the system sets.
    pub struct Signals(Vec<(Signal, Arc<AtomicBool>)>);

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
        /// Listens from now on.
        pub fn listen() -> io::Result<Signals> {
            let all = [Signal::Terminate, Signal::HangUp, Signal::Interrupt, Signal::Stop, Signal::Continue];
            let flags = all.into_iter().map(|signal| {
                let flag = Arc::new(AtomicBool::new(false));
                signal_hook::flag::register(signal.number(), flag.clone())?;
                Ok((signal, flag))
            });
            flags.collect::<io::Result<_>>().map(Signals)
        }

        /// A signal that came and was not yet seen.
        pub fn pending(&self) -> Option<Signal> {
            self.0.iter().find(|(_, flag)| flag.swap(false, Ordering::SeqCst)).map(|(signal, _)| *signal)
        }

        /// Waking from a stop of our own is no news.
        pub fn forget_stops(&self) {
            for (signal, flag) in &self.0 {
                if matches!(signal, Signal::Stop | Signal::Continue) {
                    flag.store(false, Ordering::SeqCst);
                }
            }
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
        pub fn listen() -> io::Result<Signals> {
            Ok(Signals)
        }

        /// None ever comes.
        pub fn pending(&self) -> Option<Signal> {
            None
        }

        /// Nothing to forget.
        pub fn forget_stops(&self) {}
    }
}

pub use system::Signals;
