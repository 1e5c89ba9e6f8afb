//! Settles proposed keys: one that was made up from a name becomes the key of the row that says the
//! same, or the next that is free. A key is never silently shared by two different things.

use crate::error::Result;
use crate::model::{Kind, Record, SourcePos, Type, Value};
use crate::store::{Handle, RowWriter, keys_with, places_named, read_row};

/// What tells one thing from another when no key was given, by table: the first has to be the same,
/// the others where both state them.
fn telling(table: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match table {
        "sources" => (&["kind", "title"], &["outlet", "published", "url"]),
        "claims" => (&["text"], &["happened"]),
        "locations" => (&["name"], &["kind", "within", "lat", "lon"]),
        "measures" => (&["title"], &["dimension", "growth", "unit"]),
        _ => (&[], &[]),
    }
}

/// Settles the proposed keys of the records of one unit, and what refers to them.
pub(in crate::ops) fn settle(
    rows: &mut RowWriter<'_>,
    records: &mut [Record],
    problems: &mut Vec<(SourcePos, String)>,
) -> Result<()> {
    // Places hold places: the outer one is settled first.
    let mut order: Vec<usize> = (0..records.len()).filter(|n| records[*n].proposed).collect();
    order.sort_by_key(|n| depth(records, *n));
    for n in order {
        let Some(proposed) = records[n].text("key").map(str::to_owned) else { continue };
        let key = match records[n].kind.table {
            "locations" => match place(rows.archive(), &records[n])? {
                Found::One(key) => key,
                Found::Several(keys) => {
                    let name = records[n].text("name").unwrap_or_default().to_owned();
                    let pos = records[n].given("name").map(|given| given.pos.clone());
                    let what = format!(
                        "{} places are called {name:?}: {}; give the key of the one that is meant",
                        keys.len(),
                        keys.join(", ")
                    );
                    problems.push((pos.unwrap_or_default(), what));
                    continue;
                }
                Found::None => free(rows, records, n, &proposed)?,
            },
            "sources" => match page(rows.archive(), &records[n])? {
                Some(key) => key,
                None => free(rows, records, n, &proposed)?,
            },
            _ => free(rows, records, n, &proposed)?,
        };
        if key != proposed {
            rename(records, n, &proposed, &key);
        }
    }
    Ok(())
}

fn depth(records: &[Record], n: usize) -> usize {
    let mut depth = 0;
    let mut here = n;
    while let Some(within) = records[here].text("within") {
        let Some(next) = records
            .iter()
            .position(|r| r.kind.table == "locations" && r.text("key") == Some(within))
        else {
            break;
        };
        depth += 1;
        here = next;
        if depth > records.len() {
            break;
        }
    }
    depth
}

/// The first key that is free, or that of the row that says the same.
fn free(rows: &mut RowWriter<'_>, records: &[Record], n: usize, proposed: &str) -> Result<String> {
    let record = &records[n];
    for number in 1_usize.. {
        let key = if number == 1 { proposed.to_owned() } else { format!("{proposed}-{number}") };
        let taken = records.iter().enumerate().any(|(other, r)| {
            other != n && r.kind.table == record.kind.table && r.text("key") == Some(&key)
        });
        if taken {
            continue;
        }
        if rows.find_id(record.kind.table, &key)?.is_none() {
            return Ok(key);
        }
        rows.flush()?;
        match read_row(rows.archive(), record.kind, &key)? {
            Some(row) if !same(record.kind, record, &row) => {}
            _ => return Ok(key),
        }
    }
    Ok(proposed.to_owned())
}

/// What is wrong with a source whose citation key is that of another work here: its title is another,
/// and so is its author or address.
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

/// Whether a row says what a proposed record says.
fn same(kind: &Kind, record: &Record, row: &[Value]) -> bool {
    let (first, others) = telling(kind.table);
    let held = |name: &str| kind.position(name).map_or(&Value::Null, |position| &row[position]);
    let given = |name: &str| record.given(name).map(|given| &given.value);
    first.iter().all(|name| given(name) == Some(held(name)))
        && others.iter().all(|name| match (given(name), held(name)) {
            (None | Some(Value::Null), _) | (_, Value::Null) => true,
            (Some(a), b) => a == b || a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b),
        })
}

/// The source of the same kind that stands at the same address, whatever it is titled: one page is one
/// source, and one origin. People and bodies may share an address.
fn page(db: &Handle, record: &Record) -> Result<Option<String>> {
    let (Some(url), Some(kind)) = (record.text("url"), record.text("kind")) else {
        return Ok(None);
    };
    if ["person", "organisation", "unnamed"].contains(&kind) {
        return Ok(None);
    }
    for key in keys_with(db, "sources", "url", url)? {
        let held = read_row(db, record.kind, &key)?;
        let held = held.as_ref().zip(record.kind.position("kind"));
        if held.is_some_and(|(row, n)| row[n].as_text() == Some(kind)) {
            return Ok(Some(key));
        }
    }
    Ok(None)
}

enum Found {
    None,
    One(String),
    Several(Vec<String>),
}

/// A place by any of its names. What is said of it beside the name has to fit.
fn place(db: &Handle, record: &Record) -> Result<Found> {
    let Some(name) = record.text("name") else { return Ok(Found::None) };
    let said = |name: &str| record.given(name).is_some_and(|given| !given.value.is_null());
    let placed = said("within") || said("lat");
    let mut keys = Vec::new();
    for key in places_named(db, name)? {
        let Some(mut row) = read_row(db, record.kind, &key)? else { continue };
        // Found by another of its names, it need not have this one first.
        if let Some(position) = record.kind.position("name") {
            row[position] = Value::from(name);
        }
        if same(record.kind, record, &row) {
            keys.push(key);
        }
    }
    Ok(match keys.len() {
        0 => Found::None,
        1 => Found::One(keys.remove(0)),
        // With coordinates or a place around it, the name alone no longer decides: the first fits.
        _ if placed => Found::One(keys.remove(0)),
        _ => Found::Several(keys),
    })
}

fn rename(records: &mut [Record], n: usize, from: &str, to: &str) {
    let table = records[n].kind.table;
    // Another record of the unit may have been given the old key: only references follow.
    if let Some(given) = records[n].given("key") {
        let pos = given.pos.clone();
        records[n].set("key", Value::from(to), pos);
    }
    for record in records.iter_mut() {
        let mut refer = |record: &mut Record| {
            for (field, given) in record.kind.fields.iter().zip(&mut record.values) {
                if let (Type::Ref(of), Some(given)) = (field.ty, given)
                    && of == table
                    && given.value.as_text() == Some(from)
                {
                    given.value = Value::from(to);
                }
            }
        };
        refer(record);
        record.parts.iter_mut().for_each(&mut refer);
        // The key of a figure that was made from its claim's follows that.
        if record.kind.table == "figures" && (table == "claims" || table == "measures") {
            let key =
                record.text("claim").zip(record.text("measure")).map(|(c, m)| format!("{c}-{m}"));
            let old = |key: &str| {
                let parts = record.text("claim").zip(record.text("measure"));
                parts.is_some_and(|(c, m)| {
                    let before =
                        |part: &str| if part == to { from.to_owned() } else { part.to_owned() };
                    key == format!("{}-{}", before(c), before(m))
                })
            };
            if let (Some(key), Some(held)) = (key, record.text("key"))
                && old(held)
            {
                let pos = record.pos.clone();
                record.set("key", Value::Text(key), pos);
            }
        }
    }
}
