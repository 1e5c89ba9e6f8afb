//! Stores a captured copy of a source in the archive.

use super::file_name::safe_name;
use crate::error::{Error, Result};
use crate::model::{CancelToken, Kind, Record, SOURCE, SourcePos, Value, kind_of_table};
use crate::ops::checksum::to_hex;
use crate::ops::context::{Context, Deed, current_key, open_writer, operate, require_source};
use crate::store::{
    Capture, CaptureLimits, Content, RowWriter, Writer, captures_of, is_name_free, keep_capture,
    read_capture, restore_files, source_hash,
};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The bytes that are read between two looks at the cancellation token.
const BLOCK: usize = 1 << 18;

/// The copy to store.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The key of the source.
    pub source: String,
    /// The file to copy.
    pub copy: &'a Path,
    /// The time of the last change of the file, in seconds since 1970 UTC.
    pub mtime: Option<i64>,
    /// The media type, if known.
    pub media_type: Option<String>,
    /// The address that the copy was made from, if known.
    pub url: Option<String>,
    /// The time in UTC at which it was made; now if it is not known.
    pub captured_at: Option<String>,
    /// The most bytes of a copy and of a row.
    pub limits: CaptureLimits,
}

/// The result of attaching a copy.
#[derive(Clone, Debug)]
pub struct AttachOutcome {
    /// The path of the copy inside the archive; of a copy in parts, the beginning of their paths.
    pub name: String,
    /// The SHA-256 of the bytes.
    pub sha256: String,
    /// The number of rows that hold the bytes: one, or that of the parts.
    pub parts: usize,
    /// `true` if the archive held the same copy already.
    pub already: bool,
    /// `true` if the archive knew of the copy, and its bytes were lost: they are in the file again.
    pub restored: bool,
}

/// Returns the size of a file in bytes without reading it.
///
/// # Errors
/// Fails if there is no such file, it is a folder or a device, or it is larger than a copy may be.
pub fn measure(copy: &Path, limits: CaptureLimits) -> Result<u64> {
    let failed = |error: std::io::Error| Error::file("read", copy, &error);
    let meta = std::fs::metadata(copy).map_err(failed)?;
    if !meta.is_file() {
        return Err(Error::Refused {
            what: format!("cannot attach {}: it is not a file", copy.display()),
            hint: "name a file".to_owned(),
        });
    }
    let (size, most) = (meta.len(), limits.max_bytes);
    if size > most {
        return Err(Error::Refused {
            what: format!(
                "cannot attach {}: it has {}, and one copy may have {}",
                copy.display(),
                format_size(size),
                format_size(most)
            ),
            hint: format!(
                "cut it into files that are small enough (`split --bytes={most} FILE PIECE-`) and attach each; or keep \
                 it elsewhere, and put where into archived_url of the source and its SHA-256 into sha256"
            ),
        });
    }
    Ok(size)
}

/// Formats a number of bytes, a large one in gigabytes too.
fn format_size(bytes: u64) -> String {
    match bytes {
        0..1_000_000_000 => format!("{bytes} bytes"),
        #[allow(clippy::cast_precision_loss)]
        bytes => format!("{bytes} bytes ({:.1} GB)", bytes as f64 / 1e9),
    }
}

/// Stores the copy. If the source states a SHA-256, the bytes must have it; otherwise a source may
/// have several copies: the page, a screenshot, a later version. The file is read in blocks; one that a row cannot hold
/// is kept in parts. Of a copy that the archive knows and has lost, the bytes are put back.
///
/// # Errors
/// Fails if there is no such source, the file is too large, cannot be read or changes meanwhile, its bytes do not have
/// the checksum of the source, or `context` is cancelled. The archive is then as it was.
pub fn attach(options: &Options<'_>, context: &Context) -> Result<AttachOutcome> {
    let path = options.copy;
    let size = measure(path, options.limits)?;
    let shown = path.display();
    let writer = open_writer(options.archive, context)?;
    let source = &*current_key(&writer, &SOURCE, &options.source)?;
    require_source(&writer, source, "add it first: `onrecord add source`")?;
    let failed = |error: std::io::Error| Error::file("read", path, &error);
    let file = File::open(path).map_err(failed)?;
    let content = Content { path, file: &file, size, mtime: options.mtime };
    let sha256 = hash_file(&content, &context.cancel)?;
    let stated = source_hash(&writer, source)?;
    if let Some(stated) = stated.as_ref().filter(|stated| **stated != sha256) {
        return Err(Error::Refused {
            what: format!(
                "cannot attach {shown}: its SHA-256 is {sha256}, that of {source} is {stated}; they are not the same bytes"
            ),
            hint: "attach the file that was hashed, or record this one as a source of its own"
                .to_owned(),
        });
    }
    let held = captures_of(&writer, Some(source))?;
    let same = held.iter().find(|copy| copy.sha256.as_deref() == Some(&sha256));
    if let Some(same) = same.filter(|same| same.defect().is_none()) {
        let (name, parts) = (same.name.clone(), same.files.len());
        return Ok(AttachOutcome { name, sha256, parts, already: true, restored: false });
    }
    let name = free_name(&writer, source, path)?;
    let parts = operate(&writer, Deed::of("attach"), context, |writer, _| {
        let parts = match same {
            Some(lost) => put_back(writer, lost, &name, &content, options.limits)?,
            None => keep(writer, source, &name, &content, &sha256, options, context)?,
        };
        // Read the bytes back before the transaction commits: they are those that were hashed, though the file may have
        // changed since.
        let kept = captures_of(writer, Some(source))?;
        let kept = kept.iter().rfind(|copy| copy.sha256.as_deref() == Some(&sha256));
        if kept.map(|copy| hash_capture(writer, copy)).transpose()?.as_ref() != Some(&sha256) {
            return Err(Error::Refused {
                what: format!("cannot attach {shown}: it did not read back the same"),
                hint: "attach it again when no program writes to it".to_owned(),
            });
        }
        Ok((parts, format!("a copy of {source}")))
    })?;
    Ok(AttachOutcome { name, sha256, parts, already: false, restored: same.is_some() })
}

/// Stores a new copy. Returns the number of its parts.
fn keep(
    writer: &Writer,
    source: &str,
    name: &str,
    content: &Content<'_>,
    sha256: &str,
    options: &Options<'_>,
    context: &Context,
) -> Result<usize> {
    let names = keep_capture(writer, name, content, options.limits)?;
    let Some(first) = names.first() else { return Ok(0) };
    let mut rows = RowWriter::new(writer, &context.now);
    let text = |value: &str| Value::from(value);
    let mut fields = vec![
        ("source", text(source)),
        ("file", text(first)),
        ("sha256", text(sha256)),
        ("captured_at", text(options.captured_at.as_deref().unwrap_or(&context.now))),
    ];
    fields.extend(options.url.as_deref().map(|url| ("url", text(url))));
    fields.extend(options.media_type.as_deref().map(|media| ("media_type", text(media))));
    write_row(&mut rows, "captures", &fields)?;
    for (part, name) in (1..).zip(&names).skip(1) {
        let fields = [("first", text(first)), ("part", Value::Int(part)), ("file", text(name))];
        write_row(&mut rows, "capture_parts", &fields)?;
    }
    Ok(names.len())
}

/// Puts the bytes of a lost copy back. Returns the number of its parts.
fn put_back(
    writer: &Writer,
    lost: &Capture,
    name: &str,
    content: &Content<'_>,
    limits: CaptureLimits,
) -> Result<usize> {
    if lost.loss().is_some() && restore_files(writer, lost, name, content, limits)? {
        return Ok(lost.files.len());
    }
    let defect = match lost.loss() {
        Some(loss) => format!("{loss}, and it was divided otherwise"),
        None => lost.defect().unwrap_or_default(),
    };
    Err(Error::Refused {
        what: format!(
            "cannot attach {}: the archive has a copy of {} with this SHA-256 that is not whole: {defect}",
            content.path.display(),
            lost.source
        ),
        hint:
            "delete the rows of that copy from captures and capture_parts first, in any SQLite tool"
                .to_owned(),
    })
}

/// Returns a name inside the archive that no copy has.
fn free_name(writer: &Writer, source: &str, path: &Path) -> Result<String> {
    let file = safe_name(&path.file_name().unwrap_or_default().to_string_lossy());
    let mut name = format!("captures/{source}/{file}");
    for n in 2.. {
        if is_name_free(writer, &name)? {
            break;
        }
        name = format!("captures/{source}/{n}-{file}");
    }
    Ok(name)
}

/// Returns the SHA-256 of a file.
fn hash_file(content: &Content<'_>, cancel: &CancelToken) -> Result<String> {
    let failed = |error: std::io::Error| Error::file("read", content.path, &error);
    let (mut hasher, mut file, mut block) = (Sha256::new(), content.file, vec![0; BLOCK]);
    loop {
        if let Some(why) = cancel.reason() {
            return Err(Error::Stopped { why: why.to_owned() });
        }
        match file.read(&mut block).map_err(failed)? {
            0 => return Ok(to_hex(&hasher.finalize())),
            length => hasher.update(&block[..length]),
        }
    }
}

/// Returns the SHA-256 of a copy in the archive.
///
/// # Errors
/// Fails if its bytes are not in the file or cannot be unpacked, or reading is cancelled.
pub(in crate::ops) fn hash_capture(db: &crate::store::Handle, copy: &Capture) -> Result<String> {
    let mut hasher = Sha256::new();
    read_capture(db, copy, &mut |block| {
        hasher.update(block);
        Ok(())
    })?;
    Ok(to_hex(&hasher.finalize()))
}

fn write_row(rows: &mut RowWriter<'_>, table: &str, fields: &[(&str, Value)]) -> Result<()> {
    let Some(kind): Option<&'static Kind> = kind_of_table(table) else { return Ok(()) };
    let mut record = Record::new(kind, SourcePos::Whole);
    for (name, value) in fields {
        record.set(name, value.clone(), SourcePos::Whole);
    }
    rows.write(&record).map(|_| ())
}
