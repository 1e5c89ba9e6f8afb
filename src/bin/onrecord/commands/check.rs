use crate::args::Output;
use crate::completion;
use crate::exit::Exit;
use crate::output::print_table;
use crate::terminal;
use onrecord::error::Result;
use onrecord::model::Table;
use onrecord::model::table_option::find_encoding;
use onrecord::ops::archive::check;
use onrecord::render::Format;
use std::path::Path;

/// Look for problems in the archive; exit code 1 when a rule is broken
///
/// Runs the checks stored in the archive as views check_NAME, and those that SQL cannot do: the
/// pages of the file, references, guards, search index, checksums of captured copies. What breaks no
/// rule but should be looked at is a doubt: doubts are counted, and --doubts lists them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The check [default: all]
    #[arg(add = completion::checks())]
    name: Option<String>,
    /// List the checks
    #[arg(long, conflicts_with_all = ["name", "repair"])]
    list: bool,
    /// Bring an older archive up to date, put missing or changed guards back, and drop strange
    /// triggers
    #[arg(long, conflicts_with = "name")]
    repair: bool,
    /// With --repair, read the texts that are not UTF-8 in this encoding, such as windows-1252
    #[arg(long, value_name = "NAME", requires = "repair", value_parser = find_encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// Compare what the archive keeps of each claim with what is worked out from nothing, which takes its time
    #[arg(long, conflicts_with_all = ["list", "accept"])]
    full: bool,
    /// List the doubts, without those that were set aside
    #[arg(long, conflicts_with_all = ["list", "repair"])]
    doubts: bool,
    /// Set the doubts of a check about one row aside, until the row changes
    #[arg(
        long,
        num_args = 2,
        value_names = ["NAME", "KEY"],
        add = completion::doubt_and_key(),
        requires = "because",
        conflicts_with_all = ["name", "list", "repair", "doubts"]
    )]
    accept: Option<Vec<String>>,
    /// The reason why a doubt is set aside
    #[arg(long, value_name = "TEXT", requires = "accept")]
    because: Option<String>,
    #[command(flatten)]
    output: Output,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    if args.list {
        print_table(&check::list(file)?, args.output)?;
        return Ok(Exit::Done);
    }
    if let (Some([name, key]), Some(because)) = (args.accept.as_deref(), &args.because) {
        let number = check::accept(file, name, key, because, &terminal::context())?;
        terminal::print_status(&format!("set aside: {}", count(number)));
        return Ok(Exit::Done);
    }
    if args.repair {
        for done in check::repair(file, args.full, args.encoding, &terminal::context())? {
            terminal::print_status(&format!("put right: {done}"));
        }
    }
    let name = args.name.as_deref();
    let checked = check::run_checks(file, name, args.full, terminal::cancel_checks())?;
    if args.doubts {
        print_found(&checked.doubts, "no doubts", args.output)?;
        if checked.accepted > 0 {
            terminal::print_status(&format!("set aside before: {}", count(checked.accepted)));
        }
        return Ok(Exit::Done);
    }
    // A check that is named and finds doubts alone lists them.
    if name.is_some() && checked.errors.rows.is_empty() && !checked.doubts.rows.is_empty() {
        print_table(&checked.doubts, args.output)?;
        return Ok(Exit::Done);
    }
    let none = if checked.doubts.rows.is_empty() { "nothing found" } else { "no rule is broken" };
    print_found(&checked.errors, none, args.output)?;
    if !checked.doubts.rows.is_empty() {
        terminal::print_status(&format!(
            "{} that someone should look at: onrecord check --doubts",
            count(checked.doubts.rows.len())
        ));
    }
    Ok(if checked.errors.rows.is_empty() { Exit::Done } else { Exit::Found })
}

/// Prints findings, or says in the words of `none` that there are none.
fn print_found(found: &Table, none: &str, output: Output) -> Result<()> {
    if found.rows.is_empty() {
        terminal::print_status(none);
        // A program that parses the output still gets an empty list.
        if matches!(output.format, Format::Table) {
            return Ok(());
        }
    }
    print_table(found, output)
}

fn count(number: usize) -> String {
    if number == 1 { "1 doubt".to_owned() } else { format!("{number} doubts") }
}
