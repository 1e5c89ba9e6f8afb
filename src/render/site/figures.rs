//! Figures as bars from their lower to their upper bound, each with its words and caveats.

use super::components::{Links, bidi_text, claim_badge, figure_in_words, shown_text, source_link};
use crate::model::publication::{Figure, Measure, Snapshot, format_number};
use maud::{Markup, html};

/// The largest number of conflicts listed with a figure.
const MAX_CONFLICTS_SHOWN: usize = 4;

/// The values at the left and the right end of a bar's background.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    least: f64,
    most: f64,
}

impl Scale {
    /// Builds the scale of some figures: from zero, unless they are so close together that their
    /// differences would be invisible.
    pub(super) fn of<'a>(figures: impl Iterator<Item = &'a Figure>) -> Option<Scale> {
        let ends: Vec<f64> = figures.flat_map(|f| [f.lower, f.upper]).flatten().collect();
        let least = ends.iter().copied().reduce(f64::min)?;
        let most = ends.iter().copied().reduce(f64::max)?;
        let close = least > 0.0 && most > least && least > most * 0.5;
        // No scale if the distance between the numbers overflows.
        if !(most - least).is_finite() || !(most * 1.1).is_finite() {
            return None;
        }
        let margin = if most > least { (most - least) * 0.08 } else { most.abs() * 0.08 };
        let least = if close { least - margin } else { least.min(0.0) };
        Some(Scale { least, most: if most + margin > least { most + margin } else { least + 1.0 } })
    }

    fn at(self, value: f64) -> f64 {
        ((value - self.least) / (self.most - self.least) * 1000.0).clamp(0.0, 1000.0)
    }
}

/// Renders the bar of a figure, which repeats its words; an open end fades towards the edge.
pub(super) fn render_bar(figure: &Figure, scale: Option<Scale>) -> Markup {
    let Some(scale) = scale else { return html! {} };
    let (lower, upper) = (figure.lower.map(|v| scale.at(v)), figure.upper.map(|v| scale.at(v)));
    if lower.is_none() && upper.is_none() {
        return html! {};
    }
    let (left, right) = (lower.unwrap_or(0.0), upper.unwrap_or(1000.0));
    let left = left.min(994.0);
    let width = (right - left).max(6.0);
    let class = match (lower, upper) {
        (Some(_), Some(_)) if figure.assumed => "range assumed",
        (Some(_), Some(_)) => "range",
        _ => "range open",
    };
    html! {
        svg class="bar" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
            rect class=(class) x=(format!("{left:.1}")) y="1" width=(format!("{width:.1}")) height="12" {}
        }
    }
}

/// Renders a measure: its figures by unit, each unit on its own scale, with their conflicts.
pub(super) fn render_measure(
    snapshot: &Snapshot,
    links: Links,
    measure: &Measure,
    figures: &[Figure],
) -> Markup {
    let mut units: Vec<Option<&str>> = Vec::new();
    for figure in figures {
        if !units.contains(&figure.unit.as_deref()) {
            units.push(figure.unit.as_deref());
        }
    }
    html! {
        p class="caveats" {
            (shown_text(&measure.growth))
            @if let Some(scope) = &measure.scope { " · " (bidi_text(scope)) }
        }
        @for unit in units {
            @let some: Vec<&Figure> = figures.iter().filter(|figure| figure.unit.as_deref() == unit).collect();
            @let scale = Scale::of(some.iter().copied());
            @if let Some(scale) = scale {
                p class="caveats" {
                    "Bars run from " (format_number(round_end(scale.least))) " to " (format_number(round_end(scale.most)))
                    @if let Some(unit) = unit { " " (bidi_text(unit)) } "."
                }
            }
            ul class="bars" { @for figure in some { (render_figure(snapshot, links, figure, scale)) } }
        }
    }
}

fn render_figure(
    snapshot: &Snapshot,
    links: Links,
    figure: &Figure,
    scale: Option<Scale>,
) -> Markup {
    let pairs = snapshot.conflicts_for_figure(&figure.key);
    html! {
        li class=[pairs.iter().any(|pair| pair.is_conflict()).then_some("conflict")] data-figure=(figure.key) {
            a href=(links.to("claim", &figure.claim)) { strong { (figure_in_words(&figure.words)) } }
            " " (claim_badge(snapshot, &figure.claim, &figure.status)) " "
            @for (n, key) in figure.sources.iter().enumerate() { @if n > 0 { ", " } (source_link(snapshot, links, key)) }
            @if figure.as_of.is_none() { " · time not stated" }
            (render_bar(figure, scale))
            p class="caveats" {
                "can mean " (figure.format_bounds())
                @if figure.assumed { ", with an assumed tolerance" }
                @if pairs.len() > MAX_CONFLICTS_SHOWN { " · disagrees with " (pairs.len()) " others, among them" }
                @for pair in pairs.iter().take(MAX_CONFLICTS_SHOWN) {
                    @let other = if pair.one.figure == figure.key { &pair.other } else { &pair.one };
                    " · " span data-against=(other.figure) {
                        strong { (shown_text(&pair.finding)) } " with " a href=(links.to("claim", &other.claim)) { (figure_in_words(&other.words)) }
                    }
                }
            }
        }
    }
}

/// Rounds the end of a scale for display.
fn round_end(value: f64) -> f64 {
    if value.abs() >= 100.0 { value.round() } else { (value * 100.0).round() / 100.0 }
}
