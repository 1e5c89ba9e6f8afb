//! The one place that prints an error and chooses the exit code.

use crate::exit::Exit;
use onrecord::error::Error;
use onrecord::model::{Problem, SourcePos};
use onrecord::render::show_control_chars;
use std::collections::HashMap;
use std::io::{ErrorKind, IsTerminal, Write, stderr};
use std::process::ExitCode;

/// The number of problems listed; the rest are only counted.
const MAX_LISTED: usize = 100;

/// Prints what is wrong with a command line, or the help that it asks for, and returns the exit code. A command whose help is
/// its own names no flag to clap, which then proposes a word that this program does not have.
pub fn report_usage(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    let Some(text) = text.trim_end().strip_suffix("For more information, try 'help'.") else {
        error.exit()
    };
    // A failure to write to standard error has nowhere to be reported.
    let _ = writeln!(
        stderr(),
        "{text}`onrecord report` lists the reports; for more information, try '--help'."
    );
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// Lists problems, those that say the same of several lines in one line with the numbers of the others,
/// then the number of those left out of the list.
pub fn list_problems(problems: &[Problem], more: usize) -> String {
    list(problems, MAX_LISTED, more)
}

/// Lists remarks: every one, since what a remark names is named nowhere else; those that say the same of
/// several lines in one line.
pub fn list_remarks(remarks: &[Problem], more: usize) -> String {
    list(remarks, usize::MAX, more)
}

/// Lists problems or remarks, at most `most` lines; `more` were not kept.
fn list(remarks: &[Problem], most: usize, mut more: usize) -> String {
    let mut places: HashMap<(&str, &str, &str), usize> = HashMap::new();
    let mut groups: Vec<(&Problem, Vec<usize>)> = Vec::new();
    for remark in remarks {
        let (line, column) = match &remark.pos {
            SourcePos::Line(line, _) => (*line, ""),
            SourcePos::Cell(line, column) => (*line, column.as_str()),
            _ => {
                groups.push((remark, Vec::new()));
                continue;
            }
        };
        let place = (remark.input.as_str(), column, remark.what.as_str());
        match places.get(&place) {
            Some(n) => groups[*n].1.push(line),
            None => {
                places.insert(place, groups.len());
                groups.push((remark, Vec::new()));
            }
        }
    }
    let mut text = String::new();
    for (_, others) in groups.iter().skip(most) {
        more += 1 + others.len();
    }
    for (first, others) in groups.into_iter().take(most) {
        text.push_str(&show_control_chars(&first.to_string()));
        if !others.is_empty() {
            let lines = if others.len() == 1 { "line" } else { "lines" };
            text.push_str(&format!(" (also {lines} {})", ranges(&others)));
        }
        text.push('\n');
    }
    if more > 0 {
        text.push_str(&format!("… and {more} more\n"));
    }
    text
}

/// Lists numbers in order, those that follow on one another as a range: `3-301, 400`.
fn ranges(numbers: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *number == *last + 1 || number == last => *last = *number,
            _ => ranges.push((*number, *number)),
        }
    }
    let range = |(first, last): (usize, usize)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    ranges.into_iter().map(range).collect::<Vec<_>>().join(", ")
}

/// Prints an error and its hint. A broken pipe is not an error: the program ends quietly.
pub fn report(error: &Error) -> Exit {
    if let Error::Output(io) = error
        && io.kind() == ErrorKind::BrokenPipe
    {
        return Exit::Done;
    }
    let colour = stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let paint = |code: &str, word: &str| match colour {
        true => format!("\u{1b}[{code}m{word}\u{1b}[0m"),
        false => word.to_owned(),
    };
    let mut text = String::new();
    if let Error::Problems { problems, more } | Error::Conflicts { conflicts: problems, more } =
        error
    {
        text.push_str(&list_problems(problems, *more));
    }
    text.push_str(&format!(
        "{} {}\n",
        paint("1;31", "error:"),
        show_control_chars(&error.to_string())
    ));
    if let Some(hint) = error.hint() {
        text.push_str(&format!("{} {}\n", paint("1;36", "hint:"), show_control_chars(&hint)));
    }
    // Nothing can be done when standard error is closed too.
    let _ = stderr().write_all(text.as_bytes());
    Exit::Failed
}

#[cfg(test)]
mod tests {
    use super::list_remarks;
    use onrecord::model::{Problem, SourcePos};

    #[test]
    fn remarks_that_say_the_same_share_a_line() {
        let remark = |line: usize, column: &str, what: &str| Problem {
            input: "t.csv".to_owned(),
            pos: SourcePos::Cell(line, column.to_owned()),
            what: what.to_owned(),
        };
        let mut remarks: Vec<Problem> = (2..300).map(|line| remark(line, "a", "short")).collect();
        remarks.extend([remark(9, "b", "short"), remark(400, "a", "short"), remark(7, "a", "Bob")]);
        assert_eq!(
            list_remarks(&remarks, 3),
            "t.csv:2: column a: short (also lines 3-299, 400)\nt.csv:9: column b: short\n\
             t.csv:7: column a: Bob\n… and 3 more\n"
        );
        let many: Vec<Problem> = (0..500).map(|n| remark(n, "a", &n.to_string())).collect();
        assert_eq!(list_remarks(&many, 0).lines().count(), 500);
    }
}
