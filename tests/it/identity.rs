//! One page is one source however its address is written, and one name is one however it is spelled: at
//! intake, and where another tool made two.

use crate::common::Sandbox;

/// Ways to write the address of one page.
const ONE_PAGE: [&str; 9] = [
    "https://news.example/a/convoy",
    "http://news.example/a/convoy",
    "https://www.news.example/a/convoy/",
    "https://NEWS.example/a/convoy#comments",
    "https://news.example:443/a/convoy",
    "https://news.example/a/convoy?utm_source=x&utm_medium=social",
    "https://news.example/a/convoy?fbclid=abc",
    "https://m.news.example/a/convoy",
    "https://news.example/a/%63onvoy",
];

const HEAD: &str = "claim,text,kind,source_kind,title,url,identifier,published\n";

#[test]
fn one_page_is_one_source_however_its_address_is_written() {
    let rows = ONE_PAGE.iter().map(|url| format!("c,C,event,article,A convoy,{url},,\n"));
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", HEAD.to_owned() + &rows.collect::<String>());
    let run = sandbox.run(&["import", "t.csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let said = "t.csv:3: column url: this is source a-convoy: its url stays \
         \"https://news.example/a/convoy\", not \"http://news.example/a/convoy\"";
    assert!(run.err.contains(said), "{}", run.err);
    assert_eq!(
        sandbox.ask("select group_concat(key) from sources where kind = 'article'"),
        "a-convoy"
    );
    assert_eq!(sandbox.ask("select origins from claim_origin_counts"), "1");
    for url in ONE_PAGE {
        let add = ["add", "source", "--kind", "page", "--title", "Other", "--url", url];
        let error = sandbox.run(&add).failed();
        assert!(
            error.contains("--url: source a-convoy has this address already"),
            "{url}: {error}"
        );
    }
}

#[test]
fn a_copy_in_an_archive_is_the_page_itself() {
    let sandbox = Sandbox::empty();
    let copy = "https://web.archive.org/web/20210629000000/https://news.example/a/convoy";
    sandbox.write("t.csv", format!("{HEAD}c,C,event,article,A convoy,{copy},,\nc,C,event,article,A convoy,https://news.example/a/convoy,,\n"));
    let run = sandbox.run(&["import", "t.csv"]);
    assert!(
        run.err
            .contains("is a copy of \"https://news.example/a/convoy\": it is kept as archived_url"),
        "{}",
        run.err
    );
    let held = sandbox
        .ask("select group_concat(url || ' ' || archived_url) from sources where kind = 'article'");
    assert_eq!(held, format!("https://news.example/a/convoy {copy}"));
}

#[test]
fn one_identifier_is_one_work() {
    let sandbox = Sandbox::empty();
    let ids = [
        "10.1000/ABC.1",
        "doi:10.1000/abc.1",
        "https://doi.org/10.1000/abc.1",
        "DOI 10.1000/ABC.1",
    ];
    let rows =
        ids.iter().enumerate().map(|(n, id)| format!("c,C,event,article,Paper,,{id},202{n}\n"));
    let rows: String = rows.collect();
    sandbox.write(
        "t.csv",
        HEAD.to_owned()
            + &rows
                .replace(",2021\n", ",\n")
                .replace(",2022\n", ",2020\n")
                .replace(",2023\n", ",\n"),
    );
    let _ = sandbox.run(&["import", "t.csv"]).done();
    assert_eq!(sandbox.ask("select count(*) from sources where kind = 'article'"), "1");
    // By its address and by its identifier.
    sandbox.write(
        "u.csv",
        format!("{HEAD}d,D,event,article,Paper again,https://dx.doi.org/10.1000/Abc.1,,\n"),
    );
    let _ = sandbox.run(&["import", "u.csv"]).done();
    assert_eq!(sandbox.ask("select count(*) from sources where kind = 'article'"), "1");
    // An ISSN names a journal, and an ISBN a whole book.
    let rows = "e,E,event,article,One,,1234-5679,\ne,E,event,article,Two,,1234-5679,\n\
         f,F,event,article,Chapter one,,978-0-306-40615-7,\nf,F,event,article,Chapter two,,978-0-306-40615-7,\n\
         g,G,event,book,Book,,978-0-306-40615-7,\ng,G,event,book,The book,,0306406152,\n";
    sandbox.write("i.csv", HEAD.to_owned() + rows);
    let _ = sandbox.run(&["import", "i.csv"]).done();
    let origins = |claim: &str| {
        sandbox.ask(&format!("select origins from report_corroboration where claim = '{claim}'"))
    };
    assert_eq!([origins("e"), origins("f"), origins("g")], ["2", "2", "1"]);
}

#[test]
fn a_page_whose_title_and_date_both_differ_is_refused() {
    let table = |second: &str| {
        format!(
            "{HEAD}c,C,event,article,A convoy,https://n.example/a,,2021-06-28\nc,C,event,article,{second}\n"
        )
    };
    for (second, remark) in [
        (
            "Another,https://n.example/a,,2021-06-28",
            "its title stays \"A convoy\", not \"Another\"",
        ),
        ("Another,https://n.example/a,,", "its title stays \"A convoy\", not \"Another\""),
        (
            "A convoy,https://n.example/a,,2021-06-29",
            "its published stays \"2021-06-28\", not \"2021-06-29\"",
        ),
        (
            "a  CONVOY,https://n.example/a,,",
            "is taken for source a-convoy-2021, which is called \"A convoy\"",
        ),
    ] {
        let sandbox = Sandbox::empty();
        sandbox.write("t.csv", table(second));
        let run = sandbox.run(&["import", "t.csv"]);
        assert!(run.code == 0 && run.err.contains(remark), "{second}: {}", run.err);
        assert_eq!(sandbox.ask("select count(*) from sources where kind = 'article'"), "1");
    }
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", table("Another,https://n.example/a,,2021-06-29"));
    let error = sandbox.run(&["import", "t.csv"]).failed();
    assert!(error.contains("has this address, and is called \"A convoy\" of 2021-06-28; this is \"Another\" of 2021-06-29"), "{error}");
    // A home page is the address of no page in particular.
    let sandbox = Sandbox::empty();
    sandbox.write(
        "t.csv",
        table("Another,https://n.example/,,2021-06-29").replace("n.example/a,", "n.example,"),
    );
    let _ = sandbox.run(&["import", "t.csv"]).done();
    assert_eq!(sandbox.ask("select count(*) from sources where kind = 'article'"), "2");
    assert_eq!(sandbox.ask("select origins from claim_origin_counts"), "2");
    // People and bodies share a page.
    let sandbox = Sandbox::empty();
    sandbox.write(
        "t.csv",
        table("Another,https://n.example/a,,").replace(",article,", ",organisation,"),
    );
    let _ = sandbox.run(&["import", "t.csv"]).done();
    assert_eq!(
        sandbox.ask("select count(*) from sources where kind = 'organisation'"),
        "3",
        "and the desk"
    );
}

/// A write by the program, which computes what other tools left out.
fn write_something(sandbox: &Sandbox) {
    let _ = sandbox.run(&["add", "claim", "--kind", "event", "--text", "Something else"]).done();
    let _ = sandbox.run(&["undo"]).done();
}

/// Two sources that another tool made of one page are one origin in every tool, and a finding.
#[test]
fn two_rows_of_one_page_are_one_origin_and_a_finding() {
    for computed in [false, true] {
        let sandbox = Sandbox::empty();
        let conn = sandbox.other_tool();
        let add = |key: &str, kind: &str, url: &str| {
            conn.execute(
                "INSERT INTO sources (key, kind, title, url) VALUES (?1, ?2, ?1, ?3)",
                (key, kind, url),
            )
            .unwrap();
        };
        add("b", "article", "https://www.news.example/a/");
        add("a", "page", "http://NEWS.example/a#top");
        add("c", "article", "https://news.example/b");
        add("p", "person", "https://news.example/a");
        conn.execute_batch(
            "INSERT INTO claims (key, text, kind) VALUES ('c', 'C', 'event');
             INSERT INTO mentions (claim_id, source_id) SELECT 1, id FROM sources WHERE key <> 'desk'",
        )
        .unwrap();
        if computed {
            write_something(&sandbox);
            assert_eq!(
                sandbox.ask(
                    "select group_concat(canonical, ' ') from (select * from sources order by key)"
                ),
                "news.example/a news.example/a news.example/b news.example/a"
            );
        }
        assert_eq!(
            sandbox.ask("select replace(origin_keys, ', ', '/') from claim_origin_keys"),
            "a/c/p",
            "{computed}"
        );
        let shown = sandbox.run(&["show", "claim:c"]).done();
        assert!(
            shown.contains("3 independent") && shown.contains("b  is the same work"),
            "{shown}"
        );
        let found = sandbox.run(&["check", "same-works", "--format", "csv"]);
        assert!(found.out.contains("b,\"it is the same work as a, by its address or identifier: `onrecord merge-sources b a`"), "{}", found.out);
        // A revision is another work at the same address.
        conn.execute_batch(
            "INSERT INTO source_origins (source_id, relation, origin_id)
               SELECT b.id, 'revises', a.id FROM sources AS a, sources AS b WHERE a.key = 'a' AND b.key = 'b'",
        )
        .unwrap();
        assert_eq!(sandbox.ask("select count(*) from same_works"), "0");
        conn.execute_batch("DELETE FROM source_origins").unwrap();
        let _ = sandbox.run(&["merge-sources", "b", "a", "--because", "one page"]).done();
        assert_eq!(sandbox.ask("select count(*) from same_works"), "0");
    }
}

/// What a source is known by follows its name and address, whoever changes them.
#[test]
fn what_is_computed_is_emptied_when_its_base_changes() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import("onrecord = 1\n[[source]]\nkey = \"a\"\nkind = \"article\"\ntitle = \"A\"\nurl = \"https://n.example/a\"\nidentifier = \"10.1000/A\"\n[[location]]\nkey = \"l\"\nname = \"L\"\nkind = \"town\"\nnames = [\"M\"]\n")
        .done();
    let conn = sandbox.other_tool();
    let known = || {
        sandbox.ask("select coalesce(folded, '-') || ' ' || coalesce(canonical, '-') || ' ' || coalesce(canonical_identifier, '-') from sources where key = 'a'")
    };
    assert_eq!(known(), "a n.example/a doi:10.1000/a");
    for (sql, after) in [
        ("UPDATE sources SET title = 'B' WHERE key = 'a'", "b n.example/a doi:10.1000/a"),
        (
            "UPDATE sources SET url = 'https://n.example/b' WHERE key = 'a'",
            "b n.example/b doi:10.1000/a",
        ),
        ("UPDATE sources SET identifier = NULL WHERE key = 'a'", "b n.example/b -"),
        ("UPDATE sources SET url = 'N/A' WHERE key = 'a'", "b - -"),
        (
            "UPDATE sources SET kind = 'book', identifier = '0306406152' WHERE key = 'a'",
            "b - isbn:9780306406157",
        ),
    ] {
        conn.execute_batch(sql).unwrap();
        assert_eq!(known(), "- - -", "{sql}");
        write_something(&sandbox);
        assert_eq!(known(), after, "{sql}");
    }
    conn.execute_batch("UPDATE sources SET note = 'x' WHERE key = 'a'").unwrap();
    assert_eq!(known(), "b - isbn:9780306406157", "a note is none of it");
    conn.execute_batch("UPDATE locations SET name = 'LL'; UPDATE location_names SET name = 'MM'")
        .unwrap();
    let names = "select coalesce((select folded from locations), '-') || coalesce((select folded from location_names), '-')";
    assert_eq!(sandbox.ask(names), "--");
    write_something(&sandbox);
    assert_eq!(sandbox.ask(names), "llmm");
}

#[test]
fn a_name_is_one_however_it_is_spelled() {
    let sandbox = Sandbox::empty();
    let names = [
        "Herat Province",
        "herat  PROVINCE",
        "Herat\u{a0}Province",
        "Her\u{ad}at Province",
        "Ｈerat Province",
        "  Herat Province\u{200b} ",
    ];
    let rows =
        names.iter().map(|name| format!("C,event,\"{name}\",province,José,person,T,article\n"));
    let head = "text,kind,place,place_kind,speaker,speaker_kind,title,source_kind\n";
    let mut table = head.to_owned() + &rows.collect::<String>();
    table.push_str("C,event,Herat Province,province,Jose\u{301},person,t,article\n");
    sandbox.write("t.csv", table);
    let run = sandbox.run(&["import", "t.csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("t.csv:3: column place: \"herat  PROVINCE\" is taken for location herat-province, which is called \"Herat Province\""), "{}", run.err);
    assert_eq!(sandbox.ask("select group_concat(name) from locations"), "Herat Province");
    assert_eq!(sandbox.ask("select group_concat(title, '/') from (select title from sources where key <> 'desk' order by title)"), "José/T");
}

#[test]
fn an_address_is_one_and_says_something() {
    let sandbox = Sandbox::empty();
    let table = |url: &str| format!("{HEAD}c,C,event,article,T,{url},,\n");
    for (url, says) in [
        ("N/A", "column url: \"N/A\" is not an address; `--na N/A` takes it as not stated"),
        ("-", "`--na -` takes it as not stated"),
        ("https://a.example/1; https://b.example/2", "holds several addresses; a source has one"),
    ] {
        sandbox.write("t.csv", table(url));
        let error = sandbox.run(&["import", "t.csv"]).failed();
        assert!(error.contains(says), "{error}");
    }
    sandbox.write("t.csv", table("N/A"));
    let _ = sandbox.run(&["import", "t.csv", "--na", "N/A"]).done();
    let error =
        sandbox.run(&["add", "source", "--kind", "page", "--title", "P", "--url", "n/a"]).failed();
    assert!(error.contains("--url: \"n/a\" is not an address; leave it out"), "{error}");
}
