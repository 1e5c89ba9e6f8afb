//! Figures as bars from the least to the most that they can mean, each with its words and caveats.

use super::components::{Links, badge, figure_words, shown, source, text};
use crate::model::publication::{Figure, Measure, Snapshot, format_number};
use maud::{Markup, html};

/// Figures that a figure disagrees with, shown at most.
const PAIRS: usize = 4;

/// What the left and the right end of a bar's ground stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    least: f64,
    most: f64,
}

impl Scale {
    /// From zero, unless all figures are so close together that their differences would not show.
    pub(super) fn of<'a>(figures: impl Iterator<Item = &'a Figure>) -> Option<Scale> {
        let ends: Vec<f64> = figures.flat_map(|f| [f.lower, f.upper]).flatten().collect();
        let least = ends.iter().copied().reduce(f64::min)?;
        let most = ends.iter().copied().reduce(f64::max)?;
        let close = least > 0.0 && most > least && least > most * 0.5;
        // Numbers that are further apart than a number can say have no scale.
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

/// The bar of a figure; an open end runs to the edge and fades. The words beside it say the same.
pub(super) fn bar(figure: &Figure, scale: Option<Scale>) -> Markup {
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

/// One measure: its figures by unit, each unit on a scale of its own, with what disagrees.
pub(super) fn measure(
    book: &Snapshot,
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
            (shown(&measure.growth))
            @if let Some(scope) = &measure.scope { " · " (text(scope)) }
        }
        @for unit in units {
            @let some: Vec<&Figure> = figures.iter().filter(|figure| figure.unit.as_deref() == unit).collect();
            @let scale = Scale::of(some.iter().copied());
            @if let Some(scale) = scale {
                p class="caveats" {
                    "Bars run from " (format_number(round(scale.least))) " to " (format_number(round(scale.most)))
                    @if let Some(unit) = unit { " " (text(unit)) } "."
                }
            }
            ul class="bars" { @for figure in some { (row(book, links, figure, scale)) } }
        }
    }
}

fn row(book: &Snapshot, links: Links, figure: &Figure, scale: Option<Scale>) -> Markup {
    let pairs = book.conflicts_for_figure(&figure.key);
    html! {
        li class=[(!pairs.is_empty()).then_some("conflict")] {
            a href=(links.to("claim", &figure.claim)) { strong { (figure_words(&figure.words)) } }
            " " (badge(book, &figure.status)) " "
            @for (n, key) in figure.sources.iter().enumerate() { @if n > 0 { ", " } (source(book, links, key)) }
            @if figure.as_of.is_none() { " · for no stated time" }
            (bar(figure, scale))
            p class="caveats" {
                "can mean " (figure.format_bounds())
                @if figure.assumed { ", with an assumed tolerance" }
                @if pairs.len() > PAIRS { " · disagrees with " (pairs.len()) " others, among them" }
                @for pair in pairs.iter().take(PAIRS) {
                    @let other = if pair.one.figure == figure.key { &pair.other } else { &pair.one };
                    " · " strong { (shown(&pair.finding)) } " with " a href=(links.to("claim", &other.claim)) { (figure_words(&other.words)) }
                }
            }
        }
    }
}

/// The ends of a scale without the noise of a margin.
fn round(value: f64) -> f64 {
    if value.abs() >= 100.0 { value.round() } else { (value * 100.0).round() / 100.0 }
}
