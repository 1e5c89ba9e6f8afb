use crate::completion::shells::{SHELLS, write_script};
use crate::exit::Exit;
use crate::terminal;
use clap::builder::PossibleValuesParser;
use onrecord::error::Result;
use std::path::Path;

/// Print the script by which a shell completes commands, flags, codes, and the archive's own keys
///
/// Have the shell read it when it starts. bash: add `source <(onrecord completions bash)` to ~/.bashrc. zsh:
/// add `source <(onrecord completions zsh)` to ~/.zshrc, after compinit. fish: `onrecord completions
/// fish > ~/.config/fish/completions/onrecord.fish`. Keys are those of the archive that the command
/// line names; what begins a word of a name finds the key too.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// bash, elvish, fish, powershell or zsh
    #[arg(value_parser = PossibleValuesParser::new(SHELLS.names()), hide_possible_values = true)]
    shell: String,
}

pub fn run(args: Args) -> Result<Exit> {
    let Some(shell) = SHELLS.completer(&args.shell) else { return Ok(Exit::Failed) };
    // A program that was run by its path is run so again; else PATH finds it.
    let called = std::env::args_os().next().unwrap_or_default();
    let completer = match Path::new(&called).components().count() {
        2.. => std::env::current_exe().unwrap_or(called.into()).display().to_string(),
        _ => "onrecord".to_owned(),
    };
    terminal::output(|out| Ok(write_script(shell, &completer, out)?))?;
    Ok(Exit::Done)
}
