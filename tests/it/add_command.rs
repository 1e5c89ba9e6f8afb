//! The command `add`: forms in an editor, saved pages, generated keys, updates.

use crate::common::{Run, Sandbox, run};
use std::path::PathBuf;

/// Runs `onrecord ARGS` with a shell script as the editor; the draft is its `$1`.
fn edit(sandbox: &Sandbox, script: &str, args: &[&str]) -> Run {
    sandbox.write("editor.sh", format!("set -e\n{script}\n"));
    std::fs::create_dir_all(sandbox.path("tmp")).unwrap();
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    command.env("EDITOR", "sh ./editor.sh").env("TMPDIR", sandbox.path("tmp")).args(args);
    run(&mut command)
}

/// The draft that was kept, if one was.
fn kept(sandbox: &Sandbox) -> Option<PathBuf> {
    let folder = std::fs::read_dir(sandbox.path("tmp")).unwrap().next()?.unwrap().path();
    Some(std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path())
}

const FILL: &str =
    r##"sed -i -e 's/^kind = ""/kind = "report"/' -e 's/^#author = ""/author = "A \& B"/' "$1""##;

#[test]
fn a_filled_in_draft_is_added() {
    let sandbox = Sandbox::empty();
    let said = edit(
        &sandbox,
        &format!("cp \"$1\" template.toml\n{FILL}"),
        &["add", "source", "--edit", "--title", "Night \"raids\"", "--published", "2021-06-28"],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    let row = sandbox.ask("select key || '|' || kind || '|' || author || '|' || title from sources where kind = 'report'");
    assert_eq!(row.replace('"', ""), "night-raids-2021|report|A & B|Night raids");
    assert_eq!(kept(&sandbox), None);
    let template = std::fs::read_to_string(sandbox.path("template.toml")).unwrap();
    assert!(template.contains("#  [[claim.mention]]") || template.contains("  #[[claim.mention]]"));
    assert!(template.contains("#source = \"night-raids-2021\""), "{template}");
}

#[test]
fn every_line_of_the_template_is_a_field() {
    let sandbox = Sandbox::seeded();
    // Everything uncommented and still empty: problems, but each of them about an empty field.
    let script = "if [ -e once ]; then cp \"$1\" seen; exit 1; fi; touch once; \
        sed -i -E 's/^( *)#([[a-z])/\\1\\2/' \"$1\"";
    for kind in ["source", "claim", "location", "measure", "figure", "mention", "link"] {
        let _ = std::fs::remove_file(sandbox.path("once"));
        let _ = edit(&sandbox, script, &["add", kind, "--edit"]).failed();
        let seen = std::fs::read_to_string(sandbox.path("seen")).unwrap();
        assert!(seen.contains("# line "), "{seen}");
        for word in ["not TOML", "has no field", "is not a part"] {
            assert!(!seen.contains(word), "{kind}: {seen}");
        }
    }
}

#[test]
fn problems_are_comments_above_the_draft_and_name_its_lines() {
    let sandbox = Sandbox::empty();
    // In the second session, the line that the comment names is fixed.
    let script = r#"
if [ -e once ]; then
  cp "$1" seen
  line=$(sed -n 's/^# line \([0-9]*\), column [0-9]*: kind of source.*/\1/p' "$1")
  sed -i "${line}s/artikle/article/" "$1"
else
  touch once
  sed -i -e 's/^kind = ""/kind = "artikle"/' "$1"
fi"#;
    let said = edit(&sandbox, script, &["add", "source", "--edit", "--title", "A title"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(sandbox.ask("select key from sources where kind = 'article'"), "a-title");
    let seen = std::fs::read_to_string(sandbox.path("seen")).unwrap();
    assert!(seen.contains("did you mean \"article\""), "{seen}");
}

#[test]
fn an_origin_names_its_relation() {
    let sandbox = Sandbox::empty();
    let args = ["add", "source", "--kind", "report", "--title", "M", "--origin", "log"];
    let refused = sandbox.run(&args);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("such as cites:log"), "{}", refused.err);
}

#[test]
fn a_key_that_may_be_made_is_not_asked_for() {
    let sandbox = Sandbox::empty();
    let help = sandbox.run(&["add", "source", "--help"]).done();
    let key = help.lines().find(|line| line.contains("--key ")).unwrap();
    assert!(!key.contains("(needed)"), "{key}");
    let error = sandbox.run(&["add", "claim", "--kind", "event"]).failed();
    assert!(error.contains("--text: a new claim needs it"), "{error}");
    assert!(!error.contains("--key"), "{error}");
}

#[test]
fn a_draft_that_is_not_added_is_kept_in_a_file() {
    let sandbox = Sandbox::empty();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let cases = [
        ("echo '# mine' >> \"$1\"; exit 1", "ended with"),
        ("[ -e once ] || echo 'x = ' >> \"$1\"; touch once", "left as it was"),
        (
            "[ -e twice ] && exit 1; touch twice; sed -i 's/^text = \"\"/text = \"Mine\"/' \"$1\"",
            "ended with",
        ),
        ("printf '\\377' >> \"$1\"", "not UTF-8"),
    ];
    for (script, why) in cases {
        let _ = std::fs::remove_dir_all(sandbox.path("tmp"));
        let said = edit(&sandbox, script, &["add", "claim", "--edit"]).failed();
        let path = kept(&sandbox).unwrap_or_else(|| panic!("{script}: {said}"));
        let go_on = format!("onrecord --file onrecord.db import {}", path.display());
        assert!(said.contains(why) && said.contains(&go_on), "{script}: {said}");
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn a_draft_in_which_nothing_was_written_is_removed() {
    let sandbox = Sandbox::empty();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let cases = [
        ("true", "left as it was"),
        (": > \"$1\"", "emptied"),
        ("exit 1", "ended with"),
        ("exit 127", "cannot be run"),
        ("rm \"$1\"", "read"),
        ("sed -i -e '/^$/d' \"$1\"; exit 2", "ended with"),
        // What was wrong is taken out again.
        ("[ -e once ] && : > \"$1\" || echo 'x = ' >> \"$1\"; touch once", "emptied"),
    ];
    for (script, why) in cases {
        let said = edit(&sandbox, script, &["add", "claim", "--edit"]).failed();
        assert_eq!(kept(&sandbox), None, "{script}");
        assert!(said.contains(why) && !said.contains("is kept"), "{script}: {said}");
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

/// An archive with more places than a form lists; the oldest is the one that is used.
fn many_places() -> Sandbox {
    let sandbox = Sandbox::empty();
    let escape = |n| if n == 25 { "\\u001b" } else { "" };
    let places: String = (1..=25)
        .map(|n| {
            let name = format!("Place {n}{}", escape(n));
            format!("[[location]]\nkey = \"p{n}\"\nname = \"{name}\"\nkind = \"city\"\n")
        })
        .collect();
    let claim = "[[claim]]\nkey = \"c\"\ntext = \"C\"\nkind = \"event\"\nplaces = [\"p1\"]\n\
                 [[claim.mention]]\nsource = \"s\"\nspeaker = \"ana\"\n[[source]]\nkey = \"s\"\n\
                 kind = \"article\"\ntitle = \"S\"\n[[source]]\nkey = \"ana\"\nkind = \"person\"\n\
                 title = \"Ana\"\n[[measure]]\nkey = \"injured\"\ntitle = \"People injured\"\n\
                 dimension = \"people\"\ngrowth = \"level\"\n";
    let _ = sandbox.import(&format!("onrecord = 1\n{places}{claim}")).done();
    sandbox
}

#[test]
fn a_form_lists_keys_the_most_used_first() {
    let sandbox = many_places();
    let _ = edit(&sandbox, "cp \"$1\" form", &["add", "claim", "--edit"]).failed();
    let form = std::fs::read_to_string(sandbox.path("form")).unwrap();
    let lines: Vec<&str> = form.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("#places")).unwrap();
    assert_eq!(
        lines[at + 2..at + 5],
        ["#   p1   Place 1", "#   p25  Place 25␛", "#   p24  Place 24"]
    );
    let more = "#   and 5 more: onrecord sql \"SELECT key, name FROM locations\"";
    assert_eq!(lines[at + 22], more);
    let speaker = lines.iter().position(|line| line.starts_with("  #speaker")).unwrap();
    let rest = ["  #   ana  Ana", "  #   or another that is listed at source above"];
    assert_eq!(lines[speaker + 1..speaker + 3], rest);
    // The command that it names lists them.
    let all = sandbox.run(&["sql", "SELECT key, name FROM locations", "--format", "csv"]).done();
    assert_eq!(all.lines().count(), 26);
    for word in ["[[claim.figure]]", "[[claim.assessment]]", "[[measure]]", "[[source]]"] {
        assert!(form.contains(&format!("#{word}")), "{word}");
    }
}

#[test]
fn a_form_takes_blocks_names_and_new_records() {
    let sandbox = many_places();
    let script = r##"[ -e once ] && exit 1; touch once; cat > fill.sed <<'END'
s/^text = ""/text = "Six were hurt"/
s/^kind = ""/kind = "event"/
s/^#places = .*/places = ["Place 3", { location = "p4", relation = "near" }]/
s/^  #\[\[claim.figure/  [[claim.figure/
s/^  #measure = ""/  measure = "People injured"/
s/^  #value = ""/  value = "at least 6"/
s/^  #\[\[claim.assess/  [[claim.assess/
s/^  #status = ""/  status = "reported"/
s/^  #because = ""/  because = "One source"/
s/^#\[\[source/[[source/
s/^#title = "".*of a doc.*/title = "Evening news"/
s/^#kind = "".*article.*/kind = "article"/
END
sed -i -f fill.sed "$1""##;
    let said = edit(&sandbox, script, &["add", "claim", "--edit"]);
    assert_eq!(
        said.code,
        0,
        "{}{}",
        said.err,
        std::fs::read_to_string(kept(&sandbox).unwrap()).unwrap()
    );
    assert_eq!(
        sandbox.ask(
            "SELECT c.status || ' ' || s.title || ' ' || f.qualifier || ' ' || (SELECT group_concat(l.key || cl.relation) \
             FROM claim_locations AS cl JOIN locations AS l ON l.id = cl.location_id WHERE cl.claim_id = c.id) \
             FROM claims AS c JOIN mentions AS m ON m.claim_id = c.id JOIN sources AS s ON s.id = m.source_id \
             JOIN figures AS f ON f.claim_id = c.id WHERE c.key = 'six-were-hurt'"
        ),
        "\"reported Evening news at_least p3at,p4near\""
    );
    assert_eq!(kept(&sandbox), None);
}

#[test]
fn a_form_does_not_change_the_key_of_a_record() {
    let sandbox = many_places();
    let _ = sandbox.run(&["rename", "p2", "p2b"]).done();
    for (key, line) in
        [("p1", "key = \"p99\""), ("p1", "key = \"p3\""), ("p1", "#key"), ("p2b", "key = \"p1\"")]
    {
        let script = format!(
            "[ -e once ] && {{ cp \"$1\" seen; exit 1; }}; touch once; \
             sed -i -e '0,/^key = .*/s//{line}/' -e 's/^name = .*/name = \"New\"/' \"$1\""
        );
        let _ = std::fs::remove_file(sandbox.path("once"));
        let args = ["add", "location", "--update", "--edit", "--key", key];
        let _ = edit(&sandbox, &script, &args).failed();
        let seen = std::fs::read_to_string(sandbox.path("seen")).unwrap();
        assert!(
            seen.contains(&format!("the location that is changed has the key {key}")),
            "{seen}"
        );
        if let Some(new) = line.strip_prefix("key = ") {
            let rename = format!("`onrecord rename {key} {}`", new.trim_matches('"'));
            assert!(seen.contains(&rename), "{seen}");
        }
    }
    assert_eq!(
        sandbox.ask("SELECT count(*) FROM locations WHERE name = 'New' OR key = 'p99'"),
        "0"
    );
    // A former key reaches the record, and another record may be added along.
    let script = "[ -e last ] && exit 1; touch last; sed -i -e 's/^name = .*/name = \"New\"/' \"$1\"; \
        printf '[[location]]\\nkey = \"p99\"\\nname = \"Other\"\\nkind = \"city\"\\n' >> \"$1\"";
    let said = edit(&sandbox, script, &["add", "location", "--update", "--edit", "--key", "p2"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(
        sandbox.ask("SELECT group_concat(key || name) FROM locations WHERE key IN ('p2b', 'p99')"),
        "\"p2bNew,p99Other\""
    );
}

#[test]
fn a_draft_changes_an_existing_record_only_with_update() {
    let sandbox = Sandbox::empty();
    let add = ["add", "source", "--key", "x", "--kind", "page", "--title", "One"];
    let _ = sandbox.run(&add).done();
    let args = ["add", "source", "--edit", "--key", "x", "--kind", "page", "--title", "Two"];
    let script = "[ -e once ] && exit 1; touch once; echo '# y' >> \"$1\"";
    let _ = edit(&sandbox, script, &args).failed();
    assert_eq!(sandbox.ask("select title from sources where key = 'x'"), "One");
    let said = edit(&sandbox, "echo '# y' >> \"$1\"", &[&args[..], &["--update"]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(sandbox.ask("select title from sources where key = 'x'"), "Two");
}

/// A claim in the form of a source is one that the source states, unless the form says who does.
#[test]
fn a_claim_in_the_form_of_a_source_belongs_to_it() {
    let sandbox = Sandbox::empty();
    let script = "printf 'onrecord = 1\\n[[source]]\\nkey = \"s\"\\nkind = \"page\"\\ntitle = \"S\"\\n[[claim]]\\ntext = \"One\"\\nkind = \"event\"\\n[[claim]]\\ntext = \"Two\"\\nkind = \"event\"\\n[[claim.mention]]\\nsource = \"desk\"\\n' > \"$1\"";
    let _ = edit(&sandbox, script, &["add", "source", "--edit"]).done();
    assert_eq!(
        sandbox.ask(
            "select group_concat(said, ' ') from (select c.key || '/' || s.key as said from mentions as m \
             join claims as c on c.id = m.claim_id join sources as s on s.id = m.source_id order by c.key)"
        ),
        "one/s two/desk"
    );
}

#[test]
fn edit_without_an_editor_is_refused() {
    let sandbox = Sandbox::empty();
    let said = sandbox.run(&["add", "source", "--edit"]).failed();
    assert!(said.contains("set EDITOR"), "{said}");
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    command
        .env("EDITOR", "no-such-editor")
        .env("TMPDIR", sandbox.path(""))
        .args(["add", "source", "--edit"]);
    assert!(run(&mut command).failed().contains("cannot be run"));
}

/// The source that a page gives, as its fields joined.
fn from_page(html: impl AsRef<[u8]>) -> String {
    let sandbox = Sandbox::empty();
    sandbox.write("page.html", html);
    let said = sandbox.run(&["add", "source", "page.html"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let fields =
        ["key", "kind", "title", "author", "outlet", "publisher", "url", "language", "published"];
    let list = fields.map(|field| format!("coalesce({field}, '-')")).join(" || '|' || ");
    sandbox.ask(&format!("select {list} from sources where key <> 'desk'")).replace('"', "")
}

#[test]
fn a_saved_page_fills_in_a_source() {
    let open_graph = "<html lang=fr><head><title>x</title><meta property='og:title' content='A &amp; B&#8217;s day'>\
        <meta property=og:site_name content='Gulf Wire'><meta property=og:type content=article>\
        <meta property=og:url content='https://gulf.example/1'><meta property=og:locale content=en_GB>\
        <meta property=article:published_time content='2021-06-28T23:10:00-07:00'><meta name=author content='C. D.'>";
    assert_eq!(
        from_page(open_graph),
        "a-bs-day-2021|article|A & B’s day|C. D.|Gulf Wire|-|https://gulf.example/1|en-GB|2021-06-28"
    );
    let json_ld = "<title>x</title><meta property='og:title' content='Not this'>\
        <link rel=canonical href='https://n.example/2'><script type='application/ld+json'>//<![CDATA[\n\
        {\"@context\": \"https://schema.org\", \"@graph\": [\
        {\"@type\": \"Organization\", \"@id\": \"#org\", \"name\": \"News House\"},\
        {\"@type\": [\"NewsArticle\"], \"headline\": \"This &amp; that\", \"datePublished\": \"2021-06-29\",\
         \"author\": [{\"name\": \"E\"}, {\"name\": \"F\"}], \"publisher\": {\"@id\": \"#org\"}, \"inLanguage\": \"fa\"}]}\
        //]]></script>";
    assert_eq!(
        from_page(json_ld),
        "this-that-2021|article|This & that|E, F|-|News House|https://n.example/2|fa|2021-06-29"
    );
    assert_eq!(
        from_page(b"<meta charset=windows-1252><title> Caf\xe9\n \x93z\x94 </title><time datetime=2020-02-30><time>"),
        "cafe-z|page|Café “z”|-|-|-|-|-|-"
    );
    assert_eq!(
        from_page(
            "<title>T</title><script type='application/ld+json'>{\"@type\": \"ClaimReview\", \"url\": 5}</script>\
            <script>var a = \"<meta property='og:title' content='evil'>\";</script><!-- <title>no</title>"
        ),
        "t|review|T|-|-|-|-|-|-"
    );
}

#[test]
fn a_page_gives_where_and_when_it_was_saved_to_its_source_and_its_copy() {
    let single = "<html><!--\n Page saved with SingleFile \n url: https://n.example/a \n \
        saved date: Thu Jul 01 2021 00:13:26 GMT+0200 (CEST)\n--><title>A page</title>";
    let message = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://n.example/a\r\n\
        Date: Thu, 1 Jul 2021 00:13:26 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; \
        boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<title>A page</title>\r\n--b--\r\n";
    for (name, text, media) in
        [("p.html", single, "text/html"), ("p.mhtml", message, "multipart/related")]
    {
        let sandbox = Sandbox::empty();
        sandbox.write(name, text);
        let said = sandbox.run(&["add", "source", name, "--attach"]);
        assert_eq!(said.code, 0, "{}", said.err);
        let source =
            "select title || '|' || url || '|' || retrieved from sources where key <> 'desk'";
        let source = sandbox.ask(source).replace('"', "");
        assert_eq!(source, "A page|https://n.example/a|2021-07-01", "{name}");
        let copy = "select url || '|' || captured_at || '|' || media_type from captures";
        let copy = sandbox.ask(copy).replace('"', "");
        assert_eq!(copy, format!("https://n.example/a|2021-06-30T22:13:26Z|{media}"), "{name}");
    }
    // A file that is no page says nothing, and one with damage is named.
    let sandbox = Sandbox::empty();
    sandbox.write("bad.mhtml", message.replace("text/html", "image/png"));
    let said = sandbox.run(&["add", "source", "bad.mhtml"]).failed();
    assert!(said.contains("bad.mhtml") && said.contains("image/png"), "{said}");
    sandbox.write("note.txt", single);
    let _ = sandbox.run(&["add", "source", "--kind", "page", "--title", "N", "--key", "n"]).done();
    let _ = sandbox.run(&["attach", "n", "note.txt"]).done();
    assert_eq!(sandbox.ask("select count(*) from captures where url is null"), "1");
}

#[test]
fn a_page_that_says_nothing_needs_a_title() {
    let sandbox = Sandbox::empty();
    sandbox.write("page.html", "just text");
    assert!(sandbox.run(&["add", "source", "page.html"]).failed().contains("--title"));
    let args = ["add", "source", "page.html", "--title", "Mine", "--kind", "post", "--attach"];
    let said = sandbox.run(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("key: mine\n") && said.err.contains("kept as"), "{}", said.err);
    assert_eq!(sandbox.ask("select kind from sources where key = 'mine'"), "post");
    assert!(sandbox.run(&["add", "source", "gone.html"]).failed().contains("gone.html"));
}

#[test]
fn a_generated_key_is_never_that_of_another_source() {
    let sandbox = Sandbox::empty();
    let add = |more: &[&str]| {
        let base = ["add", "source", "--kind", "page", "--title", "Morning news"];
        sandbox.run(&[&base[..], more].concat())
    };
    let url = "https://a.example/1";
    let _ = add(&["--published", "2021-06-28", url]).done();
    let _ = add(&["--published", "2021-06-29"]).done();
    // Only fields that both state tell two apart: a page without a day may be any with one.
    let said = add(&["--outlet", "Other"]).failed();
    let both = "2 sources are called \"Morning news\": morning-news-2021, morning-news-2021-2";
    assert!(said.contains(both), "{said}");
    assert!(said.contains("give the key of the one that is meant"), "{said}");
    let _ = add(&["--outlet", "Other", "--published", "2021-06-30"]).done();
    let keys = "select group_concat(key, ' ') from (select key from sources where kind = 'page' order by key)";
    assert_eq!(sandbox.ask(keys), "morning-news-2021 morning-news-2021-2 morning-news-2021-3");
    let said = add(&["--published", "2020", url]).failed();
    assert!(said.contains("source morning-news-2021 has this address already"), "{said}");
    let said = add(&["--published", "2021-06-29"]).failed();
    assert!(said.contains("source morning-news-2021-2 is the same"), "{said}");
    for (args, key) in [
        (
            ["add", "claim", "--kind", "event", "--text", "A clinic closed"],
            "claims|a-clinic-closed",
        ),
        (
            ["add", "location", "--kind", "country", "--name", "Côte d'Ivoire"],
            "locations|cote-divoire",
        ),
    ] {
        let _ = sandbox.run(&args).done();
        let (table, key) = key.split_once('|').unwrap();
        assert_eq!(sandbox.ask(&format!("select key from {table}")), key);
        assert!(sandbox.run(&args).failed().contains("is the same"));
    }
}

#[test]
fn a_draft_in_another_encoding_or_with_the_same_problems_is_refused() {
    let sandbox = Sandbox::empty();
    // A draft in another encoding is not guessed at, and stays as it is.
    let script = "printf 'onrecord = 1\\n[[source]]\\nkey = \"z\"\\nkind = \"page\"\\ntitle = \"caf\\351\"\\n' > \"$1\"";
    let said = edit(&sandbox, script, &["add", "source", "--edit"]).failed();
    assert!(said.contains("the byte 0xe9 in line 5 of the draft is not UTF-8"), "{said}");
    assert!(std::fs::read(kept(&sandbox).unwrap()).unwrap().contains(&0xe9));
    assert_eq!(sandbox.ask("select count(*) from sources"), "1");
    // An editor that returns the same mistake twice is not opened a third time.
    let script =
        "printf 'onrecord = 1\\n[[source]]\\nkey = \"bad key\"\\n' > \"$1\"; echo x >> tried";
    let said = edit(&sandbox, script, &["add", "source", "--edit"]).failed();
    assert!(said.contains("came back with the same problems"), "{said}");
    assert_eq!(std::fs::read_to_string(sandbox.path("tried")).unwrap(), "x\nx\n");
}

#[test]
fn an_update_adds_nothing() {
    let sandbox = Sandbox::seeded();
    let mention = ["--claim", "muqur-fell", "--source", "taliban-advance-fr", "--locator", "p. 99"];
    let add = |more: &[&str]| sandbox.run(&[&["add", "mention"], &mention[..], more].concat());
    let said = add(&["--update", "--note", "x"]).failed();
    assert!(
        said.contains("no such mention to update; what tells one from another is claim, source"),
        "{said}"
    );
    let _ = add(&["--stance", "denies"]).done();
    let _ = add(&["--update", "--stance", "denies", "--note", "Read twice."]).done();
    assert_eq!(
        sandbox.ask("select count(*) || ' ' || note from mentions where locator = 'p. 99'"),
        "1 Read twice."
    );
}

#[test]
fn edit_with_update_shows_the_stored_fields() {
    let sandbox = Sandbox::seeded();
    let script = "cp \"$1\" seen.toml; sed -i 's/^#outlet = .*/outlet = \"Another\"/' \"$1\"";
    let before = sandbox.ask("select title from sources where key = 'taliban-advance-fr'");
    let said = edit(
        &sandbox,
        script,
        &["add", "source", "--update", "--key", "taliban-advance-fr", "--edit"],
    );
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("sources: 1 updated"), "{}", said.err);
    let seen = std::fs::read_to_string(sandbox.path("seen.toml")).unwrap();
    assert!(
        seen.contains("\nkind = \"article\"") && seen.contains("\nlanguage = \"fr\""),
        "{seen}"
    );
    assert_eq!(sandbox.ask("select title from sources where key = 'taliban-advance-fr'"), before);
    assert_eq!(
        sandbox.ask("select outlet from sources where key = 'taliban-advance-fr'"),
        "Another"
    );
    let said = sandbox
        .run(&["add", "source", "--update", "--key", "talban-advance-fr", "--note", "x"])
        .failed();
    assert!(
        said.contains("no source \"talban-advance-fr\"; did you mean \"taliban-advance-fr\"?"),
        "{said}"
    );
    assert!(!said.contains("kind"), "{said}");
}

/// A field that tells two mentions apart may be the wrong one: it is corrected where one mention alone is meant.
#[test]
fn a_wrong_stance_or_relation_is_corrected() {
    let sandbox = Sandbox::empty();
    let claim = |key| ["add", "claim", "--key", key, "--text", key, "--kind", "event"];
    let _ = sandbox.run(&claim("one")).done();
    let _ = sandbox.run(&claim("two")).done();
    let _ =
        sandbox.run(&["add", "source", "--key", "log", "--kind", "report", "--title", "L"]).done();
    let mention = |more: &[&'static str]| {
        sandbox.run(&[&["add", "mention", "--claim", "one", "--source", "log"][..], more].concat())
    };
    let said = mention(&["--stance", "denies", "--update"]).failed();
    assert!(said.contains("there is no such mention to update"), "{said}");
    let _ = mention(&[]).done();
    let _ = mention(&["--stance", "denies", "--update"]).done();
    assert_eq!(sandbox.ask("SELECT group_concat(stance) FROM mentions"), "denies");
    let _ = mention(&["--note", "n", "--update"]).done();
    assert_eq!(sandbox.ask("SELECT stance || note FROM mentions"), "deniesn");
    let _ = mention(&["--stance", "disputes"]).done();
    let said = mention(&["--stance", "supports", "--update"]).failed();
    assert!(said.contains("several rows differ in stance alone"), "{said}");
    let link = |relation, update: &[&'static str]| {
        let args = ["add", "link", "--from", "one", "--to", "two", "--relation", relation];
        sandbox.run(&[&args[..], update].concat())
    };
    let _ = link("supports", &[]).done();
    let _ = link("updates", &["--update"]).done();
    assert_eq!(sandbox.ask("SELECT group_concat(relation) FROM claim_links"), "updates");
}
