//! The compound file that holds the stream of a workbook, beside streams of other kinds.

use cfb::CompoundFile;
use std::io::{Read, Seek};

/// The largest stream that is read. A compound file of Excel holds no larger one.
const MAX_STREAM: u64 = 1 << 31;

const KEEP: &str =
    "take down what it says with `onrecord add source`, and keep the file with `onrecord attach`";

/// The streams by which other compound files are known, with what such a file is and what to do.
const OTHERS: [(&str, &str, &str); 6] = [
    (
        "EncryptedPackage",
        "it has a password",
        "open it in a spreadsheet program and save it without one",
    ),
    (
        "Book",
        "it is a workbook of Excel 95 or older",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
    ("WordDocument", "it is a text of Word (.doc)", KEEP),
    ("PowerPoint Document", "it is a presentation of PowerPoint (.ppt)", KEEP),
    ("__properties_version1.0", "it is a message of Outlook (.msg)", KEEP),
    ("VisioDocument", "it is a drawing of Visio (.vsd)", KEEP),
];

/// The class of the root of an installer of Windows.
const INSTALLER: &str = "000c1084-0000-0000-c000-000000000046";

/// Reads the stream of a workbook.
pub(super) fn read_stream<R: Read + Seek>(input: R) -> Result<Vec<u8>, String> {
    let mut file = CompoundFile::open(input).map_err(|error| error.to_string())?;
    if !file.is_stream("Workbook") {
        return Err(describe_other(&file));
    }
    let mut stream = file.open_stream("Workbook").map_err(|error| error.to_string())?;
    if stream.len() > MAX_STREAM {
        return Err("its stream is longer than that of a workbook can be".to_owned());
    }
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

/// Describes a compound file that holds no workbook.
fn describe_other<R>(file: &CompoundFile<R>) -> String {
    match OTHERS.iter().find(|(stream, ..)| file.is_stream(stream)) {
        Some((_, what, hint)) => format!("{what}; {hint}"),
        None if file.root_entry().clsid().to_string() == INSTALLER => {
            "it is an installer of Windows (.msi), which holds no table".to_owned()
        }
        None => "it is a compound file without a workbook".to_owned(),
    }
}
