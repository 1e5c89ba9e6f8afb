//! The pages of a damaged file, read one at a time without SQLite: the header, or a guess in its
//! place, and the list of free pages. The format is that of <https://sqlite.org/fileformat2.html>.

use super::bits::Bits;
use super::bytes::{u16_at, u32_at};
use super::leaf::{INNER, LEAF, Leaf, cell, leaf_of, places};
use std::io::{Read, Seek, SeekFrom};

/// The first bytes of an SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The length of the header of the file, which is the beginning of page 1.
pub(super) const FILE_HEADER: usize = 100;

/// The page sizes that SQLite has. That of this program comes first.
const SIZES: [u32; 8] = [4096, 1024, 8192, 16_384, 32_768, 65_536, 2048, 512];

/// The number of pages by which the page size is guessed.
const SAMPLE: u32 = 2000;

/// The byte behind which SQLite locks a file: the page with it holds nothing.
const LOCK_BYTE: u64 = 1 << 30;

/// The encoding of the texts of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// The facts of the header that are needed to read pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The size of a page in bytes.
    pub size: u32,
    /// The bytes of a page that hold its content: without those reserved at its end.
    pub usable: u32,
    /// The encoding of texts.
    pub encoding: Encoding,
    /// The number of pages, as the header states it; 0 where it does not.
    pub pages: u32,
    /// The first page of the list of free pages; 0 where none is free.
    pub first_free: u32,
    /// The number of free pages.
    pub free: u32,
    /// The number that the program gives to its files: that of the newest migration.
    pub version: u32,
    /// The number by which files of this program are recognised.
    pub application: u32,
}

impl Header {
    /// Reads the header; `None` where it is damaged.
    fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.get(..16)? != MAGIC {
            return None;
        }
        let size = match u32::from(u16_at(bytes, 16)?) {
            1 => 65_536,
            size if SIZES.contains(&size) => size,
            _ => return None,
        };
        let usable =
            size.checked_sub(u32::from(*bytes.get(20)?)).filter(|usable| *usable >= 480)?;
        // The shares of a page that a cell may take never vary.
        if bytes.get(21..24)? != [64, 32, 32] {
            return None;
        }
        let encoding = match u32_at(bytes, 56)? {
            0 | 1 => Encoding::Utf8,
            2 => Encoding::Utf16Le,
            3 => Encoding::Utf16Be,
            _ => return None,
        };
        // The number of pages holds only if the program that wrote last knew of it.
        let is_counted = u32_at(bytes, 24)? == u32_at(bytes, 92)?;
        Some(Header {
            size,
            usable,
            encoding,
            pages: if is_counted { u32_at(bytes, 28)? } else { 0 },
            first_free: u32_at(bytes, 32)?,
            free: u32_at(bytes, 36)?,
            version: u32_at(bytes, 60)?,
            application: u32_at(bytes, 68)?,
        })
    }

    /// The header of a file of this program, for one whose header is damaged.
    fn assumed(size: u32) -> Self {
        Header {
            size,
            usable: size,
            encoding: Encoding::Utf8,
            pages: 0,
            first_free: 0,
            free: 0,
            version: 0,
            application: 0,
        }
    }
}

/// The pages of a file.
#[derive(Debug)]
pub(super) struct Pages<R> {
    file: R,
    /// The length of the file in bytes.
    pub length: u64,
    /// The header, or what is assumed in its place.
    pub header: Header,
    /// True if the header could be read.
    pub has_header: bool,
    /// The number of pages in the file, the last one perhaps cut off.
    pub count: u32,
}

impl<R: Read + Seek> Pages<R> {
    /// Reads the header of a file. Where it is damaged, the page size is the one by which most pages are
    /// those of tables and indexes.
    ///
    /// # Errors
    /// Fails if the length of the file cannot be found out. A part that cannot be read is as good as absent.
    pub(super) fn open(mut file: R) -> std::io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        let mut pages =
            Pages { file, length, header: Header::assumed(4096), has_header: false, count: 0 };
        let mut head = [0; FILE_HEADER];
        let found = match pages.read_at(0, &mut head) {
            true => Header::read(&head),
            false => None,
        };
        pages.has_header = found.is_some();
        let header = found.unwrap_or_else(|| Header::assumed(pages.guess_size()));
        pages.resize(header);
        if pages.header.usable != pages.header.size && pages.has_cells_at_its_ends() {
            pages.header.usable = pages.header.size;
        }
        Ok(pages)
    }

    /// Returns true if pages have rows that reach into the bytes that the header says are reserved: that was changed.
    fn has_cells_at_its_ends(&mut self) -> bool {
        let (usable, size) = (self.usable(), self.header.size as usize);
        (2..=self.count.min(SAMPLE)).any(|number| {
            let Some(page) = self.read(number).filter(|page| page.first() == Some(&LEAF)) else {
                return false;
            };
            let Some(Leaf { cells, .. }) = leaf_of(&page, 0, size) else { return false };
            is_whole_tree_page(&page, self.header.size)
                && cells.iter().any(|place| cell(&page, *place, usable).is_none())
        })
    }

    fn resize(&mut self, header: Header) {
        self.header = header;
        self.count =
            u32::try_from(self.length.div_ceil(u64::from(header.size))).unwrap_or(u32::MAX - 1);
    }

    /// The page size that explains most of the file: the number of its pages that are whole, in bytes.
    fn guess_size(&mut self) -> u32 {
        let mut best = (0, 4096);
        for size in SIZES {
            self.resize(Header::assumed(size));
            let step = (self.count / SAMPLE).max(1);
            let mut explained = 0_u64;
            for number in (2..=self.count).step_by(usize::try_from(step).unwrap_or(1)) {
                let Some(page) = self.read(number) else { continue };
                if is_whole_tree_page(&page, size) {
                    explained += u64::from(size) * u64::from(step);
                }
            }
            if explained > best.0 {
                best = (explained, size);
            }
        }
        best.1
    }

    /// Reads bytes at a place; false where there are none, or fewer.
    fn read_at(&mut self, at: u64, into: &mut [u8]) -> bool {
        self.file.seek(SeekFrom::Start(at)).is_ok() && self.file.read_exact(into).is_ok()
    }

    /// Reads a page, from 1 on; `None` where the file has none of this number, or the medium does not give it.
    /// What is cut off at the end of the file is zero.
    pub(super) fn read(&mut self, number: u32) -> Option<Vec<u8>> {
        let size = u64::from(self.header.size);
        let at = u64::from(number.checked_sub(1)?) * size;
        let there = self.length.checked_sub(at).filter(|there| *there > 0)?.min(size);
        let mut page = vec![0; usize::try_from(size).ok()?];
        let part = page.get_mut(..usize::try_from(there).ok()?)?;
        self.read_at(at, part).then_some(page)
    }

    /// The bytes of a page that hold its content.
    pub(super) fn usable(&self) -> usize {
        self.header.usable as usize
    }

    /// Returns true if the page is the one by which SQLite locks the file.
    pub(super) fn is_lock(&self, number: u32) -> bool {
        let at = u64::from(number.saturating_sub(1)) * u64::from(self.header.size);
        at <= LOCK_BYTE && LOCK_BYTE < at + u64::from(self.header.size)
    }

    /// Returns true if the number is that of a page of the file.
    pub(super) fn has(&self, number: u32) -> bool {
        (1..=self.count).contains(&number)
    }

    /// Reads the list of free pages.
    pub(super) fn free(&mut self) -> Free {
        let mut free = Free { pages: Bits::new(self.count), is_whole: self.has_header };
        if !self.has_header {
            return free;
        }
        let (mut trunk, mut found) = (self.header.first_free, 0_u64);
        while trunk != 0 {
            let Some((next, leaves)) = self.trunk(trunk).filter(|_| !free.pages.has(trunk)) else {
                free.is_whole = false;
                break;
            };
            free.pages.add(trunk);
            found += 1 + leaves.len() as u64;
            leaves.iter().for_each(|leaf| free.pages.add(*leaf));
            trunk = next;
        }
        free.is_whole &= found == u64::from(self.header.free);
        free
    }

    /// Reads a page of the list of free pages: the next such page, and the free pages that it names. `None`
    /// where it is none.
    pub(super) fn trunk(&mut self, number: u32) -> Option<(u32, Vec<u32>)> {
        let page = self.read(number)?;
        let (next, count) = (u32_at(&page, 0)?, u32_at(&page, 4)? as usize);
        if next > self.count || count > (self.usable() / 4).saturating_sub(2) {
            return None;
        }
        let mut leaves = Vec::with_capacity(count);
        for n in 0..count {
            let leaf = u32_at(&page, 8 + 4 * n)?;
            if leaf < 2 || !self.has(leaf) || leaf == number {
                return None;
            }
            leaves.push(leaf);
        }
        Some((next, leaves))
    }
}

/// The pages that are free: their rows were deleted.
#[derive(Debug)]
pub(super) struct Free {
    pub pages: Bits,
    /// False if a part of the list is damaged, so that some free pages are not known to be free.
    pub is_whole: bool,
}

/// Returns true if a page is one of a table or an index, and all its cells are where they may be. Cells fill a page
/// from its end: those of a smaller page would leave the second half of this one empty.
fn is_whole_tree_page(page: &[u8], size: u32) -> bool {
    let usable = size as usize;
    let ty = page.first().copied().unwrap_or_default();
    if ![LEAF, INNER, 2, 10].contains(&ty) {
        return false;
    }
    let header = if [LEAF, 10].contains(&ty) { 8 } else { 12 };
    let Some(Leaf { cells, lost: 0 }) = places(page, 0, header, usable) else { return false };
    let is_readable = |place: &usize| ty != LEAF || cell(page, *place, usable).is_some();
    cells.iter().any(|place| *place >= usable / 2) && cells.iter().all(is_readable)
}
