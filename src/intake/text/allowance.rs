//! Limits what one row, line or part of an input may bring into memory, whatever the input is as a whole.

use std::cell::Cell;
use std::io::{Error, Read, Result};
use std::rc::Rc;

/// The bytes that may still be read before the next part begins.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Allowance {
    left: Rc<Cell<u64>>,
    most: u64,
}

impl Allowance {
    /// At most so many bytes for each part.
    pub(in crate::intake) fn new(most: u64) -> Self {
        Allowance { left: Rc::new(Cell::new(most)), most }
    }

    /// Begins another part.
    pub(in crate::intake) fn renew(&self) {
        self.left.set(self.most);
    }

    /// A reader of `inner` that fails with the message `what` where a part is larger.
    pub(in crate::intake) fn limit<R: Read>(&self, inner: R, what: &'static str) -> Limited<R> {
        Limited { inner, left: Rc::clone(&self.left), what }
    }
}

/// A reader that fails where a part of its input is too large. What a buffer holds already counts for the part that is
/// read next, so that a part may be larger by the size of the buffer.
pub(in crate::intake) struct Limited<R> {
    inner: R,
    left: Rc<Cell<u64>>,
    what: &'static str,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.left.get() == 0 {
            return Err(Error::other(self.what));
        }
        let number = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(number as u64));
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::Allowance;
    use std::io::Read;

    #[test]
    fn a_part_may_not_be_larger_than_its_allowance() {
        let allowance = Allowance::new(10);
        let mut reader = allowance.limit(std::io::repeat(b'x'), "too large");
        let mut four = [0; 4];
        for part in 0..3 {
            for _ in 0..3 {
                reader.read_exact(&mut four).unwrap();
            }
            let error = reader.read(&mut four).unwrap_err();
            assert_eq!(error.to_string(), "too large", "{part}");
            allowance.renew();
        }
    }
}
