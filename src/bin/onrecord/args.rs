//! Argument parsers that several commands share.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use onrecord::render::Format;

/// Parses one of the words of a library's list, in any case, into its value.
pub fn words<T: Copy + Send + Sync + 'static>(
    list: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(list.iter().map(|(word, _)| *word)).try_map(move |given| {
        let found = list.iter().find(|(word, _)| word.eq_ignore_ascii_case(&given));
        found.map(|(_, value)| *value).ok_or("not one of these")
    })
}

/// Parses the number of an operation.
pub fn operation_number(given: &str) -> Result<i64, String> {
    let number = given.parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| {
        "an operation has a whole number from 1 on; `onrecord log` lists them".to_owned()
    })
}

/// The output options of every command that prints rows.
#[derive(Clone, Copy, Debug, Args)]
pub struct Output {
    /// The form of the output: table, csv, tsv, json, ndjson, markdown or html
    #[arg(
        long,
        value_parser = words(&Format::WORDS),
        ignore_case = true,
        default_value = "table",
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub format: Format,
    /// With csv, write texts as they are: those that a spreadsheet would take for a formula otherwise have an
    /// apostrophe before them
    #[arg(long)]
    pub raw: bool,
}
