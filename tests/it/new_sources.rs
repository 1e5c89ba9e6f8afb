//! Sources that are added with a claim or a mention, with all that is said of them, in the same command.

use crate::common::{Run, Sandbox};

fn add(sandbox: &Sandbox, flags: &[&str]) -> Run {
    sandbox.run(&[&["add"], flags].concat())
}

/// An archive with a claim that a new report states.
fn with_report() -> Sandbox {
    let sandbox = Sandbox::empty();
    let claim = ["claim", "People left their homes", "--key=left", "--kind=event"];
    let report = ["--new-source=Situation report 2=report", "--publisher=The council"];
    let said = ["--published=2024-03-05", "--url=https://council.example/2", "--locator=p. 2"];
    let verdict = ["--verdict=confirmed", "--because=It counted.", "--evidence=Situation report 2"];
    add(&sandbox, &[&claim[..], &report, &said, &verdict].concat()).done();
    sandbox
}

/// The mentions of the archive: claim, source and place in it.
fn mentions(sandbox: &Sandbox) -> String {
    let sql = "select group_concat(t, '; ') from (select c.key || ' ' || s.title || ' ' || ifnull(m.locator, '-')
           || ifnull(' by ' || p.title, '') as t
         from mentions m join claims c on c.id = m.claim_id join sources s on s.id = m.source_id
         left join sources p on p.id = m.speaker_id order by m.id)";
    sandbox.ask(sql).replace('"', "")
}

/// The edges between sources.
fn origins(sandbox: &Sandbox) -> String {
    let sql =
        "select group_concat(t, '; ') from (select s.title || ' ' || o.relation || ' ' || p.title as t
         from source_origins o join sources s on s.id = o.source_id join sources p on p.id = o.origin_id
         order by o.id)";
    sandbox.ask(sql).replace('"', "")
}

#[test]
fn a_new_source_is_described_where_it_is_added() {
    let sandbox = with_report();
    let source =
        "select title || '|' || kind || '|' || publisher || '|' || published || '|' || url || '|'
           || ifnull(outlet, '-') as t from sources where key = 'situation-report-2-2024'";
    assert_eq!(
        sandbox.ask(source).replace('"', ""),
        "Situation report 2|report|The council|2024-03-05|https://council.example/2|-"
    );
    let claim = ["claim", "The bridge is closed", "--key=closed", "--kind=state"];
    let article = ["--new-source=Bridge shut=article", "--outlet=The Courier", "--locator=¶2"];
    let more = ["--origin=cites:Situation report 2", "--also=Situation report 2=p. 1"];
    let verdict = ["--verdict=reported", "--because=One origin."];
    add(&sandbox, &[&claim[..], &article, &more, &verdict].concat()).done();
    assert_eq!(
        mentions(&sandbox),
        "left Situation report 2 p. 2; closed Bridge shut ¶2; closed Situation report 2 p. 1"
    );
    assert_eq!(origins(&sandbox), "Bridge shut cites Situation report 2");
    sandbox.run(&["check"]).done();
    // The key that another new record is going to get names it as its title does.
    let two =
        ["claim", "It rained", "--new-source=Blog=page", "--new-speaker=Met office=organisation"];
    add(&sandbox, &[&two[..], &["--origin=cites:met-office"]].concat()).done();
    assert!(origins(&sandbox).ends_with("; Blog cites Met office"), "{}", origins(&sandbox));
}

#[test]
fn mistakes_in_the_description_are_named_by_their_flags() {
    let sandbox = with_report();
    let claim = ["claim", "It fell", "--new-source=Bridge shut=article"];
    for (flag, said) in [
        ("--published=5 March", "--published: \"5 March\" is not a date"),
        ("--origin=cites:Nobody", "--origin: no source is called \"Nobody\""),
        ("--origin=Situation report 2", "say how it draws on it, such as cites:Situation report 2"),
    ] {
        let run = add(&sandbox, &[&claim[..], &[flag]].concat());
        assert!(run.code != 0 && run.err.contains(said), "{flag}: {}", run.err);
    }
    for flag in ["--outlet=The Courier", "--origin=cites:Situation report 2"] {
        let run = add(&sandbox, &["claim", "It fell", "--source=situation-report-2-2024", flag]);
        assert!(run.code == 2 && run.err.contains("--new-source <TITLE=KIND>"), "{}", run.err);
        // Of two new sources it may be either.
        let two = [&claim[..], &["--new-source=Post=post", flag]].concat();
        let said = add(&sandbox, &two).failed();
        assert!(said.contains("does not say of which new source it is"), "{said}");
    }
    assert_eq!(mentions(&sandbox), "left Situation report 2 p. 2");
}

#[test]
fn several_new_sources_state_a_claim() {
    let sandbox = with_report();
    let new = ["--new-source=Post=post", "--new-source=Radio=broadcast"];
    let claim = ["claim", "It fell", "--key=fell", "--locator=line 1", "--also=Radio=00:41"];
    add(&sandbox, &[&claim[..], &new].concat()).done();
    let both = "left Situation report 2 p. 2; fell Post line 1; fell Radio 00:41";
    assert_eq!(mentions(&sandbox), both);
    // Behind a source that is there, all new ones are further ones.
    let claim = ["claim", "It rose", "--key=rose", "--source=Post", "--locator=line 2"];
    add(&sandbox, &[&claim[..], &["--new-source=Note=report"]].concat()).done();
    assert_eq!(mentions(&sandbox), format!("{both}; rose Post line 2; rose Note -"));
    let said = add(&sandbox, &["claim", "It sank", "--source=Post", "--also=Diary=p. 1"]).failed();
    assert!(said.contains("\"Diary\" is new; `--new-source \"Diary=KIND\"` adds it"), "{said}");
    assert!(said.contains("  KIND is article, report, "), "{said}");
}

#[test]
fn a_mention_adds_its_source_and_its_speaker() {
    let sandbox = with_report();
    let mention = ["mention", "--claim=left", "--locator=00:41"];
    let new = ["--new-source=Noon news=broadcast", "--new-speaker=Ada Rell=person"];
    let more =
        ["--outlet=Tarn radio", "--published=2024-03-06", "--origin=cites:Situation report 2"];
    add(&sandbox, &[&mention[..], &new, &more].concat()).done();
    assert_eq!(
        mentions(&sandbox),
        "left Situation report 2 p. 2; left Noon news 00:41 by Ada Rell"
    );
    assert_eq!(origins(&sandbox), "Noon news cites Situation report 2");
    // Another source of the same title is the new one all the same.
    let namesake = ["--new-source=Situation report 2=article", "--published=2024-03-09"];
    add(&sandbox, &[&mention[..2], &namesake, &["--locator=p. 9"]].concat()).done();
    let article = "select s.kind from mentions m join sources s on s.id = m.source_id where m.locator = 'p. 9'";
    assert_eq!(sandbox.ask(article), "article");
    let said = add(&sandbox, &["mention", "--claim=left", "--source=Diary"]).failed();
    assert!(said.contains("\"Diary\" is new; `--new-source \"Diary=KIND\"` adds it"), "{said}");
    let both = ["mention", "--claim=left", "--source=Noon news", "--new-source=Diary=book"];
    assert_eq!(add(&sandbox, &both).code, 2);
}

#[test]
fn the_words_for_a_new_measure_are_told() {
    let sandbox = with_report();
    let claim = ["claim", "Pumps failed", "--source=Situation report 2", "--figure=pumps=8"];
    let said = add(&sandbox, &[&claim[..], &["--figure=pumps out=3"]].concat()).failed();
    let growth = "  GROWTH is constant (does not change), level (goes up and down), ";
    assert_eq!(said.matches(growth).count(), 1, "{said}");
    assert!(said.contains("  DIMENSION is people, money, "), "{said}");
}
