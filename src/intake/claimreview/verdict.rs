//! The verdict of a published review: assessor, status and evidence.

use super::party::Party;
use super::ratings::{self, RatingMatch};
use super::{Review, jsonld};
use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::dates::ParsedDate;
use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose::{self, text_value};
use crate::model::{Record, SourcePos, Value, kind_of_table, quoted};

impl Review<'_> {
    /// Adds the source that gives the verdict, and returns its key.
    fn add_assessor(&mut self, url: Option<&str>) -> String {
        let mut parties = self.read_parties(self.node, "author", url);
        if parties.is_empty() {
            parties = self.read_parties(self.node, "publisher", url);
        } else if let [(first, _), (_, second), ..] = &parties[..] {
            let what =
                format!("several authors; the verdict is recorded as that of {}", first.title);
            self.unit.remarks.push((offset_pos(second.at), what));
        }
        match parties.into_iter().next() {
            Some((mut party, node)) => {
                if party.kind == "unnamed" && self.objects.party_description(node).is_none() {
                    party.kind = "organisation";
                }
                let also = self.objects.property_urls(node, "sameAs");
                also.iter()
                    .filter_map(|url| prose::parse_web_address(url))
                    .for_each(|url| party.add_address(url));
                self.add_party(&party, &offset_pos(node.at))
            }
            None => {
                let host = url.and_then(prose::address_host).map(|host| format!(" ({host})"));
                let title = format!("Author not stated{}", host.unwrap_or_default());
                let what = "author: neither an author nor a publisher is named";
                self.unit.remarks.push((self.pos.clone(), what.to_owned()));
                let party = Party { kind: "unnamed", title, url: None, note: None };
                self.add_party(&party, &self.pos.clone())
            }
        }
    }

    pub(in crate::intake) fn add_assessment(
        &mut self,
        claim: &str,
        review: &str,
        url: Option<&str>,
        date: Option<&ParsedDate>,
    ) {
        let by = self.add_assessor(url);
        let ratings =
            self.objects.property(self.node, "reviewRating").map(Node::items).unwrap_or_default();
        if let [_, second, ..] = ratings {
            let what = "reviewRating: several verdicts; the first is recorded".to_owned();
            self.unit.remarks.push((offset_pos(second.at), what));
        }
        let rating = ratings.first();
        let Some(rating) = rating else {
            let what = "reviewRating: no verdict is published; none is recorded".to_owned();
            self.unit.remarks.push((self.pos.clone(), what));
            if let Some(given) = self.objects.property(self.node, "description") {
                let what =
                    "description: it is the reason of a verdict, and none is published; left out";
                self.unit.remarks.push((offset_pos(given.at), what.to_owned()));
            }
            return;
        };
        let number = |name| self.objects.property(rating, name).and_then(jsonld::as_number);
        let (given, worst, best) =
            (number("ratingValue"), number("worstRating"), number("bestRating"));
        // Several languages may be given: the first decides, the others are kept after it.
        // Some publishers give a bare text in place of a rating, or use `name`.
        let bare = matches!(rating.tree, Tree::Text(_)).then_some(rating);
        // Some put the wording into `ratingValue`.
        let worded = self.objects.property(rating, "ratingValue").filter(|_| given.is_none());
        let mut worded = ["alternateName", "name"]
            .into_iter()
            .map(|name| self.objects.property(rating, name))
            .chain([bare, worded])
            .flatten()
            .map(|node| (offset_pos(node.at), wordings(node)))
            .filter(|(_, found)| !found.is_empty());
        let wordings = worded.next().map(|(_, found)| found).unwrap_or_default();
        let others: Vec<(SourcePos, String)> = worded
            .flat_map(|(pos, found)| found.into_iter().map(move |words| (pos.clone(), words)))
            .filter(|(_, words)| !wordings.contains(words))
            .collect();
        for (pos, words) in &others {
            self.unit
                .remarks
                .push((pos.clone(), format!("the further verdict {} is left out", quoted(words))));
        }
        let words = (!wordings.is_empty()).then(|| wordings.join(" / "));
        let scale = match (given, worst, best) {
            (Some(given), Some(worst), Some(best)) => Some(format!("{given} ({worst} to {best})")),
            (Some(given), None, Some(best)) => Some(format!("{given} of {best}")),
            (Some(given), _, _) => Some(given.to_string()),
            _ => None,
        };
        let pos = offset_pos(rating.at);
        let from_number = || ratings::status_for_number(given?, worst?, best?);
        // Words that say the opposite of one another have no one reading.
        let said = wordings.iter().chain(others.iter().map(|(_, words)| words));
        let sides: Vec<bool> = said.filter_map(|words| ratings::side_of_words(words)).collect();
        let is_torn = sides.contains(&true) && sides.contains(&false);
        let known = match wordings.first().map(|words| ratings::status_for_words(words)) {
            Some(RatingMatch::Known(status)) => Some(status),
            Some(RatingMatch::Unknown) => None,
            Some(RatingMatch::Ambiguous) | None => from_number(),
        };
        if is_torn {
            let what = "the verdict says both that the claim is true and that it is not; recorded as inconclusive, its words kept";
            self.unit.remarks.push((pos.clone(), what.to_owned()));
        }
        let known = if is_torn { Some("inconclusive") } else { known };
        if let (Some(side), Some(number), Some(scale)) =
            (known.and_then(ratings::side_of), from_number().and_then(ratings::side_of), &scale)
            && side != number
        {
            let what =
                format!("the rating {scale} says the opposite of the words, which are taken");
            self.unit.remarks.push((pos.clone(), what));
        }
        let status = known.filter(|status| self.statuses.iter().any(|code| code == status));
        if status.is_none() {
            let what = match (&words, &scale) {
                (Some(words), _) => format!(
                    "verdict {} is not one this program knows; recorded as inconclusive, its words kept",
                    quoted(words)
                ),
                (None, Some(scale)) => {
                    format!("rating {scale} is not on its scale; recorded as inconclusive")
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
            (Some(given), None, Some(best)) => Some(format!("rating {given} of {best}")),
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
            .filter_map(|(node, name)| self.objects.property(node, name))
            .find_map(|node| {
                jsonld::as_text(node).map(prose::strip_html).filter(|text| !text.is_empty())
            });
        let because = match reason {
            Some(reason) => format!("{because} {reason}"),
            None => because,
        };
        let moment = date.and_then(ParsedDate::latest_moment);
        if moment.is_none() {
            let what = "the date of the review cannot be read; its verdict says that its moment was not stated";
            self.unit.remarks.push((pos.clone(), what.to_owned()));
        }
        if date.is_some_and(|date| date.without_zone) {
            let what = "the time of the review states no zone; its verdict holds from the end of that day (UTC)";
            self.unit.remarks.push((pos.clone(), what.to_owned()));
        }
        let fields = [
            ("claim", claim.into()),
            ("status", status.unwrap_or("inconclusive").into()),
            ("by", by.as_str().into()),
            ("at", text_value(moment.as_deref())),
            ("because", because.as_str().into()),
            ("verdict", text_value(words.or(scale).as_deref())),
        ];
        self.unit.add_record("assessment", &pos, &fields);
        self.add_evidence(review, url);
    }

    /// Adds the review as evidence of the verdict just added.
    fn add_evidence(&mut self, review: &str, url: Option<&str>) {
        let Some(kind) = kind_of_table("assessment_evidence") else { return };
        let mut part = Record::new(kind, self.pos.clone());
        part.filled = Some("assessment");
        part.set("source", Value::from(review), self.pos.clone());
        if let Some((_, place)) = self.part_of_page(url).filter(|(_, place)| !place.is_empty()) {
            part.set("locator", Value::from(place), self.pos.clone());
        }
        if let Some(assessment) = self.unit.records.last_mut() {
            assessment.parts.push(part);
        }
    }
}

/// Returns the published wordings of a verdict, possibly in several languages.
fn wordings(node: &Node) -> Vec<String> {
    node.items().iter().filter_map(jsonld::to_plain_text).collect()
}
