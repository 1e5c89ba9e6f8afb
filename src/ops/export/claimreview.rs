//! The verdicts as schema.org ClaimReview (JSON-LD), as search engines and fact-check databases
//! read them.

use super::ndjson::{List, Object, plain_date};
use super::{Chosen, Outcome};
use crate::error::Result;
use crate::store::{Appearance, Party, Reader, Review, appearances, reviews};
use serde_json::Value as Json;
use std::io::Write;

/// Writes the verdict that holds for each claim, where it has words for readers. `base` is the page
/// on which the claims are published.
pub(super) fn write(
    db: &Reader,
    chosen: &Chosen,
    base: Option<&str>,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let head = "{\"@context\":\"https://schema.org\",\"@graph\":[";
    let mut list = List::begin(out, head, "]}")?;
    let (mut pageless, mut left_out) = (0, 0);
    reviews(db, |review| {
        if !chosen.picked(&review.claim) {
            return Ok(());
        }
        let (Some(at), Some(word)) = (&review.at, &review.word) else {
            left_out += 1;
            return Ok(());
        };
        let page = match base {
            Some(base) => Some(format!("{base}#claim/{}", review.claim)),
            None => review.page.clone(),
        };
        pageless += usize::from(page.is_none());
        let mut rating = Object::typed("Rating");
        if let Some(value) = review.rating {
            rating = rating.with("ratingValue", value).with("bestRating", 5).with("worstRating", 1);
        }
        let object = Object::typed("ClaimReview")
            .with("url", page)
            .with("claimReviewed", review.text.as_str())
            .with("author", assessor(&review.assessor))
            .with("datePublished", at.as_str())
            .with("itemReviewed", claim(&review, &appearances(db, &review.claim)?))
            .with("reviewRating", rating.with("alternateName", word.as_str()));
        list.push(object.done())
    })?;
    Ok(Outcome::Reviews { reviews: list.end()?, pageless, left_out })
}

/// What was reviewed: who says it, since when, and where.
fn claim(review: &Review, mentions: &[Appearance]) -> Object {
    let mut authors: Vec<Json> = Vec::new();
    let mut works: Vec<Json> = Vec::new();
    let mut dated = !mentions.is_empty();
    let mut first: Option<&str> = None;
    for mention in mentions {
        if let Some(author) = speaker(&mention.party).map(Json::from)
            && !authors.contains(&author)
        {
            authors.push(author);
        }
        if let Some(work) = work(mention).map(Json::from)
            && !works.contains(&work)
        {
            works.push(work);
        }
        // Which was the earliest is known only when all are known to the day.
        match mention.said_on.as_deref().filter(|date| plain_date(date)) {
            Some(date) if mentions.len() == 1 || date.len() == 10 => {
                first = Some(first.map_or(date, |first| first.min(date)));
            }
            _ => dated = false,
        }
    }
    let published =
        |mention: &Appearance| mention.published.clone().filter(|d| plain_date(d) && d.len() == 10);
    let linked: Vec<&Appearance> = mentions.iter().filter(|m| m.url.is_some()).collect();
    let known = linked.iter().all(|mention| published(mention).is_some());
    let earliest = linked.iter().filter(|_| known).min_by_key(|mention| published(mention));
    Object::typed("Claim")
        .with("name", review.text.as_str())
        .with("author", one_or_list(authors))
        .with("datePublished", first.filter(|_| dated))
        .with("firstAppearance", earliest.and_then(|mention| work(mention)).map(Json::from))
        .with("appearance", one_or_list(works))
}

fn work(mention: &Appearance) -> Option<Object> {
    let url = mention.url.as_deref()?;
    let published = mention.published.as_deref().filter(|date| plain_date(date));
    let work = Object::typed("CreativeWork").with("url", url).with("name", mention.title.as_str());
    Some(work.with("datePublished", published))
}

/// Who states a claim. A document is nobody: its outlet or its author speaks, where one is named.
fn speaker(party: &Party) -> Option<Object> {
    let (kind, name) = match (party.kind.as_str(), &party.outlet, &party.author) {
        ("organisation", _, _) => ("Organization", &party.title),
        ("person" | "unnamed", _, _) => ("Person", &party.title),
        (_, Some(outlet), _) => {
            return Some(Object::typed("Organization").with("name", outlet.as_str()));
        }
        (_, None, Some(author)) => ("Person", author),
        (_, None, None) => return None,
    };
    Some(Object::typed(kind).with("name", name.as_str()).with("url", party.url.as_deref()))
}

/// Who gave a verdict. Someone has to be named, so a document of nobody stands for itself.
fn assessor(party: &Party) -> Object {
    speaker(party).unwrap_or_else(|| {
        Object::typed("Organization")
            .with("name", party.title.as_str())
            .with("url", party.url.as_deref())
    })
}

fn one_or_list(mut list: Vec<Json>) -> Json {
    match list.len() {
        0 => Json::Null,
        1 => list.swap_remove(0),
        _ => Json::Array(list),
    }
}
