//! `cuepoint`: arguments in, exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    cuepoint::cli::main()
}
