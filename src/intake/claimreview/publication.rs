//! The page on which a review is published; it becomes the source on which the verdict rests.

use super::Review;
use super::byline::byline;
use crate::intake::text::dates::ParsedDate;
use crate::intake::text::prose::{self, text_value};
use crate::model::canonical_address;

impl Review<'_> {
    /// Returns the title of the review.
    fn title(&self) -> Option<String> {
        let names = ["name", "headline"].into_iter();
        names.filter_map(|name| self.objects.property_text(self.node, name)).next()
    }

    /// Splits the address of a review without a title that is one of several on its page, or an entry of a page that
    /// onrecord published: into that of the page, and the place on it, with its `#`.
    pub(super) fn part_of_page<'u>(&self, url: Option<&'u str>) -> Option<(&'u str, &'u str)> {
        let url = url.filter(|_| self.title().is_none())?;
        let (page, place) = url.split_at(url.find('#').unwrap_or(url.len()));
        let is_shared =
            canonical_address(url).is_some_and(|page| self.shared_pages.contains_key(&page));
        (is_shared || place.starts_with("#claim/")).then_some((page, place))
    }

    /// Adds the page of the review. What belongs to one of several reviews on a page stays with its verdict; what
    /// else they do not agree on is left out with a remark.
    pub(super) fn add_review_source(
        &mut self,
        claim: &str,
        url: Option<&str>,
        date: Option<&ParsedDate>,
    ) -> String {
        let own = byline(self.objects, self.node, url);
        let part = self.part_of_page(url);
        let shared = part.and_then(|_| self.shared_pages.get(&canonical_address(url?)?));
        let by = shared.cloned().unwrap_or_else(|| own.clone());
        for (name, own, shared) in [
            ("publisher", &own.publisher, &by.publisher),
            ("inLanguage", &own.language, &by.language),
        ] {
            if own != shared {
                let what = format!("{name}: the reviews of this page do not agree on it; left out");
                self.unit.remarks.push((self.pos.clone(), what));
            }
        }
        let title = match part {
            Some((page, _)) => {
                format!("Fact-checks on {}", page.split_once("://").map_or(page, |(_, rest)| rest))
            }
            None => self
                .title()
                .unwrap_or_else(|| format!("Fact-check: {}", prose::truncate(claim, 150))),
        };
        let published = date.filter(|_| part.is_none()).map(|date| date.date.as_str());
        let fields = [
            ("kind", "review".into()),
            ("title", title.as_str().into()),
            ("author", text_value(by.author.as_deref())),
            ("outlet", text_value(by.outlet.as_deref())),
            ("publisher", text_value(by.publisher.as_deref())),
            ("url", text_value(part.map(|(page, _)| page).or(url))),
            ("language", text_value(by.language.as_deref())),
            ("published", text_value(published)),
        ];
        self.unit.add_with_proposed_key("source", &title, &self.pos, &fields)
    }
}
