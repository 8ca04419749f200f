//! What is known of the place the program runs in: read once, so that what follows from it is pure.

use std::ffi::OsString;

/// What stands between the program and the terminal that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Multiplexer {
    /// Nothing that is known of.
    #[default]
    None,
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// The system, as far as it matters for opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Platform {
    /// A desktop is there if a display is.
    Unix,
    /// There is always a desktop.
    Mac,
    /// There is always a desktop.
    Windows,
}

impl Platform {
    /// The one that this program was built for.
    pub fn of_this_build() -> Platform {
        if cfg!(windows) {
            Platform::Windows
        } else if cfg!(target_os = "macos") {
            Platform::Mac
        } else {
            Platform::Unix
        }
    }
}

/// What the environment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The system.
    pub platform: Platform,
    /// `$BROWSER`, where it says something.
    pub browser: Option<String>,
    /// An X or Wayland display, forwarded or not.
    pub display: bool,
    /// Somebody looks from another machine.
    pub ssh: bool,
    /// Linux inside Windows.
    pub wsl: bool,
    /// What stands between us and the terminal.
    pub multiplexer: Multiplexer,
    /// `$TERM`; empty where it is not set.
    pub term: String,
}

impl Surroundings {
    /// Those of this process.
    pub fn read() -> Surroundings {
        let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        Surroundings::of(Platform::of_this_build(), &kernel, |name| std::env::var_os(name))
    }

    /// Those that the environment and the kernel's name tell of.
    pub fn of(platform: Platform, kernel: &str, variable: impl Fn(&str) -> Option<OsString>) -> Surroundings {
        let text = |name: &str| variable(name).map(|value| value.to_string_lossy().into_owned()).filter(|value| !value.is_empty());
        let any = |names: &[&str]| names.iter().any(|name| text(name).is_some());
        let term = text("TERM").unwrap_or_default();
        // Both name their kernels after themselves: `5.15.90.1-microsoft-standard-WSL2`, `4.4.0-19041-Microsoft`.
        let wsl = platform == Platform::Unix && (any(&["WSL_DISTRO_NAME"]) || kernel.to_lowercase().contains("microsoft"));
        // Of a tmux on the near side of an SSH connection only the name of its terminal comes through.
        let multiplexer = if any(&["TMUX"]) || term.starts_with("tmux") {
            Multiplexer::Tmux
        } else if any(&["STY"]) {
            Multiplexer::Screen
        } else {
            Multiplexer::None
        };
        Surroundings {
            platform,
            browser: text("BROWSER"),
            display: any(&["DISPLAY", "WAYLAND_DISPLAY"]),
            ssh: any(&["SSH_TTY", "SSH_CONNECTION"]),
            wsl,
            multiplexer,
            term,
        }
    }

    /// Why no window can be shown to whoever looks at the terminal, if none can.
    pub fn no_window(&self) -> Option<&'static str> {
        match (self.display, self.ssh, self.platform) {
            (false, true, _) => Some("this is an SSH session without a display"),
            (false, false, Platform::Unix) => Some("there is no display here"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(platform: Platform, kernel: &str, set: &[(&str, &str)]) -> Surroundings {
        Surroundings::of(platform, kernel, |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into()))
    }

    #[test]
    fn a_window_needs_a_display_or_a_desktop_that_is_always_there() {
        for (platform, set, why) in [
            (Platform::Unix, &[][..], Some("no display here")),
            (Platform::Unix, &[("DISPLAY", "")], Some("no display here")),
            (Platform::Unix, &[("DISPLAY", ":0")], None),
            (Platform::Unix, &[("WAYLAND_DISPLAY", "wayland-0")], None),
            (Platform::Unix, &[("SSH_TTY", "/dev/pts/1")], Some("SSH session")),
            (Platform::Unix, &[("SSH_CONNECTION", "a b c d"), ("DISPLAY", "localhost:10.0")], None),
            (Platform::Mac, &[], None),
            (Platform::Mac, &[("SSH_CONNECTION", "a b c d")], Some("SSH session")),
            (Platform::Windows, &[], None),
        ] {
            let told = of(platform, "", set).no_window();
            assert_eq!(told.is_some(), why.is_some(), "{set:?}");
            assert!(told.unwrap_or_default().contains(why.unwrap_or_default()), "{told:?}");
        }
    }

    #[test]
    fn windows_around_linux_is_known_by_variable_or_kernel() {
        assert!(of(Platform::Unix, "", &[("WSL_DISTRO_NAME", "Debian")]).wsl);
        assert!(of(Platform::Unix, "4.4.0-19041-Microsoft\n", &[]).wsl);
        assert!(!of(Platform::Unix, "6.1.0-18-amd64\n", &[]).wsl);
        assert!(!of(Platform::Windows, "", &[("WSL_DISTRO_NAME", "Debian")]).wsl);
    }

    #[test]
    fn the_multiplexer_is_the_one_that_says_so() {
        let multiplexer = |set: &[(&str, &str)]| of(Platform::Unix, "", set).multiplexer;
        assert_eq!(multiplexer(&[("TERM", "xterm-256color")]), Multiplexer::None);
        assert_eq!(multiplexer(&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-0/default,1,0")]), Multiplexer::Tmux);
        assert_eq!(multiplexer(&[("TERM", "tmux-256color")]), Multiplexer::Tmux, "tmux is on the other side of SSH");
        assert_eq!(multiplexer(&[("TERM", "screen"), ("STY", "1.pts-0.host")]), Multiplexer::Screen);
        assert_eq!(multiplexer(&[("TERM", "screen")]), Multiplexer::None, "that may be either of them");
    }
}
