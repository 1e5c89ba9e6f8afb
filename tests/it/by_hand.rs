//! Entering by hand: names where keys go, a claim in one line, code words as people type them.

use crate::common::{Sandbox, has_terminal};

/// A claim with everything that it needs in one line; `more` are further words.
const ONE_LINE: &[&str] = &[
    "add",
    "claim",
    "Six people were injured",
    "--new-source=Morning news=Article",
    "--new-speaker=Ana Petrović=person",
    "--new-place=Novi Sad=city",
    "--happened=2021-06-01",
    "--new-measure=People injured=people:level",
    "--figure=people injured=at least 6",
    "--quote=six",
    "--verdict=Reported",
    "--because=The news says so",
];

fn with_a_claim() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.run(ONE_LINE).done();
    sandbox
}

#[test]
fn a_claim_is_added_in_one_line() {
    let sandbox = with_a_claim();
    let row = sandbox.ask(
        "select c.kind || '|' || c.status || '|' || s.title || '|' || p.title || '|' || l.name || '|' || f.value || f.qualifier || f.said || '|' || m.quote
         from claims c join mentions m on m.claim_id = c.id join sources s on s.id = m.source_id
         join sources p on p.id = m.speaker_id join claim_locations cl on cl.claim_id = c.id
         join locations l on l.id = cl.location_id join figures f on f.claim_id = c.id",
    );
    assert_eq!(
        row.replace('"', ""),
        "unsorted|reported|Morning news|Ana Petrović|Novi Sad|6at_leastat least 6|six"
    );
    sandbox.run(&["check"]).done();
    // What is there already is named with its key, and nothing is added beside it.
    let again = sandbox.run(ONE_LINE).failed();
    assert!(again.contains("source morning-news is the same (title"), "{again}");
    assert_eq!(sandbox.ask("select count(*) from sources"), "3");
}

#[test]
fn a_name_does_wherever_a_key_goes() {
    let sandbox = with_a_claim();
    let claim = ["add", "claim", "Ten were injured", "--source=MORNING  NEWS", "--place=novi sad"];
    let more = ["--speaker=Ana Petrović", "--figure=People injured=10"];
    sandbox.run(&[&claim[..], &more].concat()).done();
    sandbox
        .run(&["add", "location", "--name=Center", "--kind=quarter", "--within=Novi Sad"])
        .done();
    sandbox
        .run(&[
            "add",
            "figure",
            "--claim=Ten were injured",
            "--measure=people injured",
            "--value=11",
            "--update",
        ])
        .done();
    let assess = ["assess", "Ten were injured", "reported", "--by=Morning news", "--because=x"];
    sandbox.run(&assess).done();
    sandbox.import(
        "onrecord = 1\n[[measure]]\ntitle = \"Homes\"\ndimension = \"objects\"\ngrowth = \"level\"\n\
         [[claim]]\ntext = \"Homes burnt\"\nkind = \"event\"\nplaces = [\"Novi Sad\", \"The hill\"]\n\
         [[claim.mention]]\nsource = \"Morning news\"\nspeaker = \"Bo\"\n\
         [[claim.figure]]\nmeasure = \"homes\"\nvalue = 3\n\
         [[source]]\nkind = \"person\"\ntitle = \"Bo\"\n\
         [[location]]\nname = \"Hill 5\"\nkind = \"site\"\n[[location.names]]\nname = \"The hill\"\n",
    )
    .done();
    let keys = sandbox.ask(
        "select group_concat(k, ' ') from (
           select (select key from locations where id = l.within_id) as k from locations l where key = 'center'
           union all select key || '=' || value from figures where value in (3, 11)
           union all select group_concat(l.key, '+') from claim_locations cl join locations l on l.id = cl.location_id
             where cl.claim_id = (select id from claims where text = 'Homes burnt')
           union all select p.key from mentions m join sources p on p.id = m.speaker_id
             where m.claim_id = (select id from claims where text = 'Homes burnt')
           union all select s.key from assessments a join sources s on s.id = a.assessor_id where a.because = 'x')",
    );
    assert_eq!(
        keys.replace('"', ""),
        "novi-sad ten-were-injured-people-injured=11 homes-burnt-homes=3 novi-sad+hill-5 bo morning-news"
    );
    assert!(sandbox.run(&["show", "ana petrović"]).done().contains("ana-petrovic"));
    sandbox.run(&["rename", "Novi Sad", "ns"]).done();
    assert_eq!(sandbox.ask("select count(*) from sources"), "4", "nothing came twice");
    sandbox.run(&["check", "references"]).done();
}

#[test]
fn a_key_comes_before_a_name() {
    let sandbox = Sandbox::empty();
    sandbox
        .import(
            "onrecord = 1\n[[location]]\nkey = \"mill\"\nname = \"Old town\"\nkind = \"town\"\n\
             [[location]]\nkey = \"town\"\nname = \"Mill\"\nkind = \"town\"\n",
        )
        .done();
    sandbox.run(&["add", "claim", "It burnt", "--place=mill"]).done();
    sandbox.run(&["add", "claim", "It rained", "--place=Mill"]).done();
    let sql = "select group_concat(l.key, ' ') from claim_locations cl join locations l on l.id = cl.location_id order by cl.id";
    assert_eq!(sandbox.ask(sql).replace('"', ""), "mill town");
}

#[test]
fn a_name_of_several_is_refused_with_their_keys() {
    let sandbox = Sandbox::empty();
    sandbox
        .import(
            "onrecord = 1\n[[source]]\nkey = \"a\"\nkind = \"article\"\ntitle = \"The news\"\n\
             [[source]]\nkey = \"b\"\nkind = \"report\"\ntitle = \"The News\"\n",
        )
        .done();
    let said = sandbox.run(&["add", "claim", "It burnt", "--source=the news"]).failed();
    assert!(said.contains("2 records are called \"the news\": source:a, source:b"), "{said}");
    let said = sandbox.run(&["show", "the news"]).failed();
    assert!(said.contains("source:a, source:b"), "{said}");
    let document = "onrecord = 1\n[[claim]]\ntext = \"It burnt\"\nkind = \"event\"\n\
        [[claim.mention]]\nsource = \"The news\"\n";
    let said = sandbox.import(document).failed();
    assert!(said.contains("2 sources are called \"The news\": a, b; give the key"), "{said}");
    // One of the document and one of the archive are two.
    let document =
        format!("{document}[[source]]\nkey = \"c\"\nkind = \"post\"\ntitle = \"the news\"\n");
    let said = sandbox.import(&document).failed();
    assert!(said.contains("3 sources are called"), "{said}");
    assert_eq!(sandbox.ask("select count(*) from claims"), "0");
}

#[test]
fn a_name_that_two_rows_get_is_not_taken_for_the_first() {
    let sandbox = Sandbox::empty();
    let table = "text,place_name,place_kind,within,iso_3166\n\
        A burnt,Region,region,,\nB burnt,Mill,town,Region,\nC burnt,region,area,,\nD burnt,Moor,town,Region,\n";
    sandbox.write("t.csv", table);
    let said = sandbox.run(&["import", "t.csv"]).failed();
    assert!(
        said.contains("t.csv:5: column within") && said.contains("2 locations are called"),
        "{said}"
    );
}

#[test]
fn what_is_missing_is_told_with_the_flag_that_adds_it() {
    let sandbox = Sandbox::empty();
    let said = sandbox
        .run(&["add", "claim", "It burnt", "--place=Old Mill", "--figure=Dead=3", "--verdict=true"])
        .failed();
    for part in [
        "--place: no location is called \"Old Mill\"",
        "\"Old Mill\" is new; `--new-place \"Old Mill=KIND\"` adds it",
        "`--new-measure \"Dead=DIMENSION:GROWTH\"` adds it",
        "as a verdict it means corroborated or confirmed",
        "--because",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    for (word, status) in
        [("debunked", "refuted"), ("false", "refuted"), ("verified", "corroborated or confirmed")]
    {
        let claim = ["add", "claim", "It burnt", "--because=x", "--verdict", word];
        let said = sandbox.run(&claim).failed();
        assert!(said.contains(&format!("as a verdict it means {status}")), "{said}");
    }
    assert_eq!(sandbox.ask("select count(*) from claims"), "0");
}

#[test]
fn a_terminal_is_asked_for_what_is_missing() {
    let sandbox = Sandbox::empty();
    if !has_terminal(&sandbox) {
        return;
    }
    let program = env!("CARGO_BIN_EXE_onrecord");
    let add = |answers: &str, claim: &str| {
        sandbox.write("answers", answers);
        let command = format!(
            "script -qec '{program} add claim \"{claim}\" --place \"Old Mill\"' /dev/null < answers"
        );
        crate::common::run(sandbox.command("sh").args(["-c", &command]))
    };
    // An empty answer adds nothing.
    assert_ne!(add("\n", "It burnt").code, 0);
    assert_eq!(sandbox.ask("select count(*) from locations"), "0");
    let said = add("site\n", "It burnt");
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert_eq!(sandbox.ask("select name || kind from locations").replace('"', ""), "Old Millsite");
    add("", "It fell").done();
}

#[test]
fn other_numbers_of_a_like_claim_propose_a_link() {
    let sandbox = with_a_claim();
    let claim = ["add", "claim", "--source=Morning news", "--place=Novi Sad"];
    let ten = ["--text=Six people were injured badly", "--figure=People injured=10"];
    let said = sandbox.run(&[&claim[..], &ten].concat()).err;
    assert!(
        said.contains("with other numbers") && said.contains("--relation contradicts"),
        "{said}"
    );
    assert!(!said.contains("merge-claims"), "{said}");
    let six = ["--text=Six people were injured there", "--figure=People injured=6"];
    let said = sandbox.run(&[&claim[..], &six].concat()).err;
    assert!(said.contains("merge-claims"), "{said}");
}

#[test]
fn claims_that_came_with_keys_of_their_own_are_no_repeats_of_each_other() {
    let sandbox = Sandbox::empty();
    let table = |keys: [&str; 2]| {
        format!(
            "claim,text,kind\n{},A health centre in the valley was shelled,event\n{},The health centre in the valley was shelled,event\n",
            keys[0], keys[1]
        )
    };
    sandbox.write("t.csv", table(["a", "b"]));
    let said = sandbox.run(&["import", "t.csv"]).err;
    assert!(!said.contains("may repeat"), "{said}");
    sandbox.run(&["export", "csv", "out.csv"]).done();
    let other = Sandbox::empty();
    other.write("out.csv", std::fs::read(sandbox.path("out.csv")).unwrap());
    let said = other.run(&["import", "out.csv"]).err;
    assert!(!said.contains("may repeat"), "{said}");
    // Nobody told these apart, and this one repeats what was there.
    let strangers = Sandbox::empty();
    strangers.write("t.csv", table(["", ""]));
    let said = strangers.run(&["import", "t.csv"]).err;
    assert!(said.contains("may repeat"), "{said}");
    sandbox.write("u.csv", table(["c", ""]).lines().take(2).collect::<Vec<_>>().join("\n"));
    let said = sandbox.run(&["import", "u.csv"]).err;
    assert!(said.contains("c may repeat a"), "{said}");
}

#[test]
fn a_new_archive_is_told_what_its_desk_is_called() {
    let sandbox = Sandbox::new();
    let names = ["init", "--title", "The flood", "--desk-name", "The Courier's desk"];
    sandbox.run(&names).done();
    assert_eq!(sandbox.ask("select title from archive"), "The flood");
    assert_eq!(sandbox.ask("select title from sources"), "The Courier's desk");
    assert_eq!(sandbox.ask("select count(*) from revisions"), "0");
    if has_terminal(&sandbox) {
        let program = env!("CARGO_BIN_EXE_onrecord");
        let command = format!("script -qec '{program} init -f b.db' /dev/null");
        let said = crate::common::run(sandbox.command("sh").args(["-c", &command])).out;
        assert!(said.contains("next:") && said.contains("onrecord publish page.html"), "{said}");
    }
}

#[test]
fn an_everyday_word_is_answered_with_the_code() {
    let sandbox = Sandbox::empty();
    for (kind, means) in [
        ("press release", "; a press release is \"report\" (article"),
        (
            "Interview",
            "; an Interview is \"article\", \"video\", \"audio\" or \"broadcast\" (article",
        ),
        ("reprot", "; did you mean \"report\"?"),
    ] {
        let said = sandbox.run(&["add", "source", "--title=T", "--kind", kind]).failed();
        assert!(said.contains(means), "{said}");
    }
    // A code that the archive does not have is not proposed.
    let other = sandbox.other_tool();
    other.execute("delete from source_kinds where code = 'post'", []).unwrap();
    drop(other);
    let said = sandbox.run(&["add", "source", "--title=T", "--kind=tweet"]).failed();
    assert!(!said.contains("a tweet is"), "{said}");
}

#[test]
fn a_new_name_stands_beside_the_records_that_may_be_meant() {
    let sandbox = with_a_claim();
    let title = ["add", "source", "--kind=person", "--title=Ilse Brandt, engineer", "--key=brandt"];
    sandbox.run(&title).done();
    let claim = ["add", "claim", "It burnt", "--source=morning-news", "--speaker=Ilse Brandt"];
    let said = sandbox.run(&claim).failed();
    let hint = "adds it, unless it is brandt (Ilse Brandt, engineer)";
    assert!(said.contains(hint), "{said}");
    let other = ["add", "claim", "It burnt", "--source=morning-news", "--speaker=Otto Brandt"];
    let said = sandbox.run(&other).failed();
    assert!(said.contains("\"Otto Brandt\" is new") && !said.contains("unless"), "{said}");
}
