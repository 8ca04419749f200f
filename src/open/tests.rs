//! Real programs on every rung.

use super::*;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Surroundings without anything but some variables.
fn surroundings(set: &[(&str, &str)]) -> Surroundings {
    Surroundings::of(Platform::Unix, "", |name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value)))
}

fn template(words: &[&str]) -> Template {
    Template::new(words.iter().map(|word| (*word).to_owned()).collect()).expect("a command")
}

fn ladder(words: &[&str], set: &[(&str, &str)]) -> Ladder {
    Ladder::new(Some(template(words)).filter(|_| !words.is_empty()), surroundings(set))
}

fn no_command(set: &[(&str, &str)]) -> Ladder {
    Ladder::new(None, surroundings(set))
}

fn target(title: &str) -> Target {
    Target { title: title.to_owned(), ..Target::link("https://www.youtube.com/watch?v=AAAAAAAAAA1&t=750s") }
}

fn recording_script(file: &Path) -> String {
    format!("printf '%s\\n' \"$#\" \"$@\" > '{}'", file.display())
}

#[test]
fn whatever_a_title_says_is_one_argument() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seen");
    let script = recording_script(&file);
    let ladder = ladder(&["sh", "-c", &script, "sh", "{url}", "{title}", "{start}", "{end}", "{video_url}"], &[]);
    for (title, seen) in [
        ("a \"b\" 'c' ; $(touch x) `d` & | > e", "a \"b\" 'c' ; $(touch x) `d` & | > e"),
        ("--force\nsecond line", "force second line"),
        ("{url}\u{1b}[31m\0", "{url}␛[31m␀"),
    ] {
        let opened = ladder.open(&target(title)).expect("a web link");
        assert_eq!(opened.by().as_deref(), Some("sh"));
        let link = "https://www.youtube.com/watch?v=AAAAAAAAAA1";
        assert_eq!(fs::read_to_string(&file).expect("seen"), format!("4\n{link}&t=750s\n{seen}\n750\n{link}\n"));
    }
}

#[test]
fn only_plain_web_links() {
    for url in ["file:///etc/passwd", "-rf", "https://a.example/ x", "javascript:alert(1)", "https://a.example/\u{1b}[31m"] {
        assert!(ladder(&["true"], &[]).open(&Target::link(url)).is_err(), "{url}");
        let hidden = Target { url: "https://a.example/".to_owned(), ..Target::link(url) };
        assert!(ladder(&["true"], &[]).open(&hidden).is_err(), "{url}");
    }
}

#[test]
fn what_fails_is_told_and_the_next_one_opens() {
    let opened = ladder(&["no-such-program-here"], &[("BROWSER", "false:'x:true")]).open(&target("T")).expect("a web link");
    // The broken entry was seen before any was started.
    let told = "true ($BROWSER), since no-such-program-here cannot be started: no such file or directory; \
                $BROWSER: a quote is never closed; false failed (exit status: 1)";
    assert_eq!(opened.by().as_deref(), Some(told));
}

#[test]
fn over_ssh_without_a_display_no_window_is_opened_where_nobody_sees_it() {
    let set = [("SSH_TTY", "/dev/pts/9"), ("WSL_DISTRO_NAME", "Debian")];
    let opened = ladder(&["false"], &set).open(&target("T")).expect("a web link");
    assert_eq!(opened, Opened::Nowhere { why: "false failed (exit status: 1); this is an SSH session without a display".to_owned() });
    let steps = no_command(&[&set[..], &[("DISPLAY", "localhost:10.0")]].concat()).steps(&target("T"));
    assert!(steps.iter().skip(2).all(|step| step.launches.is_ok()), "{steps:?}");
}

#[test]
fn windows_is_asked_before_the_desktop_and_a_link_stays_one_argument() {
    let steps = no_command(&[("WSL_DISTRO_NAME", "Debian")]).steps(&target("T"));
    let shown: Vec<String> = steps.iter().map(|step| format!("{:?} {:?}", step.rung, step.launches)).collect();
    let link = "https://www.youtube.com/watch?v=AAAAAAAAAA1&t=750s";
    assert_eq!(
        shown,
        [
            "Command Err(\"it is not set\")".to_owned(),
            "Browser Err(\"it is not set\")".to_owned(),
            format!("Wsl Ok([[\"wslview\", \"{link}\"], [\"explorer.exe\", \"{link}\"]])"),
            "Desktop Err(\"there is no display here\")".to_owned(),
        ]
    );
    let steps = no_command(&[("DISPLAY", ":0")]).steps(&target("T"));
    let desktop = steps[3].launches.as_ref().expect("a desktop");
    assert!(desktop.iter().all(|launch| launch.arguments().last().is_some_and(|last| last == link)), "{desktop:?}");
}

#[test]
fn a_program_that_goes_on_is_not_waited_for_and_leaves_no_zombie() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pid, go) = (folder.path().join("pid"), folder.path().join("go"));
    // It ends when it is told to, however slow the machine is.
    let here = folder.path().display();
    let script =
        format!("echo $$ > '{}'; while [ -d '{here}' ] && [ ! -e '{}' ]; do sleep 0.05; done; exit 3", pid.display(), go.display());
    let start = Instant::now();
    let opened = ladder(&["sh", "-c", &script], &[]).open(&target("T")).expect("a web link");
    assert_eq!(opened.by().as_deref(), Some("sh"));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    let wait = |what: &str, done: &dyn Fn() -> bool| {
        let end = Instant::now() + Duration::from_secs(20);
        while !done() {
            assert!(Instant::now() < end, "{what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    let read = || fs::read_to_string(&pid).unwrap_or_default().trim().to_owned();
    wait("it runs", &|| !read().is_empty());
    fs::write(&go, "").expect("written");
    if Path::new("/proc/self/stat").exists() {
        let entry = format!("/proc/{}", read());
        wait("it is waited for", &|| !Path::new(&entry).exists());
    }
}

#[test]
fn a_program_has_no_terminal_to_write_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seen");
    let script = format!("if (: > /dev/tty) 2>/dev/null; then echo terminal; else echo none; fi > '{}'", file.display());
    ladder(&["sh", "-c", &script], &[]).open(&target("T")).expect("a web link");
    assert_eq!(fs::read_to_string(file).expect("seen"), "none\n");
}
