//! Sources from bibliographies of tagged lines: RIS and NBIB.

use crate::common::Sandbox;

const RIS: &str = "\u{feff}TY  - NEWS\r\nID  - Lee2021\r\nTI  - The bridge\r\n of Hallow\r\nAU  - Lee, Ann\r\nAU  - Ray, Bo\r\n\
    T2  - The Courier\r\nPB  - Press\r\nPY  - 2021\r\nDA  - 2021/06/28/\r\nY2  - 2021/07/01/\r\n\
    UR  - https://c.example/a?b=1;c=2\r\nDO  - 10.1000/182\r\nSN  - 1234-5678\r\nLA  - French\r\nN1  - seen\r\nAB  - An abstract\r\nSP  - 4\r\nER  - \r\n\r\n\
    TY  - XXXX\r\nTI  - Two\r\nPY  - 2020//Spring\r\nER  - \r\n\
    TY  - BOOK\r\nAU  - Nobody\r\nER  - \r\n";

#[test]
fn an_entry_of_ris_is_a_source_and_what_is_not_read_is_named() {
    let sandbox = Sandbox::empty();
    sandbox.write("a.ris", RIS);
    let refused = sandbox.run(&["import", "a.ris"]).failed();
    assert!(refused.contains("a.ris:25:1: this entry has no title"), "{refused}");
    let run = sandbox.run(&["import", "a.ris", "--keep-going", "--rejects", "left.ris"]);
    assert_eq!(run.code, 1, "{}", run.err);
    for remark in [
        "SN: 1234-5678 is left out, beside DO",
        "not read: AB, SP",
        "no kind of source is known for \"XXXX\"; recorded as a page",
        "PY: \"2020//Spring\" is not a date",
    ] {
        assert!(run.err.contains(remark), "{remark}: {}", run.err);
    }
    let row = sandbox.ask(
        "select key || '|' || kind || '|' || title || '|' || author || '|' || outlet || '|' || publisher || '|' || url || '|' || identifier
           || '|' || language || '|' || published || '|' || retrieved || '|' || note as row from sources where key = 'lee2021'",
    );
    assert_eq!(
        row.replace('"', ""),
        "lee2021|article|The bridge of Hallow|Lee, Ann; Ray, Bo|The Courier|Press|https://c.example/a?b=1;c=2|10.1000/182|fr|2021-06-28|2021-07-01|seen"
    );
    assert_eq!(
        sandbox.ask("select kind from sources where title = 'Two' and published is null"),
        "page"
    );
    let left = std::fs::read_to_string(sandbox.path("left.ris")).unwrap();
    assert!(left.contains("this entry has no title") && left.contains("AU  - Nobody"), "{left}");
    // What is left out is an entry again, once it is mended.
    sandbox.write("left.ris", left.replace("AU  - Nobody", "TI  - Third\nAU  - Nobody"));
    sandbox.run(&["import", "left.ris"]).done();
    assert_eq!(sandbox.ask("select author from sources where title = 'Third'"), "Nobody");
    let again = sandbox.run(&["import", "a.ris", "--keep-going"]);
    assert!(!again.err.contains(" new"), "{}", again.err);
}

#[test]
fn an_entry_of_nbib_is_a_source() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "a.nbib",
        "PMID- 77\nTI  - Injuries after\n      the flood\nFAU - Lee, Ann\nAU  - Lee A\nJT  - The Journal\nDP  - 2021 Jun 8\n\
         LID - 10.1000/5 [doi]\nLA  - eng\nAB  - Long.\nLID - S12 [pii]\nLA  - fre\n\nPMID- 78\nTI  - Other\nDP  - 2020 Winter\n",
    );
    let run = sandbox.run(&["import", "a.nbib"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let rows = sandbox.ask(
        "select group_concat(title || '|' || coalesce(author, '-') || '|' || coalesce(outlet, '-') || '|' || published || '|' || identifier || '|' || coalesce(note, '-'), ' / ')
         from (select * from sources where key <> 'desk' order by id)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "Injuries after the flood|Lee, Ann|The Journal|2021-06-08|10.1000/5|PMID 77 / Other|-|-|2020-24|PMID 78|-"
    );
    for remark in
        ["not read: AB", "LID: a second value is left out: \"S12 [pii]\"", "LA: a second value"]
    {
        assert!(run.err.contains(remark), "{remark}: {}", run.err);
    }
}
