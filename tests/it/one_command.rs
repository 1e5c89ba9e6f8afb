//! A claim with all that belongs to it in one command: places inside places, relations, further sources,
//! links, units, and amounts with words beside them.

use crate::common::{Run, Sandbox};

/// An archive with two sources and a claim on six injured people in Hallow, counted in one event.
fn with_six_injured() -> Sandbox {
    let sandbox = Sandbox::empty();
    for [key, kind] in [["s1", "report"], ["s2", "article"]] {
        let title = format!("--title=Source {key}");
        sandbox.run(&["add", "source", "--key", key, "--kind", kind, &title]).done();
    }
    let claim = ["Six people were injured in Hallow", "--key=six-injured", "--kind=event"];
    let places = ["--new-place=Tarn district=district", "--new-place=Hallow=town:tarn-district"];
    let figure = ["--new-measure=People injured=people:per_event", "--figure=people-injured=6"];
    let said = ["--happened=2024-03-04", "--source=s1", "--also=Source s2=¶2", "--also=s2"];
    add(&sandbox, &[&claim[..], &places, &figure, &said].concat()).done();
    sandbox
}

fn add(sandbox: &Sandbox, flags: &[&str]) -> Run {
    sandbox.run(&[&["add", "claim"], flags].concat())
}

/// The places of claims, each with its relation.
fn places(sandbox: &Sandbox) -> String {
    let sql = "select group_concat(t, '; ') from (select c.key || ' ' || p.relation || ' ' || l.key as t
         from claim_locations p join claims c on c.id = p.claim_id join locations l on l.id = p.location_id order by p.id)";
    sandbox.ask(sql).replace('"', "")
}

/// What a figure holds, and the figure that it is out of.
fn figure(sandbox: &Sandbox, key: &str) -> String {
    let sql = format!(
        "select ifnull(f.value, '-') || ' ' || f.qualifier || ' | ' || ifnull(f.said, '-') || ' | ' ||
           ifnull((select o.key from figures o where o.id = f.out_of_id), '-') as t
         from figures f where f.key = '{key}'"
    );
    sandbox.ask(&sql).replace('"', "")
}

#[test]
fn places_are_added_inside_each_other() {
    let sandbox = with_six_injured();
    let within = "select group_concat(l.key || '<' || ifnull((select o.key from locations o where o.id = l.within_id), ''), ' ') from locations l";
    assert_eq!(sandbox.ask(within).replace('"', ""), "tarn-district< hallow<tarn-district");
    // The claim is in the inner place, and through it in the outer one.
    assert_eq!(places(&sandbox), "six-injured at hallow");
    let mill = ["--new-place=Old mill=site:HALLOW", "--place=near:old mill", "--place=hallow"];
    add(&sandbox, &[&["It burnt", "--key=burnt", "--source=s1"], &mill[..]].concat()).done();
    let all = "six-injured at hallow; burnt near old-mill; burnt at hallow";
    assert_eq!(places(&sandbox), all);
    let said = add(&sandbox, &["It fell", "--source=s1", "--new-place=Barn=site:Moor"]).failed();
    assert!(said.contains("--new-place: no location is called \"Moor\""), "{said}");
    assert!(said.contains("`--new-place \"Moor=KIND\"` adds it"), "{said}");
    assert!(!said.contains("\"Barn\" is new"), "{said}");
    assert_eq!(places(&sandbox), all);
}

#[test]
fn a_place_has_its_relation_before_it() {
    let sandbox = with_six_injured();
    let claim =
        |place: &str| add(&sandbox, &["It burnt", "--key=c", "--source=s1", "--place", place]);
    let said = claim("withn:Hallow").failed();
    assert!(
        said.contains("\"withn\" is not one of the place relations; did you mean \"within\"?"),
        "{said}"
    );
    let said = claim("near:Nowhere").failed();
    assert!(said.contains("no location is called \"Nowhere\""), "{said}");
    claim("Unnamed within: Hallow").done();
    assert_eq!(places(&sandbox), "six-injured at hallow; c unnamed_within hallow");
    // A name may hold a colon; where it may be a relation too, nobody guesses.
    let site = |name: &str| {
        let key = format!("--key={}", name.to_lowercase().replace([':', ' '], "-"));
        sandbox.run(&["add", "location", "--kind=site", "--name", name, &key]).done();
    };
    site("Camp:North");
    site("near:East");
    let update = |place: &str, more: &[&str]| {
        let flags = ["--key=c", "--update", "--replace-place", "--place", place];
        add(&sandbox, &[&flags[..], more].concat())
    };
    update("Camp:North", &["--place=near:East"]).done();
    assert_eq!(places(&sandbox), "six-injured at hallow; c at camp-north; c at near-east");
    site("East");
    let said = update("near:East", &[]).failed();
    assert!(said.contains("--place \"near:East\" has two readings"), "{said}");
    update("near:east", &[]).failed();
    // A place that stays keeps its relation, by whatever name it goes: one `toward` gave way to `near`.
    update("toward:hallow", &[]).done();
    assert_eq!(places(&sandbox), "six-injured at hallow; c toward hallow");
    update("near:hallow", &[]).done();
    assert_eq!(places(&sandbox), "six-injured at hallow; c near hallow");
    update("toward:hallow", &[]).done();
    update("toward:HALLOW", &["--place=Tarn district"]).done();
    assert_eq!(places(&sandbox), "six-injured at hallow; c toward hallow; c at tarn-district");
    assert_eq!(sandbox.ask("select count(*) from revisions where action = 'delete' and table_name = 'claim_locations' and column_name = 'relation' and was = 'toward'"), "1");
    let said = add(&sandbox, &["--key=c", "--place=hallow", "--replace-place"]).failed();
    assert!(said.contains("--replace-place goes with --update"), "{said}");
    assert!(!sandbox.run(&["add", "source", "--help"]).done().contains("--replace-place"));
}

#[test]
fn further_sources_are_mentions_of_their_own() {
    let sandbox = with_six_injured();
    let mentions = || {
        let sql =
            "select group_concat(s.key || ' ' || m.stance || ' ' || ifnull(m.locator, '-'), '; ')
             from mentions m join sources s on s.id = m.source_id";
        sandbox.ask(sql).replace('"', "")
    };
    assert_eq!(mentions(), "s1 asserts -; s2 asserts ¶2; s2 asserts -");
    // The fields of the first mention are not those of the others.
    let first = ["--source=s1", "--stance=denies", "--locator=p. 1", "--also=s2=p. 3"];
    add(&sandbox, &[&["It burnt", "--key=c"], &first[..]].concat()).done();
    assert!(mentions().ends_with("s1 denies p. 1; s2 asserts p. 3"), "{}", mentions());
    let said = add(&sandbox, &["It fell", "--source=s1", "--also=nobody=p. 1"]).failed();
    assert!(said.contains("--also: no source has the key \"nobody\""), "{said}");
    // A title may hold the sign.
    sandbox.run(&["add", "source", "--key=s3", "--kind=post", "--title=a=b"]).done();
    add(&sandbox, &["It fell", "--key=d", "--source=s1", "--also=a=b"]).done();
    assert!(mentions().ends_with("s1 asserts -; s3 asserts -"), "{}", mentions());
}

#[test]
fn links_are_added_with_the_claim() {
    let sandbox = with_six_injured();
    let five = ["Five people were injured", "--source=s2", "--figure=people injured=5"];
    let links = ["--link=contradicts:six-injured", "--link=same_event:six-injured"];
    add(&sandbox, &[&five[..], &links].concat()).done();
    let all = || {
        let sql = "select group_concat(t, '; ') from (select (select key from claims where id = from_id) || ' ' ||
             relation || ' ' || (select key from claims where id = to_id) as t from claim_links order by id)";
        sandbox.ask(sql).replace('"', "")
    };
    let two = "five-people-were-injured contradicts six-injured; five-people-were-injured same_event six-injured";
    assert_eq!(all(), two);
    // A claim whose key would be that of the one it is linked to is another one.
    add(&sandbox, &["Six injured", "--source=s2", "--link=updates:six-injured"]).done();
    assert_eq!(all(), format!("{two}; six-injured-2 updates six-injured"));
    for (link, part) in [
        ("six-injured", "contradicts:six-injured"),
        ("denies:six-injured", "\"denies\" is not one of the link relations"),
        ("updates:nothing", "no claim has the key \"nothing\""),
    ] {
        let run = add(&sandbox, &["Two injured", "--source=s2", "--link", link]);
        assert!(run.code != 0 && run.err.contains(part), "{link}: {}", run.err);
    }
    let edit = add(&sandbox, &["Two injured", "--link=updates:six-injured", "--edit"]).failed();
    assert!(edit.contains("--link goes without --edit"), "{edit}");
}

#[test]
fn other_numbers_in_one_event_propose_that_link_too() {
    let sandbox = with_six_injured();
    let like = |number: &str, measure: &str| {
        let text = format!("{number} people were injured in Hallow");
        let figure = format!("--figure={measure}=7");
        let new = "--new-measure=Hurt=people:level";
        let at = ["--kind=event", "--happened=2024-03-04", "--source=s2", "--place=hallow"];
        add(&sandbox, &[&[text.as_str(), figure.as_str(), new], &at[..]].concat()).err
    };
    let said = like("Seven", "hurt");
    assert!(said.contains("--relation contradicts") && !said.contains("same_event"), "{said}");
    sandbox.run(&["undo"]).done();
    let said = like("Seven", "people injured");
    assert!(said.contains("if both are of one event, --relation same_event as well"), "{said}");
    // Who linked them told them apart.
    let linked =
        ["Eight people were injured in Hallow", "--source=s2", "--figure=people injured=8"];
    let links: Vec<String> = ["six-injured", "seven-people-were-injured-in-hallow"]
        .map(|key| format!("--link=contradicts:{key}"))
        .to_vec();
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    let said = add(&sandbox, &[&linked[..], &links].concat());
    assert!(said.code == 0 && !said.err.contains("is like"), "{}", said.err);
}

#[test]
fn a_measure_whose_numbers_need_a_unit_has_one() {
    let sandbox = with_six_injured();
    let cost = |measure: &str, amount: &str| {
        let (measure, figure) =
            (format!("--new-measure={measure}"), format!("--figure=cost={amount}"));
        add(&sandbox, &["It cost", "--key=c", "--source=s1", &measure, &figure])
    };
    for dimension in ["money", "distance", "area", "duration"] {
        let said = cost(&format!("Cost={dimension}:level"), "2").failed();
        let form = format!("--new-measure \"Cost={dimension}:level:UNIT\"");
        assert!(said.contains(&form), "{said}");
    }
    cost("Cost=money:cumulative:EUR", "nearly 2 million EUR").done();
    assert_eq!(figure(&sandbox, "c-cost"), "2000000 nearly | nearly 2 million EUR | -");
    assert_eq!(sandbox.ask("select unit from measures where key = 'cost'"), "EUR");
    // A fraction and what is counted one by one need none.
    let more = ["--new-measure=Part=share:level", "--new-measure=Cars=objects:level"];
    add(&sandbox, &[&["It fell", "--source=s1"], &more[..]].concat()).done();
}

#[test]
fn words_behind_a_number_are_the_unit_or_too_many() {
    let sandbox = with_six_injured();
    sandbox
        .import("onrecord = 1\n[[measure]]\nkey = \"depth\"\ntitle = \"Depth\"\ndimension = \"distance\"\nunit = \"m\"\ngrowth = \"level\"\n")
        .done();
    let depth =
        |amount: &str| add(&sandbox, &["It rose", "--key=c", "--source=s1", "--figure", amount]);
    for (amount, words) in [
        (
            "depth=about 2 km",
            "\"km\" behind the number is too much: the unit of its measure is \"m\"; write \"about 2\" if the number is in that",
        ),
        ("depth=2 M", "\"M\" behind the number is too much"),
        (
            "people injured=6 people in hospital",
            "\"people in hospital\" behind the number is too much: write \"6\"; a unit belongs to the measure",
        ),
        ("depth=km 2", "\"km\" before the number is too much: the unit of its measure is \"m\""),
    ] {
        let said = depth(amount).failed();
        assert!(said.contains(words), "{amount}: {said}");
    }
    depth("depth=about 2 metres").done();
    assert_eq!(figure(&sandbox, "c-depth"), "2 about | about 2 metres | -");
    // What a measure counts is named by its title.
    let people = ["Others fled", "--key=d", "--source=s1", "--figure=people injured=6 people"];
    add(&sandbox, &people).done();
    assert_eq!(figure(&sandbox, "d-people-injured"), "6 exact | 6 people | -");
    // Tables and documents read the same.
    sandbox.write(
        "t.csv",
        "text,source,measure,value,unit\nIt fell,s1,depth,3 m,\nIt grew,s1,depth,nearly 5 Metres,\nIt sank,s1,depth,4 ft,ft\n",
    );
    sandbox.run(&["import", "t.csv"]).done();
    assert_eq!(figure(&sandbox, "it-fell-depth"), "3 exact | 3 m | -");
    assert_eq!(figure(&sandbox, "it-grew-depth"), "5 nearly | nearly 5 Metres | -");
    assert_eq!(figure(&sandbox, "it-sank-depth"), "4 exact | 4 ft | -");
    sandbox.write("u.csv", "text,source,measure,value\nIt stood,s1,depth,3 ft\n");
    let said = sandbox.run(&["import", "u.csv"]).failed();
    assert!(said.contains("u.csv:2: column value: \"ft\" behind the number"), "{said}");
}

#[test]
fn a_part_is_out_of_a_figure_of_its_claim() {
    let sandbox = with_six_injured();
    let measures =
        ["--new-measure=All pumps=objects:constant", "--new-measure=Pumps out=objects:level"];
    let pumps = |key: &str, figures: &[&str]| {
        let key = format!("--key={key}");
        let figures = figures.iter().map(|figure| format!("--figure={figure}"));
        let figures: Vec<String> = figures.collect();
        let figures: Vec<&str> = figures.iter().map(String::as_str).collect();
        let new: &[&str] = if key == "--key=c" { &measures } else { &[] };
        add(&sandbox, &[&["Pumps failed", "--source=s1", &key], new, &figures].concat())
    };
    let said = pumps("c", &["pumps out=3 out of 8"]).failed();
    let flags = "--new-measure 'Pumps out in all=objects:GROWTH' --figure 'Pumps out in all=8' --figure 'Pumps \
                 out=3 of Pumps out in all' adds both; GROWTH is constant (does not change), level (";
    assert!(said.contains(flags), "{said}");
    let said = pumps("c", &["pumps out=3 of 8 pumps"]).failed();
    let flags = "--new-measure pumps=objects:GROWTH --figure pumps=8 --figure 'Pumps out=3 of pumps' adds both";
    assert!(said.contains(flags), "{said}");
    // The same in a row names the columns.
    sandbox.write(
        "p.csv",
        "text,source,measure_title,dimension,growth,value\nPumps failed,s1,Pumps out,objects,level,3 of 8 pumps\n",
    );
    let said = sandbox.run(&["import", "p.csv"]).failed();
    let cells = "measure_title \"pumps\", dimension objects, growth GROWTH, value 8; and here value \"3 of pumps\"";
    assert!(said.contains(cells), "{said}");
    // Another figure of that number may count anything: the words behind it say which is the whole.
    let said = pumps("c", &["pumps out=3 of 8", "all pumps=8"]).failed();
    assert!(said.contains("is two figures, the part and the whole"), "{said}");
    let said = pumps("c", &["pumps out=3 of 9 all pumps", "all pumps=8"]).failed();
    assert!(said.contains("says another number"), "{said}");
    let said = pumps("c", &["pumps out=3 of 8 all pumps"]).failed();
    assert!(
        said.contains(": --figure 'all pumps=8' --figure 'Pumps out=3 of all pumps'"),
        "{said}"
    );
    let said = pumps("c", &["pumps out=3 of all pumps"]).failed();
    assert!(said.contains("no figure of this claim counts \"all pumps\""), "{said}");
    assert!(said.contains("--figure \"all pumps=NUMBER\""), "{said}");
    pumps("c", &["pumps out=at least 3 of All pumps", "all pumps=8"]).done();
    assert_eq!(figure(&sandbox, "c-pumps-out"), "3 at_least | at least 3 | c-all-pumps");
    // How the whole is named is no word of a source.
    pumps("d", &["pumps out=3 of all-pumps", "all pumps=8"]).done();
    assert_eq!(figure(&sandbox, "d-pumps-out"), "3 exact | - | d-all-pumps");
    pumps("e", &["pumps out=dozens of pumps"]).done();
    assert_eq!(figure(&sandbox, "e-pumps-out"), "- dozens | dozens of pumps | -");
    let change = |value: &str, more: &[&str]| {
        let flags = [
            "add",
            "figure",
            "--key=e-pumps-out",
            "--update",
            "--qualifier=exact",
            "--value",
            value,
        ];
        sandbox.run(&[&flags[..], more].concat())
    };
    let said = change("4 of c-all-pumps", &["--out-of=d-all-pumps"]).failed();
    assert!(said.contains("is out of c-all-pumps, and out_of says d-all-pumps"), "{said}");
    // A figure of another claim is named by its key; one of its own by the measure.
    change("4 of c-all-pumps", &["--said="]).done();
    assert_eq!(figure(&sandbox, "e-pumps-out"), "4 exact | - | c-all-pumps");
    sandbox.run(&["check"]).done();
    // Two figures of that measure in one claim are two readings.
    sandbox
        .run(&["add", "figure", "--key=more", "--claim=c", "--measure=all pumps", "--value=9"])
        .done();
    let flags = ["add", "figure", "--key=c-pumps-out", "--update", "--value=5 of All pumps"];
    let said = sandbox.run(&flags).failed();
    assert!(said.contains("may be c-all-pumps or more; give the key of one"), "{said}");
}

#[test]
fn a_comma_groups_the_digits_of_what_is_counted_one_by_one() {
    let sandbox = with_six_injured();
    let claim = |key: &str, measure: &str, amount: &str| {
        let new = format!("--new-measure={key}={measure}");
        let (figure, key) = (format!("--figure={key}={amount}"), format!("--key={key}"));
        add(&sandbox, &["They left", &key, "--source=s1", &new, &figure])
    };
    claim("one", "people:level", "1,200").done();
    assert_eq!(figure(&sandbox, "one-one"), "1200 exact | 1,200 | -");
    claim("two", "objects:level", "between 1,200 and 1,500").done();
    let ends = "select low || ' to ' || high from figures where key = 'two-two'";
    assert_eq!(sandbox.ask(ends).replace('"', ""), "1200 to 1500");
    // The measure that is in the archive counts as well.
    add(
        &sandbox,
        &["They hurt", "--key=three", "--source=s1", "--figure=people injured=about 1,200 people"],
    )
    .done();
    assert_eq!(figure(&sandbox, "three-people-injured"), "1200 about | about 1,200 people | -");
    for (key, measure, amount, write) in [
        ("cost", "money:level:EUR", "1,200", "it may be 1.2 or 1200; write 1.20 or 1200"),
        (
            "costs",
            "money:level:EUR",
            "between 1,200 and 1,500",
            "write \"between 1.2 and 1.5\" or \"between 1200 and 1500\"",
        ),
        ("left", "people:level", "1.200", "it may be 1.2 or 1200"),
        ("left", "people:level", "2,345 million", "is ambiguous"),
        ("in thousands", "people:level", "1,200", "it may be 1.2 or 1200"),
        ("left", "people:level:thousand", "1,200", "it may be 1.2 or 1200"),
    ] {
        let said = claim(key, measure, amount).failed();
        assert!(said.contains(write), "{key} {amount}: {said}");
    }
    // A table says nothing else, unless its other cells or an option do.
    let table = |cells: &str| {
        let rows: String = cells
            .split(' ')
            .enumerate()
            .map(|(n, c)| format!("t{n},T {n},s1,one,\"{c}\"\n"))
            .collect();
        sandbox.write("t.csv", format!("claim,text,source,measure,value\n{rows}"));
        sandbox.run(&["import", "t.csv", "--dry-run"])
    };
    table("1,200 12,500").done();
    assert!(table("1,200 12,5").failed().contains("t.csv:2: column value: \"1,200\" is ambiguous"));
    assert!(table("1.200").failed().contains("`--grouping .`"));
}
