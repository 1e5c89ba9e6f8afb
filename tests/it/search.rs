//! The search: the same claims are found on the command line, on a page and in a site, in any script.

use crate::common::Sandbox;
use crate::publish::browser;
use onrecord::model::words_to_index;

/// Claims in a dozen scripts: each with its key, its text, and what a mention quotes.
#[rustfmt::skip]
const CLAIMS: [(&str, &str, &str); 21] = [
    ("latin", "Đakovo, İzmir and Łódź took in 107,000 people", "Straße gesperrt"),
    ("french", "L’école d’Évry a fermé, selon Mme Lefèvre", "près de 12 500 élèves"),
    ("spanish", "La inundación dejó 1.234 viviendas dañadas en Peñarol", "Al-Hasakah"),
    ("vietnamese", "Người dân rời khỏi Đà Nẵng", "bão số 9"),
    ("russian", "В Орле и Королёве Пётр Алёшин видел 30 машин", "Андрей ушёл"),
    ("ukrainian", "У Києві й Бахмуті ґрунтова дорога закрита", "об’єкт"),
    ("greek", "Ο Οδυσσέας έφυγε από την Αθήνα", "ΣΕΙΣΜΟΣ"),
    ("arabic", "قُصِفَت مُسْتَشْفَى المُقُر في غزة", "٣٥٠ جنديًا"),
    ("persian", "نیروها علی‌آباد و كابل را گرفتند", "خانۀ مردم"),
    ("urdu", "کراچی میں پانی ۱۰۷٬۰۰۰ گھروں تک پہنچا", "سیلاب"),
    ("hebrew", "שָׁלוֹם: הכביש בבית־לחם נחסם", "צבא"),
    ("hindi", "काबुल में १,०७,००० लोग बेघर हुए", "पानी"),
    ("chinese", "塔利班占领了阿富汗的昆都士省", "2021年6月"),
    ("japanese", "ｶﾌﾞｰﾙで洪水が発生した", "タリバンは前進"),
    ("korean", "카불에서 폭발로 다섯 명이 다쳤다", "탈레반"),
    ("thai", "น้ำท่วมกรุงเทพมหานครเมื่อวานนี้", "ห้าคน"),
    ("khmer", "ទឹកជំនន់នៅភ្នំពេញកាលពីម្សិលមិញ", "ប្រាំនាក់"),
    ("amharic", "በአዲስ አበባ ጎርፍ ተከሰተ", "አምስት ሰዎች"),
    ("touching", "约107,500人 marched 1,500km, the 10,000th in tears", "U.S. col·lecció"),
    ("grouped", "Some 12,300 tents, 10,20,400 rupees", "ज़मीन അവൻ"),
    ("listed", "12 dead and 300 hurt", "カール・マルクス"),
];

/// What is typed, and the keys of the claims that it finds, in the order of the alphabet.
#[rustfmt::skip]
const SEARCHES: [(&str, &[&str]); 75] = [
    ("dakovo", &["latin"]), ("Ðakovo", &["latin"]), ("izmir", &["latin"]), ("lodz", &["latin"]),
    ("STRASSE", &["latin"]), ("strasse gesperrt", &["latin"]), ("ｓｔｒａｓｓｅ", &["latin"]),
    ("107000", &["hindi", "latin", "urdu"]), ("107,000", &["hindi", "latin", "urdu"]),
    ("107.000", &["hindi", "latin", "urdu"]), ("107 000", &["hindi", "latin", "urdu"]),
    ("12500", &["french"]), ("12,500", &["french"]), ("1234", &["spanish"]), ("350", &["arabic"]),
    ("ecole", &["french"]), ("école", &["french"]), ("lefevre", &["french"]), ("evry", &["french"]),
    ("inundacion", &["spanish"]), ("penarol", &["spanish"]), ("alhasakah", &["spanish"]),
    ("al hasakah", &["spanish"]), ("da nang", &["vietnamese"]), ("nguoi dan", &["vietnamese"]),
    ("Алешин", &["russian"]), ("КОРОЛЁВЕ", &["russian"]), ("петр", &["russian"]),
    ("грунтова", &["ukrainian"]), ("обєкт", &["ukrainian"]),
    ("οδυσσεας", &["greek"]), ("σεισμοσ", &["greek"]), ("ΑΘΗΝΑ", &["greek"]),
    ("مستشفى", &["arabic"]), ("مستشفي", &["arabic"]), ("غزه", &["arabic"]), ("المقر", &["arabic"]),
    ("علی آباد", &["persian"]), ("علیاباد", &["persian"]), ("کابل", &["persian"]), ("خانه", &["persian"]),
    ("كراچى", &["urdu"]), ("שלום", &["hebrew"]), ("בביתלחם", &["hebrew"]),
    ("काबुल", &["hindi"]),
    ("阿富汗", &["chinese"]), ("昆都士", &["chinese"]),
    ("カブール", &["japanese"]), ("카불", &["korean"]), ("กรุงเทพ", &["thai"]), ("ភ្នំពេញ", &["khmer"]),
    ("አበባ", &["amharic"]),
    // Digits that touch letters, and groups of them that may be several numbers.
    ("107500", &["touching"]), ("107,500人", &["touching"]), ("1500", &["touching"]), ("1500km", &["touching"]),
    ("1,500 km", &["touching"]), ("10000", &["touching"]), ("10 000th", &["touching"]), ("1 500km", &["touching"]),
    ("12 300", &["grouped", "listed"]), ("12,300", &["grouped"]), ("300 12", &["listed"]),
    ("1020400", &["grouped"]), ("10 20 400", &["grouped"]),
    // Dots, and signs that are left out.
    ("us", &["touching"]), ("U.S.", &["touching"]), ("colleccio", &["touching"]), ("col leccio", &["touching"]),
    ("जमीन", &["grouped"]), ("അവന്", &["grouped"]), ("カールマルクス", &["listed"]), ("マルクス", &["listed"]),
    ("-Izmir “took in”", &[]), ("dead\u{3000}−“of 300”", &["listed"]),
];

/// What only a machine's search has: phrases, words that must not be there, beginnings.
#[rustfmt::skip]
const EXACT: [(&str, &[&str]); 18] = [
    ("\"took in\"", &["latin"]), ("\"in took\"", &[]), ("people -izmir", &[]), ("107000 -lodz", &["hindi", "urdu"]),
    ("peñ*", &["spanish"]), ("\"2021年6月\"", &["chinese"]), ("富汗的昆", &["chinese"]), ("都昆", &[]),
    ("\"107,000 people\"", &["latin"]), ("\"107 000 people\"", &["latin"]), ("«in 107.000 people»", &["latin"]),
    ("\"1 500 km the\"", &["touching"]), ("\"took i*\"", &["latin"]), ("“took i”*", &["latin"]),
    ("107000\t−“took in”", &["hindi", "urdu"]), ("107000\u{3000}-„took in“", &["hindi", "urdu"]),
    ("\"12 300 tents\"", &["grouped"]), ("\"colleccio\"", &["touching"]),
];

fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut document = String::from(
        "onrecord = 1\n[[source]]\nkey = \"paper\"\nkind = \"article\"\ntitle = \"Paper\"\n\
         author = \"Annette Kahn\"\noutlet = \"Morning Post\"\n",
    );
    for (key, text, quote) in CLAIMS {
        document.push_str(&format!(
            "[[claim]]\nkey = \"{key}\"\nkind = \"event\"\ntext = \"{text}\"\n\
             [[claim.mention]]\nsource = \"paper\"\nquote = \"{quote}\"\n"
        ));
    }
    sandbox.write("claims.toml", &document);
    sandbox.run(&["init"]).done();
    sandbox.run(&["import", "claims.toml"]).done();
    sandbox
}

/// The keys of what is found, in the order of the alphabet.
fn found(sandbox: &Sandbox, typed: &str) -> Vec<String> {
    let said = sandbox.run(&["search", "--format", "json", "--", typed]);
    let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let rows = rows.as_array().unwrap().iter();
    let mut found: Vec<_> = rows.map(|row| row["key"].as_str().unwrap().to_owned()).collect();
    found.sort_unstable();
    found
}

#[test]
fn words_of_any_script_are_found() {
    let sandbox = archive();
    for (typed, keys) in SEARCHES.iter().chain(&EXACT) {
        assert_eq!(found(&sandbox, typed), *keys, "{typed}");
    }
}

#[test]
fn what_another_tool_changed_is_found_at_once() {
    let sandbox = archive();
    let find = |typed: &str| sandbox.run(&["search", typed, "--format", "csv"]).out;
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE mentions SET quote = 'ein Fünftel' WHERE quote = 'Straße gesperrt';
             UPDATE claims SET text = '北京' WHERE key = 'chinese';
             INSERT INTO claims (key, text, kind) VALUES ('new', 'Нечто новое', 'event')",
        )
        .unwrap();
    assert!(find("funftel").contains("latin"));
    assert!(!find("strasse").contains("latin"));
    assert!(find("北京").contains("chinese") && !find("阿富汗").contains("chinese"));
    assert!(find("нечто").contains("new"));
    // The next write brings the index up to date.
    sandbox.run(&["add", "claim", "Another", "--kind", "event"]).done();
    assert!(find("funftel").contains("latin") && !find("strasse").contains("latin"));
    assert!(find("нечто").contains("new") && !find("昆都士").contains("chinese"));
    sandbox.run(&["check"]).done();
}

#[test]
fn the_words_are_shown_where_they_are() {
    let sandbox = archive();
    let said = sandbox.run(&["search", "strasse"]).done();
    assert!(said.contains("quote: [Straße] gesperrt"), "{said}");
    let said = sandbox.run(&["search", "alhasakah", "--format", "json"]).done();
    assert!(said.contains("\"field\":\"quote\"") && said.contains("[Al-Hasakah]"), "{said}");
    let said = sandbox.run(&["search", "paper -x"]).done();
    assert!(said.contains("source"), "{said}");
    let many = "word ".repeat(201);
    let said = sandbox.run(&["search", &many]);
    assert!(said.err.contains("there are 201 words"), "{}", said.err);
    let said = sandbox.run(&["search", &many[5..]]);
    assert!(said.err.contains("nothing found"), "{}", said.err);
    let said = sandbox.run(&["search", "--", "-x"]);
    assert!(said.err.contains("no word to look for"), "{}", said.err);
    let said = sandbox.run(&["search", "107000", "--limit", "2"]);
    assert!(said.err.contains("the best of 3"), "{}", said.err);
}

/// The names of a place are words of one record, whoever writes them.
#[test]
fn a_place_is_found_by_all_of_its_names_together() {
    let sandbox = Sandbox::new();
    sandbox.run(&["init"]).done();
    let place = |key: &str, name: &str, others: &[&str]| {
        let other = |other: &&str| format!("[[name]]\nlocation = \"{key}\"\nname = \"{other}\"\n");
        let names: String = others.iter().map(other).collect();
        format!("[[location]]\nkey = \"{key}\"\nkind = \"district\"\nname = \"{name}\"\n{names}")
    };
    let document =
        place("kunduz", "Kunduz", &["Qonduz", "قندوز"]) + &place("town", "Qonduz Town", &[]);
    sandbox.write("places.toml", format!("onrecord = 1\n{document}"));
    sandbox.run(&["import", "places.toml"]).done();
    let check = |typed: &str, keys: &[&str]| assert_eq!(found(&sandbox, typed), keys, "{typed}");
    check("Qonduz Kunduz", &["kunduz"]);
    check("qonduz -kunduz", &["town"]);
    check("\"Kunduz Qonduz\"", &[]);
    check("قندوز", &["kunduz"]);
    let said = sandbox.run(&["search", "qonduz -town"]).done();
    assert!(said.contains("Kunduz ([Qonduz])"), "{said}");
    // Another tool adds, changes and removes names; then the program writes.
    let other = |sql: &str| sandbox.other_tool().execute_batch(sql).unwrap();
    other("INSERT INTO location_names (location_id, name) VALUES (2, 'Kundus')");
    other("UPDATE location_names SET name = 'Konduz' WHERE name = 'Qonduz'");
    for key in ["one", "two"] {
        check("kundus town", &["town"]);
        check("konduz kunduz", &["kunduz"]);
        check("qonduz", &["town"]);
        sandbox.run(&["add", "claim", "Another", "--key", key, "--kind", "event"]).done();
    }
    sandbox.run(&["check"]).done();
}

#[test]
fn a_page_and_a_site_find_what_the_program_finds() {
    let sandbox = archive();
    sandbox.run(&["publish", "page.html"]).done();
    sandbox.run(&["publish", "site"]).done();
    let searches: Vec<_> = SEARCHES.iter().chain(&EXACT).collect();
    // Every character, alone, between letters and between digits.
    let texts: Vec<(String, String)> = ('\u{1}'..='\u{33ff}')
        .chain('\u{a000}'..='\u{ffff}')
        .map(|c| format!("{c} a{c}b {c}{c} 1{c}000 カ{c}1{c}ク a.{c}. 1,{c}0,300"))
        .map(|text| (text.clone(), words_to_index(&text)))
        .collect();
    let data = serde_json::json!({ "searches": searches, "texts": texts });
    sandbox.write("data.json", data.to_string());
    let path = |name: &str| sandbox.path(name).display().to_string();
    browser(&sandbox, &["words", &path("page.html"), &path("site"), &path("data.json")]);
}

/// A bulk load in which a claim that was there before gets a quote, and is then changed itself: what it held
/// before is what the index gives up.
#[test]
fn a_bulk_load_keeps_count_of_what_the_index_holds() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "first.toml",
        "onrecord = 1\n[[source]]\nkey = \"s\"\nkind = \"article\"\ntitle = \"S\"\n\
         [[claim]]\nkey = \"x\"\ntext = \"A\"\nkind = \"event\"\n",
    );
    let many: String = (0..510)
        .map(|n| format!("[[claim]]\nkey = \"n{n}\"\ntext = \"New {n}\"\nkind = \"event\"\n"))
        .collect();
    sandbox.write("many.toml", format!("onrecord = 1\n{many}"));
    sandbox.write(
        "then.toml",
        "onrecord = 1\n[[mention]]\nclaim = \"x\"\nsource = \"s\"\n\
         quote = \"one two three four five six seven eight nine ten eleven twelve\"\n\
         [[claim]]\nkey = \"x\"\ntext = \"B\"\n",
    );
    sandbox.run(&["init"]).done();
    sandbox.run(&["import", "first.toml"]).done();
    sandbox.run(&["import", "many.toml", "then.toml"]).done();
    assert!(sandbox.run(&["search", "twelve"]).done().contains("eleven [twelve]"));
    sandbox.run(&["check"]).done();
}

/// An index that another tool emptied, or that counts wrong, is a finding, and is built anew.
#[test]
fn a_broken_index_is_found_and_repaired() {
    let sandbox = archive();
    for harm in [
        "INSERT INTO words_fts (words_fts) VALUES ('delete-all')",
        "INSERT INTO words_fts (words_fts, rowid, words) VALUES ('delete', 1, 'x y z')",
    ] {
        sandbox.other_tool().execute_batch(harm).unwrap();
        let said = sandbox.run(&["check"]);
        assert_eq!(said.code, 1, "{harm}: {}", said.out);
        assert!(said.out.contains("search"), "{harm}: {}", said.out);
        let said = sandbox.run(&["check", "--repair"]);
        assert!(said.err.contains("the search indexes"), "{harm}: {}{}", said.out, said.err);
        sandbox.run(&["check"]).done();
        assert!(sandbox.run(&["search", "阿富汗"]).done().contains("chinese"), "{harm}");
    }
}
