//! The reference of the document format, generated from the model and the code lists. `BLESS=1`
//! rewrites it.

use crate::common::{Sandbox, root};
use onrecord::model::{Kind, Type, document_kinds, kind_of_table};
use std::fmt::Write;

fn holds(ty: Type) -> String {
    match ty {
        Type::Key => "key".to_owned(),
        Type::Text => "text".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "moment".to_owned(),
        Type::Hash => "SHA-256".to_owned(),
        Type::Number => "number".to_owned(),
        Type::Integer | Type::Id(_) => "whole number".to_owned(),
        Type::Flag => "true or false".to_owned(),
        Type::Bytes => "base64".to_owned(),
        Type::Any => "any".to_owned(),
        Type::Code(table) | Type::CodeNumber(table) => {
            format!("one of [{0}](#{0})", table.replace('_', "-"))
        }
        Type::Ref(table) if kind_of_table(table).is_some_and(Kind::goes_by_name) => {
            format!("key or name of one of the {}", table.replace('_', " "))
        }
        Type::Ref(table) => format!("key of one of the {}", table.replace('_', " ")),
        Type::RefIn(field) => format!("key of a row of the table in `{field}`"),
    }
}

fn section(text: &mut String, kind: &Kind) {
    let head = if kind.identity.is_empty() {
        format!("[{}]", kind.word)
    } else {
        format!("[[{}]]", kind.word)
    };
    writeln!(
        text,
        "\n## `{head}`\n\n{}.\n\n| field | holds | meaning |\n| --- | --- | --- |",
        kind.about
    )
    .unwrap();
    for field in kind.fields.iter().filter(|field| !field.derived) {
        let needed = if kind.must_be_stated(field) { " **needed**" } else { "" };
        writeln!(text, "| `{}`{needed} | {} | {} |", field.name, holds(field.ty), field.about)
            .unwrap();
    }
    for nested in kind.nested {
        let how = match nested.shorthand {
            Some(field) => format!("list of {}s; a bare string is its `{field}`", nested.kind.word),
            None => format!("`[[{}.{}]]`, without its `{}`", kind.word, nested.word, nested.parent),
        };
        writeln!(text, "| `{}` | {how} | {} |", nested.word, nested.kind.about).unwrap();
    }
}

#[test]
fn reference_is_up_to_date() {
    let mut text = String::from(
        "# Documents\n\nThe format that `onrecord import` reads: TOML, or JSON of the same shape. A test generates this page from the model; `BLESS=1 cargo test --test it documents_doc::` rewrites it.\n\n\
         A document begins with `onrecord = 1`. Records follow under their names, in any order; a reference may point to a later record, to one in another input of the same command, or to one in the archive. A new record needs the fields marked **needed**; for an existing record its key is enough, and the fields that change. A nested record leaves out the field that names the record around it; at the top level it needs that field: `[[assessment]] claim = \"…\"` adds a verdict to an existing claim.\n\n\
         - A *key* has letters a-z, digits and single hyphens. Where it is not needed, it may be left out: the record is then [found by what it says](formats.md#the-same-record), or gets a key generated from its text, title or name. Other records refer to it by that key or by its title, name or text (`speaker = \"Ana Petrovic\"`); keys come before names, and a name that several records have is refused with their keys.\n\
         - A *date* is EDTF: `2021`, `2021-06`, `2021-06-28`, `X` for an unknown digit, `?` `~` `%` for doubt, intervals `2021-05/2021-06`, `../2021-09-11`. A season (`2021-21` to `2021-24`, spring to winter, and `25` to `32` by hemisphere) is kept as written and stands for its year; a quarter (`2021-33` to `2021-36`) stands for its months. `happened` and `said_on` may have a time of day, `2021-06-28T14:30` or `2021-06-28T14:30:05+04:30`; reports compare days. A date with the name of its month (`28 June 2021`) is read as well.\n\
         - A *moment* is UTC: `2021-06-29T09:00:00Z`; a time with an offset is converted.\n\
         - A *number* is `350`, `0.5`, `8.157e11` or, in quotation marks, `1/3`; without spaces or grouping.\n\
         - *Evidence* is the key of a source, `{ claim = \"…\" }` or `{ figure = \"…\" }`; `\"claim:…\"` for short.\n\n\
         NDJSON has one row of one table per line, as `onrecord export ndjson` writes it: `{\"table\": \"claims\", \"key\": …}`, with the field names of this page; there the key is always needed.\n",
    );
    document_kinds().for_each(|kind| section(&mut text, kind));
    text.push_str("\n# Code lists\n\nEach list is a table of the archive. A row added to it is a word that documents may use.\n");
    let sandbox = Sandbox::empty();
    let mut lists: Vec<&str> = document_kinds()
        .flat_map(|kind| kind.fields)
        .filter_map(|field| match field.ty {
            Type::Code(table) | Type::CodeNumber(table) if !field.derived => Some(table),
            _ => None,
        })
        .collect();
    lists.sort_unstable();
    lists.dedup();
    for table in lists {
        writeln!(text, "\n### {}\n", table.replace('_', "-")).unwrap();
        text.push_str(
            &sandbox
                .run(&[
                    "sql",
                    &format!("select code, definition as meaning from {table} order by rank"),
                    "--format",
                    "markdown",
                ])
                .done(),
        );
    }
    let path = root().join("docs/documents.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap() == text, "docs/documents.md is out of date");
}
