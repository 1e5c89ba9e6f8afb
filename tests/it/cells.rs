//! Every cell of a table is in the archive, refused with its place, or named in a remark.

use crate::common::{Run, Sandbox};

fn import(sandbox: &Sandbox, table: &str, more: &[&str]) -> Run {
    sandbox.write("t.csv", table);
    sandbox.run(&[&["import", "t.csv"], more].concat())
}

#[test]
fn a_cell_without_a_heading_is_refused() {
    let sandbox = Sandbox::empty();
    let error = import(&sandbox, "text,,kind\nA,B denied it,event\n", &[]).failed();
    assert!(
        error.contains("t.csv:2:1: this row has a cell in column 2, which has no heading"),
        "{error}"
    );
    let _ = import(&sandbox, "text,,kind\nA, ,event\n", &[]).done();
}

#[test]
fn a_short_row_is_remarked() {
    let sandbox = Sandbox::empty();
    let run = import(&sandbox, "claim,text,kind\na,A\nb,B,event\n", &[]);
    assert!(
        run.err.contains(
            "t.csv:2:1: this row has 2 cells, and the header 3; the others are not stated"
        ),
        "{}",
        run.err
    );
    assert!(!run.err.contains("t.csv:3"), "{}", run.err);
    assert_eq!(run.code, 0);
}

#[test]
fn no_column_is_passed_over_but_that_of_the_reasons() {
    let sandbox = Sandbox::empty();
    let error = import(&sandbox, "text,kind,reason\nA,event,a rumour\n", &[]).failed();
    assert!(error.contains("column reason: no field has this name"), "{error}");
    let _ = import(&sandbox, "rejected_because,text,kind\nwhy,A,event\n", &[]).done();
}

#[test]
fn two_names_of_one_thing_are_refused() {
    let sandbox = Sandbox::empty();
    let head = "text,title,source_kind,place_name,place_kind,place\n";
    let two = format!("{head}It burnt,A,article,Mill,town,Old Town\n");
    let said = import(&sandbox, &two, &[]).failed();
    assert!(
        said.contains("column place: \"Old Town\" is no key, and place_name says \"Mill\""),
        "{said}"
    );
    import(&sandbox, &format!("{head}It burnt,A,article,Mill,town,MILL\n"), &[]).done();
    import(&sandbox, &two, &["--map", "place="]).done();
    assert_eq!(sandbox.ask("select count(*) from locations"), "1");
}

#[test]
fn the_kind_of_a_speaker_who_is_not_named_is_refused() {
    let sandbox = Sandbox::empty();
    let table = "text,title,source_kind,speaker_kind\nIt burnt,A,article,person\n";
    let said = import(&sandbox, table, &[]).failed();
    assert!(said.contains("column speaker_kind: this cell belongs to no record"), "{said}");
}

#[test]
fn what_is_left_out_is_written_as_it_was() {
    let sandbox = Sandbox::empty();
    let wrong =
        "\"Ten years\" was said,event\n\"Open only,event\nFifth,event\nSixth end\" mark,event\n";
    let table = format!("text,kind\nA,event\n{wrong}He said \"\"no,event\n\"Two\nlines\",evnt\n");
    let run = import(&sandbox, &table, &["--keep-going", "--rejects", "left.csv"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("left out: 6 lines; written to left.csv"), "{}", run.err);
    assert!(run.err.contains("`--quotes literal`"), "{}", run.err);
    let left = std::fs::read_to_string(sandbox.path("left.csv")).unwrap();
    assert!(left.starts_with("rejected_because,text,kind\n\"column text: "), "{left}");
    // The reason stands before each row, whose bytes are those of the input.
    let bytes: Vec<&str> = left.split_inclusive('\n').skip(1).collect();
    let own: String = bytes
        .iter()
        .map(|line| {
            line.rsplit_once("marks as text with `--quotes literal`\",")
                .map_or(*line, |(_, own)| own)
        })
        .collect();
    assert!(own.starts_with(wrong), "{own}");
    assert!(left.ends_with(",\"Two\nlines\",evnt\n"), "{left}");
    // It is as wrong as before, and is written the same again.
    let again = ["import", "left.csv", "--keep-going", "--rejects", "again.csv"];
    assert_eq!(sandbox.run(&again).code, 1);
    assert_eq!(std::fs::read_to_string(sandbox.path("again.csv")).unwrap(), left);
    // Marks that are text are read as text.
    let other = Sandbox::empty();
    let _ = import(&other, &format!("text,kind\n{wrong}"), &["--quotes", "literal"]).done();
    let texts = other.run(&["sql", "select text from claims", "--format", "tsv"]).done();
    assert_eq!(texts, "text\n\"Ten years\" was said\n\"Open only\nFifth\nSixth end\" mark\n");
}

#[test]
fn a_row_that_was_found_and_says_otherwise_is_refused() {
    let first = "text,kind,title,source_kind,author,language,source_note,place,place_kind,precision,lat,lon,claim_note\n\
         C,event,Report,article,Ann,en,A note,Oldtown,town,1,10.5,20.5,Note A\n";
    for (from, to, column) in [
        (",Ann,", ",Bob,", "author"),
        (",en,", ",fr,", "language"),
        ("C,event", "C,state", "kind"),
        (",Note A", ",Note B", "claim_note"),
        ("A note", "Another", "source_note"),
    ] {
        let second = first.lines().nth(1).unwrap().replace(from, to);
        for apart in [false, true] {
            let sandbox = Sandbox::empty();
            let error = match apart {
                true => {
                    let _ = import(&sandbox, first, &[]).done();
                    let header = first.lines().next().unwrap();
                    import(&sandbox, &format!("{header}\n{second}\n"), &[]).failed()
                }
                false => import(&sandbox, &format!("{first}{second}\n"), &[]).failed(),
            };
            let line = if apart { 2 } else { 3 };
            assert!(
                error.contains(&format!(
                    "t.csv:{line}: column {column}: another row of this input, or the archive, has "
                )),
                "{column}: {error}"
            );
        }
    }
    // Another precision is another place; what is not stated contradicts nothing.
    let sandbox = Sandbox::empty();
    let second = first.lines().nth(1).unwrap().replace("town,1,", "town,3,");
    let less = "C,event,Report,article,,,,,,,,,";
    let _ = import(&sandbox, &format!("{first}{second}\n{less}\n"), &[]).done();
    assert_eq!(
        sandbox.ask(
            "select group_concat(key || precision, ' ') from (select * from locations order by key)"
        ),
        "oldtown1 oldtown-23"
    );
}

#[test]
fn a_cell_that_may_hold_several_names_is_asked_about() {
    let table = |title: &str, place: &str, speaker: &str| {
        format!(
            "text,kind,title,source_kind,place,place_kind,speaker,speaker_kind\n\
             Clash,event,{title},article,{place},town,{speaker},person\n"
        )
    };
    let names = "(select group_concat(title, '/') from (select title from sources where key <> 'desk' order by title)) \
         || ' ' || (select group_concat(name, '/') from (select name from locations order by name)) \
         || ' ' || (select count(*) from mentions) || ' ' || (select count(*) from claims)";
    for sign in [";", "；", "؛", " | ", " / ", " + ", "、"] {
        let sandbox = Sandbox::empty();
        let wide = table(&format!("A{sign}B"), "T", "S");
        let error = import(&sandbox, &wide, &[]).failed();
        let hint = format!("`--split title=\"{sign}\"` makes several of it, `--split title=` one");
        assert!(error.contains(&hint), "{error}");
        let split = format!("title={sign}");
        let _ = import(&sandbox, &wide, &["--split", &split]).done();
        assert_eq!(sandbox.ask(&format!("select {names}")), "A/B/S T 2 1");
    }
    let sandbox = Sandbox::empty();
    let _ = import(&sandbox, &table("A; B", "T", "S"), &["--split", "title="]).done();
    assert_eq!(sandbox.ask(&format!("select {names}")), "A; B/S T 1 1");
    let sandbox = Sandbox::empty();
    let both = table("A; B", "T; U", "S");
    let _ = import(&sandbox, &both, &["--split", "title=;", "--split", "place=;"]).done();
    assert_eq!(sandbox.ask(&format!("select {names}")), "A/B/S T/U 2 1");
    let sandbox = Sandbox::empty();
    let _ = import(&sandbox, &table("A", "T", "R; S"), &["--split", "speaker=;"]).done();
    assert_eq!(sandbox.ask(&format!("select {names}")), "A/R/S T 2 1");
    let sandbox = Sandbox::empty();
    let error = import(
        &sandbox,
        &table("A; B", "T", "R; S"),
        &["--split", "title=;", "--split", "speaker=;"],
    );
    assert!(error.failed().contains("nothing says which belong together"));
    let error = import(&sandbox, &both, &["--split", "text=;"]).failed();
    assert!(error.contains("a cell of column \"text\" cannot be several"), "{error}");
    let error = import(&sandbox, &both, &["--split", "titel=;"]).failed();
    assert!(
        error.contains("the table has no column \"titel\"; did you mean \"title\"?"),
        "{error}"
    );
    // What tells one source from another is split with it, or refused.
    let urls = "text,kind,title,source_kind,url\nClash,event,A; B,article,http://a.example; http://b.example\n";
    let error = import(&sandbox, urls, &["--split", "title=;"]).failed();
    assert!(error.contains("column url: this cannot be of 2 at once"), "{error}");
    let _ = import(&sandbox, urls, &["--split", "title=;", "--split", "url=;"]).done();
    assert_eq!(
        sandbox.ask("select group_concat(title || url, ' ') from (select * from sources where key <> 'desk' order by key)"),
        "Ahttp://a.example Bhttp://b.example"
    );
    // A key says that the title is one.
    let keyed =
        "claim,text,kind,source,title,source_kind\nk,K,event,s,Violence; dozens killed,article\n";
    let _ = import(&sandbox, keyed, &[]).done();
}

#[test]
fn verdicts_in_words_get_the_status_of_published_reviews() {
    let sandbox = Sandbox::empty();
    let table = "claim,text,verdict,because,title,source_kind\n\
         a,A,False,Why,R,review\nb,B,pants-fire,Why,R,review\nc,C,Mostly True,Why,R,review\n\
         d,D,Faux,Why,R,review\ne,E,Three hats,Why,R,review\n";
    let run = import(&sandbox, table, &[]);
    assert!(
        run.err.contains("t.csv:6: column verdict: verdict \"Three hats\" is not one this program knows; recorded as inconclusive, its words kept"),
        "{}",
        run.err
    );
    let verdicts =
        "select group_concat(status || '/' || verdict, ' ') from assessments order by id";
    assert_eq!(
        sandbox.ask(verdicts),
        "refuted/False refuted/pants-fire corroborated/Mostly True refuted/Faux inconclusive/Three hats"
    );
    // In the column of the status, too; a word that nobody knows is refused there.
    let sandbox = Sandbox::empty();
    let table = "claim,text,status,because\na,A,False,Why\nb,B,reported,Why\n";
    let _ = import(&sandbox, table, &[]).done();
    assert_eq!(
        sandbox.ask(
            "select group_concat(status || '/' || coalesce(verdict, '-'), ' ') from assessments"
        ),
        "refuted/False reported/-"
    );
    let error = import(&sandbox, &table.replace("False", "Hats"), &[]).failed();
    assert!(error.contains("column status: \"Hats\" is not one of the statuses"), "{error}");
}

#[test]
fn a_review_that_does_not_say_where_shares_no_source_with_another() {
    let sandbox = Sandbox::empty();
    let review = |n: u8, item: &str, rating: &str| {
        format!(
            "{{\"@type\":\"ClaimReview\",\"url\":\"https://c{n}.example/1\",\"claimReviewed\":\"Claim {n}\",\
             \"datePublished\":\"2022-10-0{n}\",\"author\":{{\"@type\":\"Organization\",\"name\":\"C{n}\"}},\
             \"itemReviewed\":{{\"@type\":\"Claim\"{item}}},\"reviewRating\":{rating}}}"
        )
    };
    let false_ = "{\"alternateName\":\"False\"}";
    let text = format!(
        "[{},{},{}]",
        review(1, ",\"datePublished\":\"2022-09-01\"", false_),
        review(2, "", false_),
        review(3, "", "{\"ratingValue\":\"4\",\"bestRating\":\"6\",\"alternateName\":\"की है\"}")
    );
    sandbox.write("r.jsonld", text);
    let run = sandbox.run(&["import", "r.jsonld"]);
    assert!(run.err.contains("verdict \"की है\" is not one"), "{}", run.err);
    assert_eq!(
        sandbox.ask("select group_concat(coalesce(published, '-'), ' ') from (select * from sources where kind = 'page' order by id)"),
        "2022-09-01 - -"
    );
    assert_eq!(
        sandbox.ask("select replace(because, '\"', '') from assessments where verdict = 'की है'"),
        "Published verdict: की है (rating 4 of 6)."
    );
}

#[test]
fn a_title_that_is_not_taken_is_remarked() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import("onrecord = 1\n[archive]\ntitle = \"Ours\"\n").done();
    let run = sandbox.import("onrecord = 1\n[archive]\ntitle = \"Theirs\"\n");
    assert!(
        run.err.contains(":3:9: the archive keeps its title \"Ours\"; \"Theirs\" is left out"),
        "{}",
        run.err
    );
    let run = sandbox.import("onrecord = 1\n[archive]\ntitle = \"Ours\"\n");
    assert!(!run.err.contains("left out"), "{}", run.err);
}

#[test]
fn a_seed_goes_into_another_archive_only_when_asked_and_never_renames_it() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import("onrecord = 1\n[[claim]]\nkey = \"own\"\ntext = \"Own\"\nkind = \"event\"\n")
        .done();
    let error = sandbox.run(&["seed"]).failed();
    assert!(error.contains("--into adds it to this one"), "{error}");
    let _ = sandbox.run(&["seed", "--into"]).done();
    assert_eq!(sandbox.ask("select count(*) > 70 from claims"), "1");
    assert_eq!(sandbox.ask("select coalesce(title, '-') from archive"), "-");
}
