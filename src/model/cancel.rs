//! When to give up: asked by long work, answered by whoever holds the clock and the keyboard.

use std::fmt;
use std::sync::Arc;

/// Asks whether work should stop now, and why. The library reads no clock and no signals.
#[derive(Clone)]
pub struct CancelToken(Arc<dyn Fn() -> Option<&'static str> + Send + Sync>);

impl CancelToken {
    /// Stops when `ask` gives a reason.
    pub fn when(ask: impl Fn() -> Option<&'static str> + Send + Sync + 'static) -> Self {
        CancelToken(Arc::new(ask))
    }

    /// Never stops.
    pub fn never() -> Self {
        CancelToken::when(|| None)
    }

    /// Why to stop now, or `None` to go on.
    pub fn reason(&self) -> Option<&'static str> {
        (self.0)()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stop")
    }
}
