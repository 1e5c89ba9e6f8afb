//! Makes one record of two: sources, places, measures or claims that are the same.

use crate::error::{Error, Result};
use crate::model::{CLAIM, Kind, MEASURE};
use crate::ops::context::{Context, Deed, find_record, in_the_way, open_writer, operate};
use crate::store::{MergedRecords, Writer, claim_withdrawn, read_row};
use std::path::Path;

/// The records to merge.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The kind of both.
    pub kind: &'static Kind,
    /// The name of the command.
    pub command: &'static str,
    /// Key of the record that goes.
    pub from: String,
    /// Key of the record that stays.
    pub into: String,
    /// The reason.
    pub because: Option<String>,
}

/// The result of merging two records.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The key of the record that went, which reaches the other now.
    pub from: String,
    /// The key of the record that stays.
    pub into: String,
    /// The changes that the merge made.
    pub merged: MergedRecords,
    /// The status of a claim, the assessor of the verdict that holds, and its time.
    pub verdict: Option<(String, Option<String>, Option<String>)>,
}

/// The fields that say what a measure counts: two measures that differ in one are not the same.
const COUNTS: [&str; 4] = ["dimension", "unit", "growth", "scope"];

/// Makes everything that refers to `from` refer to `into`, which takes over the fields that it does
/// not state. The key of `from`, and its former keys, reach `into` from then on, and `from` goes.
/// A claim gets the verdicts of both.
///
/// # Errors
/// Fails if one of them is not there, both are one, the measures count different things, a claim is
/// withdrawn, or two rows would say the same with a difference; then nothing is changed.
pub fn merge(options: &Options<'_>, context: &Context) -> Result<Outcome> {
    let kind = options.kind;
    let writer = open_writer(options.archive, context)?;
    writer.rely_on_guards()?;
    let (_, from) = find_record(&writer, &options.from, &[kind])?;
    let (_, into) = find_record(&writer, &options.into, &[kind])?;
    let word = kind.word;
    let refuse = |what: String, hint: String| Err(Error::Refused { what, hint });
    if from == into {
        let what = format!("{word} {from} cannot be merged into itself");
        return refuse(what, format!("name another {word}"));
    }
    let because = options.because.as_deref().map(str::trim);
    if because == Some("") {
        return refuse("the reason is empty".to_owned(), "say why with --because TEXT".to_owned());
    }
    if kind.is(&CLAIM) {
        for key in [&from, &into] {
            if let Some(Some(why)) = claim_withdrawn(&writer, key)? {
                let hint = format!("`onrecord withdraw {key} --undo` takes it in again");
                return refuse(format!("claim {key} is withdrawn: {why}"), hint);
            }
        }
    }
    if kind.is(&MEASURE) {
        refuse_other_measure(&writer, &from, &into)?;
    }
    let deed = Deed { command: options.command, because };
    let merged = operate(&writer, deed, context, |writer, operation| {
        match writer.merge_records(operation, kind, &from, &into)? {
            Ok(merged) => Ok((merged, format!("{word} {from} into {into}"))),
            Err(obstacles) => Err(in_the_way(
                &format!("cannot merge {word} {from} into {into}"),
                &obstacles,
                "change one of the two rows first; nothing was changed",
            )),
        }
    })?;
    let verdict = if kind.is(&CLAIM) { Some(writer.verdict(&into)?) } else { None };
    Ok(Outcome { from, into, merged, verdict })
}

/// Refuses two measures that count different things.
fn refuse_other_measure(writer: &Writer, from: &str, into: &str) -> Result<()> {
    let (old, new) = (read_row(writer, &MEASURE, from)?, read_row(writer, &MEASURE, into)?);
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    for name in COUNTS {
        let Some(n) = MEASURE.position(name) else { continue };
        if let (Some(old), Some(new)) = (old.get(n), new.get(n))
            && old != new
        {
            let words = |value: &crate::model::Value| match value.is_null() {
                true => "not stated".to_owned(),
                false => value.to_string(),
            };
            return Err(Error::Refused {
                what: format!(
                    "cannot merge measure {from} into {into}: their {name} is {} and {}",
                    words(old),
                    words(new)
                ),
                hint: format!("give both the same {name} first, if they count the same thing"),
            });
        }
    }
    Ok(())
}
