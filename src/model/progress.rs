//! A progress callback. Long operations call it; the command draws a progress bar with it.

use std::fmt;
use std::sync::Arc;

/// A progress callback: `(bytes_done, bytes_total)`.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(u64, u64) + Send + Sync>);

impl Progress {
    /// A callback that passes the bytes done and the total to `show`.
    pub fn new(show: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Progress(Arc::new(show))
    }

    /// A callback that does nothing.
    pub fn silent() -> Self {
        Progress::new(|_, _| {})
    }

    /// Reports `done` of `all` bytes.
    pub fn tell(&self, done: u64, all: u64) {
        (self.0)(done, all);
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}
