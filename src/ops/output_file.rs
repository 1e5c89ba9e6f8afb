//! Output files and folders: written to a temporary file or folder beside the destination, and
//! renamed when complete. A failed or interrupted operation leaves nothing under the final name.

use crate::error::{Error, Result};
use crate::store::drafts::{Claimed, draft_file, draft_folder, sync_folder, sync_tree};
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file at `path`. `write` receives the temporary file by its name and as a stream. An
/// existing file is replaced only with `force`, and the archive itself never.
pub(super) fn write_file<T>(
    path: &Path,
    archive: &Path,
    force: bool,
    write: impl FnOnce(&Path, &mut dyn Write) -> Result<T>,
) -> Result<T> {
    let path = absolute(path)?;
    check_destination(&path, archive, force)?;
    let draft = Draft::create(path.clone())?;
    let failed = |error: std::io::Error| Error::file("write", &path, &error);
    let mut out = BufWriter::new(draft.file.as_file());
    let done = write(draft.file.path(), &mut out).map_err(|error| match error {
        Error::Output(io) => failed(io),
        other => other,
    })?;
    let file = out.into_inner().map_err(|error| failed(error.into_error()))?;
    file.sync_all().map_err(failed)?;
    draft.keep(force).map(|()| done)
}

/// A file under a temporary name beside its destination. Dropped, it leaves nothing behind.
pub(super) struct Draft {
    destination: PathBuf,
    file: tempfile::NamedTempFile,
    claimed: Claimed,
}

impl Draft {
    /// Creates the draft of a file at the absolute path `destination`.
    pub(super) fn create(destination: PathBuf) -> Result<Self> {
        check_folder(&destination)?;
        let (file, claimed) = draft_file(&destination)
            .map_err(|error| Error::file("create", &destination, &error))?;
        Ok(Draft { destination, file, claimed })
    }

    /// The path under which the file will be kept.
    pub(super) fn destination(&self) -> &Path {
        &self.destination
    }

    /// The temporary path.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// A second handle of the open file.
    pub(super) fn reopen(&self) -> Result<File> {
        self.file.as_file().try_clone().map_err(|error| self.failed(&error))
    }

    /// Renames the file to its destination; an existing file is replaced only with `replace`.
    pub(super) fn keep(self, replace: bool) -> Result<()> {
        let Draft { destination, file, claimed: _claimed } = self;
        let failed = |error: std::io::Error| Error::file("write", &destination, &error);
        if replace {
            file.persist(&destination).map_err(|error| failed(error.error))?;
            return sync_folder(&destination).map_err(failed);
        }
        match file.persist_noclobber(&destination) {
            Ok(_) => {}
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                return Err(failed(error.error));
            }
            // A file system that cannot rename without replacing.
            Err(error) => {
                error.file.persist(&destination).map_err(|error| failed(error.error))?;
            }
        }
        sync_folder(&destination).map_err(failed)
    }

    fn failed(&self, error: &std::io::Error) -> Error {
        Error::file("write", &self.destination, error)
    }
}

/// Returns an error if `path` holds something that must not be replaced.
fn check_destination(path: &Path, archive: &Path, force: bool) -> Result<()> {
    let Ok(meta) = path.symlink_metadata() else { return Ok(()) };
    let is_archive =
        path.canonicalize().is_ok_and(|own| archive.canonicalize().is_ok_and(|a| a == own));
    let (why, hint) = match (meta.is_file(), is_archive, force) {
        (false, _, _) => ("something else than a file is there", "choose another name"),
        (true, true, _) => ("it is the archive itself", "choose another name"),
        (true, false, false) => ("a file is there already", "choose another name, or --force it"),
        (true, false, true) => return Ok(()),
    };
    Err(Error::Refused {
        what: format!("cannot write {}: {why}", path.display()),
        hint: hint.to_owned(),
    })
}

/// Writes a folder at `path`, which must not exist or be an empty folder.
pub(super) fn write_folder<T>(path: &Path, write: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
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
    check_folder(&path)?;
    let (draft, _claimed) =
        draft_folder(&path).map_err(|error| Error::file("create", &path, &error))?;
    let failed = |error: std::io::Error| Error::file("write", &path, &error);
    let done = write(draft.path()).map_err(|error| match error {
        Error::Output(io) => failed(io),
        other => other,
    })?;
    sync_tree(draft.path()).map_err(failed)?;
    // Fails if the folder is no longer empty.
    if path.symlink_metadata().is_ok() {
        std::fs::remove_dir(&path).map_err(failed)?;
    }
    std::fs::rename(draft.path(), &path).map_err(failed)?;
    // It has its final name now; there is nothing left to remove.
    let _ = draft.keep();
    sync_folder(&path).map_err(failed)?;
    Ok(done)
}

/// Writes a new file in a folder that [`write_folder`] is filling.
pub(super) fn write_inside(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let mut out = BufWriter::new(File::create_new(folder.join(name))?);
    write(&mut out)?;
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok(())
}

/// Makes a folder in a folder that [`write_folder`] is filling.
pub(super) fn create_inside(folder: &Path, name: &str) -> Result<()> {
    Ok(std::fs::create_dir(folder.join(name))?)
}

fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|error| Error::file("find", path, &error))
}

/// Returns an error that names the folder of `path` if it does not exist.
fn check_folder(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    if folder.is_dir() {
        return Ok(());
    }
    Err(Error::file_because("create", path, format!("there is no folder {}", folder.display())))
}

#[cfg(test)]
mod tests {
    use super::{write_file, write_folder};
    use crate::error::Error;
    use std::path::Path;

    fn stop<T>() -> crate::error::Result<T> {
        Err(Error::Stopped { why: "interrupted".to_owned() })
    }

    /// The names in a folder.
    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let archive = Path::new("onrecord.db");
        write_file(&path, archive, false, |_, out| {
            out.write_all(b"half")?;
            stop::<()>()
        })
        .unwrap_err();
        write_folder(&path, |draft| {
            std::fs::write(draft.join("page"), "half").unwrap();
            stop::<()>()
        })
        .unwrap_err();
        assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
    }

    #[test]
    fn only_force_replaces_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let write = |force, text: &'static str| {
            write_file(&path, Path::new("onrecord.db"), force, |_, out| {
                Ok(out.write_all(text.as_bytes())?)
            })
        };
        write(false, "one").unwrap();
        assert!(matches!(write(false, "two"), Err(Error::Refused { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "one");
        write(true, "two").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(names(folder.path()), ["out"]);
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let written = write_file(&path, Path::new("onrecord.db"), false, |_, out| {
            std::fs::write(&path, "theirs").unwrap();
            Ok(out.write_all(b"ours")?)
        });
        assert!(matches!(written, Err(Error::File { .. })), "{written:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn outputs_have_the_usual_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let usual = folder.path().join("usual");
        std::fs::write(&usual, "").unwrap();
        let path = folder.path().join("out");
        write_file(&path, Path::new("onrecord.db"), false, |_, _| Ok(())).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&usual));
        std::fs::create_dir(folder.path().join("usual-folder")).unwrap();
        let site = folder.path().join("site");
        write_folder(&site, |_| Ok(())).unwrap();
        assert_eq!(mode(&site), mode(&folder.path().join("usual-folder")));
    }
}
