//! A cancellation token. Long operations poll it; the command implements it with Ctrl-C and
//! `--timeout`.

use std::fmt;
use std::sync::Arc;

/// A callback that long operations poll: it returns the reason to stop, or `None` to continue. The
/// library itself reads no clock and handles no signals.
#[derive(Clone)]
pub struct CancelToken(Arc<dyn Fn() -> Option<&'static str> + Send + Sync>);

impl CancelToken {
    /// A token that cancels once `poll` returns a reason.
    pub fn new(poll: impl Fn() -> Option<&'static str> + Send + Sync + 'static) -> Self {
        CancelToken(Arc::new(poll))
    }

    /// A token that never cancels.
    pub fn never() -> Self {
        CancelToken::new(|| None)
    }

    /// Returns the reason to stop now, or `None` to continue.
    pub fn reason(&self) -> Option<&'static str> {
        (self.0)()
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CancelToken")
    }
}
