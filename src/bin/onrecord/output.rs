//! The output that several commands have in common: rows and details on standard output, counts and
//! suggestions on standard error.

use crate::args::Output;
use crate::pager;
use crate::terminal::{self, Colors};
use onrecord::error::{Result, count};
use onrecord::model::{DetailView, RowSink, Table};
use onrecord::ops::Tally;
use onrecord::ops::report::Answered;
use onrecord::ops::similar::{Alike, NearName, SimilarClaim};
use onrecord::render::{self, Style};
use std::io::{IsTerminal, Write, stdout};

/// Writes what people read to standard output; what is longer than a terminal goes through the user's pager.
pub fn print(colors: Colors, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match stdout().is_terminal() {
        true => pager::paged(colors, write),
        false => terminal::output(write),
    }
}

/// Writes rows to standard output.
pub fn print_rows(
    output: Output,
    style: Style,
    write_rows: impl FnOnce(&mut dyn RowSink) -> Result<()>,
) -> Result<()> {
    let (format, style) = (output.format, Style { raw_texts: output.raw, ..style });
    print(Colors::of(format), |out| write_rows(&mut *render::row_sink(format, style, out)))
}

/// Writes a table to standard output.
pub fn print_table(table: &Table, output: Output) -> Result<()> {
    print_rows(output, terminal::style(), |sink| Ok(table.send(sink)?))
}

/// Writes the details of a record to standard output.
pub fn print_detail(detail: &DetailView, output: Output) -> Result<()> {
    print(Colors::of(output.format), |out| {
        let style = Style { group_digits: true, raw_texts: output.raw, ..terminal::style() };
        Ok(render::write_detail(detail, output.format, style, out)?)
    })
}

/// Says what of the rows does not show in them: why there are none, and which may be meant too.
pub fn report_answer(answered: &Answered, conditions: usize) {
    if answered.rows == 0 && conditions > 0 {
        terminal::print_status(&match answered.unmet.as_slice() {
            [] if conditions > 1 => "no row meets all the conditions at once".to_owned(),
            [] => return,
            unmet => format!("no row meets {}", unmet.join(", nor ")),
        });
    }
    if answered.alike > 0 {
        let (rows, look) = if answered.alike == 1 { ("row", "looks") } else { ("rows", "look") };
        terminal::print_status(&format!(
            "{} {rows} {look} like another in these columns: --record shows what tells them apart",
            answered.alike,
        ));
    }
    report_possible(answered.possible, "row", "shows");
    if answered.slow {
        terminal::print_status(
            "what stands behind more than 10,000 claims was worked out anew: `onrecord refresh` keeps it",
        );
    }
}

/// Says that `check` asks for evidence of a verdict, and how to give it.
pub fn report_lack_of_evidence(claim: &str) {
    terminal::print_status(&format!(
        "`check` asks for the evidence of this verdict: onrecord assess {claim} --evidence KEY-OR-NAME"
    ));
}

/// Says how many rows or records may be meant too, and how to have them.
pub fn report_possible(number: u64, noun: &str, verb: &str) {
    if number > 0 {
        let plural = if number == 1 { "" } else { "s" };
        terminal::print_status(&format!(
            "{number} more {noun}{plural} may meet the conditions, known only within bounds: --maybe {verb} them too",
        ));
    }
}

/// Names the reports of other people that stay out, since nobody asked for them.
pub fn report_left_reports(names: &[String]) {
    if !names.is_empty() {
        let noun = count(names.len(), "report");
        let all = names.join(",");
        terminal::print_status(&format!(
            "{noun} of other people left out; with them: --with-reports {all}"
        ));
    }
}

/// Reports how many rows of each table are new, updated, there already or rejected.
pub fn report_tallies(tallies: &[Tally]) {
    if tallies.is_empty() {
        terminal::print_status("nothing to do: the documents hold no records");
    }
    for tally in tallies {
        let parts = [
            (tally.new, "new"),
            (tally.updated, "updated"),
            (tally.unchanged, "there already"),
            (tally.rejected, "rejected"),
        ];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
        terminal::print_status(&format!("{}: {}", tally.table.replace('_', " "), parts.join(", ")));
    }
}

/// Reports what probably repeats an earlier record, with the command that joins the two.
pub fn report_similar(alike: &Alike) {
    for NearName { table, new, name, others } in &alike.names {
        let joins = if *table == "sources" { "merge-sources" } else { "merge-places" };
        let [key] = others.as_slice() else {
            terminal::print_status(&format!(
                "{new} may be {} together, by its name {name:?}; if so, give each a mention of its own (`--split` does \
                 in a table)",
                others.join(" and ")
            ));
            continue;
        };
        terminal::print_status(&format!(
            "{new} may be {key}, by its name {name:?}; if so: onrecord {joins} {new} {key} --because TEXT"
        ));
    }
    for SimilarClaim { new, key, text, likeness, other_numbers, per_event, .. } in &alike.claims {
        let per_cent = likeness * 100.0;
        // What is counted in one event is compared for certain where the claims are linked as of one.
        let same_event = match per_event {
            true => "; if both are of one event, --relation same_event as well",
            false => "",
        };
        terminal::print_status(&match other_numbers {
            false => format!(
                "{new} may repeat {key} ({per_cent:.0} % alike): {text:?}; if so: onrecord merge-claims {new} {key} --because TEXT"
            ),
            true => format!(
                "{new} is like {key} ({per_cent:.0} %), with other numbers: {text:?}; if both are about one thing: \
                 onrecord add link --from {new} --relation contradicts --to {key} (or --relation updates){same_event}"
            ),
        });
    }
}
