//! The command `onrecord`: parses arguments, calls one operation of the library, prints its
//! outcome.
//!
//! Results go to standard output, messages to standard error. A broken pipe (`| head`) is not a
//! failure. Exit codes are in [`exit`].
//!
//! Modules import downwards only: `app`, then `commands`, then `shell`, `edit_draft` and `prefill`,
//! then `completion`, `output`, `input`, `args`, `failure`, `terminal` and `exit`.

mod app;
mod args;
mod commands;
mod completion;
mod edit_draft;
mod exit;
mod failure;
mod input;
mod output;
mod pager;
mod place;
mod prefill;
mod shell;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if let Some(exit) = app::complete() {
        return exit.into();
    }
    let cli = match app::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return failure::report_usage(&error),
    };
    match app::run(cli) {
        Ok(code) => code.into(),
        Err(error) => failure::report(&error).into(),
    }
}
