//! The archive in other programs: its rules hold in every SQLite tool, with foreign keys off and
//! without the program. `python3` and `sqlite3` are needed; the other tools are tried if they are
//! installed, and must be with ONRECORD_ALL_TOOLS.

use crate::common::{Sandbox, has, required, root, run};

fn refused() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("tests/any_tool/refused.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let pairs: Vec<_> = lines
        .map(|line| line.split_once('\t').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap())
        .collect();
    assert!(pairs.len() > 40);
    pairs
}

fn views(sandbox: &Sandbox) -> Vec<String> {
    let out = sandbox
        .run(&["sql", "select name from sqlite_schema where type = 'view'", "--format", "tsv"])
        .done();
    out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn python_keeps_every_rule() {
    let sandbox = Sandbox::seeded();
    let script = root().join("tests/any_tool/edits.py");
    let list = root().join("tests/any_tool/refused.txt");
    let run = run(sandbox.command("python3").arg(script).arg("onrecord.db").arg(list));
    assert!(run.out.contains("every edit as it should be"), "{}{}", run.out, run.err);
    // The program sees the changes that were made there.
    assert!(sandbox.run(&["report", "mine"]).done().contains("by-hand"));
    assert!(sandbox.run(&["search", "typed"]).done().contains("by-hand"));
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

/// Every rule holds, every view can be read and a legal edit goes through in this sqlite3 shell.
fn shell_keeps_every_rule(shell: &str) {
    let sandbox = Sandbox::seeded();
    let ask = |sql: &str| run(sandbox.command(shell).args(["onrecord.db", sql]));
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for (message, sql) in refused().iter().filter(|(_, sql)| !sql.ends_with("revisions")) {
        let run = ask(sql);
        assert_ne!(run.code, 0, "was not refused: {sql}");
        assert!(run.err.contains(message.as_str()), "{sql}\n{}", run.err);
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    for view in views(&sandbox) {
        let run = ask(&format!("SELECT * FROM {view}"));
        assert_eq!(run.code, 0, "{view}: {}", run.err);
    }
    let edit = "UPDATE claims SET note = 'x' WHERE id = 1; \
        INSERT INTO claims (key, text, kind, happened) VALUES ('by-hand', 'Typed', 'event', '2021-06-XX'); \
        SELECT count(*) FROM revisions WHERE operation_id IS NULL; SELECT latest FROM dates WHERE edtf = '2021-06-XX'; \
        SELECT count(*) > 0 FROM claims_fts WHERE claims_fts MATCH 'muqur'";
    assert_eq!(ask(edit).done().split_whitespace().collect::<Vec<_>>(), ["1", "2021-06-30", "1"]);
    assert!(sandbox.run(&["search", "typed"]).done().contains("by-hand"));
    assert_eq!(sandbox.run(&["check"]).code, 0);
}

#[test]
fn the_sqlite3_shell_keeps_every_rule() {
    shell_keeps_every_rule("sqlite3");
}

/// The oldest SQLite that the file is promised to.
#[test]
fn sqlite_of_2019_keeps_every_rule() {
    if has(&Sandbox::new(), "sqlite3-3.28", &["--version"]) {
        shell_keeps_every_rule("sqlite3-3.28");
    }
}

#[test]
fn the_sqlite3_shell_lists_and_extracts_captures() {
    let sandbox = Sandbox::seeded();
    sandbox.write("copy.txt", "as found\n".repeat(100));
    let _ = sandbox.run(&["attach", "reuters", "copy.txt"]).done();
    let listed = run(sandbox.command("sqlite3").args(["onrecord.db", "-A", "-t"])).done();
    assert_eq!(listed.trim(), "captures/reuters/copy.txt");
    let _ = run(sandbox.command("sqlite3").args(["onrecord.db", "-A", "-x"])).done();
    assert_eq!(
        std::fs::read(sandbox.path("captures/reuters/copy.txt")).unwrap(),
        std::fs::read(sandbox.path("copy.txt")).unwrap()
    );
}

#[test]
fn sqlite_utils_reads_and_searches() {
    let sandbox = Sandbox::seeded();
    if !has(&sandbox, "sqlite-utils", &["--version"])
        || !has(&sandbox, "python3", &["-c", "import sqlite_utils"])
    {
        return;
    }
    // All views through the library: the command would start Python for each.
    let script = "import sys, sqlite_utils; db = sqlite_utils.Database('onrecord.db')
print(sum(1 for view in sys.argv[1:] for row in db.query(f'select * from {view}')))";
    let views = views(&sandbox);
    let mut command = sandbox.command("python3");
    let read = run(command.args(["-c", script]).args(&views)).done();
    assert!(views.len() > 40 && read.trim().parse::<usize>().unwrap() > 500, "{read}");
    let rows = run(sandbox.command("sqlite-utils").args(["rows", "onrecord.db", "report_status"]));
    assert!(rows.done().contains("corroborated"));
    let found =
        run(sandbox.command("sqlite-utils").args(["search", "onrecord.db", "claims", "muqur"]))
            .done();
    assert!(found.contains("muqur-fell"));
    // The second index holds no text to be built anew from; the guide says how to rebuild the others.
    let rebuild = ["rebuild-fts", "onrecord.db"];
    let all = run(sandbox.command("sqlite-utils").args(rebuild));
    assert!(all.err.contains("contentless"), "{}", all.err);
    let tables = ["claims", "sources", "locations", "location_names"];
    run(sandbox.command("sqlite-utils").args(rebuild).args(tables)).done();
    sandbox.run(&["check"]).done();
    assert!(sandbox.run(&["search", "muqur"]).done().contains("muqur-fell"));
    let run = run(sandbox.command("sqlite-utils").args([
        "query",
        "onrecord.db",
        "update claims set status = 'confirmed'",
    ]));
    assert_ne!(run.code, 0);
    assert!(run.err.contains("record a verdict"), "{}", run.err);
}

#[test]
fn datasette_serves_every_report() {
    let sandbox = Sandbox::seeded();
    if !has(&sandbox, "datasette", &["--version"]) {
        return;
    }
    for view in ["report_status", "report_figures", "claims"] {
        let page = format!("/onrecord/{view}.json?_shape=array");
        let run = run(sandbox.command("datasette").args(["onrecord.db", "--get", &page])).done();
        assert!(run.starts_with("[{"), "{view}: {run}");
    }
}

#[test]
fn datasette_explains_every_page() {
    datasette_explains("python3");
}

/// The same in an alpha of Datasette 1.0, in an environment of Python of its own.
#[test]
fn datasette_1_explains_every_page() {
    datasette_explains("python3-datasette-1");
}

/// The command in the guide: one file as metadata and as configuration.
#[test]
fn datasette_1_takes_the_file_twice() {
    let sandbox = Sandbox::seeded();
    if !has(&sandbox, "python3-datasette-1", &["-c", "import datasette"]) {
        return;
    }
    let _ = sandbox.run(&["datasette", "metadata.json"]).done();
    let mut command = sandbox.command("python3-datasette-1");
    command.args(["-m", "datasette", "-i", "onrecord.db", "--metadata", "metadata.json"]);
    command.args(["--config", "metadata.json", "--setting", "sql_time_limit_ms", "10000"]);
    let page = run(command.args(["--get", "/onrecord/report-status.json?_shape=array"])).done();
    assert!(page.starts_with(r#"[{"status": "unassessed""#), "{page}");
}

/// With the metadata, on both seeds and within the limits that Datasette sets by itself; `python` has the
/// version of Datasette.
fn datasette_explains(python: &str) {
    let sandbox = Sandbox::new();
    let _ = sandbox.run(&["seed"]).done();
    let _ = sandbox.run(&["--file", "both.db", "seed", "--with", "other-coverage"]).done();
    if !has(&sandbox, python, &["-c", "import datasette"]) {
        return;
    }
    sandbox.write("x.sql", "-- title: \"Mine\" <b>\nSELECT key AS claim FROM claims");
    let _ = sandbox.run(&["--file", "both.db", "report", "add", "my-own", "x.sql"]).done();
    for name in ["onrecord", "both"] {
        let (file, metadata) = (format!("{name}.db"), format!("{name}.json"));
        let _ = sandbox.run(&["--file", &file, "datasette", &metadata]).done();
        let before = std::fs::read(sandbox.path(&file)).unwrap();
        let script = root().join("tests/any_tool/datasette_pages.py");
        let run = run(sandbox.command(python).arg(script).arg(file.as_str()).arg(metadata));
        assert!(run.out.contains("every page is explained"), "{}{}", run.out, run.err);
        assert!(before == std::fs::read(sandbox.path(&file)).unwrap());
    }
}

#[test]
fn metadata_for_datasette_is_not_overwritten() {
    let sandbox = Sandbox::empty();
    let out = sandbox.run(&["datasette"]).done();
    assert!(out.contains("\"report-figure-conflicts\""), "{out}");
    sandbox.write("metadata.json", "mine");
    let said = sandbox.run(&["datasette", "metadata.json"]).failed();
    assert!(said.contains("a file is there already") && said.contains("--force"), "{said}");
    assert_eq!(std::fs::read_to_string(sandbox.path("metadata.json")).unwrap(), "mine");
    let _ = sandbox.run(&["datasette", "metadata.json", "--force"]).done();
    assert_eq!(std::fs::read_to_string(sandbox.path("metadata.json")).unwrap(), out);
    let said = sandbox.run(&["datasette", "onrecord.db", "--force"]).failed();
    assert!(said.contains("it is the archive itself"), "{said}");
}

#[test]
fn duckdb_reads_every_view() {
    let sandbox = Sandbox::seeded();
    if !has(&sandbox, "python3", &["-c", "import duckdb, duckdb_extension_sqlite_scanner"]) {
        return;
    }
    let script = root().join("tests/any_tool/duckdb_views.py");
    let read = run(sandbox.command("python3").arg(script).arg("onrecord.db")).done();
    assert!(read.trim().parse::<usize>().unwrap() >= 20, "{read}");
}

#[test]
fn gdal_opens_the_map() {
    let sandbox = Sandbox::seeded();
    if !has(&sandbox, "ogrinfo", &["--version"]) {
        return;
    }
    let listed = run(sandbox.command("ogrinfo").args(["-ro", "onrecord.db"])).done();
    assert!(listed.contains("map_claims (Point)"), "{listed}");
    let near = run(sandbox.command("ogrinfo").args([
        "-ro",
        "-q",
        "onrecord.db",
        "map_claims",
        "-spat",
        "67.7",
        "32.9",
        "67.8",
        "33",
    ]))
    .done();
    assert!(near.contains("muqur-fell") && !near.contains("kunduz"), "{near}");
    assert!(
        near.contains("POINT (67.782 32.94)") && near.contains("precision (Integer) = 3"),
        "{near}"
    );
}

/// The code in the guide's section on other programs, with what each prints.
fn examples_of_the_guide() -> Vec<(String, String, String)> {
    let text = std::fs::read_to_string(root().join("docs/guide.md")).unwrap();
    let section =
        text.split("\n### DuckDB, polars and R\n").nth(1).expect("the guide has a section");
    let section = section.split("\n## ").next().unwrap();
    let blocks: Vec<(&str, &str)> = section
        .split("```")
        .skip(1)
        .step_by(2)
        .map(|block| block.split_once('\n').expect("a block has lines"))
        .collect();
    let pairs = blocks.chunks(2).map(|pair| {
        let [(language, code), ("text", output)] = pair else {
            panic!("no output follows: {pair:?}")
        };
        ((*language).to_owned(), (*code).to_owned(), (*output).to_owned())
    });
    pairs.collect()
}

/// Runs the example of the guide that uses a library and compares its output, if the library is there:
/// `prepare` is run before, and fails if it is not.
fn example_prints_what_it_says(library: &str, program: &str, prepare: &str) {
    let sandbox = Sandbox::seeded();
    let examples = examples_of_the_guide();
    let (language, code, output) =
        examples.iter().find(|(_, code, _)| code.contains(library)).expect("an example");
    assert_eq!(language, if program == "Rscript" { "r" } else { "python" });
    let mut command = sandbox.command(program);
    command.env("HOME", sandbox.path(""));
    let flag = if program == "Rscript" { "-e" } else { "-c" };
    let there = command.args([flag, prepare]).output().is_ok_and(|out| out.status.success());
    if !required(there, &format!("{library} is not there")) {
        return;
    }
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let mut command = sandbox.command(program);
    let run = run(command.env("HOME", sandbox.path("")).args([flag, code]));
    assert_eq!((run.out.as_str(), run.err.as_str()), (output.as_str(), ""), "{code}");
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

/// DuckDB fetches its reader of SQLite files when it first needs it; here that comes from a Python package.
#[test]
fn the_guides_example_for_duckdb_prints_what_it_says() {
    let prepare = "import duckdb, duckdb_extension_sqlite_scanner as reader, glob, pathlib, shutil
[file] = glob.glob(reader.__path__[0] + '/**/*.duckdb_extension', recursive=True)
[platform] = duckdb.sql('PRAGMA platform').fetchone()
folder = pathlib.Path.home() / '.duckdb/extensions' / ('v' + duckdb.__version__) / platform
folder.mkdir(parents=True)
shutil.copy(file, folder)";
    example_prints_what_it_says("duckdb", "python3", prepare);
}

#[test]
fn the_guides_example_for_polars_prints_what_it_says() {
    example_prints_what_it_says("polars", "python3", "import polars");
}

#[test]
fn the_guides_example_for_r_prints_what_it_says() {
    example_prints_what_it_says("RSQLite", "Rscript", "loadNamespace('RSQLite')");
}
