use crate::args::{Output, words};
use crate::completion;
use crate::exit::Exit;
use crate::input::read;
use crate::output::{print, print_rows, print_table, report_answer};
use crate::place::needs_file;
use crate::terminal::{self, Colors};
use clap::error::ErrorKind;
use clap::{Command, Subcommand};
use onrecord::error::{Error, Result};
use onrecord::model::Value;
use onrecord::ops::Place;
use onrecord::ops::report;
use onrecord::ops::report::chart;
use onrecord::render;
use onrecord::render::Format;
use std::path::PathBuf;

/// Run a report, or list them
///
/// A report is a view in the archive, report_NAME; one that you make in any SQLite tool is a report
/// too.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_flag = true)]
pub struct Args {
    /// The report; without it, the reports are listed
    #[arg(add = completion::reports(false))]
    name: Option<String>,
    /// Rows where COL=VALUE; also !=, <, <=, >, >= and ~ for contains (can be repeated)
    ///
    /// VALUE may be several codes or keys with commas between, the name of a record for its key, or end
    /// with `*`. A place stands for the places inside it, and a date for what can be on one of its days. An
    /// empty VALUE means not stated; `today` is the day of --today.
    #[arg(long = "where", value_name = "COL=VALUE", requires = "name", add = completion::conditions(None))]
    conditions: Vec<String>,
    /// Rows that meet any of the conditions instead of all
    #[arg(long, requires = "conditions")]
    or: bool,
    /// Rows that may meet the conditions too: a number known within bounds, a date known to a month
    #[arg(long, requires = "conditions")]
    maybe: bool,
    /// Sort by a column; -COL the other way round
    #[arg(
        long,
        value_name = "COL",
        allow_hyphen_values = true,
        requires = "name",
        add = completion::columns(None)
    )]
    order: Option<String>,
    /// At most N rows
    #[arg(long, value_name = "N", requires = "name")]
    limit: Option<u64>,
    /// These columns only, with commas between
    #[arg(long, value_name = "COL,…", value_delimiter = ',', requires = "name", add = completion::columns(None))]
    columns: Vec<String>,
    /// All columns, and each row on one line however long
    #[arg(short, long, requires = "name", conflicts_with = "record")]
    wide: bool,
    /// A block of lines for each row, a column a line, with nothing cut
    #[arg(short, long, requires = "name")]
    record: bool,
    /// Print the SQL instead of running it
    #[arg(long, requires = "name")]
    sql: bool,
    /// The day that `today` means in --where [default: this day, UTC]
    #[arg(long, value_name = "YYYY-MM-DD", requires = "name")]
    today: Option<String>,
    /// Stop after so many seconds; 0 is no limit [default: 10 for a report that did not come with onrecord]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<f64>,
    /// Draw the report's chart, as wide as the terminal; 80 columns into a pipe
    ///
    /// Bars, or what numbers and dates can mean from least to most, with words beside each that say
    /// how far it can be trusted. An arrow is an open end.
    #[arg(long, requires = "name", conflicts_with_all = ["columns", "sql"])]
    chart: bool,
    /// The form of the output: table, csv, tsv, json, ndjson, markdown or html; svg for the chart
    #[arg(
        long,
        value_parser = words(&SHAPES),
        ignore_case = true,
        default_value = "table",
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    format: Shape,
    /// With csv, write texts as they are: those that a spreadsheet would take for a formula otherwise have an
    /// apostrophe before them
    #[arg(long)]
    raw: bool,
    /// Print help, or what the report NAME asks and has, with examples (`-h` is shorter)
    #[arg(long)]
    help: bool,
    #[arg(short = 'h', hide = true)]
    brief_help: bool,
    #[command(subcommand)]
    action: Option<Manage>,
}

/// The form of the output: rows, or their chart as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Rows(Format),
    Svg,
}

/// The formats of rows, and `svg`.
const SHAPES: [(&str, Shape); Format::WORDS.len() + 1] = {
    let mut shapes = [("svg", Shape::Svg); Format::WORDS.len() + 1];
    let mut n = 0;
    while n < Format::WORDS.len() {
        shapes[n] = (Format::WORDS[n].0, Shape::Rows(Format::WORDS[n].1));
        n += 1;
    }
    shapes
};

#[derive(Debug, Subcommand)]
enum Manage {
    /// Store a report of your own: a SELECT in a file, or - for standard input
    Add {
        /// Its name
        name: String,
        /// The SELECT; comments "-- title: …", "-- question: …" and "-- chart: …" before it
        /// describe it
        sql: PathBuf,
        /// Take the place of a report of that name
        #[arg(long)]
        replace: bool,
    },
    /// Take a report of your own out of the archive
    Remove {
        /// Its name
        #[arg(add = completion::reports(true))]
        name: String,
    },
}

/// `command` is the command line, which words the errors of a contradictory one.
pub fn run(place: Place<'_>, args: Args, mut command: Command) -> Result<Exit> {
    if args.help || args.brief_help {
        return match &args.name {
            Some(name) => print_description(place, name),
            None => print_help(&mut command, args.help),
        };
    }
    match (args.action, place) {
        (Some(_), Place::Server(address)) => {
            return Err(needs_file("keep reports of your own", address));
        }
        (Some(Manage::Add { name, sql, replace }), Place::File(file)) => {
            let bytes = read(&sql)?;
            let text = String::from_utf8(bytes).map_err(|_| Error::Refused {
                what: format!("cannot read {}: it is not UTF-8", sql.display()),
                hint: "save it as UTF-8".to_owned(),
            })?;
            report::add(file, &name, &text, replace, &terminal::context())?;
            terminal::print_status(&format!("stored; run it with `onrecord report {name}`"));
            return Ok(Exit::Done);
        }
        (Some(Manage::Remove { name }), Place::File(file)) => {
            report::remove(file, &name, &terminal::context())?;
            terminal::print_status(&format!("removed {name}"));
            return Ok(Exit::Done);
        }
        (None, _) => {}
    }
    let picture = args.format == Shape::Svg;
    let format = match args.format {
        Shape::Rows(Format::Table) | Shape::Svg => Format::Table,
        Shape::Rows(_) if args.chart => {
            wrong(&mut command, "--chart draws on the terminal, or with --format svg")
        }
        Shape::Rows(format) => format,
    };
    if picture && (args.name.is_none() || args.sql || !args.columns.is_empty()) {
        wrong(
            &mut command,
            "--format svg draws the chart of a report: it takes NAME, and neither --columns nor --sql",
        );
    }
    let is_foreign = args.name.as_ref().is_some_and(|name| !report::comes_with_program(name));
    let cancel = match is_foreign {
        true => terminal::cancel_foreign(args.timeout),
        false => terminal::cancel_or_exit(args.timeout),
    };
    let Some(name) = args.name else {
        print_table(&report::list(place, cancel)?, Output { format, raw: args.raw })?;
        return Ok(Exit::Done);
    };
    let today = args.today.unwrap_or_else(terminal::today);
    let options = report::Options {
        conditions: args.conditions,
        order: args.order,
        limit: args.limit,
        columns: args.columns,
        any: args.or,
        possible: args.maybe,
        lead: format == Format::Table && !args.wide && !args.record && !args.sql,
        today,
    };
    if args.sql {
        let sql = report::show_sql(place, &name, &options, cancel)?;
        print(Colors::None, |out| Ok(out.write_all(sql.as_bytes())?))?;
        return Ok(Exit::Done);
    }
    if picture || args.chart {
        let drawing = chart::read_chart(place, &name, &options, cancel)?;
        let draw = if picture { render::write_svg_chart } else { render::write_chart };
        print(Colors::None, |out| Ok(draw(&drawing, terminal::style(), out)?))?;
        return Ok(Exit::Done);
    }
    let mut style = terminal::report_style();
    style.record = args.record;
    if args.wide {
        style.width = None;
    }
    let mut answered = report::Answered::default();
    print_rows(Output { format, raw: args.raw }, style, |sink| {
        answered = report::run(place, &name, &options, cancel, sink)?;
        Ok(())
    })?;
    report_answer(&answered, options.conditions.len());
    Ok(Exit::Done)
}

/// Prints the help of the command.
fn print_help(command: &mut Command, is_long: bool) -> Result<Exit> {
    command.build();
    let Some(own) = command.find_subcommand_mut("report") else { return Ok(Exit::Done) };
    let help = if is_long { own.render_long_help() } else { own.render_help() };
    print(Colors::None, |out| Ok(write!(out, "{help}")?))?;
    Ok(Exit::Done)
}

/// Prints what a report asks, what its columns mean, and examples.
fn print_description(place: Place<'_>, name: &str) -> Result<Exit> {
    let header = report::describe(place, name, terminal::cancel_token(None))?;
    let shown: Vec<&str> = header.show.iter().map(String::as_str).collect();
    print(Colors::None, |out| {
        writeln!(out, "{}: {}", header.name, header.title)?;
        if let Some(question) = &header.question {
            writeln!(out, "{question}")?;
        }
        writeln!(
            out,
            "\nColumns{}:",
            if shown.is_empty() { "" } else { ", those marked * in a table" }
        )?;
        let pairs: Vec<(String, Value)> = header
            .columns
            .iter()
            .map(|(column, meaning)| {
                let mark = if shown.contains(&column.as_str()) { " *" } else { "" };
                (format!("{column}{mark}"), Value::from(meaning.as_str()))
            })
            .collect();
        render::write_definitions(&pairs, terminal::style(), out)?;
        if !header.examples.is_empty() {
            writeln!(out, "\nExamples:")?;
        }
        for example in &header.examples {
            writeln!(out, "  onrecord report {} {example}", header.name)?;
        }
        Ok(writeln!(out, "\n`onrecord report --help` explains the options.")?)
    })?;
    Ok(Exit::Done)
}

/// Exits as clap does when the command line contradicts itself.
fn wrong(command: &mut Command, what: &str) -> ! {
    command.error(ErrorKind::ArgumentConflict, what).exit()
}
