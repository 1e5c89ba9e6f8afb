//! Stores a captured copy of a source in the archive.

use super::file_name::safe_name;
use crate::error::{Error, Result};
use crate::model::{Kind, Record, SOURCE, SourcePos, Value, kind_of_table};
use crate::ops::checksum::sha256;
use crate::ops::context::{Context, Deed, current_key, open_writer, operate, require_source};
use crate::store::{RowWriter, captures_of, exists, file_bytes, keep_file, source_hash};
use std::path::Path;

/// The copy to store.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The key of the source.
    pub source: String,
    /// The name of the file.
    pub name: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// The time of the last change of the file, in seconds since 1970 UTC.
    pub mtime: Option<i64>,
    /// The media type, if known.
    pub media_type: Option<String>,
    /// The address that the copy was made from, if known.
    pub url: Option<String>,
    /// The time in UTC at which it was made; now if it is not known.
    pub captured_at: Option<String>,
}

/// The result of attaching a copy.
#[derive(Clone, Debug)]
pub struct AttachOutcome {
    /// The path of the copy inside the archive.
    pub name: String,
    /// The SHA-256 of the bytes.
    pub sha256: String,
    /// `true` if the archive held the same copy already.
    pub already: bool,
}

/// Stores the copy. If the source states a SHA-256, the bytes must have it; otherwise a source may
/// have several copies: the page, a screenshot, a later version.
///
/// # Errors
/// Fails if there is no such source, or the bytes do not have its checksum.
pub fn attach(options: &Options<'_>, context: &Context) -> Result<AttachOutcome> {
    let writer = open_writer(options.archive, context)?;
    let source = &*current_key(&writer, &SOURCE, &options.source)?;
    require_source(&writer, source, "add it first: `onrecord add source`")?;
    let sha256 = sha256(&options.bytes);
    let stated = source_hash(&writer, source)?;
    if let Some(stated) = stated.as_ref().filter(|stated| **stated != sha256) {
        return Err(Error::Refused {
            what: format!(
                "cannot attach {}: its SHA-256 is {sha256}, that of {source} is {stated}; they are not the same bytes",
                options.name
            ),
            hint: "attach the file that was hashed, or record this one as a source of its own"
                .to_owned(),
        });
    }
    let held = captures_of(&writer, Some(source))?;
    if let Some(same) = held.iter().find(|copy| copy.sha256.as_deref() == Some(&sha256)) {
        return Ok(AttachOutcome { name: same.name.clone(), sha256, already: true });
    }
    let file = safe_name(&options.name);
    let mut name = format!("captures/{source}/{file}");
    for n in 2.. {
        if !exists(&writer, "sqlar", &name)? {
            break;
        }
        name = format!("captures/{source}/{n}-{file}");
    }
    operate(&writer, Deed::of("attach"), context, |writer, _| {
        keep_file(writer, &name, options.mtime, &options.bytes)?;
        // Read the bytes back before the transaction commits.
        if file_bytes(writer, &name)? != options.bytes {
            return Err(Error::Refused {
                what: format!("cannot attach {}: it did not read back the same", options.name),
                hint: String::new(),
            });
        }
        let mut rows = RowWriter::new(writer, &context.now);
        let text = |value: &str| Value::from(value);
        let mut fields = vec![
            ("source", text(source)),
            ("file", text(&name)),
            ("sha256", text(&sha256)),
            ("captured_at", text(options.captured_at.as_deref().unwrap_or(&context.now))),
        ];
        fields.extend(options.url.as_deref().map(|url| ("url", text(url))));
        fields.extend(options.media_type.as_deref().map(|media| ("media_type", text(media))));
        write_row(&mut rows, "captures", &fields)?;
        Ok(((), format!("a copy of {source}")))
    })?;
    Ok(AttachOutcome { name, sha256, already: false })
}

fn write_row(rows: &mut RowWriter<'_>, table: &str, fields: &[(&str, Value)]) -> Result<()> {
    let Some(kind): Option<&'static Kind> = kind_of_table(table) else { return Ok(()) };
    let mut record = Record::new(kind, SourcePos::Whole);
    for (name, value) in fields {
        record.set(name, value.clone(), SourcePos::Whole);
    }
    rows.write(&record).map(|_| ())
}
