//! Amounts in words and digits, and equations between figures.

use onrecord::model::{
    Amount, AmountFault, Answer, Equation, Grouping, Interval, Operand, Signs, SignsSeen, Term,
    Value, bounds_in, counts_in_multiples, is_nothing_stated, note_signs, numbers_in, ordinals_in,
    read_amount, read_counted, read_number, read_with_words, unambiguous_number,
};

/// The signs that a table may have; the first leave all open.
fn signs() -> Vec<Signs> {
    let grouping = [
        None,
        Some(Grouping::Never),
        Some(Grouping::Other),
        Some(Grouping::Sign(' ')),
        Some(Grouping::Sign('\'')),
    ];
    let mut all = vec![Signs::UNKNOWN];
    for decimal in ['.', ','] {
        let other = Some(Grouping::Sign(if decimal == ',' { '.' } else { ',' }));
        for grouping in grouping.into_iter().chain([other]) {
            all.push(Signs { decimal: Some(decimal), grouping });
        }
    }
    all
}

/// The numbers of an amount are numbers, and its ends are in order.
fn check_amount(text: &str, amount: &Amount) {
    let stated = [&amount.value, &amount.low, &amount.high];
    for number in stated.into_iter().flatten() {
        let number = number.as_number().unwrap_or_else(|| panic!("{text:?}: {amount:?}"));
        assert!(number.is_finite(), "{text:?}: {amount:?}");
    }
    if let (Some(low), Some(high)) = (&amount.low, &amount.high) {
        assert!(low.as_number() <= high.as_number(), "{text:?}: {amount:?}");
        assert!(amount.value.is_none(), "{text:?}: a number and a range: {amount:?}");
    }
    if let Some(value) = &amount.value {
        // What is printed is read as the same number.
        let printed = unambiguous_number(value);
        let again = read_number(&printed, Signs::UNKNOWN);
        assert!(
            again.as_ref().is_ok_and(|it| it.is_equal(value)),
            "{text:?}: {printed}: {again:?}"
        );
    }
    assert!(!amount.plain || amount.value.is_some(), "{text:?}: {amount:?}");
}

/// Reads a text as an amount, with every set of signs.
pub fn read_amounts(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let open = read_amount(text, Signs::UNKNOWN);
    for signs in signs() {
        let read = read_amount(text, signs);
        if let Ok(amount) = &read {
            check_amount(text, amount);
            // Signs that are given settle a reading; they make no other one.
            match &open {
                Ok(open) => assert_eq!(open, amount, "{text:?} {signs:?}"),
                Err(AmountFault::Ambiguous(_)) => {}
                Err(fault) => panic!("{text:?}: {fault:?}, and with {signs:?} {amount:?}"),
            }
        }
        if let Ok((amount, _)) = read_with_words(text, signs) {
            check_amount(text, &amount);
        }
    }
    if let Some((amount, _)) = read_counted(text) {
        check_amount(text, &amount);
    }
    if is_nothing_stated(text) {
        assert!(open.is_err(), "{text:?}: nothing and {open:?}");
    }
    let numbers = numbers_in(text).into_iter().flatten().chain(ordinals_in(text));
    numbers.for_each(|number| assert!(number.is_finite(), "{text:?}: {number}"));
    let _ = (bounds_in(text), counts_in_multiples(text));
    let mut seen = SignsSeen::default();
    note_signs(text, &mut seen);
    let _ = seen.settle(Signs::UNKNOWN);
}

/// The figure of a key: its letters choose it.
fn figure(key: &str) -> Operand {
    let choice = key.bytes().fold(0usize, |sum, byte| sum.wrapping_mul(7) + usize::from(byte));
    let bounds = [
        Interval::exactly(0.0),
        Interval::exactly(5.0),
        Interval::exactly(-3.0),
        Interval::between(Some(1.0), Some(4.0)),
        Interval::between(Some(-1.0), Some(1.0)),
        Interval::between(Some(2.0), None),
        Interval::between(None, Some(7.0)),
        Interval::between(None, None),
        Interval { excludes_lower: true, ..Interval::between(Some(0.0), Some(9.0)) },
        Interval::exactly(1e300),
        Interval::between(Some(1e-300), Some(0.1)),
    ];
    let unit = ["", "USD"][choice / bounds.len() % 2].to_owned();
    Operand { bounds: bounds[choice % bounds.len()], stated: None, unit, assumed: false }
}

/// A number inside the bounds of a figure: near its lower end, its upper end or between.
fn number_in(bounds: &Interval, where_: usize) -> f64 {
    let (low, high) = match (bounds.lower.is_finite(), bounds.upper.is_finite()) {
        (true, true) => (bounds.lower, bounds.upper),
        (true, false) => (bounds.lower, bounds.lower + 1e6),
        (false, true) => (bounds.upper - 1e6, bounds.upper),
        (false, false) => (-1e6, 1e6),
    };
    let part = [0.0, 1.0, 0.5, 0.25][where_ % 4];
    let number = low + part * (high - low);
    match (number == bounds.lower && bounds.excludes_lower)
        || (number == bounds.upper && bounds.excludes_upper)
    {
        true => low + 0.375 * (high - low),
        false => number,
    }
}

/// The value of an expression for one choice of numbers, and how far rounding may have moved it.
/// `None` where a number is too large or too small to tell.
fn number_of(term: &Term, choice: usize) -> Option<(f64, f64)> {
    let (number, error) = match term {
        Term::Number(number) => (*number, 0.0),
        Term::Key(key) => (number_in(&figure(key).bounds, choice + key.len()), 0.0),
        Term::Negation(term) => {
            let (number, error) = number_of(term, choice)?;
            (-number, error)
        }
        Term::Binary(a, sign, b) => {
            let ((a, a_error), (b, b_error)) = (number_of(a, choice)?, number_of(b, choice)?);
            match sign {
                '+' => (a + b, a_error + b_error),
                '-' => (a - b, a_error + b_error),
                '*' => (a * b, (a * b_error).abs() + (b * a_error).abs() + a_error * b_error),
                _ if b_error * 1e6 > b.abs() => return None,
                _ => (a / b, a_error / b.abs() + (a / b).abs() * 2.0 * b_error / b.abs()),
            }
        }
    };
    let error = error + number.abs() * 1e-14 + 1e-290;
    (number.is_finite() && error.is_finite()).then_some((number, error))
}

/// Parses an equation and evaluates its sides over intervals: no bound is lost, and every choice of numbers
/// for the figures gives numbers inside the bounds that were found.
pub fn evaluate_equation(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let Ok(equation) = Equation::parse(text) else { return };
    let known = |key: &str| Ok(figure(key));
    for key in equation.keys().into_iter().filter(|_| !text.contains("another-key")) {
        let renamed = Equation::rename_key(text, key, "another-key").expect("a key that is named");
        let renamed = Equation::parse(&renamed).expect("an equation with another key");
        assert!(!renamed.keys().contains(key), "{text:?}");
        assert!(renamed.keys().contains("another-key"), "{text:?}");
    }
    let (Ok(left), Ok(right)) = (equation.left.evaluate(&known), equation.right.evaluate(&known))
    else {
        return;
    };
    for bounds in [&left.bounds, &right.bounds] {
        assert!(!bounds.lower.is_nan() && !bounds.upper.is_nan(), "{text:?}: {bounds:?}");
        assert!(bounds.lower <= bounds.upper, "{text:?}: {bounds:?}");
    }
    let answer = equation.holds(&left.bounds, &right.bounds);
    let turned = match equation.relation {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        same => same,
    };
    let turned = Equation { relation: turned, ..equation.clone() };
    assert_eq!(answer, turned.holds(&right.bounds, &left.bounds), "{text:?}");
    for choice in 0..4 {
        let (Some((a, a_error)), Some((b, b_error))) =
            (number_of(&equation.left, choice), number_of(&equation.right, choice))
        else {
            continue;
        };
        for (number, error, bounds) in [(a, a_error, &left.bounds), (b, b_error, &right.bounds)] {
            let slack = error + 1e-11 * number.abs();
            assert!(
                number >= bounds.lower - slack && number <= bounds.upper + slack,
                "{text:?}: {number} lies outside {bounds:?}"
            );
        }
        let slack = a_error + b_error + 1e-11 * a.abs().max(b.abs());
        let (below, above) = (a < b - slack, a > b + slack);
        let wrong = match (equation.relation, answer) {
            (_, Answer::Depends) | ("~", _) => false,
            ("=", Answer::Holds) => below || above,
            ("<" | "<=", Answer::Holds) => above,
            (">" | ">=", Answer::Holds) => below,
            ("<" | "<=", _) => below,
            (">" | ">=", _) => above,
            _ => false,
        };
        assert!(!wrong, "{text:?}: {answer:?}, and the sides can be {a} and {b}");
    }
}

/// Returns true if a value is a number that is none.
pub fn is_not_a_number(value: &Value) -> bool {
    matches!(value, Value::Real(number) if number.is_nan())
}
