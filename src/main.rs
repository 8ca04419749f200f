//! The program.

fn main() -> anyhow::Result<()> {
    let sources = std::env::args().skip(1).map(Into::into).collect();
    cuepoint::tui::run(cuepoint::tui::Options { sources, ..Default::default() })
}
