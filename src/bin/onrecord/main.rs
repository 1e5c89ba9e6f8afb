//! The command `onrecord`: arguments in, one deed of the library, its outcome out.
//!
//! Results go to standard output, talk to standard error. A reader that goes away (`| head`) is no
//! failure. Exit codes are in [`exit`].

mod args;
mod commands;
mod draft;
mod exit;
mod failure;
mod page;
mod shell;
mod terminal;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code.into(),
        Err(error) => failure::report(&error).into(),
    }
}
