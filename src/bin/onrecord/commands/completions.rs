use crate::exit::Exit;
use crate::terminal;
use clap_complete::{Shell, generate};
use onrecord::error::Result;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// bash, elvish, fish, powershell or zsh
    shell: Shell,
}

/// `command` is the command line to complete.
pub fn run(args: Args, mut command: clap::Command) -> Result<Exit> {
    terminal::output(|out| {
        let mut text = Vec::new();
        generate(args.shell, &mut command, "onrecord", &mut text);
        Ok(out.write_all(&text)?)
    })?;
    Ok(Exit::Done)
}
