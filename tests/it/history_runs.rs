//! Random deeds on one archive: after each the archive is whole, an undo leaves the document of before,
//! and a redo that of after. `ONRECORD_CASES=50000 cargo test --test it history_runs::` runs many.

use onrecord::model::{CLAIM, CancelToken, Kind, LOCATION, SOURCE, kind_of_word};
use onrecord::ops::Context;
use onrecord::ops::archive::check::check;
use onrecord::ops::archive::init::init;
use onrecord::ops::edit::{add, assess, delete, merge_records, rename, withdraw};
use onrecord::ops::export::{self, ExportFormat};
use onrecord::ops::history::undo;
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Deeds of one run.
const DEEDS: usize = 40;
/// Keys of each kind that a run uses.
const KEYS: u8 = 4;

/// A deed: what is done, and to which of the keys.
#[derive(Clone, Debug)]
enum Deed {
    AddClaim(u8, u8),
    ChangeText(u8, u8),
    AddMention(u8, u8, u8),
    AddFigure(u8, u8),
    Assess(u8, u8),
    Retract(u8),
    Withdraw(u8),
    Rename(u8, u8),
    RenameSource(u8, u8),
    Merge(u8, u8),
    MergeSources(u8, u8),
    MergePlaces(u8, u8),
    Delete(u8),
    DeleteSource(u8),
    Import(u8, u8),
    Undo,
    UndoEarlier(u8),
    OtherTool(u8, u8),
}

fn deed() -> impl Strategy<Value = Deed> {
    let key = || 0..KEYS;
    prop_oneof![
        3 => (key(), key()).prop_map(|(c, p)| Deed::AddClaim(c, p)),
        2 => (key(), 0..5u8).prop_map(|(c, n)| Deed::ChangeText(c, n)),
        3 => (key(), key(), 0..3u8).prop_map(|(c, s, n)| Deed::AddMention(c, s, n)),
        2 => (key(), 0..9u8).prop_map(|(c, n)| Deed::AddFigure(c, n)),
        3 => (key(), 0..3u8).prop_map(|(c, n)| Deed::Assess(c, n)),
        1 => key().prop_map(Deed::Retract),
        1 => key().prop_map(Deed::Withdraw),
        1 => (key(), 0..KEYS + 2).prop_map(|(c, n)| Deed::Rename(c, n)),
        1 => (key(), 0..KEYS + 2).prop_map(|(s, n)| Deed::RenameSource(s, n)),
        1 => (key(), key()).prop_map(|(a, b)| Deed::Merge(a, b)),
        1 => (key(), key()).prop_map(|(a, b)| Deed::MergeSources(a, b)),
        1 => (key(), key()).prop_map(|(a, b)| Deed::MergePlaces(a, b)),
        1 => key().prop_map(Deed::Delete),
        1 => key().prop_map(Deed::DeleteSource),
        2 => (key(), 0..4u8).prop_map(|(c, n)| Deed::Import(c, n)),
        6 => Just(Deed::Undo),
        4 => (0..40u8).prop_map(Deed::UndoEarlier),
        1 => (key(), 0..5u8).prop_map(|(c, n)| Deed::OtherTool(c, n)),
    ]
}

/// The archive as a document.
fn document(path: &Path) -> String {
    let mut out = Vec::new();
    let options = export::Options::whole(ExportFormat::Toml);
    let target = export::Target::Stream(&mut out);
    export::export(path, &options, target, CancelToken::never()).unwrap();
    String::from_utf8(out).unwrap()
}

/// The number of the last operation, and what it takes back.
fn last_operation(path: &Path) -> (i64, Option<i64>) {
    let conn = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT id, undoes FROM operations ORDER BY id DESC LIMIT 1";
    conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

fn add(
    path: &Path,
    context: &Context,
    word: &str,
    fields: &[(&str, String)],
    update: bool,
) -> bool {
    let kind: &'static Kind = kind_of_word(word).unwrap();
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    add::add(
        &add::Options {
            archive: path,
            kind,
            fields,
            nested: Vec::new(),
            update,
            replace_places: false,
        },
        context,
    )
    .is_ok()
}

/// Does one deed; `false` if it was refused.
fn act(path: &Path, context: &Context, deed: &Deed) -> bool {
    let claim = |n: &u8| format!("c{n}");
    let source = |n: &u8| format!("s{n}");
    let merge = |kind, command, from: String, into: String| {
        let because = None;
        let options = merge_records::Options { archive: path, kind, command, from, into, because };
        merge_records::merge(&options, context).is_ok()
    };
    match deed {
        Deed::AddClaim(c, p) => {
            let document = format!(
                "onrecord = 1\n[[claim]]\nkey = \"c{c}\"\ntext = \"Claim {c} of {p}\"\nkind = \"event\"\nplaces = [\"p{p}\"]\n"
            );
            let input = vec![Input::bytes_of("d.toml", document)];
            import(Options::new(path, input), context).is_ok()
        }
        Deed::ChangeText(c, n) => {
            let fields = [("key", claim(c)), ("text", format!("Claim {c} in version {n}"))];
            add(path, context, "claim", &fields, true)
        }
        Deed::AddMention(c, s, n) => {
            let fields =
                [("claim", claim(c)), ("source", source(s)), ("locator", format!("p. {n}"))];
            add(path, context, "mention", &fields, false)
        }
        Deed::AddFigure(c, n) => {
            let fields =
                [("claim", claim(c)), ("measure", "m".to_owned()), ("value", n.to_string())];
            add(path, context, "figure", &fields, n % 2 == 0)
        }
        Deed::Assess(c, n) => {
            let status = ["reported", "disputed", "unverified"][usize::from(*n)];
            let options = assess::Options {
                archive: path,
                claim: claim(c),
                status: status.to_owned(),
                because: format!("Reason {n}."),
                by: (*n == 1).then(|| source(n)),
                credibility: None,
                at: None,
                evidence: (*n == 2).then(|| "s2".to_owned()).into_iter().collect(),
            };
            assess::assess(&options, context).is_ok()
        }
        Deed::Retract(c) => assess::retract(path, &claim(c), None, None, context).is_ok(),
        Deed::Withdraw(c) => {
            withdraw::withdraw(path, &claim(c), Some("x"), context).is_ok()
                || withdraw::withdraw(path, &claim(c), None, context).is_ok()
        }
        Deed::Rename(c, n) => {
            rename::rename(path, &format!("claim:c{c}"), &claim(n), None, context).is_ok()
        }
        Deed::RenameSource(s, n) => {
            rename::rename(path, &format!("source:s{s}"), &source(n), None, context).is_ok()
        }
        Deed::Merge(a, b) => merge(&CLAIM, "merge-claims", claim(a), claim(b)),
        Deed::MergeSources(a, b) => merge(&SOURCE, "merge-sources", source(a), source(b)),
        Deed::MergePlaces(a, b) => {
            merge(&LOCATION, "merge-places", format!("p{a}"), format!("p{b}"))
        }
        Deed::Delete(c) => delete::delete(path, &format!("claim:c{c}"), "x", context).is_ok(),
        Deed::DeleteSource(s) => {
            delete::delete(path, &format!("source:s{s}"), "x", context).is_ok()
        }
        Deed::Import(c, n) => {
            let document = format!(
                "onrecord = 1\n[[source]]\nkey = \"s{n}\"\nkind = \"report\"\ntitle = \"Source {n}\"\n\
                 [[claim]]\nkey = \"c{c}\"\ntext = \"Imported {c}\"\nkind = \"event\"\n\
                 [[claim.mention]]\nsource = \"s{n}\"\n\
                 [[claim.assessment]]\nstatus = \"reported\"\nbecause = \"Import {n}.\"\n"
            );
            let input = vec![Input::bytes_of("d.toml", document)];
            import(Options::new(path, input), context).is_ok()
        }
        Deed::Undo => {
            let options = undo::Options { archive: path, operation: None, because: None };
            undo::undo(&options, context).is_ok()
        }
        Deed::UndoEarlier(n) => {
            let operation = Some(i64::from(*n) + 1);
            let options = undo::Options { archive: path, operation, because: None };
            undo::undo(&options, context).is_ok()
        }
        Deed::OtherTool(c, n) => {
            let conn = rusqlite::Connection::open(path).unwrap();
            let sql = "UPDATE claims SET note = ?2 WHERE key = ?1 AND note IS NOT ?2";
            conn.execute(sql, (claim(c), format!("Note {n}"))).unwrap() > 0
        }
    }
}

fn run(deeds: &[Deed]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let context = |n: usize| Context {
        now: format!("2021-07-02T12:{:02}:{:02}Z", n / 60, n % 60),
        editor: None,
        cancel: CancelToken::never(),
    };
    init(&path, None, &context(0)).unwrap();
    let mut start = "onrecord = 1\n[[measure]]\nkey = \"m\"\ntitle = \"Hurt\"\ndimension = \"people\"\ngrowth = \"level\"\n".to_owned();
    for n in 0..KEYS {
        start.push_str(&format!(
            "[[source]]\nkey = \"s{n}\"\nkind = \"report\"\ntitle = \"Source {n}\"\n\
             [[location]]\nkey = \"p{n}\"\nname = \"Place {n}\"\nkind = \"town\"\n"
        ));
    }
    let input = vec![Input::bytes_of("start.toml", start)];
    import(Options::new(&path, input), &context(0)).unwrap();
    // The documents before and after each operation.
    let mut around: BTreeMap<i64, (String, String)> = BTreeMap::new();
    let mut now = document(&path);
    let mut last = last_operation(&path).0;
    for (n, deed) in deeds.iter().enumerate() {
        let done = act(&path, &context(n + 1), deed);
        let found = document(&path);
        let (operation, undoes) = last_operation(&path);
        if !done {
            assert_eq!(operation, last, "{deed:?} was refused and recorded");
            assert!(found == now, "{deed:?} was refused and changed something");
            continue;
        }
        if let (true, Some(target)) = (operation > last && undoes == Some(last), undoes)
            && let Some((before, after)) = around.get(&target)
            && *after == now
        {
            let differs = found.lines().zip(before.lines()).find(|(a, b)| a != b);
            assert!(found == *before, "{deed:?} left {differs:?}");
        }
        if operation > last {
            around.insert(operation, (now, found.clone()));
        }
        (now, last) = (found, operation);
    }
    let wrong = ["pages", "references", "guards", "search", "status", "hashes", "location-circles"];
    for name in wrong {
        let found = check(&path, Some(name), CancelToken::never()).unwrap();
        assert!(found.rows.is_empty(), "{name}: {:?}", found.rows);
    }
}

#[test]
fn an_undo_leaves_the_document_of_before_and_every_archive_is_whole() {
    let cases = std::env::var("ONRECORD_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let deeds = proptest::collection::vec(deed(), DEEDS);
    proptest!(config, |(deeds in deeds)| run(&deeds));
}
