//! How far long work has come: told as it goes, shown by whoever has a screen.

use std::fmt;
use std::sync::Arc;

/// Is told how many bytes of how many were read.
#[derive(Clone)]
pub struct Meter(Arc<dyn Fn(u64, u64) + Send + Sync>);

impl Meter {
    /// Tells `show` the bytes done and the bytes in all.
    pub fn new(show: impl Fn(u64, u64) + Send + Sync + 'static) -> Self {
        Meter(Arc::new(show))
    }

    /// Tells nobody.
    pub fn silent() -> Self {
        Meter::new(|_, _| {})
    }

    /// Tells how far the work has come.
    pub fn tell(&self, done: u64, all: u64) {
        (self.0)(done, all);
    }
}

impl fmt::Debug for Meter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meter")
    }
}
