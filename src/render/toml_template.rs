//! A document to fill in by hand: every field of a record with its meaning. Fields that a new
//! record needs or whose value is known are live; the others are commented out with `#`, and
//! explanations with `# `, so that an editor's "uncomment" makes a field live.

use crate::model::{Field, Kind, Nested, Type, kind_of_table, kind_of_word};
use crate::render::control_chars::show_control_chars;

/// The known fields of a record nested in the one to fill in.
#[derive(Clone, Debug)]
pub struct KnownFields {
    /// The word for the nested record.
    pub word: &'static str,
    /// The values by the name of the field.
    pub fields: Vec<(String, String)>,
}

/// Keys that a field may hold, to choose from.
#[derive(Clone, Debug, Default)]
pub struct KeyChoice {
    /// The keys, each with what its record is called.
    pub keys: Vec<(String, String)>,
    /// A sentence about those that are not listed.
    pub rest: Option<String>,
}

/// The values from which fields are chosen.
#[derive(Clone, Copy)]
pub struct Choices<'a> {
    /// Returns the codes of a code list by its table.
    pub codes: &'a dyn Fn(&str) -> Vec<String>,
    /// Returns keys for a field of a kind that refers to records of the second kind; the word for it in the
    /// form is the last.
    pub keys: &'a dyn Fn(&'static Kind, &'static Field, &'static Kind, &'static str) -> KeyChoice,
}

type Fields = [(String, String)];

/// The column at which comments are aligned.
const COMMENT_COLUMN: usize = 26;

/// The greatest width of the keys that stand in one column.
const KEY_COLUMN: usize = 34;

/// The largest number of characters of a name beside a key.
const MAX_NAME: usize = 60;

/// Returns the document.
pub fn document_template(
    kind: &'static Kind,
    fields: &Fields,
    inside: &[KnownFields],
    choices: Choices<'_>,
) -> String {
    let mut text = format!(
        "# A {}: {}.\n\
         # Fill in what is stated and take the # away before it; what is not stated stays out.\n\
         # Save and close to add it. Leave the file as it is, or empty it, to add nothing.\n\
         onrecord = 1\n\n",
        kind.word,
        lower_first(kind.about),
    );
    let top = |kind: &'static Kind, live, whole| Block {
        path: kind.word.to_owned(),
        kind,
        parent: None,
        depth: 0,
        live,
        whole,
        choices,
    };
    top(kind, true, true).write(fields, inside, &mut text);
    if let ("source", Some(claim)) = (kind.word, kind_of_word("claim")) {
        let key = fields.iter().find(|(name, _)| name == "key").map_or("", |(_, key)| key);
        text.push_str("\n# What it says: one block for each claim, with who states it.\n");
        let mention = vec![("source".to_owned(), key.to_owned())];
        let mention = KnownFields { word: "mention", fields: mention };
        top(claim, false, true).write(&[], &[mention], &mut text);
    }
    if kind.word == "claim" {
        text.push_str(
            "\n# What is not in the archive yet is added along; the claim refers to it by key or name.\n\
             # A source alone states the claim, unless a mention says who does.\n",
        );
        for kind in ["source", "location", "measure"].into_iter().filter_map(kind_of_word) {
            text.push_str(&format!("\n# {}\n", kind.about));
            top(kind, false, false).write(&[], &[], &mut text);
        }
    }
    text
}

/// A record in a list: its shorthand alone, or all that is known of it.
fn list_item(nested: &Nested, fields: &Fields) -> String {
    match fields {
        [(name, text)] if Some(name.as_str()) == nested.shorthand => quote(text),
        fields => {
            let fields: Vec<String> =
                fields.iter().map(|(name, text)| format!("{name} = {}", quote(text))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// One record of the document.
struct Block<'a> {
    /// The path in its header, such as `claim.mention`.
    path: String,
    kind: &'static Kind,
    /// The reference to the enclosing record, which the document leaves out.
    parent: Option<&'a str>,
    depth: usize,
    /// `false` if the whole record is commented out.
    live: bool,
    /// `false` to leave out what may be nested in it.
    whole: bool,
    choices: Choices<'a>,
}

impl Block<'_> {
    fn write(&self, fields: &Fields, inside: &[KnownFields], text: &mut String) {
        let indent = "  ".repeat(self.depth);
        let dead = if self.live { "" } else { "#" };
        text.push_str(&format!("{indent}{dead}[[{}]]\n", self.path));
        for field in self.kind.fields.iter().filter(|f| !f.derived && Some(f.name) != self.parent) {
            let given = fields.iter().find(|(name, _)| name == field.name).map(|(_, text)| text);
            let needed = self.kind.must_be_stated(field);
            let mark = if self.live && (needed || given.is_some()) { "" } else { "#" };
            let value = quote(given.map_or("", String::as_str));
            let needed = if needed { " (needed)" } else { "" };
            let about = format!("{}{needed}{}", field.about, self.list_codes(field));
            write_line(&format!("{indent}{mark}{} = {value}", field.name), &about, text);
            self.list_keys(self.kind, field, field.name, text);
        }
        let nested = self.kind.nested.iter().filter(|_| self.whole);
        let (lists, blocks): (Vec<&Nested>, Vec<&Nested>) =
            nested.partition(|nested| nested.shorthand.is_some());
        for nested in lists {
            let given = inside.iter().filter(|given| given.word == nested.word);
            let words: Vec<String> = given.map(|given| list_item(nested, &given.fields)).collect();
            let mark = if self.live && !words.is_empty() { "" } else { "#" };
            let list = format!("{indent}{mark}{} = [{}]", nested.word, words.join(", "));
            let field = nested.kind.fields.iter().find(|f| Some(f.name) == nested.shorthand);
            let about = field.map_or("", |field| field.about);
            write_line(&list, &format!("{}: {}", nested.kind.about, lower_first(about)), text);
            let parts: Vec<String> = nested
                .kind
                .fields
                .iter()
                .filter(|field| !field.derived && field.name != nested.parent)
                .map(|field| format!("{} = \"\"", field.name))
                .collect();
            text.push_str(&format!("{indent}#   each in \"\", or as {{ {} }}\n", parts.join(", ")));
            if let Some(field) = field {
                self.list_keys(nested.kind, field, nested.word, text);
            }
        }
        for nested in blocks {
            let given: Vec<&KnownFields> =
                inside.iter().filter(|given| given.word == nested.word).collect();
            let block = |live| Block {
                path: format!("{}.{}", self.path, nested.word),
                kind: nested.kind,
                parent: Some(nested.parent),
                depth: self.depth + 1,
                live,
                whole: true,
                choices: self.choices,
            };
            text.push_str(&format!("\n{indent}  # {}\n", nested.kind.about));
            for given in &given {
                block(self.live).write(&given.fields, &[], text);
            }
            if given.is_empty() {
                block(false).write(&[], &[], text);
            }
        }
    }

    /// Lists keys for a field that refers to a record, a comment each.
    fn list_keys(
        &self,
        kind: &'static Kind,
        field: &'static Field,
        word: &'static str,
        text: &mut String,
    ) {
        let Type::Ref(table) = field.ty else { return };
        let Some(referred) = kind_of_table(table) else { return };
        let KeyChoice { keys, rest } = (self.choices.keys)(kind, field, referred, word);
        let indent = "  ".repeat(self.depth);
        let width = keys.iter().map(|(key, _)| key.chars().count()).max().unwrap_or_default();
        let width = width.min(KEY_COLUMN);
        for (key, name) in keys {
            let name = show_control_chars(&name).split_whitespace().collect::<Vec<_>>().join(" ");
            let name = match name.char_indices().nth(MAX_NAME) {
                Some((end, _)) => format!("{}…", name[..end].trim_end()),
                None => name,
            };
            let line = format!("{indent}#   {key:width$}  {name}");
            text.push_str(&format!("{}\n", line.trim_end()));
        }
        if let Some(rest) = rest {
            text.push_str(&format!("{indent}#   {rest}\n"));
        }
    }

    /// Lists the codes of a field unless its meaning names them all.
    fn list_codes(&self, field: &Field) -> String {
        let (Type::Code(table) | Type::CodeNumber(table)) = field.ty else { return String::new() };
        let mut words = (self.choices.codes)(table);
        // The status of a claim without a verdict; a verdict cannot state it.
        words.retain(|word| word != "unassessed");
        if words.iter().all(|word| field.about.contains(word.as_str())) || words.len() > 30 {
            return String::new();
        }
        format!("; one of {}", words.join(", "))
    }
}

/// Writes a line of the document, followed by its comment.
fn write_line(code: &str, about: &str, text: &mut String) {
    let width = code.chars().count();
    let gap = if code.contains('\n') { 0 } else { COMMENT_COLUMN.saturating_sub(width) };
    text.push_str(&format!("{code}{}  # {}\n", " ".repeat(gap), about.replace('\n', " ")));
}

/// Quotes a text as a TOML string on one line.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
