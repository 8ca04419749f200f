//! An archive as large as `RubyEvents` and pyvideo together: the halves and quarters that are at hand, several times over.

use anyhow::Context;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy on the disk.
pub struct Corpus {
    _folder: TempDir,
    /// The two sources.
    pub sources: [PathBuf; 2],
    /// A folder for snapshots.
    pub cache: PathBuf,
    /// Every file that may hold something.
    pub files: Vec<PathBuf>,
}

/// A copy of an archive: what makes its names and videos other ones.
struct Again {
    number: usize,
}

impl Corpus {
    /// Copies the archives, each as often as makes it whole.
    pub fn copy(corpora: &Path) -> anyhow::Result<Corpus> {
        let folder = tempfile::tempdir()?;
        let sources = [folder.path().join("rubyevents"), folder.path().join("pyvideo")];
        let mut files = Vec::new();
        for (source, (name, below, times)) in sources.iter().zip([("rubyevents", "data", 2), ("pyvideo", "", 4)]) {
            let from = corpora.join(name).join(below);
            for number in 0..times {
                Again { number }.folder(&from, &source.join(number.to_string()), &mut files).with_context(|| from.display().to_string())?;
            }
        }
        let cache = folder.path().join("cache");
        Ok(Corpus { _folder: folder, sources, cache, files })
    }
}

impl Again {
    fn folder(&self, from: &Path, to: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let path = entry?.path();
            let Some(name) = path.file_name() else { continue };
            if path.is_dir() {
                self.folder(&path, &to.join(name), files)?;
            } else if path.extension().is_some_and(|ending| ending == "yml" || ending == "json") {
                let target = to.join(name);
                fs::write(&target, self.renamed(&fs::read_to_string(&path)?))?;
                files.push(target);
            }
        }
        Ok(())
    }

    /// Other ids and videos, and other series: what would be joined otherwise.
    fn renamed(&self, text: &str) -> String {
        if self.number == 0 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len() + 100);
        for line in text.split_inclusive('\n') {
            let key = line.trim_start_matches([' ', '-']);
            let named = ["id: \"", "video_id: \"", "name: \"", "\"title\": \"", "title: \""].iter().find(|start| key.starts_with(**start));
            if let Some(at) = line.find("watch?v=").map(|at| at + 8) {
                self.rotate(&line[..at], &line[at..], &mut out);
            } else if let Some(start) = named {
                let at = line.len() - key.len() + start.len();
                if start.contains("id") {
                    self.rotate(&line[..at], &line[at..], &mut out);
                } else {
                    let _ = write!(out, "{}Edition{} {}", &line[..at], self.number, &line[at..]);
                }
            } else {
                out.push_str(line);
            }
        }
        out
    }

    /// Another letter in the place of the first one of an id.
    fn rotate(&self, before: &str, id: &str, out: &mut String) {
        let letters = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        out.push_str(before);
        let known = id.bytes().next().and_then(|letter| letters.iter().position(|known| *known == letter));
        match known {
            Some(at) => {
                out.push(char::from(letters[(at + 15 * self.number) % letters.len()]));
                out.push_str(&id[1..]);
            }
            None => out.push_str(id),
        }
    }
}
