//! What each source was taken for, and what it gave: a small table a source.

use crate::source::report::{Kind, Report};
use crate::text::{clean_line, width};

/// What stands above the columns.
const HEAD: [&str; 5] = ["", "files", "events", "talks", "with a start"];

/// The table of each source, with an empty line behind it.
pub fn tables(reports: &[Report]) -> String {
    reports.iter().map(table).collect()
}

fn table(report: &Report) -> String {
    let mut rows: Vec<(Vec<String>, String)> = report.kinds.iter().map(row).collect();
    if report.unknown.files > 0 {
        rows.push((vec!["of no known format".to_owned(), report.unknown.files.to_string()], examples(report)));
    }
    let mut out = format!("{}: {}\n", report.name, report.shown_path());
    if rows.is_empty() {
        return out + "  no file was read\n\n";
    }
    rows.insert(0, (HEAD.map(str::to_owned).to_vec(), String::new()));
    let widths: Vec<usize> =
        (0..HEAD.len()).map(|i| rows.iter().filter_map(|(cells, _)| Some(width(cells.get(i)?))).max().unwrap_or(0)).collect();
    for (cells, remark) in &rows {
        // Words to the left, numbers to the right.
        let cell = |(i, cell): (usize, &String)| {
            let pad = " ".repeat(widths[i] - width(cell));
            if i == 0 { format!("  {cell}{pad}") } else { format!("  {pad}{cell}") }
        };
        let line = cells.iter().enumerate().map(cell).collect::<Vec<_>>().concat() + "  " + remark;
        out += line.trim_end();
        out.push('\n');
    }
    out + "\n"
}

fn row(kind: &Kind) -> (Vec<String>, String) {
    let numbers = [kind.files, kind.events, kind.talks, kind.cues].map(|number| number.to_string());
    let remark = match kind.refused {
        0 => String::new(),
        all if all == kind.files => "not read, see above".to_owned(),
        some => format!("{some} not read, see above"),
    };
    ([&[kind.format.to_owned()][..], &numbers].concat(), remark)
}

/// `venue.yml ×112, README.md ×2, …`
fn examples(report: &Report) -> String {
    let names = &report.unknown.names;
    let told: usize = names.iter().map(|(_, count)| count).sum();
    let name = |(name, count): &(String, usize)| match count {
        1 => clean_line(name).into_owned(),
        count => format!("{} ×{count}", clean_line(name)),
    };
    let mut all: Vec<String> = names.iter().map(name).collect();
    all.extend((told < report.unknown.files).then(|| "…".to_owned()));
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use crate::source::report::Unknown;

    #[test]
    fn numbers_stand_below_each_other() {
        let report = Report {
            kinds: vec![
                Kind { format: "rubyevents", files: 1024, refused: 0, events: 180, talks: 9120, cues: 8001 },
                Kind { format: "pretalx", files: 1, refused: 1, ..Kind::default() },
            ],
            unknown: Unknown { files: 115, names: vec![("venue.yml".into(), 112), ("x\u{1b}.md".into(), 1)] },
            ..Report::of(&Source::at("a/talks".as_ref()))
        };
        let expected = "talks: a/talks
                      files  events  talks  with a start
  rubyevents           1024     180   9120          8001
  pretalx                 1       0      0             0  not read, see above
  of no known format    115  venue.yml ×112, x␛.md, …

";
        assert_eq!(tables(&[report]), expected);
        assert_eq!(tables(&[Report::bundled()]), "cuepoint: inside the program\n  no file was read\n\n");
    }
}
