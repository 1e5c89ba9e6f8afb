//! Charts: marks at the stated values, as wide as the terminal, each with its caveats. Also the
//! alignment of tables with wide and right-to-left scripts.

use crate::common::{Sandbox, golden, has_terminal, run};
use unicode_width::UnicodeWidthChar;

/// Text in every kind of script, ends that are open and values that are not stated.
const WIDE: &str = "-- title: ولایت‌ها 東京 & <b>
-- question: Does it line up?
-- chart: intervals low high by place with said status
SELECT 'ولایت غزنی' AS place, 1 AS low, 5 AS high, 'پنج نفر' AS said, 'reported' AS status
UNION ALL SELECT '東京都庁', 2, NULL, '二人以上', 'refuted'
UNION ALL SELECT 'Cafe' || char(769) || ' <script>alert(1)</script>', NULL, 3, NULL, 'reported'
UNION ALL SELECT 'مقر', NULL, NULL, 'نامعلوم', NULL
UNION ALL SELECT 'below' || char(27) || char(65535), -3, -3, '\"x\" & y', 'reported'";

/// The cells of a line in a terminal, which counts letter by letter.
fn cells(line: &str) -> usize {
    line.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The column at which a part of a line begins, in cells.
#[track_caller]
fn begins(line: &str, part: &str) -> usize {
    cells(&line[..line.find(part).unwrap_or_else(|| panic!("{part:?} is not in {line:?}"))])
}

fn own(name: &str, sql: &str) -> Sandbox {
    let sandbox = Sandbox::seeded();
    sandbox.write("own.sql", sql);
    let _ = sandbox.run(&["report", "add", name, "own.sql"]).done();
    sandbox
}

fn wide_as(sandbox: &Sandbox, width: &str, args: &[&str]) -> String {
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    run(command.env("COLUMNS", width).args(args)).done()
}

#[test]
fn every_declared_chart_is_drawn() {
    let sandbox = Sandbox::seeded();
    let mut all = String::new();
    for header in onrecord::shipped::reports() {
        if header.chart.is_none() {
            continue;
        }
        let out = sandbox.run(&["report", &header.name, "--chart", "--limit", "8"]).done();
        all.push_str(&format!("== {}\n{out}\n", header.name));
    }
    let svg = sandbox.run(&["report", "status", "--format", "svg"]).done();
    golden("charts.txt", &(all + "== svg\n" + &svg));
}

#[test]
fn bars_are_as_long_as_their_numbers() {
    let sandbox = own(
        "bars",
        "-- chart: bars n by name
         SELECT 'all' AS name, 800 AS n UNION ALL SELECT 'half', 400.0 UNION ALL SELECT 'hair', 0.01
         UNION ALL SELECT 'none', 0 UNION ALL SELECT 'unknown', NULL UNION ALL SELECT 'words', 'many'
         UNION ALL SELECT 'endless', 9e999",
    );
    let out = sandbox.run(&["report", "bars", "--chart"]).done();
    let line = |name: &str| out.lines().find(|line| line.starts_with(name)).unwrap();
    let bar = |name: &str| line(name).chars().filter(|c| ('▁'..='▏').contains(c)).count();
    assert_eq!(bar("all").div_ceil(2), bar("half"), "{out}");
    assert_eq!(bar("hair"), 1, "what is not zero has a bar\n{out}");
    assert_eq!([bar("none"), bar("unknown"), bar("words"), bar("endless")], [0; 4], "{out}");
    assert!(line("none").ends_with("  0"), "{out}");
    assert!(line("unknown").ends_with("  not stated"), "{out}");
    assert!(line("words").ends_with("  many"), "{out}");
    assert!(out.lines().all(|line| cells(line) <= 80), "{out}");
    assert_eq!(cells(line("all")), 73, "as wide as can be, beside the longest words\n{out}");
    let svg = sandbox.run(&["report", "bars", "--format", "svg"]).done();
    assert_eq!(svg.matches("<rect class=\"bar\"").count(), 3, "{svg}");
}

#[test]
fn bars_below_zero_end_at_zero() {
    let sandbox = own(
        "bars",
        "-- chart: bars n by name\nSELECT 'a' AS name, 5 AS n UNION ALL SELECT 'b', -5",
    );
    let out = sandbox.run(&["report", "bars", "--chart"]).done();
    let bar = |line: &str| {
        let from = begins(line, "█");
        (from, from + line.matches('█').count())
    };
    let [a, b] = [out.lines().nth(3).unwrap(), out.lines().nth(4).unwrap()].map(bar);
    assert_eq!(b.1, a.0, "{out}");
    assert_eq!(a.1 - a.0, b.1 - b.0, "{out}");
}

#[test]
fn rows_are_counted_before_they_are_limited() {
    let sandbox = Sandbox::seeded();
    let out = sandbox.run(&["report", "gaps", "--chart", "--limit", "1"]).done();
    let counted = sandbox.ask("select count(*) from report_gaps where gap = 'no date'");
    let bars: Vec<&str> = out.lines().filter(|line| line.contains('█')).collect();
    assert_eq!(bars.len(), 1, "{out}");
    assert!(bars[0].starts_with("no date") && bars[0].ends_with(&format!("  {counted}")), "{out}");
    let out = sandbox.run(&["report", "gaps", "--chart", "--where", "kind=source"]).done();
    assert!(!out.contains("no date") && out.contains("no captured copy"), "{out}");
}

#[test]
fn open_ends_are_arrows_and_the_unknown_is_not_drawn() {
    let sandbox = own("wide", WIDE);
    let out = sandbox.run(&["report", "wide", "--chart"]).done();
    let line = |word: &str| out.lines().find(|line| line.contains(word)).unwrap();
    assert!(line("غزنی").contains('├') && line("غزنی").contains('┤'), "{out}");
    assert!(line("東京都庁").contains("─►  at least 2; 二人以上, refuted"), "{out}");
    assert!(line("at most 3").contains('◄') && !line("at most 3").contains('►'), "{out}");
    assert!(line("below").contains("•"), "{out}");
    let unknown = line("مقر");
    assert!(!unknown.contains(['├', '─', '•', '0']), "{out}");
    assert!(unknown.contains("not stated; "), "{out}");
    // The scale: its least is under the point at -3, its most under the end at 5.
    let scale = out.lines().last().unwrap();
    assert_eq!(begins(scale, "-3"), begins(line("below"), "•"), "{out}");
    assert_eq!(cells(scale), begins(line("غزنی"), "┤") + 1, "{out}");
}

#[test]
fn spans_lie_where_their_days_are() {
    let sandbox = own(
        "days",
        "-- chart: spans a b by name
         SELECT 'year' AS name, '2021-01-01' AS a, '2021-12-31' AS b
         UNION ALL SELECT 'mid', '2021-07-02', '2021-07-02'
         UNION ALL SELECT 'since', '2021-07-02', NULL
         UNION ALL SELECT 'moment', '2021-07-02T10:00:00Z', '2021-07-02T10:00:00Z'
         UNION ALL SELECT 'vague', 'spring', 'summer' UNION ALL SELECT 'never', NULL, NULL",
    );
    let out = sandbox.run(&["report", "days", "--chart"]).done();
    let line = |word: &str| out.lines().find(|line| line.starts_with(word)).unwrap();
    let (from, to) = (begins(line("year"), "├"), begins(line("year"), "┤"));
    let mid = begins(line("mid"), "•");
    assert!(mid.abs_diff(usize::midpoint(from, to)) <= 1, "{out}");
    assert_eq!(begins(line("since"), "├"), mid, "{out}");
    assert_eq!(begins(line("moment"), "•"), mid, "{out}");
    assert!(line("since").contains("►  from 2021-07-02"), "{out}");
    assert!(line("vague").ends_with("  spring to summer") && !line("vague").contains('─'), "{out}");
    assert!(line("never").ends_with("  not stated"), "{out}");
    let scale = out.lines().last().unwrap();
    assert!(scale.contains("2021-01-01 ─") && scale.ends_with("─ 2021-12-31"), "{out}");
}

#[test]
fn each_unit_has_its_own_axis() {
    let sandbox = own(
        "units",
        "-- chart: intervals a b by name per unit
         SELECT 'road' AS name, 700 AS a, 900 AS b, 'm' AS unit UNION ALL SELECT 'people', 5, 5, NULL
         UNION ALL SELECT 'bridge', 100, 200, 'm'",
    );
    let out = sandbox.run(&["report", "units", "--chart"]).done();
    let lines: Vec<&str> = out.lines().skip(3).collect();
    assert_eq!(lines[0], "m", "{out}");
    assert!(lines[1].starts_with("road") && lines[2].starts_with("bridge"), "{out}");
    assert!(lines[3].trim().starts_with("100 ─") && lines[3].ends_with(" 900"), "{out}");
    assert!(lines[5].starts_with("people"), "one alone has no scale\n{out}");
}

#[test]
fn a_chart_is_as_wide_as_its_terminal() {
    let sandbox = own("wide", WIDE);
    for name in ["status", "places", "timeline", "figures", "figure-timeline", "sources", "wide"] {
        for width in [40, 60, 80, 133] {
            let out = wide_as(&sandbox, &width.to_string(), &["report", name, "--chart"]);
            let widest = out.lines().map(cells).max().unwrap();
            assert!(widest <= width, "{name} in {width} takes {widest}:\n{out}");
            assert!(name != "timeline" || widest > width * 4 / 5, "{name}:\n{out}");
            assert!(!out.contains('\u{1b}'), "{out}");
        }
    }
    for width in ["1", "9", "70000"] {
        let _ = wide_as(&sandbox, width, &["report", "status", "--chart"]);
    }
    let piped = sandbox.run(&["report", "timeline", "--chart"]).done();
    assert_eq!(piped, wide_as(&sandbox, "80", &["report", "timeline", "--chart"]));
    if has_terminal(&sandbox) {
        let typed = "stty rows 24 cols 60; onrecord --no-pager report timeline --chart";
        let shown = run(sandbox.command("script").args(["-qec", typed, "/dev/null"])).done();
        let shown = shown.replace('\r', "");
        assert_eq!(shown, wide_as(&sandbox, "60", &["report", "timeline", "--chart"]));
    }
}

/// A bar misleads without its certainty; both drawings label each mark with the same caveats.
#[test]
fn every_mark_carries_its_caveats() {
    let sandbox = own(
        "mine",
        "-- chart: bars n by claim\nSELECT claim, origins AS n, status, origins FROM report_claims ORDER BY claim LIMIT 5",
    );
    for (name, words) in [
        ("timeline", vec!["happened", "status", "origins"]),
        ("figures", vec!["status", "origins"]),
        ("figure-timeline", vec!["number", "status", "origins"]),
        ("corroboration", vec!["verdict", "status"]),
        ("mine", vec!["status", "origins"]),
    ] {
        let columns = words.join(",");
        let rows = sandbox.run(&["report", name, "--columns", &columns, "--format", "json"]).done();
        let rows: Vec<serde_json::Value> = serde_json::from_str(&rows).unwrap();
        // Wide enough that no label is wrapped.
        let drawn = wide_as(&sandbox, "500", &["report", name, "--chart"]);
        let svg = sandbox.run(&["report", name, "--format", "svg"]).done();
        assert!(rows.len() >= 5, "{name}");
        for row in rows {
            let said = words.iter().map(|word| match &row[*word] {
                serde_json::Value::Number(one) if one.as_i64() == Some(1) => "1 origin".to_owned(),
                serde_json::Value::Number(number) => format!("{number} origins"),
                value => value.as_str().unwrap().to_owned(),
            });
            let said: Vec<String> = said.collect();
            let together = |text: &str| {
                text.lines().any(|line| said.iter().all(|word| line.contains(word.as_str())))
            };
            assert!(together(&drawn), "{name} leaves out {said:?}:\n{drawn}");
            assert!(together(&svg), "{name}.svg leaves out {said:?}:\n{svg}");
        }
    }
    let figures = wide_as(&sandbox, "500", &["report", "figures", "--chart"]);
    assert!(
        figures.contains("31.5 to 38.5; environ 35, about, a tolerance is assumed, "),
        "{figures}"
    );
    assert!(
        figures.contains("not stated; des mois, unquantified, as of: not stated, "),
        "{figures}"
    );
}

#[test]
fn an_svg_is_well_formed_and_escapes_every_text() {
    let sandbox = own("wide", WIDE);
    for name in ["wide", "status", "timeline", "figures", "gaps"] {
        let svg = sandbox.run(&["report", name, "--format", "svg"]).done();
        sandbox.write("chart.svg", &svg);
        let check = "import xml.dom.minidom, sys; d = xml.dom.minidom.parse('chart.svg').documentElement
print(d.tagName, d.getAttribute('role'), *sorted({e.tagName for e in d.getElementsByTagName('*')}))";
        let found = run(sandbox.command("python3").args(["-c", check])).done();
        assert!(found.starts_with("svg img "), "{found}");
        let allowed = ["circle", "desc", "path", "rect", "style", "text", "title"];
        for tag in found.split_whitespace().skip(2) {
            assert!(allowed.contains(&tag), "{name} has a {tag}");
        }
        assert_eq!(svg.matches("http").count(), 1, "only the name of the format: {svg}");
        assert!(svg.contains("prefers-color-scheme: dark"));
        assert!(!svg.contains(['\u{1b}', '\u{ffff}']));
    }
    let svg = sandbox.run(&["report", "wide", "--format", "svg"]).done();
    assert!(svg.contains("<title>ولایت‌ها 東京 &amp; &lt;b&gt;</title>"), "{svg}");
    assert!(svg.contains("direction=\"rtl\" text-anchor=\"end\">مقر</text>"), "{svg}");
    assert!(svg.contains(">東京都庁</text>") && !svg.contains("end\">東京都庁"), "{svg}");
    // Two closed or open at one end, and one point; nothing for what is not stated.
    assert_eq!(svg.matches("<path class=\"mark\"").count(), 3, "{svg}");
    assert_eq!(svg.matches("<circle").count(), 1, "{svg}");
}

#[test]
fn chart_options_that_do_not_go_together_are_refused() {
    let sandbox = Sandbox::seeded();
    for args in [
        &["status", "--chart", "--format", "csv"][..],
        &["status", "--chart", "--format", "json"],
        &["status", "--chart", "--columns", "claims"],
        &["status", "--chart", "--sql"],
        &["status", "--format", "svg", "--columns", "claims"],
        &["status", "--format", "svg", "--sql"],
        &["--format", "svg"],
        &["--chart"],
    ] {
        let args: Vec<&str> = ["report"].iter().chain(args).copied().collect();
        let wrong = sandbox.run(&args);
        assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{args:?}: {}", wrong.err);
    }
    assert_eq!(sandbox.run(&["sql", "select 1", "--format", "svg"]).code, 2);
    let svg = sandbox.run(&["report", "status", "--chart", "--format", "SVG"]).done();
    assert!(svg.starts_with("<svg "), "{svg}");
}

#[test]
fn a_report_without_a_chart_names_those_that_have_one() {
    let sandbox = own("mine", "-- chart: bars a by b\nSELECT 1 AS a, 'x' AS b");
    for args in [&["--chart"][..], &["--format", "svg"]] {
        for name in ["claims", "tie-outs"] {
            let args: Vec<&str> = ["report", name].iter().chain(args).copied().collect();
            let said = sandbox.run(&args).failed();
            assert!(said.contains(&format!("report {name} has no chart")), "{said}");
            assert!(
                said.contains("hint: reports with a chart: ") && said.contains("mine"),
                "{said}"
            );
        }
    }
    assert!(sandbox.run(&["report", "clams", "--chart"]).failed().contains("no report"));
    let said = sandbox.run(&["report", "status", "--chart", "--where", "nothing=1"]).failed();
    assert!(said.contains("column"), "{said}");
    let none = sandbox.run(&["report", "status", "--chart", "--where", "claims>999"]).done();
    assert!(none.ends_with("\n\nno rows\n"), "{none}");
}

#[test]
fn a_chart_of_columns_that_are_not_there_is_refused() {
    let sandbox = own("mine", "-- chart: bars a by b\nSELECT 1 AS a, 'x' AS b");
    for (chart, why) in [
        ("bars claims by b", "the report has no column claims; it has a, b"),
        ("bars a by b per c with d", "the report has no column c, d; it has a, b"),
        ("pie a by b", "\"pie a by b\" is not a chart"),
    ] {
        sandbox.write("bad.sql", format!("-- chart: {chart}\nSELECT 1 AS a, 'x' AS b"));
        let said = sandbox.run(&["report", "add", "bad", "bad.sql"]).failed();
        assert!(said.contains(why) && said.contains("bars NUMBER by LABEL"), "{said}");
        assert!(
            sandbox.run(&["report", "bad"]).failed().contains("no report"),
            "nothing is stored"
        );
        // A chart that was declared in another tool.
        sandbox
            .other_tool()
            .execute("UPDATE reports SET chart = ?1 WHERE name = 'mine'", [chart])
            .unwrap();
        let said = sandbox.run(&["report", "mine", "--chart"]).failed();
        assert!(said.contains(why) && said.contains("cannot draw report mine"), "{said}");
    }
    let mended = "UPDATE reports SET chart = 'bars count by b' WHERE name = 'mine'";
    sandbox.other_tool().execute_batch(mended).unwrap();
    assert!(sandbox.run(&["report", "mine", "--chart"]).done().contains('█'));
}

#[test]
fn tables_of_any_script_line_up() {
    let sandbox = own("wide", WIDE);
    let args = ["report", "wide", "--columns", "place,high,status"];
    let out = sandbox.run(&args).done();
    let lines: Vec<&str> = out.lines().collect();
    let at = begins(lines[0], "status");
    for (line, status) in lines[2..].iter().zip(["reported", "refuted", "reported", "not stated"]) {
        let found = cells(&line[..line.rfind(status).unwrap()]);
        assert_eq!(found, at, "{out}");
    }
    // A number after right-to-left text would be shown on its other side.
    assert!(lines[2].starts_with("\u{200e}ولایت غزنی\u{200e}  "), "{out}");
    assert!(!sandbox.run(&["report", "wide", "--format", "csv"]).done().contains('\u{200e}'));
    // Texts that are too wide are wrapped in their columns, by cells, also in scripts without spaces.
    let long = "select replace(printf('%012d', 0), '0', '東京都') as a, \
        replace(printf('%09d', 0), '0', 'ولایت ') as b, replace(printf('%09d', 0), '0', 'e' || char(769)) as c, 'end' as d";
    for width in [60, 72, 90] {
        let out = wide_as(&sandbox, &width.to_string(), &["sql", long]);
        assert!(out.starts_with("a "), "side by side, not a block:\n{out}");
        assert!(out.lines().all(|line| cells(line) <= width), "{width}:\n{out}");
        let first = out.lines().nth(2).unwrap();
        assert_eq!(begins(first, "end"), begins(out.lines().next().unwrap(), "d"), "{out}");
        assert_eq!(out.matches('東').count(), 12, "{out}");
        assert_eq!(out.matches("e\u{301}").count(), 9, "{out}");
    }
    // The width of a tab depends on tab stops, so none is printed.
    let out = sandbox.run(&["sql", "select 'a' || char(9) || 'b' as x, 1 as y"]).done();
    assert!(!out.contains('\t'), "{out}");
}
