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
    /// The chart declaration, for [`super::Chart::parse`].
    pub chart: Option<String>,
    /// The whole SQL file, header included.
    pub sql: String,
}

impl ReportHeader {
    /// Parses the header of `sql`: comment lines `-- title: …`, `-- question: …`, `-- column NAME:
    /// …`, `-- chart: …` and `-- weight: doubt` before the SELECT. A line without one of these words continues the line
    /// above it. Without a title line, the name is the title.
    pub fn parse(name: &str, sql: &str) -> Self {
        let mut parts: Vec<(String, String)> = Vec::new();
        for line in sql.lines().map_while(|line| line.trim().strip_prefix("--")) {
            let line = line.trim();
            let field = line.split_once(": ").filter(|(word, _)| {
                ["title", "question", "chart", "weight"].contains(word)
                    || word.starts_with("column ")
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
        ReportHeader {
            name: name.to_owned(),
            title: field_text("title").unwrap_or_else(|| name.to_owned()),
            question: field_text("question"),
            columns: parts
                .iter()
                .filter_map(|(w, text)| Some((w.strip_prefix("column ")?.to_owned(), text.clone())))
                .collect(),
            doubt: field_text("weight").is_some_and(|text| text.trim() == "doubt"),
            chart: field_text("chart"),
            sql: sql.to_owned(),
        }
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
        assert!(!header.doubt);
        assert!(ReportHeader::parse("x", "-- title: T\n-- weight: doubt\nSELECT 1").doubt);
        assert_eq!(ReportHeader::parse("mine", "SELECT 1").title, "mine");
    }
}
