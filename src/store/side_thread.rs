//! Work on a second thread while the connection goes on on the first: SQLite's is used by one thread at a time.

use std::panic::resume_unwind;
use std::thread;

/// The number of rows below which their work is not worth a thread.
const FEW: usize = 100;

/// Runs `work`, which is for so many rows, on another thread while `here` runs on this one.
pub(super) fn meanwhile<A: Send, B>(
    rows: usize,
    work: impl FnOnce() -> A + Send,
    here: impl FnOnce() -> B,
) -> (A, B) {
    if rows < FEW {
        return (work(), here());
    }
    thread::scope(|scope| {
        let work = scope.spawn(work);
        let done = here();
        (work.join().unwrap_or_else(|panic| resume_unwind(panic)), done)
    })
}

#[cfg(test)]
mod tests {
    use super::{FEW, meanwhile};
    use std::thread;

    #[test]
    fn the_work_of_many_rows_has_a_thread_of_its_own() {
        let this = thread::current().id();
        for (rows, elsewhere) in [(FEW - 1, false), (FEW, true)] {
            let on = || thread::current().id();
            let (work, here) = meanwhile(rows, on, on);
            assert_eq!((work != this, here), (elsewhere, this), "{rows}");
        }
    }
}
