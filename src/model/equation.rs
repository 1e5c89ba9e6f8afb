//! Equations between figures: what one may write, and what it comes to.
//!
//! An expression is made of figure keys, numbers, `+ - * / ( )` and one of `= ~ < > <= >=`. A key may
//! hold hyphens, so a minus stands between blanks. `~` says that the two sides can be the same.

use super::interval::{Answer, Interval};
use std::collections::{BTreeMap, BTreeSet};

/// A side of an equation.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number as written.
    Number(f64),
    /// The key of a figure or measure.
    Key(String),
    /// Turned round.
    Minus(Box<Term>),
    /// Two terms and what joins them: one of `+ - * /`.
    Join(Box<Term>, char, Box<Term>),
}

/// An equation as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// What stands before the sign.
    pub left: Term,
    /// One of `= ~ < > <= >=`.
    pub sign: &'static str,
    /// What stands after it.
    pub right: Term,
}

/// What a key stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    /// The number within its bounds.
    pub bounds: Interval,
    /// The number as stated, where one is.
    pub stated: Option<f64>,
    /// Its unit; empty when things are simply counted.
    pub unit: String,
    /// Whether a tolerance made a bound.
    pub assumed: bool,
}

/// What came out on one side: the bounds and the unit, as powers of the units in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Everything it can be.
    pub bounds: Interval,
    /// Units with their powers; `None` for a bare number, which goes with every unit.
    pub unit: Option<BTreeMap<String, i32>>,
}

const SIGNS: [&str; 6] = ["<=", ">=", "=", "~", "<", ">"];

impl Equation {
    /// Reads an expression.
    ///
    /// # Errors
    /// What is wrong with it, with the column at which.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let left = parser.sum()?;
        let Some(sign) = SIGNS.into_iter().find(|sign| parser.rest().starts_with(sign)) else {
            return Err(parser.wrong("one of = ~ < > <= >= is expected"));
        };
        parser.at += sign.len();
        let right = parser.sum()?;
        if !parser.rest().is_empty() {
            return Err(parser.wrong("the equation should end"));
        }
        Ok(Equation { left, sign, right })
    }

    /// The keys in it, each once.
    pub fn keys(&self) -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        self.left.keys(&mut keys);
        self.right.keys(&mut keys);
        keys
    }

    /// Whether it holds between two sides. Where `~` or `=` hold only because a bound is open, it
    /// depends.
    pub fn holds(&self, left: &Interval, right: &Interval) -> Answer {
        let turned = |answer: Answer| match answer {
            Answer::Holds => Answer::Fails,
            Answer::Fails => Answer::Holds,
            Answer::Depends => Answer::Depends,
        };
        match self.sign {
            "=" => left.equals(right),
            "<" => left.is_less(right),
            "<=" => left.is_at_most(right),
            ">" => turned(left.is_at_most(right)),
            ">=" => turned(left.is_less(right)),
            _ if !left.meets(right) => Answer::Fails,
            _ if left.is_open() || right.is_open() => Answer::Depends,
            _ => Answer::Holds,
        }
    }
}

impl Term {
    fn keys<'a>(&'a self, keys: &mut BTreeSet<&'a str>) {
        match self {
            Term::Number(_) => {}
            Term::Key(key) => {
                keys.insert(key);
            }
            Term::Minus(term) => term.keys(keys),
            Term::Join(a, _, b) => {
                a.keys(keys);
                b.keys(keys);
            }
        }
    }

    /// What it comes to, with `known` saying what each key stands for.
    ///
    /// # Errors
    /// Why nothing can be said: a missing key, a divisor that may be zero, units that do not go
    /// together.
    pub fn value(&self, known: &dyn Fn(&str) -> Result<Operand, String>) -> Result<Side, String> {
        match self {
            Term::Number(number) => Ok(Side { bounds: Interval::exactly(*number), unit: None }),
            Term::Key(key) => {
                let operand = known(key)?;
                let unit = match operand.unit.as_str() {
                    "" => BTreeMap::new(),
                    unit => BTreeMap::from([(unit.to_owned(), 1)]),
                };
                Ok(Side { bounds: operand.bounds, unit: Some(unit) })
            }
            Term::Minus(term) => {
                let side = term.value(known)?;
                Ok(Side { bounds: side.bounds.negated(), ..side })
            }
            Term::Join(a, sign, b) => {
                let (a, b) = (a.value(known)?, b.value(known)?);
                let bounds = match sign {
                    '+' => a.bounds.plus(b.bounds),
                    '-' => a.bounds.plus(b.bounds.negated()),
                    '*' => a.bounds.times(b.bounds),
                    _ => a.bounds.over(b.bounds).ok_or("what it is divided by may be zero")?,
                };
                let unit = match sign {
                    '+' | '-' => Side::common(&a, &b)?,
                    sign => Side::product(a.unit, b.unit, if *sign == '*' { 1 } else { -1 }),
                };
                Ok(Side { bounds, unit })
            }
        }
    }
}

impl Side {
    /// The unit that both have.
    ///
    /// # Errors
    /// When they have two.
    pub fn common(a: &Side, b: &Side) -> Result<Option<BTreeMap<String, i32>>, String> {
        match (&a.unit, &b.unit) {
            (Some(one), Some(other)) if one != other => {
                Err(format!("{} and {} do not go together", unit_words(one), unit_words(other)))
            }
            (Some(unit), _) | (None, Some(unit)) => Ok(Some(unit.clone())),
            (None, None) => Ok(None),
        }
    }

    fn product(
        a: Option<BTreeMap<String, i32>>,
        b: Option<BTreeMap<String, i32>>,
        power: i32,
    ) -> Option<BTreeMap<String, i32>> {
        if a.is_none() && b.is_none() {
            return None;
        }
        let mut unit = a.unwrap_or_default();
        for (name, n) in b.unwrap_or_default() {
            *unit.entry(name).or_default() += n * power;
        }
        unit.retain(|_, n| *n != 0);
        Some(unit)
    }
}

fn unit_words(unit: &BTreeMap<String, i32>) -> String {
    let word = |(name, n): (&String, &i32)| match n {
        1 => name.clone(),
        n => format!("{name}^{n}"),
    };
    match unit.is_empty() {
        true => "things counted".to_owned(),
        false => unit.iter().map(word).collect::<Vec<_>>().join(" "),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// Brackets within brackets beyond which nobody writes by hand.
const DEEPEST: usize = 50;

impl<'a> Parser<'a> {
    fn rest(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn wrong(&mut self, what: &str) -> String {
        let rest = self.rest();
        let column = self.text[..self.at].chars().count() + 1;
        match rest.chars().next() {
            None => format!("{what} at its end"),
            Some(found) => format!("{what} at column {column}, not {found:?}"),
        }
    }

    fn sum(&mut self) -> Result<Term, String> {
        let mut term = self.product()?;
        while let Some(sign) = self.one_of(&['+', '-']) {
            term = Term::Join(Box::new(term), sign, Box::new(self.product()?));
        }
        Ok(term)
    }

    fn product(&mut self) -> Result<Term, String> {
        let mut term = self.factor()?;
        while let Some(sign) = self.one_of(&['*', '/']) {
            term = Term::Join(Box::new(term), sign, Box::new(self.factor()?));
        }
        Ok(term)
    }

    fn one_of(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.rest().chars().next().filter(|sign| signs.contains(sign))?;
        self.at += 1;
        Some(sign)
    }

    fn factor(&mut self) -> Result<Term, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.wrong("the brackets are nested too deep"));
        }
        let factor = self.bare_factor();
        self.depth -= 1;
        factor
    }

    fn bare_factor(&mut self) -> Result<Term, String> {
        if self.one_of(&['-']).is_some() {
            return Ok(Term::Minus(Box::new(self.factor()?)));
        }
        if self.one_of(&['(']).is_some() {
            let inner = self.sum()?;
            return match self.one_of(&[')']) {
                Some(_) => Ok(inner),
                None => Err(self.wrong("a closing bracket is expected")),
            };
        }
        let rest = self.rest();
        let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        let word = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
        let numeric = |c: char| c.is_ascii_digit() || c == '.';
        if !word.is_empty() && word.chars().all(numeric) {
            let number: f64 = word.parse().map_err(|_| self.wrong("a number is expected"))?;
            self.at += word.len();
            return Ok(Term::Number(number));
        }
        match super::check_key(word) {
            Ok(()) => {
                self.at += word.len();
                Ok(Term::Key(word.to_owned()))
            }
            Err(_) => Err(self.wrong("a number or the key of a figure is expected")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Equation, Interval, Operand};

    fn operand(lower: f64, upper: f64, unit: &str) -> Operand {
        let bounds = Interval::between(Some(lower), Some(upper));
        Operand { bounds, stated: Some(lower), unit: unit.to_owned(), assumed: false }
    }

    #[test]
    fn reads_and_refuses() {
        let equation = Equation::parse("held / (held - taken) ~ twice-as-much").unwrap();
        assert_eq!(
            equation.keys().into_iter().collect::<Vec<_>>(),
            ["held", "taken", "twice-as-much"]
        );
        assert_eq!(Equation::parse("2 * a >= 0.5 + -b").unwrap().sign, ">=");
        for (text, what) in [
            ("", "a number or the key of a figure is expected at its end"),
            ("a + b", "one of = ~ < > <= >= is expected at its end"),
            ("a = b = c", "the equation should end at column 7, not '='"),
            ("(a = b", "a closing bracket is expected at column 4, not '='"),
            ("a = B", "a number or the key of a figure is expected at column 5, not 'B'"),
            ("1.2.3 = a", "a number is expected at column 1, not '1'"),
        ] {
            assert_eq!(Equation::parse(text).unwrap_err(), what, "{text}");
        }
        let deep = format!("{}a = 1", "(".repeat(100_000));
        assert!(Equation::parse(&deep).unwrap_err().contains("nested too deep"));
        let deep = format!("{}a = 1", "-".repeat(100_000));
        assert!(Equation::parse(&deep).is_err());
    }

    #[test]
    fn units_go_together_or_not() {
        let known = |key: &str| match key {
            "usd" => Ok(operand(10.0, 10.0, "USD")),
            "gbp" => Ok(operand(5.0, 5.0, "GBP")),
            "none" => Ok(operand(2.0, 2.0, "")),
            other => Err(format!("no {other}")),
        };
        let of = |text: &str| Equation::parse(&format!("{text} = 1")).unwrap().left.value(&known);
        assert!(of("usd + gbp").unwrap_err().contains("do not go together"));
        assert!(of("usd + none").unwrap_err().contains("USD and things counted"));
        assert_eq!(of("usd / gbp").unwrap().bounds, Interval::exactly(2.0));
        assert_eq!(of("usd + 5").unwrap().bounds, Interval::exactly(15.0));
        assert_eq!(of("usd / (none - 2)").unwrap_err(), "what it is divided by may be zero");
        assert_eq!(of("x + 1").unwrap_err(), "no x");
        let equation = Equation::parse("a ~ b").unwrap();
        let (open, point) = (Interval::between(Some(1.0), None), Interval::exactly(5.0));
        assert_eq!(equation.holds(&open, &point), Answer::Depends);
        assert_eq!(equation.holds(&open, &Interval::exactly(0.5)), Answer::Fails);
    }
}
