//! The comment header of a report or check: title, question, column meanings, chart.

/// A report or check, with the fields of its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHeader {
    /// The name on the command line, with hyphens.
    pub name: String,
    /// The title, in a few words.
    pub title: String,
    /// The question it answers.
    pub question: Option<String>,
    /// The name and meaning of each column, in order.
    pub columns: Vec<(String, String)>,
    /// True for a check whose findings someone should look at, though no rule is broken.
    pub doubt: bool,
    /// The columns that answer the question, for a table as wide as a terminal; empty for all.
    pub show: Vec<String>,
    /// The columns whose value a condition takes as it is: a report that counts a place for those around it
    /// has it in a row for each.
    pub exact: Vec<String>,
    /// The columns that list what claims have (their sources, speakers or places), and the columns with the keys
    /// of these claims. A condition on such a list reads the claims that have the key, and no others.
    pub lists: Vec<(String, Vec<String>)>,
    /// The columns by which its rows are ordered, and true for descending order; empty where the first is none of
    /// its columns.
    pub order: Vec<(String, bool)>,
    /// True if these columns are the whole order, so that whoever sorts by them has the rows as the report has them.
    pub order_is_whole: bool,
    /// The columns that hold words of a fixed list, with these words; `TABLE.code` stands for the codes of a code
    /// list.
    pub words: Vec<(String, Vec<String>)>,
    /// Options of the command line that ask something in particular of it.
    pub examples: Vec<String>,
    /// The chart declaration, for [`super::Chart::parse`].
    pub chart: Option<String>,
    /// The whole SQL file, header included.
    pub sql: String,
}

/// Stands in a line `-- order:` for what the rows are ordered by after the columns named.
const REST: &str = "...";

impl ReportHeader {
    /// Parses the header of `sql`: comment lines `-- title: …`, `-- question: …`, `-- column NAME:
    /// …`, `-- words NAME: WORD, …`, `-- list NAME: CLAIM, …`, `-- show: NAME, …`, `-- exact: NAME, …`, `-- order: NAME, -NAME, …`, `-- example: …`, `-- chart: …` and
    /// `-- weight: doubt` before the SELECT. A line without one of these words continues the line above it. Without a title line, the name is the title.
    /// The SQL may be the statement that created the view: what is before the comments is passed over.
    pub fn parse(name: &str, sql: &str) -> Self {
        let mut parts: Vec<(String, String)> = Vec::new();
        let lines = sql.lines().map(str::trim);
        let lines = lines.skip_while(|line| {
            line.is_empty()
                || line.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("CREATE VIEW"))
        });
        for line in lines.map_while(|line| line.strip_prefix("--")) {
            let line = line.trim();
            let field = line.split_once(": ").filter(|(word, _)| {
                ["title", "question", "show", "exact", "order", "example", "chart", "weight"]
                    .contains(word)
                    || word.starts_with("column ")
                    || word.starts_with("words ")
                    || word.starts_with("list ")
            });
            match (field, parts.last_mut()) {
                (Some((word, text)), _) => parts.push((word.to_owned(), text.to_owned())),
                (None, Some((_, text))) if !line.is_empty() => {
                    text.push(' ');
                    text.push_str(line);
                }
                _ => {}
            }
        }
        let field_text =
            |word: &str| parts.iter().find(|(w, _)| w == word).map(|(_, text)| text.clone());
        let listed = |text: &str| -> Vec<String> {
            let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        };
        let names = |word: &str| listed(&field_text(word).unwrap_or_default());
        let order = names("order");
        ReportHeader {
            name: name.to_owned(),
            title: field_text("title").unwrap_or_else(|| name.to_owned()),
            question: field_text("question"),
            columns: parts
                .iter()
                .filter_map(|(w, text)| Some((w.strip_prefix("column ")?.to_owned(), text.clone())))
                .collect(),
            doubt: field_text("weight").is_some_and(|text| text.trim() == "doubt"),
            show: names("show"),
            exact: names("exact"),
            order_is_whole: !order.is_empty() && !order.iter().any(|name| name == REST),
            order: order
                .iter()
                .filter(|name| *name != REST)
                .map(|name| (name.trim_start_matches('-').to_owned(), name.starts_with('-')))
                .collect(),
            words: parts
                .iter()
                .filter_map(|(w, text)| Some((w.strip_prefix("words ")?.to_owned(), listed(text))))
                .collect(),
            lists: parts
                .iter()
                .filter_map(|(w, text)| Some((w.strip_prefix("list ")?.to_owned(), listed(text))))
                .collect(),
            examples: parts
                .iter()
                .filter(|(w, _)| w == "example")
                .map(|(_, text)| text.clone())
                .collect(),
            chart: field_text("chart"),
            sql: sql.to_owned(),
        }
    }

    /// Returns the columns with the keys of the claims whose list this column is; none where it is no such list.
    pub fn claims_of(&self, column: &str) -> Vec<String> {
        let list = self.lists.iter().find(|(name, _)| name == column);
        list.map(|(_, claims)| claims.clone()).unwrap_or_default()
    }

    /// Formats the columns as the table `reports` stores them: `name: meaning`, one per line.
    pub fn format_columns(&self) -> Option<String> {
        let lines: Vec<String> =
            self.columns.iter().map(|(name, about)| format!("{name}: {about}")).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::ReportHeader;

    #[test]
    fn reads_a_header() {
        let header = ReportHeader::parse(
            "x",
            "-- title: T\n-- question: Why\n--   so?\n-- column a: A.\n-- chart: bars a by b\nSELECT 1 AS a -- title: no\n",
        );
        assert_eq!(header.title, "T");
        assert_eq!(header.question.as_deref(), Some("Why so?"));
        assert_eq!(header.format_columns().as_deref(), Some("a: A."));
        assert_eq!(header.chart.as_deref(), Some("bars a by b"));
        assert!(!header.doubt && header.show.is_empty() && header.examples.is_empty());
        let header = ReportHeader::parse(
            "x",
            "CREATE VIEW report_x AS\n-- title: T\n-- show: a,\n--   b\n-- example: --where a=1\n-- example: --where b=2\nSELECT 1",
        );
        assert_eq!(
            (header.title.as_str(), header.show),
            ("T", vec!["a".to_owned(), "b".to_owned()])
        );
        assert_eq!(header.examples, ["--where a=1", "--where b=2"]);
        let header =
            ReportHeader::parse("x", "-- column a: A.\n-- words a: b c,\n--   d.code\nSELECT 1");
        assert_eq!(header.words, [("a".to_owned(), vec!["b c".to_owned(), "d.code".to_owned()])]);
        assert_eq!(header.columns.len(), 1);
        assert!(header.order.is_empty() && !header.order_is_whole);
        let header = ReportHeader::parse("x", "-- order: -a, b\nSELECT 1");
        assert_eq!(header.order, [("a".to_owned(), true), ("b".to_owned(), false)]);
        assert!(header.order_is_whole);
        let header = ReportHeader::parse("x", "-- order: a, ...\nSELECT 1");
        assert_eq!((header.order, header.order_is_whole), (vec![("a".to_owned(), false)], false));
        assert!(ReportHeader::parse("x", "-- title: T\n-- weight: doubt\nSELECT 1").doubt);
        assert_eq!(ReportHeader::parse("mine", "SELECT 1").title, "mine");
    }
}
