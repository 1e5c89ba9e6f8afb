//! Options for reading an input, as the user states them on the command line.

use crate::model::table_option::find_encoding;
use crate::model::{DateOrder, RowPart, Signs, TableOption, find_column};

/// The options for reading an input.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Pairs of a table column and the field it holds (`--map`); an empty field skips the column. A field
    /// of a figure may have a measure behind it, `low:Killed`: a row has a figure of each. A key may have
    /// a prefix behind it, `claim:acled`: the key is made of it and of the cell.
    pub map: Vec<(String, String)>,
    /// Pairs of a field and its value for all rows (`--set`).
    pub set: Vec<(String, String)>,
    /// Pairs of a field and its value where its cell is empty (`--fill`).
    pub fill: Vec<(String, String)>,
    /// Pairs of a column with a cell of it, divided by a colon, and what that cell is read as (`--recode`);
    /// nothing where it means "not stated".
    pub recode: Vec<(String, String)>,
    /// The headings of a table that has none (`--header`): its first row is data.
    pub header: Option<Vec<String>>,
    /// The encoding of a table (`--encoding`); detected when `None`.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The delimiter between the cells of a table; detected when `None`.
    pub delimiter: Option<u8>,
    /// The signs of the numbers of a table (`--decimal`, `--grouping`), as far as they are given.
    pub signs: Signs,
    /// The order of day, month and year in dates of numbers (`--dates`); refused where two readings are
    /// possible when `None`.
    pub dates: Option<DateOrder>,
    /// The first two digits of years with two (`--century`).
    pub century: Option<i16>,
    /// Pairs of a table column and the sign that divides the names in its cells (`--split`); an empty
    /// sign says that a cell is one name.
    pub split: Vec<(String, String)>,
    /// Cells of a table that mean "not stated" (`--na`).
    pub na: Vec<String>,
    /// True if a quotation mark is text like any other (`--quotes literal`).
    pub literal_quotes: bool,
    /// The names of the worksheets to read. None for all that bear our names, else for the first.
    pub sheets: Vec<String>,
}

/// The content of a column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) struct Target<'a> {
    /// The name of the field, as the user or the table gives it.
    pub(in crate::intake) field: &'a str,
    /// The key or title of the measure of its figure, where the user names one for this column.
    pub(in crate::intake) measure: Option<&'a str>,
    /// The prefix of the keys that its cells make, where the user names one for this column.
    pub(in crate::intake) prefix: Option<&'a str>,
    /// True if the user mapped it.
    pub(in crate::intake) mapped: bool,
}

/// Returns true for the name of a field of a figure.
fn is_of_figure(field: &str) -> bool {
    find_column(field).is_some_and(|column| column.part == RowPart::Figure)
}

/// Returns true for the name of a column of keys.
fn is_key(field: &str) -> bool {
    find_column(field).is_some_and(|column| column.field == "key")
}

impl Settings {
    /// The field that a heading of a table stands for.
    pub(in crate::intake) fn target<'a>(&'a self, heading: &'a str) -> Target<'a> {
        let plain = Target { field: heading, measure: None, prefix: None, mapped: false };
        let Some((_, to)) = self.map.iter().find(|(from, _)| from == heading) else {
            return plain;
        };
        let plain = Target { field: to, mapped: true, ..plain };
        match to.split_once(':').map(|(field, behind)| (field, behind.trim())) {
            Some((_, "")) | None => plain,
            Some((field, behind)) if is_key(field) => {
                Target { field, prefix: Some(behind), ..plain }
            }
            Some((field, behind)) if is_of_figure(field) => {
                Target { field, measure: Some(behind), ..plain }
            }
            Some(_) => plain,
        }
    }

    /// Returns true if a table with this header has a column of a field.
    pub(in crate::intake) fn has_column(&self, header: &[String], field: &str) -> bool {
        let Some(wanted) = find_column(field) else { return false };
        let fields = header.iter().filter_map(|heading| find_column(self.target(heading).field));
        fields.into_iter().any(|column| column.name == wanted.name)
    }

    /// The cells of a column that are read as another text, each with that text.
    pub(in crate::intake) fn recodes_of(&self, heading: &str) -> Vec<(String, String)> {
        let of_column = |(cell, meaning): &(String, String)| {
            let cell = cell.strip_prefix(heading)?.strip_prefix(':')?;
            Some((cell.to_owned(), meaning.clone()))
        };
        self.recode.iter().filter_map(of_column).collect()
    }

    /// Adds an option. A single one replaces that which was given before.
    pub fn apply(&mut self, option: TableOption) {
        match option {
            TableOption::Map(column, field) => self.map.push((column, field)),
            TableOption::Set(field, value) => self.set.push((field, value)),
            TableOption::Fill(field, value) => self.fill.push((field, value)),
            TableOption::Recode(cell, meaning) => self.recode.push((cell, meaning)),
            TableOption::Split(column, sign) => self.split.push((column, sign)),
            TableOption::NotStated(text) => self.na.push(text),
            TableOption::Decimal(sign) => self.signs.decimal = Some(sign),
            TableOption::Grouping(grouping) => self.signs.grouping = Some(grouping),
            TableOption::Dates(order) => self.dates = Some(order),
            TableOption::Century(century) => self.century = Some(century),
            TableOption::LiteralQuotes => self.literal_quotes = true,
            TableOption::Header(names) => self.header = Some(names),
            TableOption::Delimiter(sign) => self.delimiter = Some(sign),
            // A label that an option holds was found when it was parsed.
            TableOption::Encoding(label) => self.encoding = find_encoding(&label).ok(),
            TableOption::Sheet(name) => self.sheets.push(name),
        }
    }

    /// The options that make these settings.
    pub fn options(&self) -> Vec<TableOption> {
        type Make = fn(String, String) -> TableOption;
        let pairs: [(&[(String, String)], Make); 5] = [
            (&self.map, TableOption::Map),
            (&self.set, TableOption::Set),
            (&self.fill, TableOption::Fill),
            (&self.recode, TableOption::Recode),
            (&self.split, TableOption::Split),
        ];
        let mut options: Vec<TableOption> = Vec::new();
        for (pairs, make) in pairs {
            options.extend(pairs.iter().cloned().map(|(name, value)| make(name, value)));
        }
        options.extend(self.na.iter().cloned().map(TableOption::NotStated));
        options.extend(self.signs.decimal.map(TableOption::Decimal));
        options.extend(self.signs.grouping.map(TableOption::Grouping));
        options.extend(self.dates.map(TableOption::Dates));
        options.extend(self.century.map(TableOption::Century));
        options.extend(self.literal_quotes.then_some(TableOption::LiteralQuotes));
        options.extend(self.header.clone().map(TableOption::Header));
        options.extend(self.delimiter.map(TableOption::Delimiter));
        options.extend(self.encoding.map(|found| TableOption::Encoding(found.name().to_owned())));
        options.extend(self.sheets.iter().cloned().map(TableOption::Sheet));
        options
    }

    /// These settings with what a profile adds for a table with this header. What is given here comes
    /// first: a column that is mapped here is not mapped by the profile, nor a field set twice. The profile's
    /// columns that the table lacks are left out, and so are its values for fields of which the table has a
    /// column; a field that it fills, of which the table has none, is set.
    pub fn with_profile(&self, options: &[TableOption], header: &[String]) -> Settings {
        let has = |name: &str| header.iter().any(|heading| heading == name);
        let is_given = |pairs: &[(String, String)], name: &str| {
            let of = |other: &str| {
                let column = find_column(name).map(|column| column.name);
                other == name || column.is_some() && find_column(other).map(|c| c.name) == column
            };
            pairs.iter().any(|(other, _)| of(other))
        };
        let mut settings = self.clone();
        for option in options {
            let is_wanted = match option {
                TableOption::Map(column, _) => {
                    has(column) && !self.map.iter().any(|(other, _)| other == column)
                }
                TableOption::Set(field, _) => {
                    !is_given(&self.set, field) && !settings.has_column(header, field)
                }
                TableOption::Fill(field, _) => !is_given(&self.fill, field),
                TableOption::Split(column, _) => has(column) && !is_given(&self.split, column),
                TableOption::Recode(cell, _) => !self.recode.iter().any(|(other, _)| other == cell),
                TableOption::NotStated(text) => !self.na.contains(text),
                TableOption::Decimal(_) => self.signs.decimal.is_none(),
                TableOption::Grouping(_) => self.signs.grouping.is_none(),
                TableOption::Dates(_) => self.dates.is_none(),
                TableOption::Century(_) => self.century.is_none(),
                TableOption::LiteralQuotes => true,
                TableOption::Header(_) => self.header.is_none(),
                TableOption::Delimiter(_) => self.delimiter.is_none(),
                TableOption::Encoding(_) => self.encoding.is_none(),
                TableOption::Sheet(_) => self.sheets.is_empty(),
            };
            let option = match option {
                // Without such a column, every row is without a cell of it.
                TableOption::Fill(field, value) if !settings.has_column(header, field) => {
                    if is_given(&self.set, field) {
                        continue;
                    }
                    TableOption::Set(field.clone(), value.clone())
                }
                option => option.clone(),
            };
            if is_wanted {
                settings.apply(option);
            }
        }
        settings
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Settings;
    use crate::model::TableOption;

    #[test]
    fn settings_are_the_options_that_make_them() {
        let lines = "--map a=text\n--set b=c\n--fill d=e\n--recode f:1=2\n--split g=;\n--na h\n\
                     --decimal ,\n--grouping .\n--dates mdy\n--century 19\n--quotes literal\n\
                     --header a,b\n--delimiter |\n--encoding windows-1251\n--sheet S";
        let options = TableOption::parse_lines(lines).unwrap();
        let mut settings = Settings::default();
        options.iter().cloned().for_each(|option| settings.apply(option));
        assert_eq!(settings.options(), options);
        assert_eq!(Settings::default().options(), []);
    }

    #[test]
    fn what_is_given_comes_before_the_profile() {
        let read = |lines: &str| {
            let mut settings = Settings::default();
            let options = TableOption::parse_lines(lines).unwrap();
            options.into_iter().for_each(|option| settings.apply(option));
            settings
        };
        let header = ["a".to_owned(), "b".to_owned()];
        for (given, profile, both) in [
            (
                "--map a=text",
                "--map a=quote\n--map b=kind\n--map c=url",
                "--map a=text\n--map b=kind",
            ),
            ("--set date=1", "--set happened=2\n--set kind=3", "--set date=1\n--set kind=3"),
            ("--fill note=1", "--fill claim_note=2", "--fill note=1"),
            (
                "--map a=text",
                "--fill text=2\n--fill kind=3",
                "--map a=text\n--fill text=2\n--set kind=3",
            ),
            ("--set kind=1", "--fill kind=2", "--set kind=1"),
            (
                "--map a=kind",
                "--set kind=1\n--set claim_note=2",
                "--map a=kind\n--set claim_note=2",
            ),
            ("--split a=;", "--split a=|\n--split b=|\n--split c=|", "--split a=;\n--split b=|"),
            ("--recode a:1=2", "--recode a:1=3\n--recode a:2=3", "--recode a:1=2\n--recode a:2=3"),
            ("--dates dmy", "--dates mdy\n--century 20", "--dates dmy\n--century 20"),
            ("--decimal ,", "--decimal .\n--grouping .", "--decimal ,\n--grouping ."),
            ("--na x", "--na x\n--na y", "--na x\n--na y"),
        ] {
            let options = TableOption::parse_lines(profile).unwrap();
            let made = read(given).with_profile(&options, &header);
            assert_eq!(made.options(), read(both).options(), "{given} / {profile}");
        }
    }

    #[test]
    fn a_target_may_have_a_measure_or_a_prefix() {
        let mut settings = Settings::default();
        for (column, field) in
            [("a", "low:Killed"), ("b", "claim:acled"), ("c", "text:x"), ("d", "low:")]
        {
            settings.map.push((column.to_owned(), field.to_owned()));
        }
        let target = |heading| {
            let target = settings.target(heading);
            (target.field, target.measure, target.prefix, target.mapped)
        };
        assert_eq!(target("a"), ("low", Some("Killed"), None, true));
        assert_eq!(target("b"), ("claim", None, Some("acled"), true));
        assert_eq!(target("c"), ("text:x", None, None, true));
        assert_eq!(target("d"), ("low:", None, None, true));
        assert_eq!(target("e"), ("e", None, None, false));
    }
}
