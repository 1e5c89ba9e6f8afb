//! Tab completion: what the program answers to a shell, and what bash, zsh and fish make of it.

use crate::common::{Run, Sandbox, has, run};

const EXE: &str = env!("CARGO_BIN_EXE_onrecord");

/// Asks for candidates as the script of a shell does; the last word is the one that is completed.
fn ask(sandbox: &Sandbox, shell: &str, words: &[&str]) -> Run {
    let mut command = sandbox.command(EXE);
    command.env("ONRECORD_COMPLETE", shell);
    command.env("ONRECORD_COMPLETE_INDEX", words.len().to_string());
    run(command.args(["--", "onrecord"]).args(words))
}

/// The candidates with their descriptions, as fish shows them.
fn found(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let said = ask(sandbox, "fish", words);
    assert_eq!(said.err, "", "{words:?}");
    said.done().lines().map(str::to_owned).collect()
}

/// The candidates without their descriptions.
fn values(sandbox: &Sandbox, words: &[&str]) -> Vec<String> {
    let value = |line: &String| line.split('\t').next().unwrap().to_owned();
    found(sandbox, words).iter().map(value).collect()
}

fn no_keys(sandbox: &Sandbox, words: &[&str]) -> bool {
    values(sandbox, words).iter().all(|value| value.starts_with("--"))
}

const DOCUMENT: &str = r#"
onrecord = 1
[[source]]
key = "daily"
kind = "article"
title = "Bell tower news"
[[location]]
key = "beograd"
name = "Belgrade"
kind = "city"
names = ["Белград"]
[[location]]
key = "zemun"
name = "Zemun"
kind = "city"
[[measure]]
key = "injured"
title = "People injured"
dimension = "people"
growth = "level"
[[claim]]
key = "bridge-closed"
text = "The bridge was\nclosed"
kind = "event"
[[claim]]
key = "zemun"
text = "Zemun was flooded"
kind = "event"
"#;

fn archive() -> Sandbox {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(DOCUMENT).done();
    sandbox
}

#[test]
fn commands_flags_and_words_are_completed() {
    let sandbox = archive();
    assert_eq!(values(&sandbox, &["with"]), ["withdraw"]);
    assert_eq!(values(&sandbox, &["show", "--for"]), ["--format"]);
    assert_eq!(values(&sandbox, &["show", "--format", "mark"]), ["markdown"]);
    assert_eq!(values(&sandbox, &["export", "geo"]), ["geojson"]);
    assert_eq!(values(&sandbox, &["completions", "z"]), ["zsh"]);
}

#[test]
fn keys_come_with_what_they_are_called() {
    let sandbox = archive();
    assert_eq!(found(&sandbox, &["show", "be"]), ["beograd\tlocation: Belgrade"]);
    // A text of two lines is shown on one.
    let claim = ["bridge-closed\tThe bridge was closed"];
    assert_eq!(found(&sandbox, &["assess", "br"]), claim);
    assert_eq!(found(&sandbox, &["withdraw", "br"]), claim);
    assert_eq!(values(&sandbox, &["show", "claim:b"]), ["claim:bridge-closed"]);
    // Two kinds have the key.
    assert_eq!(values(&sandbox, &["show", "zem"]), ["claim:zemun", "location:zemun"]);
}

#[test]
fn a_name_finds_the_key() {
    let sandbox = archive();
    assert_eq!(values(&sandbox, &["add", "claim", "--place", "Belg"]), ["beograd"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--source", "tower"]), ["daily"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--place", "grad"]), ["beograd"]);
    assert_eq!(values(&sandbox, &["add", "figure", "--measure", "people"]), ["injured"]);
    // The name of a source is not looked at where a key begins so.
    assert_eq!(values(&sandbox, &["show", "be"]), ["beograd"]);
    assert_eq!(values(&sandbox, &["show", "bel"]), ["daily", "beograd"]);
    assert!(no_keys(&sandbox, &["show", "nothing"]));
}

#[test]
fn an_argument_offers_keys_of_its_kind_alone() {
    let sandbox = archive();
    assert_eq!(values(&sandbox, &["add", "claim", "--place", ""]), ["beograd", "zemun"]);
    assert_eq!(values(&sandbox, &["merge-places", "b"]), ["beograd"]);
    assert_eq!(values(&sandbox, &["merge-claims", "zemun", "b"]), ["bridge-closed"]);
    assert_eq!(values(&sandbox, &["attach", "d"]), ["daily", "desk"]);
    assert_eq!(values(&sandbox, &["add", "mention", "--speaker", "da"]), ["daily"]);
    assert_eq!(values(&sandbox, &["add", "source", "--origin", "cites:da"]), ["cites:daily"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--figure", "inj"]), ["injured="]);
    assert_eq!(values(&sandbox, &["add", "claim", "--place", "wi"]), ["within:"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--place", "within:b"]), ["within:beograd"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--also", "da"]), ["daily"]);
    let link = ["add", "claim", "--link", "same_event:b"];
    assert_eq!(values(&sandbox, &link), ["same_event:bridge-closed"]);
    let mill = ["add", "claim", "--new-place", "Mill=site:be"];
    assert_eq!(values(&sandbox, &mill), ["Mill=site:beograd"]);
}

#[test]
fn codes_are_those_of_the_archive() {
    let sandbox = archive();
    assert_eq!(values(&sandbox, &["assess", "zemun", "un"]), ["unverified"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--kind", "ev"]), ["event"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--verdict", "un"]), ["unverified"]);
    assert_eq!(values(&sandbox, &["add", "claim", "--new-place", "Bor=cit"]), ["Bor=city"]);
    let measure = ["add", "claim", "--new-measure", "Dead=people:lev"];
    assert_eq!(values(&sandbox, &measure), ["Dead=people:level"]);
    sandbox
        .other_tool()
        .execute(
            "INSERT INTO claim_kinds (code, label, definition, rank) VALUES ('evening', 'E', 'D', 99)",
            [],
        )
        .unwrap();
    assert_eq!(values(&sandbox, &["add", "claim", "--kind", "ev"]), ["event", "evening"]);
}

#[test]
fn reports_and_their_columns_are_completed() {
    let sandbox = archive();
    sandbox.write("mine.sql", "-- title: My own\nSELECT key, text AS my_text FROM claims");
    let _ = sandbox.run(&["report", "add", "my-own", "mine.sql"]).done();
    assert_eq!(found(&sandbox, &["report", "my"]), ["my-own\tMy own"]);
    assert_eq!(found(&sandbox, &["report", "tie"]), ["tie-outs\tFigures that must tie out"]);
    assert_eq!(values(&sandbox, &["report", "remove", ""]), ["my-own"]);
    assert_eq!(values(&sandbox, &["report", "my-own", "--where", "my"]), ["my_text="]);
    assert_eq!(values(&sandbox, &["report", "my-own", "--columns", "key,my"]), ["key,my_text"]);
    assert_eq!(values(&sandbox, &["export", "csv", "--where", "statu"]), ["status="]);
    assert_eq!(values(&sandbox, &["check", "near"]), ["near-names"]);
    let accept = ["check", "--accept", "near-names", "beo"];
    assert_eq!(values(&sandbox, &accept), ["beograd"]);
}

#[test]
fn the_archive_is_the_one_that_the_command_line_names() {
    let sandbox = Sandbox::new();
    let other = archive();
    let path = other.path("onrecord.db");
    std::fs::copy(&path, sandbox.path("other one.db")).unwrap();
    for words in [
        &["--file", "other one.db", "show", "beo"][..],
        &["show", "--file=other one.db", "beo"],
        &["show", "-f", "'other one.db'", "beo"],
        &["show", "-f", "other\\ one.db", "--format", "nonsense", "beo"],
    ] {
        assert_eq!(values(&sandbox, words), ["beograd"], "{words:?}");
    }
    let mut command = sandbox.command(EXE);
    command.env("ONRECORD_COMPLETE", "fish").env("ONRECORD_FILE", &path);
    assert!(run(command.args(["--", "onrecord", "show", "beo"])).done().starts_with("beograd\t"));
    // What follows the word names it too.
    let mut command = sandbox.command(EXE);
    command.env("ONRECORD_COMPLETE", "zsh").env("ONRECORD_COMPLETE_INDEX", "2");
    command.args(["--", "onrecord", "show", "beo", "--file", "other one.db"]);
    assert!(run(&mut command).done().contains("beograd"));
    // None in the folder.
    assert!(no_keys(&sandbox, &["show", "beo"]));
    assert!(!sandbox.path("onrecord.db").exists());
}

#[test]
fn without_an_archive_nothing_is_said_and_nothing_is_made() {
    let sandbox = Sandbox::new();
    sandbox.write("text.db", "not a database");
    sandbox.write("empty.db", "");
    rusqlite::Connection::open(sandbox.path("foreign.db"))
        .unwrap()
        .execute_batch("CREATE TABLE claims (key, text); INSERT INTO claims VALUES ('k', 't')")
        .unwrap();
    let whole = std::fs::read(archive().path("onrecord.db")).unwrap();
    sandbox.write("cut.db", &whole[..whole.len() / 3]);
    sandbox.write("broken.db", [&whole[..4096], &vec![0x5a; whole.len() - 4096][..]].concat());
    let files = || std::fs::read_dir(sandbox.path("")).unwrap().count();
    let before = files();
    for file in ["none.db", "text.db", "empty.db", "foreign.db", "cut.db", "broken.db", "."] {
        for words in [
            &["show", "k"][..],
            &["report", "fig"],
            &["assess", "k", ""],
            &["add", "claim", "--place", ""],
        ] {
            let words = [&["--file", file], words].concat();
            for shell in ["bash", "fish", "zsh"] {
                let said = ask(&sandbox, shell, &words);
                assert_eq!((said.code, said.err.as_str()), (0, ""), "{shell} {words:?}");
                let mut lines = said.out.lines().skip(usize::from(shell == "zsh"));
                assert!(
                    lines.all(|line| line.starts_with("--")),
                    "{shell} {words:?}: {}",
                    said.out
                );
            }
        }
    }
    assert_eq!(files(), before);
    let said = ask(&sandbox, "no-such-shell", &["show", "k"]);
    assert_eq!((said.out.as_str(), said.err.as_str()), ("", ""));
}

#[test]
fn an_archive_that_another_program_writes_to_is_not_waited_for() {
    let sandbox = archive();
    let writer = sandbox.other_tool();
    writer.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let start = std::time::Instant::now();
    assert!(no_keys(&sandbox, &["show", "beo"]));
    assert!(start.elapsed().as_secs() < 5);
    writer.execute_batch("ROLLBACK").unwrap();
    assert_eq!(values(&sandbox, &["show", "beo"]), ["beograd"]);
}

#[test]
fn signs_that_a_shell_would_obey_are_not_handed_over() {
    let sandbox = archive();
    sandbox
        .other_tool()
        .execute_batch(
            "PRAGMA ignore_check_constraints = ON;
             UPDATE locations SET name = 'Bel' || char(27) || '[31mgrade' || char(10, 9) || char(8238) || 'x'
             WHERE key = 'beograd';
             INSERT INTO locations (key, name, kind) VALUES ('be$(id)', 'x', 'city'), ('be' || char(10) || 'x', 'x', 'city');",
        )
        .unwrap();
    let line = "beograd\tBel␛[31mgrade <U+202E>x";
    assert_eq!(found(&sandbox, &["add", "claim", "--place", "be"]), [line]);
}

#[test]
fn of_many_keys_few_are_offered_and_the_last() {
    let sandbox = Sandbox::empty();
    let claims: String = (1000..1300)
        .map(|n| format!("[[claim]]\nkey = \"c{n}\"\ntext = \"Number {n}\"\nkind = \"event\"\n"))
        .collect();
    let _ = sandbox.import(&format!("onrecord = 1\n{claims}")).done();
    let found = values(&sandbox, &["assess", "c"]);
    assert_eq!(found.len(), 200);
    assert_eq!((found[0].as_str(), found[199].as_str()), ("c1000", "c1299"));
}

#[test]
fn bash_gets_the_part_of_a_word_that_it_completes() {
    let sandbox = archive();
    let bash = |words: &[&str]| ask(&sandbox, "bash", words).done();
    assert_eq!(
        bash(&["show", "claim", ":"]),
        "claim:bridge-closed\nclaim:zemun\n".replace("claim:", "")
    );
    assert_eq!(bash(&["report", "claims", "--where", "statu"]), "status=\n");
    assert_eq!(bash(&["add", "claim", "--new-place", "Bor", "=", "cit"]), "city\n");
    // The blank keeps bash from putting what the keys begin with in the place of a name.
    assert_eq!(bash(&["show", "Bel"]), "daily\nbeograd\n \n");
    assert_eq!(bash(&["show", "\"Bel"]), "");
}

#[test]
fn bash_completes_keys() {
    let sandbox = archive();
    if !has(&sandbox, "bash", &["--version"]) {
        return;
    }
    let script = r#"
source <(onrecord completions bash)
words() {
  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _onrecord onrecord "${!#}" ""; echo "${COMPREPLY[*]}"
}
words onrecord show beo
words onrecord add claim --place Belg
words onrecord show claim :
complete -p onrecord
"#;
    let said = run(sandbox.command("bash").args(["--norc", "-c", script]));
    assert_eq!(said.err, "");
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines[..3], ["beograd", "beograd", "bridge-closed zemun"], "{}", said.out);
    assert!(lines[3].contains("-F _onrecord onrecord"), "{}", said.out);
}

#[test]
fn fish_completes_keys() {
    let sandbox = archive();
    if !has(&sandbox, "fish", &["--version"]) {
        return;
    }
    let script = "onrecord completions fish | source; complete -C 'onrecord show beo'; \
        complete -C 'onrecord add claim --place '";
    let said = run(sandbox.command("fish").args(["--no-config", "-c", script]));
    assert_eq!(
        said.out, "beograd\tlocation: Belgrade\nbeograd\tBelgrade\nzemun\tZemun\n",
        "{}",
        said.err
    );
}

/// zsh completes at its prompt alone: what it would do is caught in the functions that it calls.
#[test]
fn zsh_completes_keys() {
    let sandbox = archive();
    if !has(&sandbox, "zsh", &["--version"]) {
        return;
    }
    let script = r#"
compdef() { print -r -- "compdef $*" }
source <(onrecord completions zsh)
_describe() { print -r -- "$2 $3: ${(P)3} ${@[4,-1]}" }
typeset -A compstate
words=(onrecord show beo) CURRENT=3; _onrecord
words=(onrecord add claim --place Belg) CURRENT=5; _onrecord
words=(onrecord show claim:br) CURRENT=3; _onrecord
words=(onrecord report claims --where statu) CURRENT=5; _onrecord
"#;
    let said = run(sandbox.command("zsh").args(["-f", "-c", script]));
    assert_eq!(said.err, "");
    let wanted = "\
compdef _onrecord onrecord
onrecord found: beograd:location\\: Belgrade 
onrecord found: beograd:Belgrade -U
onrecord found: claim\\:bridge-closed:The bridge was closed 
onrecord unfinished: status= -S 
";
    assert_eq!(said.out, wanted);
}
