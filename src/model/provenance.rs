//! Through whom a claim came: its chains, drawn from the origins down.

use std::collections::{BTreeMap, BTreeSet};

/// Where a claim stands and what its documents draw on. Sources are named by their keys.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Each mention of the claim.
    pub mentions: Vec<Statement>,
    /// What its documents, and the texts they take over whole, draw on.
    pub edges: Vec<Edge>,
    /// Speakers with the body that each speaks for, the first by key.
    pub bodies: BTreeMap<String, String>,
    /// Sources without a name.
    pub unnamed: BTreeSet<String>,
}

/// One mention.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The document.
    pub source: String,
    /// Who speaks in it.
    pub speaker: Option<String>,
    /// asserts, supports, disputes, denies or retracts.
    pub stance: String,
    /// Whether the stance bears the claim out.
    pub counts: bool,
    /// Where in the document.
    pub locator: Option<String>,
}

/// One source draws on another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The later one.
    pub source: String,
    /// The one it draws on.
    pub origin: String,
    /// How, as people say it: "translates".
    pub how: String,
    /// Whether the whole text is taken over.
    pub whole: bool,
}

/// A line of the drawing: who, how deep below its origin, and how it comes by the claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// 0 for an origin.
    pub depth: usize,
    /// Key of the source.
    pub source: String,
    /// How it comes by it; empty for an origin.
    pub how: String,
}

/// The end of a chain: the texts there and who speaks in them.
struct End<'a> {
    texts: BTreeSet<&'a str>,
    voices: BTreeSet<&'a str>,
}

impl Graph {
    fn counted(&self) -> impl Iterator<Item = &Statement> {
        self.mentions.iter().filter(|statement| statement.counts)
    }

    /// Edges that the claim's chains follow: a whole text always, a part only to a source that
    /// states the claim.
    fn followed(&self) -> Vec<&Edge> {
        let told = |key: &str| self.counted().any(|statement| statement.source == key);
        self.edges.iter().filter(|edge| edge.whole || told(&edge.origin)).collect()
    }

    /// Everything that can be reached from a source along these edges.
    fn reach<'a>(edges: &[&'a Edge], from: &str) -> BTreeSet<&'a str> {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        let mut open = vec![from.to_owned()];
        while let Some(here) = open.pop() {
            for edge in edges.iter().filter(|edge| edge.source == here) {
                if found.insert(&edge.origin) {
                    open.push(edge.origin.clone());
                }
            }
        }
        found
    }

    fn ends(&self) -> Vec<End<'_>> {
        let edges = self.followed();
        let mut nodes: BTreeSet<&str> =
            self.counted().map(|statement| statement.source.as_str()).collect();
        for statement in self.counted() {
            nodes.extend(Self::reach(&edges, &statement.source));
        }
        let mut ends: Vec<End<'_>> = Vec::new();
        for node in &nodes {
            let reach = Self::reach(&edges, node);
            // Where everything leads back, the chain goes no further: a single text, or a circle.
            if !reach.iter().all(|other| Self::reach(&edges, other).contains(node))
                || ends.iter().any(|end| end.texts.contains(node))
            {
                continue;
            }
            let texts: BTreeSet<&str> = reach.into_iter().chain([*node]).collect();
            let voices = self.voices(&texts);
            ends.push(End { texts, voices });
        }
        ends
    }

    fn voices<'a>(&'a self, texts: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
        let at = |statement: &&Statement| texts.contains(statement.source.as_str());
        let voice =
            |statement: &'a Statement| statement.speaker.as_deref().unwrap_or(&statement.source);
        let circle = texts.len() > 1;
        if !circle && self.counted().any(|statement| at(&statement)) {
            return self.counted().filter(at).map(voice).collect();
        }
        let whole: Vec<&Edge> = self.edges.iter().filter(|edge| edge.whole).collect();
        let over = |statement: &&Statement| {
            texts.contains(statement.source.as_str())
                || Self::reach(&whole, &statement.source).iter().any(|text| texts.contains(text))
        };
        let takers: Vec<&Statement> = self.counted().filter(over).collect();
        let speakers: BTreeSet<&str> =
            takers.into_iter().filter_map(|statement| statement.speaker.as_deref()).collect();
        // A circle is one origin, whoever speaks there.
        let speakers = if circle { speakers.into_iter().take(1).collect() } else { speakers };
        if speakers.is_empty() { texts.iter().take(1).copied().collect() } else { speakers }
    }

    fn body<'a>(&'a self, voice: &'a str) -> &'a str {
        self.bodies.get(voice).map_or(voice, String::as_str)
    }

    /// The independent origins.
    pub fn origins(&self) -> BTreeSet<&str> {
        let ends = self.ends();
        let voices = ends.iter().flat_map(|end| end.voices.iter());
        voices.map(|voice| self.body(voice)).collect()
    }

    /// The chains as a drawing. A source that takes from two is drawn under each, with what hangs on
    /// it only once.
    pub fn drawn(&self) -> Vec<Step> {
        let ends = self.ends();
        let edges = self.followed();
        let mut steps = Vec::new();
        let mut seen = BTreeSet::new();
        for origin in self.origins() {
            steps.push(Step { depth: 0, source: origin.to_owned(), how: self.naming(origin) });
            for end in &ends {
                for voice in end.voices.iter().filter(|voice| self.body(voice) == origin) {
                    let mut depth = 1;
                    if *voice != origin {
                        let how = format!("speaks for it{}", self.naming_after(voice));
                        steps.push(Step { depth, source: (*voice).to_owned(), how });
                        depth += 1;
                    }
                    for text in &end.texts {
                        if *text == *voice {
                            self.below(&edges, text, depth, &mut steps, &mut seen);
                            continue;
                        }
                        let heard = |statement: &&Statement| {
                            statement.source == *text
                                && statement.speaker.as_deref() == Some(*voice)
                        };
                        let how = match self.mentions.iter().find(heard) {
                            Some(statement) => self.words(statement),
                            None => "the text behind".to_owned(),
                        };
                        steps.push(Step { depth, source: (*text).to_owned(), how });
                        self.below(&edges, text, depth + 1, &mut steps, &mut seen);
                    }
                }
            }
        }
        steps
    }

    /// Those who took it from this text, and from them in turn.
    fn below(
        &self,
        edges: &[&Edge],
        text: &str,
        depth: usize,
        steps: &mut Vec<Step>,
        seen: &mut BTreeSet<String>,
    ) {
        if !seen.insert(text.to_owned()) || depth > 100 {
            let taken = edges.iter().any(|edge| edge.origin == text);
            if let (true, Some(last)) = (taken, steps.last_mut()) {
                last.how.push_str(", and on to others as above");
            }
            return;
        }
        let told = |key: &str| self.counted().find(|statement| statement.source == key);
        for edge in edges.iter().filter(|edge| edge.origin == text) {
            let place = told(&edge.source).and_then(|statement| statement.locator.as_deref());
            let place = place.map_or(String::new(), |place| format!(", {place}"));
            let how = format!("{} it{place}", edge.how);
            steps.push(Step { depth, source: edge.source.clone(), how });
            self.below(edges, &edge.source, depth + 1, steps, seen);
        }
    }

    fn words(&self, statement: &Statement) -> String {
        let place =
            statement.locator.as_deref().map_or(String::new(), |place| format!(", {place}"));
        match statement.stance.as_str() {
            "asserts" | "supports" => format!("has it from them{place}"),
            stance => format!("{stance} it{place}"),
        }
    }

    fn naming(&self, key: &str) -> String {
        if self.unnamed.contains(key) { "unnamed".to_owned() } else { String::new() }
    }

    fn naming_after(&self, key: &str) -> &'static str {
        if self.unnamed.contains(key) { ", unnamed" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::{Edge, Graph, Statement};

    fn graph(mentions: &[(&str, Option<&str>)], edges: &[(&str, &str, bool)]) -> Graph {
        let statement = |(source, speaker): &(&str, Option<&str>)| Statement {
            source: (*source).to_owned(),
            speaker: speaker.map(str::to_owned),
            stance: "asserts".to_owned(),
            counts: true,
            locator: None,
        };
        let edge = |(source, origin, whole): &(&str, &str, bool)| Edge {
            source: (*source).to_owned(),
            origin: (*origin).to_owned(),
            how: if *whole { "copies" } else { "cites" }.to_owned(),
            whole: *whole,
        };
        Graph {
            mentions: mentions.iter().map(statement).collect(),
            edges: edges.iter().map(edge).collect(),
            ..Graph::default()
        }
    }

    #[test]
    fn chains_end_where_nothing_more_is_drawn_on() {
        let g = graph(
            &[("fr", Some("nek")), ("feature", None), ("wire", Some("nek"))],
            &[("fr", "feature", true), ("feature", "wire", false), ("wire", "other", false)],
        );
        assert_eq!(g.origins().into_iter().collect::<Vec<_>>(), ["nek"]);
        let drawn: Vec<(usize, String)> =
            g.drawn().into_iter().map(|s| (s.depth, format!("{} {}", s.source, s.how))).collect();
        assert_eq!(
            drawn,
            [
                (0, "nek ".to_owned()),
                (1, "wire has it from them".to_owned()),
                (2, "feature cites it".to_owned()),
                (3, "fr copies it".to_owned()),
            ]
        );
    }

    #[test]
    fn a_circle_is_one_origin_and_ends() {
        let g =
            graph(&[("a", None), ("b", None), ("c", None)], &[("a", "b", true), ("b", "a", true)]);
        assert_eq!(g.origins().into_iter().collect::<Vec<_>>(), ["a", "c"]);
        assert!(g.drawn().len() < 10);
    }
}
