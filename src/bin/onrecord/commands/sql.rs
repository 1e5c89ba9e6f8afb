use crate::args::Output;
use crate::exit::Exit;
use crate::input::read;
use crate::output::print_rows;
use crate::shell;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::model::{Value, parse_number};
use onrecord::ops::Place;
use onrecord::ops::query::sql;
use onrecord::render::Style;
use std::io::IsTerminal;
use std::path::Path;

/// Run any SQL that reads
///
/// The SQL cannot write, attach or load anything. Several statements give several results. Without
/// QUERY the SQL is read from standard input; on a terminal a shell opens, with line editing,
/// completion and a history: .help lists its commands. On a server (--file postgres://…) it is one
/// query in the SQL of PostgreSQL.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The SQL
    query: Option<String>,
    /// A value for :name in the SQL; a number is bound as a number (can be repeated)
    #[arg(short, long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// Stop after so many seconds; 0 is no limit [default: 10]
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<f64>,
    #[command(flatten)]
    output: Output,
}

pub fn run(place: Place<'_>, args: Args) -> Result<Exit> {
    if args.query.is_none() && std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        let file = match place {
            Place::File(file) => file,
            Place::Server(address) => {
                return Err(Error::Refused {
                    what: format!("cannot open a shell at {address}"),
                    hint: "write the query after the command; psql is the shell of PostgreSQL"
                        .to_owned(),
                });
            }
        };
        if let Some(param) = args.params.first() {
            return Err(Error::Refused {
                what: format!(
                    "cannot take -p {param} without a query: the shell has no parameters"
                ),
                hint: "write the query after the command".to_owned(),
            });
        }
        return shell::run(file, args.output.format, args.timeout);
    }
    let text = match args.query {
        Some(query) => query,
        None => String::from_utf8(read(Path::new("-"))?).map_err(|_| Error::Refused {
            what: "cannot read the query: it is not UTF-8".to_owned(),
            hint: String::new(),
        })?,
    };
    let params: Result<Vec<(String, Value)>> = args.params.iter().map(|text| param(text)).collect();
    let (params, cancel) = (params?, terminal::cancel_foreign(args.timeout));
    let style = Style { absent: "NULL", ..terminal::style() };
    print_rows(args.output, style, |sink| sql::run_sql(place, text, params, cancel, sink))?;
    Ok(Exit::Done)
}

/// Parses NAME=VALUE; a value in canonical decimal form is bound as a number.
fn param(text: &str) -> Result<(String, Value)> {
    let (name, value) = text.split_once('=').ok_or_else(|| Error::Refused {
        what: format!("{text:?} is not a parameter"),
        hint: "write -p name=value".to_owned(),
    })?;
    // "007" and "1/3" are text to SQL.
    let number = parse_number(value).ok().filter(|number| number.to_string() == value);
    Ok((name.to_owned(), number.unwrap_or_else(|| Value::from(value))))
}
