use crate::args::words;
use crate::completion;
use crate::exit::Exit;
use crate::output::report_possible;
use crate::terminal;
use onrecord::error::{Result, count};
use onrecord::ops::export;
use onrecord::ops::export::{ExportFormat, ExportOutcome, Exported, Options, Target};
use std::path::{Path, PathBuf};

/// Write the archive out: as documents, tables, a map, reviews or references
///
/// toml: what people wrote (sources, places, measures, claims and what belongs to them, links,
/// equations), to read, edit and import again.
/// ndjson: every row of every table, history, captured copies, reports of your own and edited code
/// lists included; importing it into an empty archive restores the same rows.
/// csv: one table for spreadsheets, a row for each claim and source that states it, to read, edit and
/// import again; a text that would be a formula has an apostrophe before it.
/// xlsx: the same as a workbook, with a worksheet each for claims, sources, places, measures and what
/// belongs to them, with drop-downs, and one that explains the columns.
/// geojson, gpkg: the claims at their places, for QGIS and web maps; withdrawn claims are left out,
/// and `precision` says how exact a point is.
/// datapackage: a folder with a CSV file for each table and datapackage.json, which describes them
/// (Frictionless).
/// postgres: a folder with SQL and rows that makes a PostgreSQL database of the whole archive, with the
/// same tables, rules, views and reports: `psql --file=load.sql` within it.
/// parquet: a folder of Parquet files for Spark, DuckDB and ClickHouse, with every row of every table,
/// what stands behind each claim, and the reports in the words of each engine; importing it into an
/// empty archive restores the same rows.
/// claimreview: the claims that were checked, with the verdict that holds, as schema.org JSON-LD.
/// csl-json: the documents among the sources, for Zotero and pandoc.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// toml, ndjson, csv, xlsx, geojson, gpkg, datapackage, postgres, parquet, claimreview or csl-json
    #[arg(value_parser = words(&ExportFormat::WORDS), ignore_case = true, hide_possible_values = true)]
    format: ExportFormat,
    /// The file to write, for datapackage, postgres and parquet the folder [default: standard output]
    ///
    /// xlsx, gpkg, datapackage, postgres and parquet need it. It appears under its name when it is complete.
    out: Option<PathBuf>,
    /// Claims where COL=VALUE; also !=, <, <=, >, >= and ~ for contains (can be repeated)
    ///
    /// The columns are those of the report claims, for csl-json those of the report sources. An
    /// empty VALUE means not stated; `today` is the day of --today. toml, ndjson, csv, xlsx and
    /// datapackage take along all that the chosen claims need: mentions, figures and what these are
    /// parts of, verdicts and what these rest on, places with those that hold them, sources with
    /// those they draw on, links between chosen claims. History, equations and reports of your own
    /// are then left out.
    #[arg(long = "where", value_name = "COL=VALUE", add = completion::conditions(Some("claims")))]
    conditions: Vec<String>,
    /// Claims that meet any of the conditions instead of all
    #[arg(long, requires = "conditions")]
    or: bool,
    /// Claims that may meet the conditions too: a date known to a month
    #[arg(long, requires = "conditions")]
    maybe: bool,
    /// The day that `today` means in --where [default: this day, UTC]
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<String>,
    /// For claimreview: the page on which the claims are published; each is at URL#claim/KEY
    ///
    /// A verdict that was published elsewhere, by its assessor, keeps the address of that page. Without
    /// it, every other verdict is refused: a review has to say where it is published.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// For claimreview: the claims that no one checked too, as claims without a review
    #[arg(long)]
    all: bool,
    /// For csv: begin with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
    /// For parquet: only what was added or changed since this operation, to add to a folder that was
    /// exported then; its manifest.json names the operation
    #[arg(long, value_name = "OPERATION")]
    since: Option<i64>,
    /// Replace a file that is there
    #[arg(long, requires = "out")]
    force: bool,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let options = Options {
        format: args.format,
        conditions: args.conditions,
        any: args.or,
        possible: args.maybe,
        today: args.today.unwrap_or_else(terminal::today),
        base_url: args.base_url,
        all: args.all,
        bom: args.bom,
        since: args.since,
        force: args.force,
    };
    let exported = match args.out.as_deref().filter(|out| *out != Path::new("-")) {
        // Ctrl-C is polled between two rows, so that no half-written file stays.
        Some(out) => {
            let exported =
                export::export(file, &options, Target::Path(out), terminal::cancel_token(None))?;
            terminal::print_status(&format!("wrote {}", out.display()));
            exported
        }
        None => {
            let mut exported = Exported { outcome: ExportOutcome::Rows(None), possible: 0 };
            terminal::output(|out| {
                let cancel = terminal::cancel_or_exit(None);
                exported = export::export(file, &options, Target::Stream(out), cancel)?;
                Ok(())
            })?;
            exported
        }
    };
    for line in describe(exported.outcome) {
        terminal::print_status(&line);
    }
    let left_out = match args.format {
        ExportFormat::CslJson => "source",
        _ => "claim",
    };
    report_possible(exported.possible, left_out, "takes");
    Ok(Exit::Done)
}

/// Describes an outcome, a line for each kind of record written or left out.
fn describe(outcome: ExportOutcome) -> Vec<String> {
    let mut lines = Vec::new();
    let mut tell = |number: usize, noun: &str, what: &str| {
        if number > 0 {
            lines.push(format!("{} {what}", count(number, noun)));
        }
    };
    match outcome {
        ExportOutcome::Rows(Some(0)) => {
            lines.push("no claim meets the conditions; withdrawn claims meet none".to_owned())
        }
        ExportOutcome::Rows(_) => {}
        ExportOutcome::Map { points, unplaced } => {
            tell(points, "point", "written");
            tell(unplaced, "claim", "left out: no place with coordinates");
        }
        ExportOutcome::Reviews { reviews, unchecked, unworded, all } => {
            let (done, way) = match all {
                true => ("written without a review", ""),
                false => ("left out", "; --all writes them"),
            };
            tell(reviews, "review", "written");
            tell(unchecked, "claim", &format!("{done}: no one checked them{way}"));
            tell(
                unworded,
                "claim",
                &format!(
                    "{done}: the check is of what they said before, or has no words for readers{way}"
                ),
            );
        }
        ExportOutcome::Items { items, parties } => {
            tell(items, "document", "written");
            tell(parties, "source", "left out: people and bodies are no documents");
        }
    }
    lines
}
