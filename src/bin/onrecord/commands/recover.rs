use crate::args::Output;
use crate::exit::Exit;
use crate::output::print_table;
use crate::terminal;
use onrecord::error::Result;
use onrecord::ops::archive::recover;
use onrecord::render::Format;
use std::path::PathBuf;

/// The losses that are listed for people; other formats list more.
const MAX_LISTED: usize = 100;

/// Salvage what can be read of a damaged archive into a new one; exit code 1 when something was lost
///
/// Reads the damaged file page by page, without SQLite, and never writes to it. Every row that can be
/// read, and that can stay in a sound archive, goes into OUT, with its id, history and captured
/// copies. What was lost is listed: rows that cannot be read, rows whose reference was lost, copies
/// whose bytes are not those captured. SQLite keeps no checksum of its pages, so that a changed
/// letter in a text is not noticed.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub struct Args {
    /// The damaged archive; it is only read
    damaged: PathBuf,
    /// The new archive to write
    out: PathBuf,
    #[command(flatten)]
    output: Output,
}

const AFTER: &str = "\
Example: onrecord recover onrecord.db recovered.db
         onrecord recover onrecord.db recovered.db --format csv > lost.csv";

pub fn run(args: Args) -> Result<Exit> {
    let bar = terminal::Bar::of_units("salvaging", "pages");
    let done = recover::recover(&args.damaged, &args.out, &bar.progress(), &terminal::context());
    bar.clear();
    let done = done?;
    for line in &done.remarks {
        terminal::print_status(line);
    }
    let recovered = &done.recovered;
    if recovered.missing_pages > 0 {
        let (has, lacks) = (recovered.pages, recovered.missing_pages);
        terminal::print_status(&format!(
            "the file is cut off: it has {has} pages, and its header states {lacks} more"
        ));
    }
    for (table, rows) in &recovered.tables {
        let parts = [
            (rows.salvaged, "salvaged"),
            (rows.left_out, "left out"),
            (rows.cut, "with a reference that is empty now"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        let none = rows.salvaged == 0 && (rows.left_out > 0 || rows.gaps > 0);
        let parts = match none {
            true if parts.is_empty() => "no row is left".to_owned(),
            true => format!("no row is left; {}", parts.join(", ")),
            false => parts.join(", "),
        };
        if !parts.is_empty() {
            terminal::print_status(&format!("{}: {parts}", table.replace('_', " ")));
        }
    }
    let mut losses = done.losses();
    let all = recovered.lost();
    if all == 0 {
        terminal::print_status(&format!("wrote {}: nothing is lost", args.out.display()));
        if !matches!(args.output.format, Format::Table) {
            print_table(&losses, args.output)?;
        }
        return Ok(Exit::Done);
    }
    terminal::print_status(&format!(
        "wrote {}: {} of {} pages cannot be read; lost:",
        args.out.display(),
        recovered.lost_pages,
        recovered.pages
    ));
    if matches!(args.output.format, Format::Table) {
        losses.rows.truncate(MAX_LISTED);
    }
    let listed = losses.rows.len() as u64;
    print_table(&losses, args.output)?;
    if all > listed {
        terminal::print_status(&format!("… and {} more: --format csv lists them", all - listed));
    }
    Ok(Exit::Found)
}
