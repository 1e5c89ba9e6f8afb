//! The options by which a table is read, as they are typed: a flag and its value. The command line, a
//! profile that is kept in the archive and a proposal all hold these, and each is read and written here.

use super::amount::Grouping;
use super::date::DateOrder;
use super::spelling::{did_you_mean, quoted};

/// One option for reading a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableOption {
    /// A column and the field that it holds; an empty field passes the column over. A measure may stand
    /// behind a field of a figure (`low:Killed`), and a prefix behind a key (`claim:acled`).
    Map(String, String),
    /// A field and its value in all rows.
    Set(String, String),
    /// A field and its value where its cell is empty.
    Fill(String, String),
    /// A column with a cell of it, divided by a colon, and what that cell is read as; nothing where it
    /// means "not stated".
    Recode(String, String),
    /// A column and the sign that divides the names in its cells; an empty sign says that a cell is one
    /// name.
    Split(String, String),
    /// A cell that means "not stated".
    NotStated(String),
    /// The sign before the decimals.
    Decimal(char),
    /// The sign that groups digits.
    Grouping(Grouping),
    /// The order of dates that are numbers.
    Dates(DateOrder),
    /// The first two digits of years with two.
    Century(i16),
    /// Quotation marks are text.
    LiteralQuotes,
    /// The headings of a table that has none.
    Header(Vec<String>),
    /// The sign between the cells.
    Delimiter(u8),
    /// The encoding, by its label in the WHATWG Encoding Standard.
    Encoding(String),
    /// The name of the worksheet.
    Sheet(String),
}

/// The flags of all options.
const FLAGS: [&str; 15] = [
    "--map",
    "--set",
    "--fill",
    "--recode",
    "--split",
    "--na",
    "--decimal",
    "--grouping",
    "--dates",
    "--century",
    "--quotes",
    "--header",
    "--delimiter",
    "--encoding",
    "--sheet",
];

impl TableOption {
    /// Parses an option from its flag and its value.
    ///
    /// # Errors
    /// Fails when there is no such flag, or the value is not one of it; the message says what to write.
    pub fn parse(flag: &str, value: &str) -> Result<Self, String> {
        Ok(match flag {
            "--map" => {
                let (column, field) = column_and_field(value)?;
                TableOption::Map(column, field)
            }
            "--set" => {
                let (field, value) = field_and_value(value)?;
                TableOption::Set(field, value)
            }
            "--fill" => {
                let (field, value) = field_and_value(value)?;
                TableOption::Fill(field, value)
            }
            "--recode" => {
                let (cell, meaning) = cell_and_meaning(value)?;
                TableOption::Recode(cell, meaning)
            }
            "--split" => {
                let (column, sign) = column_and_sign(value)?;
                TableOption::Split(column, sign)
            }
            "--na" => TableOption::NotStated(value.to_owned()),
            "--decimal" => TableOption::Decimal(decimal_sign(value)?),
            "--grouping" => TableOption::Grouping(grouping_sign(value)?),
            "--dates" => TableOption::Dates(date_order(value)?),
            "--century" => TableOption::Century(century(value)?),
            "--quotes" if value == "literal" => TableOption::LiteralQuotes,
            "--quotes" => return Err("write literal".to_owned()),
            "--header" => TableOption::Header(headings(value)?),
            "--delimiter" => TableOption::Delimiter(delimiter(value)?),
            "--encoding" => TableOption::Encoding(find_encoding(value)?.name().to_owned()),
            "--sheet" => TableOption::Sheet(value.to_owned()),
            other => {
                let near = did_you_mean(other, FLAGS);
                return Err(format!("no option for tables is {}{near}", quoted(other)));
            }
        })
    }

    /// Parses options from lines, one on each: a flag, a blank and the value as it stands, without the
    /// quotation marks of a shell. Blank lines are passed over.
    ///
    /// # Errors
    /// Fails at the first line that is no option, with its number.
    pub fn parse_lines(text: &str) -> Result<Vec<Self>, String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let parse = |(n, line): (usize, &str)| {
            let line = line.trim_start();
            let (flag, value) = line.split_once(' ').unwrap_or((line.trim_end(), ""));
            TableOption::parse(flag, value).map_err(|why| format!("line {}: {flag}: {why}", n + 1))
        };
        lines.map(parse).collect()
    }

    /// The flag and its value, which [`TableOption::parse`] reads.
    pub fn words(&self) -> (&'static str, String) {
        let pair = |name: &str, value: &str| format!("{name}={value}");
        match self {
            TableOption::Map(column, field) => ("--map", pair(column, field)),
            TableOption::Set(field, value) => ("--set", pair(field, value)),
            TableOption::Fill(field, value) => ("--fill", pair(field, value)),
            TableOption::Recode(cell, meaning) => ("--recode", pair(cell, meaning)),
            TableOption::Split(column, sign) => {
                ("--split", pair(column, &sign.replace('\n', "\\n")))
            }
            TableOption::NotStated(text) => ("--na", text.clone()),
            TableOption::Decimal(sign) => ("--decimal", sign.to_string()),
            TableOption::Grouping(Grouping::Sign(' ')) => ("--grouping", "space".to_owned()),
            TableOption::Grouping(Grouping::Sign('\'')) => ("--grouping", "apostrophe".to_owned()),
            TableOption::Grouping(Grouping::Sign(sign)) => ("--grouping", sign.to_string()),
            TableOption::Grouping(_) => ("--grouping", "none".to_owned()),
            TableOption::Dates(order) => {
                let word =
                    ORDERS.iter().find(|(_, other)| other == order).map_or("", |(word, _)| word);
                ("--dates", word.to_owned())
            }
            TableOption::Century(century) => ("--century", century.to_string()),
            TableOption::LiteralQuotes => ("--quotes", "literal".to_owned()),
            TableOption::Header(names) => ("--header", names.join(",")),
            TableOption::Delimiter(b'\t') => ("--delimiter", "tab".to_owned()),
            TableOption::Delimiter(sign) => ("--delimiter", char::from(*sign).to_string()),
            TableOption::Encoding(label) => ("--encoding", label.clone()),
            TableOption::Sheet(name) => ("--sheet", name.clone()),
        }
    }

    /// The option as a line that [`TableOption::parse_lines`] reads; `None` where it holds a line break.
    pub fn line(&self) -> Option<String> {
        let (flag, value) = self.words();
        (!value.contains(['\n', '\r'])).then(|| format!("{flag} {value}"))
    }
}

/// The words for the orders of dates.
const ORDERS: [(&str, DateOrder); 3] =
    [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst), ("ymd", DateOrder::YearFirst)];

/// Parses COLUMN=FIELD; the name of the column may contain `=`.
///
/// # Errors
/// Fails without `=` or without a name before it.
pub fn column_and_field(text: &str) -> Result<(String, String), String> {
    name_and_value(text.rsplit_once('='))
}

/// Parses COLUMN=SIGN; a sign of blanks alone is kept.
///
/// # Errors
/// Fails without `=` or without a name before it.
pub fn column_and_sign(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((name, sign)) if !name.trim().is_empty() => Ok((name.to_owned(), sign.to_owned())),
        _ => Err("write COLUMN=SIGN".to_owned()),
    }
}

/// Parses FIELD=VALUE; the value may contain `=`.
///
/// # Errors
/// Fails without `=` or without a name before it.
pub fn field_and_value(text: &str) -> Result<(String, String), String> {
    name_and_value(text.split_once('='))
}

/// Parses COLUMN:CELL=VALUE; column and cell may contain `=`.
///
/// # Errors
/// Fails without `=`, or without a colon before it.
pub fn cell_and_meaning(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((cell, value)) if cell.trim_start_matches(':').contains(':') => {
            Ok((cell.to_owned(), value.trim().to_owned()))
        }
        _ => Err("write COLUMN:CELL=VALUE".to_owned()),
    }
}

/// Refuses a missing `=` and an empty name.
fn name_and_value(pair: Option<(&str, &str)>) -> Result<(String, String), String> {
    let (name, value) = pair.ok_or("write NAME=VALUE")?;
    match name.trim() {
        "" => Err("there is no name before the =".to_owned()),
        _ => Ok((name.to_owned(), value.trim().to_owned())),
    }
}

/// Parses the sign before the decimals.
///
/// # Errors
/// Fails for another sign than a point or a comma.
pub fn decimal_sign(text: &str) -> Result<char, String> {
    match text {
        "." | "point" => Ok('.'),
        "," | "comma" => Ok(','),
        _ => Err("write . or ,".to_owned()),
    }
}

/// Parses the sign that groups digits.
///
/// # Errors
/// Fails for a sign that groups none.
pub fn grouping_sign(text: &str) -> Result<Grouping, String> {
    match text {
        "none" => Ok(Grouping::Never),
        "," | "comma" => Ok(Grouping::Sign(',')),
        "." | "point" => Ok(Grouping::Sign('.')),
        "space" | " " | "\u{a0}" | "\u{202f}" => Ok(Grouping::Sign(' ')),
        "apostrophe" | "'" | "’" => Ok(Grouping::Sign('\'')),
        _ => Err("write , . space apostrophe or none".to_owned()),
    }
}

/// Parses headings, divided by commas.
///
/// # Errors
/// Fails where one is empty.
pub fn headings(text: &str) -> Result<Vec<String>, String> {
    let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    match names.iter().any(String::is_empty) {
        true => Err("write a name for each column, such as id,verdict,text".to_owned()),
        false => Ok(names),
    }
}

/// Parses the order of dates.
///
/// # Errors
/// Fails for another word than dmy, mdy and ymd.
pub fn date_order(text: &str) -> Result<DateOrder, String> {
    let order = ORDERS.iter().find(|(word, _)| *word == text);
    order.map(|(_, order)| *order).ok_or_else(|| "write dmy, mdy or ymd".to_owned())
}

/// Parses the first two digits of years with two.
///
/// # Errors
/// Fails for another number than 10 to 21.
pub fn century(text: &str) -> Result<i16, String> {
    let century = text.parse().ok().filter(|century| (10..=21).contains(century));
    century.ok_or_else(|| "write the first two digits of the years, such as 20".to_owned())
}

/// Parses the sign between cells, of one byte, or the word `tab`.
///
/// # Errors
/// Fails for a longer sign, a quotation mark and a line end.
pub fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\t" | "\\t" => Ok(b'\t'),
        text if text.len() == 1 && !text.starts_with(['"', '\n', '\r']) => Ok(text.as_bytes()[0]),
        _ => Err("write one sign, or tab".to_owned()),
    }
}

/// Finds an encoding by its label, as the WHATWG Encoding Standard lists them.
///
/// # Errors
/// Fails when no encoding has this label.
pub fn find_encoding(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
    encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        format!(
            "no encoding is called {name:?}; write utf-8, utf-16le or windows-1252, for example"
        )
    })
}

#[cfg(test)]
#[allow(clippy::expect_used, clippy::unwrap_used)]
mod tests {
    use super::TableOption;

    #[test]
    fn an_option_is_written_as_it_is_read() {
        let all = "--map Min=Max=low:Killed\n--map x=\n--set a=b=c\n--fill because=Not said\n\
                   --recode geo:1=3\n--recode Geo: p:near=\n--split source=; \n--split place=\\n\n\
                   --na n/a\n--decimal ,\n--grouping space\n--grouping apostrophe\n--grouping none\n\
                   --grouping .\n--dates dmy\n--dates mdy\n--dates ymd\n--century 20\n\
                   --quotes literal\n--header a,b\n--delimiter tab\n--delimiter ;\n\
                   --encoding windows-1252\n--sheet Sheet 1";
        let options = TableOption::parse_lines(all).expect("they are options");
        let lines: Vec<String> = options.iter().filter_map(TableOption::line).collect();
        assert_eq!(lines.join("\n"), all);
        assert_eq!(options[0], TableOption::Map("Min=Max".into(), "low:Killed".into()));
        assert_eq!(options[5], TableOption::Recode("Geo: p:near".into(), String::new()));
    }

    #[test]
    fn a_line_that_is_no_option_is_named() {
        for (lines, said) in [
            ("--map a=b\n\n--mab a=b", "line 3: --mab: no option for tables is"),
            ("--map a", "line 1: --map: write NAME=VALUE"),
            ("--set =a", "there is no name before the ="),
            ("--recode a=b", "write COLUMN:CELL=VALUE"),
            ("--recode :a=b", "write COLUMN:CELL=VALUE"),
            ("--century 9", "first two digits"),
            ("--century 22", "first two digits"),
            ("--quotes csv", "write literal"),
            ("--dates ydm", "write dmy, mdy or ymd"),
            ("--decimal ;", "write . or ,"),
            ("--grouping ;", "write , . space apostrophe or none"),
            ("--header a,,b", "write a name for each column"),
            ("--delimiter ab", "write one sign, or tab"),
            ("--delimiter \"", "write one sign, or tab"),
            ("--encoding utf-9", "no encoding is called"),
            ("--split =;", "write COLUMN=SIGN"),
            ("--dry-run", "no option for tables is"),
        ] {
            let error = TableOption::parse_lines(lines).expect_err(lines);
            assert!(error.contains(said), "{lines}: {error}");
        }
        assert_eq!(TableOption::NotStated("a\nb".into()).line(), None);
    }
}
