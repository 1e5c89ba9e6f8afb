//! Resolves the keys that were left out: a record without a key becomes the row that says the same,
//! or gets the next free key. Two different things never share a key unseen.

use super::unit_state::UnitProblem;
use crate::error::Result;
use crate::model::{
    COLUMNS, Column, EQUATION, Equation, FIGURE, FoundBy, Kind, LINK, MEASURE, ORIGIN, Record,
    SourcePos, Type, Value, is_stand_in, key_with_year, numbered_key,
};
use crate::store::{
    Aliases, FormerKey, Handle, RowWriter, can_speak, keys_of_same, read_row, source_of,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A row that a record without a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The source that has its address, in the archive or in the unit.
    pub(super) page: Option<Same>,
}

/// The key to propose for a record that has none: made from its name and the year of its date.
/// `None` where the record has no name.
pub(in crate::ops) fn proposed_key(record: &Record) -> Option<String> {
    let text = record.text(record.kind.key_from?)?;
    Some(key_with_year(text, record.text("published"), record.kind.word))
}

/// The row that a record is, going by what the record says. `base` is the key proposed for it.
pub(in crate::ops) fn find_same(db: &Handle, record: &Record, base: &str) -> Result<Same> {
    if let Some(key) = source_of(db, &works_of(db, record)?)? {
        return Ok(Same::Address(key));
    }
    let mut keys = keys_of_same(db, record, base)?;
    Ok(match keys.len() {
        0 => Same::None,
        1 => Same::Row(keys.remove(0)),
        // Where a place is told by more than its name, the first that fits is the one.
        _ if is_placed(record) => Same::Row(keys.remove(0)),
        _ => Same::Several(keys),
    })
}

/// The works that a record is one of; none where its kind can speak, and so may share a page.
fn works_of(db: &Handle, record: &Record) -> Result<Vec<String>> {
    let works = record.works();
    match record.text("kind") {
        Some(kind) if !works.is_empty() && can_speak(db, kind)? => Ok(Vec::new()),
        _ => Ok(works),
    }
}

/// Returns true if a place is told by more than its name.
fn is_placed(record: &Record) -> bool {
    record.kind.whole().is_some() && ["within", "lat"].iter().any(|name| is_stated(record, name))
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
/// that are made of other fields. `input` is the position of the unit's input. With `first`, the
/// first of several rows that fit is taken: the entries of published data name their sources by
/// title alone. Otherwise several rows that fit are a problem.
pub(super) fn resolve_keys(
    rows: &mut RowWriter<'_>,
    records: &mut [Record],
    input: usize,
    first: bool,
    problems: &mut Vec<UnitProblem>,
) -> Result<Vec<ResolvedKey>> {
    let mut resolved: Vec<ResolvedKey> = Vec::new();
    // Places hold places: the outer one first.
    let mut order: Vec<usize> = (0..records.len()).filter(|n| records[*n].proposed).collect();
    if order.len() > 1 {
        order.sort_by_cached_key(|n| depth(records, *n));
    }
    let mut unit = UnitIndex::default();
    if order.iter().any(|n| records[*n].text("key").is_some_and(is_stand_in)) {
        unit = UnitIndex::of(records);
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
        let found = match (find_row(rows, &records[n], &base)?, stand_in) {
            (found, true) => unit.join(rows.archive(), records, n, found)?,
            (found, false) => found,
        };
        let found = match found {
            Same::Several(mut keys) if first => Same::Row(keys.remove(0)),
            other => other,
        };
        if found == Same::None && !first {
            problems.extend(matched_before(rows, &records[n], input));
        }
        let (key, row) = match found {
            Same::None if stand_in => (unit.next_free(rows, records[n].kind, &base)?, None),
            Same::None => (next_free(rows, records, n, &base)?, None),
            Same::Several(keys) => {
                problems.push(several(&records[n], &keys, input));
                (base.clone(), None)
            }
            Same::Row(key) => (key.clone(), Some(Same::Row(key))),
            Same::Address(key) => (key.clone(), Some(Same::Address(key))),
        };
        if stand_in {
            unit.assign(records, n, &held, &key, base);
        } else if key != held {
            rename(records, n, &held, &key);
        }
        let page = row.clone().filter(|row| matches!(row, Same::Address(_)));
        let row = row.filter(|_| !unit.is_own(records, n));
        resolved.push(ResolvedKey { record: n, row, page });
    }
    unit.repoint(records, input, problems);
    records.iter_mut().for_each(fill_key);
    Ok(resolved)
}

/// Puts the present key in place of a former one, in the key of a record that states it and in its
/// references. A record that was merged into another keeps its key alone: what the other took over
/// stands there. Returns a remark for each such record that says more. An edge that tied the two
/// together is left out.
pub(super) fn follow_aliases(
    aliases: &Aliases,
    records: &mut Vec<Record>,
) -> Vec<(SourcePos, String)> {
    let mut remarks = Vec::new();
    if aliases.is_empty() {
        return remarks;
    }
    records.retain_mut(|record| {
        let tied_itself = ties_to_itself(record);
        follow_own_key(aliases, record, &mut remarks);
        if record.kind.is(&EQUATION) {
            follow_in_expression(aliases, record);
        }
        for (field, given) in record.fields_and_parts_mut() {
            let (Type::Ref(table), Some(given)) = (field.ty, given) else { continue };
            let former = given.value.as_text().map(|key| (table, key.to_owned()));
            if let Some(former) = former.and_then(|name| aliases.get(&name)) {
                given.value = Value::from(former.key.as_str());
            }
        }
        // One that was written so is a problem, and is reported as one.
        tied_itself || !ties_to_itself(record)
    });
    remarks
}

/// Puts the present key of a record in place of a former one.
fn follow_own_key(aliases: &Aliases, record: &mut Record, remarks: &mut Vec<(SourcePos, String)>) {
    let own = (record.kind.table, record.text("key").unwrap_or_default().to_owned());
    let former = aliases.get(&own).filter(|_| record.kind.keyed() && !record.proposed);
    let Some(FormerKey { key, merged }) = former else { return };
    let pos = record.given("key").map_or(&record.pos, |given| &given.pos).clone();
    if *merged {
        let stated = record.values.iter().flatten().filter(|given| !given.value.is_null());
        if stated.count() > 1 {
            let (word, own) = (record.kind.word, &own.1);
            remarks.push((
                pos.clone(),
                format!("{word} {own} was merged into {key}; its own fields are left out"),
            ));
        }
        record.values.iter_mut().for_each(|value| *value = None);
        record.proposed = true;
    }
    record.set("key", Value::from(key.as_str()), pos);
}

/// Returns true for an edge between two records that are one.
fn ties_to_itself(record: &Record) -> bool {
    let [one, other] = match record.kind {
        kind if kind.is(&ORIGIN) => ["source", "origin"],
        kind if kind.is(&LINK) => ["from", "to"],
        _ => return false,
    };
    record.text(one).is_some() && record.text(one) == record.text(other)
}

/// Puts the present keys of figures and measures in place of former ones in an equation.
fn follow_in_expression(aliases: &Aliases, record: &mut Record) {
    for ((table, alias), FormerKey { key, .. }) in aliases {
        let Some(text) = record.text("expression").map(str::to_owned) else { return };
        if !(FIGURE.is_of(table) || MEASURE.is_of(table)) {
            continue;
        }
        if let (Some(renamed), Some(given)) =
            (Equation::rename_key(&text, alias, key), record.given("expression"))
        {
            let pos = given.pos.clone();
            record.set("expression", Value::Text(renamed), pos);
        }
    }
}

/// The records of a document that has records without keys: found by name and address, so that a
/// document of many is resolved in one pass.
#[derive(Debug, Default)]
struct UnitIndex {
    /// Positions of records with a key, by table and name.
    by_name: HashMap<(&'static str, String), Vec<usize>>,
    /// Positions of records with a key, by table and work.
    by_work: HashMap<(&'static str, String), Vec<usize>>,
    /// Positions of records with a key, by table and key.
    by_key: HashMap<(&'static str, String), Vec<usize>>,
    /// The number to try next for a proposed key.
    numbers: HashMap<(&'static str, String), usize>,
    /// The keys of records that stood in for one, by table and stand-in.
    renamed: HashMap<(&'static str, String), String>,
    /// Proposed keys that a record of the document would have had, and did not get.
    lost: HashSet<(&'static str, String)>,
    /// Keys that records of the document brought, so that they are no rows of the archive.
    own: HashSet<(&'static str, String)>,
}

impl UnitIndex {
    fn of(records: &[Record]) -> Self {
        let mut unit = UnitIndex::default();
        for (n, record) in records.iter().enumerate() {
            if record.text("key").is_some_and(|key| !is_stand_in(key)) {
                unit.insert(records, n);
            }
        }
        unit
    }

    /// Adds a record that has its key.
    fn insert(&mut self, records: &[Record], n: usize) {
        let record = &records[n];
        let table = record.kind.table;
        let Some(key) = record.text("key") else { return };
        self.by_key.entry((table, key.to_owned())).or_default().push(n);
        if let Some(name) = record.compared_name() {
            self.by_name.entry((table, name)).or_default().push(n);
        }
        for work in record.works() {
            self.by_work.entry((table, work)).or_default().push(n);
        }
    }

    /// Joins what the archive has with the records of the document: a key fits where every record
    /// of the document under that key agrees.
    fn join(&self, db: &Handle, records: &[Record], n: usize, found: Same) -> Result<Same> {
        let record = &records[n];
        let table = record.kind.table;
        let key_of = |n: &usize| records[*n].text("key").unwrap_or_default().to_owned();
        for work in works_of(db, record)? {
            for other in self.by_work.get(&(table, work)).into_iter().flatten() {
                // A kind that can speak shares its page.
                if !works_of(db, &records[*other])?.is_empty() {
                    return Ok(Same::Address(key_of(other)));
                }
            }
        }
        let agrees = |key: &str| {
            let under = self.by_key.get(&(table, key.to_owned())).into_iter().flatten();
            under.copied().all(|other| agree(&records[other], record))
        };
        let mut fitting: BTreeSet<String> = match found {
            Same::Address(key) => return Ok(Same::Address(key)),
            Same::None => BTreeSet::new(),
            Same::Row(key) => BTreeSet::from([key]),
            Same::Several(keys) => keys.into_iter().collect(),
        };
        let name = record.compared_name().unwrap_or_default();
        let named = self.by_name.get(&(table, name)).into_iter().flatten();
        fitting.extend(named.map(key_of));
        fitting.retain(|key| agrees(key));
        let mut fitting: Vec<String> = fitting.into_iter().collect();
        Ok(match fitting.len() {
            0 => Same::None,
            1 => Same::Row(fitting.remove(0)),
            _ if is_placed(record) => Same::Row(fitting.remove(0)),
            _ => Same::Several(fitting),
        })
    }

    /// The first key that is free in the archive and in the document.
    fn next_free(&mut self, rows: &mut RowWriter<'_>, kind: &Kind, base: &str) -> Result<String> {
        let start = self.numbers.entry((kind.table, base.to_owned())).or_insert(1);
        loop {
            let key = numbered_key(base, *start);
            *start += 1;
            let name = (kind.table, key);
            if !self.by_key.contains_key(&name) && rows.find_id(kind.table, &name.1)?.is_none() {
                let key = name.1.clone();
                self.own.insert(name);
                return Ok(key);
            }
        }
    }

    /// Gives record `n` its key instead of the stand-in `held`. References follow at the end, those
    /// of places at once, because places are told apart by the place around them.
    fn assign(&mut self, records: &mut [Record], n: usize, held: &str, key: &str, base: String) {
        let table = records[n].kind.table;
        if base != key {
            self.lost.insert((table, base));
        }
        if records[n].kind.whole().is_some() {
            rename(records, n, held, key);
        } else {
            let pos = records[n].pos.clone();
            records[n].set("key", Value::from(key), pos);
            self.renamed.insert((table, held.to_owned()), key.to_owned());
        }
        self.insert(records, n);
    }

    /// Returns true if the key of a record came with the document.
    fn is_own(&self, records: &[Record], n: usize) -> bool {
        let key = records[n].text("key").unwrap_or_default().to_owned();
        self.own.contains(&(records[n].kind.table, key))
    }

    /// Lets references follow to the keys that stand-ins became. A reference by a key that a record
    /// of the document would have had is a problem where that key is another's.
    fn repoint(&self, records: &mut [Record], input: usize, problems: &mut Vec<UnitProblem>) {
        if self.renamed.is_empty() && self.lost.is_empty() {
            return;
        }
        for record in records.iter_mut() {
            let whole = record.name();
            for (field, given) in record.fields_and_parts_mut() {
                let (Type::Ref(table), Some(given)) = (field.ty, given) else { continue };
                let Some(key) = given.value.as_text() else { continue };
                let name = (table, key.to_owned());
                if let Some(to) = self.renamed.get(&name) {
                    given.value = Value::from(to.as_str());
                } else if self.lost.contains(&name) && !self.by_key.contains_key(&name) {
                    let what = format!(
                        "{} of {whole}: {key:?} is the key that a record of this document without a \
                         key would get, and another may have it; give that record a key",
                        field.name
                    );
                    problems.push(UnitProblem { input, pos: given.pos.clone(), what });
                }
            }
        }
    }
}

/// Fills in a key that is made of other fields, where none is given: that of a figure is
/// CLAIM-MEASURE.
pub(in crate::ops) fn fill_key(record: &mut Record) {
    if record.given("key").is_none()
        && let Some(key) = made_key(record)
    {
        let pos = record.pos.clone();
        record.set("key", Value::Text(key), pos);
    }
}

/// Returns the key that is made of other fields of a record, if its kind has such keys.
fn made_key(record: &Record) -> Option<String> {
    let parts = record.kind.key_parts;
    let values: Option<Vec<&str>> = parts.iter().map(|name| record.text(name)).collect();
    values.filter(|values| !values.is_empty()).map(|values| values.join("-"))
}

/// Returns what to do where two records have the key that is made of what they have in common; nothing for
/// another record.
pub(super) fn advise_own_keys(record: &Record) -> String {
    let is_made = record.text("key").is_some() && record.text("key") == made_key(record).as_deref();
    let is_key = |column: &&Column| column.part.kind().is(record.kind) && column.field == "key";
    match COLUMNS.iter().find(is_key).filter(|_| is_made) {
        Some(column) => format!(
            "; if both are right, give each a key of its own: in the column `{}` of a table, as `key` in \
             a document",
            column.name
        ),
        None => String::new(),
    }
}

/// The problem of a record that is new, where another of its name was taken for a row that it would have fitted as
/// well: in another order of lines it would be refused, since both fit.
fn matched_before(rows: &RowWriter<'_>, record: &Record, input: usize) -> Option<UnitProblem> {
    let (key, fields) = rows.matched_openly(record)?;
    let name = record.kind.key_from.unwrap_or_default();
    let what = format!(
        "a line before, called {:?} as well, was taken for {} {key}, though one of the two says nothing of {}; it may be \
         this one. Say of each which it is, by its key or by {}",
        record.text(name).unwrap_or_default(),
        match record.kind.word {
            "location" => "place",
            word => word,
        },
        fields.join(" and "),
        fields.join(" and ")
    );
    let pos = record.given(name).map_or(&record.pos, |given| &given.pos).clone();
    Some(UnitProblem { input, pos, what })
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
    if record.kind.found_by == FoundBy::Key {
        if rows.find_id(record.kind.table, base)?.is_none() {
            return Ok(Same::None);
        }
        rows.flush()?;
    }
    if record.kind.folded {
        rows.fill_identity()?;
    }
    find_same(rows.archive(), record, base)
}

/// Returns true if every field that tells records of a kind apart agrees where both state it.
/// [`keys_of_same`] asks the same of the rows of the archive.
fn agree(one: &Record, other: &Record) -> bool {
    let value = |record: &Record, name: &str| {
        record.given(name).map(|given| given.value.clone()).filter(|value| !value.is_null())
    };
    one.kind.told_apart_by.iter().all(|name| match (value(one, name), value(other, name)) {
        (Some(a), Some(b)) => a.is_equal(&b),
        _ => true,
    })
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
    let mut number = rows.first_number(kind.table, base);
    loop {
        let key = numbered_key(base, number);
        let taken = records.iter().enumerate().any(|(other, record)| {
            other != n && record.kind.is(kind) && record.text("key") == Some(&key)
        });
        if !taken && rows.find_id(kind.table, &key)?.is_none() {
            rows.note_number(kind.table, base, number);
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::free_key;
    use crate::model::{CLAIM, Record, SOURCE, SourcePos, Value};
    use crate::store::{RowWriter, in_memory};

    #[test]
    fn a_key_that_is_taken_gets_the_first_free_number() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        let mut rows = RowWriter::new(&archive, "2021-01-01T00:00:00Z");
        for key in ["a", "a-2", "a-4", "b-2"] {
            let mut source = Record::new(&SOURCE, SourcePos::Whole);
            for (name, text) in [("key", key), ("kind", "report"), ("title", "T")] {
                source.set(name, Value::from(text), SourcePos::Whole);
            }
            rows.write(&source).unwrap();
        }
        let free = |base| free_key(&archive, &SOURCE, base).unwrap();
        assert_eq!([free("a"), free("a-4"), free("b")], ["a-3", "a-4-2", "b"]);
        assert_eq!(free_key(&archive, &CLAIM, "a").unwrap(), "a", "each kind has keys of its own");
    }
}
