//! Sources, places and measures with their facts and claims.

use super::components::{
    Links, bidi_text, count_noun, date_in_words, place_link, shown_text, source_link, status_badge,
    web_link,
};
use super::index::ClaimIndex;
use crate::model::publication::{Place, Snapshot, Source};
use maud::{Markup, html};

/// The most places around a place that are named before the outermost. Real ones have fewer.
const NAMED_PLACES: usize = 20;

/// Renders the facts about a source: its address, its reliability and the statuses of its claims.
pub(super) fn render_source_facts(snapshot: &Snapshot, links: Links, one: &Source) -> Markup {
    html! {
        p class="caveats" {
            (shown_text(&one.kind))
            @if !one.named { ", unnamed" }
            @if let Some(author) = &one.author { " · " (bidi_text(author)) }
            @if let Some(outlet) = &one.outlet { " · " (bidi_text(outlet)) }
            @if let Some(date) = &one.published { " · " (date_in_words(date)) }
            @match &one.grade {
                Some((letter, words, _)) => { " · reliability " (shown_text(letter)) " (" (shown_text(words)) ")" }
                None => { " · reliability not graded" }
            }
        }
        @if let Some(url) = &one.url { p { (web_link(url, None)) @if let Some(copy) = &one.archived_url { " · " (web_link(copy, Some("archived copy"))) } } }
        @if let Some((_, _, because)) = &one.grade { p class="note" dir="auto" { (shown_text(because)) } }
        @if let Some(note) = &one.note { p class="note" dir="auto" { (shown_text(note)) } }
        @let from: Vec<_> = snapshot.edges.get(&one.key).into_iter().flatten().collect();
        @if !from.is_empty() || snapshot.bodies.contains_key(&one.key) {
            ul {
                @for edge in from { li { (shown_text(&edge.how)) " " (source_link(snapshot, links, &edge.origin)) } }
                @if let Some(body) = snapshot.bodies.get(&one.key) { li { "speaks for " (source_link(snapshot, links, body)) } }
            }
        }
        @if !one.record.is_empty() {
            p { "Its claims: " @for (n, (status, claims)) in one.record.iter().enumerate() {
                @if n > 0 { ", " } (claims) " " (status_badge(snapshot, status))
            } }
        }
    }
}

/// Renders the facts about a place: its names, the enclosing places and the precision of its point.
pub(super) fn render_place_facts(snapshot: &Snapshot, links: Links, one: &Place) -> Markup {
    html! {
        p class="caveats" {
            (shown_text(&one.kind))
            (render_enclosing_places(snapshot, links, &one.key))
            " · " (count_noun(one.claims, "claim")) " here or inside it"
            @if one.near > 0 { ", " (one.near) " more near it or toward it" }
            @match (&one.at, &one.precision) {
                (Some(_), Some((_, words))) => { " · its point on the map stands for: " (shown_text(words)) }
                (Some(_), None) => { " · how exact its point is, is not stated" }
                (None, _) => { " · not on the map: no coordinates are on record" }
            }
        }
        @if !one.names.is_empty() {
            p { "Also: " @for (n, (name, language)) in one.names.iter().enumerate() {
                @if n > 0 { ", " }
                bdi lang=[super::components::language_tag(language.as_deref())] { (shown_text(name)) }
            } }
        }
        @if let Some(note) = &one.note { p class="note" dir="auto" { (shown_text(note)) } }
    }
}

/// Renders the places that enclose a place, innermost first. Of many, the nearest and the outermost are named.
fn render_enclosing_places(snapshot: &Snapshot, links: Links, key: &str) -> Markup {
    let all = snapshot.nearest_enclosing_places(key, NAMED_PLACES);
    html! {
        @for around in all.nearest { ", in " (place_link(snapshot, links, &around.key)) }
        @if all.more > 0 { ", in " (all.more) " more" }
        @if let Some(around) = all.outermost { ", in " (place_link(snapshot, links, &around.key)) }
    }
}

/// Renders the sources of the single page, each with its claims.
pub(super) fn render_sources(snapshot: &Snapshot, links: Links, index: &ClaimIndex) -> Markup {
    html! {
        section aria-labelledby="sources" {
            h2 id="sources" { "Sources" }
            p class="intro" { "Who says it, and how their claims have fared so far by the verdicts on record." }
            @for one in &snapshot.sources.all {
                article class="entry" id={ "source/" (one.key) } {
                    (super::components::former_anchors(snapshot, "source", &one.key))
                    h3 { (bidi_text(&one.title)) }
                    (render_source_facts(snapshot, links, one))
                    (render_claims(snapshot, links, index, "", index.by_source.get(&one.key)))
                    (render_claims(snapshot, links, index, " that it contests", index.by_contesting_source.get(&one.key)))
                }
            }
        }
    }
}

/// Renders the places of the single page, each with its claims.
pub(super) fn render_places(snapshot: &Snapshot, links: Links, index: &ClaimIndex) -> Markup {
    html! {
        section aria-labelledby="places" {
            h2 id="places" { "Places" }
            @for one in &snapshot.places.all {
                @let names: Vec<_> = one.names.iter().map(|(name, _)| shown_text(name)).collect();
                article class="entry" id={ "place/" (one.key) } data-names={ (shown_text(&one.name)) " " (names.join(" ")) } {
                    (super::components::former_anchors(snapshot, "place", &one.key))
                    h3 { (bidi_text(&one.name)) }
                    (render_place_facts(snapshot, links, one))
                    (render_claims(snapshot, links, index, "", index.by_place.get(&one.key)))
                }
            }
        }
    }
}

/// Renders the figures of the single page by measure, disagreeing ones first.
pub(super) fn render_measures(snapshot: &Snapshot, links: Links) -> Markup {
    let disagree = |key: &str| snapshot.conflicts.iter().any(|pair| pair.measure.0 == key);
    let mut all: Vec<_> = snapshot.measures.all.iter().collect();
    all.sort_by_key(|one| (!disagree(&one.key), std::cmp::Reverse(one.figures.len())));
    html! {
        section aria-labelledby="figures" {
            h2 id="figures" { "Figures" }
            p class="intro" {
                "Each bar runs from the least to the most that the words can mean. A pale bar with a dashed edge rests on an "
                "assumed tolerance (“about”, “nearly”), a grey one is open to one side. Only figures on one measure and in one unit share a scale."
            }
            @for one in all {
                article class="entry" id={ "measure/" (one.key) } {
                    (super::components::former_anchors(snapshot, "measure", &one.key))
                    h3 { (bidi_text(&one.title)) }
                    (super::figures::render_measure(snapshot, links, one, &one.figures))
                }
            }
        }
    }
}

/// Renders claims as a list that can be unfolded; `which` says how they relate to the source.
fn render_claims(
    snapshot: &Snapshot,
    links: Links,
    index: &ClaimIndex,
    which: &str,
    claims: Option<&Vec<usize>>,
) -> Markup {
    html! {
        @if let Some(claims) = claims {
            details {
                summary { (count_noun(claims.len() as u64, "claim")) (which) }
                (index.render_list(snapshot, links, claims))
            }
        }
    }
}
