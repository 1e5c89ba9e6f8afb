//! The built-in reports for engines that read a lake: DuckDB, Spark SQL and ClickHouse. Each is the text of the report
//! with a few rules applied to it, so that no report is written twice; `docs/scale.md` lists them. What SQLite alone
//! can work out is kept in the lake.

mod around;
mod engine;
mod kept;
mod rules;

use crate::model::sql_tree::{Node, nulls_in_order, parse, print, unary_plus, walk};
use around::{gathered_by_join, nearer_columns};
use kept::replace_kept;
use rules::{
    columns_in_a_list, counts, empty_query, first_in_order, inside_a_place, list_in_a_cell,
    name_columns, one_of_a_group, order_outside, places_inside, typed, types, unions,
};

pub use engine::Engine;
pub use kept::{KEPT_PARTS, kept_query};

/// Returns the SQL of a report for an engine. `name` is that of its file, `sql` its text for SQLite.
///
/// # Errors
/// Says which part of the text no rule covers.
pub fn rewrite(engine: Engine, name: &str, sql: &str) -> Result<String, String> {
    let mut nodes = parse(sql)?;
    for part in KEPT_PARTS.iter().filter(|part| part.report == name) {
        replace_kept(&mut nodes, part)?;
    }
    walk(&mut nodes, &mut |nodes| {
        places_inside(nodes);
        inside_a_place(nodes);
        typed(nodes);
        empty_query(nodes);
        unary_plus(nodes);
        list_in_a_cell(nodes, engine)?;
        if engine != Engine::DuckDb {
            first_in_order(nodes, engine)?;
            nearer_columns(nodes);
        }
        if engine == Engine::Spark {
            one_of_a_group(nodes);
        }
        name_columns(nodes);
        if engine == Engine::ClickHouse {
            counts(nodes);
            columns_in_a_list(nodes);
            unions(nodes);
        }
        nulls_in_order(nodes, |_| false);
        types(nodes, engine);
        Ok(())
    })?;
    if engine == Engine::ClickHouse {
        let mut joined = 0;
        walk(&mut nodes, &mut |nodes| {
            gathered_by_join(nodes, &mut joined);
            Ok(())
        })?;
        order_outside(&mut nodes);
    }
    if engine == Engine::Spark {
        walk(&mut nodes, &mut |nodes| {
            for node in nodes {
                if let Node::Leaf { text, .. } = node
                    && text.starts_with('"')
                {
                    *text = text.replace('"', "`");
                }
            }
            Ok(())
        })?;
    }
    Ok(print(&nodes).trim().to_owned() + "\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::builtin;
    use super::{Engine, KEPT_PARTS, kept_query, rewrite};

    fn file_name(report: &str) -> String {
        report.replace('-', "_")
    }

    #[test]
    fn every_report_is_rewritten_for_every_engine() {
        for report in builtin() {
            for (folder, engine) in Engine::ALL {
                let sql = rewrite(engine, &file_name(&report.name), &report.sql).unwrap();
                // What no other engine knows, or means something else by.
                for word in ["group_concat", "RECURSIVE", "PRECISION", "+v.", "typed", "1 = 0"] {
                    assert!(!sql.contains(word), "{folder}, {}: {word}\n{sql}", report.name);
                }
                let opened = sql.matches('(').count();
                assert_eq!(opened, sql.matches(')').count(), "{folder}, {}", report.name);
            }
        }
    }

    #[test]
    fn every_kept_part_is_found_in_its_report() {
        for part in KEPT_PARTS {
            let named = |name: &str| file_name(name) == part.report;
            let report = builtin().into_iter().find(|report| named(&report.name)).unwrap();
            let query = kept_query(part, &report.sql).unwrap();
            assert!(query.starts_with("SELECT "), "{query}");
            // A report that was changed there is refused, and not left as it is.
            let other =
                report.sql.replace("SELECT", "SELECT DISTINCT").replace("coalesce(", "max(");
            assert!(kept_query(part, &other).is_err(), "{}", part.table);
            assert!(rewrite(Engine::DuckDb, part.report, &other).is_err(), "{}", part.table);
        }
    }

    #[test]
    fn a_list_that_would_lose_its_order_is_refused() {
        let list = "SELECT (SELECT group_concat(w, ', ') FROM (SELECT DISTINCT x.w FROM x ORDER BY x.k) AS l) AS ws FROM y";
        let why = rewrite(Engine::Spark, "mine", list).unwrap_err();
        assert!(why.contains("is ordered by what it does not select"), "{why}");
        let list = list.replace("DISTINCT ", "");
        let sql = rewrite(Engine::Spark, "mine", &list).unwrap();
        assert!(sql.contains("listagg(w, ', ') WITHIN GROUP (ORDER BY key_1)"), "{sql}");
    }
}
