//! Creates a new archive. It appears under its name when it is complete, or not at all.

use super::handle::{Writer, configure};
use super::sqlite_error::map_err;
use crate::error::{Error, Result};
use crate::store::drafts::{draft_file, sync_folder};
use crate::store::schema::installed::Text;
use crate::store::schema::migrate::{self, Program};
use crate::store::schema::texts::{INSTALLED, LATEST, MIGRATIONS};
use rusqlite::{Connection, params};
use std::io::ErrorKind;
use std::path::Path;

/// The names of a new archive.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewNames<'a> {
    /// Its title; not stated if `None`.
    pub title: Option<&'a str>,
    /// What its desk is called.
    pub desk: Option<&'a str>,
}

/// Creates an archive at `path` and calls `fill` to write its first rows. The file appears under its
/// name only when both are done; an existing file is never touched.
///
/// # Errors
/// Returns [`Error::Exists`] if there is a file at `path`; otherwise the error of the step that failed.
/// Nothing is left behind.
pub fn create<T>(
    path: &Path,
    created: &str,
    names: NewNames<'_>,
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
    // Created before SQLite opens it, so that the error names the reason and the final path. Its handle
    // is closed at once, and the lock is held to the end: to close one later would drop SQLite's locks.
    let (draft, _claimed) =
        draft_file(&path).map_err(|error| Error::file("create", &path, &error))?;
    let draft = draft.into_temp_path();
    let conn = Connection::open(&draft).map_err(|error| map_err(&path, "create it", &error))?;
    let mut writer = prepare(conn, &path, created, names)?;
    let done = fill(&mut writer)?;
    writer.close()?;
    match draft.persist_noclobber(&path) {
        Ok(()) => {}
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            return Err(Error::Exists { path });
        }
        // The file system may not support a rename that refuses to replace a file.
        Err(error) => {
            let persisted = error.path.persist(&path);
            persisted.map_err(|error| Error::file("create", &path, &error.error))?;
        }
    }
    sync_folder(&path).map_err(|error| Error::file("create", &path, &error))?;
    Ok(done)
}

/// Creates an archive in memory, to try out a document, or to compare the guards of a file with the
/// expected ones.
///
/// # Errors
/// Fails if memory runs out.
pub fn in_memory(created: &str) -> Result<Writer> {
    let path = Path::new("memory");
    let conn = Connection::open_in_memory().map_err(|error| map_err(path, "make it", &error))?;
    prepare(conn, path, created, NewNames::default())
}

fn prepare(conn: Connection, path: &Path, created: &str, names: NewNames<'_>) -> Result<Writer> {
    configure(&conn).map_err(|error| map_err(path, "prepare it", &error))?;
    let program = Program { migrations: MIGRATIONS, text: Text::new(&[]) };
    migrate::lay_out(&conn, path, &program, || {
        conn.execute(include_str!("create_desk.sql"), [names.desk])?;
        let values = params![LATEST, INSTALLED, created, names.title];
        conn.execute(include_str!("create_archive.sql"), values).map(|_| ())
    })?;
    Ok(Writer::new(conn, path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{NewNames, create};
    use crate::error::Error;
    use std::path::Path;

    const NOW: &str = "2021-01-01T00:00:00Z";

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_failed_creation_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let failed =
            create::<()>(&folder.path().join("a.db"), NOW, NewNames::default(), |writer| {
                // A transaction is open, and its journal beside the file.
                writer.conn.execute_batch("BEGIN; UPDATE archive SET title = 'x'").unwrap();
                assert_eq!(names(folder.path()).len(), 2);
                Err(Error::Stopped { why: "interrupted".to_owned() })
            });
        assert!(matches!(failed, Err(Error::Stopped { .. })));
        assert!(names(folder.path()).is_empty(), "{:?}", names(folder.path()));
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let failed = create(&path, NOW, NewNames::default(), |_| {
            std::fs::write(&path, "theirs").unwrap();
            Ok(())
        });
        assert!(matches!(failed, Err(Error::Exists { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
        assert_eq!(names(folder.path()), ["a.db"]);
    }

    #[cfg(unix)]
    #[test]
    fn an_archive_has_the_usual_permissions() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (path, usual) = (folder.path().join("a.db"), folder.path().join("usual"));
        create(&path, NOW, NewNames::default(), |_| Ok(())).unwrap();
        std::fs::write(&usual, "").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode();
        assert_eq!(mode(&path), mode(&usual));
    }
}
