//! The authorizer of a [`Reader`](super::Reader): reading statements pass, everything else is
//! refused.

use super::handle::Handle;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use std::sync::Arc;

/// Installs the authorizer, which allows reading statements only, and a progress handler that polls the
/// cancellation token.
pub(super) fn install_authorizer(handle: &mut Handle) -> rusqlite::Result<()> {
    let Handle { conn, cancel, denied, .. } = handle;
    conn.execute_batch("PRAGMA query_only = ON; PRAGMA hard_heap_limit = 1073741824;")?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    // SQLite's own lower() converts only the letters A to Z.
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("unicode_lower", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.map(|text| text.to_lowercase()))
    })?;
    let cancel = cancel.clone();
    conn.progress_handler(1000, Some(move || cancel.reason().is_some()))?;
    let denied = Arc::clone(denied);
    conn.authorizer(Some(move |context: AuthContext<'_>| match refusal(&context.action) {
        None => Authorization::Allow,
        Some(what) => {
            if let Ok(mut denied) = denied.lock() {
                denied.get_or_insert(what);
            }
            Authorization::Deny
        }
    }))
}

/// Returns the name of a forbidden action; `None` for an allowed one.
fn refusal(action: &AuthAction<'_>) -> Option<String> {
    const PRAGMAS: [&str; 9] = [
        "data_version",
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "integrity_check",
        "table_info",
        "table_list",
        "table_xinfo",
    ];
    // Without a value they are read.
    const NUMBERS: [&str; 2] = ["application_id", "user_version"];
    const FUNCTIONS: [&str; 4] = ["load_extension", "fts3_tokenizer", "randomblob", "zeroblob"];
    Some(match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => return None,
        AuthAction::Function { function_name } if !FUNCTIONS.contains(function_name) => {
            return None;
        }
        AuthAction::Pragma { pragma_name, .. } if PRAGMAS.contains(pragma_name) => return None,
        AuthAction::Pragma { pragma_name, pragma_value: None } if NUMBERS.contains(pragma_name) => {
            return None;
        }
        AuthAction::Function { function_name } => format!("the function {function_name}()"),
        AuthAction::Pragma { pragma_name, .. } => format!("PRAGMA {pragma_name}"),
        AuthAction::Insert { table_name } => format!("INSERT into {table_name}"),
        AuthAction::Update { table_name, .. } => format!("UPDATE of {table_name}"),
        AuthAction::Delete { table_name } => format!("DELETE from {table_name}"),
        AuthAction::Attach { .. } => "ATTACH or VACUUM".to_owned(),
        AuthAction::Detach { .. } => "DETACH".to_owned(),
        AuthAction::Transaction { .. } | AuthAction::Savepoint { .. } => "a transaction".to_owned(),
        _ => "changing the schema".to_owned(),
    })
}
