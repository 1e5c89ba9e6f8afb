use super::{
    Amount, AmountFault, Grouping, Signs, SignsSeen, note_signs, read_amount, read_number,
    unambiguous_number,
};
use crate::model::Value;

fn read(text: &str) -> Result<Amount, AmountFault> {
    read_amount(text, Signs::UNKNOWN)
}

fn value(text: &str, signs: Signs) -> Option<String> {
    read_amount(text, signs).ok()?.value.map(|value| value.to_string())
}

const POINT: Signs = Signs { decimal: Some('.'), grouping: None };
const COMMA: Signs = Signs { decimal: Some(','), grouping: None };
const COMMA_ALONE: Signs = Signs { decimal: Some(','), grouping: Some(Grouping::Sign('.')) };
const GROUPING_COMMA: Signs = Signs { decimal: None, grouping: Some(Grouping::Sign(',')) };
const GROUPING_SPACE: Signs = Signs { decimal: None, grouping: Some(Grouping::Sign(' ')) };

#[test]
fn numbers_of_one_reading() {
    for (text, number) in [
        ("350", "350"),
        (" 350 ", "350"),
        ("007", "7"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("+350", "350"),
        ("0.5", "0.5"),
        ("0.500", "0.5"),
        ("10,5", "10.5"),
        ("0,500", "0.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1'234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 234 567", "1234567"),
        ("12,34,567", "1234567"),
        ("1,00,000", "100000"),
        ("1234,567", "1234.567"),
        ("12.3400", "12.34"),
        ("1e3", "1000"),
        ("1.5e20", "1.5e20"),
        ("٣٥٠", "350"),
        ("۳۵۰", "350"),
        ("३५०", "350"),
        ("３５０", "350"),
        ("١٬٢٣٤", "1234"),
        ("١٢٫٥", "12.5"),
        ("½", "0.5"),
        ("1½", "1.5"),
        ("1/4", "0.25"),
        ("2.7 million", "2700000"),
        ("2,7 millions", "2700000"),
        ("13.6bn", "13600000000"),
        ("2.5 lakh", "250000"),
        ("3 crore", "30000000"),
        ("3k", "3000"),
        ("a million", "1000000"),
        ("un million", "1000000"),
        ("deux cents", "200"),
        ("dix-neuf cent mille", "1900000"),
        ("two hundred thousand", "200000"),
        ("five", "5"),
        ("cinq", "5"),
        ("twenty-five", "25"),
        ("soixante-douze", "72"),
        ("25 %", "0.25"),
        ("25 pour cent", "0.25"),
        ("3‰", "0.003"),
        ("12.5%", "0.125"),
    ] {
        assert_eq!(value(text, Signs::UNKNOWN).as_deref(), Some(number), "{text}");
    }
}

#[test]
fn one_group_of_three_digits_has_two_readings() {
    for text in [
        "1,234",
        "1.234",
        "1 234",
        "1'234",
        "1\u{a0}234",
        "-12,500",
        "107,000",
        "1’234",
        "about 12,500",
    ] {
        assert!(matches!(read(text), Err(AmountFault::Ambiguous(_))), "{text}");
    }
    for (signs, text, number) in [
        (POINT, "1,234", "1234"),
        (POINT, "1.234", "1.234"),
        (POINT, "1 234", "1234"),
        (COMMA_ALONE, "1,234", "1.234"),
        (COMMA, "1.234", "1234"),
        (COMMA, "1'234", "1234"),
        (GROUPING_COMMA, "1,234", "1234"),
        (GROUPING_COMMA, "1.234", "1.234"),
        (GROUPING_SPACE, "1 234", "1234"),
        (Signs::UNGROUPED, "33,123", "33.123"),
        (Signs::UNGROUPED, "33.123", "33.123"),
    ] {
        assert_eq!(value(text, signs).as_deref(), Some(number), "{text}");
    }
    // A decimal comma alone does not settle three digits behind it.
    for text in ["1,234", "107,000", "-12,500"] {
        assert!(matches!(read_amount(text, COMMA), Err(AmountFault::Ambiguous(_))), "{text}");
    }
    for (text, number) in
        [("10,5", "10.5"), ("0,500", "0.5"), ("1,2340", "1.234"), ("1.234,567", "1234.567")]
    {
        assert_eq!(value(text, COMMA).as_deref(), Some(number), "{text}");
    }
    // What contradicts the signs is refused.
    for (signs, text) in
        [(COMMA, "0.5"), (COMMA, "1,234.5"), (POINT, "10,5"), (GROUPING_SPACE, "1,234,567")]
    {
        assert_eq!(read_amount(text, signs), Err(AmountFault::NotUnderstood), "{text}");
    }
}

#[test]
fn the_other_cells_of_a_column_settle_the_signs() {
    let settled_with = |given: Signs, cells: &[&str]| {
        let mut seen = SignsSeen::default();
        cells.iter().for_each(|cell| note_signs(cell, &mut seen));
        value("1,234", seen.settle(given))
    };
    let settled = |cells: &[&str]| settled_with(Signs::UNKNOWN, cells);
    assert_eq!(settled_with(COMMA, &["10,5"]).as_deref(), Some("1.234"));
    assert_eq!(settled_with(COMMA, &["12.345.678"]).as_deref(), Some("1.234"));
    assert_eq!(settled_with(COMMA, &["7"]), None);
    assert_eq!(settled_with(COMMA, &["10.5"]), None, "the table is not as the user says");
    assert_eq!(settled(&["1,234,567"]).as_deref(), Some("1234"));
    assert_eq!(settled(&["1,234.5", "7"]).as_deref(), Some("1234"));
    assert_eq!(settled(&["at least 2,000,000"]).as_deref(), Some("1234"));
    assert_eq!(settled(&["10,5"]), None, "a thousand of the English may stand beside it");
    assert_eq!(settled(&["1.234,5"]).as_deref(), Some("1.234"));
    assert_eq!(settled(&["12", "1,234", "12-24"]), None);
    assert_eq!(settled(&["1,234,567", "10,5"]), None, "they contradict each other");
    assert_eq!(settled(&["10.5", "10,5"]), None, "they contradict each other");
}

#[test]
fn words_say_how_exact_a_number_is() {
    for (text, number, qualifier) in [
        ("~350", "350", "about"),
        ("about 19 billion", "19000000000", "about"),
        ("environ 19 milliards", "19000000000", "about"),
        ("nearly 2.7 million", "2700000", "nearly"),
        ("près de 2,7 millions", "2700000", "nearly"),
        (">350", "350", "over"),
        ("more than 350", "350", "over"),
        ("plus de 350", "350", "over"),
        ("≥ 350", "350", "at_least"),
        ("350+", "350", "at_least"),
        ("350 or more", "350", "at_least"),
        ("At least 69", "69", "at_least"),
        ("au moins 69", "69", "at_least"),
        ("up to 40", "40", "at_most"),
        ("jusqu’à 40", "40", "at_most"),
        ("<= 40", "40", "at_most"),
        ("fewer than ten", "10", "under"),
        ("moins de 40", "40", "under"),
        ("exactly 40", "40", "exact"),
        ("one third", "0.3333333333333333", "about"),
        ("un tiers", "0.3333333333333333", "about"),
        ("at least a third", "0.3333333333333333", "at_least"),
        ("about 25 %", "0.25", "about"),
    ] {
        let amount = read(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(amount.value.map(|value| value.to_string()).as_deref(), Some(number), "{text}");
        assert_eq!(amount.qualifier, Some(qualifier), "{text}");
    }
    for (text, qualifier) in [
        ("dozens", "dozens"),
        ("Dozens of", "dozens"),
        ("tens of", "tens"),
        ("des dizaines", "tens"),
        ("tens of thousands", "tens_of_thousands"),
        ("plusieurs", "several"),
        ("none", "none"),
        ("dozens of cars", "dozens"),
        ("Hundreds of people and animals", "hundreds"),
        ("tens of thousands of people", "tens_of_thousands"),
        ("des centaines d’habitants", "hundreds"),
    ] {
        let alone = Amount { qualifier: Some(qualifier), ..Amount::default() };
        assert_eq!(read(text), Ok(alone), "{text}");
    }
    assert_eq!(read("350").unwrap().qualifier, None);
}

#[test]
fn ranges_lie_between_their_ends() {
    for (text, low, high, qualifier) in [
        ("12–24", "12", "24", "between"),
        ("12-24", "12", "24", "between"),
        ("12 - 24", "12", "24", "between"),
        ("12 to 24", "12", "24", "between"),
        ("from 12 to 24", "12", "24", "between"),
        ("between 12 and 24", "12", "24", "between"),
        ("entre 12 et 24", "12", "24", "between"),
        ("de 12 à 24", "12", "24", "between"),
        ("1-1", "1", "1", "between"),
        ("2 to 3 million", "2000000", "3000000", "between"),
        ("20-30 %", "0.2", "0.3", "between"),
        ("2%-3%", "0.02", "0.03", "between"),
        ("about 12-24", "12", "24", "about"),
        ("1,200.0-1,500.0", "1200", "1500", "between"),
    ] {
        let amount = read(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let [shown_low, shown_high] = [amount.low, amount.high].map(|end| end.unwrap().to_string());
        assert_eq!((shown_low.as_str(), shown_high.as_str()), (low, high), "{text}");
        assert_eq!((amount.value, amount.qualifier), (None, Some(qualifier)), "{text}");
    }
    for text in [
        "24-12",
        "12--5",
        "500 to 1 million",
        "at least 12-24",
        "2021-06-28",
        "1-2-3",
        "12-",
        "20%-3",
    ] {
        assert_eq!(read(text), Err(AmountFault::NotUnderstood), "{text}");
    }
}

#[test]
fn thousands_that_only_the_upper_end_of_a_range_has_are_ambiguous() {
    let readings = |text: &str, signs| match read_amount(text, signs) {
        Err(AmountFault::Ambiguous(readings)) => {
            readings.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("; ")
        }
        other => panic!("{text}: {other:?}"),
    };
    for text in ["10-20,000", "10 to 20,000", "between 10 and 20,000", "10-20 000"] {
        let grouping = if text.contains(',') { GROUPING_COMMA } else { GROUPING_SPACE };
        assert_eq!(readings(text, grouping), "10 to 20000; 10000 to 20000", "{text}");
    }
    for (text, low) in [
        ("10 to 20000", "10"),
        ("10 to 20,500", "10"),
        ("20 to 20,000", "20"),
        ("900 to 20,000", "900"),
        ("0 to 20,000", "0"),
        ("1,000 to 20,000", "1000"),
        ("10 to 20 thousand", "10000"),
        ("10 to 20.5", "10"),
    ] {
        let amount = read_amount(text, GROUPING_COMMA).unwrap();
        assert_eq!(amount.low.map(|low| low.to_string()).as_deref(), Some(low), "{text}");
    }
}

#[test]
fn a_fraction_below_one_is_told_from_a_number() {
    for (text, part_of_one) in [
        ("3/5", true),
        ("½", true),
        ("a third", true),
        ("about 3/5", true),
        ("0.6", false),
        ("1½", false),
        ("60 %", false),
    ] {
        assert_eq!(read(text).unwrap().part_of_one, part_of_one, "{text}");
    }
}

#[test]
fn a_number_is_written_so_that_it_has_one_reading() {
    for (number, text) in [
        (Value::Real(1.234), "1.2340"),
        (Value::Real(-12.125), "-12.1250"),
        (Value::Real(0.125), "0.125"),
        (Value::Real(1234.567), "1234.567"),
        (Value::Real(1.5), "1.5"),
        (Value::Int(1234), "1234"),
        (Value::Null, ""),
    ] {
        assert_eq!(unambiguous_number(&number), text);
    }
}

#[test]
fn what_is_not_understood_is_refused() {
    for text in [
        "",
        "x",
        "350*",
        "350 [1]",
        "£350",
        "350€",
        "350 people",
        "0x10",
        "nan",
        "inf",
        "1_000",
        "三百五十",
        "1٣",
        "12,5000.1,2",
        "1e999",
        "--5",
        "5 5",
        "environ 5 or more than",
        "about",
        "million",
        "over 5+",
        "3m",
        "hundreds of thousands",
        "dozens of millions of cars",
        "hundreds of cars or more",
        "hundreds of 5 cars",
        "none of cars",
        "hundreds of -",
        "1/2/3",
        "4/2",
        "2/2",
        "twenty-twenty",
        "1,2,3",
        "12 34",
        ".",
        ",5.",
        "25 % %",
        "50 cents",
        "5 cent",
        "1 cent",
        "un cent",
        "dix cents",
        "cinquante cents",
        "deux mille cents",
        "ca",
        "1.23.456",
    ] {
        assert_eq!(read(text), Err(AmountFault::NotUnderstood), "{text}");
    }
    assert_eq!(read("1/0"), Err(AmountFault::DividesByZero));
    assert_eq!(read("99999999999999999999"), Err(AmountFault::TooManyDigits));
    for tiny in ["1e-400", "1e-310", "5e-324"] {
        assert_eq!(read(tiny), Err(AmountFault::TooManyDigits), "{tiny}");
    }
    assert_eq!(read("1e-300").unwrap().value, Some(Value::Real(1e-300)));
    assert_eq!(read("0.12345678901234567890"), Err(AmountFault::TooManyDigits));
    for either in ["19 billions", "un billion"] {
        assert!(matches!(read(either), Err(AmountFault::Ambiguous(_))), "English or French");
    }
    for text in ["-", "—", "NA", "n/a", "Unknown", "?", " ? "] {
        assert_eq!(read(text), Err(AmountFault::NothingStated), "{text}");
    }
}

#[test]
fn a_plain_number_needs_no_words_beside_it() {
    for (text, plain) in [
        ("350", true),
        ("-1.5", true),
        ("1e3", true),
        ("10,5", false),
        ("350+", false),
        ("٣٥٠", false),
        ("1/3", false),
        ("five", false),
        ("12-24", false),
        ("+5", false),
    ] {
        assert_eq!(read(text).unwrap().plain, plain, "{text}");
    }
}

#[test]
fn a_bound_is_a_number_without_words() {
    assert_eq!(read_number("1,234.5", Signs::UNKNOWN), Ok(Value::Real(1234.5)));
    assert_eq!(read_number("1e3", Signs::UNKNOWN), Ok(Value::Int(1000)));
    for text in ["350+", "12-24", "dozens", "five", "25 %", "about 5", "3k"] {
        assert_eq!(read_number(text, Signs::UNKNOWN), Err(AmountFault::NotUnderstood), "{text}");
    }
}
