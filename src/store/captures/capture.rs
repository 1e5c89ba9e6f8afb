//! The description of a captured copy and of the rows with its bytes.

use super::names::parts_in_name;

/// The row that describes a captured copy.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Key of its source.
    pub source: String,
    /// Path inside the archive: of a copy in parts what their names have in common. Empty if no row with its bytes is
    /// in the file.
    pub name: String,
    /// SHA-256 of the bytes; `None` when the row was added by a tool that cannot compute it.
    pub sha256: Option<String>,
    /// The rows of `sqlar` with its bytes, in their order: one, or several parts.
    pub files: Vec<CaptureFile>,
}

/// A row of `sqlar` with the bytes of a copy, or with a part of them.
#[derive(Clone, Debug)]
pub struct CaptureFile {
    /// The id that the copy refers to.
    pub id: i64,
    /// The number of the part.
    pub part: i64,
    /// The path inside the archive; `None` if the row is not in the file.
    pub name: Option<String>,
    /// The stated size of its bytes; `None` if none is stated.
    pub size: Option<i64>,
}

impl Capture {
    /// The size of the bytes, as far as it is stated.
    pub fn size(&self) -> i64 {
        self.files.iter().filter_map(|file| file.size).sum()
    }

    /// Returns what is wrong with the rows of a copy that is not whole, a clause; `None` if all are there.
    pub fn defect(&self) -> Option<String> {
        self.loss().or_else(|| self.gap())
    }

    /// The rows that are not in the file, as a clause; `None` if all are.
    pub fn loss(&self) -> Option<String> {
        let is_lost = |file: &&CaptureFile| file.name.is_none();
        let lost: Vec<String> =
            self.files.iter().filter(is_lost).map(|file| file.part.to_string()).collect();
        match (self.files.as_slice(), lost.as_slice()) {
            (_, []) => None,
            ([one], _) => Some(format!("its row {} of sqlar is not in the file", one.id)),
            (all, lost) if lost.len() == all.len() => {
                Some(format!("all its {} parts are not in the file", all.len()))
            }
            (all, [one]) => Some(format!("part {one} of {} is not in the file", all.len())),
            (all, lost) => {
                Some(format!("parts {} of {} are not in the file", lost.join(", "), all.len()))
            }
        }
    }

    /// The first part that is not listed, although a later one is, or its name counts more parts.
    fn gap(&self) -> Option<String> {
        let numbers = (1..).zip(&self.files).find(|(number, file)| *number != file.part);
        let counted = match self.files.as_slice() {
            // A copy in one row may have any name.
            [first, _, ..] => first.name.as_deref().and_then(parts_in_name),
            _ => None,
        };
        let number = i64::try_from(self.files.len()).unwrap_or(i64::MAX);
        let missing = numbers.map(|(number, _)| number);
        let missing = missing.or(counted.filter(|all| *all > number).map(|_| number + 1));
        missing.map(|part| format!("its part {part} is not listed in capture_parts"))
    }
}
