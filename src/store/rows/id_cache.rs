//! A cache of ids by key, so that a source named on every row is looked up once, and the keys that a load knows to
//! be missing.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The maximum number of cached keys, of all tables together.
const MAX_KEYS: usize = 250_000;

/// Ids by table and key.
#[derive(Debug, Default)]
pub(super) struct IdCache {
    tables: Vec<(&'static str, HashMap<Box<str>, i64>)>,
}

impl IdCache {
    pub(in crate::store) fn get(&self, table: &str, key: &str) -> Option<i64> {
        let (_, ids) = self.tables.iter().find(|(name, _)| *name == table)?;
        ids.get(key).copied()
    }

    pub(in crate::store) fn insert(&mut self, table: &'static str, key: String, id: i64) {
        let key = key.into_boxed_str();
        match self.tables.iter_mut().find(|(name, _)| *name == table) {
            Some((_, ids)) => {
                ids.insert(key, id);
            }
            None => self.tables.push((table, HashMap::from([(key, id)]))),
        }
    }

    /// Returns true if another key takes a call to [`IdCache::make_room`].
    pub(super) fn is_full(&self) -> bool {
        self.tables.iter().map(|(_, ids)| ids.len()).sum::<usize>() >= MAX_KEYS
    }

    /// Forgets the keys of the table that has the most of them: of claims, each of which is named once, rather than
    /// of the sources that they all name.
    pub(super) fn make_room(&mut self) {
        if let Some((_, ids)) = self.tables.iter_mut().max_by_key(|(_, ids)| ids.len()) {
            ids.clear();
        }
    }
}

/// The keys of tables, as hashes: a key whose hash is not there needs no look-up.
#[derive(Debug, Default)]
pub(super) struct KnownKeys {
    tables: Vec<(&'static str, HashSet<u32>)>,
}

impl KnownKeys {
    /// Begins to tell the keys of a table. All that reach a row of it are to be added.
    pub(super) fn begin(&mut self, table: &'static str) {
        self.tables.push((table, HashSet::new()));
    }

    pub(super) fn add(&mut self, table: &str, key: &str) {
        if let Some((_, hashes)) = self.tables.iter_mut().find(|(name, _)| *name == table) {
            hashes.insert(hash(key));
        }
    }

    /// Returns false if no row of the table has this key.
    pub(super) fn may_hold(&self, table: &str, key: &str) -> bool {
        let hashes = self.tables.iter().find(|(name, _)| *name == table);
        hashes.is_none_or(|(_, hashes)| hashes.contains(&hash(key)))
    }
}

/// The upper half of a hash: one key in thousands is looked for in vain, and a million take half the memory.
fn hash(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::{IdCache, KnownKeys, MAX_KEYS};

    #[test]
    fn a_key_is_known_to_be_missing_where_all_keys_were_added() {
        let mut known = KnownKeys::default();
        assert!(known.may_hold("claims", "a"), "nothing is known of the table");
        known.begin("claims");
        known.add("claims", "a");
        known.add("sources", "b");
        assert_eq!((known.may_hold("claims", "a"), known.may_hold("claims", "b")), (true, false));
        assert!(known.may_hold("sources", "c"));
    }

    #[test]
    fn a_full_cache_forgets_the_largest_table() {
        let mut cache = IdCache::default();
        cache.insert("sources", "wire".to_owned(), 7);
        for n in 1..MAX_KEYS {
            assert!(!cache.is_full(), "at {n}");
            cache.insert("claims", n.to_string(), 1);
        }
        assert!(cache.is_full());
        assert_eq!(cache.get("claims", "1"), Some(1));
        cache.make_room();
        assert!(!cache.is_full());
        assert_eq!((cache.get("claims", "1"), cache.get("sources", "wire")), (None, Some(7)));
        assert_eq!(cache.get("locations", "wire"), None);
    }
}
