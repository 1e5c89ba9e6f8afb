//! Answers of the Google Fact Check Tools API.

use crate::common::Sandbox;

const ANSWER: &str = r#"{"claims": [
 {"text": "The bridge fell", "claimant": "Ann Lee", "claimDate": "2021-05-01T23:30:00-05:00", "mood": "sad",
  "claimReview": [
   {"publisher": {"name": "Checkers", "site": "checkers.example"}, "url": "https://checkers.example/1",
    "title": "No, it stands", "reviewDate": "2021-06-01T10:00:00Z", "textualRating": "False", "languageCode": "en"},
   {"publisher": {"site": "other.example"}, "url": "https://other.example/a", "title": "Half of it",
    "reviewDate": "2021-06-02", "textualRating": "Half true", "languageCode": "fr", "stars": 3}]},
 {"text": "Nobody checked this", "claimReview": []}],
 "nextPageToken": "CAo"}"#;

#[test]
fn each_review_of_an_answer_is_a_verdict() {
    let sandbox = Sandbox::empty();
    sandbox.write("a.json", ANSWER);
    let run = sandbox.run(&["import", "a.json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for remark in ["further pages", "not read: mood", "not read: stars", "this claim has no review"]
    {
        assert!(run.err.contains(remark), "{remark}: {}", run.err);
    }
    let rows = sandbox.ask(
        "select group_concat(r, ' / ') from (
           select c.text || '|' || a.status || '|' || a.verdict || '|' || s.title || '|' || coalesce(s.url, '-') || '|' || a.at as r
           from assessments a join claims c on c.id = a.claim_id join sources s on s.id = a.assessor_id order by a.at)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "The bridge fell|refuted|False|Checkers|https://checkers.example/|2021-06-01T10:00:00Z / \
         The bridge fell|disputed|Half true|other.example|https://other.example/|2021-06-02T23:59:59Z"
    );
    let reviews = "select group_concat(title || ' ' || url || ' ' || language, ' / ') from (select * from sources where kind = 'review' order by id)";
    assert_eq!(
        sandbox.ask(reviews).replace('"', ""),
        "No, it stands https://checkers.example/1 en / Half of it https://other.example/a fr"
    );
    assert_eq!(
        sandbox
            .ask("select title from sources where kind in ('person', 'unnamed')")
            .replace('"', ""),
        "Ann Lee"
    );
    assert_eq!(
        sandbox.ask("select group_concat(distinct said_on) from mentions").trim_matches('"'),
        "2021-05-01T23:30:00-05:00"
    );
    let again = sandbox.run(&["import", "a.json"]);
    assert!(!again.err.contains("new"), "{}", again.err);
    sandbox.run(&["check", "references"]).done();
}

#[test]
fn what_is_wrong_in_an_answer_is_told_with_its_place() {
    let sandbox = Sandbox::empty();
    sandbox.write("a.json", r#"{"claims": [{"claimReview": [{"url": "https://x.example/1", "textualRating": "False"}]}]}"#);
    let said = sandbox.run(&["import", "a.json"]).failed();
    assert!(said.contains("a.json:1:") && said.contains("does not say which claim"), "{said}");
}
