//! The verdict of a published review: who gives it, what it says, what it rests on.

use super::jsonld;
use super::ratings;
use super::ratings::Reading;
use super::{Party, Review};
use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::dates::When;
use crate::intake::text::lines::at;
use crate::intake::text::prose;
use crate::intake::text::prose::value;
use crate::model::{Record, Value, kind_of_table, quoted};

impl Review<'_> {
    /// Who gives the verdict.
    fn assessor(&mut self, url: Option<&str>) -> String {
        let mut parties = self.parties(self.node, "author", url);
        if parties.is_empty() {
            parties = self.parties(self.node, "publisher", url);
        } else if let [(first, _), (_, second), ..] = &parties[..] {
            let what =
                format!("several authors; the verdict is recorded as that of {}", first.title);
            self.unit.remarks.push((at(second.at), what));
        }
        match parties.into_iter().next() {
            Some((mut party, node)) => {
                if party.kind == "unnamed" {
                    party.kind = "organisation";
                }
                let also = self.graph.urls(node, "sameAs");
                also.iter().filter_map(|url| prose::web(url)).for_each(|url| party.found_at(url));
                self.party(&party, &at(node.at))
            }
            None => {
                let host = url.and_then(prose::host).map(|host| format!(" ({host})"));
                let title = format!("Author not stated{}", host.unwrap_or_default());
                let what = "author: neither an author nor a publisher is named";
                self.unit.remarks.push((self.pos.clone(), what.to_owned()));
                let party = Party { kind: "unnamed", title, url: None, note: None };
                self.party(&party, &self.pos.clone())
            }
        }
    }

    pub(in crate::intake) fn assessment(
        &mut self,
        claim: &str,
        review: &str,
        url: Option<&str>,
        date: Option<&When>,
    ) {
        let by = self.assessor(url);
        let ratings = self.graph.get(self.node, "reviewRating").map(Node::each).unwrap_or_default();
        if let [_, second, ..] = ratings {
            let what = "reviewRating: several verdicts; the first is recorded".to_owned();
            self.unit.remarks.push((at(second.at), what));
        }
        let rating = ratings.first();
        let Some(rating) = rating else {
            let what = "reviewRating: no verdict is published; none is recorded".to_owned();
            self.unit.remarks.push((self.pos.clone(), what));
            return;
        };
        let number = |name| self.graph.get(rating, name).and_then(jsonld::number);
        let (given, worst, best) =
            (number("ratingValue"), number("worstRating"), number("bestRating"));
        // As several languages may give it: the first stands, the others follow it.
        // Some publish the bare words in place of a rating, or name it otherwise.
        let bare = matches!(rating.tree, Tree::Text(_)).then_some(rating);
        // Some put the words where the number belongs.
        let worded = self.graph.get(rating, "ratingValue").filter(|_| given.is_none());
        let wordings = ["alternateName", "name"]
            .into_iter()
            .map(|name| self.graph.get(rating, name))
            .chain([bare, worded])
            .find_map(|node| node.map(wordings).filter(|found| !found.is_empty()))
            .unwrap_or_default();
        let words = (!wordings.is_empty()).then(|| wordings.join(" / "));
        let scale = match (given, worst, best) {
            (Some(given), Some(worst), Some(best)) => Some(format!("{given} ({worst} to {best})")),
            (Some(given), _, _) => Some(given.to_string()),
            _ => None,
        };
        let pos = at(rating.at);
        let by_number = || ratings::by_number(given?, worst?, best?);
        let known = match wordings.first().map(|words| ratings::by_words(words)) {
            Some(Reading::Known(status)) => Some(status),
            Some(Reading::Unknown) => None,
            Some(Reading::TwoWays) | None => by_number(),
        };
        let status = known.filter(|status| self.statuses.iter().any(|code| code == status));
        if status.is_none() {
            let what = match (&words, &scale) {
                (Some(words), _) => format!(
                    "verdict {} is not one this program knows; recorded as inconclusive, its words kept",
                    quoted(words)
                ),
                (None, Some(scale)) => {
                    format!("rating {scale} has no place on its scale; recorded as inconclusive")
                }
                (None, None) => {
                    "reviewRating: no verdict is published; none is recorded".to_owned()
                }
            };
            self.unit.remarks.push((pos.clone(), what));
            if words.is_none() && scale.is_none() {
                return;
            }
        }
        let numbers = match (given, worst, best) {
            (Some(given), Some(worst), Some(best)) => {
                Some(format!("{given} on a scale from {worst} to {best}"))
            }
            (Some(given), _, _) => Some(format!("rating {given}")),
            _ => None,
        };
        let because = match (&words, &numbers) {
            (Some(words), Some(numbers)) => format!("Published verdict: \"{words}\" ({numbers})."),
            (Some(words), None) => format!("Published verdict: \"{words}\"."),
            (None, numbers) => {
                format!("Published verdict: {}.", numbers.as_deref().unwrap_or_default())
            }
        };
        let reason = [(rating, "ratingExplanation"), (self.node, "description")]
            .into_iter()
            .filter_map(|(node, name)| self.graph.get(node, name))
            .find_map(|node| jsonld::text(node).map(prose::plain).filter(|text| !text.is_empty()));
        let because = match reason {
            Some(reason) => format!("{because} {reason}"),
            None => because,
        };
        let moment = date.and_then(When::latest);
        if moment.is_none() {
            let what = "no day of the review can be read; its verdict is dated to the moment of the import";
            self.unit.remarks.push((pos.clone(), what.to_owned()));
        }
        let fields = [
            ("claim", claim.into()),
            ("status", status.unwrap_or("inconclusive").into()),
            ("by", by.as_str().into()),
            ("at", value(moment.as_deref())),
            ("because", because.as_str().into()),
            ("verdict", value(words.or(scale).as_deref())),
        ];
        self.unit.add("assessment", &pos, &fields);
        self.evidence(review);
    }

    /// Lets the verdict just added rest on the review.
    fn evidence(&mut self, review: &str) {
        let Some(kind) = kind_of_table("assessment_evidence") else { return };
        let mut part = Record::new(kind, self.pos.clone());
        part.filled = Some("assessment");
        part.set("source", Value::from(review), self.pos.clone());
        if let Some(assessment) = self.unit.records.last_mut() {
            assessment.parts.push(part);
        }
    }
}

/// The wordings of a verdict as published, in several languages perhaps.
fn wordings(node: &Node) -> Vec<String> {
    node.each().iter().filter_map(jsonld::words).collect()
}
