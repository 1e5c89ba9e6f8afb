//! The table of columns in docs/formats.md, generated from the model. `BLESS=1` rewrites it.

use crate::common::root;
use onrecord::model::{COLUMN_ALIASES, COLUMNS};

#[test]
fn columns_are_up_to_date() {
    let mut table = String::from(
        "<!-- columns -->\n| column | meaning | also known as |\n| --- | --- | --- |\n",
    );
    for column in COLUMNS {
        let also: Vec<String> = COLUMN_ALIASES
            .iter()
            .filter(|(_, name)| *name == column.name)
            .map(|(alias, _)| format!("`{alias}`"))
            .collect();
        table.push_str(&format!(
            "| `{}` | {}: {} | {} |\n",
            column.name,
            column.part.kind().word,
            column.definition().about,
            also.join(", ")
        ));
    }
    table.push_str("<!-- end -->");
    let path = root().join("docs/formats.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let from = text.find("<!-- columns -->").unwrap();
    let to = text.find("<!-- end -->").unwrap() + "<!-- end -->".len();
    let wanted = format!("{}{table}{}", &text[..from], &text[to..]);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == wanted, "docs/formats.md is out of date");
}
