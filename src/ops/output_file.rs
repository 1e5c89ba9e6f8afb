//! Where what is written out goes: a file or a folder that appears under its name when it is complete.

use crate::error::{Error, Result};
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file at `path` by way of a draft beside it, which `write` gets both by name and open.
/// A file that is there is replaced when `force` says so; never the archive itself.
pub(super) fn file<T>(
    path: &Path,
    archive: &Path,
    force: bool,
    write: impl FnOnce(&Path, &mut dyn Write) -> Result<T>,
) -> Result<T> {
    let path = absolute(path)?;
    if let Ok(meta) = path.symlink_metadata() {
        let refuse = |why: &str, hint: &str| Error::Refused {
            what: format!("cannot write {}: {why}", path.display()),
            hint: hint.to_owned(),
        };
        let same =
            path.canonicalize().is_ok_and(|own| archive.canonicalize().is_ok_and(|a| a == own));
        match (meta.is_file(), same, force) {
            (false, _, _) => {
                return Err(refuse("something else than a file is there", "choose another name"));
            }
            (true, true, _) => {
                return Err(refuse("it is the archive itself", "choose another name"));
            }
            (true, false, false) => {
                let hint = "choose another name, or --force it";
                return Err(refuse("a file is there already", hint));
            }
            (true, false, true) => {}
        }
    }
    let draft = Draft::beside(&path)?;
    let open = File::create_new(&draft.0).map_err(|error| Error::file("create", &path, &error))?;
    let mut out = BufWriter::new(open);
    let failed = |error: std::io::Error| Error::file("write", &path, &error);
    let done = write(&draft.0, &mut out).map_err(|error| match error {
        Error::Output(io) => failed(io),
        other => other,
    })?;
    let open = out.into_inner().map_err(|error| failed(error.into_error()))?;
    open.sync_all().map_err(failed)?;
    if force {
        std::fs::rename(&draft.0, &path).map_err(failed)?;
        return Ok(done);
    }
    // A hard link fails where a file is by now; a rename would replace it.
    match std::fs::hard_link(&draft.0, &path) {
        Ok(()) => Ok(done),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(failed(error)),
        // A file system without hard links.
        Err(_) => std::fs::rename(&draft.0, &path).map_err(failed).map(|()| done),
    }
}

/// Writes a folder at `path` by way of a draft beside it.
pub(super) fn folder<T>(path: &Path, write: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    let path = absolute(path)?;
    if path.symlink_metadata().is_ok() {
        let empty = std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_none());
        if !empty {
            return Err(Error::Refused {
                what: format!(
                    "cannot write {}: something is there already, and it is no empty folder",
                    path.display()
                ),
                hint: "choose another name; --force replaces files, not folders".to_owned(),
            });
        }
    }
    let draft = Draft::beside(&path)?;
    std::fs::create_dir(&draft.0).map_err(|error| Error::file("create", &path, &error))?;
    let done = write(&draft.0).map_err(|error| match error {
        Error::Output(io) => Error::file("write", &path, &io),
        other => other,
    })?;
    // An empty folder makes way; one that is no longer empty does not.
    if path.symlink_metadata().is_ok() {
        std::fs::remove_dir(&path).map_err(|error| Error::file("write", &path, &error))?;
    }
    std::fs::rename(&draft.0, &path).map_err(|error| Error::file("write", &path, &error))?;
    Ok(done)
}

/// A new file in the draft of a folder.
pub(super) fn inside(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let mut out = BufWriter::new(File::create_new(folder.join(name))?);
    write(&mut out)?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(())
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| Error::file("find", path, &error))
}

/// The unfinished file or folder; whatever happens, it does not stay.
struct Draft(PathBuf);

impl Draft {
    fn beside(path: &Path) -> Result<Draft> {
        let folder = path.parent().unwrap_or(Path::new("/"));
        if !folder.is_dir() {
            return Err(Error::File {
                doing: "create",
                path: path.to_owned(),
                why: format!("there is no folder {}", folder.display()),
            });
        }
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".new-{}", std::process::id()));
        let draft = Draft(folder.join(name));
        // One under our own number was left by a program that was killed.
        draft.remove();
        Ok(draft)
    }

    fn remove(&self) {
        let _ = std::fs::remove_file(&self.0);
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
    }
}
