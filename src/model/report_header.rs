//! A stored question: SQL with a header of comments that says what it asks.

/// A report or check as its `.sql` file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportHeader {
    /// Its name, with hyphens, as the command line says it.
    pub name: String,
    /// Title in a few words.
    pub title: String,
    /// The question it answers.
    pub question: Option<String>,
    /// Name and meaning of each column, in order.
    pub columns: Vec<(String, String)>,
    /// The chart that suits it, as [`super::Chart::read`] takes it.
    pub chart: Option<String>,
    /// The whole file.
    pub sql: String,
}

impl ReportHeader {
    /// Reads the header of `sql`: comment lines `-- title: …`, `-- question: …`,
    /// `-- column NAME: …` and `-- chart: …` before the SELECT. A line without one of these words
    /// goes on from the line before. Without a title, the name is the title.
    pub fn read(name: &str, sql: &str) -> Self {
        let mut parts: Vec<(String, String)> = Vec::new();
        for line in sql.lines().map_while(|line| line.trim().strip_prefix("--")) {
            let line = line.trim();
            let field = line.split_once(": ").filter(|(word, _)| {
                ["title", "question", "chart"].contains(word) || word.starts_with("column ")
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
        let one = |word: &str| parts.iter().find(|(w, _)| w == word).map(|(_, text)| text.clone());
        ReportHeader {
            name: name.to_owned(),
            title: one("title").unwrap_or_else(|| name.to_owned()),
            question: one("question"),
            columns: parts
                .iter()
                .filter_map(|(w, text)| Some((w.strip_prefix("column ")?.to_owned(), text.clone())))
                .collect(),
            chart: one("chart"),
            sql: sql.to_owned(),
        }
    }

    /// The columns as the file keeps them: "name: meaning", a line each.
    pub fn columns_text(&self) -> Option<String> {
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
        let header = ReportHeader::read(
            "x",
            "-- title: T\n-- question: Why\n--   so?\n-- column a: A.\n-- chart: bars a by b\nSELECT 1 AS a -- title: no\n",
        );
        assert_eq!(header.title, "T");
        assert_eq!(header.question.as_deref(), Some("Why so?"));
        assert_eq!(header.columns_text().as_deref(), Some("a: A."));
        assert_eq!(header.chart.as_deref(), Some("bars a by b"));
        assert_eq!(ReportHeader::read("mine", "SELECT 1").title, "mine");
    }
}
