use crate::exit::Exit;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::refresh;
use std::path::Path;

/// Weigh the claims anew whose sources changed, and keep the result
///
/// Reports are right without it: what is outdated is worked out at each question, in any tool, which takes
/// its time where it is much. Every command that changes the archive does this too, for at most 100,000
/// claims; run it after a large change, or one that another tool made.
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(file: &Path, _: Args) -> Result<Exit> {
    let done = match refresh::refresh(file, &terminal::context())? {
        0 => "nothing was outdated".to_owned(),
        1 => "1 claim was weighed anew".to_owned(),
        claims => format!("{claims} claims were weighed anew"),
    };
    terminal::print_status(&done);
    Ok(Exit::Done)
}
