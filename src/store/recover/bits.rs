//! A set of page numbers, a bit each.

/// A set of pages of a file.
#[derive(Clone, Debug)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    /// An empty set of pages up to `last`.
    pub(super) fn new(last: u32) -> Self {
        Bits(vec![0; last as usize / 64 + 1])
    }

    /// Adds a page; one above the last is left out.
    pub(super) fn add(&mut self, page: u32) {
        if let Some(word) = self.0.get_mut(page as usize / 64) {
            *word |= 1 << (page % 64);
        }
    }

    /// Adds all pages of another set.
    pub(super) fn add_all(&mut self, other: &Bits) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    /// Returns true if the page is in the set.
    pub(super) fn has(&self, page: u32) -> bool {
        self.0.get(page as usize / 64).is_some_and(|word| word & (1 << (page % 64)) != 0)
    }
}
