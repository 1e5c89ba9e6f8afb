//! What a record says of a page that is in the archive already, under other words.

use crate::error::Result;
use crate::model::{Record, SourcePos, Value, fold_name, quoted};
use crate::store::{RowWriter, read_row};

/// The outcome of comparing a record with the source that has its address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SamePage {
    /// They say the same.
    Same,
    /// One of title and date differs: it is the same page. A remark keeps the other words.
    Remark(SourcePos, String),
    /// Both differ: nothing says that it is the same page.
    Problem(SourcePos, String),
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
            (Some(a), Some(b)) => fold_name(a) == fold_name(b),
            _ => given.value.is_equal(&held) || given.value.is_null(),
        };
        (!same).then(|| (name, given.pos.clone(), given.value.to_string(), held.to_string()))
    };
    let found: Vec<_> = ["title", "published"].into_iter().filter_map(differing).collect();
    Ok(match found.as_slice() {
        [] => SamePage::Same,
        [(name, pos, given, held)] => {
            record.unset(name);
            let what = format!(
                "source {key} has this address: its {name} stays {}, and {} is left out",
                quoted(held),
                quoted(given)
            );
            SamePage::Remark(pos.clone(), what)
        }
        [(_, pos, title, held_title), (_, _, date, held_date), ..] => {
            let what = format!(
                "source {key} has this address, and is called {} of {held_date}; this is {} of {date}: give \
                 each its own address, or leave out what does not tell them apart",
                quoted(held_title),
                quoted(title)
            );
            SamePage::Problem(pos.clone(), what)
        }
    })
}
