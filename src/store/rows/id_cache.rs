//! A cache of ids by key, so that a source named on every row is looked up once.

use std::collections::HashMap;

/// The maximum number of cached keys for each table, and of cached dates.
pub(super) const MAX_CACHED: usize = 20_000;

/// Ids by table and key.
#[derive(Debug, Default)]
pub(super) struct IdCache {
    tables: Vec<(&'static str, HashMap<String, i64>)>,
}

impl IdCache {
    pub(in crate::store) fn get(&self, table: &str, key: &str) -> Option<i64> {
        self.of(table)?.get(key).copied()
    }

    pub(in crate::store) fn insert(&mut self, table: &'static str, key: String, id: i64) {
        match self.tables.iter_mut().find(|(name, _)| *name == table) {
            Some((_, ids)) => {
                ids.insert(key, id);
            }
            None => self.tables.push((table, HashMap::from([(key, id)]))),
        }
    }

    /// Returns true if the cache for a table is full.
    pub(super) fn is_full(&self, table: &str) -> bool {
        self.of(table).is_some_and(|ids| ids.len() >= MAX_CACHED)
    }

    /// Clears the cached keys of a table.
    pub(super) fn clear(&mut self, table: &str) {
        if let Some((_, ids)) = self.tables.iter_mut().find(|(name, _)| *name == table) {
            ids.clear();
        }
    }

    fn of(&self, table: &str) -> Option<&HashMap<String, i64>> {
        self.tables.iter().find(|(name, _)| *name == table).map(|(_, ids)| ids)
    }
}
