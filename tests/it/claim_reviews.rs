//! The export of checked claims as ClaimReview: what is a review, what is a claim without one, who is named, and
//! that an import of it gives the same claims, verdicts and speakers.

use crate::common::Sandbox;
use serde_json::{Value, json};

const PAGE: &str = "https://desk.example/p";

/// A claim that a fact-checker refuted, and one that nobody checked.
const CLAIMS: &str = r#"
    onrecord = 1
    [[source]]
    key = "checker"
    kind = "organisation"
    title = "Checkers & Co"
    url = "https://checkers.example"
    [[source]]
    key = "check-1"
    kind = "review"
    title = "Was it so?"
    url = "https://checkers.example/1"
    [[source]]
    key = "tabloid"
    kind = "article"
    title = "It was so"
    outlet = "The Tabloid"
    url = "https://tabloid.example/so"
    published = "2021-06-30"
    [[source]]
    key = "minister"
    kind = "person"
    title = "A. Minister"
    [[claim]]
    key = "was-so"
    text = "It was \"so\" </script>"
    kind = "event"
      [[claim.mention]]
      source = "tabloid"
      speaker = "minister"
      said_on = "2021-06-29"
      [[claim.assessment]]
      status = "refuted"
      by = "checker"
      at = "2021-07-02T08:00:00Z"
      because = "It was not."
      evidence = ["check-1"]
    [[claim]]
    key = "no-verdict"
    text = "Nobody looked"
    kind = "event"
"#;

fn archive(toml: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(toml).done();
    sandbox
}

/// Exports the reviews, and returns them with what the command said.
fn export(sandbox: &Sandbox, args: &[&str]) -> (Vec<Value>, String) {
    let ran = sandbox.run(&[&["export", "claimreview"], args].concat());
    let said = ran.err.clone();
    let document: Value = serde_json::from_str(&ran.done()).unwrap();
    assert_eq!(document["@context"], "https://schema.org");
    (document["@graph"].as_array().unwrap().clone(), said)
}

#[test]
fn a_review_names_claim_verdict_and_reviewer() {
    let sandbox = archive(CLAIMS);
    let work = json!({
        "@type": "CreativeWork", "url": "https://tabloid.example/so", "name": "It was so",
        "publisher": {"@type": "Organization", "name": "The Tabloid"}, "datePublished": "2021-06-30"
    });
    let (found, said) = export(&sandbox, &[]);
    assert_eq!(
        found,
        [json!({
            "@type": "ClaimReview",
            "url": "https://checkers.example/1",
            "claimReviewed": "It was \"so\" </script>",
            "author": {"@type": "Organization", "name": "Checkers & Co", "url": "https://checkers.example"},
            "datePublished": "2021-07-02T08:00:00Z",
            "itemReviewed": {
                "@type": "Claim",
                "name": "It was \"so\" </script>",
                "author": {"@type": "Person", "name": "A. Minister"},
                "datePublished": "2021-06-29",
                "firstAppearance": work,
                "appearance": work,
            },
            "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"},
        })]
    );
    assert!(said.contains("1 review written"), "{said}");
    assert!(said.contains("1 claim left out: no one checked them; --all writes them"), "{said}");
    // What was judged before the claim changed is not published as a verdict on what it says now.
    let changed = ["add", "claim", "--key", "was-so", "--text", "It was not so", "--update"];
    let _ = sandbox.run(&changed).done();
    let (found, said) = export(&sandbox, &[]);
    assert_eq!(found, [] as [Value; 0]);
    assert!(said.contains("1 claim left out: the check is of what they said before"), "{said}");
    let (found, said) = export(&sandbox, &["--all"]);
    assert_eq!(found.len(), 2);
    assert!(said.contains("1 claim written without a review: the check is of what"), "{said}");
}

#[test]
fn only_a_check_is_a_review_and_all_writes_the_other_claims_without_a_rating() {
    let sandbox = Sandbox::with_both_seeds();
    let checked = sandbox.ask(
        "select group_concat(c.text, '|') from claims c join statuses s on s.code = c.status where s.is_check = 1",
    );
    let mut checked: Vec<&str> = checked.trim_matches('"').split('|').collect();
    checked.sort_unstable();
    let (reviews, said) = export(&sandbox, &["--base-url", PAGE]);
    let mut found: Vec<&str> =
        reviews.iter().map(|review| review["claimReviewed"].as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(found, checked);
    assert!(said.contains("12 reviews written\n104 claims left out: no one checked"), "{said}");
    let (all, said) = export(&sandbox, &["--base-url", PAGE, "--all"]);
    assert!(said.contains("104 claims written without a review: no one checked"), "{said}");
    let (again, others): (Vec<Value>, Vec<Value>) =
        all.into_iter().partition(|node| node["@type"] == "ClaimReview");
    assert_eq!(again, reviews);
    for claim in &others {
        assert_eq!(claim["@type"], "Claim");
        for name in ["reviewRating", "claimReviewed", "url", "aggregateRating"] {
            assert!(claim[name].is_null(), "{claim}");
        }
    }
    let mut names: Vec<&str> = others.iter().map(|one| one["name"].as_str().unwrap()).collect();
    names.dedup();
    assert_eq!(names.len(), 104);
}

#[test]
fn a_rating_is_a_number_only_where_the_verdict_is_on_the_scale() {
    let rated = |status: &str, verdict: &str| {
        let verdict = match verdict {
            "" => "",
            words => &format!("verdict = \"{words}\""),
        };
        let sandbox = archive(&format!(
            "onrecord = 1\n[[source]]\nkey = \"c\"\nkind = \"person\"\ntitle = \"C\"\n\
             [[claim]]\nkey = \"x\"\ntext = \"X\"\nkind = \"event\"\n[[claim.assessment]]\n\
             status = \"{status}\"\nby = \"c\"\nat = \"2021-07-02T08:00:00Z\"\nbecause = \"Y.\"\n{verdict}"
        ));
        let (found, _) = export(&sandbox, &["--base-url", PAGE]);
        let rating = found.first()?.get("reviewRating")?.clone();
        let scale = [&rating["worstRating"], &rating["bestRating"]];
        match rating["ratingValue"].is_null() {
            true => assert_eq!(scale, [&Value::Null; 2]),
            false => assert_eq!(scale, [&json!(1), &json!(5)]),
        }
        Some((rating["ratingValue"].as_i64(), rating["alternateName"].as_str()?.to_owned()))
    };
    let is = |value: Option<i64>, words: &str| Some((value, words.to_owned()));
    assert_eq!(rated("confirmed", ""), is(Some(5), "True"));
    assert_eq!(rated("confirmed", "True"), is(Some(5), "True"));
    assert_eq!(rated("corroborated", ""), is(Some(4), "Corroborated"));
    assert_eq!(rated("misleading", ""), is(Some(2), "Misleading"));
    assert_eq!(rated("refuted", ""), is(Some(1), "False"));
    // Contested is not half true, and what cannot be settled is on no scale.
    assert_eq!(rated("disputed", ""), is(None, "Disputed"));
    assert_eq!(rated("inconclusive", ""), is(None, "Inconclusive"));
    // A verdict in words of its own was given on a scale that is not known.
    assert_eq!(rated("refuted", "Mostly false"), is(None, "Mostly false"));
    for unchecked in ["unverified", "reported", "retracted"] {
        assert_eq!(rated(unchecked, ""), None, "{unchecked}");
    }
}

#[test]
fn a_review_without_a_page_is_refused_before_anything_is_written() {
    let sandbox = archive(CLAIMS);
    let desk =
        ["assess", "was-so", "refuted", "--because", "The minutes.", "--evidence", "check-1"];
    let _ = sandbox.run(&desk).done();
    // The desk rests on the fact-check of others, and did not publish there.
    for out in [&["r.jsonld"][..], &[]] {
        let ran = sandbox.run(&[&["export", "claimreview"], out].concat());
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{}", ran.err);
        assert!(ran.err.contains("cannot write 1 review: the archive"), "{}", ran.err);
        assert!(ran.err.contains("(was-so)") && ran.err.contains("--base-url URL"), "{}", ran.err);
    }
    assert!(!sandbox.path("r.jsonld").exists());
    let (found, _) = export(&sandbox, &["--base-url", PAGE]);
    assert_eq!(found[0]["url"], "https://desk.example/p#claim/was-so");
    let (found, _) = export(&sandbox, &["--where", "claim=no-verdict"]);
    assert_eq!(found.len(), 0);
    for wrong in ["desk.example", "https://desk.example/p#x", "ftp://desk.example/p"] {
        let err = sandbox.run(&["export", "claimreview", "--base-url", wrong]).failed();
        assert!(err.contains("is not the address of a page"), "{err}");
    }
    // A fact-check that names the desk is its own.
    let own = ["add", "source", "--key", "check-1", "--update", "--outlet"];
    let desk = sandbox.ask("select title from sources where key = (select desk from archive)");
    let _ = sandbox.run(&[&own[..], &[desk.trim_matches('"')]].concat()).done();
    let (found, _) = export(&sandbox, &["--base-url", PAGE]);
    assert_eq!(found[0]["url"], "https://checkers.example/1");
    // Of two fact-checks neither is the page.
    let two = CLAIMS.replace("evidence = [\"check-1\"]", "evidence = [\"check-1\", \"check-2\"]")
        + "[[source]]\nkey = \"check-2\"\nkind = \"review\"\ntitle = \"Was it?\"\nurl = \"https://checkers.example/2\"\n";
    let err = archive(&two).run(&["export", "claimreview"]).failed();
    assert!(err.contains("cannot write 1 review"), "{err}");
    // A document gives its verdict on its own page.
    let document = CLAIMS.replace("by = \"checker\"", "by = \"tabloid\"");
    let (found, _) = export(&archive(&document), &[]);
    assert_eq!(found[0]["url"], "https://tabloid.example/so");
    assert_eq!(found[0]["author"], json!({"@type": "Organization", "name": "The Tabloid"}));
}

#[test]
fn each_speaker_is_typed_as_what_he_is_and_stays_with_his_documents() {
    let more = r#"
    [[source]]
    key = "ministry"
    kind = "organisation"
    title = "The Ministry"
    [[source]]
    key = "security-source"
    kind = "unnamed"
    title = "A security source"
    [[source]]
    key = "daily"
    kind = "article"
    title = "So it is"
    author = "Ann Roe"
    url = "https://daily.example/so"
    published = "2021-07-01"
    [[mention]]
    claim = "was-so"
    source = "daily"
    speaker = "ministry"
    [[mention]]
    claim = "was-so"
    source = "daily"
    speaker = "security-source"
    [[mention]]
    claim = "was-so"
    source = "daily"
    "#;
    let (found, _) = export(&archive(&format!("{CLAIMS}{more}")), &[]);
    let items = found[0]["itemReviewed"].as_array().unwrap();
    let author = |item: &Value| item["author"].clone();
    assert_eq!(
        items.iter().map(author).collect::<Vec<_>>(),
        [
            json!({"@type": "Person", "name": "A. Minister"}),
            Value::Null,
            json!({"@type": "Organization", "name": "The Ministry"}),
            json!({"@type": "Person", "description": "A security source"}),
        ]
    );
    for (n, item) in items.iter().enumerate() {
        let host = if n == 0 { "https://tabloid.example/so" } else { "https://daily.example/so" };
        assert_eq!(item["appearance"]["url"], host);
        // The claim appeared for the first time once.
        assert_eq!(item["firstAppearance"].is_null(), n != 0);
    }
    assert_eq!(items[1]["appearance"]["author"], json!({"@type": "Person", "name": "Ann Roe"}));
    // An assessor whom nobody names is described too, and one that is not stated is left out.
    let unnamed = CLAIMS.replace("kind = \"organisation\"", "kind = \"unnamed\"");
    let (found, _) = export(&archive(&unnamed), &[]);
    assert_eq!(found[0]["author"]["description"], "Checkers & Co");
    let bare = CLAIMS.replace("by = \"checker\"", "by = \"check-1\"");
    let (found, _) = export(&archive(&bare), &[]);
    assert!(found[0]["author"].is_null(), "{}", found[0]);
}

/// Claims, verdicts, speakers and assessors, by what they say.
const CONTENT: [&str; 3] = [
    "select group_concat(x, ' ;; ') from (select c.text || ' | ' || s.code as x from claims c join statuses s
       on s.code = case when (select is_check from statuses where code = c.status) then c.status else 'unassessed' end
       where CHECKED order by 1)",
    "select group_concat(x, ' ;; ') from (select distinct c.text || ' | ' || p.kind || ' | ' || p.title as x
       from mentions m join claims c on c.id = m.claim_id join stances t on t.code = m.stance and t.counts
       join sources p on p.id = m.speaker_id where CHECKED order by 1)",
    "select group_concat(x, ' ;; ') from (select c.text || ' | ' || p.kind || ' | ' || p.title || ' | ' || a.at as x
       from current_assessments k join assessments a on a.id = k.assessment_id join claims c on c.id = k.claim_id
       join sources p on p.id = a.assessor_id join statuses s on s.code = a.status and s.is_check where CHECKED order by 1)",
];

#[test]
fn an_import_gives_the_same_claims_verdicts_and_speakers() {
    let sandbox = Sandbox::with_both_seeds();
    for (args, checked) in [
        (&[][..], "(select is_check from statuses where code = c.status) = 1"),
        (&["--all"], "true"),
    ] {
        let export = ["export", "claimreview", "--base-url", PAGE];
        let exported = sandbox.run(&[&export[..], args].concat()).done();
        let back = Sandbox::empty();
        back.write("r.jsonld", &exported);
        let _ = back.run(&["import", "r.jsonld"]).done();
        for sql in CONTENT {
            let sql = sql.replace("CHECKED", checked);
            let found = sandbox.ask(&sql);
            assert!(found.matches(" ;; ").count() > 5, "{found}");
            assert_eq!(back.ask(&sql), found);
        }
        // The same again changes nothing, and neither does what is exported from there.
        let again = back.run(&["import", "r.jsonld"]);
        assert!(!again.err.contains(" new") && !again.out.contains(" new"), "{}", again.err);
        let twice = back.run(&[&export[..], args].concat()).done();
        assert_eq!(nodes(&twice), nodes(&exported));
    }
}

/// The exported objects, in an order that does not depend on the keys, which are made from the texts after an import.
/// When a claim was made for the first time is not compared: documents without an address are not exported.
fn nodes(exported: &str) -> Vec<Value> {
    fn settle(node: &mut Value) {
        match node {
            Value::Array(items) => {
                items.iter_mut().for_each(settle);
                items.sort_by_key(Value::to_string);
            }
            Value::Object(fields) => {
                if fields["@type"] == "Claim" {
                    fields.remove("datePublished");
                    fields.remove("firstAppearance");
                }
                fields.values_mut().for_each(settle);
            }
            _ => {}
        }
    }
    let document: Value = serde_json::from_str(exported).unwrap();
    let mut all = document["@graph"].clone();
    settle(&mut all);
    all.as_array().unwrap().clone()
}
