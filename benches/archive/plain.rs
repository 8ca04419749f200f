//! The yardstick: the same files, read and parsed by serde and nothing else.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Reads and parses every file on two threads.
pub fn read(files: &[PathBuf]) -> Duration {
    let begun = Instant::now();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = fs::read_to_string(path).expect("a file");
                    if path.extension().is_some_and(|ending| ending == "json") {
                        std::hint::black_box(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"));
                    } else {
                        std::hint::black_box(serde_yaml::from_str::<serde_yaml::Value>(&text).expect("YAML"));
                    }
                }
            });
        }
    });
    begun.elapsed()
}

/// Asks the system for the state of every file.
pub fn stat(files: &[PathBuf]) -> Duration {
    let begun = Instant::now();
    for path in files {
        std::hint::black_box(fs::metadata(path).expect("a file"));
    }
    begun.elapsed()
}
