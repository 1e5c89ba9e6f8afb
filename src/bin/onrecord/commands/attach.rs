use crate::completion;
use crate::exit::Exit;
use crate::input::read;
use crate::terminal;
use onrecord::error::{Error, Result};
use onrecord::intake::{Format, SavedPage, open_page};
use onrecord::model::SOURCE;
use onrecord::ops::captures::{CaptureLimits, attach};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The most bytes of a saved page that is searched for its address and its time.
const MAX_PAGE_BYTES: u64 = 32 << 20;

/// Keep a captured copy of a source in the archive
///
/// A source whose SHA-256 is recorded accepts only the file with that checksum. A web page that says
/// where and when it was saved (MHTML, SingleFile) is a copy of that address and time. The copies form
/// a SQLite archive inside the file: `sqlite3 FILE -A -t` lists them.
///
/// A file may have up to 4 GiB. Above 64 MiB it is kept in parts, which `extract` joins again. Of a copy
/// whose bytes were lost, as `check` finds them, the same file puts them back.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Key of the source
    #[arg(add = completion::keys([&SOURCE]))]
    source: String,
    /// The copy
    copy: PathBuf,
    /// Media type of the copy, such as text/html
    #[arg(long, value_name = "TYPE")]
    media_type: Option<String>,
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    keep(file, args.source, args.copy, args.media_type)?;
    Ok(Exit::Done)
}

/// Refuses a file that is too large for a copy, before it is read.
pub fn measure(copy: &Path) -> Result<u64> {
    attach::measure(copy, CaptureLimits::default())
}

/// Stores a copy and reports its name and checksum.
pub fn keep(file: &Path, source: String, copy: PathBuf, media_type: Option<String>) -> Result<()> {
    let Some(name) = copy.file_name().filter(|_| copy != Path::new("-")) else {
        return Err(Error::Refused {
            what: format!("cannot attach {}: it has no file name", copy.display()),
            hint: "name a file".to_owned(),
        });
    };
    let size = measure(&copy)?;
    let changed = std::fs::metadata(&copy).and_then(|meta| meta.modified()).ok();
    let mtime = changed
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .and_then(|since| i64::try_from(since.as_secs()).ok());
    let name = name.to_string_lossy();
    // Of other files, a text may begin like a page.
    let is_page = Format::guess(&name, b"") == Format::Html;
    let page = match is_page && size <= MAX_PAGE_BYTES {
        true => open_page(&read(&copy)?).ok().unwrap_or_default(),
        false => SavedPage::default(),
    };
    if is_page && size > MAX_PAGE_BYTES {
        let shown = copy.display();
        let remark = format!("{shown}: too large to look for its address and its time in it");
        terminal::print_status(&remark);
    }
    let captured_at = page.saved.map(|saved| saved.moment);
    let options = attach::Options {
        archive: file,
        source,
        copy: &copy,
        mtime,
        media_type,
        url: page.url,
        captured_at,
        limits: CaptureLimits::default(),
    };
    for remark in page.remarks {
        terminal::print_status(&format!("{}: {remark}", copy.display()));
    }
    let kept = attach::attach(&options, &terminal::context())?;
    if !kept.already {
        let stated = [("url", &options.url), ("captured_at", &options.captured_at)];
        for (name, value) in stated.into_iter().filter_map(|(name, v)| Some((name, v.as_ref()?))) {
            terminal::print_status(&format!("{name}: {value}"));
        }
    }
    let how = match (kept.already, kept.restored) {
        (true, _) => "kept already as",
        (false, true) => "its bytes were lost; kept again as",
        (false, false) => "kept as",
    };
    let parts = match kept.parts {
        0 | 1 => String::new(),
        parts => format!(" in {parts} parts"),
    };
    terminal::print_status(&format!("{how} {}{parts}\nsha256 {}", kept.name, kept.sha256));
    Ok(())
}
