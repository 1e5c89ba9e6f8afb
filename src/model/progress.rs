//! How far long work has come: told as it goes, shown by whoever has a screen.

use std::fmt;
use std::sync::Arc;

/// Is told how many bytes of how many were read.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(u64, u64) + Send + Sync>);

impl Progress {
    /// Tells `show` the bytes done and the bytes in all.
    pub fn new(show: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Progress(Arc::new(show))
    }

    /// Tells nobody.
    pub fn silent() -> Self {
        Progress::new(|_, _| {})
    }

    /// Tells how far the work has come.
    pub fn tell(&self, done: u64, all: u64) {
        (self.0)(done, all);
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meter")
    }
}
