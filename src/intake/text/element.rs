//! The elements of a page, built from its tags as the HTML standard nests them, for the rules that need
//! what is inside what.
//!
//! Not a whole tree builder: elements whose end tag may be left out end where the standard ends them
//! (§13.1.2.4), and an end tag that fits no open element is ignored. Misnested formatting
//! (`<b><i></b></i>`) and elements fostered out of tables are not moved, which changes no text.

use super::html::tokenize;
use super::prose::is_inline;
use html5gum::Token;
use std::collections::BTreeMap;

/// The deepest nesting of elements; deeper ones become siblings, as in browsers.
const MAX_DEPTH: usize = 512;

/// An element.
#[derive(Debug)]
pub(in crate::intake) struct Element {
    /// Its name, in lower case.
    pub(in crate::intake) name: String,
    /// Its attributes.
    pub(in crate::intake) attributes: BTreeMap<String, String>,
    /// The byte offset of its start tag.
    pub(in crate::intake) at: usize,
    /// The position of the first element behind it that is not inside it.
    pub(in crate::intake) end: usize,
    /// Its text in the text of the page.
    text: std::ops::Range<usize>,
}

impl Element {
    /// Returns an attribute; an empty one too.
    pub(in crate::intake) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Returns the words of an attribute.
    pub(in crate::intake) fn words(&self, name: &str) -> impl Iterator<Item = &str> {
        self.attribute(name).unwrap_or_default().split_ascii_whitespace()
    }
}

/// The elements of a page, in the order of their start tags.
#[derive(Debug, Default)]
pub(in crate::intake) struct Elements {
    all: Vec<Element>,
    /// The text of the page, with a blank at each tag that separates words.
    text: String,
}

impl Elements {
    /// Reads the elements of a page.
    pub(in crate::intake) fn read(html: &str) -> Self {
        let mut builder = Builder::default();
        for token in tokenize(html) {
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    let attributes = tag.attributes.iter().map(|(name, value)| {
                        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                        (text(name), text(&value.value))
                    });
                    builder.open(name, attributes.collect(), tag.span.start, tag.self_closing);
                }
                Token::EndTag(tag) => builder.close(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => {
                    builder.found.text.push_str(&String::from_utf8_lossy(&text.value));
                }
                _ => {}
            }
        }
        while builder.pop() {}
        builder.found
    }

    /// Returns the elements.
    pub(in crate::intake) fn all(&self) -> &[Element] {
        &self.all
    }

    /// Returns the text inside an element.
    pub(in crate::intake) fn text(&self, element: &Element) -> &str {
        self.text.get(element.text.clone()).unwrap_or_default()
    }
}

#[derive(Default)]
struct Builder {
    found: Elements,
    /// The positions of the open elements.
    open: Vec<usize>,
}

/// Elements without content.
const VOID: [&str; 18] = [
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements whose start tag ends an open `p`.
const ENDS_P: [&str; 38] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
];

/// Other elements that only their own end tag, or that of one around them, ends.
const SPECIAL: [&str; 21] = [
    "applet", "body", "button", "caption", "colgroup", "html", "iframe", "marquee", "object",
    "select", "tbody", "td", "template", "tfoot", "th", "thead", "title", "tr", "textarea",
    "noscript", "head",
];

/// Elements out of which no tag reaches: the scope of the HTML standard.
const SCOPE: [&str; 10] =
    ["applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "button"];

/// The elements that a start tag ends, and those out of which it does not reach.
fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl"]),
        "option" => (&["option"], &["select", "datalist"]),
        "optgroup" => (&["option", "optgroup"], &["select"]),
        "rt" | "rp" => (&["rt", "rp"], &["ruby"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr", "td", "th", "caption", "colgroup"], &["table"]),
        "tbody" | "thead" | "tfoot" => {
            (&["tbody", "thead", "tfoot", "tr", "td", "th", "caption", "colgroup"], &["table"])
        }
        "body" => (&["head"], &["html"]),
        _ => (&[], &[]),
    }
}

impl Builder {
    fn open(
        &mut self,
        name: String,
        attributes: BTreeMap<String, String>,
        at: usize,
        self_closing: bool,
    ) {
        let (ends, up_to) = implied_ends(&name);
        if !ends.is_empty() {
            while let Some(place) =
                self.find(|open| ends.contains(&open), |open| up_to.contains(&open))
            {
                self.close_from(place);
            }
        }
        if ENDS_P.contains(&name.as_str())
            && let Some(place) = self.find(|open| open == "p", |open| SCOPE.contains(&open))
        {
            self.close_from(place);
        }
        let foreign = self.open.iter().any(|open| matches!(self.name(*open), "svg" | "math"));
        let is_void = VOID.contains(&name.as_str()) || (self_closing && foreign);
        self.separate(&name);
        if self.open.len() >= MAX_DEPTH {
            self.pop();
        }
        let (place, start) = (self.found.all.len(), self.found.text.len());
        let text = start..start;
        self.found.all.push(Element { name, attributes, at, end: place + 1, text });
        if !is_void {
            self.open.push(place);
        }
    }

    fn close(&mut self, name: &str) {
        // The standard keeps these open to the end of the page.
        if matches!(name, "body" | "html") {
            return;
        }
        let is_special = |name: &str| ENDS_P.contains(&name) || SPECIAL.contains(&name);
        let special = is_special(name);
        let place = self.find(
            |open| open == name,
            |open| if special { SCOPE.contains(&open) } else { is_special(open) },
        );
        if let Some(place) = place {
            self.close_from(place);
        }
        self.separate(name);
    }

    fn name(&self, place: usize) -> &str {
        &self.found.all[place].name
    }

    /// Finds the innermost open element that is wanted, up to one that stops.
    fn find(
        &self,
        is_wanted: impl Fn(&str) -> bool,
        stops: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        for (n, place) in self.open.iter().enumerate().rev() {
            let name = self.name(*place);
            if is_wanted(name) {
                return Some(n);
            }
            if stops(name) {
                return None;
            }
        }
        None
    }

    fn close_from(&mut self, place: usize) {
        while self.open.len() > place {
            self.pop();
        }
    }

    /// Ends the innermost open element. Returns false where none is open.
    fn pop(&mut self) -> bool {
        let Some(place) = self.open.pop() else { return false };
        let (end, length) = (self.found.all.len(), self.found.text.len());
        self.found.all[place].end = end;
        self.found.all[place].text.end = length;
        true
    }

    /// Adds a blank at a tag that separates words.
    fn separate(&mut self, name: &str) {
        if !is_inline(name.as_bytes()) {
            self.found.text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Elements;
    use proptest::prelude::*;

    /// The text of the elements with an id, folded.
    fn texts(html: &str) -> Vec<String> {
        let elements = Elements::read(html);
        let with_id = elements.all().iter().filter(|element| element.attribute("id").is_some());
        with_id.map(|e| elements.text(e).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn elements_end_where_the_standard_ends_them() {
        for (html, text) in [
            ("<p id=a>one<p>two", "one"),
            ("<p id=a>one<div>two</div></p>", "one"),
            ("<p id=a>one <b>two</b></p> three", "one two"),
            ("<ul><li id=a>one<li>two</ul>", "one"),
            ("<ul><li id=a>one<ul><li>two</li></ul> three<li>four</ul>", "one two three"),
            ("<dl><dt id=a>one<dd>two</dl>", "one"),
            ("<table><tr><td id=a>one<td>two<tr><td>three</table>", "one"),
            ("<table><tr><td id=a>one<table><tr><td>two</table> three</table>", "one two three"),
            // An end tag that fits nothing.
            ("<div id=a>one</p></span> two</div> three", "one two"),
            ("<span id=a>one<div></span>two</div></span> three", "one two"),
            ("<div id=a><span>one</div> two", "one"),
            ("<div id=a>one<br>two<img src=x> three</div> four", "one two three"),
            ("<div id=a>a<b>b</b>c &lt;d&gt;</div>", "abc <d>"),
            ("<svg id=a><path/>one</svg> two", "one"),
            ("<p id=a>one<table><tr><td></p>two</table>", "one"),
            ("<body id=a>one</body> two", "one two"),
            ("<select><option id=a>one<option>two</select>", "one"),
        ] {
            assert_eq!(texts(html), [text], "{html}");
        }
    }

    #[test]
    fn elements_nest_no_deeper_than_in_browsers() {
        let elements = Elements::read(&"<div>".repeat(2000));
        assert_eq!(elements.all().len(), 2000);
        assert_eq!(elements.all()[0].end, 2000);
        assert_eq!(elements.all()[1900].end, 1901);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_element_ends_inside_the_one_around_it(
            parts in proptest::collection::vec(
                "<(/)?(p|div|li|ul|td|tr|table|span|b|a|body|template|svg|option)( /)?>|.{0,4}", 0..40)
        ) {
            let elements = Elements::read(&parts.concat());
            for (n, element) in elements.all().iter().enumerate() {
                let _ = elements.text(element);
                prop_assert!(element.end > n && element.end <= elements.all().len());
                for inner in &elements.all()[n + 1..element.end] {
                    prop_assert!(inner.end <= element.end && inner.text.end <= element.text.end);
                }
            }
        }
    }
}
