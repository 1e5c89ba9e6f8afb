//! Deletes a part that has no key: a mention, a place of a claim, a link, an origin, a name of a place.

use super::add;
use crate::error::{Error, Result};
use crate::model::{Field, Kind, MENTION, Type, Value, kind_of_table, quoted};
use crate::ops::context::{
    Context, Deed, current_key, in_the_way, open_writer, operate, stated_reason,
};
use crate::store::{Obstacles, Words, Writer, remove_row, rows_holding, verdicts_resting_on};
use std::path::Path;

/// A part, by what tells it from others.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its kind.
    pub kind: &'static Kind,
    /// Values of the fields that every such part states, in the order of [`Kind::stated_identity`].
    pub named: Vec<String>,
    /// Values of other fields, by their names; empty for one that is not stated.
    pub narrowed: Vec<(String, String)>,
}

/// The result of deleting a part.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its name in the history.
    pub name: String,
    /// The operation, which can be undone.
    pub operation: i64,
}

/// The kinds of parts that can be deleted by themselves.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    add::kinds().filter(|kind| !kind.keyed() && !kind.append_only)
}

/// The words that name a part of a kind on the command line: `CLAIM SOURCE`.
pub fn usage(kind: &'static Kind) -> String {
    let words = kind.stated_identity().map(|field| field.name.to_uppercase());
    words.collect::<Vec<_>>().join(" ")
}

/// The number of rows that a refusal lists.
const MAX_LISTED: usize = 10;

/// Deletes the one part that has these values.
///
/// # Errors
/// Fails if there is no such part, several fit, or a verdict rests on it; then nothing is changed.
pub fn delete_part(
    archive: &Path,
    part: &Part,
    because: &str,
    context: &Context,
) -> Result<Outcome> {
    let kind = part.kind;
    let writer = open_writer(archive, context)?;
    writer.rely_on_guards()?;
    let because = stated_reason(because)?;
    let given = values(&writer, part)?;
    let found = rows_holding(&writer, kind, &given)?;
    let [(id, row)] = found.as_slice() else {
        return Err(not_one(&writer, part, &given, &found)?);
    };
    let name = format!("{} {}", kind.word, kind.row_name(row));
    let obstacles = resting_on(&writer, kind, row)?;
    if !obstacles.is_empty() {
        return Err(in_the_way(
            &format!("cannot delete {name}: a verdict rests on it"),
            &obstacles,
            &format!(
                "`onrecord assess {} --undo` retracts a verdict; nothing was changed",
                part.named.first().map_or("CLAIM", String::as_str)
            ),
        ));
    }
    let deed = Deed { command: "delete", because: Some(because) };
    operate(&writer, deed, context, |writer, operation| {
        remove_row(writer, kind, *id)?;
        Ok((Outcome { name: name.clone(), operation: operation.id() }, name.clone()))
    })
}

/// The values that are given, with keys in place of names.
fn values(writer: &Writer, part: &Part) -> Result<Vec<(&'static str, Value)>> {
    let kind = part.kind;
    let stated = kind.stated_identity().map(|field| field.name.to_owned());
    let mut fields: Vec<(String, String)> = stated.zip(part.named.iter().cloned()).collect();
    fields.extend(part.narrowed.iter().cloned());
    let mut problems = Vec::new();
    let words = Words::read(writer)?;
    let record = add::read(kind, &fields, None, &words, &mut problems);
    if let Some((_, what)) = problems.into_iter().next() {
        let hint = format!("name it as in `onrecord delete {} {}`", kind.word, usage(kind));
        return Err(Error::Refused { what, hint });
    }
    let value = |field: &'static Field| {
        // What is given as empty is not stated, whatever the field holds by itself.
        if fields.iter().any(|(name, text)| name == field.name && text.is_empty()) {
            return Some(Ok((field.name, Value::Null)));
        }
        let value = &record.given(field.name)?.value;
        Some(key_of(writer, field, value).map(|value| (field.name, value)))
    };
    kind.fields.iter().filter_map(value).collect()
}

/// The value of a field, with the key of a record in place of its name.
fn key_of(writer: &Writer, field: &Field, value: &Value) -> Result<Value> {
    let of = match field.ty {
        Type::Ref(table) => kind_of_table(table),
        _ => None,
    };
    match (of, value.as_text()) {
        (Some(kind), Some(name)) => Ok(Value::Text(current_key(writer, kind, name)?)),
        _ => Ok(value.clone()),
    }
}

/// The error for a part that is not there, or that is one of several.
fn not_one(
    writer: &Writer,
    part: &Part,
    given: &[(&'static str, Value)],
    found: &[(i64, Vec<Value>)],
) -> Result<Error> {
    let kind = part.kind;
    let names = |rows: &[(i64, Vec<Value>)]| {
        let lines = rows.iter().take(MAX_LISTED);
        lines.map(|(_, row)| format!("\n  {}", kind.row_name(row))).collect::<String>()
    };
    let said: Vec<String> = given.iter().map(|(_, value)| value.to_string()).collect();
    let said = said.join(" | ");
    if found.is_empty() {
        let near = rows_holding(writer, kind, &given[..given.len().min(1)])?;
        let what = match near.is_empty() {
            true => format!("there is no {} {}", kind.word, quoted(&said)),
            false => format!("there is no {} {}, but{}", kind.word, quoted(&said), names(&near)),
        };
        let hint = format!("name it as in `onrecord delete {} {}`", kind.word, usage(kind));
        return Ok(Error::Refused { what, hint });
    }
    let apart =
        kind.identity.iter().filter(|name| kind.stated_identity().all(|f| f.name != **name));
    let flags: Vec<String> = apart.map(|name| format!("--{name}")).collect();
    Ok(Error::Refused {
        what: format!("{} rows are {} {}:{}", found.len(), kind.word, said, names(found)),
        hint: format!(
            "say which with {}; an empty value stands for what is not stated",
            flags.join(", ")
        ),
    })
}

/// The verdicts that rest on a mention: they name its source as evidence, and the claim would lose it.
fn resting_on(writer: &Writer, kind: &'static Kind, row: &[Value]) -> Result<Obstacles> {
    let text = |name: &str| kind.position(name).and_then(|n| row[n].as_text());
    let (Some(claim), Some(source), true) = (text("claim"), text("source"), kind.is(&MENTION))
    else {
        return Ok(Obstacles::default());
    };
    let same = [("claim", Value::from(claim)), ("source", Value::from(source))];
    if rows_holding(writer, kind, &same)?.len() > 1 {
        return Ok(Obstacles::default());
    }
    let verdicts = verdicts_resting_on(writer, claim, source)?;
    Ok(Obstacles { named: verdicts, more: 0 })
}
