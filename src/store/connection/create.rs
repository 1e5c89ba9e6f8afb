//! Makes a new archive: complete under its name, or not there at all.

use super::sqlite_error::fault;
use super::{Writer, settle};
use crate::error::{Error, Result};
use crate::store::schema::installed::{INSTALLED, Text};
use crate::store::schema::migrate::{self, LATEST, MIGRATIONS, Program};
use rusqlite::{Connection, params};
use std::path::{Path, PathBuf};

/// Makes a new archive at `path` and lets `fill` write its first rows. The file appears under its
/// name only when all of that is done; an existing file is never touched.
///
/// # Errors
/// [`Error::Exists`] when there is a file; otherwise whatever failed, with nothing left behind.
pub fn create<T>(
    path: &Path,
    created: &str,
    title: Option<&str>,
    fill: impl FnOnce(&mut Writer) -> Result<T>,
) -> Result<T> {
    let path = std::path::absolute(path).map_err(|error| Error::file("find", path, &error))?;
    if path.symlink_metadata().is_ok() {
        return Err(Error::Exists { path });
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    if !folder.is_dir() {
        return Err(Error::file_because(
            "create",
            &path,
            format!("there is no folder {}", folder.display()),
        ));
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new-");
    sweep(folder, &name.to_string_lossy());
    name.push(std::process::id().to_string());
    let draft = Draft(folder.join(name));
    // Asked of the system first, whose words name the reason and not the draft.
    std::fs::File::create_new(&draft.0).map_err(|error| Error::file("create", &path, &error))?;
    let conn = Connection::open(&draft.0).map_err(|error| fault(&path, "create it", &error))?;
    let mut writer = prepare(conn, &path, created, title)?;
    let done = fill(&mut writer)?;
    writer.close()?;
    // A hard link fails where a file is already; a rename would replace it.
    match std::fs::hard_link(&draft.0, &path) {
        Ok(()) => Ok(done),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Error::Exists { path })
        }
        // A file system without hard links.
        Err(_) => match std::fs::rename(&draft.0, &path) {
            Ok(()) => Ok(done),
            Err(error) => Err(Error::file("create", &path, &error)),
        },
    }
}

/// A new archive that lives in memory: for trying a document out, and to compare a file's guards
/// with what they should be.
///
/// # Errors
/// When memory runs out.
pub fn in_memory(created: &str) -> Result<Writer> {
    let path = Path::new("memory");
    let conn = Connection::open_in_memory().map_err(|error| fault(path, "make it", &error))?;
    prepare(conn, path, created, None)
}

fn prepare(conn: Connection, path: &Path, created: &str, title: Option<&str>) -> Result<Writer> {
    settle(&conn).map_err(|error| fault(path, "prepare it", &error))?;
    let program = Program { migrations: MIGRATIONS, text: Text::new(&[]) };
    migrate::lay_out(&conn, path, &program, || {
        conn.execute_batch(include_str!("create_desk.sql"))?;
        let values = params![LATEST, INSTALLED, created, title];
        conn.execute(include_str!("create_archive.sql"), values).map(|_| ())
    })?;
    Ok(Writer::of(conn, path.to_owned()))
}

/// Removes the drafts of programs that were killed while they made the same archive.
fn sweep(folder: &Path, prefix: &str) {
    // This program has made none yet: one under its own number was left by another of that number.
    let own = std::process::id().to_string();
    let running = |id: &str| {
        id != own && (!Path::new("/proc/self").exists() || Path::new("/proc").join(id).exists())
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(id) = name.strip_prefix(prefix) else { continue };
        let id = id.trim_end_matches("-journal");
        if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) && !running(id) {
            // Best effort: what stays does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The unfinished file; whatever happens, it does not stay.
struct Draft(PathBuf);

impl Drop for Draft {
    fn drop(&mut self) {
        for suffix in ["", "-journal"] {
            let mut name = self.0.as_os_str().to_owned();
            name.push(suffix);
            let _ = std::fs::remove_file(PathBuf::from(name));
        }
    }
}
