//! Parts without a key that were entered by mistake: deleted by what tells them apart, and put back.

use crate::common::{Run, Sandbox};

fn with_parts() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox
        .import(
            "onrecord = 1\n\
             [[source]]\nkey = \"courier\"\nkind = \"article\"\ntitle = \"The courier\"\n\
             [[source]]\nkey = \"council\"\nkind = \"report\"\ntitle = \"The council\"\n\
             [[source]]\nkey = \"ana\"\nkind = \"person\"\ntitle = \"Ana\"\n\
             [[source.origin]]\nrelation = \"speaks_for\"\norigin = \"council\"\n\
             [[location]]\nkey = \"hallow\"\nname = \"Hallow\"\nkind = \"town\"\n\
             [[location.names]]\nname = \"Halow\"\n\
             [[claim]]\nkey = \"c\"\ntext = \"It burnt\"\nkind = \"event\"\n\
             places = [\"hallow\", { location = \"hallow\", relation = \"near\" }]\n\
             [[claim.mention]]\nsource = \"courier\"\nlocator = \"¶1\"\n\
             [[claim.mention]]\nsource = \"courier\"\nspeaker = \"ana\"\nlocator = \"¶1\"\n\
             [[claim.mention]]\nsource = \"council\"\n\
             [[claim]]\nkey = \"d\"\ntext = \"It fell\"\nkind = \"event\"\n\
             [[link]]\nfrom = \"c\"\nrelation = \"supports\"\nto = \"d\"\n",
        )
        .done();
    sandbox
}

fn delete(sandbox: &Sandbox, words: &[&str]) -> Run {
    sandbox.run(&[&["delete", "--because=x"], words].concat())
}

/// The rows of a table but for their ids.
fn rows(sandbox: &Sandbox, table: &str) -> String {
    let sql = format!("select count(*) || ' ' || ifnull(sum(id), 0) from {table}");
    sandbox.ask(&sql).replace('"', "")
}

#[test]
fn each_part_goes_by_its_name_and_comes_back() {
    let sandbox = with_parts();
    for (table, words, name) in [
        (
            "source_origins",
            &["origin", "ana", "speaks_for", "council"][..],
            "origin ana | speaks_for | council",
        ),
        ("mentions", &["mention", "c", "The council"], "mention c | council"),
        ("claim_locations", &["place", "c", "Halow", "--relation=near"], "place c | near | hallow"),
        ("claim_links", &["link", "c", "supports", "d"], "link c | supports | d"),
        ("location_names", &["name", "hallow", "Halow"], "name hallow | Halow"),
    ] {
        let before = rows(&sandbox, table);
        let version = sandbox.ask("select version from claims where key = 'c'");
        let said = delete(&sandbox, words);
        assert!(said.code == 0 && said.err.contains(&format!("deleted {name}")), "{}", said.err);
        assert_ne!(rows(&sandbox, table), before, "{table}");
        let judged = ["mentions", "claim_locations"].contains(&table);
        let raised = sandbox.ask("select version from claims where key = 'c'") != version;
        assert_eq!(raised, judged, "{table}: a verdict on the claim would be stale");
        assert_eq!(
            sandbox.ask("select summary from operations order by id desc limit 1").replace('"', ""),
            name
        );
        sandbox.run(&["undo"]).done();
        assert_eq!(rows(&sandbox, table), before, "{table}");
        delete(&sandbox, &["mention", "c", "nobody"]).failed();
    }
    sandbox.run(&["check"]).done();
}

#[test]
fn one_of_several_is_told_by_a_flag() {
    let sandbox = with_parts();
    let said = delete(&sandbox, &["mention", "c", "courier"]).failed();
    assert!(
        said.contains(
            "2 rows are mention c | courier:\n  c | courier | ¶1\n  c | courier | ana | ¶1"
        ),
        "{said}"
    );
    assert!(said.contains("--speaker, --locator, --stance"), "{said}");
    delete(&sandbox, &["mention", "c", "courier", "--locator=¶1"]).failed();
    delete(&sandbox, &["mention", "c", "courier", "--speaker="]).done();
    let left = "select count(speaker_id) || ' of ' || count(*) from mentions";
    assert_eq!(sandbox.ask(left).replace('"', ""), "1 of 2");
    for (words, part) in [
        (&["mention", "c"][..], "named by CLAIM SOURCE"),
        (&["place", "c", "hallow", "--speaker=ana"], "cannot tell a place by --speaker"),
        (&["link", "c", "suports", "d"], "\"suports\" is not one of the link relations"),
        (&["grade", "a", "b"], "no kind of part (mention, origin, place, name, link)"),
        (
            &["origin", "ana", "cites", "council"],
            "there is no origin \"ana | cites | council\", but\n  ana | speaks_for | council",
        ),
    ] {
        let said = delete(&sandbox, words).failed();
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(
        sandbox
            .run(&["delete", "mention", "c", "council", "--because= "])
            .failed()
            .contains("the reason is empty")
    );
}

#[test]
fn a_mention_on_which_a_verdict_rests_stays() {
    let sandbox = with_parts();
    sandbox.run(&["assess", "c", "reported", "--because=x", "--evidence=council"]).done();
    sandbox.run(&["assess", "d", "reported", "--because=x", "--evidence=courier"]).done();
    let said = delete(&sandbox, &["mention", "c", "council"]).failed();
    assert!(said.contains("a verdict rests on it\n  reported by desk at "), "{said}");
    // A verdict on another claim rests on no mention of this one.
    delete(&sandbox, &["mention", "c", "courier", "--speaker=ana"]).done();
    delete(&sandbox, &["mention", "c", "courier"]).done();
    // The source goes on stating the claim.
    sandbox.run(&["add", "mention", "--claim=c", "--source=council", "--locator=p. 2"]).done();
    delete(&sandbox, &["mention", "c", "council", "--locator="]).done();
    delete(&sandbox, &["mention", "c", "council"]).failed();
    sandbox.run(&["assess", "c", "--undo", "--because=x"]).done();
    delete(&sandbox, &["mention", "c", "council"]).done();
}

#[test]
fn a_wrong_relation_of_an_origin_is_told_how_to_remove_it() {
    let sandbox = with_parts();
    let update =
        ["add", "origin", "--source=ana", "--relation=cites", "--origin=council", "--update"];
    let said = sandbox.run(&update).failed();
    assert!(
        said.contains(
            "`onrecord delete origin SOURCE RELATION ORIGIN --because TEXT` removes a wrong one"
        ),
        "{said}"
    );
}

#[test]
fn the_log_names_a_row_that_was_added_alone() {
    let sandbox = with_parts();
    sandbox.run(&["add", "mention", "--claim=d", "--source=council"]).done();
    let log = sandbox.run(&["log", "--limit=2", "--format=csv"]).done();
    assert!(log.contains("mentions: 1 new (d | council)"), "{log}");
    assert!(log.contains("sources: 3 new;"), "{log}");
    let log = sandbox.run(&["report", "operations", "--columns=summary", "--format=csv"]).done();
    assert!(log.contains("claim links: 1 new (c | supports | d)"), "{log}");
    let said = sandbox.run(&["report", "locations"]).failed();
    assert!(said.contains("did you mean \"places\"?"), "{said}");
}
