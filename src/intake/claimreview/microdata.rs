//! ClaimReview in the microdata of a page (HTML standard, §5), turned into the tree that JSON-LD gives.
//!
//! An attribute `content` gives the value of any element, as the microdata of the W3C has it and publishers
//! write it; the HTML standard reads it of `meta` alone.

use crate::intake::document::tree::{Entry, Node, OffsetProblem, Tree};
use crate::intake::text::element::{Element, Elements};
use crate::intake::text::prose;
use crate::model::quoted;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use url::Url;

/// The deepest nesting of items.
const MAX_DEPTH: usize = 64;

/// The most work for the items of a page: an element that is visited, each time that `itemref` leads to it,
/// or some text that is copied. It is more than any page needs whose items do not refer to each other in
/// rings.
const MAX_WORK: usize = 500_000;

/// The bytes of text that count as much as an element.
const TEXT_PER_WORK: usize = 32;

/// The microdata of a page.
#[derive(Debug, Default)]
pub(super) struct Microdata {
    /// The reviews, in the order of the page.
    pub(super) reviews: Vec<Node>,
    /// Items that cannot be read.
    pub(super) problems: Vec<OffsetProblem>,
    /// References that lead nowhere.
    pub(super) remarks: Vec<OffsetProblem>,
}

/// Reads the reviews in the microdata of a page. `address` is that of the page, to which relative addresses
/// belong.
pub(super) fn read_microdata(html: &str, address: Option<&str>) -> Microdata {
    // Most pages have none, and need no tree.
    if !html.contains("ClaimReview") || !html.to_ascii_lowercase().contains("itemscope") {
        return Microdata::default();
    }
    let elements = Elements::read(html);
    let mut reader = Reader::new(&elements, address);
    for (place, element) in elements.all().iter().enumerate() {
        let is_review = element.attribute("itemscope").is_some()
            && element.words("itemtype").any(|name| type_name(name) == "ClaimReview");
        // One inside another is found in that.
        if is_review && !reader.read.contains(&place) {
            let review = reader.item(place);
            reader.found.reviews.push(review);
        }
    }
    reader.found
}

/// Returns true when an element of a page states a ClaimReview in RDFa.
pub(super) fn has_rdfa_review(html: &str) -> bool {
    if !html.contains("ClaimReview") {
        return false;
    }
    let elements = Elements::read(html);
    elements.all().iter().any(|element| {
        let last = |name: &str| name.rsplit(['/', '#', ':']).next() == Some("ClaimReview");
        element.words("typeof").any(last)
    })
}

struct Reader<'a> {
    elements: &'a [Element],
    texts: &'a Elements,
    /// The first element of each `id`.
    ids: BTreeMap<&'a str, usize>,
    base: Option<Url>,
    /// The items around the one that is read.
    around: Vec<usize>,
    /// The items that were read.
    read: HashSet<usize>,
    work: usize,
    found: Microdata,
}

impl<'a> Reader<'a> {
    fn new(texts: &'a Elements, address: Option<&str>) -> Self {
        let elements = texts.all();
        let mut ids = BTreeMap::new();
        for (place, element) in elements.iter().enumerate() {
            if let Some(id) = element.attribute("id") {
                ids.entry(id).or_insert(place);
            }
        }
        let page = address.and_then(|address| Url::parse(address).ok());
        let stated = elements.iter().filter(|element| element.name == "base");
        let stated = stated.filter_map(|element| element.attribute("href")).next();
        let base = match stated {
            Some(href) => {
                Url::options().base_url(page.as_ref()).parse(href.trim()).ok().or(page.clone())
            }
            None => page,
        };
        Reader {
            elements,
            texts,
            ids,
            base,
            around: Vec::new(),
            read: HashSet::new(),
            work: 0,
            found: Microdata::default(),
        }
    }

    /// Reads an item. One that would be inside itself, or lies too deep, is null, with a problem.
    fn item(&mut self, place: usize) -> Node {
        let elements = self.elements;
        let element = &elements[place];
        let at = element.at;
        if self.around.contains(&place) || self.around.len() >= MAX_DEPTH {
            let what = match self.around.contains(&place) {
                true => "itemref: this item refers to itself".to_owned(),
                false => format!("items are nested more than {MAX_DEPTH} deep"),
            };
            note(&mut self.found.problems, at, what);
            return Node { at, tree: Tree::Null };
        }
        self.around.push(place);
        self.read.insert(place);
        let mut entries: Vec<Entry> = Vec::new();
        let types: Vec<&str> = element.words("itemtype").map(type_name).collect();
        for name in types {
            add(&mut entries, "@type", text_node(at, name));
        }
        if let Some(id) = element.attribute("itemid").map(str::trim).filter(|id| !id.is_empty()) {
            add(&mut entries, "@id", text_node(at, &self.resolve(id)));
        }
        for property in self.properties(place) {
            let element = &elements[property];
            let node = self.value(property);
            let names: BTreeSet<&str> = element.words("itemprop").map(type_name).collect();
            for name in names {
                if !self.is_affordable(element, count_texts(&node)) {
                    break;
                }
                add(&mut entries, name, node.clone());
            }
        }
        self.around.pop();
        Node { at, tree: Tree::Table(entries) }
    }

    /// Finds the elements that give the properties of an item, in the order of the page: §5.2.5, "The
    /// properties of an item".
    fn properties(&mut self, place: usize) -> Vec<usize> {
        let elements = self.elements;
        let root = &elements[place];
        let mut found = Vec::new();
        let mut seen = HashSet::from([place]);
        // Ranges of elements whose items are not looked into.
        let mut pending = vec![(place + 1, root.end)];
        for id in root.words("itemref") {
            match self.ids.get(id) {
                Some(other) => pending.push((*other, elements[*other].end)),
                None => {
                    let what = format!("itemref: no element of the page has the id {}", quoted(id));
                    note(&mut self.found.remarks, root.at, what);
                }
            }
        }
        for (start, end) in pending {
            let mut next = start;
            while next < end {
                if !self.is_affordable(root, 1) {
                    return found;
                }
                let element = &elements[next];
                if seen.insert(next) && element.attribute("itemprop").is_some() {
                    found.push(next);
                }
                let is_item = element.attribute("itemscope").is_some();
                next = if is_item { element.end } else { next + 1 };
            }
        }
        found.sort_unstable();
        found
    }

    /// Reads the value of a property: §5.2.4, "Values".
    fn value(&mut self, place: usize) -> Node {
        let elements = self.elements;
        let element = &elements[place];
        if element.attribute("itemscope").is_some() {
            return self.item(place);
        }
        let at = element.at;
        let length = self.texts.text(element).len();
        if !self.is_affordable(element, length / TEXT_PER_WORK) {
            return Node { at, tree: Tree::Null };
        }
        if let Some(content) = element.attribute("content") {
            return text_node(at, content);
        }
        let address = match element.name.as_str() {
            "a" | "area" | "link" => Some("href"),
            "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => Some("src"),
            "object" => Some("data"),
            _ => None,
        };
        if let Some(name) = address {
            let text = element.attribute(name).unwrap_or_default().trim();
            return text_node(at, &self.resolve(text));
        }
        let machine = match element.name.as_str() {
            "meta" => Some(""),
            "data" | "meter" => Some(element.attribute("value").unwrap_or_default()),
            "time" => element.attribute("datetime"),
            _ => None,
        };
        match machine {
            Some(text) => text_node(at, text),
            // The markup of text is read already: what looks like a tag is text.
            None => {
                let text = prose::fold_blanks(self.texts.text(element));
                text_node(at, &text.replace('<', "&lt;"))
            }
        }
    }

    /// Resolves an address on that of the page; one that is whole stays as written.
    fn resolve(&self, text: &str) -> String {
        let whole = Url::parse(text).is_ok() || text.is_empty();
        let found = self.base.as_ref().filter(|_| !whole).and_then(|base| base.join(text).ok());
        found.map_or_else(|| text.to_owned(), |url| url.to_string())
    }

    /// Counts the work. Returns false, with a problem, where it is more than the most.
    fn is_affordable(&mut self, element: &Element, work: usize) -> bool {
        self.work += work;
        if self.work > MAX_WORK {
            let what =
                "the items of this page are too many, or refer to each other in rings".to_owned();
            note(&mut self.found.problems, element.at, what);
            return false;
        }
        true
    }
}

/// Adds a message once; of very many, the first tell enough.
fn note(messages: &mut Vec<OffsetProblem>, at: usize, what: String) {
    let new = (at, what);
    if messages.len() < 100 && !messages.contains(&new) {
        messages.push(new);
    }
}

/// The work of copying a value.
fn count_texts(node: &Node) -> usize {
    match &node.tree {
        Tree::Text(text) => 1 + text.len() / TEXT_PER_WORK,
        Tree::List(nodes) => nodes.iter().map(count_texts).sum(),
        Tree::Table(entries) => 1 + entries.iter().map(|e| count_texts(&e.node)).sum::<usize>(),
        _ => 1,
    }
}

/// Adds a value to an object; several of one name become a list, in their order.
fn add(entries: &mut Vec<Entry>, name: &str, node: Node) {
    match entries.iter_mut().find(|entry| entry.name == name) {
        Some(entry) => match &mut entry.node.tree {
            Tree::List(nodes) => nodes.push(node),
            _ => {
                let first = entry.node.clone();
                entry.node = Node { at: first.at, tree: Tree::List(vec![first, node]) };
            }
        },
        None => entries.push(Entry { name: name.to_owned(), at: node.at, node }),
    }
}

fn text_node(at: usize, text: &str) -> Node {
    Node { at, tree: Tree::Text(text.to_owned()) }
}

/// Returns the name of a type or property of schema.org without its address; any other as it stands. A
/// fragment behind the name is dropped.
fn type_name(text: &str) -> &str {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| start.starts_with(scheme));
    let Some(rest) = scheme.and_then(|scheme| text.get(scheme.len()..)) else { return text };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let Some(name) = rest.strip_prefix("schema.org/") else { return text };
    let name = name.trim_start_matches(['#', '/']);
    name.split(['#', '?', '/']).next().unwrap_or(name)
}
