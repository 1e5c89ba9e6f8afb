//! What a record says of a page that is in the archive already, under other words.

use crate::error::Result;
use crate::model::{Record, Snapshot, SourcePos, Value, fold_name, quoted, snapshot};
use crate::store::{RowWriter, read_row};

/// The outcome of comparing a record with the source that has its address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SamePage {
    /// They say the same.
    Same,
    /// One of title and date differs, or the spelling of its address: it is the same page. A remark keeps
    /// the other words.
    Remark(SourcePos, String),
    /// Both differ: nothing says that it is the same page.
    Problem(SourcePos, String),
}

/// Takes the address of a copy in a web archive apart: the page is the source, and the archive holds a copy.
/// Returns a remark if it did.
pub(super) fn settle_snapshot(record: &mut Record) -> Option<(SourcePos, String)> {
    let field = record.kind.address?;
    let given = record.given(field)?;
    let pos = given.pos.clone();
    let Snapshot { address, archived } = snapshot(given.value.as_text()?)?;
    if record.given("archived_url").is_some_and(|other| !other.value.is_null()) {
        return None;
    }
    let what = format!(
        "{} is a copy of {}: it is kept as archived_url",
        quoted(&archived),
        quoted(&address)
    );
    record.set(field, Value::Text(address), pos.clone());
    record.set("archived_url", Value::Text(archived), pos.clone());
    Some((pos, what))
}

/// Compares the title and the date of a record with those of the source `key`, which has its address,
/// and takes what differs out of the record. A page changes its title, and one address may be given for
/// the pages behind it; `others` are the records of its unit.
pub(super) fn settle_page(
    rows: &mut RowWriter<'_>,
    others: &[Record],
    record: &mut Record,
    key: &str,
) -> Result<SamePage> {
    rows.flush()?;
    let kind = record.kind;
    let row = read_row(rows.archive(), kind, key)?;
    let held = |name: &str| -> Option<Value> {
        let position = kind.position(name)?;
        let value = match &row {
            Some(row) => Some(row[position].clone()),
            None => {
                let is_it = |other: &&Record| {
                    other.kind.is(kind) && other.text("key") == Some(key) && other.pos != record.pos
                };
                others.iter().find(is_it)?.given(name).map(|given| given.value.clone())
            }
        };
        value.filter(|value| !value.is_null())
    };
    let differing = |name: &'static str| {
        let (given, held) = (record.given(name)?, held(name)?);
        let same = match (given.value.as_text(), held.as_text()) {
            (Some(a), Some(b)) if name == "title" => fold_name(a) == fold_name(b),
            _ => given.value.is_equal(&held) || given.value.is_null(),
        };
        (!same).then(|| (name, given.pos.clone(), given.value.to_string(), held.to_string()))
    };
    let described: Vec<_> = ["title", "published"].into_iter().filter_map(differing).collect();
    if let [(_, pos, title, held_title), (_, _, date, held_date)] = described.as_slice() {
        let what = format!(
            "source {key} has this address, and is called {} of {held_date}; this is {} of {date}: give each \
             its own address, or leave out what does not tell them apart",
            quoted(held_title),
            quoted(title)
        );
        return Ok(SamePage::Problem(pos.clone(), what));
    }
    // Where it is to be found may be written in several ways.
    let places = ["url", "identifier", "archived_url"].into_iter().filter_map(differing);
    let found: Vec<_> = described.into_iter().chain(places).collect();
    let Some((_, pos, _, _)) = found.first() else { return Ok(SamePage::Same) };
    let pos = pos.clone();
    let stays = |(name, _, given, held): &(&str, SourcePos, String, String)| {
        format!("its {name} stays {}, not {}", quoted(held), quoted(given))
    };
    let stays: Vec<String> = found.iter().map(stays).collect();
    found.iter().for_each(|(name, ..)| record.unset(name));
    Ok(SamePage::Remark(pos, format!("this is source {key}: {}", stays.join("; "))))
}
