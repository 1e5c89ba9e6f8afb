//! The pages of tables: leaves with rows, and inner pages that lead to them.

use super::bytes::{u16_at, u32_at, varint};

/// The first byte of a leaf of a table.
pub(super) const LEAF: u8 = 0x0d;

/// The first byte of an inner page of a table.
pub(super) const INNER: u8 = 0x05;

/// The places of the cells of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    /// The places that lie on the page, in the order of their rows.
    pub cells: Vec<usize>,
    /// The number of those that do not.
    pub lost: usize,
}

/// Reads the places of the cells of a leaf, whatever its first byte says; `at` is where its header begins.
/// `None` where the header cannot be that of a leaf.
pub(super) fn leaf_of(page: &[u8], at: usize, usable: usize) -> Option<Leaf> {
    places(page, at, 8, usable)
}

/// Reads the places of the cells of a page whose header has this length.
pub(super) fn places(page: &[u8], at: usize, header: usize, usable: usize) -> Option<Leaf> {
    let count = usize::from(u16_at(page, at + 3)?);
    let first = at + header;
    let end = first + 2 * count;
    if end > usable {
        return None;
    }
    let mut leaf = Leaf { cells: Vec::with_capacity(count), lost: 0 };
    for n in 0..count {
        match u16_at(page, first + 2 * n).map(usize::from) {
            Some(place) if place >= end && place < usable => leaf.cells.push(place),
            _ => leaf.lost += 1,
        }
    }
    Some(leaf)
}

/// A cell of a leaf: the row before its bytes are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    /// The id of the row.
    pub id: i64,
    /// The length of its bytes.
    pub length: u64,
    /// The bytes that are on this page.
    pub local: &'a [u8],
    /// The page on which they go on, if they do.
    pub overflow: Option<u32>,
}

/// Reads a cell; `None` where the page ends before it does.
pub(super) fn cell(page: &[u8], mut at: usize, usable: usize) -> Option<Cell<'_>> {
    let length = varint(page, &mut at)?;
    let id = i64::from_ne_bytes(varint(page, &mut at)?.to_ne_bytes());
    let local = local_length(length, usable)?;
    let end = at.checked_add(local).filter(|end| *end <= usable)?;
    let overflow = match length > local as u64 {
        true if end + 4 <= usable => Some(u32_at(page, end)?),
        true => return None,
        false => None,
    };
    Some(Cell { id, length, local: page.get(at..end)?, overflow })
}

/// The number of a row's bytes that are on its leaf.
fn local_length(length: u64, usable: usize) -> Option<usize> {
    let most = usable.checked_sub(35)?;
    if length <= most as u64 {
        return usize::try_from(length).ok();
    }
    let least = (usable.checked_sub(12)? * 32 / 255).checked_sub(23)?;
    let rest = (length - least as u64) % (usable as u64 - 4);
    let most_of_last = least + usize::try_from(rest).ok()?;
    Some(if most_of_last <= most { most_of_last } else { least })
}

/// A part of a table, below an inner page: the page that leads to it, and the ids that it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Child {
    /// Its page; 0 where the inner page does not say.
    pub page: u32,
    /// Its ids are above this one.
    pub above: i64,
    /// Its ids are at most this one.
    pub last: i64,
}

/// Reads an inner page of the table part `of`: its children in order. `None` where its header cannot be that
/// of an inner page. A key that is out of order bounds nothing, and its child is there all the same.
pub(super) fn children(page: &[u8], at: usize, usable: usize, of: Child) -> Option<Vec<Child>> {
    let places = places(page, at, 12, usable)?;
    let mut children = Vec::new();
    let mut above = of.above;
    let keys = places.cells.iter().map(|place| {
        let mut key = place + 4;
        let child = u32_at(page, *place).unwrap_or(0);
        (child, varint(page, &mut key).map(|key| i64::from_ne_bytes(key.to_ne_bytes())))
    });
    let mut unbounded: Vec<usize> = Vec::new();
    for (child, key) in keys {
        match key.filter(|key| *key > above && *key <= of.last) {
            Some(key) => {
                for n in unbounded.drain(..) {
                    if let Some(Child { last, .. }) = children.get_mut(n) {
                        *last = key;
                    }
                }
                children.push(Child { page: child, above, last: key });
                above = key;
            }
            None => {
                unbounded.push(children.len());
                children.push(Child { page: child, above, last: of.last });
            }
        }
    }
    if places.lost > 0 {
        children.push(Child { page: 0, above: of.above, last: of.last });
    }
    children.push(Child { page: u32_at(page, at + 8)?, above, last: of.last });
    Some(children)
}

#[cfg(test)]
mod tests {
    use super::{Child, cell, children, leaf_of, local_length};

    #[test]
    fn a_cell_ends_on_its_page() {
        // Three bytes, id 5.
        let page = [0x0d, 0, 0, 0, 1, 0, 10, 0, 0, 10, 3, 5, 2, 1, 9];
        let leaf = leaf_of(&page, 0, page.len()).unwrap();
        assert_eq!((leaf.cells.as_slice(), leaf.lost), ([10_usize].as_slice(), 0));
        // The smallest page of SQLite has 480 usable bytes: the rules for overflow start there.
        let mut whole = page.to_vec();
        whole.resize(512, 0);
        let read = cell(&whole, 10, 512).unwrap();
        assert_eq!((read.id, read.length, read.local, read.overflow), (5, 3, &[2, 1, 9][..], None));
        assert!(cell(&whole, 510, 512).unwrap().local.is_empty());
        whole[510] = 3;
        assert_eq!(cell(&whole, 510, 512), None, "its bytes would lie behind the page");
    }

    #[test]
    fn a_leaf_of_no_cells_and_one_of_too_many() {
        let mut page = vec![0x0d, 0, 0, 0, 0, 0, 0, 0];
        page.resize(512, 0);
        assert!(leaf_of(&page, 0, 512).unwrap().cells.is_empty());
        page[3] = 0xff;
        assert_eq!(leaf_of(&page, 0, 512), None);
        page[3] = 0;
        page[4] = 2;
        let leaf = leaf_of(&page, 0, 512).unwrap();
        assert_eq!((leaf.cells.len(), leaf.lost), (0, 2), "both lie in the header");
    }

    #[test]
    fn long_rows_leave_the_page() {
        assert_eq!(local_length(477, 512), Some(477));
        // As SQLite's documentation has it: at least 39 of 512.
        assert_eq!(local_length(478, 512), Some(39));
        assert_eq!(local_length(4061, 4096), Some(4061));
        assert_eq!(local_length(4062, 4096), Some(489));
        assert_eq!(local_length(u64::MAX, 4096).map(|n| n <= 4061), Some(true));
    }

    #[test]
    fn the_children_of_an_inner_page_share_its_ids() {
        let all = Child { page: 1, above: i64::MIN, last: i64::MAX };
        let mut page = vec![0x05, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 9, 1, 0, 1, 8];
        page.resize(512, 0);
        page[256..261].copy_from_slice(&[0, 0, 0, 7, 10]);
        page[264..269].copy_from_slice(&[0, 0, 0, 8, 20]);
        let read = children(&page, 0, 512, all).unwrap();
        let pages: Vec<u32> = read.iter().map(|child| child.page).collect();
        assert_eq!(pages, [7, 8, 9]);
        assert_eq!((read[1].above, read[1].last), (10, 20));
        assert_eq!((read[2].above, read[2].last), (20, i64::MAX));
        // The first key is above the second.
        page[260] = 30;
        let read = children(&page, 0, 512, all).unwrap();
        assert_eq!(read.iter().map(|child| child.page).collect::<Vec<_>>(), [7, 8, 9]);
        assert_eq!((read[1].above, read[1].last), (30, i64::MAX));
        // A place in the header leads nowhere, and something may have been there.
        page[13] = 2;
        page[12] = 0;
        let read = children(&page, 0, 512, all).unwrap();
        assert!(read.iter().any(|child| child.page == 0));
    }
}
