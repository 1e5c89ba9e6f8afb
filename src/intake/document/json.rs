//! JSON to a tree with positions. serde_json does not report the position of a value; jiter does,
//! and is as strict.

use super::json_repair::OffsetMap;
use super::tree::{Entry, Node, OffsetProblem, Tree};
use crate::model::quoted;
use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};
use std::collections::HashSet;

/// The deepest nesting of lists and objects.
const MAX_DEPTH: usize = 256;

/// The number of names in an object up to which duplicates are found by linear search.
const LINEAR_SEARCH_MAX: usize = 16;

/// A syntax error: byte offset and message.
type SyntaxError = (usize, String);

/// Parses a JSON value that begins `offset` bytes into its document. Unescaped line breaks and tabs
/// inside strings, and blanks that JSON does not allow, are accepted: web pages are full of them. A
/// duplicate name in an object is a problem.
pub(in crate::intake) fn parse_json(text: &str, offset: usize) -> (Node, Vec<OffsetProblem>) {
    parse_with_repair(text, offset, true)
}

/// Parses a JSON value that others published: as [`parse_json`], but the last of duplicate names
/// wins, as in browsers.
pub(in crate::intake) fn parse_json_lenient(
    text: &str,
    offset: usize,
) -> (Node, Vec<OffsetProblem>) {
    parse_with_repair(text, offset, false)
}

fn parse_with_repair(text: &str, offset: usize, strict: bool) -> (Node, Vec<OffsetProblem>) {
    let read = |text: &str, offsets: &OffsetMap| {
        let mut problems = Vec::new();
        let json = Jiter::new(text.as_bytes());
        let mut reader = JsonReader { json, text, offset, offsets, depth: 0, strict };
        reader.read_document(&mut problems).map(|node| (node, problems))
    };
    let read = read(text, &OffsetMap::default()).or_else(|error| {
        let (repaired, offsets) = OffsetMap::escape_control_chars(text);
        // Report only the errors that remain after the repair.
        match repaired == text {
            true => Err(error),
            false => {
                read(&repaired, &offsets).map_err(|(at, what)| (offsets.original_offset(at), what))
            }
        }
    });
    read.unwrap_or_else(|(at, what)| {
        let nothing = Node { at: offset, tree: Tree::Table(Vec::new()) };
        (nothing, vec![(offset + at, format!("not JSON: {what}"))])
    })
}

struct JsonReader<'a> {
    json: Jiter<'a>,
    text: &'a str,
    offset: usize,
    offsets: &'a OffsetMap,
    depth: usize,
    /// True when a duplicate name in an object is a problem.
    strict: bool,
}

impl JsonReader<'_> {
    fn read_document(&mut self, problems: &mut Vec<OffsetProblem>) -> Result<Node, SyntaxError> {
        if self.text.trim_ascii().is_empty() {
            return Err((0, "the text is empty".to_owned()));
        }
        let peek = self.json.peek().map_err(syntax_error)?;
        let node = self.read_node(peek, problems)?;
        self.json.finish().map_err(syntax_error)?;
        Ok(node)
    }

    fn read_node(
        &mut self,
        peek: Peek,
        problems: &mut Vec<OffsetProblem>,
    ) -> Result<Node, SyntaxError> {
        let at = self.offset + self.offsets.original_offset(self.json.current_index());
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let what = format!("lists and objects are nested more than {MAX_DEPTH} deep");
            return Err((self.json.current_index(), what));
        }
        let tree = match peek {
            Peek::Null => self.json.known_null().map(|()| Tree::Null).map_err(syntax_error)?,
            Peek::True | Peek::False => {
                self.json.known_bool(peek).map(Tree::Bool).map_err(syntax_error)?
            }
            Peek::String => self
                .json
                .known_str()
                .map(|text| Tree::Text(text.to_owned()))
                .map_err(syntax_error)?,
            Peek::Array => self.read_list(problems)?,
            Peek::Object => self.read_object(problems)?,
            _ => {
                let number = self.json.known_number_bytes(peek).map_err(syntax_error)?;
                Tree::Number(String::from_utf8_lossy(number).into_owned())
            }
        };
        self.depth -= 1;
        Ok(Node { at, tree })
    }

    fn read_list(&mut self, problems: &mut Vec<OffsetProblem>) -> Result<Tree, SyntaxError> {
        let mut nodes = Vec::new();
        let mut next = self.json.known_array().map_err(syntax_error)?;
        while let Some(peek) = next {
            nodes.push(self.read_node(peek, problems)?);
            next = self.json.array_step().map_err(syntax_error)?;
        }
        Ok(Tree::List(nodes))
    }

    fn read_object(&mut self, problems: &mut Vec<OffsetProblem>) -> Result<Tree, SyntaxError> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = HashSet::new();
        // Only a brace or comma and blanks precede the quotation mark of a name.
        let mut before = self.json.current_index();
        let mut next = self.json.known_object().map_err(syntax_error)?.map(str::to_owned);
        while let Some(name) = next {
            let quote = self.text.as_bytes()[before..].iter().position(|byte| *byte == b'"');
            let at = self.offset + self.offsets.original_offset(before + quote.unwrap_or_default());
            let peek = self.json.peek().map_err(syntax_error)?;
            let node = self.read_node(peek, problems)?;
            let again = match entries.len() {
                0..LINEAR_SEARCH_MAX => entries.iter().any(|entry| entry.name == name),
                number => {
                    if number == LINEAR_SEARCH_MAX {
                        names.extend(entries.iter().map(|entry| entry.name.clone()));
                    }
                    !names.insert(name.clone())
                }
            };
            if again && !self.strict {
                entries.retain(|entry| entry.name != name);
                entries.push(Entry { name, at, node });
            } else if again {
                problems.push((at, format!("{} appears twice in this object", quoted(&name))));
            } else {
                entries.push(Entry { name, at, node });
            }
            before = self.json.current_index();
            next = self.json.next_key().map_err(syntax_error)?.map(str::to_owned);
        }
        Ok(Tree::Table(entries))
    }
}

fn syntax_error(error: JiterError) -> SyntaxError {
    use JsonErrorType as E;
    let what = match error.error_type {
        JiterErrorType::JsonError(E::EofWhileParsingString) => "it ends inside a string".to_owned(),
        JiterErrorType::JsonError(E::EofWhileParsingList) => "it ends inside a list".to_owned(),
        JiterErrorType::JsonError(E::EofWhileParsingObject) => {
            "it ends inside an object".to_owned()
        }
        JiterErrorType::JsonError(E::EofWhileParsingValue) => {
            "it ends where a value is expected".to_owned()
        }
        JiterErrorType::JsonError(E::ExpectedSomeIdent) => {
            "expected true, false or null".to_owned()
        }
        JiterErrorType::JsonError(
            E::LoneLeadingSurrogateInHexEscape | E::UnexpectedEndOfHexEscape,
        ) => "an escape \\u is incomplete: write four hexadecimal digits, and both halves of a surrogate pair"
            .to_owned(),
        other => other.to_string(),
    };
    (error.index, what)
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::{LINEAR_SEARCH_MAX, Tree, parse_json, parse_json_lenient};

    /// An object with this many names, the last of which repeats the one at `again`.
    fn object(names: usize, again: usize) -> String {
        let pairs = (0..names).chain([again]).map(|n| format!("\"n{n}\": {n}"));
        format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
    }

    #[test]
    fn a_name_that_appears_twice_is_found_in_an_object_of_any_size() {
        for names in [2, LINEAR_SEARCH_MAX - 1, LINEAR_SEARCH_MAX, LINEAR_SEARCH_MAX + 5] {
            for again in [0, names - 1] {
                let text = object(names, again);
                let (_, problems) = parse_json(&text, 0);
                let what = format!("\"n{again}\" appears twice in this object");
                let at = text.rfind(&format!("\"n{again}\"")).unwrap_or_default();
                assert_eq!(problems, [(at, what)]);
                let (node, problems) = parse_json_lenient(&text, 0);
                assert_eq!(problems, []);
                let Tree::Table(entries) = node.tree else { panic!("{text}") };
                assert_eq!(entries.len(), names, "the last of the two holds");
            }
            let (_, problems) = parse_json(&object(names, names), 0);
            assert_eq!(problems, [], "{names} and one more");
        }
    }
}
