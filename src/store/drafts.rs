//! Files and folders that are written under a hidden name beside their own until they are complete.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::Path;

/// The claim on a draft, to be held while it is written: a draft that nobody claims was left by a program that was killed,
/// and the next draft for the same place removes it.
#[derive(Debug)]
pub struct Claimed {
    /// The lock on the draft. Not every system locks a folder.
    _lock: Option<File>,
}

/// Creates the draft of a file at `path`, with the permissions that a new file gets by default.
///
/// # Errors
/// Fails if the folder cannot be written to.
pub fn draft_file(path: &Path) -> std::io::Result<(tempfile::NamedTempFile, Claimed)> {
    sweep(path);
    let prefix = prefix_of(path);
    let draft = builder(&prefix, 0o666).tempfile_in(folder_of(path))?;
    let claimed = claim(draft.path());
    Ok((draft, claimed))
}

/// Creates the draft of a folder at `path`, with the permissions that a new folder gets by default.
///
/// # Errors
/// Fails if the folder that is to hold it cannot be written to.
pub fn draft_folder(path: &Path) -> std::io::Result<(tempfile::TempDir, Claimed)> {
    sweep(path);
    let prefix = prefix_of(path);
    let draft = builder(&prefix, 0o777).tempdir_in(folder_of(path))?;
    let claimed = claim(draft.path());
    Ok((draft, claimed))
}

/// Has the folder of `path` written to the disk, so that a file which got its name there keeps it when power fails. A
/// system that cannot do so for a folder does it by itself.
///
/// # Errors
/// Fails if the disk does.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder_of(path))?.sync_all() } else { Ok(()) }
}

/// Has everything in a folder written to the disk. On Linux it is one call, which writes what else waits for that disk
/// too: a call for each of a hundred thousand small files would take minutes.
///
/// # Errors
/// Fails if the disk does.
#[cfg(target_os = "linux")]
pub fn sync_tree(folder: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Has everything in a folder written to the disk, file by file.
///
/// # Errors
/// Fails if the disk does.
#[cfg(not(target_os = "linux"))]
pub fn sync_tree(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => sync_tree(&entry.path())?,
            false => File::options().append(true).open(entry.path())?.sync_all()?,
        }
    }
    sync_folder(&folder.join("."))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The beginning of the hidden names of drafts for `path`.
fn prefix_of(path: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push(".new-");
    prefix
}

/// Prepares a temporary file or folder with `mode` without the bits of the umask, instead of a private one.
fn builder(prefix: &OsStr, mode: u32) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

/// Says that a draft is being written.
fn claim(draft: &Path) -> Claimed {
    let lock = File::open(draft).ok().filter(|file| file.try_lock_shared().is_ok());
    Claimed { _lock: lock }
}

/// Removes the drafts for `path` that nobody writes any more. A failure is no reason not to write a new one.
fn sweep(path: &Path) {
    let prefix = prefix_of(path);
    let Ok(entries) = std::fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if !name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
            continue;
        }
        let draft = entry.path();
        let Ok(file) = File::open(&draft) else { continue };
        if file.try_lock().is_err() {
            continue;
        }
        let _ = match entry.file_type() {
            Ok(kind) if kind.is_dir() => std::fs::remove_dir_all(&draft),
            Ok(kind) if kind.is_file() => std::fs::remove_file(&draft),
            _ => continue,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{draft_file, draft_folder, sweep, sync_folder};
    use std::path::Path;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_program_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        for name in ["a.db", ".a.db.new-x7", ".b.db.new-x7", ".a.db", "a.db.new-x7"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        std::fs::create_dir_all(folder.path().join(".a.db.new-site/pages")).unwrap();
        let (file, lock) = draft_file(&path).unwrap();
        assert_eq!(names(folder.path()).len(), 5, "{:?}", names(folder.path()));
        assert!(!names(folder.path()).contains(&".a.db.new-x7".to_owned()));
        // One that is being written stays.
        let (site, _site_lock) = draft_folder(&path).unwrap();
        sweep(&path);
        assert!(file.path().exists() && (site.path().exists() || !cfg!(unix)));
        drop((file, lock, site));
        assert_eq!(names(folder.path()), [".a.db", ".b.db.new-x7", "a.db", "a.db.new-x7"]);
        sync_folder(&path).unwrap();
        sync_folder(Path::new("relative")).unwrap();
    }
}
