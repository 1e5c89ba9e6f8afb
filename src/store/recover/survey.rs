//! The survey of a damaged file: its schema, the pages of each table, and the table of each page to which
//! none leads.

use super::bits::Bits;
use super::leaf::{LEAF, leaf_of};
use super::model::{Layout, Model};
use super::pages::{Encoding, Free, Pages};
use super::record::Stored;
use super::tree::{self, ALL, Broken, Gap, Tree, walk};
use crate::error::{Error, Result};
use crate::model::{CancelToken, DATE, Kind, Role, all_kinds};
use rusqlite::types::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// The rows of a page by which it is recognised.
const SAMPLE: usize = 40;

/// The length of a row, in bytes, from which it is not looked at to recognise a page.
const MAX_LENGTH: u64 = 64 << 20;

/// The table in which SQLite keeps the last id of each other.
pub(super) const SEQUENCES: &str = "sqlite_sequence";

/// A row of the schema of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub ty: String,
    pub name: String,
    pub table: String,
    pub root: u32,
    pub sql: String,
}

impl Object {
    /// Reads a row of the schema; `None` where it is none.
    fn of(stored: &Stored) -> Option<Self> {
        let [Value::Text(ty), Value::Text(name), Value::Text(table), root, sql] =
            stored.values.as_slice()
        else {
            return None;
        };
        let root = match root {
            Value::Integer(root) => u32::try_from(*root).ok()?,
            Value::Null => 0,
            _ => return None,
        };
        let sql = match sql {
            Value::Text(sql) => sql.clone(),
            Value::Null => String::new(),
            _ => return None,
        };
        let is_known = ["table", "index", "view", "trigger"].contains(&ty.as_str());
        let object = Object { ty: ty.clone(), name: name.clone(), table: table.clone(), root, sql };
        is_known.then_some(object)
    }
}

/// A table of the file.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub name: String,
    pub layout: Layout,
    /// The pages to which its root leads.
    pub tree: Tree,
    /// Leaves to which nothing leads, and whose rows are of this table.
    pub orphans: Vec<u32>,
}

impl Table {
    /// The leaves with its rows.
    pub(super) fn leaves(&self) -> Vec<u32> {
        [self.tree.leaves.as_slice(), &self.orphans].concat()
    }
}

/// A leaf to which no table leads, and that more than one may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unplaced {
    pub page: u32,
    pub rows: usize,
    /// The tables; empty where its rows fit into none.
    pub tables: Vec<String>,
}

/// The survey of a file.
#[derive(Debug)]
pub(super) struct Survey<R> {
    pub pages: Pages<R>,
    pub free: Free,
    /// The pages of all tables.
    pub trees: Bits,
    /// The rows of its schema.
    pub objects: Vec<Object>,
    /// The parts of the schema that cannot be read, and the rows of it that cannot.
    pub lost_schema: usize,
    /// The tables of this program, and that of the last ids.
    pub tables: BTreeMap<String, Table>,
    pub unplaced: Vec<Unplaced>,
    pub model: Model,
    cancel: CancelToken,
}

impl Survey<File> {
    /// Surveys the file at `path`, which is only read.
    ///
    /// # Errors
    /// Fails if there is no such file, it cannot be read at all, or the survey is cancelled.
    pub(super) fn of_file(path: &Path, cancel: CancelToken) -> Result<Self> {
        let refuse = |why: &str| Error::file_because("read", path, why);
        let meta = std::fs::metadata(path).map_err(|error| Error::file("read", path, &error))?;
        if !meta.is_file() {
            // Opening a pipe would wait for another program.
            return Err(refuse("it is no file"));
        }
        let file = File::open(path).map_err(|error| Error::file("read", path, &error))?;
        let pages = Pages::open(file).map_err(|error| Error::file("read", path, &error))?;
        Survey::of(pages, cancel)
    }
}

impl<R: Read + Seek> Survey<R> {
    /// Surveys a file.
    ///
    /// # Errors
    /// Fails if memory runs out, or the survey is cancelled.
    pub(super) fn of(mut pages: Pages<R>, cancel: CancelToken) -> Result<Self> {
        let free = pages.free();
        let trees = Bits::new(pages.count);
        let mut survey = Survey {
            pages,
            free,
            trees,
            objects: Vec::new(),
            lost_schema: 0,
            tables: BTreeMap::new(),
            unplaced: Vec::new(),
            model: Model::new()?,
            cancel,
        };
        let mut leaves = survey.read_schema()?;
        survey.find_tables();
        if survey.tables.values().any(|table| !table.tree.gaps.is_empty()) {
            let found = match leaves.take() {
                Some(found) => found,
                None => survey.scan()?,
            };
            for page in found {
                survey.check_cancelled()?;
                survey.place(page);
            }
        }
        Ok(survey)
    }

    pub(super) fn check_cancelled(&self) -> Result<()> {
        match self.cancel.reason() {
            Some(why) => Err(Error::Stopped { why: why.to_owned() }),
            None => Ok(()),
        }
    }

    /// The pages that no walk may enter: the free ones, where all of them are known.
    fn closed(&self) -> Bits {
        let mut closed = self.trees.clone();
        if self.free.is_whole {
            closed.add_all(&self.free.pages);
        }
        closed
    }

    /// Reads the rows of the schema: those to which page 1 leads, and where a part of it is lost, those on all
    /// leaves that look like its own. Returns the leaves of the file if it had to look at them all.
    fn read_schema(&mut self) -> Result<Option<Vec<u32>>> {
        let closed = self.closed();
        let tree = walk(&mut self.pages, 1, &closed);
        if self.pages.header.encoding != Encoding::Utf8 {
            // The header may have been changed.
            let encoding = std::mem::replace(&mut self.pages.header.encoding, Encoding::Utf8);
            let leaves = tree.leaves.clone();
            let is_read = |row: &Stored| Object::of(row).is_some();
            if !leaves.into_iter().any(|leaf| self.rows(leaf).0.iter().any(is_read)) {
                self.pages.header.encoding = encoding;
            }
        }
        self.own(&tree);
        let mut found: Vec<(i64, Object)> = Vec::new();
        for leaf in &tree.leaves {
            let (rows, broken) = self.rows(*leaf);
            self.lost_schema += broken;
            for row in &rows {
                match Object::of(row) {
                    Some(object) => found.push((row.id, object)),
                    None => self.lost_schema += 1,
                }
            }
        }
        self.lost_schema += tree.gaps.len();
        let mut leaves = None;
        if self.lost_schema > 0 {
            let all = self.scan()?;
            for leaf in &all {
                let (rows, _) = self.rows(*leaf);
                let objects: Vec<_> =
                    rows.iter().filter_map(|row| Some((row.id, Object::of(row)?))).collect();
                if objects.is_empty() || objects.len() * 2 < rows.len() {
                    continue;
                }
                self.trees.add(*leaf);
                found.extend(objects);
            }
            leaves = Some(all);
        }
        // Of two rows of one name, the later one is the one that was there last.
        found.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        for (_, object) in found {
            let is_new = |known: &Object| (&known.ty, &known.name) != (&object.ty, &object.name);
            if self.objects.iter().all(is_new) {
                self.objects.push(object);
            }
        }
        self.objects.reverse();
        Ok(leaves)
    }

    /// Notes the pages of a table as taken.
    fn own(&mut self, tree: &Tree) {
        tree.leaves.iter().chain(&tree.inner).for_each(|page| self.trees.add(*page));
    }

    /// The rows of a leaf, and the number of those that cannot be read.
    pub(super) fn rows(&mut self, leaf: u32) -> (Vec<Stored>, usize) {
        let (mut rows, mut broken) = (Vec::new(), 0);
        let mut take = |row: std::result::Result<Stored, Broken>| {
            match row {
                Ok(row) => rows.push(row),
                Err(_) => broken += 1,
            }
            Ok::<(), std::convert::Infallible>(())
        };
        match tree::rows(&mut self.pages, &self.trees, leaf, MAX_LENGTH, &mut take) {
            Ok(()) => (rows, broken),
        }
    }

    /// All pages that are leaves of tables by their looks, without the free ones. Where nothing says which pages are
    /// free, those are that a page names which can only be one of the list.
    fn scan(&mut self) -> Result<Vec<u32>> {
        let mut leaves = Vec::new();
        let mut free = self.free.pages.clone();
        for number in 2..=self.pages.count {
            if number % 1024 == 0 {
                self.check_cancelled()?;
            }
            if self.pages.is_lock(number) {
                continue;
            }
            let Some(page) = self.pages.read(number) else { continue };
            let usable = self.pages.usable();
            if page.first() == Some(&LEAF) {
                if leaf_of(&page, 0, usable).is_some_and(|leaf| !leaf.cells.is_empty()) {
                    leaves.push(number);
                }
            } else if !self.free.is_whole
                && page.first() == Some(&0)
                && let Some((_, named)) =
                    self.pages.trunk(number).filter(|(_, named)| !named.is_empty())
            {
                named.iter().for_each(|page| free.add(*page));
            }
        }
        leaves.retain(|page| !free.has(*page));
        self.free.pages = free;
        Ok(leaves)
    }

    /// Walks all tables of this program, and that of the last ids.
    fn find_tables(&mut self) {
        let names: Vec<String> = self
            .objects
            .iter()
            .filter(|object| object.ty == "table" && object.root > 1)
            .map(|object| object.name.clone())
            .collect();
        let known = all_kinds().map(|kind| kind.table.to_owned());
        let known: Vec<String> = known.chain([SEQUENCES.to_owned()]).collect();
        let others = names.into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>();
        for name in known.iter().chain(&others) {
            let found = self.objects.iter().find(|o| o.ty == "table" && o.name == *name).cloned();
            let Some(object) = found else {
                // It may be in the part of the schema that is lost; else this archive does not have it.
                if self.lost_schema > 0 {
                    let layout = Layout::own(self.model.columns(name));
                    let tree = lost_tree();
                    let table = Table { name: name.clone(), layout, tree, orphans: Vec::new() };
                    self.tables.insert(name.clone(), table);
                }
                continue;
            };
            let layout = self.model.layout(name, &object.sql);
            let layout = layout.unwrap_or_else(|| Layout::own(self.model.columns(name)));
            let closed = self.closed();
            let mut tree = walk(&mut self.pages, object.root, &closed);
            if !self.is_of(&tree, name, &layout) {
                tree = lost_tree();
                if let Some(gap) = tree.gaps.first_mut() {
                    gap.page = object.root;
                }
            }
            self.own(&tree);
            let table = Table { name: name.clone(), layout, tree, orphans: Vec::new() };
            self.tables.insert(name.clone(), table);
        }
    }

    /// Returns true if the first rows of a tree fit into the table: else its root is not that of the table.
    fn is_of(&mut self, tree: &Tree, name: &str, layout: &Layout) -> bool {
        let Some(kind) = kind_of(name) else { return true };
        for leaf in &tree.leaves {
            let (rows, _) = self.rows(*leaf);
            if let Some(share) = self.share(kind, layout, &rows) {
                return share * 2.0 >= 1.0;
            }
        }
        true
    }

    /// The share of rows that fit into a table; `None` where there are none.
    fn share(&self, kind: &Kind, layout: &Layout, rows: &[Stored]) -> Option<f64> {
        let sample: Vec<&Stored> = rows.iter().take(SAMPLE).collect();
        let fitting = sample.iter().filter(|row| self.model.fits(kind.table, layout, row)).count();
        (!sample.is_empty()).then(|| fitting as f64 / sample.len() as f64)
    }

    /// Gives a leaf to which nothing leads to the table that has it: one with a gap in which the ids of its rows lie,
    /// and whose columns and CHECKs its rows fit. Where more than one can have it, none gets it.
    fn place(&mut self, page: u32) {
        if self.trees.has(page) {
            return;
        }
        let (rows, _) = self.rows(page);
        if rows.is_empty() {
            return;
        }
        let inside = |table: &Table| {
            let fits = |gap: &Gap, row: &Stored| row.id > gap.above && row.id <= gap.last;
            let within = rows.iter().filter(|row| table.tree.gaps.iter().any(|gap| fits(gap, row)));
            within.count() * 2 > rows.len()
        };
        let with_gap: Vec<&Table> = self.tables.values().filter(|table| inside(table)).collect();
        let mut best: (f64, Vec<String>) = (0.5, Vec::new());
        for table in &with_gap {
            let Some(kind) = kind_of(&table.name) else { continue };
            let share = self.share(kind, &table.layout, &rows).unwrap_or(0.0);
            if share > best.0 {
                best = (share, vec![table.name.clone()]);
            } else if share == best.0 && share > 0.5 {
                best.1.push(table.name.clone());
            }
        }
        if best.1.len() > 1 {
            let by_codes: Vec<String> = with_gap
                .iter()
                .filter(|table| best.1.contains(&table.name))
                .filter(|table| {
                    kind_of(&table.name).is_some_and(|kind| {
                        rows.iter().all(|row| self.model.knows_codes(kind, &table.layout, row))
                    })
                })
                .map(|table| table.name.clone())
                .collect();
            if by_codes.len() == 1 {
                best.1 = by_codes;
            }
        }
        let is_other = |table: &&Table| {
            let width = table.layout.places.len();
            kind_of(&table.name).is_none() && rows.iter().all(|row| row.values.len() == width)
        };
        match best.1.as_slice() {
            [name] => {
                if let Some(table) = self.tables.get_mut(name) {
                    table.orphans.push(page);
                    self.trees.add(page);
                }
            }
            // It is a page of what the program derives, such as the search index.
            [] if with_gap.iter().any(is_other) => {}
            [] if with_gap.is_empty() => {}
            tables => {
                self.unplaced.push(Unplaced { page, rows: rows.len(), tables: tables.to_vec() })
            }
        }
    }
}

/// A table of which no page is known.
fn lost_tree() -> Tree {
    let gap = Gap { page: 0, above: ALL.above, last: ALL.last };
    Tree { gaps: vec![gap], ..Tree::default() }
}

/// The kind of the rows of a table that are salvaged; `None` for another table, and for what the program derives.
pub(super) fn kind_of(table: &str) -> Option<&'static Kind> {
    all_kinds().find(|kind| kind.is_of(table)).filter(|kind| is_salvaged(kind))
}

/// Returns true if the rows of a kind are salvaged, and not made anew. The days of a date follow from it, and a date
/// that no row states any more stays.
fn is_salvaged(kind: &Kind) -> bool {
    kind.role != Role::Derived || kind.is(&DATE)
}

#[cfg(test)]
mod tests {
    use super::{Bits, Object, Stored, Survey, walk};
    use crate::model::CancelToken;
    use crate::store::recover::pages::Pages;
    use crate::store::{NewNames, create};
    use std::io::{Cursor, Read, Seek, SeekFrom};

    /// The bytes of an archive in which a script was run, and the root of a table.
    fn archive(sql: &str, table: &str) -> (Vec<u8>, usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let root = create(&path, "2021-01-01T00:00:00Z", NewNames::default(), |writer| {
            writer.conn.execute_batch(sql).unwrap();
            let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
            Ok(writer.conn.query_row(sql, [table], |row| row.get::<_, u32>(0)).unwrap())
        });
        (std::fs::read(path).unwrap(), root.unwrap() as usize)
    }

    fn survey(bytes: &[u8]) -> Survey<Cursor<Vec<u8>>> {
        Survey::of(Pages::open(Cursor::new(bytes.to_vec())).unwrap(), CancelToken::never()).unwrap()
    }

    /// Writes a page of the file at its end, where nothing leads to it.
    fn appended(bytes: &[u8], page: usize) -> (Vec<u8>, u32) {
        let mut bytes = bytes.to_vec();
        let copy = bytes[(page - 1) * 4096..page * 4096].to_vec();
        bytes.extend(copy);
        bytes[(page - 1) * 4096..page * 4096].fill(0);
        let number = u32::try_from(bytes.len() / 4096).unwrap();
        (bytes, number)
    }

    const CLAIMS: &str =
        "INSERT INTO claims (key, text, kind) VALUES ('a', 'A', 'event'), ('b', 'B', 'event')";

    #[test]
    fn a_leaf_to_which_nothing_leads_goes_to_the_table_whose_gap_it_fills() {
        let (bytes, root) = archive(CLAIMS, "claims");
        let (torn, page) = appended(&bytes, root);
        let found = survey(&torn);
        assert_eq!(found.tables["claims"].orphans, [page]);
        assert!(found.unplaced.is_empty());
        // Without a gap, nothing asks for it.
        let mut whole = torn;
        let copy = whole[(page as usize - 1) * 4096..].to_vec();
        whole[(root - 1) * 4096..root * 4096].copy_from_slice(&copy);
        let found = survey(&whole);
        assert!(found.tables["claims"].orphans.is_empty());
        assert_eq!(found.tables["claims"].leaves(), [root as u32]);
    }

    #[test]
    fn a_leaf_that_two_tables_may_have_is_not_placed() {
        // A word of a list of the user's own, which both lists may have.
        let list = |table: &str| {
            format!(
                "DELETE FROM {table}; INSERT INTO {table} (id, code, label, definition, rank)
                     VALUES (90, 'own', 'Own', 'A word of ours', 1)"
            )
        };
        let (bytes, hedges) = archive(&list("hedges"), "hedges");
        let (mut torn, page) = appended(&bytes, hedges);
        assert_eq!(survey(&torn).tables["hedges"].orphans, [page], "one list has a gap");
        let (_, growths) = archive(&list("hedges"), "growths");
        torn[(growths - 1) * 4096..growths * 4096].fill(0);
        let found = survey(&torn);
        assert!(found.tables["hedges"].orphans.is_empty());
        assert_eq!((found.unplaced.len(), found.unplaced[0].page), (1, page));
        assert_eq!(found.unplaced[0].tables, ["growths", "hedges"]);
        // The words that the program ships tell the lists apart.
        let (bytes, hedges) = archive("SELECT 1", "hedges");
        let (mut torn, page) = appended(&bytes, hedges);
        torn[(growths - 1) * 4096..growths * 4096].fill(0);
        assert_eq!(survey(&torn).tables["hedges"].orphans, [page]);
    }

    #[test]
    fn a_root_that_leads_to_another_table_is_lost() {
        let (mut bytes, claims) = archive(CLAIMS, "claims");
        let (_, sources) = archive(CLAIMS, "sources");
        let copy = bytes[(sources - 1) * 4096..sources * 4096].to_vec();
        bytes[(claims - 1) * 4096..claims * 4096].copy_from_slice(&copy);
        let found = survey(&bytes);
        assert!(found.tables["claims"].tree.leaves.is_empty());
        assert_eq!(found.tables["claims"].tree.gaps[0].page as usize, claims);
        assert_eq!(found.tables["sources"].leaves(), [sources as u32]);
    }

    /// A file whose medium gives a page once, refuses it the next time, and gives it again.
    struct Flaky {
        file: Cursor<Vec<u8>>,
        page: u32,
        readings: u32,
    }

    impl Read for Flaky {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.file.position() == u64::from(self.page - 1) * 4096 {
                self.readings += 1;
                if self.readings == 2 {
                    return Err(std::io::Error::other("the medium does not give it"));
                }
            }
            self.file.read(into)
        }
    }

    impl Seek for Flaky {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            self.file.seek(to)
        }
    }

    #[test]
    fn a_page_of_the_schema_that_cannot_be_read_once_hides_no_table() {
        let (mut bytes, claims) = archive(CLAIMS, "claims");
        let mut whole = survey(&bytes);
        let is_of_claims = |row: &Stored| Object::of(row).is_some_and(|it| it.name == "claims");
        let none = Bits::new(whole.pages.count);
        let schema = walk(&mut whole.pages, 1, &none).leaves;
        let mut leaves = schema.into_iter();
        let page = leaves.find(|leaf| whole.rows(*leaf).0.iter().any(is_of_claims)).unwrap();
        // Nothing else is left by which the table could be found.
        bytes[(claims - 1) * 4096..claims * 4096].fill(0);
        let file = Flaky { file: Cursor::new(bytes), page, readings: 0 };
        let found = Survey::of(Pages::open(file).unwrap(), CancelToken::never()).unwrap();
        assert_eq!(found.lost_schema, 1);
        assert_eq!(found.tables["claims"].tree.gaps.len(), 1);
    }
}
