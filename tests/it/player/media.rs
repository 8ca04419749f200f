//! A recording of six seconds, made by ffmpeg once, on the disk and on the web.

use super::{installed, left_out};
use crate::here;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;

static FILE: OnceLock<PathBuf> = OnceLock::new();

/// Where mpv is, and what it can play.
#[derive(Debug, Clone)]
pub struct Media {
    pub mpv: PathBuf,
    pub file: PathBuf,
}

impl Media {
    /// `None`, and told, where mpv or ffmpeg is missing.
    pub fn get() -> Option<Media> {
        let Some(mpv) = installed("mpv") else {
            left_out("mpv");
            return None;
        };
        let Some(ffmpeg) = installed("ffmpeg") else {
            left_out("ffmpeg");
            return None;
        };
        let file = FILE.get_or_init(|| six_seconds(&ffmpeg)).clone();
        Some(Media { mpv, file })
    }

    pub fn address(&self) -> &str {
        self.file.to_str().expect("text")
    }
}

/// Pictures of many seconds, so many in each that mpv has much to tell.
pub fn lasting(seconds: u32, file: &Path) {
    let ffmpeg = installed("ffmpeg").expect("it made the recording");
    let pictures = format!("testsrc=size=64x36:rate=60:duration={seconds}");
    let made = Command::new(ffmpeg).args(["-v", "error", "-nostdin", "-f", "lavfi", "-i", &pictures, "-c:v", "mpeg4"]).arg(file).status();
    assert!(made.expect("ffmpeg starts").success());
}

/// Every picture stands by itself, so that any second can be gone to.
fn six_seconds(ffmpeg: &Path) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("media");
    fs::create_dir_all(&folder).expect("a folder");
    let (file, draft) = (folder.join("six seconds.mp4"), folder.join(format!("{}.mp4", std::process::id())));
    if file.exists() {
        return file;
    }
    let made = Command::new(ffmpeg)
        .args(["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", "testsrc=size=64x36:rate=10"])
        .args(["-f", "lavfi", "-i", "sine=frequency=440", "-t", "6", "-g", "1", "-c:v", "mpeg4", "-c:a", "aac"])
        .arg(&draft)
        .current_dir(here(""))
        .stdin(Stdio::null())
        .output()
        .expect("ffmpeg starts");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    fs::rename(&draft, &file).expect("it is put there");
    file
}

/// Serves a body under any address, whole or in the parts that are asked for, until the test program ends; gives its host.
pub fn serve(body: Vec<u8>, kind: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let body = body.clone();
            // Whoever has seen enough hangs up.
            thread::spawn(move || answer(&stream, &body, kind));
        }
    });
    host
}

fn answer(mut stream: &TcpStream, body: &[u8], kind: &str) -> std::io::Result<()> {
    let mut first = None;
    for line in BufReader::new(stream.take(16_384)).lines() {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        first = first.or_else(|| line.strip_prefix("range: bytes=")?.split('-').next()?.parse().ok());
    }
    let begin = first.unwrap_or(0).min(body.len());
    let status = if first.is_some() { "206 Partial Content" } else { "200 OK" };
    let (last, all) = (body.len().saturating_sub(1), body.len());
    let length = all - begin;
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nAccept-Ranges: bytes\r\nConnection: close\r\n")?;
    write!(stream, "Content-Length: {length}\r\nContent-Range: bytes {begin}-{last}/{all}\r\n\r\n")?;
    stream.write_all(&body[begin..])
}
