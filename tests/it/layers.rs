//! Rules that the compiler does not check: the layers, no circles between files, every `.sql` file is
//! used, the library reads neither clock nor environment, the documents name every command and
//! report.

use crate::common::{files, root};
use crate::source_graph::{Graph, Mention, Sources, flat, literal, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The layers of the library, and those that each may import.
const LAYERS: [(&str, &[&str]); 9] = [
    ("error", &["model"]),
    ("model", &[]),
    ("store", &["model", "error"]),
    ("intake", &["model", "error"]),
    ("render", &["model", "error"]),
    ("report", &["model", "store"]),
    ("check", &["model", "store"]),
    ("ops", &["model", "error", "store", "intake", "render", "report", "check"]),
    ("lib", &[]),
];

/// Every Rust file below a folder, by its path in the project.
fn sources(folder: &str) -> Sources {
    let name = |path: &Path| path.strip_prefix(root()).unwrap().display().to_string();
    let read = |path: &PathBuf| (name(path), std::fs::read_to_string(path).unwrap());
    files(folder, ".rs").iter().map(read).collect()
}

fn library() -> Graph {
    Graph::read(&sources("src"), "src/lib.rs")
}

fn synthetic(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Imports of a layer by one that may not import it, and the number of imports between layers.
fn upward(graph: &Graph) -> (Vec<String>, usize) {
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for Mention { file, module, path, target, .. } in graph.mentions() {
        // The modules inside lib.rs re-export what others hold.
        let own = if file == "src/lib.rs" { None } else { module.first() };
        let own = own.map_or("lib", String::as_str);
        let (_, allowed) = LAYERS
            .iter()
            .find(|(layer, _)| *layer == own)
            .unwrap_or_else(|| panic!("{file}: {own} is no layer"));
        // A path as written may lead to another layer by a re-export: both count.
        let written = if path[0] == "crate" { path.get(1) } else { None };
        let found = target.as_ref().and_then(|target| target.first());
        for layer in written.into_iter().chain(found).map(String::as_str) {
            let is_layer = LAYERS.iter().any(|(other, _)| *other == layer);
            if !is_layer || layer == own || own == "lib" {
                continue;
            }
            seen += 1;
            if !allowed.contains(&layer) {
                wrong.insert(format!("{file} imports {layer}: {}", path.join("::")));
            }
        }
    }
    (wrong.into_iter().collect(), seen)
}

#[test]
fn layers_point_one_way() {
    let (wrong, seen) = upward(&library());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 500, "the scan sees no imports: {seen}");
}

#[test]
fn files_import_each_other_in_no_circle() {
    let all = sources("src");
    let mut circles = String::new();
    for crate_root in ["src/lib.rs", "src/bin/onrecord/main.rs"] {
        let graph = Graph::read(&all, crate_root);
        assert!(graph.arrows().len() > 40, "the scan sees no arrows in {crate_root}");
        for circle in graph.circles() {
            let (files, ties) = (circle.join(", "), graph.ties(&circle));
            circles.push_str(&format!("a circle of {files}:\n{ties}"));
        }
    }
    assert!(circles.is_empty(), "{circles}");
}

#[test]
fn the_scan_sees_an_upward_import_in_every_form() {
    for import in [
        "use crate::ops::run;",
        "use crate::ops as o; fn f() { o::run() }",
        "use crate::{error::Error, ops as o};",
        "use crate::{error::{self, Error}, ops::{self as o, run as r}};",
        "use crate as c; fn f() { c::ops::run() }",
        "use super::super::ops::run;",
        "use super::super::{ops};",
        "use crate::ops::*;",
        "pub(crate) use crate::ops::run;",
        "fn f() { crate::ops::run() }",
        "fn f() { println!(\"{}\", crate :: ops :: run()) }",
        "fn f() { use crate::ops; ops::run() }",
        "mod inner { use super::super::super::ops::run; }",
        "#[cfg(test)] mod tests { use crate::ops::run; }",
        "type R = fn() -> <crate::ops::T as Clone>::U;",
        "use crate::error::run;",
    ] {
        let sources = synthetic(&[
            ("src/lib.rs", "pub mod error; pub mod ops; pub mod store;"),
            ("src/error.rs", "pub struct Error; pub use crate::ops::run;"),
            ("src/ops/mod.rs", "mod deep; pub use deep::run;"),
            ("src/ops/deep.rs", "pub fn run() {} pub struct T;"),
            ("src/store/mod.rs", "mod rows;"),
            ("src/store/rows.rs", import),
        ]);
        let (wrong, _) = upward(&Graph::read(&sources, "src/lib.rs"));
        assert!(
            wrong.iter().any(|line| line.starts_with("src/store/rows.rs imports ops")),
            "{import}"
        );
    }
    for harmless in [
        "// use crate::ops::run;",
        "/// [`crate::ops::run`]\nfn f() { let _ = \"crate::ops::run\"; }",
        "use crate::error::Error;",
        "use other::ops::run; fn f() { run::ops() }",
        "fn ops() {} fn f() { self::ops() }",
    ] {
        let sources = synthetic(&[
            ("src/lib.rs", "pub mod error; pub mod ops; pub mod store;"),
            ("src/error.rs", "pub struct Error;"),
            ("src/ops.rs", "pub fn run() {}"),
            ("src/store.rs", harmless),
        ]);
        assert_eq!(upward(&Graph::read(&sources, "src/lib.rs")).0, [""; 0], "{harmless}");
    }
}

#[test]
fn the_scan_sees_circles_of_files() {
    let read = |a: &str, b: &str, c: &str| {
        let root = "mod a; mod b; pub mod c; pub use a::A;";
        let b_file = ("src/b/mod.rs", b);
        let sources = synthetic(&[("src/lib.rs", root), ("src/a.rs", a), b_file, ("src/c.rs", c)]);
        Graph::read(&sources, "src/lib.rs")
    };
    let two = [vec!["src/a.rs".to_owned(), "src/b/mod.rs".to_owned()]];
    for (a, b) in [
        ("use crate::b::B; pub struct A;", "use crate::a::A; pub struct B;"),
        ("pub struct A(crate::b::B);", "use super::A; pub struct B;"),
        ("use crate::{b as x}; pub struct A(x::B);", "use crate::A as Y; pub struct B;"),
        (
            "pub struct A; fn f() { use super::b; b::run(); }",
            "pub fn run() { html! { (crate::a::A) } }",
        ),
        ("pub use crate::b::B; pub struct A(B);", "use crate::a::*; pub struct B;"),
    ] {
        let graph = read(a, b, "use crate::a::A; use crate::b::B;");
        assert_eq!(graph.circles(), two, "{a} | {b}");
    }
    let graph = read("use crate::b::B; pub struct A;", "use crate::A; pub struct B;", "");
    assert_eq!(
        graph.ties(&two[0]),
        "  src/a.rs names crate::b::B of src/b/mod.rs\n  src/b/mod.rs names crate::A of src/a.rs\n"
    );
    let three = read(
        "use crate::b::B; pub struct A;",
        "use crate::c::C; pub struct B;",
        "use crate::A; pub struct C;",
    );
    assert_eq!(three.circles(), [["src/a.rs", "src/b/mod.rs", "src/c.rs"]]);
    // A declaration, a re-export that the file itself does not use and an import for tests are no arrows.
    for (a, b) in [
        ("pub use crate::b::B; pub struct A;", "use crate::a::A; pub struct B;"),
        ("use crate::b::B; pub struct A;", "use crate::c::C; pub struct B;"),
        (
            "#[cfg(test)] mod tests { use crate::b::B; } pub struct A;",
            "use crate::a::A; pub struct B;",
        ),
    ] {
        assert_eq!(read(a, b, "pub struct C;").circles(), [[""; 0]; 0], "{a} | {b}");
    }
    let sources = synthetic(&[
        ("src/lib.rs", "mod b;"),
        ("src/b/mod.rs", "mod part; pub use part::run; pub struct B;"),
        ("src/b/part.rs", "use super::B; pub fn run(_: B) {}"),
    ]);
    assert_eq!(Graph::read(&sources, "src/lib.rs").circles(), [[""; 0]; 0]);
    let mut used = sources;
    used.insert("src/b/mod.rs".into(), "mod part; pub struct B; fn f() { part::run(B) }".into());
    assert_eq!(Graph::read(&used, "src/lib.rs").circles(), [["src/b/mod.rs", "src/b/part.rs"]]);
}

#[test]
fn every_path_in_the_map_of_the_library_exists() {
    let text = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let words: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let paths: Vec<&&str> =
        words.iter().filter(|word| word.contains('/') && !word.contains(' ')).collect();
    for path in &paths {
        let there = root().join(path).exists() || root().join("src").join(path).exists();
        assert!(there, "src/lib.rs names {path}");
    }
    assert!(paths.len() >= 10, "{paths:?}");
}

#[test]
fn only_the_store_names_rusqlite() {
    for (path, text) in sources("src") {
        let speaks = flat(&tokens(&text, &path)).iter().any(|word| word == "rusqlite");
        assert!(!speaks || path.starts_with("src/store/"), "{path} names rusqlite");
    }
}

/// Paths of the command that lead past `ops` to the archive, and the number of its paths into the
/// library.
fn past_ops(sources: &Sources) -> (Vec<String>, usize) {
    let graph = Graph::read(sources, "src/bin/onrecord/main.rs");
    let into = |m: &Mention| m.path.first().is_some_and(|root| root == "onrecord");
    let mentions: Vec<Mention> = graph.mentions().into_iter().filter(into).collect();
    let below = |m: &&Mention| {
        m.path.get(1).is_some_and(|layer| ["store", "report", "check"].contains(&layer.as_str()))
    };
    let wrong = mentions.iter().filter(below);
    let wrong = wrong.map(|m| format!("{} uses {}", m.file, m.path.join("::"))).collect();
    (wrong, mentions.len())
}

#[test]
fn the_command_reaches_the_archive_through_ops() {
    let (wrong, seen) = past_ops(&sources("src"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 100, "the scan sees no paths: {seen}");
    for import in ["use onrecord::{ops, store as s};", "fn f() { onrecord::store::run() }"] {
        let one = synthetic(&[("src/bin/onrecord/main.rs", import)]);
        assert_eq!(past_ops(&one).0.len(), 1, "{import}");
    }
}

/// Code that reads clock, environment or system, waits, ends the program or speaks to the terminal.
const BANNED: [&str; 24] = [
    "SystemTime",
    "Instant",
    "UNIX_EPOCH",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "std::env",
    "env!",
    "option_env!",
    "std::process",
    "thread::sleep",
    "temp_dir",
    "tempfile::tempdir",
    "tempfile::tempfile",
    "NamedTempFile::new",
    "TempDir::new",
    "stdin",
    "stdout",
    "stderr",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "dbg!",
];

/// Folders that are the system's.
const BANNED_TEXTS: [&str; 4] = ["/proc", "/sys/", "/dev/", "/etc/"];

/// Each file of a crate with the banned code in it, tests left out.
fn questions(sources: &Sources, crate_root: &str) -> BTreeSet<(String, String)> {
    let graph = Graph::read(sources, crate_root);
    let mut found = BTreeSet::new();
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    // Paths with their aliases resolved, and the code as it is written.
    for Mention { file, path, .. } in graph.mentions().into_iter().filter(|mention| !mention.test) {
        rows.push((file, flat(&tokens(&path.join("::"), "a path"))));
    }
    for file in graph.files_outside_tests() {
        let words = flat(&tokens(&sources[&file], &file));
        for text in BANNED_TEXTS {
            if words.iter().any(|word| word.contains('"') && word.contains(text)) {
                found.insert((file.clone(), text.to_owned()));
            }
        }
        rows.push((file, words));
    }
    for banned in BANNED {
        let wanted = flat(&tokens(banned, "a list"));
        for (file, words) in &rows {
            let at = |at: &usize| words[*at..].starts_with(&wanted);
            // The version and the name of the package are part of the program.
            let is_package = |at: &usize| {
                let argument = words.get(at + wanted.len() + 1);
                wanted[0].ends_with("env")
                    && argument.is_some_and(|word| word.starts_with("\"CARGO_PKG_"))
            };
            if (0..words.len()).any(|n| at(&n) && !is_package(&n)) {
                found.insert((file.clone(), banned.to_owned()));
            }
        }
    }
    found
}

#[test]
fn the_library_reads_no_clock_environment_or_terminal() {
    let found = questions(&sources("src"), "src/lib.rs");
    assert_eq!(found, BTreeSet::new());
}

#[test]
fn the_scan_sees_every_banned_call() {
    for (code, banned) in [
        ("fn f() { std::env::var(\"X\"); }", "std::env"),
        ("use std::{env, fs}; fn f() { env::var(\"X\"); }", "std::env"),
        ("use std::process as p; fn f() { p::id(); }", "std::process"),
        ("use std::process::Command;", "std::process"),
        ("use std::{self as s}; fn f() { s::process::exit(1) }", "std::process"),
        ("use std::thread; fn f() { thread::sleep(d) }", "thread::sleep"),
        ("use std::thread::sleep as doze; fn f() { doze(d) }", "thread::sleep"),
        ("use jiff::Timestamp as T; fn f() { T::now(); }", "Timestamp::now"),
        ("fn f() { jiff::Zoned::now(); }", "Zoned::now"),
        ("use std::time::*; fn f() { Instant::now(); }", "Instant"),
        ("use std::time::SystemTime as T;", "SystemTime"),
        ("use std::io; fn f() { io::stdin(); }", "stdin"),
        ("use std::io::stdout as out;", "stdout"),
        ("fn f() { g(|| println!(\"x\")) }", "println!"),
        ("macro_rules! m { () => { eprint!(\"x\") } }", "eprint!"),
        ("const X: &str = env!(\"HOME\");", "env!"),
        ("const X: Option<&str> = option_env!(\"CI\");", "option_env!"),
        ("fn f() { Path::new(\"/proc/self\"); }", "/proc"),
        ("fn f() { tempfile::tempdir(); }", "tempfile::tempdir"),
    ] {
        let sources = synthetic(&[("src/lib.rs", "mod a;"), ("src/a.rs", code)]);
        let found = questions(&sources, "src/lib.rs");
        assert!(found.contains(&("src/a.rs".to_owned(), banned.to_owned())), "{code}: {found:?}");
    }
    for harmless in [
        "const X: &str = env!(\"CARGO_PKG_VERSION\"); const Y: Option<&str> = option_env!(\"CARGO_PKG_NAME\");",
        "// println! std::env\n/** /proc Instant */ fn f() { write!(out, \"std::env println!\") }",
        "#[cfg(test)] mod tests { use std::env; fn f() { println!(\"/proc\") } }",
        "#[cfg(test)] mod b;",
        "fn f(context: &Context) { context.now; tempfile::Builder::new().tempfile_in(folder) }",
    ] {
        let b = ("src/a/b.rs", "fn f() { println!(\"x\") }");
        let sources = synthetic(&[("src/lib.rs", "mod a;"), ("src/a.rs", harmless), b]);
        assert_eq!(questions(&sources, "src/lib.rs"), BTreeSet::new(), "{harmless}");
    }
}

/// The files that the `include_str!` and `include_bytes!` of a file name: by a literal, or by a
/// macro of that file that lists names and puts them together with `concat!`.
fn included(path: &str, text: &str) -> Vec<PathBuf> {
    let words = flat(&tokens(text, path));
    let mut found = Vec::new();
    let mut add = |name: &str| found.push(normal(&Path::new(path).with_file_name("").join(name)));
    for (at, _) in words.iter().enumerate().filter(|(_, word)| word.starts_with("include_")) {
        let argument = &words[at + 3..];
        if argument[0].starts_with('"') {
            add(&literal(&argument[0]));
            continue;
        }
        let parts = argument.iter().skip(3).take_while(|word| *word != ")");
        let parts: Vec<&String> = parts.filter(|word| *word != "," && *word != "$").collect();
        let concat = argument[0] == "concat" && parts.len() > 1;
        assert!(concat, "{path}: cannot tell what {} includes", argument[0]);
        for values in listed(path, &words, at) {
            let value = |part: &&String| match part.starts_with('"') {
                true => literal(part),
                false => values.get(*part).cloned().unwrap_or_else(|| panic!("{path}: no ${part}")),
            };
            add(&parts.iter().map(value).collect::<String>());
        }
    }
    found
}

/// The values that each use of the macro around this position gives to the variables in its list:
/// the pattern is literals, set apart by signs, and one repetition of literals.
fn listed(path: &str, words: &[String], at: usize) -> Vec<BTreeMap<String, String>> {
    let start = words[..at].iter().rposition(|word| word == "macro_rules").unwrap();
    let name = &words[start + 2];
    let body = words[start..].windows(2).position(|pair| pair == ["=", ">"]).unwrap();
    let pattern: Vec<&String> = words[start + 5..start + body].iter().collect();
    let variables = |words: &[&String]| -> Vec<String> {
        let names = words.windows(3).filter(|window| window[1] == ":" && window[2] == "literal");
        names.map(|window| window[0].clone()).collect()
    };
    let list = pattern.windows(2).position(|pair| pair[0] == "$" && pair[1] == "(").unwrap();
    let (once, many) = (variables(&pattern[..list]), variables(&pattern[list..]));
    let mut found = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| *word == name) {
        if words.get(at + 1).is_none_or(|word| word != "!") {
            continue;
        }
        let end = words[at..].iter().position(|word| word == "]" || word == ")").unwrap();
        let given = words[at..at + end].iter().filter(|word| word.starts_with('"'));
        let given: Vec<String> = given.map(|word| literal(word)).collect();
        let rows = given[once.len()..].chunks(many.len());
        found.extend(rows.map(|row| {
            let first = once.iter().cloned().zip(given.iter().cloned());
            first.chain(many.iter().cloned().zip(row.iter().cloned())).collect()
        }));
    }
    assert!(!found.is_empty(), "{path}: nothing uses {name}!");
    found
}

/// A path without `..`.
fn normal(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut whole, part| {
        match part {
            Component::ParentDir => drop(whole.pop()),
            part => whole.push(part),
        }
        whole
    })
}

#[test]
fn every_sql_file_is_used() {
    let used: BTreeSet<PathBuf> =
        sources("src").iter().flat_map(|(path, text)| included(path, text)).collect();
    let all: BTreeSet<PathBuf> = files("src", ".sql")
        .iter()
        .chain(&files("migrations", ".sql"))
        .map(|path| path.strip_prefix(root()).unwrap().to_owned())
        .collect();
    let unused: Vec<_> = all.difference(&used).collect();
    assert!(unused.is_empty(), "nothing includes {unused:?}");
    assert!(all.len() > 100, "the scan sees no files: {}", all.len());
}

#[test]
fn the_scan_of_includes_resolves_paths() {
    let text = r#"
        const A: &str = include_str!("../b/one.sql");
        macro_rules! parts {
            ($kind:literal: $($title:literal = $file:literal),* $(,)?) => {
                &[$(($title, include_str!(concat!("x/", $kind, "_", $file, ".sql")))),*]
            };
        }
        const B: Parts = parts!["claim": "facts of \"it\"" = "facts", "places" = "where",];
        const C: Parts = parts!["source": "a" = "b"];
        // include_str!("comment.sql")
        const D: &str = "include_str!(\"text.sql\")";
    "#;
    let found: Vec<String> =
        included("src/a/mod.rs", text).iter().map(|path| path.display().to_string()).collect();
    let wanted = [
        "src/b/one.sql",
        "src/a/x/claim_facts.sql",
        "src/a/x/claim_where.sql",
        "src/a/x/source_b.sql",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn every_sql_file_opens_with_a_comment() {
    for path in files("src", ".sql").iter().chain(&files("migrations", ".sql")) {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.starts_with("-- "), "{} opens without a comment", path.display());
    }
}

#[test]
fn the_readme_names_every_command_and_report() {
    let readme = ["README.md", "docs/guide.md"]
        .map(|name| std::fs::read_to_string(root().join(name)).unwrap())
        .concat();
    for header in onrecord::shipped::reports() {
        assert!(
            readme.contains(&format!("`{}`", header.name)),
            "README leaves out report {}",
            header.name
        );
        assert!(header.question.is_some(), "report {} asks no question", header.name);
    }
    let help = crate::common::Sandbox::new().run(&["--help"]).done();
    let commands = help.split("Commands:").nth(1).unwrap().split("Options:").next().unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert_eq!(commands.len(), 36, "{commands:?}");
    for name in commands {
        assert!(
            readme.contains(&format!("onrecord {name}")),
            "README leaves out `onrecord {name}`"
        );
    }
}
