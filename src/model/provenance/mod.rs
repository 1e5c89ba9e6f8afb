//! Source chains: the graph of sources behind a claim, its independent origins, and a drawing of
//! it.

mod chains;

use chains::ChainEnd;
pub use chains::{Stated, chain_ends};

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The mentions of a claim and the sources that its documents draw on. Sources are named by key.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// The mentions of the claim.
    pub mentions: Vec<Statement>,
    /// The sources that its documents, and the texts they take over whole, draw on.
    pub edges: Vec<Edge>,
    /// The body that each speaker speaks for; of several, the first by key.
    pub bodies: BTreeMap<String, String>,
    /// Documents that are the same work as another, and the first of that work by key.
    pub works: BTreeMap<String, String>,
    /// Sources that are parties without a name.
    pub unnamed: BTreeSet<String>,
}

/// One mention of the claim: a source states or denies it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Key of the document.
    pub source: String,
    /// Key of the speaker in the document.
    pub speaker: Option<String>,
    /// Code of the stance: asserts, supports, disputes, denies or retracts.
    pub stance: String,
    /// True when the stance counts towards the origins of the claim.
    pub counts: bool,
    /// The passage of the document: a page, paragraph or time.
    pub locator: Option<String>,
}

/// An edge of the graph: one source draws on another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Key of the later source.
    pub source: String,
    /// Key of the source it draws on.
    pub origin: String,
    /// The relation in words: "translates".
    pub how: String,
    /// True when the later source takes over the whole text.
    pub whole: bool,
}

/// One line of the drawing: a source, its depth below the origin, and its relation to the line
/// above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The depth below the origin; 0 for the origin itself.
    pub depth: usize,
    /// Key of the source.
    pub source: String,
    /// The relation in words; empty for a named origin.
    pub how: String,
}

impl Graph {
    fn counting_mentions(&self) -> impl Iterator<Item = &Statement> {
        self.mentions.iter().filter(|statement| statement.counts)
    }

    /// The edges that the claim's chains follow: always where a whole text is taken over, otherwise
    /// only to a source that states the claim.
    fn followed_edges(&self) -> Vec<&Edge> {
        let states_claim =
            |key: &str| self.counting_mentions().any(|statement| statement.source == key);
        self.edges.iter().filter(|edge| edge.whole || states_claim(&edge.origin)).collect()
    }

    /// Finds the ends of all chains.
    fn chain_ends(&self) -> Vec<ChainEnd<&str>> {
        let stated: Vec<Stated<&str>> = self
            .counting_mentions()
            .map(|statement| (statement.source.as_str(), statement.speaker.as_deref()))
            .collect();
        let mut drawn_on: HashMap<&str, Vec<(&str, bool)>> = HashMap::new();
        for edge in &self.edges {
            drawn_on.entry(&edge.source).or_default().push((&edge.origin, edge.whole));
        }
        chain_ends(&stated, |source| drawn_on.get(source).into_iter().flatten().copied())
    }

    /// The independent origin that a voice is: the body that it speaks for, or itself. Documents that are
    /// one work are one voice.
    fn body_of<'a>(&'a self, speaker: &'a str) -> &'a str {
        let voice = self.works.get(speaker).map_or(speaker, String::as_str);
        self.bodies.get(voice).map_or(voice, String::as_str)
    }

    /// Returns the keys of the independent origins.
    pub fn origins(&self) -> BTreeSet<&str> {
        let ends = self.chain_ends();
        let speakers = ends.iter().flat_map(|end| end.voices.iter());
        speakers.map(|speaker| self.body_of(speaker)).collect()
    }

    /// Draws the chains as an indented tree. A source that draws on two others appears under each;
    /// its own descendants are drawn only the first time.
    pub fn draw(&self) -> Vec<Step> {
        let ends = self.chain_ends();
        let edges = self.followed_edges();
        let mut steps = Vec::new();
        let mut seen = BTreeSet::new();
        for origin in self.origins() {
            steps.push(Step {
                depth: 0,
                source: origin.to_owned(),
                how: self.unnamed_label(origin),
            });
            for end in &ends {
                for speaker in end.voices.iter().filter(|speaker| self.body_of(speaker) == origin) {
                    let mut depth = 1;
                    if *speaker != origin {
                        let is_work = self.works.get(*speaker).is_some_and(|work| work == origin);
                        let how = match is_work {
                            true => "is the same work".to_owned(),
                            false => format!("speaks for it{}", self.unnamed_suffix(speaker)),
                        };
                        steps.push(Step { depth, source: (*speaker).to_owned(), how });
                        depth += 1;
                    }
                    for text in &end.texts {
                        if *text == *speaker {
                            self.draw_descendants(&edges, text, depth, &mut steps, &mut seen);
                            continue;
                        }
                        let heard = |statement: &&Statement| {
                            statement.source == *text
                                && statement.speaker.as_deref() == Some(*speaker)
                        };
                        let how = match self.mentions.iter().find(heard) {
                            Some(statement) => self.describe_mention(statement),
                            None => "the text behind".to_owned(),
                        };
                        steps.push(Step { depth, source: (*text).to_owned(), how });
                        self.draw_descendants(&edges, text, depth + 1, &mut steps, &mut seen);
                    }
                }
            }
        }
        steps
    }

    /// Draws the sources that took the claim from this text, and their descendants.
    fn draw_descendants(
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
        let mention_in =
            |key: &str| self.counting_mentions().find(|statement| statement.source == key);
        for edge in edges.iter().filter(|edge| edge.origin == text) {
            let place = mention_in(&edge.source).and_then(|statement| statement.locator.as_deref());
            let place = place.map_or(String::new(), |place| format!(", {place}"));
            let how = format!("{} it{place}", edge.how);
            steps.push(Step { depth, source: edge.source.clone(), how });
            self.draw_descendants(edges, &edge.source, depth + 1, steps, seen);
        }
    }

    fn describe_mention(&self, statement: &Statement) -> String {
        let place =
            statement.locator.as_deref().map_or(String::new(), |place| format!(", {place}"));
        match statement.stance.as_str() {
            "asserts" | "supports" => format!("has it from them{place}"),
            stance => format!("{stance} it{place}"),
        }
    }

    /// Returns `unnamed` for a source without a name, otherwise an empty text.
    fn unnamed_label(&self, key: &str) -> String {
        if self.unnamed.contains(key) { "unnamed".to_owned() } else { String::new() }
    }

    fn unnamed_suffix(&self, key: &str) -> &'static str {
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
            g.draw().into_iter().map(|s| (s.depth, format!("{} {}", s.source, s.how))).collect();
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
    fn a_text_has_as_many_origins_as_speakers() {
        let g = graph(&[("wire", Some("nek")), ("wire", Some("ali")), ("blog", None)], &[]);
        assert_eq!(g.origins().into_iter().collect::<Vec<_>>(), ["ali", "blog", "nek"]);
    }

    #[test]
    fn a_cycle_is_one_origin_and_ends() {
        let g =
            graph(&[("a", None), ("b", None), ("c", None)], &[("a", "b", true), ("b", "a", true)]);
        assert_eq!(g.origins().into_iter().collect::<Vec<_>>(), ["a", "c"]);
        assert!(g.draw().len() < 10);
    }
}
