//! The scripts of the shells, and what they are answered.
//!
//! bash parts words at `=` and `:`, and zsh drops candidates that do not begin with what was typed: these
//! two have scripts of their own. Those of the other shells are clap_complete's.

use super::words::Words;
use super::{VARIABLE, read_line};
use clap::Command;
use clap_complete::engine::{CompletionCandidate, complete};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells};
use std::ffi::OsString;
use std::io::{Error, Result, Write};
use std::path::Path;

/// The shells for which there is a script.
pub const SHELLS: Shells<'static> =
    Shells(&[&Bash, &Other(&Elvish), &Other(&Fish), &Other(&Powershell), &Zsh]);

/// Writes the script for a shell. `completer` is the program that it runs.
pub fn write_script(shell: &dyn EnvCompleter, completer: &str, out: &mut dyn Write) -> Result<()> {
    shell.write_registration(VARIABLE, "onrecord", "onrecord", completer, out)
}

/// The place of the word that is completed, as the scripts pass it.
fn index() -> Option<usize> {
    // The scripts of clap_complete have a name of their own for it.
    let names = ["ONRECORD_COMPLETE_INDEX", "_CLAP_COMPLETE_INDEX"];
    names.into_iter().find_map(|name| std::env::var(name).ok()?.parse().ok())
}

/// Finds the candidates for a word. Options are left out unless they are all there is, or one is begun.
fn candidates(command: &mut Command, words: &Words, folder: Option<&Path>) -> Result<Vec<Found>> {
    read_line(command.clone(), &words.all, words.current);
    let word = words.all.get(words.current).ok_or_else(|| Error::other("there is no such word"))?;
    let is_option = |found: &Found| found.value.starts_with('-');
    let found = complete(command, words.all.clone(), words.current, folder)?;
    let mut found: Vec<Found> = found.iter().filter_map(Found::new).collect();
    if !word.to_string_lossy().starts_with('-') && !found.iter().all(is_option) {
        found.retain(|found| !is_option(found));
    }
    Ok(found)
}

/// A candidate on one line.
struct Found {
    value: String,
    about: Option<String>,
}

impl Found {
    /// Returns `None` for a value that is more than a line, as the name of a file may be.
    fn new(candidate: &CompletionCandidate) -> Option<Found> {
        let value = candidate.get_value().to_str()?.to_owned();
        let about = candidate.get_help().map(ToString::to_string).unwrap_or_default();
        let about = about.lines().next().map(str::to_owned).filter(|about| !about.is_empty());
        (!value.chars().any(char::is_control)).then_some(Found { value, about })
    }
}

/// bash. It shows no descriptions.
struct Bash;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == self.name()
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        _bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> Result<()> {
        script(include_str!("bash.sh"), var, completer, buf)
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<()> {
        let current = index().unwrap_or(args.len().saturating_sub(1));
        let raw = args.get(current).and_then(|word| word.to_str()).unwrap_or_default();
        let quoted = raw.starts_with(['"', '\'']);
        let words = Words::of_bash(&args, current);
        let found = candidates(cmd, &words, current_dir)?;
        let typed = words.all[words.current].to_string_lossy();
        let typed = typed.strip_prefix(&*words.before).unwrap_or_default();
        let mut all: Vec<&str> = Vec::new();
        for Found { value, .. } in &found {
            let value = value.strip_prefix(&*words.before);
            // bash does not put another word in the place of one in quotation marks.
            all.extend(value.filter(|value| !quoted || value.starts_with(typed)));
        }
        for value in &all {
            let is_plain = |c: char| c.is_alphanumeric() || "-_.,:=/+@%~".contains(c);
            for c in value.chars() {
                if !quoted && !is_plain(c) {
                    write!(buf, "\\")?;
                }
                write!(buf, "{c}")?;
            }
            writeln!(buf)?;
        }
        // bash puts what all candidates begin with in the place of the word. Where they do not begin with
        // the word, a blank among them keeps it.
        if all.len() > 1 && !all.iter().all(|value| value.starts_with(typed)) {
            writeln!(buf, " ")?;
        }
        Ok(())
    }
}

/// zsh. The first line says whether the candidates begin with what was typed.
struct Zsh;

impl EnvCompleter for Zsh {
    fn name(&self) -> &'static str {
        "zsh"
    }

    fn is(&self, name: &str) -> bool {
        name == self.name()
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        _bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> Result<()> {
        script(include_str!("zsh.sh"), var, completer, buf)
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<()> {
        let words = Words::quoted(&args, index().unwrap_or(args.len().saturating_sub(1)));
        let found = candidates(cmd, &words, current_dir)?;
        let typed = words.all[words.current].to_string_lossy();
        let begin = found.iter().all(|found| found.value.starts_with(&*typed));
        writeln!(buf, "{}", if begin { "words" } else { "names" })?;
        write_described(&found, &|text| text.replace('\\', "\\\\"), buf)
    }
}

/// A shell whose script is clap_complete's.
struct Other(&'static (dyn EnvCompleter + Sync));

impl EnvCompleter for Other {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn is(&self, name: &str) -> bool {
        self.0.is(name)
    }

    fn write_registration(
        &self,
        var: &str,
        name: &str,
        bin: &str,
        completer: &str,
        buf: &mut dyn Write,
    ) -> Result<()> {
        self.0.write_registration(var, name, bin, completer, buf)
    }

    fn write_complete(
        &self,
        cmd: &mut Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<()> {
        let words = Words::quoted(&args, index().unwrap_or(args.len().saturating_sub(1)));
        let mut found = candidates(cmd, &words, current_dir)?;
        if self.is("elvish") {
            found.iter_mut().for_each(|found| found.about = None);
        }
        write_described(&found, &str::to_owned, buf)
    }
}

/// Writes a line for each candidate: the value, and behind a tab its description.
fn write_described(
    found: &[Found],
    escape: &dyn Fn(&str) -> String,
    buf: &mut dyn Write,
) -> Result<()> {
    for Found { value, about } in found {
        match about {
            Some(about) => {
                writeln!(buf, "{}\t{}", escape(value), escape(&about.replace('\t', " ")))?
            }
            None => writeln!(buf, "{}", escape(value))?,
        }
    }
    Ok(())
}

/// Writes a script with the name of the variable and the program in it, which is quoted.
fn script(text: &str, var: &str, completer: &str, buf: &mut dyn Write) -> Result<()> {
    let quoted = format!("'{}'", completer.replace('\'', "'\\''"));
    buf.write_all(text.replace("VARIABLE", var).replace("COMPLETER", &quoted).as_bytes())
}
