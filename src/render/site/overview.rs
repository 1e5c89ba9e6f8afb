//! The overview at the top of the first page: totals, statuses, doubtful claims, disagreements,
//! places and speakers.

use super::components::{
    Links, bidi_text, claim_badge, code_slug, count_noun, figure_in_words, shown_text, source_link,
    status_badge, truncate,
};
use super::index::ClaimIndex;
use crate::model::publication::{ConflictSide, Snapshot, Source, format_number};
use maud::{Markup, html};

/// The statuses listed first: nobody has verified these claims, or somebody contests them.
const DOUBTFUL_STATUSES: [&str; 6] =
    ["unverified", "refuted", "misleading", "retracted", "disputed", "unassessed"];

/// Renders the overview, with at most `max_lines` in each list.
pub(super) fn render_overview(
    snapshot: &Snapshot,
    links: Links,
    index: &ClaimIndex,
    max_lines: usize,
) -> Markup {
    let title = snapshot.title.as_deref().unwrap_or("Claims on record");
    let mentions = |key: &String| {
        index.by_source.contains_key(key) || index.by_contesting_source.contains_key(key)
    };
    let documents = snapshot.sources.all.iter().filter(|source| !source.party);
    let documents = documents.filter(|source| mentions(&source.key)).count() as u64;
    html! {
        h1 { (bidi_text(title)) }
        p class="lead" {
            strong { (count_noun(snapshot.claims, "claim")) } " from " strong { (count_noun(documents, "document")) }
            ", going back to " strong { (count_noun(index.count_origins(), "independent origin")) } ". "
            (count_noun(index.count_with_several_origins(), "claim")) @if index.count_with_several_origins() == 1 { " has" } @else { " have" }
            " more than one origin."
            @if let Some(at) = &snapshot.as_of { " Verdicts up to " time { (shown_text(at.get(..10).unwrap_or(at))) } "." }
        }
        section aria-labelledby="glance" {
            h2 id="glance" { "At a glance" }
            div class="columns" {
                div {
                    h3 { "How well claims are supported" }
                    (render_statuses(snapshot, links))
                }
                div {
                    h3 { "Unverified, doubtful or not assessed" }
                    (render_doubtful(snapshot, links, index, max_lines))
                }
                div {
                    h3 { "Which figures disagree" }
                    (render_conflicts(snapshot, links, index, max_lines))
                }
                div {
                    h3 { "Where" }
                    (render_places(snapshot, links, max_lines))
                    h3 { "Who says it" }
                    (render_speakers(snapshot, links, max_lines))
                }
            }
        }
    }
}

fn render_statuses(snapshot: &Snapshot, links: Links) -> Markup {
    let largest = snapshot.statuses.iter().map(|(_, claims)| *claims).max().unwrap_or(0).max(1);
    html! {
        table class="counts" {
            thead { tr { th scope="col" { "Status" } th scope="col" { "Claims" } th scope="col" class="wide" { span class="hidden" { "Share" } } } }
            tbody {
                @for (word, claims) in snapshot.statuses.iter().filter(|(_, claims)| *claims > 0) {
                    tr {
                        th scope="row" {
                            a href=(filter_address(links, "status", &word.code)) title=(shown_text(&word.definition)) { (shown_text(&word.label)) }
                        }
                        td class="number" { (format_number(*claims as f64)) }
                        td {
                            svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
                                rect class={ "s-" (code_slug(&word.code)) } x="0" y="1" height="12" width=(((*claims * 1000) / largest).max(6)) {}
                            }
                        }
                    }
                }
            }
        }
        details {
            summary { "What the words mean" }
            dl { @for (word, _) in &snapshot.statuses { dt { (status_badge(snapshot, &word.code)) } dd { (shown_text(&word.definition)) } } }
        }
    }
}

/// Returns the address of the list of claims with a status or at a place.
pub(super) fn filter_address(links: Links, field: &str, value: &str) -> String {
    match links {
        Links::Page => format!("#{field}={}", percent_encode(value)),
        Links::Site(root) if field == "status" => format!("{root}status/{}.html", code_slug(value)),
        Links::Site(_) => links.to(field, value),
    }
}

/// Percent-encodes a value in an address.
fn percent_encode(value: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let one =
        |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(one).collect()
}

fn render_doubtful(
    snapshot: &Snapshot,
    links: Links,
    index: &ClaimIndex,
    max_lines: usize,
) -> Markup {
    let groups: Vec<(&str, &Vec<usize>)> = DOUBTFUL_STATUSES
        .into_iter()
        .filter_map(|status| Some((status, index.by_status.get(status)?)))
        .collect();
    let all: Vec<usize> = groups.iter().flat_map(|(_, claims)| claims.iter()).copied().collect();
    html! {
        @if all.is_empty() { p { "None." } }
        (index.render_list(snapshot, links, &all[..all.len().min(max_lines)]))
        @if all.len() > max_lines {
            p { "All of them: " @for (n, (status, claims)) in groups.iter().enumerate() {
                @if n > 0 { ", " }
                a href=(filter_address(links, "status", status)) { (shown_text(snapshot.status_label(status))) } " (" (claims.len()) ")"
            } }
        }
    }
}

/// Renders one side of a conflict: the figure, its status and its first source.
fn render_side(snapshot: &Snapshot, links: Links, side: &ConflictSide) -> Markup {
    let mut sources = side.sources.split(", ");
    let first = sources.next().map(|key| truncate(snapshot.source_title(key), 42));
    let more = sources.count();
    html! {
        a href=(links.to("claim", &side.claim)) { (figure_in_words(&side.words)) } " (" (claim_badge(snapshot, &side.claim, &side.status))
        @if let Some(first) = first { "; " (bidi_text(&first)) }
        @if more > 0 { " and " (more) " more" }
        ")"
    }
}

fn render_conflicts(
    snapshot: &Snapshot,
    links: Links,
    index: &ClaimIndex,
    max_lines: usize,
) -> Markup {
    // Linked claims that conflict, unless a conflict of their figures is in the list above.
    let listed = &snapshot.conflicts[..snapshot.conflicts.len().min(max_lines)];
    let known = |a: &str, b: &str| {
        listed.iter().filter(|pair| pair.is_conflict()).any(|pair| {
            let sides = [&*pair.one.claim, &*pair.other.claim];
            sides == [a, b] || sides == [b, a]
        })
    };
    let linked = index.conflicting.iter().filter(|(one, _, other)| !known(&one.key, &other.key));
    html! {
        @if snapshot.conflicts.is_empty() && index.conflicting.is_empty() { p { "No comparable figures or claims disagree." } }
        ul class="against" {
            @for pair in listed {
                li class=[pair.is_conflict().then_some("conflict")] data-figure=(pair.one.figure) data-against=(pair.other.figure) {
                    strong { (shown_text(&pair.finding)) } ", " a href=(links.to("measure", &pair.measure.0)) { (bidi_text(&pair.measure.1)) } ": "
                    (render_side(snapshot, links, &pair.one)) " against " (render_side(snapshot, links, &pair.other))
                    @if let Some(gap) = pair.gap { ", apart by a factor of at least " (format_number((gap * 100.0).round() / 100.0)) }
                    "; " (bidi_text(&pair.why)) "."
                }
            }
        }
        @if snapshot.conflicts.len() > max_lines { p { "… and " (snapshot.conflicts.len() - max_lines) " more, at their measures." } }
        @if linked.clone().next().is_some() {
            h4 { "Claims that contradict each other" }
            ul class="against" {
                @for (one, relation, other) in linked.take(max_lines) {
                    li {
                        (claim_badge(snapshot, &one.key, &one.status)) " " a href=(links.to("claim", &one.key)) { (bidi_text(&truncate(&one.text, 120))) }
                        " " em { (shown_text(relation)) } " "
                        (claim_badge(snapshot, &other.key, &other.status)) " " a href=(links.to("claim", &other.key)) { (bidi_text(&truncate(&other.text, 120))) }
                    }
                }
            }
        }
    }
}

fn render_places(snapshot: &Snapshot, links: Links, max_lines: usize) -> Markup {
    let mut all: Vec<_> = snapshot.places.all.iter().filter(|place| place.claims > 0).collect();
    all.sort_by_key(|place| std::cmp::Reverse(place.claims));
    html! {
        ul { @for place in all.into_iter().take(max_lines) {
            li { a href=(links.to("place", &place.key)) { (bidi_text(&place.name)) } " " (count_noun(place.claims, "claim")) }
        } }
    }
}

/// Returns the number of claims that a source states.
pub(super) fn count_stated(source: &Source) -> u64 {
    source.record.iter().map(|(_, claims)| claims).sum()
}

fn render_speakers(snapshot: &Snapshot, links: Links, max_lines: usize) -> Markup {
    let mut all: Vec<_> =
        snapshot.sources.all.iter().filter(|s| s.party && count_stated(s) > 0).collect();
    all.sort_by_key(|source| std::cmp::Reverse(count_stated(source)));
    html! {
        ul { @for one in all.into_iter().take(max_lines) {
            li { (source_link(snapshot, links, &one.key)) " " (count_noun(count_stated(one), "claim")) }
        } }
    }
}
