//! The search: the same claims are found on the command line, on a page and in a site, in any script.

use crate::common::Sandbox;
use crate::publish::browser;
use onrecord::model::words_to_index;

/// Claims in a dozen scripts: each with its key, its text, and what a mention quotes.
#[rustfmt::skip]
const CLAIMS: [(&str, &str, &str); 18] = [
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
];

/// What is typed, and the keys of the claims that it finds, in the order of the alphabet.
#[rustfmt::skip]
const SEARCHES: [(&str, &[&str]); 52] = [
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
];

/// What only a machine's search has: phrases, words that must not be there, beginnings.
#[rustfmt::skip]
const EXACT: [(&str, &[&str]); 8] = [
    ("\"took in\"", &["latin"]), ("\"in took\"", &[]), ("people -izmir", &[]), ("107000 -lodz", &["hindi", "urdu"]),
    ("peñ*", &["spanish"]), ("\"2021年6月\"", &["chinese"]), ("富汗的昆", &["chinese"]), ("都昆", &[]),
];

fn archive() -> Sandbox {
    let sandbox = Sandbox::new();
    let mut document = String::from(
        "onrecord = 1\n[[source]]\nkey = \"paper\"\nkind = \"article\"\ntitle = \"Paper\"\n",
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

#[test]
fn words_of_any_script_are_found() {
    let sandbox = archive();
    for (typed, keys) in SEARCHES.iter().chain(&EXACT) {
        let said = sandbox.run(&["search", typed, "--format", "json"]);
        let rows: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let mut found: Vec<&str> =
            rows.as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, *keys, "{typed}: {}{}", said.out, said.err);
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
    let said = sandbox.run(&["search", "--", "-x"]);
    assert!(said.err.contains("no word to look for"), "{}", said.err);
    let said = sandbox.run(&["search", "107000", "--limit", "2"]);
    assert!(said.err.contains("the best of 3"), "{}", said.err);
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
        .map(|c| format!("{c} a{c}b {c}{c} 1{c}000"))
        .map(|text| (text.clone(), format!(" {} ", words_to_index(&text))))
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
