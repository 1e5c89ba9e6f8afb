//! What the weight of claims takes from sources, read once for many claims.

use rusqlite::{CachedStatement, Connection};
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::ops::Index;

/// The most sources that are held in memory.
const MOST: usize = 150_000;

/// One source, as far as claims may rest on it. Other sources are named by row.
#[derive(Debug)]
pub(super) struct SourceFacts {
    key: Box<str>,
    outlet: Option<Box<str>>,
    /// False if it is known by a description only.
    pub is_named: bool,
    /// The first source of the work that it is, where that is another.
    pub work: Option<i64>,
    /// What it draws on, each with whether it takes the whole text over.
    pub drawn_on: Box<[(i64, bool)]>,
    /// The texts that it revises.
    pub revises: Box<[i64]>,
    /// The bodies that it speaks for.
    pub bodies: Box<[i64]>,
    /// The first of them by key.
    pub body: Option<i64>,
}

impl SourceFacts {
    /// The outlet that it stands for; itself, if it has none.
    pub(super) fn outlet(&self) -> &str {
        self.outlet.as_deref().unwrap_or(&self.key)
    }
}

/// A source with its facts, in the order of keys.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub id: i64,
    pub facts: &'a SourceFacts,
}

impl PartialEq for Known<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Known<'_> {}

impl PartialOrd for Known<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Known<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.id == other.id { Ordering::Equal } else { self.facts.key.cmp(&other.facts.key) }
    }
}

/// The facts of the sources that were looked up.
#[derive(Debug, Default)]
pub(super) struct Facts {
    held: HashMap<i64, SourceFacts>,
}

impl Facts {
    pub(super) fn get(&self, source: i64) -> Option<&SourceFacts> {
        self.held.get(&source)
    }
}

impl Index<i64> for Facts {
    type Output = SourceFacts;

    fn index(&self, source: i64) -> &SourceFacts {
        &self.held[&source]
    }
}

/// Looks up facts of sources in the archive.
pub(super) struct Sources<'a> {
    pub facts: Facts,
    of_sources: CachedStatement<'a>,
    edges: CachedStatement<'a>,
}

/// The sources that one source draws on, that it revises, and for which it speaks.
#[derive(Default)]
struct Edges {
    drawn_on: Vec<(i64, bool)>,
    revises: Vec<i64>,
    bodies: Vec<i64>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(conn: &'a Connection) -> rusqlite::Result<Self> {
        Ok(Sources {
            facts: Facts::default(),
            of_sources: conn.prepare_cached(include_str!("source_facts.sql"))?,
            edges: conn.prepare_cached(include_str!("source_edges.sql"))?,
        })
    }

    /// Forgets all sources, if they are many. Call this before the sources of further claims are looked up.
    pub(super) fn make_room(&mut self) {
        if self.facts.held.len() > MOST {
            self.facts.held.clear();
        }
    }

    /// Looks up everything that a claim may rest on which stands in these documents: what they draw on whole,
    /// and in part where it is one of them, with the works and bodies of all and of those who speak.
    pub(super) fn look_up(
        &mut self,
        documents: &BTreeSet<i64>,
        others: impl Iterator<Item = i64>,
    ) -> rusqlite::Result<()> {
        let mut open: Vec<i64> = documents.iter().copied().collect();
        let mut seen: BTreeSet<i64> = documents.clone();
        while let Some(here) = open.pop() {
            self.find(here)?;
            for (origin, whole) in &self.facts[here].drawn_on {
                if (*whole || documents.contains(origin)) && seen.insert(*origin) {
                    open.push(*origin);
                }
            }
        }
        seen.extend(others);
        for source in seen {
            self.find(source)?;
            let work = self.facts[source].work.unwrap_or(source);
            self.find(work)?;
            if let Some(body) = self.facts[work].body {
                self.find(body)?;
            }
        }
        Ok(())
    }

    /// Looks a source up, unless it is held. Returns false if there is none.
    pub(super) fn find(&mut self, source: i64) -> rusqlite::Result<bool> {
        if self.facts.held.contains_key(&source) {
            return Ok(true);
        }
        self.read(source, source)?;
        Ok(self.facts.held.contains_key(&source))
    }

    /// Looks all sources up, if there are few enough to be held: that takes a tenth of looking them up one by one.
    pub(super) fn find_all(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let sql = "SELECT coalesce(max(id), 0) AS last FROM sources";
        let last: i64 = conn.query_row(sql, [], |row| row.get("last"))?;
        if usize::try_from(last).is_ok_and(|last| last <= MOST) {
            self.read(1, last)
        } else {
            Ok(())
        }
    }

    /// Reads the sources from one to another.
    fn read(&mut self, first: i64, last: i64) -> rusqlite::Result<()> {
        let mut all: HashMap<i64, Edges> = HashMap::new();
        let mut rows = self.edges.query([first, last])?;
        while let Some(row) = rows.next()? {
            let edges = all.entry(row.get("source_id")?).or_default();
            let origin = row.get("origin_id")?;
            if row.get("speaks_for")? {
                edges.bodies.push(origin);
                continue;
            }
            edges.drawn_on.push((origin, row.get("whole")?));
            if row.get("revises")? {
                edges.revises.push(origin);
            }
        }
        let mut rows = self.of_sources.query([first, last])?;
        while let Some(row) = rows.next()? {
            let id = row.get("id")?;
            let Edges { drawn_on, revises, bodies } = all.remove(&id).unwrap_or_default();
            let facts = SourceFacts {
                key: row.get("key")?,
                outlet: row.get("outlet")?,
                is_named: row.get("is_named")?,
                work: row.get("work_id")?,
                body: bodies.first().copied(),
                drawn_on: drawn_on.into(),
                revises: revises.into(),
                bodies: bodies.into(),
            };
            self.facts.held.insert(id, facts);
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Sources;
    use crate::store::in_memory;
    use std::collections::BTreeSet;

    #[test]
    fn all_at_once_are_as_one_by_one() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        archive
            .conn
            .execute_batch(
                "INSERT INTO sources (id, key, kind, title, outlet, folded, canonical) VALUES
                   (11, 'z', 'article', 'Z', 'Press', 'z', 'n.example/1'), (12, 'b', 'person', 'B', NULL, 'b', NULL),
                   (13, 'a', 'organisation', 'A', NULL, 'a', NULL), (14, 'y', 'article', 'Y', NULL, 'y', 'n.example/1'),
                   (15, 'q', 'unnamed', 'Q', NULL, 'q', NULL);
                 INSERT INTO source_origins (source_id, relation, origin_id) VALUES
                   (11, 'quotes', 12), (11, 'quotes', 13), (14, 'revises', 13), (12, 'speaks_for', 13), (12, 'speaks_for', 15)",
            )
            .unwrap();
        let (mut all, mut each) =
            (Sources::new(&archive.conn).unwrap(), Sources::new(&archive.conn).unwrap());
        all.find_all(&archive.conn).unwrap();
        for source in 11..=15 {
            assert!(each.find(source).unwrap());
            assert_eq!(format!("{:?}", each.facts[source]), format!("{:?}", all.facts[source]));
        }
        assert!(!all.find(16).unwrap(), "there is none");
        let known = &all.facts;
        assert_eq!(
            known[11].drawn_on.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            [13, 12],
            "by key"
        );
        assert_eq!((known[11].work, &*known[14].revises), (Some(14), [13].as_slice()));
        assert_eq!(
            (known[12].body, known[12].bodies.len(), known[15].is_named),
            (Some(13), 2, false)
        );
    }

    #[test]
    fn looking_up_documents_holds_what_they_rest_on() {
        let archive = in_memory("2021-01-01T00:00:00Z").unwrap();
        archive
            .conn
            .execute_batch(
                "INSERT INTO sources (id, key, kind, title, folded) VALUES
                   (11, 'a', 'article', 'A', 'a'), (12, 'b', 'article', 'B', 'b'), (13, 'c', 'article', 'C', 'c'),
                   (14, 'd', 'person', 'D', 'd'), (15, 'e', 'organisation', 'E', 'e');
                 INSERT INTO source_origins (source_id, relation, origin_id) VALUES
                   (11, 'copies', 12), (12, 'quotes', 13), (14, 'speaks_for', 15)",
            )
            .unwrap();
        let mut sources = Sources::new(&archive.conn).unwrap();
        sources.look_up(&BTreeSet::from([11]), [14].into_iter()).unwrap();
        let held: Vec<bool> = (11..=15).map(|id| sources.facts.get(id).is_some()).collect();
        // What a document quotes is no part of the claim unless it states the claim itself.
        assert_eq!(held, [true, true, false, true, true]);
        sources.look_up(&BTreeSet::from([12, 13]), std::iter::empty()).unwrap();
        assert!(sources.facts.get(13).is_some());
    }
}
