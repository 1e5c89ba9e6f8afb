//! Puts keys in place of names: a record may refer to another by what it is called. A name that several
//! records have is refused with their keys.

use super::check_unit::BroughtKeys;
use crate::error::Result;
use crate::model::{
    FoundBy, Kind, Record, SourcePos, Type, Value, check_key, fold_name, is_stand_in,
    kind_of_table, quoted,
};
use crate::store::{Aliases, RowWriter, keys_of_name};
use std::collections::{BTreeSet, HashMap};

/// A table, and a name or a key in it.
type Name = (&'static str, String);

/// Looks names up. It remembers those that it found until another record gets the name.
#[derive(Debug, Default)]
pub(in crate::ops) struct NameResolver {
    found: HashMap<Name, String>,
}

impl NameResolver {
    /// Puts the key in place of each name by which a record of a unit refers to another, of the unit or
    /// of the archive. Keys come before names. Returns a problem for each name that several have; a name
    /// that none has is left, for the check of references to report.
    pub(in crate::ops) fn resolve(
        &mut self,
        rows: &mut RowWriter<'_>,
        aliases: &Aliases,
        records: &mut [Record],
    ) -> Result<Vec<(SourcePos, String)>> {
        let named = find_names(rows, aliases, records)?;
        if named.is_empty() {
            self.forget(records);
            return Ok(Vec::new());
        }
        let own = names_of(records);
        own.keys().for_each(|name| drop(self.found.remove(name)));
        let mut keys: HashMap<Name, Vec<String>> = HashMap::new();
        for (table, name) in named {
            let Some(kind) = kind_of_table(table) else { continue };
            let found = self.keys_of(rows, &own, kind, &name)?;
            keys.insert((table, name), found);
        }
        let mut problems = Vec::new();
        for record in records.iter_mut() {
            let whole = record.name();
            for (field, given) in record.fields_and_parts_mut() {
                let (Type::Ref(table), Some(given)) = (field.ty, given) else { continue };
                let Some(name) = given.value.as_text() else { continue };
                match keys.get(&(table, name.to_owned())).map(Vec::as_slice) {
                    None | Some([]) => {}
                    Some([key]) => given.value = Value::from(key.as_str()),
                    Some(keys) => {
                        let what = several(field.name, &whole, table, name, keys);
                        problems.push((given.pos.clone(), what));
                    }
                }
            }
        }
        Ok(problems)
    }

    /// Forgets what was found for the names of these records: another record may have one from now on.
    fn forget(&mut self, records: &[Record]) {
        if !self.found.is_empty() {
            names_of(records).keys().for_each(|name| drop(self.found.remove(name)));
        }
    }

    /// The keys of the records with a name: those of the unit, and those of the archive. A record of the
    /// unit without a key is the one of the archive, or says in what it differs.
    fn keys_of(
        &mut self,
        rows: &mut RowWriter<'_>,
        own: &HashMap<Name, Named>,
        kind: &'static Kind,
        name: &str,
    ) -> Result<Vec<String>> {
        let folded = (kind.table, fold_name(name));
        let Named { mut keys, made } = own.get(&folded).cloned().unwrap_or_default();
        if made || keys.iter().any(|key| is_stand_in(key)) {
            return Ok(keys);
        }
        if let (Some(key), true) = (self.found.get(&folded), keys.is_empty()) {
            return Ok(vec![key.clone()]);
        }
        rows.flush()?;
        for key in keys_of_name(rows.archive(), kind, name)? {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if let ([key], false) = (keys.as_slice(), own.contains_key(&folded)) {
            self.found.insert(folded, key.clone());
        }
        Ok(keys)
    }
}

/// Collects the references of a unit that are no keys, neither of the unit nor of the archive.
fn find_names(
    rows: &mut RowWriter<'_>,
    aliases: &Aliases,
    records: &[Record],
) -> Result<BTreeSet<Name>> {
    let brought = BroughtKeys::of(records.iter().collect());
    let mut named = BTreeSet::new();
    for record in records.iter().flat_map(|record| std::iter::once(record).chain(&record.parts)) {
        for (field, given) in record.kind.fields.iter().zip(&record.values) {
            let (Type::Ref(table), Some(given)) = (field.ty, given) else { continue };
            let Some(name) = given.value.as_text() else { continue };
            if brought.contains(table, name)
                || !kind_of_table(table).is_some_and(Kind::goes_by_name)
            {
                continue;
            }
            let named_before = (table, name.to_owned());
            let is_key = is_stand_in(name)
                || check_key(name).is_ok()
                    && (rows.find_id(table, name)?.is_some()
                        || aliases.contains_key(&named_before));
            if !is_key {
                named.insert(named_before);
            }
        }
    }
    Ok(named)
}

/// The records of a unit that have a name.
#[derive(Clone, Debug, Default)]
struct Named {
    /// Their keys.
    keys: Vec<String>,
    /// True if a key was made from the name: the record is looked up by that name itself, and is the one of the
    /// archive if there is one.
    made: bool,
}

/// The keys of the records of a unit, by their names.
fn names_of(records: &[Record]) -> HashMap<Name, Named> {
    let mut own: HashMap<Name, Named> = HashMap::new();
    for record in records {
        let kind = record.kind;
        let (table, owner, name) = match (kind.key_from, names_of_another(kind)) {
            (Some(name), _) => (kind.table, "key", name),
            (None, Some((table, owner, name))) => (table, owner, name),
            (None, None) => continue,
        };
        let (Some(name), Some(key)) = (record.text(name), record.text(owner)) else { continue };
        let named = own.entry((table, fold_name(name))).or_default();
        named.made |= record.proposed;
        if !named.keys.iter().any(|held| held == key) {
            named.keys.push(key.to_owned());
        }
    }
    own
}

/// The problem that several records have the name by which one is referred to.
fn several(field: &str, whole: &str, table: &str, name: &str, keys: &[String]) -> String {
    // A record of the input without a key has none that a person could give.
    let named: Vec<&str> =
        keys.iter().map(String::as_str).filter(|key| !is_stand_in(key)).collect();
    let listed = match named.as_slice() {
        [] => String::new(),
        named => format!(": {}", named[..named.len().min(MAX_SHOWN)].join(", ")),
    };
    let more = match keys.len() - named.len().min(MAX_SHOWN) {
        0 => String::new(),
        more if named.len() > MAX_SHOWN => format!(" and {more} more"),
        _ => ", with those of this input that have no key".to_owned(),
    };
    format!(
        "{field} of {whole}: {} {table} are called {}{listed}{more}; give the key of the one that is meant",
        keys.len(),
        quoted(name),
    )
}

/// The number of keys that a message lists.
const MAX_SHOWN: usize = 10;

/// For a kind that holds the names of another: the table of that, and the fields of its key and of the
/// name.
fn names_of_another(kind: &Kind) -> Option<(&'static str, &'static str, &'static str)> {
    let owner = kind.fields.iter().find_map(|field| match field.ty {
        Type::Ref(table) => Some((field.name, kind_of_table(table)?)),
        _ => None,
    })?;
    match owner.1.found_by {
        FoundBy::Names { table, name, .. } if table == kind.table => {
            Some((owner.1.table, owner.0, name))
        }
        _ => None,
    }
}
