//! One file per command: its arguments, whose doc comments are its help, and the call of its
//! operation in the library.

pub mod add;
pub mod assess;
pub mod attach;
pub mod backup;
pub mod check;
pub mod completions;
pub mod datasette;
pub mod delete;
pub mod export;
pub mod extract;
pub mod import;
pub mod info;
pub mod init;
pub mod log;
pub mod man;
pub mod merge;
pub mod merge_records;
pub mod publish;
pub mod push;
pub mod recover;
pub mod refresh;
pub mod rename;
pub mod report;
pub mod schema;
pub mod search;
pub mod seed;
pub mod show;
pub mod similar;
pub mod sql;
pub mod suggest;
pub mod template;
pub mod undo;
pub mod withdraw;
