//! Resolves the keys that were left out: a record without a key becomes the row that says the same,
//! or gets the next free key. Two different things never share a key unseen.

use super::unit_state::UnitProblem;
use crate::error::Result;
use crate::model::{
    Kind, Record, SourcePos, Type, Value, is_stand_in, key_with_year, numbered_key,
};
use crate::store::{Handle, RowWriter, keys_of_same, read_row, source_at};

/// A row that a record without a key is.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ops) enum Same {
    /// No row says the same.
    None,
    /// This row does.
    Row(String),
    /// This row has the address of the record, whatever it is called.
    Address(String),
    /// Each of these rows does, and nothing tells which is meant.
    Several(Vec<String>),
}

/// A key that was resolved for a record.
#[derive(Debug)]
pub(super) struct ResolvedKey {
    /// The record, by position in its unit.
    pub(super) record: usize,
    /// The row whose key it is, if it is that of a row.
    pub(super) row: Option<Same>,
}

/// The key to propose for a record that has none: made from its name and the year of its date.
/// `None` where the record has no name.
pub(in crate::ops) fn proposed_key(record: &Record) -> Option<String> {
    let text = record.text(record.kind.key_from?)?;
    Some(key_with_year(text, record.text("published"), record.kind.word))
}

/// The row that a record is, going by what the record says. `base` is the key proposed for it.
pub(in crate::ops) fn find_same(db: &Handle, record: &Record, base: &str) -> Result<Same> {
    if let (Some(address), Some(kind)) =
        (record.kind.address.and_then(|field| record.text(field)), record.text("kind"))
        && let Some(key) = source_at(db, address, kind)?
    {
        return Ok(Same::Address(key));
    }
    let mut keys = keys_of_same(db, record, base)?;
    // Where a place is told by more than its name, the first that fits is the one.
    let placed = ["within", "lat"].iter().any(|name| is_stated(record, name));
    Ok(match keys.len() {
        0 => Same::None,
        1 => Same::Row(keys.remove(0)),
        _ if record.kind.whole().is_some() && !placed => Same::Several(keys),
        _ => Same::Row(keys.remove(0)),
    })
}

/// The first key that is free in the archive: `base`, or with a number behind it.
pub(in crate::ops) fn free_key(db: &Handle, kind: &Kind, base: &str) -> Result<String> {
    let mut n = 1;
    loop {
        let key = numbered_key(base, n);
        if !crate::store::exists(db, kind.table, &key)? {
            return Ok(key);
        }
        n += 1;
    }
}

/// Resolves the keys of the records of one unit, with all references to them, and fills in keys
/// that are made of other fields. `input` is the position of the unit's input.
pub(super) fn resolve_keys(
    rows: &mut RowWriter<'_>,
    records: &mut [Record],
    input: usize,
    problems: &mut Vec<UnitProblem>,
) -> Result<Vec<ResolvedKey>> {
    let mut resolved: Vec<ResolvedKey> = Vec::new();
    // Places hold places: the outer one first.
    let mut order: Vec<usize> = (0..records.len()).filter(|n| records[*n].proposed).collect();
    if order.len() > 1 {
        order.sort_by_cached_key(|n| depth(records, *n));
    }
    for n in order {
        let Some(held) = records[n].text("key").map(str::to_owned) else { continue };
        let stand_in = is_stand_in(&held);
        let base = match stand_in {
            true => match proposed_key(&records[n]) {
                Some(base) => base,
                // That its name is missing is a problem of its own.
                None => continue,
            },
            false => held.clone(),
        };
        let earlier = match stand_in {
            true => same_in_unit(records, &resolved, n),
            false => None,
        };
        let (key, row) = match earlier {
            Some(key) => (key, None),
            None => match find_row(rows, &records[n], &base)? {
                Same::None => (next_free(rows, records, n, &base)?, None),
                Same::Several(keys) => {
                    problems.push(several(&records[n], &keys, input));
                    (base, None)
                }
                Same::Row(key) => (key.clone(), Some(Same::Row(key))),
                Same::Address(key) => (key.clone(), Some(Same::Address(key))),
            },
        };
        if key != held {
            rename(records, n, &held, &key);
        }
        resolved.push(ResolvedKey { record: n, row });
    }
    records.iter_mut().for_each(fill_key);
    Ok(resolved)
}

/// Fills in a key that is made of other fields, where none is given: that of a figure is
/// CLAIM-MEASURE.
pub(in crate::ops) fn fill_key(record: &mut Record) {
    let parts = record.kind.key_parts;
    if parts.is_empty() || record.given("key").is_some() {
        return;
    }
    let values: Option<Vec<&str>> = parts.iter().map(|name| record.text(name)).collect();
    if let Some(values) = values {
        let (key, pos) = (values.join("-"), record.pos.clone());
        record.set("key", Value::Text(key), pos);
    }
}

/// Returns true if a record states a field.
fn is_stated(record: &Record, field: &str) -> bool {
    record.given(field).is_some_and(|given| !given.value.is_null())
}

/// The problem that several rows are called what a record is called.
fn several(record: &Record, keys: &[String], input: usize) -> UnitProblem {
    let name = record.kind.key_from.unwrap_or_default();
    let what = format!(
        "{} {}s are called {:?}: {}; give the key of the one that is meant",
        keys.len(),
        match record.kind.word {
            "location" => "place",
            word => word,
        },
        record.text(name).unwrap_or_default(),
        keys.join(", ")
    );
    let pos = record.given(name).map_or(&record.pos, |given| &given.pos).clone();
    UnitProblem { input, pos, what }
}

/// The problem of a record without a key that is a row already, where rows are only to be added.
/// `None` where it is no row.
pub(in crate::ops) fn is_there_already(record: &Record, row: &Same) -> Option<(SourcePos, String)> {
    let kind = record.kind;
    let word = kind.word;
    let name = kind.key_from.unwrap_or("key");
    let (field, key, what) = match row {
        Same::None | Same::Several(_) => return None,
        Same::Row(key) => {
            let fields: Vec<&str> =
                std::iter::once(name).chain(kind.told_apart_by.iter().copied()).collect();
            (name, key, format!("is the same ({})", fields.join(", ")))
        }
        Same::Address(key) => {
            (kind.address.unwrap_or(name), key, "has this address already".to_owned())
        }
    };
    let at = record.given(field).map_or(&record.pos, |given| &given.pos);
    let (change, another) = match at {
        SourcePos::Flag(_) | SourcePos::Whole => {
            (format!("--key {key} --update changes it"), "another --key")
        }
        _ => (format!("`key = {key:?}` changes it with --update"), "another key"),
    };
    let what = format!("{word} {key} {what}; {change}, {another} makes a second {word}");
    Some((at.clone(), what))
}

/// [`find_same`] with what is known of buffered rows.
fn find_row(rows: &mut RowWriter<'_>, record: &Record, base: &str) -> Result<Same> {
    if record.kind.found_by == crate::model::FoundBy::Key {
        if rows.find_id(record.kind.table, base)?.is_none() {
            return Ok(Same::None);
        }
        rows.flush()?;
    }
    find_same(rows.archive(), record, base)
}

/// The key of an earlier record of the unit that says the same.
fn same_in_unit(records: &[Record], resolved: &[ResolvedKey], n: usize) -> Option<String> {
    let same = |one: &&ResolvedKey| is_same(&records[one.record], &records[n]);
    let earlier = resolved.iter().find(same)?;
    records[earlier.record].text("key").map(str::to_owned)
}

/// Returns true if two records are the same: of one kind and name, and every field that tells such
/// records apart agrees where both state it. [`keys_of_same`] asks the same of the rows of the
/// archive.
fn is_same(one: &Record, other: &Record) -> bool {
    let kind = one.kind;
    let value = |record: &Record, name: &str| {
        record.given(name).map(|given| given.value.clone()).filter(|value| !value.is_null())
    };
    let agree = |name: &&str| match (value(one, name), value(other, name)) {
        (Some(a), Some(b)) => {
            a == b || a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b)
        }
        _ => true,
    };
    let named = kind.key_from.and_then(|name| one.text(name).map(|text| (name, text)));
    kind.is(other.kind)
        && named.is_some_and(|(name, text)| other.text(name) == Some(text))
        && kind.told_apart_by.iter().all(agree)
}

/// The number of records of the unit that a record is a part of, one through the other.
fn depth(records: &[Record], n: usize) -> usize {
    let Some(whole) = records[n].kind.whole() else { return 0 };
    let (mut depth, mut here) = (0, n);
    while let Some(around) = records[here].text(whole.name)
        && let Some(next) =
            records.iter().position(|r| r.kind.is(records[n].kind) && r.text("key") == Some(around))
        && depth < records.len()
    {
        depth += 1;
        here = next;
    }
    depth
}

/// The first key that is free in the archive and in the unit.
fn next_free(rows: &mut RowWriter<'_>, records: &[Record], n: usize, base: &str) -> Result<String> {
    let kind = records[n].kind;
    let mut number = 1;
    loop {
        let key = numbered_key(base, number);
        let taken = records.iter().enumerate().any(|(other, record)| {
            other != n && record.kind.is(kind) && record.text("key") == Some(&key)
        });
        if !taken && rows.find_id(kind.table, &key)?.is_none() {
            return Ok(key);
        }
        number += 1;
    }
}

/// The problem of a source whose citation key is that of another work in the archive: its title is
/// another, and so is its author, address or kind.
pub(super) fn another_work(
    rows: &mut RowWriter<'_>,
    record: &Record,
) -> Result<Option<(SourcePos, String)>> {
    let Some(key) = record.text("key").filter(|_| !record.proposed) else { return Ok(None) };
    let Some(row) = read_row(rows.archive(), record.kind, key)? else { return Ok(None) };
    let differs = |name: &str| {
        let held = record.kind.position(name).and_then(|n| row[n].as_text());
        let fold = |text: &str| text.to_lowercase().split_whitespace().collect::<String>();
        held.zip(record.text(name)).is_some_and(|(held, given)| fold(held) != fold(given))
    };
    if !differs("title") || !["author", "url", "kind"].into_iter().any(differs) {
        return Ok(None);
    }
    let title = record.kind.position("title").map(|n| row[n].to_string()).unwrap_or_default();
    let pos = record.given("key").map_or(&record.pos, |given| &given.pos).clone();
    let what = format!(
        "source {key} is another work here: {title:?}; give this one another citation key, or change \
         that one first with `onrecord add source --update`"
    );
    Ok(Some((pos, what)))
}

/// Gives record `n` the key `to` instead of `from`, in all references of the unit too. Another
/// record may have had `to` before: only references to `from` follow.
fn rename(records: &mut [Record], n: usize, from: &str, to: &str) {
    let table = records[n].kind.table;
    if let Some(given) = records[n].given("key") {
        let pos = given.pos.clone();
        records[n].set("key", Value::from(to), pos);
    }
    let repoint = |record: &mut Record| {
        for (field, given) in record.kind.fields.iter().zip(&mut record.values) {
            if let (Type::Ref(of), Some(given)) = (field.ty, given)
                && of == table
                && given.value.as_text() == Some(from)
            {
                given.value = Value::from(to);
            }
        }
    };
    for record in records.iter_mut() {
        repoint(record);
        record.parts.iter_mut().for_each(repoint);
    }
}
