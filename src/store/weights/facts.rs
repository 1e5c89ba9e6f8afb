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
pub(super) struct Facts<'a> {
    held: HashMap<i64, SourceFacts>,
    of_source: CachedStatement<'a>,
    edges: CachedStatement<'a>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(conn: &'a Connection) -> rusqlite::Result<Self> {
        Ok(Facts {
            held: HashMap::new(),
            of_source: conn.prepare_cached(include_str!("source_facts.sql"))?,
            edges: conn.prepare_cached(include_str!("source_edges.sql"))?,
        })
    }

    pub(super) fn get(&self, source: i64) -> Option<&SourceFacts> {
        self.held.get(&source)
    }

    /// Looks up everything that a claim may rest on which stands in these documents: what they draw on whole,
    /// and in part where it is one of them, with the works and bodies of all and of those who speak.
    pub(super) fn look_up(
        &mut self,
        documents: &BTreeSet<i64>,
        others: impl Iterator<Item = i64>,
    ) -> rusqlite::Result<()> {
        if self.held.len() > MOST {
            self.held.clear();
        }
        let mut open: Vec<i64> = documents.iter().copied().collect();
        let mut seen: BTreeSet<i64> = documents.clone();
        while let Some(here) = open.pop() {
            self.add(here)?;
            for (origin, whole) in &self.held[&here].drawn_on {
                if (*whole || documents.contains(origin)) && seen.insert(*origin) {
                    open.push(*origin);
                }
            }
        }
        seen.extend(others);
        for source in seen {
            self.add(source)?;
            let work = self.held[&source].work.unwrap_or(source);
            self.add(work)?;
            if let Some(body) = self.held[&work].body {
                self.add(body)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, source: i64) -> rusqlite::Result<()> {
        if self.held.contains_key(&source) {
            return Ok(());
        }
        let (mut drawn_on, mut revises, mut bodies) = (Vec::new(), Vec::new(), Vec::new());
        let mut rows = self.edges.query([source])?;
        while let Some(row) = rows.next()? {
            let origin = row.get("origin_id")?;
            if row.get("speaks_for")? {
                bodies.push(origin);
                continue;
            }
            drawn_on.push((origin, row.get("whole")?));
            if row.get("revises")? {
                revises.push(origin);
            }
        }
        let facts = self.of_source.query_row([source], |row| {
            Ok(SourceFacts {
                key: row.get("key")?,
                outlet: row.get("outlet")?,
                is_named: row.get("is_named")?,
                work: row.get("work_id")?,
                body: bodies.first().copied(),
                drawn_on: drawn_on.into(),
                revises: revises.into(),
                bodies: bodies.into(),
            })
        })?;
        self.held.insert(source, facts);
        Ok(())
    }
}

impl Index<i64> for Facts<'_> {
    type Output = SourceFacts;

    fn index(&self, source: i64) -> &SourceFacts {
        &self.held[&source]
    }
}
