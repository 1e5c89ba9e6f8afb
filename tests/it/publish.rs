//! Published pages: complete, the same bytes every time, never half-written, and working in a
//! reader's browser. The browser's part (tests/browser/page.py) runs where chromium, playwright and
//! axe-core are there, and must where ONRECORD_ALL_TOOLS is set.

use crate::common::{Sandbox, has, root, run};

/// Text that would run, turn around or burst a page that let it, wherever the archive takes text.
fn hostile() -> Sandbox {
    let sandbox = Sandbox::seeded();
    let text = "'</script><script>window.ran=1</script><img src=x onerror=window.ran=1>\"><svg onload=window.ran=1>'' &lt;b&gt; ' || char(8238) || 'مقر' || char(27) || '[31m'";
    let long = "replace(hex(zeroblob(5000)), '00', 'ab')";
    sandbox
        .other_tool()
        .execute_batch(&format!(
            "UPDATE claims SET text = {text} || id, note = {text} WHERE id % 3 = 0;
             UPDATE claims SET text = {long} || id WHERE id % 3 = 1;
             UPDATE sources SET title = {text}, author = {text}, outlet = {text}, note = {text}, language = '\" onload=\"window.ran=1';
             UPDATE sources SET url = 'javascript:window.ran=1', archived_url = 'data:text/html,<script>window.ran=1</script>' WHERE id % 2 = 0;
             UPDATE sources SET url = 'https://example.org/\"onclick=\"window.ran=1' WHERE id % 2 = 1;
             UPDATE sources SET title = {long} WHERE id % 5 = 0;
             UPDATE locations SET name = {text}, note = {text} WHERE id % 2 = 0;
             UPDATE locations SET name = {long} WHERE id % 7 = 0;
             UPDATE location_names SET name = {text} || id WHERE id % 3 = 0;
             UPDATE measures SET title = {text}, scope = {text};
             UPDATE figures SET said = {text}, note = {text}, unit = NULL WHERE id % 2 = 0;
             UPDATE mentions SET quote = {text}, note = {text}, locator = {text} || id WHERE id % 2 = 0;
             UPDATE statuses SET label = {text}, definition = {text} WHERE code = 'reported';
             UPDATE archive SET title = {text};",
        ))
        .unwrap();
    sandbox
}

/// Runs the browser over what was published; nothing where there is no browser.
pub fn browser(sandbox: &Sandbox, args: &[&str]) {
    let axe = root().join("target/ci-tools/axe-core/axe.min.js");
    let there = has(sandbox, "chromium", &["--version"])
        && has(sandbox, "python3", &["-c", "import playwright"])
        && axe.is_file();
    assert!(
        there || std::env::var_os("ONRECORD_ALL_TOOLS").is_none(),
        "no browser, or no axe-core"
    );
    if !there {
        return;
    }
    let chromium = run(sandbox.command("sh").args(["-c", "command -v chromium"])).done();
    let mut command = sandbox.command("python3");
    command.arg(root().join("tests/browser/page.py")).args(args);
    command.env("CHROMIUM", chromium.trim()).env("AXE", axe);
    let found = run(&mut command);
    assert_eq!(found.code, 0, "{}{}", found.out, found.err);
}

#[test]
fn the_page_of_both_seeds_works_in_a_browser() {
    let sandbox = Sandbox::with_both_seeds();
    let said = sandbox.run(&["publish", "page.html"]);
    assert!(said.err.contains("wrote page.html: 116 claims, 1 file"), "{}", said.err);
    assert_eq!(said.done(), "");
    let page = std::fs::read_to_string(sandbox.path("page.html")).unwrap();
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
    assert!(!page.contains("http://") || !page.contains("src=\"http"), "it loads something");
    let _ = sandbox.run(&["export", "csv", "claims.csv"]).done();
    browser(&sandbox, &["seeds", "page.html", "claims.csv"]);
}

#[test]
fn no_text_of_a_hostile_archive_runs_or_overflows_the_page() {
    let sandbox = hostile();
    let _ = sandbox.run(&["publish", "page.html"]).done();
    let page = std::fs::read_to_string(sandbox.path("page.html")).unwrap();
    assert!(!page.contains("<script>window"), "markup of the archive");
    assert!(!page.contains("<img"), "markup of the archive");
    assert!(!page.contains("href=\"javascript:"), "a link that runs");
    assert!(!page.contains('\u{202e}'), "an override of the direction of text");
    browser(&sandbox, &["hostile", "page.html"]);
    let _ = sandbox.run(&["publish", "site"]).done();
    browser(&sandbox, &["hostile", "site/index.html"]);
    let claim =
        sandbox.ask("select key from claims where id % 3 = 0 and withdrawn is null limit 1");
    browser(&sandbox, &["hostile", &format!("site/claim/{claim}.html")]);
}

#[test]
fn the_search_of_a_site_works_and_every_link_has_a_target() {
    let sandbox = Sandbox::with_both_seeds();
    let said = sandbox.run(&["publish", "site"]);
    assert!(said.err.contains("wrote site: 116 claims"), "{}", said.err);
    browser(&sandbox, &["site", "site"]);
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let sandbox = Sandbox::with_both_seeds();
    let _ = sandbox.run(&["publish", "one.html"]).done();
    let _ = sandbox.run(&["publish", "two.html"]).done();
    let read = |name: &str| std::fs::read(sandbox.path(name)).unwrap();
    assert!(read("one.html") == read("two.html"));
    let _ = sandbox.run(&["publish", "one"]).done();
    let _ = sandbox.run(&["publish", "two"]).done();
    let found = run(sandbox.command("diff").args(["-r", "one", "two"]));
    assert_eq!(found.code, 0, "{}", found.out);
}

#[test]
fn a_withdrawn_claim_is_not_published() {
    let sandbox = Sandbox::seeded();
    let text = sandbox.ask("select text from claims where key = 'muqur-fell'");
    let _ = sandbox.run(&["publish", "before.html"]).done();
    let _ = sandbox.run(&["withdraw", "muqur-fell", "--because", "entered twice"]).done();
    let _ = sandbox.run(&["publish", "after.html"]).done();
    let _ = sandbox.run(&["publish", "after"]).done();
    let holds = |name: &str| std::fs::read_to_string(sandbox.path(name)).unwrap().contains(&text);
    assert!(holds("before.html"));
    assert!(!holds("after.html"));
    assert!(!holds("after/data/claims.csv"));
    assert!(!sandbox.path("after/claim/muqur-fell.html").exists());
}

/// A withdrawn claim that serves others as evidence and as a denominator is left out too.
#[test]
fn a_withdrawn_claim_is_in_no_file_even_where_others_lean_on_it() {
    let sandbox = Sandbox::with_both_seeds();
    for claim in ["civilian-casualties-to-2020", "districts-in-total", "civilian-casualties-2015"] {
        let text = sandbox
            .ask(&format!("select replace(text, ',', '') from claims where key = '{claim}'"));
        assert!(!text.is_empty());
        let _ = sandbox.run(&["withdraw", claim, "--because", "not-for-readers"]).done();
    }
    let _ = sandbox.run(&["publish", "page.html"]).done();
    let _ = sandbox.run(&["publish", "site"]).done();
    for gone in [
        "not-for-readers",
        "claim/civilian-casualties-to-2020",
        "claim/districts-in-total.html",
        "claim/districts-in-total\"",
    ] {
        let found = run(sandbox.command("grep").args(["-rlF", gone, "page.html", "site"]));
        assert_eq!(found.out, "", "{gone}");
    }
    let csv = std::fs::read_to_string(sandbox.path("site/data/claims.csv")).unwrap();
    assert!(!csv.contains("civilian-casualties-to-2020,"), "a withdrawn claim");
    assert!(csv.contains("health-centre-shelled,"));
}

/// A copied text that speaks for a body, and the body itself: one origin, for the views, `show` and
/// the page alike; and a source that denies a claim is not among those that state it.
#[test]
fn the_page_counts_as_the_reports_do() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import(
            "onrecord = 1\n\
             [[source]]\nkey = 'ministry'\nkind = 'organisation'\ntitle = 'Ministry'\n\
             [[source]]\nkey = 'statement'\nkind = 'report'\ntitle = 'Statement'\n\
             [[source.origin]]\nrelation = 'speaks_for'\norigin = 'ministry'\n\
             [[source]]\nkey = 'copyist'\nkind = 'article'\ntitle = 'Copyist'\n\
             [[source.origin]]\nrelation = 'syndicates'\norigin = 'statement'\n\
             [[source]]\nkey = 'paper'\nkind = 'article'\ntitle = 'Paper'\n\
             [[source]]\nkey = 'denier'\nkind = 'article'\ntitle = 'Denier'\n\
             [[claim]]\nkey = 'c'\ntext = 'The bridge fell'\nkind = 'event'\n\
             [[claim.mention]]\nsource = 'paper'\nspeaker = 'ministry'\n\
             [[claim.mention]]\nsource = 'copyist'\n\
             [[claim.mention]]\nsource = 'denier'\nstance = 'denies'\n",
        )
        .done();
    assert_eq!(sandbox.ask("select origins from report_corroboration"), "1");
    let shown = sandbox.run(&["show", "c"]).done();
    assert!(shown.contains("1 independent"), "{shown}");
    let _ = sandbox.run(&["publish", "page.html"]).done();
    let page = std::fs::read_to_string(sandbox.path("page.html")).unwrap();
    assert!(page.contains("2 mentions, 1 independent origin; contested by 1 mention"), "{page}");
    let denier = page.split("id=\"source/denier\"").nth(1).unwrap();
    let denier = denier.split("</article>").next().unwrap();
    assert!(denier.contains("1 claim that it contests"), "{denier}");
    assert!(!denier.contains("Its claims"), "{denier}");
    // The page has as many places as the report.
    let sandbox = Sandbox::with_both_seeds();
    let _ = sandbox.run(&["publish", "site"]).done();
    let listed =
        sandbox.run(&["report", "places", "--columns", "place,claims", "--format", "csv"]).done();
    for line in listed.lines().skip(1) {
        let (place, claims) = line.split_once(',').unwrap();
        let page =
            std::fs::read_to_string(sandbox.path(&format!("site/place/{place}.html"))).unwrap();
        let said =
            if claims == "1" { "1 claim here".to_owned() } else { format!("{claims} claims here") };
        assert!(page.contains(&said), "{place}: {said}");
    }
}

#[test]
fn publishing_replaces_no_file_or_folder_unasked() {
    let sandbox = Sandbox::seeded();
    sandbox.write("page.html", "mine");
    let refused = sandbox.run(&["publish", "page.html"]).failed();
    assert!(refused.contains("a file is there already"), "{refused}");
    assert_eq!(std::fs::read_to_string(sandbox.path("page.html")).unwrap(), "mine");
    let _ = sandbox.run(&["publish", "page.html", "--force"]).done();
    std::fs::create_dir(sandbox.path("site")).unwrap();
    sandbox.write("site/mine", "mine");
    let refused = sandbox.run(&["publish", "site", "--force"]).failed();
    assert!(refused.contains("it is no empty folder"), "{refused}");
    let refused = sandbox.run(&["publish", "nowhere/page.html"]).failed();
    assert!(refused.contains("there is no folder"), "{refused}");
    let _ = sandbox.run(&["publish", ".html"]).done();
    assert!(sandbox.path(".html").is_file());
    let refused = sandbox.run(&["publish", "-"]).failed();
    assert!(refused.contains("name a page"), "{refused}");
    let refused = sandbox.run(&["--file", "none.db", "publish", "x.html"]).failed();
    assert!(refused.contains("none.db"), "{refused}");
    assert!(!sandbox.path("x.html").exists());
}

#[test]
fn more_claims_than_fit_one_page_need_a_site() {
    let sandbox = Sandbox::empty();
    let claims: String = (0..2001)
        .map(|n| format!("{{\"table\":\"claims\",\"key\":\"c-{n}\",\"text\":\"Claim {n} of many\",\"kind\":\"event\"}}\n"))
        .collect();
    sandbox.write("many.ndjson", claims);
    let _ = sandbox.run(&["import", "many.ndjson"]).done();
    let refused = sandbox.run(&["publish", "page.html"]).failed();
    assert!(
        refused.contains("2001 claims as one page") && refused.contains("onrecord publish page"),
        "{refused}"
    );
    let _ = sandbox.run(&["publish", "page"]).done();
    assert!(sandbox.path("page/list/claims_14.html").is_file());
    assert!(!sandbox.path("page/list/claims_15.html").exists());
    let last = std::fs::read_to_string(sandbox.path("page/list/claims_14.html")).unwrap();
    assert!(last.contains("Claim 2000 of many") && last.contains("Page 14 of 14"));
}

/// Figures of several measures, times and units on the same claims: each figure stands with the
/// ones that it conflicts with by the view, and with no other of those claims.
#[test]
fn the_page_shows_the_pairs_of_the_view_figure_by_figure() {
    let figure = |key: &str, measure: &str, value: &str, as_of: &str| {
        format!(
            "[[claim.figure]]\nkey = '{key}'\nmeasure = '{measure}'\nvalue = {value}\nas_of = '2021-{as_of}'\n"
        )
    };
    let claim = |key: &str, figures: &[String]| {
        format!(
            "[[claim]]\nkey = '{key}'\ntext = 'Claim {key}'\nkind = 'state'\n{}",
            figures.concat()
        )
    };
    let sandbox = Sandbox::empty();
    let measure = |key: &str| {
        format!(
            "[[measure]]\nkey = '{key}'\ntitle = 'Title of {key}'\ndimension = 'people'\ngrowth = 'level'\n"
        )
    };
    let document = [
        "onrecord = 1\n".to_owned(),
        measure("held"),
        measure("fled"),
        claim(
            "a",
            &[
                figure("a-may", "held", "100", "05-01"),
                figure("a-june", "held", "400", "06-01"),
                figure("a-share", "held", "0.5\nunit = 'share'", "06-01"),
                figure("a-fled", "fled", "7", "06-01"),
                figure("a-fled-may", "fled", "9", "05-01"),
            ],
        ),
        claim(
            "b",
            &[
                figure("b-may", "held", "100", "05-01"),
                figure("b-june", "held", "300000", "06-01"),
                figure("b-fled", "fled", "9", "06-01"),
            ],
        ),
        // Two figures of one claim, which conflict with one another.
        claim(
            "c",
            &[
                figure("c-one", "held", "21", "07-01"),
                figure("c-two", "held", "36", "07-01"),
                figure("c-may", "held", "100", "05-01"),
            ],
        ),
    ]
    .concat();
    let _ = sandbox.import(&document).done();
    let pairs = "select group_concat(a.key || ' ' || b.key, ', ' order by b.id) from figure_conflicts join figures as a on a.id = figure_a join figures as b on b.id = figure_b";
    assert_eq!(sandbox.ask(pairs), "\"a-june b-june, a-fled b-fled, c-one c-two\"");

    // The conflicts that the page shows at each figure of a measure, by claim and words.
    let strip = |markup: &str| {
        let texts = markup.split('<').map(|tag| tag.split_once('>').map_or(tag, |(_, text)| text));
        texts.collect::<String>()
    };
    let rows = |entry: &str| -> Vec<(String, Vec<String>)> {
        let linked = |markup: &str| {
            let (address, rest) = markup.split_once("href=\"").unwrap().1.split_once('"').unwrap();
            let claim = address.trim_end_matches(".html").rsplit('/').next().unwrap();
            let (_, words) = rest.split_once('>').unwrap();
            format!("{claim}: {}", strip(words.split("</a>").next().unwrap()))
        };
        let list = entry.split("<ul class=\"bars\">").skip(1);
        let list = list.flat_map(|list| list.split("</ul>").next().unwrap().split("<li").skip(1));
        list.map(|row| {
            assert_eq!(
                row.starts_with(" class=\"conflict\""),
                row.contains("</strong> with "),
                "{row}"
            );
            (linked(row), row.split("</strong> with ").skip(1).map(linked).collect())
        })
        .filter(|(_, others): &(String, Vec<String>)| !others.is_empty())
        .collect()
    };
    let held = [
        ("a: 400, 2021-06-01", "b: 300,000, 2021-06-01"),
        ("b: 300,000, 2021-06-01", "a: 400, 2021-06-01"),
        ("c: 21, 2021-07-01", "c: 36, 2021-07-01"),
        ("c: 36, 2021-07-01", "c: 21, 2021-07-01"),
    ];
    let fled = [("a: 7, 2021-06-01", "b: 9, 2021-06-01"), ("b: 9, 2021-06-01", "a: 7, 2021-06-01")];
    let wanted = |pairs: &[(&str, &str)]| -> Vec<(String, Vec<String>)> {
        pairs.iter().map(|(one, other)| ((*one).to_owned(), vec![(*other).to_owned()])).collect()
    };
    let read = |name: &str| std::fs::read_to_string(sandbox.path(name)).unwrap();
    let _ = sandbox.run(&["publish", "page.html"]).done();
    let _ = sandbox.run(&["publish", "site"]).done();
    let page = read("page.html");
    let entry = |measure: &str| {
        let entry = page.split(&format!("id=\"measure/{measure}\"")).nth(1).unwrap();
        entry.split("</article>").next().unwrap().to_owned()
    };
    for (measure, pairs) in [("held", &held[..]), ("fled", &fled[..])] {
        assert_eq!(rows(&entry(measure)), wanted(pairs), "page, {measure}");
        let own = read(&format!("site/measure/{measure}.html"));
        assert_eq!(rows(&own), wanted(pairs), "site, {measure}");
    }
    // The head of the page names each pair once, and so does each claim of a pair.
    for first in [&page, &read("site/index.html")] {
        assert_eq!(first.matches("apart by a factor of at least").count(), 3, "{first}");
    }
    for (claim, pairs) in [("a", 2), ("b", 2), ("c", 1)] {
        let own = read(&format!("site/claim/{claim}.html"));
        let bears = own.split("Related claims and conflicting figures").nth(1).unwrap();
        assert_eq!(bears.matches("class=\"conflict\"").count(), pairs, "{claim}: {bears}");
    }
}

/// An entry that was published once is found under its former address.
#[test]
fn a_former_key_goes_on_being_an_address() {
    let sandbox = Sandbox::seeded();
    for (former, key) in [
        ("soldiers-surrender", "surrender"),
        ("security-source", "a-security-source"),
        ("kabul", "kabul-city"),
        ("cost-in-dollars", "dollar-cost"),
    ] {
        let _ = sandbox.run(&["rename", former, key]).done();
    }
    let _ = sandbox.run(&["merge-sources", "officials", "a-security-source"]).done();
    let measure = sandbox.ask("SELECT key FROM measures ORDER BY id LIMIT 1");
    let _ = sandbox.run(&["rename", &measure, "a-measure"]).done();
    let _ = sandbox.run(&["publish", "page.html"]).done();
    let page = std::fs::read_to_string(sandbox.path("page.html")).unwrap();
    let _ = sandbox.run(&["publish", "site/"]).done();
    for (what, key, former) in [
        ("claim", "surrender", "soldiers-surrender"),
        ("source", "a-security-source", "security-source"),
        ("source", "a-security-source", "officials"),
        ("place", "kabul-city", "kabul"),
        ("measure", "a-measure", &measure),
    ] {
        let entry = page.find(&format!("id=\"{what}/{key}\"")).unwrap();
        let inside = &page[entry..][..page[entry..].find("</article>").unwrap()];
        assert!(inside.contains(&format!("<span id=\"{what}/{former}\"></span>")), "{former}");
        let leads = std::fs::read_to_string(sandbox.path(&format!("site/{what}/{former}.html")));
        assert!(leads.unwrap().contains(&format!("url={key}.html")), "{former}");
        assert!(sandbox.path(&format!("site/{what}/{key}.html")).exists());
    }
    assert!(!page.contains("cost-in-dollars\"></span>"), "a figure has no address of its own");
}
