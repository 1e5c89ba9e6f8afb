use crate::args::words;
use crate::exit::Exit;
use crate::input::spool_stdin;
use crate::output::{report_left_reports, report_similar, report_tallies};
use crate::{failure, place, terminal};
use onrecord::error::{Error, Result};
use onrecord::intake::{Format, Settings, quote_for_shell};
use onrecord::model::{DateOrder, Grouping, Signs, table_option};
use onrecord::ops::import;
use onrecord::ops::import::{Content, Input, ProfileChoice};
use std::path::{Path, PathBuf};

/// Load documents, tables, published reviews, event data and bibliographies
///
/// All problems of all inputs are listed first, with file, line and column; then everything is
/// written in one transaction, or nothing. What is there already is left alone, what differs is
/// changed, nothing is removed: importing the same input again changes nothing. docs/formats.md
/// says what is taken from each format.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Inputs (.toml, .json, .ndjson, .jsonl, .csv, .tsv, .xlsx, .ods, .xls, .jsonld, .html, .mhtml, .bib, .ris,
    /// .nbib), folders that `onrecord export parquet` or `export postgres` wrote, the address of a record on a PostgreSQL server
    /// (postgres://USER@HOST/DATABASE), or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the inputs, when neither name nor content tells: toml, json, ndjson, parquet, postgres, json-rows (objects
    /// of another tool, as rows of a table), csv, tsv, xlsx, ods, xls, claimreview, html, ucdp, csl-json, bibtex,
    /// ris, nbib or zotero-csv
    #[arg(
        long = "as",
        value_parser = words(&Format::WORDS),
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    format: Option<Format>,
    /// Find the problems and say what would change, but change nothing
    #[arg(long)]
    dry_run: bool,
    /// Show the first records as they would be added, but change nothing
    #[arg(long)]
    preview: bool,
    /// Take what is good, leave out what is not, and exit with 1 when something was left out
    #[arg(long)]
    keep_going: bool,
    /// Write what is left out to a new FILE, in its own format (a page's reviews as JSON-LD) with
    /// the reasons, to fix and import
    #[arg(long, value_name = "FILE", requires = "keep_going")]
    rejects: Option<PathBuf>,
    /// Take a column of a table for a field, such as --map "What was said=text"; an empty field
    /// passes the column over, points lead into objects of JSON (tweet.user.name=speaker_title), and a measure behind a field of a figure makes a figure of it, such as
    /// --map MinKilled=low:Killed (can be repeated)
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = table_option::column_and_field)]
    map: Vec<(String, String)>,
    /// Give every row of a table this value, such as --set source_kind=article (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", value_parser = table_option::field_and_value)]
    set: Vec<(String, String)>,
    /// Give the empty cells of a column this value, such as --fill because="Not said" (can be repeated)
    #[arg(long, value_name = "FIELD=VALUE", value_parser = table_option::field_and_value)]
    fill: Vec<(String, String)>,
    /// Read a cell of a column as another text, such as --recode geo_precision:3=4; nothing means not
    /// stated (can be repeated)
    #[arg(long, value_name = "COLUMN:CELL=VALUE", value_parser = table_option::cell_and_meaning)]
    recode: Vec<(String, String)>,
    /// Read tables with this profile, or with none [default: the one that has the headings of the table]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Keep the options with which the table was read as a profile of the archive, for tables with the
    /// same headings
    #[arg(long, value_name = "NAME")]
    save_profile: Option<String>,
    /// The headings of a CSV or TSV table that has none, divided by commas: its first row is data
    #[arg(long, value_name = "NAMES", value_parser = headings)]
    header: Option<Headings>,
    /// The encoding of a table or a bibliography, such as windows-1252 or utf-16le [default: detected]
    #[arg(long, value_name = "NAME", value_parser = table_option::find_encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// The sign between the cells of a table: , ; | or tab [default: detected]
    #[arg(long, value_name = "SIGN", value_parser = table_option::delimiter)]
    delimiter: Option<u8>,
    /// The sign before the decimals in a table, . or , [default: as the column shows]
    #[arg(long, value_name = "SIGN", value_parser = table_option::decimal_sign)]
    decimal: Option<char>,
    /// The sign that groups digits in a table: , . space apostrophe or none [default: as the column
    /// shows]
    #[arg(long, value_name = "SIGN", value_parser = table_option::grouping_sign)]
    grouping: Option<Grouping>,
    /// The order of the dates in a table that are numbers: dmy, mdy or ymd [default: as the column shows]
    #[arg(long, value_name = "ORDER", value_parser = table_option::date_order)]
    dates: Option<DateOrder>,
    /// The century of years with two digits in a table: 20 reads 16 as 2016
    #[arg(long, value_name = "NN", value_parser = table_option::century)]
    century: Option<i16>,
    /// Read quotation marks in a table as text (literal), not as marks around a cell (csv)
    #[arg(long, value_name = "WAY", default_value = "csv", value_parser = ["csv", "literal"])]
    quotes: String,
    /// Make several sources, speakers or places of a cell, divided at this sign, such as
    /// --split place=";"; an empty sign says that the cell is one name (can be repeated)
    #[arg(long, value_name = "COLUMN=SIGN", value_parser = table_option::column_and_sign)]
    split: Vec<(String, String)>,
    /// Take a cell of a table with this text as not stated, such as --na n/a (can be repeated)
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    na: Vec<String>,
    /// Take in this report, which people made in the archive that an export is of; others stay out and are listed. An
    /// empty archive that takes a whole export over gets all (can be repeated)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    with_reports: Vec<String>,
    /// The worksheet of a workbook to read [default: those that `export xlsx` writes, else the first] (can be
    /// repeated)
    #[arg(long, value_name = "NAME")]
    sheet: Vec<String>,
}

/// The headings of a table, as one value of the command line.
#[derive(Clone, Debug)]
struct Headings(Vec<String>);

/// Parses headings, divided by commas.
fn headings(text: &str) -> std::result::Result<Headings, String> {
    table_option::headings(text).map(Headings)
}

/// Prints the commands that would probably read tables which were not understood, with what they assume.
fn print_proposals(options: &import::Options<'_>) {
    let given = std::env::args().skip(1).collect::<Vec<_>>();
    let names: Vec<&str> = options.inputs.iter().map(|input| input.name.as_str()).collect();
    let proposed = import::propose(options, &terminal::context()).unwrap_or_default();
    for import::Proposed { input: name, proposal, problems } in proposed {
        // The other inputs are imported by commands of their own.
        let own = given.iter().filter(|word| **word == name || !names.contains(&word.as_str()));
        let own: Vec<String> = own.map(|word| quote_for_shell(word)).collect();
        // What is behind `--` is no option.
        let end = own.iter().position(|word| word == "--").unwrap_or(own.len());
        let (own, files) = own.split_at(end);
        let files: String = files.iter().map(|word| format!(" {word}")).collect();
        let more = proposal.command_line();
        // Nobody can paste a sign that the terminal does not show.
        if more.contains(char::is_control) {
            continue;
        }
        let left = match problems {
            0 => String::new(),
            1 => ", but for 1 problem".to_owned(),
            many => format!(", but for {many} problems"),
        };
        let mut text = format!("or: this command reads {name}{left}; look at what it assumes:\n");
        for note in proposal.notes() {
            text.push_str(&format!("  {note}\n"));
        }
        text.push_str(&format!("  onrecord {} {more}{files}", own.join(" ")));
        terminal::print_status_lines(&text);
    }
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let mut inputs = Vec::new();
    // The temporary files live until the import is over.
    let mut spools = Vec::new();
    for path in &args.files {
        let name = path.display().to_string();
        if path == Path::new("-") {
            let spool = spool_stdin()?;
            inputs.push(Input { name, content: Content::File(spool.path().to_owned()) });
            spools.push(spool);
        } else if let Some(address) = place::server(path)? {
            inputs.push(Input { name, content: Content::Server(address) });
        } else {
            inputs.push(Input { name, content: Content::File(path.clone()) });
        }
    }
    let bar = terminal::Bar::of_bytes("reading");
    let options = import::Options {
        archive: file,
        inputs,
        format: args.format,
        settings: Settings {
            map: args.map,
            set: args.set,
            fill: args.fill,
            recode: args.recode,
            header: args.header.map(|Headings(names)| names),
            encoding: args.encoding,
            delimiter: args.delimiter,
            signs: Signs { decimal: args.decimal, grouping: args.grouping },
            dates: args.dates,
            century: args.century,
            na: args.na,
            split: args.split,
            literal_quotes: args.quotes == "literal",
            sheets: args.sheet,
        },
        profile: match args.profile.as_deref() {
            None => ProfileChoice::ByHeadings,
            Some("none") => ProfileChoice::None,
            Some(name) => ProfileChoice::Named(name.to_owned()),
        },
        save_profile: args.save_profile,
        dry_run: args.dry_run || args.preview,
        preview: args.preview,
        keep_going: args.keep_going,
        rejects: args.rejects.as_deref(),
        with_reports: args.with_reports,
        progress: bar.progress(),
    };
    let outcome = import::import(options.clone(), &terminal::context());
    bar.clear();
    let outcome = match outcome {
        Err(error @ Error::Problems { .. }) => {
            let exit = failure::report(&error);
            print_proposals(&options);
            return Ok(exit);
        }
        outcome => outcome?,
    };
    let remarks = failure::list_remarks(&outcome.remarks, outcome.remarked - outcome.remarks.len());
    terminal::print_status_lines(&remarks);
    terminal::print_status_lines(&failure::list_problems(&outcome.problems, outcome.more_problems));
    if outcome.rejected == 0 || !outcome.tallies.is_empty() {
        report_tallies(&outcome.tallies);
    }
    report_left_reports(&outcome.left_reports);
    report_similar(&outcome.alike);
    if args.preview {
        terminal::output(|out| Ok(out.write_all(outcome.preview.as_bytes())?))?;
    }
    if args.dry_run || args.preview {
        terminal::print_status("dry run: nothing was written");
    }
    if outcome.rejected == 0 {
        return Ok(Exit::Done);
    }
    let left = match outcome.rejected_lines == outcome.rejected {
        true => format!("left out: {}", outcome.rejected),
        false => format!("left out: {} lines", outcome.rejected_lines),
    };
    terminal::print_status(&match &args.rejects {
        Some(path) if outcome.written_back => {
            format!("{left}; written to {} with the reasons", path.display())
        }
        Some(_) => left,
        None => format!("{left}; --rejects FILE would keep them"),
    });
    Ok(Exit::Found)
}
