//! Errors and doubts: what breaks a rule, what someone should look at, and what was set aside.

use crate::common::Sandbox;

/// The doubts of a check: key and finding.
fn doubts(sandbox: &Sandbox, check: &str) -> Vec<String> {
    let out = sandbox.run(&["check", check, "--doubts", "--format", "tsv"]).done();
    out.lines()
        .skip(1)
        .map(|line| line.splitn(3, '\t').nth(2).unwrap().replace('\t', ": "))
        .collect()
}

const MEASURE: &str =
    "[[measure]]\nkey = \"m\"\ntitle = \"M\"\ndimension = \"people\"\ngrowth = \"level\"\n";

/// An archive with a claim with this text and these lines of a figure.
fn with_figure(text: &str, figure: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import(&format!(
            "onrecord = 1\n{MEASURE}[[claim]]\nkey = \"c\"\ntext = \"{text}\"\nkind = \"event\"\n\
             [[claim.figure]]\nmeasure = \"m\"\n{figure}\n"
        ))
        .done();
    sandbox
}

#[test]
fn doubts_are_counted_and_only_errors_fail() {
    let sandbox = with_figure("People came", "value = 0.5");
    let run = sandbox.run(&["check"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(
        run.err.contains(
            "no rule is broken\n1 doubt that someone should look at: onrecord check --doubts"
        ),
        "{}",
        run.err
    );
    let run = sandbox.run(&["check", "--doubts", "--format", "csv"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (
            0,
            "check,table,key,finding\nparts-of-wholes,figures,c-m,\"it says 0.5, and its measure counts people one by one\"\n"
        )
    );
    let listed = sandbox.run(&["check", "--list", "--format", "csv"]).done();
    assert!(
        listed.contains("pages,error,") && listed.contains("parts-of-wholes,doubt,"),
        "{listed}"
    );
    // A rule that is broken is an error all the same.
    sandbox.other_tool().execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE figures SET low = 2, high = 1, value = NULL").unwrap();
    assert_eq!(sandbox.run(&["check"]).code, 1);
}

#[test]
fn a_doubt_is_set_aside_until_the_row_changes() {
    let sandbox = with_figure("People came", "value = 0.5");
    let accept = ["check", "--accept", "parts-of-wholes", "c-m", "--because", "Half a post."];
    let error =
        sandbox.run(&["check", "--accept", "parts-of-wholes", "x", "--because", "x"]).failed();
    assert!(error.contains("parts-of-wholes raises no doubt about \"x\""), "{error}");
    let error = sandbox.run(&["check", "--accept", "pages", "c-m", "--because", "x"]).failed();
    assert!(error.contains("what pages finds breaks a rule, and cannot be set aside"), "{error}");
    assert_eq!(sandbox.run(&accept[..4]).code, 2, "a reason is needed");
    let run = sandbox.run(&accept);
    assert!(run.err.contains("set aside: 1 doubt"), "{}", run.err);
    let run = sandbox.run(&["check", "--doubts"]);
    assert!(run.err.contains("no doubts\nset aside before: 1 doubt"), "{}", run.err);
    assert_eq!(sandbox.run(&["check"]).err, "nothing found\n");
    assert!(sandbox.run(&["log"]).done().contains("check --accept"));
    // It travels with a whole export.
    let out = sandbox.run(&["export", "ndjson"]).done();
    let other = Sandbox::empty();
    other.write("all.ndjson", &out);
    let _ = other.run(&["import", "all.ndjson"]).done();
    assert_eq!(doubts(&other, "parts-of-wholes"), [""; 0]);
    assert_eq!(other.run(&["export", "ndjson"]).done(), out);
    // A change of the row by another tool brings it back, though it says the same.
    let conn = sandbox.other_tool();
    conn.execute_batch("UPDATE figures SET note = 'x'").unwrap();
    assert_eq!(doubts(&sandbox, "parts-of-wholes").len(), 1);
    let _ = sandbox.run(&accept).done();
    assert_eq!(doubts(&sandbox, "parts-of-wholes"), [""; 0]);
    // So does undoing it.
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(doubts(&sandbox, "parts-of-wholes").len(), 1);
}

#[test]
fn a_number_that_is_not_in_its_words_is_doubted() {
    for (figure, said) in [
        ("value = 350\nsaid = \"350\"", ""),
        ("value = 0.375\nsaid = \"3/8\"", ""),
        ("value = 0.4\nsaid = \"3/8\"", "c-m: it says 0.4, and its words are \"3/8\""),
        ("value = 35\nsaid = \"350\"", "c-m: it says 35, and its words are \"350\""),
        ("low = 66000\nhigh = 69000\nsaid = \"66 000 à 69 000\"", ""),
        ("value = 5\nsaid = \"cinq\"", ""),
        ("value = 6\nsaid = \"cinq\"", "c-m: it says 6, and its words are \"cinq\""),
        ("value = 2700000\nqualifier = \"nearly\"\nsaid = \"près de 2,7 millions\"", ""),
        ("low = 12\nhigh = 24\nsaid = \"12-24\"", ""),
        ("low = 12\nhigh = 42\nsaid = \"12-24\"", "c-m: it says 42, and its words are \"12-24\""),
        ("qualifier = \"tens\"\nsaid = \"des dizaines\"", ""),
        ("value = 3\nsaid = \"a few\"", ""),
    ] {
        let found = doubts(&with_figure("People came", figure), "said-numbers");
        assert_eq!(found.join("; "), said, "{figure}");
    }
}

#[test]
fn a_number_that_is_not_the_one_of_its_claim_is_doubted() {
    for (text, figure, said) in [
        ("Six people were injured", "value = 6", ""),
        (
            "Six people were injured",
            "value = 9",
            "c-m: it says 9, and its claim \"Six people were injured\"",
        ),
        ("12,500 people fled", "value = 12500", ""),
        (
            "12,500 people fled",
            "value = 125000",
            "c-m: it says 125000, and its claim \"12,500 people fled\"",
        ),
        ("Six of 40 people were injured", "value = 9", ""),
        ("Six people were injured", "value = 9\nsaid = \"nine\"", ""),
        ("People were injured", "value = 9", ""),
    ] {
        let found = doubts(&with_figure(text, figure), "claim-numbers");
        assert_eq!(found.join("; "), said, "{text}: {figure}");
    }
}

#[test]
fn places_and_dates_that_look_wrong_are_doubted() {
    let place = |key: &str, kind: &str, within: &str, lat: f64, lon: f64| {
        format!(
            "[[location]]\nkey = \"{key}\"\nname = \"{key}\"\nkind = \"{kind}\"\n{within}lat = {lat:?}\nlon = {lon:?}\n"
        )
    };
    let sandbox = Sandbox::empty();
    let document = [
        "onrecord = 1\n".to_owned(),
        place("af", "country", "", 33.0, 66.0),
        place("muqur", "district", "within = \"af\"\n", 67.78, 32.94),
        place("kabul", "city", "within = \"af\"\n", 34.5, 69.2),
        place("paris", "city", "within = \"af\"\n", 48.9, 2.3),
        place("fiji", "country", "", -17.5, 179.9),
        place("taveuni", "town", "within = \"fiji\"\n", -16.9, -179.9),
    ];
    let _ = sandbox.import(&document.concat()).done();
    assert_eq!(
        doubts(&sandbox, "far-places"),
        [
            "muqur: it lies where its latitude and longitude would be swapped: 67.78, 32.94 within af at 33, 66",
            "paris: it lies far from it: 48.9, 2.3 within af at 33, 66",
        ]
    );
    let claim = |key: &str, kind: &str, happened: &str, source: &str| {
        format!(
            "[[claim]]\nkey = \"{key}\"\ntext = \"{key}\"\nkind = \"{kind}\"\nhappened = \"{happened}\"\n[[claim.mention]]\nsource = \"{source}\"\n"
        )
    };
    let source = |key: &str, published: &str| {
        format!(
            "[[source]]\nkey = \"{key}\"\nkind = \"article\"\ntitle = \"{key}\"\npublished = \"{published}\"\n"
        )
    };
    let sandbox = Sandbox::empty();
    let document = [
        "onrecord = 1\n".to_owned(),
        source("june", "2021-06-28"),
        source("persian", "1400-04-07"),
        source("old", "1789-07-14"),
        source("month", "2021-06"),
        claim("fine", "event", "2021-06-28", "june"),
        claim("within-the-month", "event", "2021-06-29", "month"),
        claim("before-it-happened", "event", "2021-06-29", "june"),
        claim("day", "event", "2021-06-20\"\ndate_precision = \"1", "june").replace("\"1\"", "1"),
        claim("some-day", "event", "2021-06-20\"\ndate_precision = \"4", "june")
            .replace("\"4\"", "4"),
        claim("in-may", "event", "2021-05\"\ndate_precision = \"4", "june").replace("\"4\"", "4"),
        claim("will-happen", "forecast", "2021-06-29", "june"),
        claim("hijri", "event", "1442-11-18", "june"),
        claim("buddhist", "event", "2564-06-28", "old"),
        claim("future", "event", "2199-01-01", "month"),
    ];
    let _ = sandbox.import(&document.concat()).done();
    let mut found = doubts(&sandbox, "strange-dates");
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "before-it-happened: it happened on 2021-06-29, and june said so on 2021-06-28",
            "buddhist: it happened on 2564-06-28, and old said so on 1789-07-14",
            "buddhist: it happened on 2564-06-28: is that year of another calendar?",
            "future: it happened on 2199-01-01, and month said so on 2021-06",
            "future: it happened on 2199-01-01, which is after today",
            "hijri: it happened on 1442-11-18: is that year of another calendar?",
            "persian: it was published on 1400-04-07: is that year of another calendar?",
            "some-day: it happened on 2021-06-20, a day, and its date_precision is 4 (Month)",
        ]
    );
}

#[test]
fn names_that_are_nearly_one_are_doubted() {
    let sandbox = Sandbox::empty();
    let person = |key: &str, title: &str| {
        format!("[[source]]\nkey = \"{key}\"\nkind = \"person\"\ntitle = \"{title}\"\n")
    };
    let town = |key: &str, name: &str, within: &str| {
        format!("[[location]]\nkey = \"{key}\"\nname = \"{name}\"\nkind = \"town\"\n{within}")
    };
    let document = [
        "onrecord = 1\n".to_owned(),
        person("a", "José Peña"),
        person("b", "Jose Pena"),
        person("c", "Josef Pena"),
        person("both", "Lu Xun and Josef Pena"),
        person("both-turned", "Josef Pena & Lu Xun"),
        person("lu", "Lu Xun"),
        person("one-known", "Lu Xun and Somebody"),
        town("ali-abad", "علی‌آباد", ""),
        town("ali-abad-2", "علي آباد", ""),
        town("shire", "Shire", ""),
        town("st-paul", "St. Paul", ""),
        town("st-paul-2", "St Paul", "within = \"shire\"\n"),
        town("st-paul-3", "St. Paul", "within = \"st-paul\"\n"),
    ];
    let _ = sandbox.import(&document.concat()).done();
    assert_eq!(
        doubts(&sandbox, "near-names"),
        [
            "b: it may be a: its name is \"Jose Pena\"",
            "both-turned: it may be both: its name is \"Josef Pena & Lu Xun\"",
            "both: it may be c and lu: its name is \"Lu Xun and Josef Pena\"",
            "both-turned: it may be c and lu: its name is \"Josef Pena & Lu Xun\"",
            "ali-abad-2: it may be ali-abad: its name is \"علي آباد\""
        ]
    );
}

/// The count of a body that a figure credits to another is doubtful, whoever speaks for the one that counted.
#[test]
fn a_count_that_is_credited_to_another_body_is_doubtful() {
    let measure = "onrecord = 1\n[[source]]\nkey = \"sigar\"\nkind = \"organisation\"\ntitle = \"SIGAR\"\n\
        [[source]]\nkey = \"sopko\"\nkind = \"person\"\ntitle = \"Sopko\"\n[[source.origin]]\nrelation = \"speaks_for\"\norigin = \"sigar\"\n\
        [[source]]\nkey = \"paper\"\nkind = \"report\"\ntitle = \"Paper\"\n\
        [[source]]\nkey = \"congress\"\nkind = \"organisation\"\ntitle = \"Congress\"\n\
        [[measure]]\nkey = \"m\"\ntitle = \"M\"\ndimension = \"money\"\nunit = \"USD\"\ngrowth = \"cumulative\"\ncounted_by = \"sigar\"\n";
    let claim = |key: &str, mention: &str| {
        format!(
            "[[claim]]\nkey = \"{key}\"\ntext = \"Lost: {key}\"\nkind = \"quantity\"\n{mention}\
             [[claim.figure]]\nkey = \"{key}\"\nmeasure = \"m\"\nvalue = 19\n"
        )
    };
    let by = |who: &str| format!("[[claim.mention]]\nsource = \"paper\"\nspeaker = \"{who}\"\n");
    let sandbox = Sandbox::empty();
    let document = [
        measure,
        &claim("credited", &by("congress")),
        &claim("own", &by("sigar")),
        &claim("by-its-head", &by("sopko")),
        &claim("both", &(by("congress") + &by("sigar"))),
        &claim("unsourced", ""),
    ];
    let _ = sandbox.import(&document.concat()).done();
    let wanted = "figures\tcredited\tit is the count of sigar, and comes from congress";
    let found = sandbox.run(&["check", "misattributed", "--doubts", "--format", "tsv"]).done();
    assert_eq!(found.lines().skip(1).collect::<Vec<_>>(), [format!("misattributed\t{wanted}")]);
    let report = "SELECT group_concat(key) FROM report_doubts WHERE \"check\" = 'misattributed'";
    assert_eq!(sandbox.ask(report), "credited");
    // The body cannot go while a count is its own, and merging it with another takes the count along.
    let _ = sandbox.run(&["delete", "sigar", "--because", "x"]).failed();
    let _ = sandbox.run(&["merge-sources", "sigar", "congress", "--because", "One body."]).done();
    assert_eq!(
        sandbox.ask("SELECT s.key FROM measures AS m JOIN sources AS s ON s.id = m.counted_by_id"),
        "congress"
    );
    sandbox.check_all_but_stale();
}

#[test]
fn an_ordinal_that_stands_for_a_fraction_is_doubtful() {
    let third = 1.0 / 3.0;
    let sandbox = with_figure("Part of it", &format!("said = \"un troisième\"\nvalue = {third}"));
    assert_eq!(doubts(&sandbox, "said-numbers").len(), 1);
    let sandbox = with_figure("Part of it", &format!("said = \"a third\"\nvalue = {third}"));
    assert!(doubts(&sandbox, "said-numbers").is_empty());
}

const PAPER: &str = "[[source]]\nkey = \"paper\"\nkind = \"report\"\ntitle = \"Paper\"\npublished = \"2021-06-30\"\n";

/// An archive made of this document, and the keys and findings of one check on it.
fn doubts_of(document: &str, check: &str) -> Vec<String> {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(&format!("onrecord = 1\n{document}")).done();
    doubts(&sandbox, check)
}

#[test]
fn dates_that_look_wrong_are_doubtful_wherever_they_stand() {
    let claim = "[[claim]]\nkey = \"c\"\ntext = \"It fell\"\nkind = \"event\"\n";
    let figure = |as_of: &str| {
        format!(
            "{MEASURE}{claim}[[claim.figure]]\nmeasure = \"m\"\nvalue = 5\nas_of = \"{as_of}\"\n"
        )
    };
    let verdict = |at: &str| {
        format!(
            "{PAPER}{claim}[[claim.assessment]]\nstatus = \"reported\"\nby = \"paper\"\nat = \"{at}\"\nbecause = \"x\"\n"
        )
    };
    let said = |on: &str| {
        format!(
            "{PAPER}{claim}[[claim.mention]]\nsource = \"paper\"\nstance = \"denies\"\nsaid_on = \"{on}\"\n"
        )
    };
    let source =
        |dates: &str| format!("[[source]]\nkey = \"s\"\nkind = \"page\"\ntitle = \"S\"\n{dates}\n");
    for (document, number) in [
        (figure("1403"), 1),
        (figure("2567"), 1),
        (figure("2021-06"), 0),
        (verdict("2062-03-04T10:00:00Z"), 1),
        (verdict("2021-03-04T10:00:00Z"), 0),
        (said("2062-03-04"), 1),
        (said("2021-03-04"), 0),
        (source("published = \"0024-03-04\""), 1),
        (source("published = \"1602\""), 0),
        (source("published = \"2021-07\"\nretrieved = \"2021-06-30\""), 1),
        (source("published = \"2021-06\"\nretrieved = \"2021-06-30\""), 0),
        (format!("{MEASURE}starts = \"1380\"\n").replace("level", "cumulative"), 1),
    ] {
        let found = doubts_of(&document, "strange-dates");
        assert_eq!(found.len(), number, "{document}: {found:?}");
    }
}

#[test]
fn a_share_above_one_is_doubtful() {
    let figure = |dimension: &str, value: &str| {
        format!(
            "{}[[claim]]\nkey = \"c\"\ntext = \"C\"\nkind = \"event\"\n[[claim.figure]]\nmeasure = \"m\"\nvalue = {value}\n",
            MEASURE.replace("people", dimension)
        )
    };
    for (dimension, value, number) in
        [("share", "25", 1), ("share", "1", 0), ("share", "\"25 %\"", 0), ("ratio", "25", 0)]
    {
        assert_eq!(
            doubts_of(&figure(dimension, value), "large-shares").len(),
            number,
            "{dimension} {value}"
        );
    }
}

#[test]
fn evidence_that_does_not_bear_a_verdict_is_doubtful() {
    let claim = |key: &str, status: &str, evidence: &str| {
        format!(
            "[[claim]]\nkey = \"{key}\"\ntext = \"Claim {key}\"\nkind = \"event\"\n[[claim.assessment]]\nstatus = \"{status}\"\n\
             at = \"2021-06-30T09:00:00Z\"\nbecause = \"x\"\nevidence = [{evidence}]\n"
        )
    };
    let denied = |stance: &str| {
        format!("[[mention]]\nclaim = \"a\"\nsource = \"paper\"\nstance = \"{stance}\"\n")
    };
    let link =
        |relation: &str| format!("[[link]]\nfrom = \"a\"\nrelation = \"{relation}\"\nto = \"b\"\n");
    let paper = "{ source = \"paper\" }";
    let figure = "[[measure]]\nkey = \"m\"\ntitle = \"M\"\ndimension = \"people\"\ngrowth = \"level\"\n\
        [[figure]]\nkey = \"f\"\nclaim = \"b\"\nmeasure = \"m\"\nvalue = 3\n";
    for (document, found) in [
        (claim("a", "confirmed", "{ claim = \"a\" }"), "a: its verdict rests on the claim itself"),
        (
            claim("a", "confirmed", "{ claim = \"b\" }") + &claim("b", "refuted", paper),
            "a: it is confirmed, and its verdict rests on b, which is refuted",
        ),
        (claim("a", "confirmed", "{ claim = \"b\" }") + &claim("b", "reported", paper), ""),
        (
            claim("a", "confirmed", "{ claim = \"b\" }")
                + &claim("b", "reported", paper).replace("text", "withdrawn = \"Twice.\"\ntext"),
            "a: it is confirmed, and its verdict rests on b, which is withdrawn",
        ),
        (
            claim("a", "confirmed", "{ figure = \"f\" }") + &claim("b", "refuted", paper) + figure,
            "a: it is confirmed, and its verdict rests on figure f of b, which is refuted",
        ),
        (
            claim("a", "confirmed", "{ figure = \"f\" }") + &claim("b", "reported", paper) + figure,
            "",
        ),
        (claim("a", "refuted", "{ claim = \"b\" }") + &claim("b", "refuted", paper), ""),
        (
            claim("a", "confirmed", paper) + &denied("denies"),
            "a: it is confirmed, and its verdict rests on paper, which denies it",
        ),
        (claim("a", "confirmed", paper) + &denied("asserts"), ""),
        (claim("a", "refuted", paper) + &denied("denies"), ""),
        (
            claim("a", "confirmed", paper) + &claim("b", "confirmed", paper) + &link("contradicts"),
            "a: it and b are both confirmed, and the one contradicts the other",
        ),
        (claim("a", "confirmed", paper) + &claim("b", "confirmed", paper) + &link("supports"), ""),
        (claim("a", "confirmed", paper) + &claim("b", "refuted", paper) + &link("contradicts"), ""),
    ] {
        let doubts = doubts_of(&format!("{PAPER}{document}"), "weak-evidence");
        assert_eq!(doubts.join("; "), found, "{document}");
    }
}

#[test]
fn records_of_one_name_that_nothing_tells_apart_are_doubtful() {
    let source = |key: &str, more: &str| {
        format!("[[source]]\nkey = \"{key}\"\nkind = \"person\"\ntitle = \"Bob Byrd\"\n{more}\n")
    };
    let place = |key: &str, more: &str| {
        format!("[[location]]\nkey = \"{key}\"\nname = \"Hallow\"\nkind = \"town\"\n{more}\n")
    };
    let around = "[[location]]\nkey = \"n\"\nname = \"N\"\nkind = \"province\"\n[[location]]\nkey = \"o\"\nname = \"O\"\nkind = \"province\"\n";
    let at = |lat: &str| format!("lat = {lat}\nlon = 5");
    for (document, number) in [
        (source("a", "") + &source("b", ""), 1),
        (
            source("a", "url = \"https://a.example\"")
                + &source("b", "url = \"https://b.example\""),
            0,
        ),
        (source("a", "url = \"https://a.example\"") + &source("b", ""), 1),
        (source("a", "author = \"x\"") + &source("b", "author = \"y\""), 0),
        (place("a", "") + &place("b", ""), 1),
        (place("a", "within = \"n\"") + &place("b", "within = \"o\""), 0),
        (place("a", "within = \"n\"") + &place("b", "within = \"n\""), 1),
        (place("a", &at("1")) + &place("b", &at("2")), 0),
        (place("a", &at("1")) + &place("b", &at("1")), 1),
        (place("a", "precision = 1") + &place("b", "precision = 2"), 0),
    ] {
        let found = doubts_of(&format!("{around}{document}"), "same-names");
        assert_eq!(found.len(), number, "{document}: {found:?}");
    }
}

#[test]
fn a_figure_that_is_bounded_on_another_side_than_its_words_is_doubtful() {
    for (figure, number) in [
        ("said = \"fewer than 20\"\nvalue = 20\nqualifier = \"over\"", 1),
        ("said = \"fewer than 20\"\nvalue = 20\nqualifier = \"under\"", 0),
        ("said = \"no more than 20\"\nvalue = 20\nqualifier = \"at_most\"", 0),
        ("said = \"between 10 and 20\"\nvalue = 10", 1),
        ("said = \"between 10 and 20\"\nlow = 10\nhigh = 20", 0),
        ("said = \"at least 140 people\"\nvalue = 140", 1),
        ("said = \"about 20\"\nvalue = 20", 0),
    ] {
        assert_eq!(
            doubts(&with_figure("Part of it", figure), "said-numbers").len(),
            number,
            "{figure}"
        );
    }
}

#[test]
fn a_name_that_is_nearly_that_of_another_is_told_when_it_is_added() {
    let sandbox = Sandbox::empty();
    let add = |title: &str| {
        let key = format!("k{}", title.len());
        let run =
            sandbox.run(&["add", "source", "--key", &key, "--kind", "person", "--title", title]);
        assert_eq!(run.code, 0, "{}", run.err);
        run.err
    };
    assert!(!add("Bob Byrd").contains("may be"));
    let said = add("Bób Byrd");
    assert!(
        said.contains(
            "k9 may be k8, by its name \"Bób Byrd\"; if so: onrecord merge-sources k9 k8"
        ),
        "{said}"
    );
    sandbox.write("t.csv", "source,source_kind,title\n,person,Bob-Byrd.\n,person,Ann Ames\n");
    let said = sandbox.run(&["import", "t.csv"]).err;
    assert_eq!(said.matches(" may be ").count(), 1, "{said}");
    assert!(!sandbox.run(&["import", "t.csv"]).err.contains(" may be "));
}
