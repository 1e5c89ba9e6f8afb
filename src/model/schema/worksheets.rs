//! The worksheets of a workbook: the columns of the spreadsheet, a worksheet for each kind of record.
//!
//! A row of `claims` names its sources, places and measures by their keys, and each of these has a row of
//! its own on another worksheet. `export xlsx` writes these worksheets, and `import` reads them.

use super::kind::Kind;
use super::spreadsheet_columns::{COLUMNS, Column, RowPart};

/// A worksheet of a workbook.
#[derive(Debug)]
pub struct Worksheet {
    /// Its name.
    pub name: &'static str,
    /// The part that each of its rows describes.
    pub part: RowPart,
    /// Its columns, in their order; none for a worksheet that is read and never written.
    columns: &'static [Group],
}

/// Columns that stand side by side.
#[derive(Debug)]
enum Group {
    /// All columns of a part.
    Of(RowPart),
    /// These, which name the records that a row refers to.
    Named(&'static [&'static str]),
}

use Group::{Named, Of};

/// Every worksheet. A worksheet stands behind those that its rows refer to, so that they are read in this
/// order.
pub static WORKSHEETS: &[Worksheet] = &[
    Worksheet { name: "sources", part: RowPart::Source, columns: &[Of(RowPart::Source)] },
    Worksheet {
        name: "source origins",
        part: RowPart::Origin,
        columns: &[Named(&["source"]), Of(RowPart::Origin)],
    },
    Worksheet {
        name: "grades",
        part: RowPart::Grade,
        columns: &[Named(&["source"]), Of(RowPart::Grade)],
    },
    Worksheet { name: "places", part: RowPart::Location, columns: &[Of(RowPart::Location)] },
    Worksheet {
        name: "place names",
        part: RowPart::Name,
        columns: &[Named(&["place"]), Of(RowPart::Name)],
    },
    Worksheet { name: "measures", part: RowPart::Measure, columns: &[Of(RowPart::Measure)] },
    Worksheet {
        name: "claims",
        part: RowPart::Claim,
        columns: &[
            Of(RowPart::Claim),
            Named(&["source", "speaker"]),
            Of(RowPart::Mention),
            Named(&["place"]),
            Of(RowPart::Place),
            Named(&["measure"]),
            Of(RowPart::Figure),
            Of(RowPart::Verdict),
        ],
    },
    Worksheet { name: "mentions", part: RowPart::Mention, columns: &[] },
    Worksheet { name: "figures", part: RowPart::Figure, columns: &[] },
    Worksheet { name: "verdicts", part: RowPart::Verdict, columns: &[] },
    Worksheet {
        name: "evidence",
        part: RowPart::Evidence,
        columns: &[Named(&["claim", "status", "by", "at", "because"]), Of(RowPart::Evidence)],
    },
    Worksheet {
        name: "links",
        part: RowPart::Link,
        columns: &[Named(&["claim"]), Of(RowPart::Link)],
    },
    Worksheet { name: "equations", part: RowPart::Equation, columns: &[Of(RowPart::Equation)] },
];

impl Worksheet {
    /// The kind of the records that its rows describe.
    pub fn kind(&self) -> &'static Kind {
        self.part.kind()
    }

    /// The positions of its columns among [`COLUMNS`].
    pub fn columns(&self) -> Vec<usize> {
        let mut positions = Vec::new();
        for group in self.columns {
            let is_in = |column: &Column| match group {
                Of(part) => column.part == *part,
                Named(names) => names.contains(&column.name),
            };
            positions.extend((0..COLUMNS.len()).filter(|n| is_in(&COLUMNS[*n])));
        }
        positions
    }

    /// Returns true for a column that stands there even if no row states anything in it: the first, and
    /// those of the empty table of its kind.
    pub fn keeps_empty(&self, position: usize) -> bool {
        let name = COLUMNS[position].name;
        let is_needed = self.kind().template.iter().any(|(needed, _)| *needed == name);
        is_needed || self.columns().first() == Some(&position)
    }

    /// Returns true if a value that the user gives to every row can be for the rows of this worksheet.
    pub fn takes(&self, column: &Column) -> bool {
        let columns = self.columns();
        let mut own = columns.iter().map(|n| &COLUMNS[*n]);
        // What no worksheet describes, such as a speaker, is described where it is named.
        let is_described = WORKSHEETS.iter().any(|worksheet| worksheet.part == column.part);
        let is_it =
            |own: &Column| own.name == column.name || !is_described && own.part == column.part;
        column.part == self.part || own.any(is_it)
    }

    /// Returns true if a worksheet of this name is it: by its own name or that of the table, whatever the
    /// case.
    fn is_called(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase().replace('_', " ");
        name == self.name || name == self.kind().table.replace('_', " ")
    }
}

/// Finds the position among [`WORKSHEETS`] of the worksheet with this name.
pub fn find_worksheet(name: &str) -> Option<usize> {
    WORKSHEETS.iter().position(|worksheet| worksheet.is_called(name))
}

/// The worksheets that are written, in the order in which they stand in a workbook: the claims first.
pub fn written_worksheets() -> impl Iterator<Item = &'static Worksheet> {
    let is_first = |worksheet: &&Worksheet| worksheet.part == RowPart::Claim;
    let written = || WORKSHEETS.iter().filter(|worksheet| !worksheet.columns.is_empty());
    written().filter(is_first).chain(written().filter(move |worksheet| !is_first(worksheet)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{WORKSHEETS, find_worksheet, written_worksheets};
    use crate::model::{COLUMNS, RowPart, Type, find_column};

    #[test]
    fn every_column_is_written_on_a_worksheet_but_those_that_describe_a_speaker() {
        for (n, column) in COLUMNS.iter().enumerate() {
            let number = written_worksheets().filter(|sheet| sheet.columns().contains(&n)).count();
            let is_description = column.part == RowPart::Speaker && column.field != "key";
            assert_eq!(number == 0, is_description, "{}", column.name);
        }
        for worksheet in WORKSHEETS {
            let mut columns = worksheet.columns();
            columns.sort_unstable();
            columns.dedup();
            assert_eq!(
                columns.len(),
                worksheet.columns().len(),
                "{} has one twice",
                worksheet.name
            );
        }
    }

    #[test]
    fn a_worksheet_stands_behind_those_that_its_rows_refer_to() {
        for (n, worksheet) in WORKSHEETS.iter().enumerate() {
            for field in worksheet.kind().fields {
                let Type::Ref(table) = field.ty else { continue };
                let of = WORKSHEETS.iter().position(|other| other.kind().table == table);
                assert!(of.is_none_or(|of| of <= n), "{}: {}", worksheet.name, field.name);
            }
        }
    }

    #[test]
    fn a_worksheet_is_found_by_its_name_and_that_of_its_table() {
        for (n, worksheet) in WORKSHEETS.iter().enumerate() {
            for name in [worksheet.name, worksheet.kind().table] {
                assert_eq!(find_worksheet(name), Some(n), "{name}");
                assert_eq!(find_worksheet(&format!(" {} ", name.to_uppercase())), Some(n));
            }
        }
        assert_eq!(find_worksheet("Sheet1"), None);
        let first = written_worksheets().next().unwrap();
        assert_eq!(first.name, "claims");
    }

    #[test]
    fn a_worksheet_takes_what_is_said_of_its_rows_and_keeps_what_people_need() {
        let claims = &WORKSHEETS[find_worksheet("claims").unwrap()];
        let sources = &WORKSHEETS[find_worksheet("sources").unwrap()];
        for (name, by_claims, by_sources) in [
            ("kind", true, false),
            ("source_kind", false, true),
            ("source", true, true),
            ("place_kind", false, false),
            ("speaker_kind", true, false),
            ("place_relation", true, false),
        ] {
            let column = find_column(name).unwrap();
            assert_eq!((claims.takes(column), sources.takes(column)), (by_claims, by_sources));
        }
        let kept = |name: &str| {
            claims.keeps_empty(COLUMNS.iter().position(|column| column.name == name).unwrap())
        };
        assert!(kept("claim") && kept("text") && kept("because") && !kept("date_precision"));
    }
}
