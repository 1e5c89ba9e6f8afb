//! A cache of ids by key, so that a source named on every row is looked up once.

use std::collections::HashMap;

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

#[cfg(test)]
mod tests {
    use super::{IdCache, MAX_KEYS};

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
