//! A run of the program that is stopped when it takes too long or too much memory, on Linux.

use std::fs::File;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What a run may take.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Seconds of the processor's time.
    pub seconds: f64,
    /// Bytes of memory at once.
    pub memory: u64,
}

/// What a program may take of the clock: it waits for locks, and the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a run ended, and what it took.
#[derive(Debug)]
pub struct Watched {
    /// The exit code; `None` if a signal ended the program.
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
    /// Seconds of the processor's time.
    pub seconds: f64,
    /// The most memory that it had at once, in bytes.
    pub memory: u64,
    /// The bound that it went beyond, for which it was stopped.
    pub stopped: Option<String>,
}

/// The part of what a program prints that is kept: more than an export of the small archives.
const KEPT: u64 = 4 << 20;

/// Runs a command to its end, or as far as the bounds go. Of what it prints, the first four megabytes are kept.
pub fn watch(command: &mut Command, bounds: Bounds) -> Watched {
    let (out, err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
    let begun = Instant::now();
    let mut child =
        command.stdin(Stdio::null()).stdout(printed(&out)).stderr(printed(&err)).spawn().unwrap();
    let (mut seconds, mut memory, mut stopped) = (0.0, 0, None);
    let mut pause = Duration::from_millis(1);
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if let Some(taken) = read_taken(&child) {
            (seconds, memory) = (f64::max(seconds, taken.0), u64::max(memory, taken.1));
        }
        stopped = if seconds > bounds.seconds {
            Some(format!("it took {seconds} s of the processor"))
        } else if memory > bounds.memory {
            Some(format!("it took {} MB of memory", memory >> 20))
        } else if begun.elapsed() > PATIENCE {
            Some(format!("it did not end in {PATIENCE:?}"))
        } else {
            None
        };
        if stopped.is_some() {
            child.kill().unwrap();
            break child.wait().unwrap();
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    };
    let [out, err] = [out, err].map(kept);
    Watched { code: status.code(), out, err, seconds, memory, stopped }
}

fn printed(file: &File) -> Stdio {
    file.try_clone().unwrap().into()
}

/// The first part of what was printed.
fn kept(mut file: File) -> String {
    use std::io::Seek;
    let mut bytes = Vec::new();
    file.rewind().unwrap();
    file.take(KEPT).read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The processor's time of a process in seconds, and the most memory that it had; `None` once it has ended.
fn read_taken(child: &Child) -> Option<(f64, u64)> {
    /// The kernel counts hundredths of a second, whatever its own clock does.
    const TICKS: f64 = 100.0;
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{}/{name}", child.id())).ok();
    let status = read("status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let peak: u64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    // The name of the program stands in parentheses before the numbers.
    let stat = read("stat")?;
    let numbers: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = numbers.get(11)?.parse::<f64>().ok()? + numbers.get(12)?.parse::<f64>().ok()?;
    Some((ticks / TICKS, peak << 10))
}

#[test]
fn a_program_that_takes_too_much_is_stopped() {
    let bounds = Bounds { seconds: 0.3, memory: 1 << 30 };
    let run = watch(Command::new("sh").args(["-c", "while :; do :; done"]), bounds);
    assert!(run.code.is_none() && run.stopped.unwrap().contains("of the processor"));
    let bounds = Bounds { seconds: 60.0, memory: 1 << 10 };
    let run = watch(Command::new("sleep").arg("30"), bounds);
    assert!(run.code.is_none() && run.stopped.unwrap().contains("of memory"));
    let bounds = Bounds { seconds: 60.0, memory: 1 << 30 };
    let run = watch(Command::new("sh").args(["-c", "echo a; echo b >&2; exit 7"]), bounds);
    assert_eq!((run.code, run.stopped), (Some(7), None));
    assert_eq!((run.out.as_str(), run.err.as_str()), ("a\n", "b\n"));
}
