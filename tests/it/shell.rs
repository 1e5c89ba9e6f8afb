//! The shell of `onrecord sql`, typed at on a pseudo terminal that util-linux's `script` gives.

use crate::common::{Sandbox, has_terminal};
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A user at a terminal.
struct Person {
    program: Child,
    keys: ChildStdin,
    screen: Receiver<Vec<u8>>,
    /// The output so far.
    all: String,
    /// The length of the part that was checked.
    seen: usize,
}

impl Person {
    /// Opens the shell on a terminal of some lines, with `before` run in front of it.
    fn sit_down(sandbox: &Sandbox, lines: u32, before: &str) -> Person {
        let typed = format!("stty rows {lines} cols 100; exec env {before} onrecord sql");
        let mut program = sandbox
            .command("script")
            .args(["-qec", &typed, "/dev/null"])
            .env("TERM", "xterm")
            .env("NO_COLOR", "1")
            .env("SHELL", "/bin/sh")
            .env("HOME", sandbox.path(""))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let keys = program.stdin.take().unwrap();
        let mut out = program.stdout.take().unwrap();
        let (send, screen) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = out.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let mut person = Person { program, keys, screen, all: String::new(), seen: 0 };
        person.sees("onrecord> ");
        person
    }

    fn types(&mut self, keys: &str) -> &mut Self {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self
    }

    /// Waits until this text is on the screen, and returns the output up to there.
    #[track_caller]
    fn sees(&mut self, wanted: &str) -> String {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(at) = self.all[self.seen..].find(wanted) {
                let upto = self.seen + at + wanted.len();
                let came = self.all[self.seen..upto].to_owned();
                self.seen = upto;
                return came;
            }
            match self.screen.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.all.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => {
                    panic!("never came: {wanted:?}; the screen: {:?}", &self.all[self.seen..])
                }
            }
        }
    }

    /// Presses Ctrl-D and waits for the end.
    #[track_caller]
    fn leaves(mut self) -> String {
        self.types("\u{4}");
        self.ends(0)
    }

    /// Waits for the end, which comes with this exit code.
    #[track_caller]
    fn ends(mut self, code: i32) -> String {
        let end = Instant::now() + Duration::from_secs(20);
        while self.program.try_wait().unwrap().is_none() {
            assert!(Instant::now() < end, "it does not end: {:?}", &self.all[self.seen..]);
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(self.program.wait().unwrap().code(), Some(code));
        while let Ok(bytes) = self.screen.recv() {
            self.all.push_str(&String::from_utf8_lossy(&bytes));
        }
        self.all.clone()
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn the_shell_runs_statements_and_commands_and_survives_mistakes() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 500, "");
    person.types("select count(*) as n\r").sees("     ...> ");
    person.types("from claims where ';' <> '' -- ;\r").sees("     ...> ");
    let out = person.types(";\r").sees("onrecord> ");
    assert!(out.contains(" n\r\n") && out.contains("\r\n79\r\n"), "{out:?}");

    let out = person.types(".reports\r").sees("onrecord> ");
    assert!(out.contains("figure-conflicts") && out.contains("tie-outs"), "{out:?}");
    let out = person.types(".report unverified\r").sees("onrecord> ");
    assert!(out.contains("soldiers-surrender"), "{out:?}");
    let out = person.types(".report claims status=unverified 'text~350 Afghan'\r").sees("in 0.");
    assert!(out.contains("soldiers-surrender") && out.ends_with("1 row in 0."), "{out:?}");
    assert!(!out.contains("taliban-advance-fr"), "not one of the columns that answer: {out:?}");
    person.sees("onrecord> ");
    let out =
        person.types(".wide\r.timing off\r.report claims claim=soldiers*\r").sees("\r\nsoldiers");
    assert!(out.contains("on\r\n"), "{out:?}");
    let out = person.sees("onrecord> ");
    assert!(out.contains("taliban-advance-fr") && !out.contains("row in"), "{out:?}");
    let out = person.types(".report claims status=refutd\r").sees("onrecord> ");
    assert!(out.contains("did you mean \"refuted\""), "{out:?}");
    let out = person.types(".report claims status=refuted\r").sees("onrecord> ");
    assert!(out.contains("no rows") && out.contains("no row meets status=refuted"), "{out:?}");
    person.types(".wide off\r").sees("onrecord> ");
    let out = person.types(".report claims 'text\r").sees("onrecord> ");
    assert!(out.contains("is not closed"), "{out:?}");
    let out = person.types(".wide maybe\r").sees("is on or off");
    assert!(out.contains("maybe"), "{out:?}");
    let out = person.types("help\r").sees("Ctrl-C stops");
    assert!(out.contains(".timing [on|off]"), "{out:?}");
    person.sees("onrecord> ");
    let out = person.types(".report tie-outs\r").sees("onrecord> ");
    assert!(out.contains("cost-against-rounding"), "{out:?}");
    let out = person.types(".schema figure-words\r").sees("onrecord> ");
    assert!(out.contains("A figure in words"), "{out:?}");
    let out = person.types(".format csv\r.tables\r").sees("figure_bounds,view,");
    assert!(out.contains("table,type,meaning"), "{out:?}");
    person.sees("onrecord> ");
    assert!(person.types(".help\r").sees("onrecord> ").contains(".report NAME"));

    // A mistake is reported, and the shell continues.
    let out = person.types("selct 1;\r").sees("onrecord> ");
    assert!(out.contains("error:") && out.contains("syntax error"), "{out:?}");
    let out = person.types("delete from claims;\r").sees("onrecord> ");
    assert!(out.contains("DELETE from claims is not allowed here"), "{out:?}");
    let out = person.types(".reprots\r").sees("onrecord> ");
    assert!(out.contains("no command \".reprots\"; did you mean \".reports\"?"), "{out:?}");
    let out = person.types(".report statis\r").sees("onrecord> ");
    assert!(out.contains("did you mean \"status\"?"), "{out:?}");
    let out = person.types("select 1 as a, null as b; select 2 as c;\r").sees("onrecord> ");
    assert!(out.contains("a,b\r\n1,\r\n") && out.contains("c\r\n2\r\n"), "{out:?}");
    // Control characters are printed as symbols.
    let out = person.types("select char(27) || ']0;x' || char(7) as x;\r").sees("onrecord> ");
    assert!(out.contains("␛]0;x␇") && !out.contains("\u{1b}]"), "{out:?}");
    let all = person.leaves();
    assert!(!all.contains('\u{7}'), "{all:?}");
    assert_eq!(sandbox.ask("select count(*) from claims"), "79");
}

#[test]
fn tab_completes_names() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 500, "");
    person.types("SEL\t").sees("SELECT");
    person.types(" count(*) AS n FROM assessment_e\t").sees("assessment_evidence");
    let out = person.types(";\r").sees("onrecord> ");
    assert!(out.contains("\r\n23\r\n"), "{out:?}");
    person.types("select assessor_verdicts.assessor_i\t").sees("assessor_verdicts.assessor_id");
    person.types("\u{3}").sees("onrecord> ");
    // Two fit: the second Tab lists them.
    person.types("select * from report_figure_\t\t").sees("report_figure_timeline");
    // The line is shown again below the list.
    person.sees("report_figure_");
    person.types("\u{3}").sees("onrecord> ");
    person.types(".report unv\t").sees("unverified");
    assert!(person.types("\r").sees("onrecord> ").contains("soldiers-surrender"));
    person.types(".q\t").sees(".quit");
    person.types("\r");
    person.ends(0);
}

#[test]
fn ctrl_c_drops_a_line_and_stops_a_query() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 500, "");
    person.types("select 'never").sees("never");
    person.types("\u{3}").sees("onrecord> ");
    person.types("select 'half\r").sees("     ...> ");
    person.types("\u{3}").sees("onrecord> ");
    let endless =
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n;";
    for _ in 0..2 {
        person.types(&format!("{endless}\r")).sees("max(i) from n;");
        std::thread::sleep(Duration::from_millis(500));
        let out = person.types("\u{3}").sees("onrecord> ");
        assert!(out.contains("stopped: Ctrl-C"), "{out:?}");
    }
    assert!(person.types("select 41 + 1 as n;\r").sees("onrecord> ").contains("42"));
    person.leaves();
}

/// Inside one long function call SQLite cannot be interrupted: the shell says so, and a second Ctrl-C
/// ends it.
#[test]
fn a_second_ctrl_c_ends_a_query_that_cannot_be_stopped() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 40, "");
    let deaf = "select instr(printf('%.*c', 19000000, 'a'), printf('%.*c', 9000000, 'a') || 'b');";
    person.types(&format!("{deaf}\r")).sees("'b');");
    std::thread::sleep(Duration::from_millis(500));
    person.types("\u{3}").sees("Ctrl-C ends onrecord");
    std::thread::sleep(Duration::from_millis(300));
    person.types("\u{3}");
    person.ends(3);
}

/// A terminal that is closed ends the shell.
#[test]
fn the_shell_ends_with_its_terminal() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    for typed in [
        "",
        "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n;\r",
    ] {
        let mut person = Person::sit_down(&sandbox, 40, "");
        person.types(typed);
        std::thread::sleep(Duration::from_millis(300));
        let id = person.program.id();
        let child = format!("/proc/{id}/task/{id}/children");
        let Ok(child) = std::fs::read_to_string(child) else { return };
        assert!(!child.trim().is_empty(), "there is no shell");
        drop(person);
        let proc = std::path::PathBuf::from("/proc").join(child.trim());
        let end = Instant::now() + Duration::from_secs(10);
        while proc.exists() {
            assert!(Instant::now() < end, "it stays: {typed}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn pasted_text_is_read_unchanged() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 40, "");
    let pasted = "\u{1b}[200~select 40\n\t+ 2\nas n;\u{1b}[201~\r";
    assert!(person.types(pasted).sees("\r\n42\r\n").contains(" n\r\n"));
    // Lines that were typed ahead are not lost.
    person.types("select 1 + 1 as n;\rselect 50 + 1 as n;\r").sees("\r\n51\r\n");
    person.sees("onrecord> ");
    person.leaves();
}

#[test]
fn the_history_outlives_the_shell() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 500, "");
    person.types("select 'kept'\r").sees("     ...> ");
    person.types("as x;\r").sees("onrecord> ");
    person.leaves();
    let path = sandbox.path(".local/state/onrecord/history");
    assert!(std::fs::read_to_string(&path).unwrap().contains("kept"));
    let mode =
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "others can read it: {mode:o}");
    let mut person = Person::sit_down(&sandbox, 500, "");
    person.types("\u{1b}[A").sees("kept");
    assert!(person.types("\r").sees("onrecord> ").contains("\r\nkept\r\n"));
    person.leaves();
    // A history that cannot be written is no failure.
    let mut person = Person::sit_down(&sandbox, 40, "XDG_STATE_HOME=/dev/null/x");
    assert!(person.types("select 41 + 1 as n;\r").sees("onrecord> ").contains("42"));
    person.leaves();
}

#[test]
fn long_output_goes_through_the_pager() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 10, "PAGER='sed s/^/paged:/'");
    let out = person.types("select key from claims order by key limit 4;\r").sees("onrecord> ");
    assert!(out.contains("\r\nafghans") && !out.contains("paged:"), "{out:?}");
    let out = person.types("select key from claims;\r").sees("onrecord> ");
    assert!(out.contains("paged:soldiers-surrender"), "{out:?}");
    person.leaves();
    // Leaving the pager early is no failure, and an empty PAGER means none.
    let mut person = Person::sit_down(&sandbox, 10, "PAGER='head -n 3'");
    let many = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n";
    let out = person.types(&format!(".format csv\r{many};\r")).sees("2\r\n");
    assert!(!out.contains("error"), "{out:?}");
    let out = person.sees("onrecord> ");
    assert!(!out.contains("error"), "{out:?}");
    person.leaves();
    // Without PAGER it is less, which ends at q.
    if sandbox.command("less").arg("--version").output().is_ok_and(|out| out.status.success()) {
        let mut person = Person::sit_down(&sandbox, 10, "");
        person.types("select key from claims;\r").sees("\r\n:");
        person.types("q").sees("onrecord> ");
        person.leaves();
    }
    let mut person = Person::sit_down(&sandbox, 10, "PAGER=");
    let out = person.types("select key from claims;\r").sees("onrecord> ");
    assert!(out.contains("\r\nsoldiers-surrender"), "{out:?}");
    person.leaves();
}

#[test]
fn without_an_archive_there_is_no_shell() {
    let sandbox = Sandbox::new();
    if !has_terminal(&sandbox) {
        return;
    }
    let run =
        crate::common::run(sandbox.command("script").args(["-qec", "onrecord sql", "/dev/null"]));
    assert!(run.code == 3 && run.out.contains("cannot open"), "{run:?}");
    let _ = sandbox.run(&["init"]).done();
    let run = crate::common::run(sandbox.command("script").args([
        "-qec",
        "onrecord sql -p a=1",
        "/dev/null",
    ]));
    assert!(run.code == 3 && run.out.contains("the shell has no parameters"), "{run:?}");
}

#[test]
fn quit_leaves_and_a_terminal_shows_colours() {
    let sandbox = Sandbox::seeded();
    if !has_terminal(&sandbox) {
        return;
    }
    let mut person = Person::sit_down(&sandbox, 500, "-u NO_COLOR");
    let out = person.types(".report claims status=corroborated\r").sees("onrecord> ");
    assert!(out.contains("\u{1b}[1mclaim\u{1b}[0m"), "{out:?}");
    assert!(out.contains("\u{1b}[32mcorroborated\u{1b}[0m"), "{out:?}");
    person.types("quit;\r");
    person.ends(0);
}
