//! Kills, power cuts, failing disks and full ones, at a sample of the moments at which they can come. The scripts in
//! `tests/trust` judge what is left; docs/reliability.md names the commands that try all moments.

use crate::common::{Run, Sandbox, has, required, root, run};
use std::path::{Path, PathBuf};

/// The tool that stops programs at what they do to files, built in the sandbox; `None` if that cannot be done here.
fn disk(sandbox: &Sandbox) -> Option<PathBuf> {
    let tool = sandbox.path("disk");
    if !has(sandbox, "python3", &["--version"]) || !has(sandbox, "cc", &["--version"]) {
        return None;
    }
    let source = root().join("tests/trust/disk.c");
    let built = run(sandbox.command("cc").args(["-O1", "-Wall", "-o"]).args([&tool, &source]));
    if !required(built.code == 0, &built.err) {
        return None;
    }
    let trial = ["/", "*", "report", "record", "--", "true"];
    let traced = run(sandbox.command(tool.to_str().unwrap()).args(trial));
    required(traced.code == 0, &traced.err).then_some(tool)
}

/// Runs a script with a number of tries for each thing that it does, and expects it to find nothing wrong.
fn finds_nothing_wrong(script: &str, tries: &[&[&str]]) {
    let sandbox = Sandbox::new();
    let Some(disk) = disk(&sandbox) else { return };
    for args in tries {
        let found = script_on(&sandbox, script, &disk, args);
        assert_eq!(found.code, 0, "{script} {args:?}:\n{}{}", found.out, found.err);
        eprint!("{}", found.out);
    }
}

/// Runs a script of `tests/trust` on the program and a file or folder that it needs.
fn script_on(sandbox: &Sandbox, script: &str, path: &Path, args: &[&str]) -> Run {
    let mut command = sandbox.command("python3");
    command.env("TMPDIR", sandbox.path("")).env("PYTHONDONTWRITEBYTECODE", "1");
    command.arg(root().join("tests/trust").join(script)).arg(env!("CARGO_BIN_EXE_onrecord"));
    run(command.arg(path).args(args))
}

#[test]
fn what_is_stopped_was_done_or_not_begun() {
    let sample = ["kills=24", "errors=24", "full=8"];
    finds_nothing_wrong("faults.py", &[&["self-test"], &sample]);
}

#[test]
fn a_power_cut_leaves_what_was_said() {
    finds_nothing_wrong("power.py", &[&["--self-test", "--images", "84"]]);
}

#[test]
fn writers_wait_for_each_other_and_readers_see_no_half() {
    finds_nothing_wrong("faults.py", &[&["together", "permissions"]]);
}

#[test]
fn a_client_reads_and_edits_and_keeps_the_rules() {
    let sandbox = Sandbox::new();
    if has(&sandbox, "python3", &["-c", "import sqlite3"]) {
        let none = sandbox.path("none");
        let only = ["--only", "Python of the system"];
        let found = script_on(&sandbox, "clients.py", &none, &only);
        let right = found.out.contains("\n1 of 1 clients fully right");
        assert!(found.code == 0 && right, "{}{}", found.out, found.err);
    }
}
