use crate::exit::Exit;
use crate::terminal;
use onrecord::error::{Result, count};
use onrecord::ops::publish;
use std::path::{Path, PathBuf};

/// Publish the archive as one page, or as a folder of pages
///
/// A name that ends in .html gives one self-contained page of up to 2,000 claims: it opens from a
/// disk or a stick, prints, and works without JavaScript. Any other name gives a folder: a small
/// page for each claim, source, place and measure, lists, a map and a search, for archives of any
/// size; open its index.html or put it on a web server. Withdrawn claims, captured copies and the
/// history of changes are not published; notes are. The same archive gives the same bytes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The page (OUT.html) or the new folder to write
    out: PathBuf,
    /// Replace a page that is there
    #[arg(long)]
    force: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let bar = terminal::Bar::of_units("publishing", "claims");
    let done = publish::publish(
        file,
        &args.out,
        args.force,
        &bar.progress(),
        terminal::cancel_token(None),
    );
    bar.clear();
    let done = done?;
    terminal::print_status(&format!(
        "wrote {}: {}, {}, {:.1} MB",
        args.out.display(),
        count(usize::try_from(done.claims).unwrap_or(usize::MAX), "claim"),
        count(done.files, "file"),
        done.bytes as f64 / 1e6
    ));
    Ok(Exit::Done)
}
