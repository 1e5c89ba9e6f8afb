//! JSON to the tree. serde_json keeps no places; jiter, which reads as strictly, knows where it is.

use super::json_repair::Places;
use super::tree::{Entry, Found, Node, Tree};
use crate::model::quoted;
use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};
use std::collections::HashSet;

/// Lists and objects within one another, at most.
const DEEPEST: usize = 256;

/// Names that are compared one by one.
const FEW: usize = 16;

/// What stopped the reading, and where.
type Stopped = (usize, String);

/// Reads a JSON value that begins `offset` bytes into its document. Line breaks and tabs that stand
/// bare in a text, and blanks that JSON does not know, are taken, as web pages are full of them.
pub(in crate::intake) fn tree(text: &str, offset: usize) -> (Node, Vec<Found>) {
    read(text, offset, true)
}

/// The same for what others publish: of a name that stands in an object twice the last one counts, as
/// browsers have it.
pub(in crate::intake) fn loose(text: &str, offset: usize) -> (Node, Vec<Found>) {
    read(text, offset, false)
}

fn read(text: &str, offset: usize, strict: bool) -> (Node, Vec<Found>) {
    let read = |text: &str, places: &Places| {
        let mut problems = Vec::new();
        let json = Jiter::new(text.as_bytes());
        let mut reading = Reading { json, text, offset, places, depth: 0, strict };
        reading.whole(&mut problems).map(|node| (node, problems))
    };
    let read = read(text, &Places::default()).or_else(|stopped| {
        let (spelt, places) = Places::spell_out(text);
        // What is wrong then is what to mend: the rest is taken.
        match spelt == text {
            true => Err(stopped),
            false => read(&spelt, &places).map_err(|(at, what)| (places.before(at), what)),
        }
    });
    read.unwrap_or_else(|(at, what)| {
        let nothing = Node { at: offset, tree: Tree::Table(Vec::new()) };
        (nothing, vec![(offset + at, format!("not JSON: {what}"))])
    })
}

struct Reading<'a> {
    json: Jiter<'a>,
    text: &'a str,
    offset: usize,
    places: &'a Places,
    depth: usize,
    /// Whether a name that stands in an object twice is a problem.
    strict: bool,
}

impl Reading<'_> {
    fn whole(&mut self, problems: &mut Vec<Found>) -> Result<Node, Stopped> {
        if self.text.trim_ascii().is_empty() {
            return Err((0, "there is nothing in it".to_owned()));
        }
        let peek = self.json.peek().map_err(stopped)?;
        let node = self.node(peek, problems)?;
        self.json.finish().map_err(stopped)?;
        Ok(node)
    }

    fn node(&mut self, peek: Peek, problems: &mut Vec<Found>) -> Result<Node, Stopped> {
        let at = self.offset + self.places.before(self.json.current_index());
        self.depth += 1;
        if self.depth > DEEPEST {
            let what = format!("lists and objects stand more than {DEEPEST} deep in one another");
            return Err((self.json.current_index(), what));
        }
        let tree = match peek {
            Peek::Null => self.json.known_null().map(|()| Tree::Null).map_err(stopped)?,
            Peek::True | Peek::False => {
                self.json.known_bool(peek).map(Tree::Bool).map_err(stopped)?
            }
            Peek::String => {
                self.json.known_str().map(|text| Tree::Text(text.to_owned())).map_err(stopped)?
            }
            Peek::Array => self.list(problems)?,
            Peek::Object => self.table(problems)?,
            _ => {
                let number = self.json.known_number_bytes(peek).map_err(stopped)?;
                Tree::Number(String::from_utf8_lossy(number).into_owned())
            }
        };
        self.depth -= 1;
        Ok(Node { at, tree })
    }

    fn list(&mut self, problems: &mut Vec<Found>) -> Result<Tree, Stopped> {
        let mut nodes = Vec::new();
        let mut next = self.json.known_array().map_err(stopped)?;
        while let Some(peek) = next {
            nodes.push(self.node(peek, problems)?);
            next = self.json.array_step().map_err(stopped)?;
        }
        Ok(Tree::List(nodes))
    }

    fn table(&mut self, problems: &mut Vec<Found>) -> Result<Tree, Stopped> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = HashSet::new();
        // What stands before a name is a brace or a comma, and blanks.
        let mut before = self.json.current_index();
        let mut next = self.json.known_object().map_err(stopped)?.map(str::to_owned);
        while let Some(name) = next {
            let quote = self.text.as_bytes()[before..].iter().position(|byte| *byte == b'"');
            let at = self.offset + self.places.before(before + quote.unwrap_or_default());
            let peek = self.json.peek().map_err(stopped)?;
            let node = self.node(peek, problems)?;
            let again = match entries.len() {
                0..FEW => entries.iter().any(|entry| entry.name == name),
                number => {
                    if number == FEW {
                        names.extend(entries.iter().map(|entry| entry.name.clone()));
                    }
                    !names.insert(name.clone())
                }
            };
            if again && !self.strict {
                entries.retain(|entry| entry.name != name);
                entries.push(Entry { name, at, node });
            } else if again {
                problems.push((at, format!("{} stands here a second time", quoted(&name))));
            } else {
                entries.push(Entry { name, at, node });
            }
            before = self.json.current_index();
            next = self.json.next_key().map_err(stopped)?.map(str::to_owned);
        }
        Ok(Tree::Table(entries))
    }
}

fn stopped(error: JiterError) -> Stopped {
    use JsonErrorType as E;
    let what = match error.error_type {
        JiterErrorType::JsonError(E::EofWhileParsingString) => "it ends within a text".to_owned(),
        JiterErrorType::JsonError(E::EofWhileParsingList) => "it ends within a list".to_owned(),
        JiterErrorType::JsonError(E::EofWhileParsingObject) => {
            "it ends within an object".to_owned()
        }
        JiterErrorType::JsonError(E::EofWhileParsingValue) => {
            "it ends where a value should stand".to_owned()
        }
        JiterErrorType::JsonError(E::ExpectedSomeIdent) => {
            "expected true, false or null".to_owned()
        }
        JiterErrorType::JsonError(
            E::LoneLeadingSurrogateInHexEscape | E::UnexpectedEndOfHexEscape,
        ) => "an escape \\u is not whole: four hexadecimal digits, and two such for one sign of a pair"
            .to_owned(),
        other => other.to_string(),
    };
    (error.index, what)
}
