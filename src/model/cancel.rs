//! A cancellation token, by which the caller stops a task and is told what concerns the task as a whole. The
//! command implements it with Ctrl-C, `--timeout` and standard error.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A callback that long operations poll: it returns the reason to stop, or `None` to continue. The
/// library itself reads no clock and handles no signals. And the way back: a callback for what the caller should know
/// beside the result.
#[derive(Clone)]
pub struct CancelToken {
    poll: Arc<dyn Fn() -> Option<&'static str> + Send + Sync>,
    tell: Arc<dyn Fn(&str) + Send + Sync>,
    begin_foreign: Option<Arc<dyn Fn() -> CancelToken + Send + Sync>>,
    limit: Option<Duration>,
}

impl CancelToken {
    /// A token that cancels once `poll` returns a reason.
    pub fn new(poll: impl Fn() -> Option<&'static str> + Send + Sync + 'static) -> Self {
        CancelToken {
            poll: Arc::new(poll),
            tell: Arc::new(|_| {}),
            begin_foreign: None,
            limit: None,
        }
    }

    /// The same token, whose remarks go to `tell`, as often as they are made.
    #[must_use]
    pub fn telling(self, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        CancelToken { tell: Arc::new(tell), ..self }
    }

    /// The same token, from which `begin` makes another one for SQL that did not come with the program: it may never
    /// end, and gets a time of its own.
    #[must_use]
    pub fn limiting_foreign(self, begin: impl Fn() -> CancelToken + Send + Sync + 'static) -> Self {
        CancelToken { begin_foreign: Some(Arc::new(begin)), ..self }
    }

    /// The same token, which sets no limit to SQL that did not come with the program: for who limits it part by part.
    #[must_use]
    pub fn without_foreign_limit(self) -> Self {
        CancelToken { begin_foreign: None, ..self }
    }

    /// The token for SQL that did not come with the program, whose time begins now; this one where the caller sets it no
    /// limit.
    #[must_use]
    pub fn begin_foreign(&self) -> CancelToken {
        self.begin_foreign.as_ref().map_or_else(|| self.clone(), |begin| begin())
    }

    /// The same token, which cancels after this time: for who can say so to another program.
    #[must_use]
    pub fn within(self, limit: Option<Duration>) -> Self {
        CancelToken { limit, ..self }
    }

    /// The time after which it cancels, from its beginning; `None` where there is no limit.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// A token that never cancels.
    pub fn never() -> Self {
        CancelToken::new(|| None)
    }

    /// Returns the reason to stop now, or `None` to continue.
    pub fn reason(&self) -> Option<&'static str> {
        (self.poll)()
    }

    /// Tells the caller what it should know beside the result.
    pub fn remark(&self, what: &str) {
        (self.tell)(what);
    }
}

impl fmt::Debug for CancelToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CancelToken")
    }
}
