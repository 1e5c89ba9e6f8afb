//! Tables: the walk from the root of a table to its leaves, with the places where it leads nowhere, and
//! the rows of a leaf.

use super::bits::Bits;
use super::leaf::{Child, INNER, LEAF, Leaf, cell, children, leaf_of};
use super::pages::{FILE_HEADER, Pages};
use super::record::{Stored, Why, read_row};
use std::io::{Read, Seek};

/// The levels of a table: each has a hundred times the pages of the one above.
const MAX_DEPTH: usize = 20;

/// A part of a table that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    /// The page that cannot be read; 0 where it is not known.
    pub page: u32,
    /// The ids of its rows are above this one.
    pub above: i64,
    /// The ids of its rows are at most this one.
    pub last: i64,
}

/// The pages of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// The leaves, in the order of their rows.
    pub leaves: Vec<u32>,
    /// The inner pages.
    pub inner: Vec<u32>,
    /// The parts that cannot be read.
    pub gaps: Vec<Gap>,
}

/// The ids that a table may have.
pub(super) const ALL: Child = Child { page: 0, above: i64::MIN, last: i64::MAX };

/// Walks a table from its root. A page in `taken` is that of another table.
pub(super) fn walk<R: Read + Seek>(pages: &mut Pages<R>, root: u32, taken: &Bits) -> Tree {
    let mut tree = Tree::default();
    let mut seen = Bits::new(pages.count);
    let mut waiting = vec![(Child { page: root, ..ALL }, 0)];
    while let Some((part, depth)) = waiting.pop() {
        let Child { page: number, above, last } = part;
        let gap = Gap { page: number, above, last };
        let is_new = pages.has(number) && !seen.has(number) && !taken.has(number);
        let Some(page) = pages.read(number).filter(|_| is_new && depth < MAX_DEPTH) else {
            tree.gaps.push(gap);
            continue;
        };
        seen.add(number);
        let (at, usable) = (header_of(number), pages.usable());
        let below = match page.get(at) {
            Some(&INNER) => children(&page, at, usable, part),
            _ => None,
        };
        if let Some(mut below) = below.filter(|below| below.len() > 1 || depth == 0) {
            tree.inner.push(number);
            below.reverse();
            waiting.extend(below.into_iter().map(|child| (child, depth + 1)));
        } else if is_leaf(&page, at, usable, part) {
            tree.leaves.push(number);
        } else {
            tree.gaps.push(gap);
        }
    }
    tree
}

/// The place of a page's own header.
pub(super) fn header_of(number: u32) -> usize {
    if number == 1 { FILE_HEADER } else { 0 }
}

/// Returns true if a page is a leaf with rows of a part of a table. One whose first byte was changed still is, if
/// all its cells are in order.
fn is_leaf(page: &[u8], at: usize, usable: usize, part: Child) -> bool {
    let Some(leaf) = leaf_of(page, at, usable) else { return false };
    let ids: Vec<i64> =
        leaf.cells.iter().filter_map(|place| cell(page, *place, usable)).map(|c| c.id).collect();
    let inside = ids.iter().filter(|id| **id > part.above && **id <= part.last).count();
    match page.get(at) {
        // An empty table has one empty leaf.
        Some(&LEAF) if leaf.cells.is_empty() && leaf.lost == 0 => true,
        Some(&LEAF) => inside * 2 > ids.len(),
        _ => {
            !ids.is_empty()
                && leaf.lost == 0
                && ids.len() == leaf.cells.len()
                && inside == ids.len()
        }
    }
}

/// A row that is on a leaf and cannot be read: its id, if that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The id; `None` where it cannot be read either.
    pub id: Option<i64>,
    /// The reason.
    pub why: Why,
}

/// Passes the rows of a leaf to `take`, in their order, and those that cannot be read. A leaf that can no longer be read
/// counts as one of these. A row of more bytes than `most` is left out.
///
/// # Errors
/// Returns the errors of `take`.
pub(super) fn rows<R: Read + Seek, E>(
    pages: &mut Pages<R>,
    trees: &Bits,
    number: u32,
    most: u64,
    mut take: impl FnMut(Result<Stored, Broken>) -> Result<(), E>,
) -> Result<(), E> {
    let usable = pages.usable();
    let page = pages.read(number);
    let leaf = page.as_deref().and_then(|page| leaf_of(page, header_of(number), usable));
    let (Some(page), Some(Leaf { cells, lost })) = (page.as_deref(), leaf) else {
        // It was a leaf when the table was walked: a failing medium gives a page once, and not the next time.
        let why = "the page can no longer be read, so that all of its rows are lost";
        return take(Err(Broken { id: None, why }));
    };
    let found: Vec<_> = cells.iter().map(|place| cell(page, *place, usable)).collect();
    let ids: Vec<Option<i64>> = found.iter().map(|cell| cell.map(|cell| cell.id)).collect();
    let in_order = in_order(&ids);
    for (cell, in_order) in found.iter().zip(in_order) {
        take(match cell {
            None => Err(Broken { id: None, why: "its bytes are not those of a row" }),
            Some(cell) if !in_order => Err(Broken {
                id: Some(cell.id),
                why: "its id is out of order, so that it was changed",
            }),
            Some(cell) if cell.length > most => continue,
            Some(cell) => {
                let row = read_row(pages, trees, cell);
                row.map_err(|why| Broken { id: Some(cell.id), why })
            }
        })?;
    }
    for _ in 0..lost {
        take(Err(Broken { id: None, why: "its place on the page is lost" }))?;
    }
    Ok(())
}

/// Marks the ids of a longest rising sequence: the rows of a leaf are in the order of their ids, and what is
/// out of it was changed.
fn in_order(ids: &[Option<i64>]) -> Vec<bool> {
    // The ends of the best sequences of each length, and for each id the one before it.
    let mut ends: Vec<(i64, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; ids.len()];
    for (n, id) in ids.iter().enumerate() {
        let Some(id) = *id else { continue };
        let place = ends.partition_point(|(end, _)| *end < id);
        if let Some(link) = before.get_mut(n) {
            *link = place.checked_sub(1).and_then(|p| ends.get(p)).map(|(_, at)| *at);
        }
        match ends.get_mut(place) {
            Some(end) => *end = (id, n),
            None => ends.push((id, n)),
        }
    }
    let mut marked = vec![false; ids.len()];
    let mut here = ends.last().map(|(_, at)| *at);
    while let Some(n) = here {
        if let Some(mark) = marked.get_mut(n) {
            *mark = true;
        }
        here = before.get(n).copied().flatten();
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::{ALL, Broken, Gap, Tree, in_order, rows, walk};
    use crate::store::recover::bits::Bits;
    use crate::store::recover::pages::Pages;
    use crate::store::recover::record::Stored;
    use proptest::prelude::*;
    use rusqlite::Connection;
    use std::io::Cursor;

    /// A file with a table `t` of these rows, in pages of 512 bytes, and the root of the table.
    fn table(number: i64, length: usize) -> (Vec<u8>, u32) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch("PRAGMA page_size = 512; CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
            .unwrap();
        for id in 1..=number {
            let text = "a".repeat(length);
            conn.execute("INSERT INTO t VALUES (?1, ?2)", (id, text)).unwrap();
        }
        let root = conn
            .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 't'", [], |row| row.get(0))
            .unwrap();
        conn.close().unwrap();
        (std::fs::read(path).unwrap(), root)
    }

    fn open(bytes: Vec<u8>) -> Pages<Cursor<Vec<u8>>> {
        Pages::open(Cursor::new(bytes)).unwrap()
    }

    fn whole(pages: &mut Pages<Cursor<Vec<u8>>>, root: u32) -> Tree {
        let none = Bits::new(pages.count);
        walk(pages, root, &none)
    }

    /// The ids of the rows that are read, and the number of the others.
    fn read(pages: &mut Pages<Cursor<Vec<u8>>>, root: u32) -> (Vec<i64>, usize, Vec<Gap>) {
        let none = Bits::new(pages.count);
        let tree = walk(pages, root, &none);
        let (mut ids, mut broken) = (Vec::new(), 0);
        for leaf in tree.leaves {
            let mut take = |row: Result<Stored, Broken>| {
                match row {
                    Ok(row) => ids.push(row.id),
                    Err(_) => broken += 1,
                }
                Ok::<(), ()>(())
            };
            rows(pages, &none, leaf, u64::MAX, &mut take).unwrap();
        }
        (ids, broken, tree.gaps)
    }

    #[test]
    fn a_table_is_read_from_its_root() {
        for (number, length) in [(0, 0), (1, 3), (40, 30), (300, 100), (20, 3000)] {
            let (bytes, root) = table(number, length);
            let found = read(&mut open(bytes), root);
            assert_eq!(found, ((1..=number).collect(), 0, Vec::new()), "{number} of {length}");
        }
    }

    #[test]
    fn a_lost_leaf_leaves_a_gap_between_its_neighbours() {
        let (mut bytes, root) = table(300, 100);
        let mut pages = open(bytes.clone());
        let tree = whole(&mut pages, root);
        let lost = tree.leaves[tree.leaves.len() / 2];
        let at = (lost as usize - 1) * 512;
        bytes[at..at + 512].fill(0);
        let (ids, broken, gaps) = read(&mut open(bytes), root);
        assert_eq!((broken, gaps.len(), gaps[0].page), (0, 1, lost));
        let (first, last) = (gaps[0].above + 1, gaps[0].last);
        assert_eq!(ids, (1..first).chain(last + 1..=300).collect::<Vec<_>>());
        assert!(last - first < 10 && last > first, "{first} to {last}");
    }

    #[test]
    fn a_leaf_that_cannot_be_read_any_more_is_named() {
        let (bytes, root) = table(300, 100);
        let leaf = whole(&mut open(bytes.clone()), root).leaves[3];
        let mut pages = open(bytes[..(leaf as usize - 1) * 512].to_vec());
        let (none, mut found) = (Bits::new(pages.count), Vec::new());
        let taken = rows(&mut pages, &none, leaf, u64::MAX, |row| {
            found.push(row);
            Ok::<(), ()>(())
        });
        assert_eq!(taken, Ok(()));
        assert!(matches!(found.as_slice(), [Err(Broken { id: None, .. })]), "{found:?}");
    }

    #[test]
    fn a_leaf_whose_type_was_changed_is_still_one() {
        let (mut bytes, root) = table(300, 100);
        let mut pages = open(bytes.clone());
        let leaf = whole(&mut pages, root).leaves[3];
        bytes[(leaf as usize - 1) * 512] = 0x0c;
        assert_eq!(read(&mut open(bytes), root).0.len(), 300);
    }

    #[test]
    fn a_circle_ends() {
        let (mut bytes, root) = table(300, 100);
        let at = (root as usize - 1) * 512;
        // The last child of the root is the root.
        bytes[at + 8..at + 12].copy_from_slice(&root.to_be_bytes());
        let (ids, _, gaps) = read(&mut open(bytes), root);
        assert_eq!((gaps.len(), gaps[0].page), (1, root));
        assert!(!ids.is_empty() && ids.len() < 300);
    }

    #[test]
    fn a_page_of_another_table_is_none_of_this_one() {
        let (bytes, root) = table(300, 100);
        let mut pages = open(bytes);
        let leaf = whole(&mut pages, root).leaves[3];
        let mut taken = Bits::new(pages.count);
        taken.add(leaf);
        let tree = walk(&mut pages, root, &taken);
        assert_eq!(tree.gaps.iter().map(|gap| gap.page).collect::<Vec<_>>(), [leaf]);
        assert!(
            walk(&mut pages, 0, &taken).gaps == [Gap { page: 0, above: ALL.above, last: ALL.last }]
        );
    }

    #[test]
    fn ids_out_of_order_were_changed() {
        let order = |ids: &[i64]| in_order(&ids.iter().map(|id| Some(*id)).collect::<Vec<_>>());
        assert_eq!(order(&[1, 2, 3]), [true, true, true]);
        assert_eq!(order(&[1, 900, 3, 4]), [true, false, true, true]);
        assert_eq!(order(&[5, 6, 1, 7]), [true, true, false, true]);
        assert_eq!(in_order(&[None, Some(1)]), [false, true]);
        assert_eq!(order(&[]), Vec::<bool>::new());
        assert_eq!(order(&[7, 7]).iter().filter(|mark| **mark).count(), 1, "no id is there twice");
    }

    #[test]
    fn the_page_size_is_guessed_without_a_header() {
        for size in [512, 1024, 4096, 65_536] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.db");
            let conn = Connection::open(&path).unwrap();
            conn.execute_batch(&format!(
                "PRAGMA page_size = {size};
                 CREATE TABLE t (id INTEGER PRIMARY KEY, a); CREATE INDEX t_a ON t (a);
                 WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000)
                 INSERT INTO t SELECT n, n || ' some text of a row' FROM n"
            ))
            .unwrap();
            conn.close().unwrap();
            let mut bytes = std::fs::read(path).unwrap();
            bytes[..100].fill(0);
            let pages = open(bytes);
            assert_eq!((pages.has_header, pages.header.size), (false, size));
        }
    }

    #[test]
    fn bytes_that_the_header_reserves_and_rows_fill_are_not_reserved() {
        let (mut bytes, root) = table(300, 100);
        bytes[20] = 1;
        let mut pages = open(bytes);
        assert_eq!(pages.header.usable, 512);
        assert_eq!(read(&mut pages, root).0.len(), 300);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_bytes_make_it_panic(
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..60),
            length in any::<prop::sample::Index>(),
            is_cut in any::<bool>(),
        ) {
            let (mut bytes, root) = table(60, 300);
            for (at, byte) in changes {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if is_cut {
                let length = length.index(bytes.len());
                bytes.truncate(length);
            }
            let mut pages = open(bytes);
            let _ = pages.free();
            for page in [root, 1, 2, 3] {
                let (ids, ..) = read(&mut pages, page);
                prop_assert!(ids.len() < 4000);
            }
        }

        #[test]
        fn no_noise_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let mut pages = open(bytes);
            let _ = pages.free();
            let _ = read(&mut pages, 1);
        }
    }

    #[test]
    fn free_pages_are_those_of_the_list() {
        let (bytes, _) = {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.db");
            let conn = Connection::open(&path).unwrap();
            conn.execute_batch(
                "PRAGMA page_size = 512; CREATE TABLE t (id INTEGER PRIMARY KEY, a);
                 WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 900)
                 INSERT INTO t SELECT n, n || ' some text of a row' FROM n; DELETE FROM t",
            )
            .unwrap();
            conn.close().unwrap();
            (std::fs::read(path).unwrap(), 0)
        };
        let mut pages = open(bytes.clone());
        let free = pages.free();
        assert!(free.is_whole);
        let number = (1..=pages.count).filter(|page| free.pages.has(*page)).count();
        assert_eq!(number as u32, pages.header.free);
        assert!(number > 20);
        // The list leads to itself, or out of the file.
        let trunk = pages.header.first_free;
        let at = (trunk as usize - 1) * 512;
        for next in [trunk, pages.count + 1] {
            let mut bytes = bytes.clone();
            bytes[at..at + 4].copy_from_slice(&next.to_be_bytes());
            assert!(!open(bytes).free().is_whole, "{next}");
        }
    }
}
