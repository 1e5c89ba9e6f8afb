//! Descriptions of tables and columns, parsed from the comments of the schema's SQL, so that no
//! meaning is written twice.
//!
//! A comment describes the line below it: a CREATE statement, a column of a table, a column of a
//! view's outermost SELECT. A later comment can describe a column that has none:
//!
//! ```sql
//! -- view figure_bounds: What a figure can mean.
//! --   lower: The least that it can mean.
//! ```

/// A table or view with its description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// The name of the table or view.
    pub name: String,
    /// Its description; empty when it has no comment.
    pub meaning: String,
    /// The name and description of each column, in order; a description may be empty.
    pub columns: Vec<(String, String)>,
}

impl Described {
    fn column_mut(&mut self, name: &str) -> &mut String {
        let at = self.columns.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            self.columns.push((name.to_owned(), String::new()));
            self.columns.len() - 1
        });
        &mut self.columns[at].1
    }
}

/// Parses the tables and views that these SQL scripts create, in the order in which they run. A
/// later CREATE replaces an earlier one of the same name, and a DROP removes it.
pub fn described<'a>(scripts: impl IntoIterator<Item = &'a str>) -> Vec<Described> {
    let mut all: Vec<Described> = Vec::new();
    for script in scripts {
        let tokens = tokenize(script);
        let mut at = 0;
        while at < tokens.len() {
            at += parse_item(&tokens, at, &mut all).max(1);
        }
    }
    all
}

/// Parses the statement or comment section that begins at a token. Returns the number of tokens
/// consumed; 0 for a statement that does not matter here.
fn parse_item(tokens: &[Token<'_>], at: usize, all: &mut Vec<Described>) -> usize {
    let token = &tokens[at];
    if !token.starts_line {
        return 0;
    }
    let word = |n: usize| tokens.get(at + n).map_or("", |token| token.text);
    match (token.comment, token.text, word(1)) {
        (true, ..) => parse_section(&tokens[at..], all),
        (_, "CREATE", "TABLE" | "VIEW") => {
            let name = word(2).to_owned();
            all.retain(|known| known.name != name);
            let (columns, length) = match word(1) {
                "TABLE" => parse_table_columns(&tokens[at..]),
                _ => parse_view_columns(&tokens[at..]),
            };
            all.push(Described {
                name,
                meaning: find_comment_above(&tokens[..at], token.line),
                columns,
            });
            length
        }
        (_, "DROP", "TABLE" | "VIEW") => {
            all.retain(|known| known.name != word(2));
            0
        }
        (_, "ALTER", "TABLE") if word(3) == "RENAME" && word(4) == "TO" => {
            if let Some(table) = all.iter_mut().find(|known| known.name == word(2)) {
                table.name = word(5).to_owned();
            }
            0
        }
        (_, "ALTER", "TABLE") if word(3) == "ADD" && word(4) == "COLUMN" => {
            if let Some(table) = all.iter_mut().find(|known| known.name == word(2)) {
                *table.column_mut(word(5)) = find_comment_above(&tokens[..at], token.line);
            }
            0
        }
        _ => 0,
    }
}

/// Parses the columns of a CREATE TABLE. Bare names on a line share the comment above them.
fn parse_table_columns(tokens: &[Token<'_>]) -> (Vec<(String, String)>, usize) {
    let mut columns: Vec<(String, String)> = Vec::new();
    let mut length = 0;
    for item in parse_list(tokens, 1, |text| text == "(", &mut length) {
        let Some(name) = item.code.first() else { continue };
        if ["CONSTRAINT", "UNIQUE", "CHECK", "PRIMARY", "FOREIGN"].contains(name) {
            continue;
        }
        let shared = columns.last().map(|(_, meaning)| meaning.clone());
        let meaning = match shared {
            Some(shared) if item.comment.is_empty() && item.code.len() == 1 => shared,
            _ => item.comment,
        };
        columns.push(((*name).to_owned(), meaning));
    }
    (columns, length)
}

/// Parses the columns of a CREATE VIEW: those of the SELECT that stands outside all brackets.
fn parse_view_columns(tokens: &[Token<'_>]) -> (Vec<(String, String)>, usize) {
    let mut length = 0;
    let items = parse_list(tokens, 0, |text| text == "SELECT", &mut length);
    let named = |item: Item<'_>| Some(((*item.code.last()?).to_owned(), item.comment));
    (items.into_iter().filter_map(named).collect(), length)
}

/// An item of a comma-separated list, with the comment before it.
#[derive(Default)]
struct Item<'a> {
    comment: String,
    /// Its words, without those in deeper brackets.
    code: Vec<&'a str>,
}

/// Parses the items of the list at depth `wanted` of brackets, from the word that opens it to its
/// end. Adds the number of tokens consumed to `length`.
fn parse_list<'a>(
    tokens: &[Token<'a>],
    wanted: usize,
    opens: impl Fn(&str) -> bool,
    length: &mut usize,
) -> Vec<Item<'a>> {
    let (mut items, mut item, mut depth, mut open) = (Vec::new(), Item::default(), 0_usize, false);
    for token in tokens {
        *length += 1;
        match token.text {
            _ if token.comment => {}
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let over = token.text == ";" && depth == 0 && !token.comment;
        let ends = (["FROM", ";"].contains(&token.text) && depth == 0) || depth < wanted;
        match () {
            () if token.comment && open && depth == wanted && item.code.is_empty() => {
                append_text(&mut item.comment, token.text);
            }
            () if token.comment || depth > wanted => {}
            () if open && ends => {
                items.push(std::mem::take(&mut item));
                open = false;
            }
            () if !open => open = opens(token.text) && depth == wanted,
            () if token.text == "," => items.push(std::mem::take(&mut item)),
            () if token.is_name() => item.code.push(token.text),
            () => {}
        }
        if over {
            break;
        }
    }
    items
}

/// Returns the comment whose last line is directly above this line.
fn find_comment_above(tokens: &[Token<'_>], line: usize) -> String {
    let mut below = line;
    let mut lines: Vec<&str> = Vec::new();
    for token in tokens.iter().rev().take_while(|token| token.comment && token.starts_line) {
        if token.line + 1 != below {
            break;
        }
        below = token.line;
        lines.push(token.text.trim());
    }
    lines.reverse();
    lines.join(" ")
}

/// Parses a section of comments that describes a table or view; returns its number of lines.
fn parse_section(tokens: &[Token<'_>], all: &mut Vec<Described>) -> usize {
    let Some(first) = tokens.first().and_then(|token| {
        let text = token.text.strip_prefix(" view ").or(token.text.strip_prefix(" table "))?;
        let (name, meaning) = text.split_once(':').unwrap_or((text, ""));
        (!name.contains(' ')).then_some((name, meaning.trim()))
    }) else {
        return 0;
    };
    let (name, meaning) = first;
    if !all.iter().any(|known| known.name == name) {
        all.push(Described { name: name.to_owned(), ..Described::default() });
    }
    let Some(entry) = all.iter_mut().find(|known| known.name == name) else { return 0 };
    if !meaning.is_empty() {
        meaning.clone_into(&mut entry.meaning);
    }
    let mut column: Option<String> = None;
    let mut length = 1;
    for pair in tokens.windows(2) {
        let [above, token] = pair else { break };
        let deep = token.text.len() - token.text.trim_start().len();
        if !token.comment || token.line != above.line + 1 || deep < 3 {
            break;
        }
        length += 1;
        let text = token.text.trim();
        match (text.split_once(": "), &column) {
            (Some((name, meaning)), _) if deep == 3 => {
                meaning.clone_into(entry.column_mut(name));
                column = Some(name.to_owned());
            }
            (_, Some(column)) => append_text(entry.column_mut(column), text),
            (_, None) => append_text(&mut entry.meaning, text),
        }
    }
    length
}

fn append_text(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(more.trim());
}

/// A token of SQL.
struct Token<'a> {
    /// A word, a symbol, or a comment without its hyphens.
    text: &'a str,
    comment: bool,
    /// The line, from 1.
    line: usize,
    /// True when it is the first character of its line.
    starts_line: bool,
}

impl Token<'_> {
    fn is_name(&self) -> bool {
        !self.comment && self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// Splits SQL into tokens.
fn tokenize(sql: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut line, mut starts_line) = (sql, 1, true);
    while let Some(c) = rest.chars().next() {
        let until = |end: usize| if end == 0 { c.len_utf8() } else { end };
        let length = match c {
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            // A doubled quote inside quotes reads as two adjacent strings, which does no harm here.
            '\'' | '"' => rest[1..].find(c).map_or(rest.len(), |end| end + 2),
            _ => {
                until(rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len()))
            }
        };
        let (text, after) = rest.split_at(length);
        let comment = text.starts_with("--");
        if !c.is_whitespace() {
            let text = if comment { &text[2..] } else { text };
            found.push(Token { text, comment, line, starts_line });
        }
        line += text.matches('\n').count();
        starts_line = c == '\n';
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Described, described};

    fn one(sql: &[&str], name: &str) -> Option<Described> {
        described(sql.iter().copied()).into_iter().find(|known| known.name == name)
    }

    fn columns(described: &Described) -> Vec<(&str, &str)> {
        described.columns.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    const TABLE: &str = "-- A script.\n\n-- Things,\n-- counted.\nCREATE TABLE things (\n  \
        -- The row; it's \"the\" row.\n  id INTEGER PRIMARY KEY CHECK (id > 0),\n  -- How\n  -- many.\n  \
        n INTEGER CONSTRAINT \"n, or so\" CHECK (n IN (1, 2)),\n  -- Old ones.\n  a, b,\n  UNIQUE (n, a)\n);\n";

    #[test]
    fn a_table_and_what_is_added_to_it() {
        let add = "-- Its colour.\nALTER TABLE things ADD COLUMN colour TEXT;\n";
        let things = one(&[TABLE, add], "things").unwrap();
        assert_eq!(things.meaning, "Things, counted.");
        let wanted = [
            ("id", "The row; it's \"the\" row."),
            ("n", "How many."),
            ("a", "Old ones."),
            ("b", "Old ones."),
            ("colour", "Its colour."),
        ];
        assert_eq!(columns(&things), wanted);
        let rename = "-- A better name.\nALTER TABLE things RENAME COLUMN a TO c;\n";
        let renamed = one(&[TABLE, add, rename], "things").unwrap();
        assert_eq!(columns(&renamed), wanted, "only ADD COLUMN describes a column");
        let drop = "-- Too much.\nALTER TABLE things DROP COLUMN a;\n";
        assert_eq!(columns(&one(&[TABLE, add, drop], "things").unwrap()), wanted);
    }

    #[test]
    fn a_view_by_its_own_select() {
        let view = "-- Sums.\nCREATE VIEW sums AS\nWITH x(a) AS (\n  -- Not this.\n  SELECT 1 AS a\n)\n\
            SELECT x.a,\n  -- The sum, of all.\n  (SELECT sum(b) FROM y) AS total,\n  -- Yes; no.\n  \
            CASE WHEN a THEN ';' END AS answer FROM x;\n";
        let later =
            "-- view sums\n--   a: The first\n--     of them.\n--   answer: Now.\n\n-- no part\n";
        let sums = one(&[view, later], "sums").unwrap();
        assert_eq!(sums.meaning, "Sums.");
        let wanted =
            [("a", "The first of them."), ("total", "The sum, of all."), ("answer", "Now.")];
        assert_eq!(columns(&sums), wanted);
        let again = "DROP VIEW sums;\n-- Less.\nCREATE VIEW sums AS SELECT 1 AS a;\n";
        let sums = one(&[view, later, again], "sums").unwrap();
        assert_eq!((sums.meaning.as_str(), columns(&sums)), ("Less.", vec![("a", "")]));
        assert_eq!(one(&[view, "DROP VIEW sums;\n"], "sums"), None);
    }

    #[test]
    fn what_follows_the_brackets_of_a_table_is_no_part_of_its_last_column() {
        let sql = "-- Pairs.\nCREATE TABLE pairs (\n  -- Both.\n  a, b\n) WITHOUT ROWID;\n";
        assert_eq!(columns(&one(&[sql], "pairs").unwrap()), [("a", "Both."), ("b", "Both.")]);
    }
}
