//! Which archives are read: those that the command line names, else those of the configuration, else the one inside.

use super::load::quoted;
use crate::config::Config;
use crate::source::{Format, Source};
use std::path::PathBuf;

/// The archives to read, and how they were chosen.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Without any, it is the archive inside the program.
    pub list: Vec<Source>,
    /// The command line names them.
    named: bool,
}

impl Sources {
    /// What the command line names, all of the format it says, if any; else what the configuration names.
    ///
    /// # Errors
    /// A format without paths would be overlooked.
    pub fn choose(paths: &[PathBuf], format: Option<&'static Format>, config: &Config) -> anyhow::Result<Sources> {
        if !paths.is_empty() {
            let list = paths.iter().map(|path| Source { format, ..Source::at(path) }).collect();
            return Ok(Sources { list, named: true });
        }
        if let Some(format) = format {
            anyhow::bail!("--source-format {} says what a path holds, and no path is named; add --source PATH", format.name);
        }
        Ok(Sources { list: config.sources.clone(), named: false })
    }

    /// The command that tells all that is wrong in them.
    pub fn check_command(&self) -> String {
        let mut words = vec!["cuepoint check".to_owned()];
        if self.named {
            words.extend(self.list.iter().map(|source| quoted(&source.path)));
            let format = self.list.first().and_then(|source| source.format);
            words.extend(format.map(|format| format!("--source-format {}", format.name)));
        }
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_goes_before_the_configuration() {
        let config = Config { sources: vec![Source::at("/talks".as_ref())], ..Config::default() };
        let chosen = |paths: &[&str], format| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            Sources::choose(&paths, Format::named(format), &config)
        };
        let configured = chosen(&[], "").expect("right");
        assert_eq!((configured.list.clone(), configured.check_command()), (config.sources.clone(), "cuepoint check".to_owned()));
        let named = chosen(&["a", "b c"], "post").expect("right");
        assert_eq!(named.check_command(), "cuepoint check a 'b c' --source-format post");
        assert!(named.list.iter().all(|source| source.format == Format::named("post")));
        assert!(chosen(&[], "post").is_err());
    }
}
