//! Lists the event files under `data/`, so that the program carries its archive within itself, and gives the build a name of its own, so
//! that it trusts no snapshot of another one.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    println!("cargo::rustc-env=CUEPOINT_BUILD={}", build_name(&root)?);
    let files = files_below(&root.join("data"), "yml")?;
    let mut list = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&root).map_err(io::Error::other)?.to_string_lossy().replace('\\', "/");
        // The folder is named when the list is compiled, so that a checkout that was moved still builds.
        writeln!(list, "    ({name:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),", format!("/{name}"))
            .map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("bundled.rs"), list)
}

/// The version, and what all of the program's source comes to.
fn build_name(root: &Path) -> io::Result<String> {
    let mut sum = DefaultHasher::new();
    for file in files_below(&root.join("src"), "rs")?.into_iter().chain([root.join("Cargo.lock")]) {
        // A package that was unpacked may have no lock file.
        fs::read(&file).unwrap_or_default().hash(&mut sum);
    }
    let (version, target) = (env::var("CARGO_PKG_VERSION").unwrap_or_default(), env::var("TARGET").unwrap_or_default());
    (&version, target).hash(&mut sum);
    Ok(format!("{version} {:016x}", sum.finish()))
}

/// The files with an ending at and below a folder, in the order of their names.
fn files_below(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path, ending)?);
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
