use crate::exit::Exit;
use crate::terminal;
use clap::ValueHint;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use onrecord::error::{Error, Result};
use onrecord::model::{Kind, template_kinds};
use onrecord::ops::export::{Target, TemplateOptions, write_template};
use std::path::{Path, PathBuf};

/// Write an empty table to fill in and import
///
/// The first row names the columns, the second is an example. It is marked "example: delete this row"
/// and never becomes a record: import leaves it out with a remark, and refuses it if anything in it
/// was changed. A table of claims takes a source, a place, a figure and a verdict in the same row.
/// A workbook also offers the words of the archive, its sources, places and measures as drop-downs,
/// so it names them to whoever receives it, and explains every column on a worksheet. That of claims has
/// worksheets for new sources, places and measures, and `import` reads them all. Where there is no
/// archive yet, the words are those of a new one.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// claims, sources, locations, measures, figures, mentions or assessments
    #[arg(value_parser = kinds(), hide_possible_values = true)]
    kind: &'static Kind,
    /// The file to write; a name in .xlsx makes a workbook [default: standard output]
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    to: Option<PathBuf>,
    /// The file to write, as an option
    #[arg(long, short, value_name = "FILE", conflicts_with = "to", value_hint = ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// Write a workbook, KIND.xlsx unless FILE names it
    #[arg(long)]
    xlsx: bool,
    /// Begin CSV with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// Parses the name of a table for which there is a template.
fn kinds() -> impl TypedValueParser<Value = &'static Kind> {
    let tables = PossibleValuesParser::new(template_kinds().map(|kind| kind.table));
    tables.try_map(|table| {
        template_kinds().find(|kind| kind.table == table).ok_or("not one of these")
    })
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let out = args.to.as_deref().or(args.out.as_deref()).filter(|out| *out != Path::new("-"));
    let is_workbook = |out: &Path| {
        out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"))
    };
    let named = PathBuf::from(format!("{}.xlsx", args.kind.table));
    let out = out.or(args.xlsx.then_some(named.as_path()));
    if let Some(out) = out.filter(|out| args.xlsx && !is_workbook(out)) {
        return Err(Error::Refused {
            what: format!("cannot write a workbook to {}", out.display()),
            hint: "give it a name in .xlsx, by which `import` and spreadsheets know it".to_owned(),
        });
    }
    let workbook = out.is_some_and(is_workbook);
    let options = TemplateOptions { kind: args.kind, workbook, bom: args.bom, force: args.force };
    let context = terminal::context();
    match out {
        Some(out) => {
            write_template(file, options, Target::Path(out), &context)?;
            terminal::print_status(&format!(
                "wrote {0}; fill it in, then: onrecord import {0}",
                out.display()
            ));
        }
        None => {
            terminal::output(|out| write_template(file, options, Target::Stream(out), &context))?
        }
    }
    Ok(Exit::Done)
}
