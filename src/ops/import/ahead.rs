//! Reads an input on a thread of its own, ahead of the importer, which writes meanwhile.

use crate::intake::{Sink, Unit};
use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// The units of a batch, at most.
const UNITS: usize = 64;
/// The bytes of the input that a batch holds, beyond which it is sent.
const BYTES: usize = 1 << 18;
/// The batches that wait for the importer, at most.
const WAITING: usize = 4;
/// The bytes from which a batch waits alone: a line with a part of a captured copy takes a hundred megabytes.
const ALONE: usize = 1 << 22;

/// A part of an input, on its way to the importer.
enum Said {
    Header(Vec<String>),
    Delimiter(u8),
    Worksheet(String),
    Unit(Unit),
}

/// Passes all that `read` hands to its sink on to `sink`, in the same order. `read` runs ahead by a bounded number of
/// units, and ends early once `sink` refuses one.
///
/// # Errors
/// Those of `read`, after `sink` received what was read before.
pub(super) fn read_ahead(
    read: impl FnOnce(&mut dyn Sink) -> std::io::Result<()> + Send,
    sink: &mut dyn Sink,
) -> std::io::Result<()> {
    let (sender, receiver) = sync_channel(WAITING);
    thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut queue = Queue { sender, batch: Vec::new(), bytes: 0 };
            let read = read(&mut queue);
            queue.send();
            read
        });
        for batch in receiver {
            if !pass_on(batch, sink) {
                break;
            }
        }
        reader.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Returns false once the sink takes no more.
fn pass_on(batch: Vec<Said>, sink: &mut dyn Sink) -> bool {
    batch.into_iter().all(|said| {
        match said {
            Said::Header(header) => sink.header(&header),
            Said::Delimiter(sign) => sink.delimiter(sign),
            Said::Worksheet(name) => sink.worksheet(&name),
            Said::Unit(unit) => return sink.unit(unit),
        }
        true
    })
}

/// The end of the queue that the reader fills.
struct Queue {
    sender: SyncSender<Vec<Said>>,
    batch: Vec<Said>,
    bytes: usize,
}

impl Queue {
    /// Sends the batch. Returns false if nobody receives it.
    fn send(&mut self) -> bool {
        let bytes = std::mem::take(&mut self.bytes);
        let is_received = self.sender.send(std::mem::take(&mut self.batch)).is_ok();
        // Empty batches take all places of the queue: once they are in it, the large one has left it.
        let empty = if bytes > ALONE { WAITING } else { 0 };
        is_received && (0..empty).all(|_| self.sender.send(Vec::new()).is_ok())
    }
}

impl Sink for Queue {
    fn header(&mut self, header: &[String]) {
        self.batch.push(Said::Header(header.to_vec()));
    }

    fn delimiter(&mut self, sign: u8) {
        self.batch.push(Said::Delimiter(sign));
    }

    fn worksheet(&mut self, name: &str) {
        self.batch.push(Said::Worksheet(name.to_owned()));
    }

    fn unit(&mut self, unit: Unit) -> bool {
        self.bytes += unit.raw.bytes();
        self.batch.push(Said::Unit(unit));
        self.batch.len() < UNITS && self.bytes < BYTES || self.send()
    }
}

#[cfg(test)]
mod tests {
    use super::{ALONE, BYTES, UNITS, WAITING, read_ahead};
    use crate::intake::{Raw, Sink, Unit};
    use std::io::{Error, ErrorKind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Writes down what it receives, and refuses units from the one at `most`.
    struct Log {
        said: Vec<String>,
        most: usize,
    }

    impl Log {
        fn new(most: usize) -> Self {
            Log { said: Vec::new(), most }
        }
    }

    impl Sink for Log {
        fn header(&mut self, header: &[String]) {
            self.said.push(format!("header {}", header.join(" ")));
        }

        fn delimiter(&mut self, sign: u8) {
            self.said.push(format!("delimiter {}", char::from(sign)));
        }

        fn worksheet(&mut self, name: &str) {
            self.said.push(format!("worksheet {name}"));
        }

        fn unit(&mut self, unit: Unit) -> bool {
            let Raw::Text(text) = unit.raw else { panic!("another unit") };
            self.said.push(text);
            self.said.len() < self.most
        }
    }

    fn unit(text: &str) -> Unit {
        Unit { raw: Raw::Text(text.to_owned()), ..Unit::default() }
    }

    #[test]
    fn all_that_an_input_says_arrives_in_its_order() {
        let mut log = Log::new(usize::MAX);
        read_ahead(
            |sink| {
                sink.worksheet("one");
                sink.delimiter(b';');
                sink.header(&["a".to_owned(), "b".to_owned()]);
                for n in 0..=UNITS {
                    assert!(sink.unit(unit(&n.to_string())));
                }
                sink.worksheet("two");
                Ok(())
            },
            &mut log,
        )
        .unwrap();
        let mut expected =
            vec!["worksheet one".to_owned(), "delimiter ;".into(), "header a b".into()];
        expected.extend((0..=UNITS).map(|n| n.to_string()));
        expected.push("worksheet two".to_owned());
        assert_eq!(log.said, expected);
    }

    #[test]
    fn an_error_comes_after_what_was_read_before_it() {
        let mut log = Log::new(usize::MAX);
        let read = read_ahead(
            |sink| {
                sink.unit(unit("first"));
                Err(Error::new(ErrorKind::InvalidData, "torn"))
            },
            &mut log,
        );
        assert_eq!(read.unwrap_err().to_string(), "torn");
        assert_eq!(log.said, ["first"]);
    }

    #[test]
    fn reading_ends_when_the_importer_takes_no_more() {
        let read = AtomicUsize::new(0);
        let mut log = Log::new(3);
        read_ahead(
            |sink| {
                while sink.unit(unit("x")) {
                    read.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            },
            &mut log,
        )
        .unwrap();
        assert_eq!(log.said.len(), 3);
        assert!(read.into_inner() <= (WAITING + 3) * UNITS);
    }

    /// The most units that a reader is ahead of a slow importer.
    fn most_ahead(unit_bytes: usize) -> usize {
        struct Slow<'a> {
            read: &'a AtomicUsize,
            seen: usize,
            most: usize,
        }
        impl Sink for Slow<'_> {
            fn header(&mut self, _: &[String]) {}
            fn delimiter(&mut self, _: u8) {}
            fn unit(&mut self, _: Unit) -> bool {
                self.seen += 1;
                std::thread::sleep(std::time::Duration::from_millis(3));
                self.most = self.most.max(self.read.load(Ordering::SeqCst) - self.seen);
                true
            }
        }
        let large = "x".repeat(unit_bytes);
        let read = AtomicUsize::new(0);
        let mut slow = Slow { read: &read, seen: 0, most: 0 };
        read_ahead(
            |sink| {
                for _ in 0..40 {
                    read.fetch_add(1, Ordering::SeqCst);
                    sink.unit(unit(&large));
                }
                Ok(())
            },
            &mut slow,
        )
        .unwrap();
        assert_eq!(slow.seen, 40);
        slow.most
    }

    #[test]
    fn few_large_units_run_ahead() {
        assert!(most_ahead(BYTES) <= WAITING + 2);
        // One waits in the queue, and the next is being read.
        assert!(most_ahead(ALONE + 1) <= 2);
    }

    #[test]
    #[should_panic(expected = "a defect of the parser")]
    fn a_panic_of_the_parser_is_not_swallowed() {
        let _ = read_ahead(|_| panic!("a defect of the parser"), &mut Log::new(1));
    }
}
