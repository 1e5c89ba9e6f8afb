//! Rows with a depth, drawn as a tree: the parent of a row is the last row before it of less depth.

use super::control_chars::show_control_chars;
use crate::model::{Table, Value};
use std::io::{self, Write};

/// Draws a table whose first column is the depth, from 0; the second is the name of the row, the
/// third a comment.
pub(super) fn draw_tree(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let depth = |n: usize| match table.rows.get(n).and_then(|row| row.first()) {
        Some(Value::Int(depth)) => usize::try_from(*depth).unwrap_or(0),
        _ => 0,
    };
    for (n, row) in table.rows.iter().enumerate() {
        let own = depth(n);
        let mut line = String::new();
        for level in 1..=own {
            // The branch continues if a later row hangs on it.
            let rest = (n + 1..table.rows.len()).map(depth);
            let continues = rest.take_while(|d| *d >= level).any(|d| d == level);
            line.push_str(match (level == own, continues) {
                (true, true) => "├─ ",
                (true, false) => "└─ ",
                (false, true) => "│  ",
                (false, false) => "   ",
            });
        }
        let text = |n: usize| match row.get(n) {
            Some(Value::Text(text)) => show_control_chars(text).into_owned(),
            _ => String::new(),
        };
        line.push_str(&text(1));
        let comment = text(2);
        if !comment.is_empty() {
            line.push_str(&format!("  {comment}"));
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::draw_tree;
    use crate::model::{Table, Value};

    #[test]
    fn branches_end_at_their_last_row() {
        let mut table = Table::new(&["depth", "source", "how"]);
        for (depth, name) in [(0, "a"), (1, "b"), (2, "c"), (1, "d"), (2, "e"), (0, "f")] {
            table.rows.push(vec![Value::Int(depth), Value::from(name), Value::Null]);
        }
        let mut out = Vec::new();
        draw_tree(&table, &mut out).unwrap();
        let drawn = "a\n├─ b\n│  └─ c\n└─ d\n   └─ e\nf\n";
        assert_eq!(String::from_utf8(out).unwrap(), drawn);
    }
}
