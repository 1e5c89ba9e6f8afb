//! What is wrong with records taken together, before anything is written: references to nothing,
//! keys that stand twice, numbers in the wrong order.

use crate::error::Result;
use crate::model::{
    COLUMNS, Column, Equation, FieldValue, Kind, Problem, Record, SourcePos, Type, Value,
    did_you_mean,
};
use crate::store::{Handle, all_keys, exists, read_row};
use std::collections::{BTreeMap, HashMap};

/// Keys that the documents themselves bring, by table.
type Brought = HashMap<&'static str, BTreeMap<String, SourcePos>>;

/// Finds all problems of the records of one import. `inputs` names the documents.
pub(in crate::ops) fn problems(
    db: &Handle,
    inputs: &[String],
    records: &[(usize, Record)],
) -> Result<Vec<Problem>> {
    let mut found = Vec::new();
    let mut brought = Brought::new();
    let report = |input: usize, pos: &SourcePos, what: String| Problem {
        input: inputs.get(input).cloned().unwrap_or_default(),
        pos: pos.clone(),
        what,
    };
    for (input, record) in records {
        let name = match record.kind.identity {
            ["key"] => "key",
            ["name"] => "name",
            _ => continue,
        };
        let Some(key) = record.text(name) else { continue };
        let keys = brought.entry(record.kind.table).or_default();
        if let Some(first) = keys.get(key) {
            let first = match first {
                SourcePos::Line(line, _) => format!("; it stands in line {line} already"),
                _ => String::new(),
            };
            let pos = record.given(name).map_or(&record.pos, |given| &given.pos);
            let what = format!("a second {} with the key {key:?}{first}", record.kind.word);
            found.push(report(*input, pos, what));
        } else {
            keys.insert(key.to_owned(), record.pos.clone());
        }
    }
    let mut known = Known::default();
    for (input, record) in records {
        let mut say = |pos: &SourcePos, what: String| found.push(report(*input, pos, what));
        let kind = record.kind;
        let there = match record.text("key") {
            Some(key) if kind.keyed() => exists(db, kind.table, key)?,
            _ => kind.identity.is_empty() || kind.identity == ["code"],
        };
        one(db, record, there, false, &mut say)?;
        references(db, &brought, &mut known, record, &mut say)?;
        for part in &record.parts {
            references(db, &brought, &mut known, part, &mut say)?;
        }
    }
    Ok(found)
}

/// Keys to mean instead of one that is not there, looked up once for each table.
#[derive(Default)]
struct Known {
    keys: HashMap<&'static str, Vec<String>>,
    asked: usize,
}

impl Known {
    /// Comparing takes its time: after so many wrong references nobody reads on.
    const MOST: usize = 200;

    fn near(
        &mut self,
        db: &Handle,
        brought: &Brought,
        table: &'static str,
        key: &str,
    ) -> Result<String> {
        self.asked += 1;
        if self.asked > Self::MOST {
            return Ok(String::new());
        }
        if !self.keys.contains_key(table) {
            let mut keys = all_keys(db, table)?;
            keys.extend(brought.get(table).into_iter().flat_map(|keys| keys.keys().cloned()));
            self.keys.insert(table, keys);
        }
        let keys = self.keys.get(table).into_iter().flatten().map(String::as_str);
        Ok(did_you_mean(key, keys))
    }
}

/// What is wrong with one record by itself. `known` says whether its row is there already;
/// `unsorted` whether a claim may leave its kind unsaid.
pub(in crate::ops) fn one(
    db: &Handle,
    record: &Record,
    known: bool,
    unsorted: bool,
    say: &mut dyn FnMut(&SourcePos, String),
) -> Result<()> {
    if !known {
        let mut needed = |pos: &SourcePos, name: &str, what: String| {
            if !(unsorted && name == "kind") {
                say(pos, what);
            }
        };
        required(record, &mut needed);
        sense(record, say);
    } else {
        sense(&together(db, record)?, say);
    }
    Ok(())
}

/// A new record has what a record of its kind needs; one that is there already needs only what
/// changes.
fn required(record: &Record, say: &mut dyn FnMut(&SourcePos, &str, String)) {
    let kind = record.kind;
    for (field, given) in kind.fields.iter().zip(&record.values) {
        let name = field.name;
        if !Kind::asks_for(field) || given.is_some() || record.filled == Some(name) {
            continue;
        }
        let pos = match &record.pos {
            SourcePos::Whole => crate::ops::flag(name),
            pos => pos.clone(),
        };
        let what = match pos {
            SourcePos::Flag(_) => format!("a new {} needs it: {}", kind.word, field.about),
            _ => match record.text("title").or_else(|| record.text("name")) {
                // A name stood in place of a key.
                Some(title) if record.proposed => {
                    format!("no {} is called {title:?}; a new one needs a {name}", kind.word)
                        + &columns_of(record, name)
                }
                _ => format!("{} has no {name}", record.name()),
            },
        };
        say(&pos, name, what);
    }
}

/// The columns of a table that would say it.
fn columns_of(record: &Record, field: &str) -> String {
    let own =
        |column: &&Column| std::ptr::eq(column.part.kind(), record.kind) && column.field == field;
    let names: Vec<&str> = COLUMNS.iter().filter(own).map(|column| column.name).collect();
    match record.pos {
        SourcePos::Cell(..) if !names.is_empty() => format!(" (column {})", names.join(" or ")),
        _ => String::new(),
    }
}

/// Every reference leads somewhere.
fn references(
    db: &Handle,
    brought: &Brought,
    known: &mut Known,
    record: &Record,
    say: &mut dyn FnMut(&SourcePos, String),
) -> Result<()> {
    for (field, given) in record.kind.fields.iter().zip(&record.values) {
        let (Type::Ref(table), Some(FieldValue { value: Value::Text(key), pos, .. })) =
            (field.ty, given)
        else {
            continue;
        };
        let own = brought.get(table);
        if own.is_some_and(|keys| keys.contains_key(key)) || exists(db, table, key)? {
            continue;
        }
        let near = known.near(db, brought, table, key)?;
        let word = crate::model::kind_of_table(table).map_or(table, |kind| kind.word);
        say(
            pos,
            format!("{} of {}: no {word} has the key {key:?}{near}", field.name, record.name()),
        );
    }
    Ok(())
}

/// The record with what its row holds already, where there is one: what only changes a part has to
/// make sense with the rest.
fn together(db: &Handle, record: &Record) -> Result<Record> {
    let mut whole = record.clone();
    let key = record.text("key").filter(|_| ["figures", "locations"].contains(&record.kind.table));
    let Some(key) = key else { return Ok(whole) };
    for (held, given) in
        read_row(db, record.kind, key)?.into_iter().flatten().zip(&mut whole.values)
    {
        if given.is_none() && !held.is_null() {
            *given = Some(FieldValue { value: held, pos: record.pos.clone(), bad: false });
        }
    }
    Ok(whole)
}

/// A record in a message, which is seldom written.
struct Named<'a>(&'a Record);

impl std::fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.name())
    }
}

/// What the fields of one record say together.
fn sense(record: &Record, say: &mut dyn FnMut(&SourcePos, String)) {
    let number = |name: &str| record.given(name).and_then(|given| given.value.as_number());
    let pos = |name: &str| record.given(name).map_or(record.pos.clone(), |g| g.pos.clone());
    let name = Named(record);
    match record.kind.table {
        "figures" => {
            let (value, low, high) = (number("value"), number("low"), number("high"));
            let above =
                |a: Option<f64>, b: Option<f64>| matches!((a, b), (Some(a), Some(b)) if a > b);
            if above(low, high) {
                say(&pos("low"), format!("low of {name} is above high"));
            }
            if above(low, value) {
                say(&pos("value"), format!("value of {name} is below low"));
            }
            if above(value, high) {
                say(&pos("value"), format!("value of {name} is above high"));
            }
            let wordless =
                ["exact", "about", "nearly", "over", "at_least", "under", "at_most", "between"];
            let qualifier = record.text("qualifier").unwrap_or("exact");
            // A number that was given badly is another problem; one that is taken away is none.
            let bad = |name: &&str| record.given(name).is_some_and(|g| g.value.is_null() && g.bad);
            let none = (value, low, high) == (None, None, None)
                && !["value", "low", "high"].iter().any(bad);
            if none && wordless.contains(&qualifier) {
                let what = format!(
                    "{name} has no value, low or high; an amount without a number has a qualifier \
                     such as tens, none, unknown or unquantified"
                );
                say(&record.pos, what);
            }
            let given = |name: &str| record.given(name).is_some_and(|given| !given.value.is_null());
            let wordy = ["none", "unknown", "unquantified"].contains(&qualifier);
            if wordy && ["value", "low", "high"].into_iter().any(given) {
                say(
                    &pos("qualifier"),
                    format!("{name} has a number, and {qualifier} says that there is none"),
                );
            }
            if qualifier == "between"
                && !(given("low") && given("high"))
                && record.given("qualifier").is_some()
            {
                say(
                    &pos("qualifier"),
                    format!("{name} is between two numbers, and has not both low and high"),
                );
            }
            same(record, "key", "out_of", "is out of itself", say);
        }
        "locations" => {
            for (field, most) in [("lat", 90.0), ("lon", 180.0)] {
                if number(field).is_some_and(|degrees: f64| degrees.abs() > most) {
                    say(
                        &pos(field),
                        format!("{field} of {name} is not between -{most} and {most}"),
                    );
                }
            }
            if number("lat").is_some() != number("lon").is_some() {
                say(&record.pos, format!("{name} has one coordinate; lat and lon come together"));
            } else if number("lat").is_some() && number("precision").is_none() {
                let what = format!(
                    "{name} has coordinates without a precision; say how exact they are (1 to 7)"
                );
                say(&record.pos, what);
            }
            same(record, "key", "within", "lies within itself", say);
        }
        "equations" => {
            if let Some(Err(why)) = record.text("expression").map(Equation::parse) {
                say(&pos("expression"), format!("expression of {name}: {why}"));
            }
        }
        "claim_links" => same(record, "from", "to", "links a claim to itself", say),
        "source_origins" => same(record, "source", "origin", "makes a source its own origin", say),
        "assessments" => {
            if record.text("status") == Some("unassessed") {
                let what =
                    "unassessed means that there is no verdict; it cannot be given".to_owned();
                say(&pos("status"), what);
            }
            for part in &record.parts {
                let named = ["source", "claim", "figure"];
                if named.iter().filter(|name| part.text(name).is_some()).count() != 1 {
                    let what = "a piece of evidence names one source, one claim or one figure";
                    say(&part.pos, what.to_owned());
                }
            }
        }
        _ => {}
    }
}

fn same(
    record: &Record,
    one: &str,
    other: &str,
    what: &str,
    say: &mut dyn FnMut(&SourcePos, String),
) {
    if let (Some(a), Some(b)) = (record.text(one), record.given(other))
        && b.value.as_text() == Some(a)
    {
        say(&b.pos, format!("{} {what}", record.name()));
    }
}
