//! Mapping of published ratings, in the wording of fact-checkers, to statuses of the archive.
//!
//! The rules: the whole wording is looked up first, then the words before a colon, dash or full
//! stop; never words in the middle ("not false" is not "false"). Two cases are ambiguous: the words
//! after the separator have a different status, or the words before it affirm and may only
//! introduce ("Verified: false"). In these the numeric rating decides, if there is one; otherwise
//! words take precedence over numbers. An unknown wording is never guessed: it becomes
//! `inconclusive`, with the wording kept and a remark. Satire taken literally is `misleading`; an
//! altered picture is `refuted`; three of five, and any wording with "half" or "partly", is
//! `disputed`, as in the column `claimreview_rating` of the table `statuses`.

use crate::intake::text::prose::fold_blanks;
use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// The wordings of each status, separated by `|`, collected from ratings of fact-checkers in many
/// languages.
const STATUS_WORDINGS: [(&str, &str); 9] = [
    (
        "refuted",
        "false|this is false|claim is false|the claim is false|it is false|totally false\
        |completely false|entirely false|mostly false|largely false|pants on fire|pants on fire!|pants fire|pants-fire\
        |fake|fake news|fake quote|fabricated|fabrication|hoax|incorrect|mostly incorrect|wrong\
        |untrue|not true|inaccurate|mostly inaccurate|bogus|debunked|made up|lie|four pinocchios\
        |three pinocchios|doctored|altered|altered photo|altered video|altered image|manipulated\
        |digitally altered|manipulated media|edited photo|photoshopped|deepfake|ai generated\
        |scam|fraud|impostor|imposter content|fake website|labeled false\
        |faux|c'est faux|totalement faux|plutot faux|infox|incorrecte|inexact|inexacte|fausse\
        |falso|falsa|es falso|e falso|mayormente falso|bulo|incorrecto|incorrecta|inexacto\
        |mentira|montaje|montagem|enganoso e falso|fabricado|fraude|estafa|errado|boato|golpe\
        |falsch|grosstenteils falsch|uberwiegend falsch|frei erfunden|erfunden|gefalscht\
        |bufala|inventato|sbagliato|onjuist|onwaar|vals|nep|nepnieuws|niet waar|falsk|feil|usant\
        |vaara|perataton|nieprawda|falsz|falszywe|fake'|nepravda|falesny|hamis|alhir\
        |fals|lazno|lazna vest|neistina|laz|netacno|netocno|neresnica\
        |yanlis|yalan|sahte|asilsiz|uydurma|фейк|ложь|неправда|фальшивка|недостоверно|брехня\
        |salah|hoaks|palsu|sai su that|tin gia|hindi totoo|peke|uongo|si kweli|ψευδες|ψευδης\
        |錯誤|错误|不實|不实|謠言|谣言|假|假的|虛假|虚假|事實釐清: 錯誤|誤り|虚偽|偽|거짓|허위|사실 아님|전혀 사실 아님\
        |झूठ|झूठा|झूठी|मिथ्या|गलत|असत्य|फर्जी|फेक|মিথ্যা|ভুয়া|असत्य आहे|தவறானது|పూర్తిగా అబద్దం|ખોટું|ಸುಳ್ಳು\
        |خطأ|كاذب|كاذبة|زائف|زائفة|غير صحيح|مضلل وكاذب|مفبرك|مفبركة|نادرست|دروغ|جعلی|غلط|שקר|לא נכון\
        |factually inaccurate|not correct|this isn't correct|barely true|disinformation|helt feil|faktisk helt feil|faktisk feil\
        |grotendeels onwaar|keliru|disinformasi|manipuliert|manipulado|manipulada|alterado|alterada\
        |montaj|대체로 사실 아님|ข่าวปลอม|เท็จ",
    ),
    (
        "misleading",
        "misleading|this is misleading|highly misleading|deceptive|missing context|lacks context\
        |needs context|out of context|no context|false context|miscaptioned|miscaption\
        |misattributed|misrepresented|distorted|distorts the facts|spins the facts|cherry picks\
        |cherry picking|exaggerated|exaggerates|overstated|satire|labeled satire\
        |originated as satire|parody|old video|old photo|old image|false headline\
        |trompeur|trompeuse|hors contexte|hors de contexte|sorti de son contexte|manque de contexte\
        |exagere|detourne|detournee|manque de contexte|satirique|parodie\
        |enganoso|enganosa|sin contexto|fuera de contexto|falta contexto|descontextualizado\
        |descontextualizada|exagerado|satira|distorcido|fora de contexto|sem contexto|fora do contexto\
        |irrefuhrend|fehlender kontext|kontext fehlt|aus dem kontext gerissen|ubertrieben\
        |fuorviante|ingannevole|fuori contesto|manca contesto|misleidend|zonder context|vilseledande\
        |misvisende|harhaanjohtava|wprowadza w blad|manipulacja|brak kontekstu|zavadejici\
        |felrevezeto|inselator|obmanjujuce|manipulisanje cinjenicama|zavajajoce\
        |yaniltici|baglamindan kopariliyor|baglamindan kopuk|carpitma\
        |манипуляция|манипуляция фактами|вводит в заблуждение|вырвано из контекста|маніпуляція|оманливо\
        |menyesatkan|konteks yang salah|keliru konteks|gay hieu lam|nakaliligaw|upotoshaji|παραπλανητικο\
        |誤導|误导|部分誤導|易誤解|易誤導|脈絡有誤|缺乏背景|断章取义|斷章取義|ミスリード|不正確|오해의 소지|맥락 생략\
        |भ्रामक|भ्रामक दावा|বিভ্রান্তিকর|दिशाभूल करणारे|مضلل|مضللة|خارج السياق|سياق خاطئ|گمراه کننده|گمراہ کن|מטעה\
        |outdated|old news|flawed reasoning|understated|subestimado|falso contexto|sacado de contexto\
        |sacada de contexto|trunchiat|گمراه‌کننده|ข่าวบิดเบือน",
    ),
    (
        "disputed",
        "half true|half right|half false|partly false|partially false|partly true|partially true\
        |partly right|partially correct|partly correct|mixture|mixed|mixed rating|a mix|disputed\
        |contested|two pinocchios|true and false|neither true nor false|imprecise\
        |partiellement faux|partiellement vrai|en partie faux|en partie vrai|a moitie vrai|mi vrai\
        |mi faux|vrai et faux|imprecis|melange|verdad a medias|media verdad|medias verdades\
        |parcialmente falso|parcialmente cierto|parcialmente verdadero|parcialmente verdadeiro\
        |medio verdadero|cierto a medias|verdadero a medias|impreciso|imprecisa|discutible|contestavel\
        |meia verdade|teilweise falsch|teilweise richtig|halb wahr|halbwahr|parzialmente falso\
        |in parte vero|in parte falso|deels waar|deels onwaar|gedeeltelijk onwaar|delvis sant|delvist sandt\
        |czesciowo prawda|czesciowy falsz|polprawda|polopravda|reszben igaz|partial fals|poluistina\
        |kismen dogru|kismen yanlis|karma|частично правда|полуправда|напівправда|sebagian benar|sebagian salah\
        |部分錯誤|部分错误|部分不實|半真半假|部分真實|半分正しい|一部誤り|절반의 사실\
        |आधा सच|आंशिक सच|आंशिक रूप से गलत|अर्धसत्य|আংশিক মিথ্যা|صحيح جزئيا|خطأ جزئيا|زائف جزئيا|نصف حقيقة|נכון חלקית\
        |contraditorio|nao e bem assim|delvis feil|faktisk delvis sant|faktisk delvis feil|نیمه درست",
    ),
    (
        "confirmed",
        "true|this is true|completely true|entirely true|correct|correct attribution|accurate\
        |verified|confirmed|right|fact|factual|authentic|geppetto checkmark|real\
        |vrai|c'est vrai|exact|exacte|correcte|verifie|confirme\
        |verdadero|verdadera|cierto|cierta|es cierto|es verdad|verdad|correcto|correcta|exacto\
        |verdadeiro|verdadeira|correto|certo|fato|verificado|confirmado|comprovado\
        |wahr|richtig|stimmt|zutreffend|vero|corretto|waar|juist|sant|riktigt|sandt|rigtigt|totta\
        |prawda|prawdziwe|pravda|igaz|adevarat|istina|tacno|tocno|resnica\
        |dogru|gercek|правда|верно|достоверно|benar|fakta|su that|totoo|kweli|ni kweli|αληθες\
        |正確|正确|屬實|属实|真|真實|真实|事實|事实|正しい|사실|सच|सही|सत्य|সত্য|صحيح|صحيحة|حقيقي|حقيقة|درست|סחיח|נכון\
        |faktisk sant|faktisk helt sant|helt sant|درست|ข่าวจริง",
    ),
    (
        "corroborated",
        "mostly true|mostly correct|mostly accurate|largely true|largely correct|largely accurate\
        |nearly true|almost true|one pinocchio|plutot vrai|globalement vrai|presque vrai\
        |mayormente cierto|mayormente verdadero|casi cierto|verdadero pero|majoritairement vrai\
        |uberwiegend richtig|grosstenteils richtig|weitgehend richtig|abbastanza vero|quasi vero|c'eri quasi\
        |grotendeels waar|mostanc prawda|w wiekszosci prawda|spise pravda|buyuk olcude dogru|в основном правда\
        |sebagian besar benar|大致正確|基本正確|대체로 사실|ज्यादातर सच|صحيح في الغالب|נכון ברובו\
        |corroborated|skoro istina|ほぼ正確|uglavnom tacno",
    ),
    (
        "inconclusive",
        "inconclusive|unproven|not proven|unsupported|unsubstantiated|no evidence|lacks evidence\
        |insufficient evidence|not enough evidence|no proof|undetermined|undecided|unclear\
        |cannot be verified|unverifiable|research in progress|in progress|it's complicated|unfounded\
        |too early to say|pas de preuve|sans preuve|aucune preuve|non prouve|infonde|invérifiable\
        |indemontrable|sin pruebas|sin evidencia|no hay pruebas|no hay evidencia|no comprobado|insostenible\
        |inconcluso|no verificable|inverificable|sem provas|sem evidencias|insustentavel|nao ha provas\
        |unbelegt|nicht belegt|unbewiesen|keine belege|nicht uberprufbar|senza prove|non dimostrato\
        |onbewezen|ongefundeerd|geen bewijs|brak dowodow|nieweryfikowalne|nepodlozene|neoveritelne\
        |bizonyitatlan|neprovereno|kanitlanamaz|kanit yok|belirsiz|бездоказательно|нет доказательств\
        |tidak terbukti|無法證實|无法证实|證據不足|证据不足|尚無定論|事實釐清|根拠不明|판단 유보|판단유보\
        |अपुष्ट दावा|कोई सबूत नहीं|প্রমাণ নেই|لا دليل|بلا دليل|غير مثبت|ללא הוכחה\
        |ikke sikkert|faktisk ikke sikkert",
    ),
    (
        "unverified",
        "unverified|unconfirmed|not verified|not confirmed|not yet verified|non verifie|non confirme\
        |no verificado|sin verificar|no confirmado|sin confirmar|nao verificado|nao confirmado\
        |nicht verifiziert|unbestatigt|ungepruft|non verificato|non confermato|niet geverifieerd|onbevestigd\
        |niezweryfikowane|niepotwierdzone|dogrulanmadi|teyit edilmemis|не подтверждено|не проверено\
        |belum terverifikasi|未證實|未证实|待查證|未確認|미확인|अपुष्ट|असत्यापित|غير مؤكد|غير موثق|לא מאומת\
        |teyit edilmedi",
    ),
    // The wording of `export claimreview`.
    ("reported", "reported, not checked"),
    (
        "retracted",
        "retracted|withdrawn|recanted|retire|retracte|retractado|retirado|zuruckgezogen|ritirato\
        |撤回|已撤回|철회|geri cekildi|отозвано",
    ),
];

static STATUS_BY_WORDING: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for (status, words) in STATUS_WORDINGS {
        for word in words.split('|') {
            table.entry(normalize(word)).or_insert(status);
        }
    }
    table
});

/// Words that only introduce a verdict.
const INTRODUCING_WORDS: [&str; 30] = [
    "verdict",
    "rating",
    "our rating",
    "our verdict",
    "conclusion",
    "fact check",
    "factcheck",
    "result",
    "status",
    "veredicto",
    "veredito",
    "verdicto",
    "conclusao",
    "fazit",
    "claim",
    "bewertung",
    "urteil",
    "ergebnis",
    "evaluation",
    "evaluacion",
    "calificacion",
    "avaliacao",
    "classificacao",
    "valutazione",
    "giudizio",
    "oordeel",
    "beoordeling",
    "ocena",
    "hasil",
    "kesimpulan",
];

/// The result of looking up a published wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum RatingMatch {
    /// The wording maps to this status.
    Known(&'static str),
    /// The wording is ambiguous, such as "Verified: false"; a numeric rating may decide.
    Ambiguous,
    /// The wording is unknown.
    Unknown,
}

/// Looks up the status of a published wording.
pub(in crate::intake) fn status_for_words(words: &str) -> RatingMatch {
    let found = |text: &str| STATUS_BY_WORDING.get(&normalize(text)).copied();
    // A rating phrased as a question is not a verdict.
    if words.trim_end().ends_with(['?', '？', '؟']) {
        return RatingMatch::Unknown;
    }
    let known_or_unknown =
        |status: Option<&'static str>| status.map_or(RatingMatch::Unknown, RatingMatch::Known);
    if let Some(status) = found(words) {
        return RatingMatch::Known(status);
    }
    let (first, rest) = split_head(words);
    if INTRODUCING_WORDS.contains(&normalize(first).as_str()) {
        return if split_head(rest).1.trim().is_empty() {
            known_or_unknown(found(rest))
        } else {
            status_for_words(rest)
        };
    }
    let Some(status) = found(first) else { return RatingMatch::Unknown };
    let second = found(rest).or_else(|| found(split_head(rest).0));
    // Affirming words introduce as often as they judge: "Verified: …", "Fact: …", "Truth: …".
    let affirms = matches!(status, "confirmed" | "corroborated");
    match second {
        Some(second) if second == status => RatingMatch::Known(status),
        Some(_) => RatingMatch::Ambiguous,
        None if affirms && !normalize(rest).is_empty() => RatingMatch::Ambiguous,
        None => RatingMatch::Known(status),
    }
}

/// Says whether a status bears a claim out; `None` for one that does neither.
pub(in crate::intake) fn side_of(status: &str) -> Option<bool> {
    match status {
        "confirmed" | "corroborated" => Some(true),
        "refuted" => Some(false),
        _ => None,
    }
}

/// Says whether a wording bears a claim out; `None` for one that does neither, or is not known.
pub(super) fn side_of_words(words: &str) -> Option<bool> {
    match status_for_words(words) {
        RatingMatch::Known(status) => side_of(status),
        _ => None,
    }
}

/// Splits a text at the first colon, dash or full stop.
fn split_head(text: &str) -> (&str, &str) {
    let end = text.char_indices().find(|(at, c)| match c {
        ':' | '–' | '—' | '!' | '|' | '\n' | '：' | '。' | '！' | '।' => true,
        '.' | '-' => text[at + 1..].starts_with(' ') || text[at + 1..].is_empty(),
        _ => false,
    });
    match end {
        Some((at, c)) => (&text[..at], &text[at + c.len_utf8()..]),
        None => (text, ""),
    }
}

/// Maps a rating on a scale from `worst` to `best` to a status. The rating is rescaled to 1 to 5
/// and rounded towards the middle. `None` for a rating off the scale, or an invalid scale.
pub(super) fn status_for_number(value: f64, worst: f64, best: f64) -> Option<&'static str> {
    let sound = worst < best && (worst..=best).contains(&value) && (best - worst).is_finite();
    if !sound {
        return None;
    }
    let place = (value - worst) / (best - worst) * 4.0 + 1.0;
    let step = if place < 3.0 { (place + 0.5).floor() } else { (place - 0.5).ceil() };
    ["refuted", "misleading", "disputed", "corroborated", "confirmed"]
        .into_iter()
        .zip(1..)
        .find(|(_, n)| (step - f64::from(*n)).abs() < 0.1)
        .map(|(status, _)| status)
}

/// Normalises a wording for lookup: lower case, without accents, punctuation and repeated blanks;
/// at most 200 characters. Marks that belong to letters in other scripts are kept.
fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(200).flat_map(char::to_lowercase) {
        match c {
            // Combining accents; vowel marks and the tatweel of Arabic; joiners.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}' => {}
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\'' | '’' | '`' => {}
            'أ' | 'إ' | 'آ' => out.push('ا'),
            'ё' => out.push('е'),
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => {
                decompose_canonical(c, |part| {
                    out.extend((!is_combining_mark(part)).then_some(part))
                });
            }
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
                out.push_str(&deunicode::deunicode_char(c).unwrap_or_default().to_lowercase());
            }
            // All characters of Indic scripts are letters or belong to one, except the danda.
            '\u{900}'..='\u{963}' | '\u{966}'..='\u{dff}' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            _ => out.push(' '),
        }
    }
    fold_blanks(&out)
}

#[cfg(test)]
mod tests {
    use super::{
        RatingMatch, STATUS_BY_WORDING, STATUS_WORDINGS, normalize, status_for_number,
        status_for_words,
    };
    use proptest::prelude::*;

    #[test]
    fn known_words() {
        for (words, status) in [
            ("Faux", "refuted"),
            ("FALSE", "refuted"),
            ("Pants on Fire!", "refuted"),
            ("Mostly False", "refuted"),
            ("錯誤", "refuted"),
            ("झूठ", "refuted"),
            ("خَطَأ", "refuted"),
            ("Yanlış", "refuted"),
            ("Größtenteils falsch", "refuted"),
            ("False: the video is from 2015", "refuted"),
            ("False - the video is old", "refuted"),
            ("Verdict: False", "refuted"),
            ("Bewertung: Falsch", "refuted"),
            ("Verdict: False: the photo is old", "refuted"),
            ("Ψευδές", "refuted"),
            ("گمراه‌کننده", "misleading"),
            ("True. True!", "confirmed"),
            ("Reported, not checked", "reported"),
            ("Corroborated", "corroborated"),
            ("Altered", "refuted"),
            ("Engañoso", "misleading"),
            ("Missing context.", "misleading"),
            ("誤導", "misleading"),
            ("भ्रामक।", "misleading"),
            ("Satire", "misleading"),
            ("Half-True", "disputed"),
            ("Partly false", "disputed"),
            ("Mixture", "disputed"),
            ("Vrai", "confirmed"),
            ("सच", "confirmed"),
            ("Plutôt vrai", "corroborated"),
            ("Mostly True", "corroborated"),
            ("No evidence", "inconclusive"),
            ("無法證實", "inconclusive"),
            ("Unverified", "unverified"),
            ("Retracted", "retracted"),
        ] {
            assert_eq!(status_for_words(words), RatingMatch::Known(status), "{words}");
        }
    }

    #[test]
    fn unknown_words() {
        for words in
            ["", "—", "not false", "Not false at all", "falsehoods", "Verdict", "True or false?"]
        {
            assert_eq!(status_for_words(words), RatingMatch::Unknown, "{words}");
        }
    }

    #[test]
    fn words_that_only_announce() {
        for words in [
            "Verificado: Falso",
            "Verified: False",
            "Fakta: Salah",
            "True – but misleading",
            "Correct. But lacks context",
            "Correct | False",
            "Real: no",
            "सच: वीडियो पुराना है",
            "事實：影片是2015年拍攝",
            "False: True",
        ] {
            assert_eq!(status_for_words(words), RatingMatch::Ambiguous, "{words}");
        }
        for words in ["True?", "False?", "Vrai / Faux", "True / False"] {
            assert_eq!(status_for_words(words), RatingMatch::Unknown, "{words}");
        }
    }

    #[test]
    fn every_word_has_one_status() {
        for (status, words) in STATUS_WORDINGS {
            for word in words.split('|') {
                assert_eq!(STATUS_BY_WORDING.get(&normalize(word)), Some(&status), "{word}");
                assert!(!normalize(word).is_empty());
            }
        }
    }

    #[test]
    fn signs_among_the_letters_with_accents_part_words() {
        assert_eq!(normalize("Été 3×4÷2"), "ete 3 4 2");
    }

    #[test]
    fn numbers() {
        for (value, worst, best, status) in [
            (1.0, 1.0, 5.0, Some("refuted")),
            (2.0, 1.0, 5.0, Some("misleading")),
            (3.0, 1.0, 5.0, Some("disputed")),
            (5.0, 1.0, 5.0, Some("confirmed")),
            (0.0, 0.0, 10.0, Some("refuted")),
            (8.0, 0.0, 10.0, Some("corroborated")),
            (1.5, 1.0, 5.0, Some("misleading")),
            (4.5, 1.0, 5.0, Some("corroborated")),
            (-1.0, 1.0, 5.0, None),
            (6.0, 1.0, 5.0, None),
            (1.0, 1.0, 1.0, None),
            (1.0, 5.0, 1.0, None),
            (f64::NAN, 1.0, 5.0, None),
        ] {
            assert_eq!(
                status_for_number(value, worst, best),
                status,
                "{value} of {worst} to {best}"
            );
        }
    }

    proptest! {
        #[test]
        fn anything(words in "\\PC{0,40}", numbers in proptest::array::uniform3(any::<f64>())) {
            status_for_words(&words);
            status_for_number(numbers[0], numbers[1], numbers[2]);
        }
    }
}
