//! Which words of a command some program would run: none of them may hold what a title or a link says.
//!
//! A command is never handed to a shell here, but its words may name one. Any word may be the program that counts (`env nice sh …`), so
//! each is looked at, and what is not sure to be a plain argument of a script is taken for code.

/// Programs that run what they are told, and how they take the words behind their name.
struct Reader {
    /// Their names in lower case, without a version behind.
    names: &'static [&'static str],
    takes: Takes,
}

enum Takes {
    /// Options, what is to be run, and plain arguments of that.
    Script(Options),
    /// Options and `NAME=value`, a program, and its arguments.
    Program,
    /// Code only; but behind one of these words, what is to be run and plain arguments of that.
    Code(&'static [&'static str]),
    /// One text for a shell on another machine.
    Remote,
}

/// The options before what is to be run; letters in lower case, and any case is meant.
struct Options {
    /// Letters of those whose next word is code, and not the name of what is to be run.
    code: &'static str,
    /// Letters of the other ones that a word belongs to.
    words: &'static str,
    /// Are there none behind the code?
    stop: bool,
}

const READERS: &[Reader] = &[
    Reader { names: &["ssh", "autossh", "slogin", "mosh", "rsh", "plink", "dbclient"], takes: Takes::Remote },
    Reader {
        names: &["sh", "ash", "dash", "bash", "rbash", "zsh", "ksh", "mksh", "oksh", "yash", "csh", "tcsh", "elvish", "xonsh"],
        takes: Takes::Script(Options { code: "c", words: "o", stop: true }),
    },
    Reader { names: &["python", "pypy"], takes: Takes::Script(Options { code: "c", words: "wx", stop: true }) },
    Reader { names: &["fish"], takes: Takes::Script(Options { code: "c", words: "do", stop: false }) },
    Reader {
        names: &["perl", "ruby", "node", "nodejs", "bun", "lua", "luajit", "php", "osascript", "julia", "rscript"],
        takes: Takes::Script(Options { code: "bepr", words: "", stop: false }),
    },
    Reader { names: &["awk", "gawk", "mawk", "nawk"], takes: Takes::Script(Options { code: "e", words: "v", stop: false }) },
    Reader {
        names: &["busybox", "nice", "ionice", "nohup", "setsid", "stdbuf", "timeout", "sudo", "doas"],
        takes: Takes::Script(Options { code: "", words: "", stop: true }),
    },
    Reader { names: &["env"], takes: Takes::Program },
    Reader { names: &["powershell", "pwsh"], takes: Takes::Code(&["-file", "-f"]) },
    Reader { names: &["wsl"], takes: Takes::Code(&["--exec", "-e"]) },
    Reader { names: &["deno"], takes: Takes::Code(&["run"]) },
    Reader { names: &["cmd", "nu", "su", "runuser", "tmux"], takes: Takes::Code(&[]) },
];

/// Options whose next word is code, or what stands behind their `=`.
const CODE: [&str; 7] = ["--command", "--commands", "--init-command", "--execute", "--eval", "--print", "--run"];

/// Other options of a shell that a word belongs to.
const WORDS: [&str; 3] = ["--rcfile", "--init-file", "--emulate"];

/// A word that would be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Danger<'a> {
    /// As code, or as the name of what is to be run.
    Run {
        /// The word.
        word: &'a str,
        /// Who runs it.
        by: &'a str,
    },
    /// By a shell on another machine, to which this program hands all that it is given.
    Remote(&'a str),
}

/// The first of the words that are `filled` with what a talk says which some program would run.
pub fn danger<'a>(words: &[&'a str], filled: impl Fn(&str) -> bool) -> Option<Danger<'a>> {
    // Behind the code of a shell stands what it is to call itself, mostly the name of one.
    let mut own_name = None;
    for (at, by) in words.iter().copied().enumerate() {
        let Some(reader) = reader(by).filter(|_| own_name != Some(at)) else { continue };
        let behind = &words[at + 1..];
        let run = match &reader.takes {
            Takes::Remote if behind.iter().any(|word| filled(word)) => return Some(Danger::Remote(by)),
            Takes::Remote => None,
            Takes::Code(unless) => in_code(behind, unless, &filled),
            Takes::Program => in_program(behind, &filled),
            Takes::Script(options) => match in_script(behind, options, &filled) {
                Ok(code) => {
                    own_name = code.map(|code| at + 1 + code + 1).or(own_name);
                    None
                }
                Err(word) => Some(word),
            },
        };
        if let Some(word) = run {
            return Some(Danger::Run { word, by });
        }
    }
    None
}

/// Where the code stands among the words behind a program, if there is some.
///
/// # Errors
/// A word that is filled, and that it would run.
fn in_script<'a>(behind: &[&'a str], options: &Options, filled: &impl Fn(&str) -> bool) -> Result<Option<usize>, &'a str> {
    let (mut has_code, mut script, mut owed) = (false, None, 0);
    for (at, word) in behind.iter().copied().enumerate() {
        if has_code && script.is_some() && options.stop {
            break;
        }
        let is_option = word.len() > 1 && word.starts_with(['-', '+']);
        let is_code = is_option && options.take_code(word);
        if filled(word) && (script.is_none() || is_code || (has_code && is_option)) {
            return Err(word);
        }
        if is_code {
            (has_code, script, owed) = (true, None, options.words_of(word));
        } else if is_option && script.is_none() {
            owed += options.words_of(word);
        } else if owed > 0 {
            owed -= 1;
        } else {
            // An option that is not known here may have had this word; a code option behind it shows that.
            script = script.or(Some(at));
        }
    }
    Ok(script.filter(|_| has_code))
}

/// The word that is filled where only code stands, or the name of what is to be run.
fn in_code<'a>(behind: &[&'a str], unless: &[&str], filled: &impl Fn(&str) -> bool) -> Option<&'a str> {
    let is_exempt = behind.first().is_some_and(|first| unless.iter().any(|option| option.eq_ignore_ascii_case(first)));
    let code = if is_exempt { behind.get(1..2).unwrap_or_default() } else { behind };
    code.iter().copied().find(|word| filled(word))
}

/// The word that is filled before the program that `env` starts, but for values; or anywhere, if that makes words of one itself.
fn in_program<'a>(behind: &[&'a str], filled: &impl Fn(&str) -> bool) -> Option<&'a str> {
    let mut words = behind.iter().copied();
    while let Some(word) = words.next() {
        let is_value = !word.starts_with('-') && word.split_once('=').is_some_and(|(name, _)| !filled(name));
        if filled(word) && !is_value {
            return Some(word);
        }
        if word.starts_with("--split-string") || letters(word).contains('S') {
            return words.find(|word| filled(word));
        }
        if matches!(word, "-u" | "-C" | "--unset" | "--chdir") {
            if let Some(word) = words.next().filter(|word| filled(word)) {
                return Some(word);
            }
        } else if !is_value && !word.starts_with('-') {
            break;
        }
    }
    None
}

impl Options {
    fn take_code(&self, word: &str) -> bool {
        let long = word.split_once('=').map_or(word, |(long, _)| long);
        let is_code = |letter: char| self.code.contains(letter.to_ascii_lowercase());
        CODE.iter().any(|code| code.eq_ignore_ascii_case(long)) || letters(word).chars().any(is_code)
    }

    /// How many words belong to an option, but for code.
    fn words_of(&self, word: &str) -> usize {
        let takes_word = |letter: &char| self.words.contains(letter.to_ascii_lowercase());
        usize::from(WORDS.contains(&word)) + letters(word).chars().filter(takes_word).count()
    }
}

/// The letters of a word of short options.
fn letters(word: &str) -> &str {
    let letters = word.strip_prefix(['-', '+']).unwrap_or_default();
    letters.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default()
}

fn reader(word: &str) -> Option<&'static Reader> {
    let name = file_name(word).to_ascii_lowercase();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    READERS.iter().find(|reader| reader.names.contains(&name))
}

/// The name of a program without its folder, and without the ending that programs have on Windows.
pub fn file_name(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.len().checked_sub(".exe".len()).filter(|at| name.get(*at..).is_some_and(|end| end.eq_ignore_ascii_case(".exe")));
    stem.map_or(name, |stem| &name[..stem])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who would run a word with a brace in it.
    fn who<'a>(words: &[&'a str]) -> Option<&'a str> {
        danger(words, |word| word.contains('{')).map(|danger| match danger {
            Danger::Run { by, .. } | Danger::Remote(by) => by,
        })
    }

    #[test]
    fn what_would_be_run_is_seen_wherever_its_reader_stands() {
        for (words, by) in [
            (&["sh", "-c", "mpv {url}"][..], "sh"),
            (&["/bin/bash", "-ec", "x '{title}'"], "/bin/bash"),
            (&["env", "sh", "-c", "echo {title} > f"], "sh"),
            (&["env", "A=b", "sh", "-c", "{url}"], "sh"),
            (&["nice", "-n", "5", "sh", "-c", "{url}"], "sh"),
            (&["sh", "-c", "-e", "echo {title}"], "sh"),
            (&["sh", "-c", "--", "{title}"], "sh"),
            (&["bash", "-c", "-o", "pipefail", "{title}"], "bash"),
            (&["bash", "-co", "pipefail", "{title}"], "bash"),
            (&["bash", "--rcfile", "f", "-c", "{title}"], "bash"),
            (&["bash", "--unknown", "f", "-c", "{title}"], "bash"),
            (&["zsh", "+o", "x", "{title}"], "zsh"),
            (&["sh", "{url}"], "sh"),
            (&["fish", "--command={url}"], "fish"),
            (&["fish", "-c", "x", "-C", "{title}"], "fish"),
            (&["busybox", "ash", "-c", "{url}"], "ash"),
            (&["busybox", "{title}"], "busybox"),
            (&["mksh", "-c", "{url}"], "mksh"),
            (&["tcsh", "-fc", "{url}"], "tcsh"),
            (&["elvish", "-c", "{url}"], "elvish"),
            (&["xonsh", "-c", "{url}"], "xonsh"),
            (&["nu", "-c", "x", "{url}"], "nu"),
            (&["python3.11", "-Ic", "{url}"], "python3.11"),
            (&["python", "-W", "ignore", "-c", "{url}"], "python"),
            (&["python", "-cprint('{title}')"], "python"),
            (&["perl", "-e", "x", "-e", "{title}"], "perl"),
            (&["perl", "-e", "x", "-M{title}"], "perl"),
            (&["ruby", "-e{url}"], "ruby"),
            (&["node", "--require", "x", "--eval={title}"], "node"),
            (&["node", "-p", "{url}"], "node"),
            (&["lua5.4", "-e", "{url}"], "lua5.4"),
            (&["php", "-r", "{url}"], "php"),
            (&["osascript", "-e", "open location \"{url}\""], "osascript"),
            (&["awk", "{url}"], "awk"),
            (&["cmd.exe", "/C", "start", "{url}"], "cmd.exe"),
            (&["PowerShell", "-Command", "start", "{url}"], "PowerShell"),
            (&["powershell", "-Command", "x", "-File", "y", "{url}"], "powershell"),
            (&["pwsh", "-File", "{url}"], "pwsh"),
            (&["su", "kim", "-c", "mpv {url}"], "su"),
            (&["tmux", "new-window", "-n", "{title}"], "tmux"),
            (&["ssh", "laptop", "open", "{url}"], "ssh"),
            (&["env", "A=b", "/usr/bin/ssh", "laptop", "{url}"], "/usr/bin/ssh"),
            (&["nice", "mosh", "laptop", "{url}"], "mosh"),
            (&["env", "{title}"], "env"),
            (&["env", "A=b", "{title}=c"], "env"),
            (&["env", "-u", "A", "{title}"], "env"),
            (&["env", "-S", "sh -c", "{url}"], "env"),
            (&["env", "-iS", "mpv {title}"], "env"),
            (&["env", "--split-string=sh -c", "{url}"], "env"),
            (&["nohup", "{title}"], "nohup"),
        ] {
            assert_eq!(who(words), Some(by), "{words:?}");
        }
    }

    #[test]
    fn plain_arguments_are_left_alone() {
        for words in [
            &["sh", "-c", "mpv \"$1\"", "sh", "{url}"][..],
            &["env", "A=b", "sh", "-ec", "mpv \"$@\"", "sh", "--start={start}", "{url}"],
            &["bash", "-o", "pipefail", "-c", "mpv \"$1\"", "bash", "-c", "{url}"],
            &["sh", "-c", "-e", "--", "mpv \"$1\"", "sh", "{title}"],
            &["sh", "x.sh", "{url}", "{title}"],
            &["python3", "-u", "-c", "print()", "{url}"],
            &["python3", "open.py", "--start={start}", "{url}"],
            &["perl", "-we", "exec @ARGV", "--", "{url}"],
            &["node", "play.js", "--title={title}", "{url}"],
            &["pwsh", "-File", "x.ps1", "{url}"],
            &["wsl.exe", "-e", "mpv", "{url}"],
            &["env", "MPV_HOME=/x", "mpv", "{url}"],
            &["env", "-i", "TITLE={title}", "-u", "A", "mpv", "{url}"],
            &["nice", "-n", "5", "mpv", "--force-media-title={title}", "{url}"],
            &["mpv", "-c", "{url}"],
            &["ssh", "laptop", "open"],
            &["xdg-open", "{url}"],
        ] {
            assert_eq!(who(words), None, "{words:?}");
        }
    }

    #[test]
    fn a_word_and_who_runs_it_are_told() {
        let seen = danger(&["env", "sh", "-c", "{title}"], |word| word.contains('{'));
        assert_eq!(seen, Some(Danger::Run { word: "{title}", by: "sh" }));
        assert_eq!(danger(&["ssh", "{url}"], |word| word.contains('{')), Some(Danger::Remote("ssh")));
    }
}
