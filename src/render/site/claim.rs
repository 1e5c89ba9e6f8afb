//! One claim in full: its mentions and source chain, places, figures, verdicts and conflicts.

use super::chain::render_chain;
use super::components::{
    Links, bidi_text, claim_badge, date_in_words, figure_in_words, language_tag, origins_in_words,
    place_link, shown_text, source_link, status_badge,
};
use crate::model::publication::{Claim, Figure, Mention, Snapshot, Verdict};
use maud::{Markup, html};

/// The largest number of conflicts listed with a claim.
const MAX_CONFLICTS_SHOWN: usize = 20;

/// Renders the line below the text of a claim: status, origins, date and places.
pub(super) fn render_caveats(snapshot: &Snapshot, links: Links, claim: &Claim) -> Markup {
    html! {
        p class="caveats" {
            (claim_badge(snapshot, &claim.key, &claim.status)) " "
            span class="kind" { (shown_text(&claim.kind)) } " · "
            (origins_in_words(claim)) " · "
            @match &claim.happened {
                Some(date) => { span class="day" { (date_in_words(date)) } }
                None => { "day not stated" }
            }
            @if let Some(due) = &claim.due { " · due " (date_in_words(due)) }
            @for (n, at) in claim.places.iter().enumerate() {
                @if n == 0 { " · " } @else { ", " }
                (shown_text(&at.relation)) " " (place_link(snapshot, links, &at.place))
            }
        }
    }
}

/// Renders a heading inside a claim, at the level that its page requires.
fn heading(links: Links, words: &str) -> Markup {
    match links {
        Links::Page => html! { h4 { (words) } },
        Links::Site(_) => html! { h2 { (words) } },
    }
}

/// Renders everything on record about a claim.
pub(super) fn render_record(snapshot: &Snapshot, links: Links, claim: &Claim) -> Markup {
    html! {
        @if let Some(note) = &claim.note { p class="note" dir="auto" { (shown_text(note)) } }
        @if !claim.places.is_empty() && claim.places.iter().any(|at| at.words.is_some()) {
            (heading(links, "Where"))
            ul {
                @for at in &claim.places {
                    li {
                        (shown_text(&at.relation)) " " (place_link(snapshot, links, &at.place))
                        @if let Some(words) = &at.words { " (“" (bidi_text(words)) "”)" }
                    }
                }
            }
        }
        (heading(links, "Who says it"))
        @if claim.mentions.is_empty() { p { "No source is on record." } }
        ul class="mentions" { @for mention in &claim.mentions { (render_mention(snapshot, links, mention)) } }
        (render_chain(snapshot, links, claim))
        @if !claim.figures.is_empty() {
            (heading(links, "Figures"))
            ul class="bars" { @for figure in &claim.figures { li data-figure=(figure.key) { (render_figure(snapshot, links, figure)) } } }
        }
        (heading(links, "Verdicts"))
        @if claim.verdicts.is_empty() { p { "Nobody has assessed it yet." } }
        ol class="verdicts" { @for one in &claim.verdicts { (render_verdict(snapshot, links, one)) } }
        @let against = render_conflicts(snapshot, links, claim);
        @if let Some(against) = against { (against) }
    }
}

fn render_mention(snapshot: &Snapshot, links: Links, mention: &Mention) -> Markup {
    let about = snapshot.sources.get(&mention.source);
    html! {
        li {
            @if let Some(speaker) = &mention.speaker {
                (source_link(snapshot, links, speaker))
                @if let Some(body) = snapshot.bodies.get(speaker) { ", for " (source_link(snapshot, links, body)) "," }
                " in "
            }
            (source_link(snapshot, links, &mention.source))
            @if let Some(date) = about.and_then(|about| about.published.as_ref()) { " (" (date_in_words(date)) ")" }
            " " strong { (shown_text(&mention.stance)) } " it"
            @if let Some(hedge) = &mention.hedge { ", as " (shown_text(hedge)) }
            @if let Some(locator) = &mention.locator { ", " (bidi_text(locator)) }
            @if let Some(day) = &mention.said_on { ", said on " (date_in_words(day)) }
            "."
            @if let Some(quote) = &mention.quote {
                blockquote dir="auto" lang=[language_tag(about.and_then(|about| about.language.as_deref()))] { (shown_text(quote)) }
            }
            @if let Some(note) = &mention.note { p class="note" dir="auto" { (shown_text(note)) } }
        }
    }
}

fn render_figure(snapshot: &Snapshot, links: Links, figure: &Figure) -> Markup {
    // The words are quoted from one of the sources: their language is known only if all share it.
    let mut languages =
        figure.sources.iter().map(|key| snapshot.sources.get(key)?.language.as_deref());
    let first = languages.next().flatten();
    let language = first.filter(|_| languages.all(|other| other == first));
    html! {
        a href=(links.to("measure", &figure.measure)) { (bidi_text(&figure.counts)) } ": "
        strong { (figure_in_words(&figure.words)) }
        @if let Some(quoted) = &figure.said { " (“" bdi lang=[language_tag(language)] { (shown_text(quoted)) } "”)" }
        ", which can mean " (figure.format_bounds())
        @if figure.assumed { " (a tolerance is assumed)" }
        @if figure.as_of.is_none() { ", time not stated" }
        "."
        @if let Some(note) = &figure.note { p class="note" dir="auto" { (shown_text(note)) } }
    }
}

fn render_verdict(snapshot: &Snapshot, links: Links, verdict: &Verdict) -> Markup {
    html! {
        li class=[verdict.holds.then_some("holds")] {
            (status_badge(snapshot, &verdict.status)) " by " (source_link(snapshot, links, &verdict.assessor)) ", "
            @match &verdict.at {
                Some(at) => { time datetime=(shown_text(at)) { (shown_text(at.get(..10).unwrap_or(at))) } }
                None => { "time not stated" }
            }
            @match (verdict.holds, verdict.stale) {
                (true, true) => { " (holds now, but " strong class="stale" { "the claim changed since" } ")" }
                (true, false) => { " (holds now)" }
                (false, true) => { " (the claim changed since)" }
                (false, false) => {}
            }
            @if let Some(word) = &verdict.verdict { ", in its words “" (bidi_text(word)) "”" }
            @if let Some(credibility) = &verdict.credibility { ", credibility: " (shown_text(credibility)) }
            p dir="auto" { (shown_text(&verdict.because)) }
            @if !verdict.evidence.is_empty() {
                p class="evidence" {
                    "Evidence: "
                    @for (n, (what, key, title)) in verdict.evidence.iter().enumerate() {
                        @if n > 0 { "; " }
                        a href=(links.to(if what == "source" { "source" } else { "claim" }, key)) { (bidi_text(title)) }
                    }
                }
            }
        }
    }
}

/// Renders the links of a claim to other claims, and the conflicts of its figures.
fn render_conflicts(snapshot: &Snapshot, links: Links, claim: &Claim) -> Option<Markup> {
    // Most claims have no figure and need no search for conflicts.
    let pairs: Vec<_> = match claim.figures.is_empty() {
        true => Vec::new(),
        false => snapshot.conflicts_for_claim(&claim.key),
    };
    if claim.links.is_empty() && pairs.is_empty() {
        return None;
    }
    let other =
        |key: &str, words: &str| html! { a href=(links.to("claim", key)) { (bidi_text(words)) } };
    Some(html! {
        (heading(links, "Related claims and conflicting figures"))
        ul class="against" {
            @for link in &claim.links {
                li class=[link.conflict.then_some("conflict")] {
                    (shown_text(&link.relation)) ": " (other(&link.claim, &link.text)) " " (claim_badge(snapshot, &link.claim, &link.status))
                    @if let Some(note) = &link.note { p class="note" dir="auto" { (shown_text(note)) } }
                }
            }
            @if pairs.len() > MAX_CONFLICTS_SHOWN { li { "Its figures disagree with " (pairs.len()) " others, among them:" } }
            @for pair in pairs.into_iter().take(MAX_CONFLICTS_SHOWN) {
                @let (mine, theirs) = if pair.one.claim == claim.key { (&pair.one, &pair.other) } else { (&pair.other, &pair.one) };
                li class=[pair.is_conflict().then_some("conflict")] data-figure=(mine.figure) data-against=(theirs.figure) {
                    (shown_text(&pair.finding)) " in " a href=(links.to("measure", &pair.measure.0)) { (bidi_text(&pair.measure.1)) }
                    ": " (figure_in_words(&mine.words)) " against " a href=(links.to("claim", &theirs.claim)) { (figure_in_words(&theirs.words)) } " "
                    (claim_badge(snapshot, &theirs.claim, &theirs.status)) " (" (bidi_text(&pair.why)) ")"
                }
            }
        }
    })
}
