//! When to give up: asked by long work, answered by whoever holds the clock and the keyboard.

use std::fmt;
use std::sync::Arc;

/// Asks whether work should stop now, and why. The library reads no clock and no signals.
#[derive(Clone)]
pub struct Stop(Arc<dyn Fn() -> Option<&'static str> + Send + Sync>);

impl Stop {
    /// Stops when `ask` gives a reason.
    pub fn when(ask: impl Fn() -> Option<&'static str> + Send + Sync + 'static) -> Self {
        Stop(Arc::new(ask))
    }

    /// Never stops.
    pub fn never() -> Self {
        Stop::when(|| None)
    }

    /// Why to stop now, or `None` to go on.
    pub fn reason(&self) -> Option<&'static str> {
        (self.0)()
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stop")
    }
}
