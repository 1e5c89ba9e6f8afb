//! Keeps a captured copy of a source in the archive.

use crate::error::{Error, Result};
use crate::model::{Kind, Record, SourcePos, Value, kind_of_table};
use crate::ops::{Context, open_writer, source_exists};
use crate::store::{RowWriter, captures_of, exists, file_bytes, keep_file, source_hash};
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::Path;

/// A copy to keep.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// Key of the source.
    pub source: String,
    /// The file's own name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// When it was last changed, in seconds since 1970 UTC.
    pub mtime: Option<i64>,
    /// Its media type, when known.
    pub media_type: Option<String>,
}

/// What was kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Path inside the archive.
    pub name: String,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// Whether the very same copy was there already.
    pub already: bool,
}

/// SHA-256 as 64 lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The same for what is read piece by piece.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(mut read: impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        match read.read(&mut piece)? {
            0 => return Ok(hex(&hasher.finalize())),
            number => hasher.update(&piece[..number]),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps the copy. When the source states its SHA-256, only the very bytes are taken; when it does
/// not, a source may have several copies: the page, a picture of it, a later version.
///
/// # Errors
/// When there is no such source, or the bytes are not the source's.
pub fn attach(options: &Options<'_>, context: &Context) -> Result<Kept> {
    let writer = open_writer(options.archive, context)?;
    let source = options.source.as_str();
    source_exists(&writer, source, "add it first: `onrecord add source`")?;
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
        return Ok(Kept { name: same.name.clone(), sha256, already: true });
    }
    let file = safe_name(&options.name);
    let mut name = format!("captures/{source}/{file}");
    for n in 2.. {
        if !exists(&writer, "sqlar", &name)? {
            break;
        }
        name = format!("captures/{source}/{n}-{file}");
    }
    writer.transact(|writer| {
        writer.begin_editing(context.editor.as_deref())?;
        keep_file(writer, &name, options.mtime, &options.bytes)?;
        // What was written is read back before it counts as kept.
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
            ("captured_at", text(&context.now)),
        ];
        fields.extend(options.media_type.as_deref().map(|media| ("media_type", text(media))));
        write(&mut rows, "captures", &fields)?;
        writer.end_editing()
    })?;
    Ok(Kept { name, sha256, already: false })
}

fn write(rows: &mut RowWriter<'_>, table: &str, fields: &[(&str, Value)]) -> Result<()> {
    let Some(kind): Option<&'static Kind> = kind_of_table(table) else { return Ok(()) };
    let mut record = Record::new(kind, SourcePos::Whole);
    for (name, value) in fields {
        record.set(name, value.clone(), SourcePos::Whole);
    }
    rows.write(&record).map(|_| ())
}

/// The last part of a name, with whatever could lead elsewhere, hide, or command a terminal
/// replaced, and the names that Windows keeps for devices set apart.
pub(super) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    let plain = plain.trim_matches(['.', ' ']).to_owned();
    let stem = plain.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
        || (stem.len() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT")));
    match plain.as_str() {
        "" => "copy".to_owned(),
        _ if device => format!("_{plain}"),
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::safe_name;

    #[test]
    fn names_lead_nowhere_else() {
        assert_eq!(safe_name("/etc/passwd"), "passwd");
        assert_eq!(safe_name("../../x.html"), "x.html");
        assert_eq!(safe_name("a\u{1b}[31m:b"), "a__31m_b");
        assert_eq!(safe_name(".."), "copy");
        assert_eq!(safe_name(".bashrc"), "bashrc");
        assert_eq!(safe_name("con.txt"), "_con.txt");
        assert_eq!(safe_name("C:\\x"), "x");
    }
}
