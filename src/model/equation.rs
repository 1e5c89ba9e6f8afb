//! Equations between figures: a parser and an evaluator over intervals with units.
//!
//! An equation consists of two expressions and one of the relations `= ~ < > <= >=`. An expression
//! consists of figure keys, numbers and `+ - * / ( )`. A key may contain hyphens, so a minus sign
//! needs blanks around it. `~` means that the two sides overlap: they can be the same number.

use super::interval::{Answer, Interval};
use super::key::check_key;
use std::collections::{BTreeMap, BTreeSet};

/// An expression: one side of an equation.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number as written.
    Number(f64),
    /// The key of a figure or measure.
    Key(String),
    /// The negation of a term.
    Negation(Box<Term>),
    /// Two terms joined by an operator, one of `+ - * /`.
    Binary(Box<Term>, char, Box<Term>),
}

/// A parsed equation.
#[derive(Clone, Debug, PartialEq)]
pub struct Equation {
    /// The expression before the relation.
    pub left: Term,
    /// The relation, one of `= ~ < > <= >=`.
    pub relation: &'static str,
    /// The expression after the relation.
    pub right: Term,
}

/// The value of a figure key in an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    /// The bounds of the figure.
    pub bounds: Interval,
    /// The number as stated; `None` where the figure states only bounds.
    pub stated: Option<f64>,
    /// The unit; empty for a plain count.
    pub unit: String,
    /// True when the tolerance of a qualifier ("about") supplied a bound.
    pub assumed: bool,
}

/// The value of an expression: an interval and its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The range of possible values.
    pub bounds: Interval,
    /// The exponent of each base unit; `None` for a bare number, which is compatible with every
    /// unit.
    pub unit: Option<BTreeMap<String, i32>>,
}

const RELATIONS: [&str; 6] = ["<=", ">=", "=", "~", "<", ">"];

impl Equation {
    /// Parses an equation.
    ///
    /// # Errors
    /// On the first syntax error; the message names its column, counted in characters from 1.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let left = parser.parse_sum()?;
        let Some(relation) =
            RELATIONS.into_iter().find(|relation| parser.remaining().starts_with(relation))
        else {
            return Err(parser.error_here("one of = ~ < > <= >= is expected"));
        };
        parser.at += relation.len();
        let right = parser.parse_sum()?;
        if !parser.remaining().is_empty() {
            return Err(parser.error_here("the equation should end"));
        }
        Ok(Equation { left, relation, right })
    }

    /// Returns the distinct figure keys of both sides.
    pub fn keys(&self) -> BTreeSet<&str> {
        let mut keys = BTreeSet::new();
        self.left.collect_keys(&mut keys);
        self.right.collect_keys(&mut keys);
        keys
    }

    /// Returns an expression with one key in place of another, or `None` if it does not name that
    /// key. The rest of the text stays as it was written.
    pub fn rename_key(text: &str, old: &str, new: &str) -> Option<String> {
        let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        let (mut renamed, mut rest, mut found) = (String::new(), text, false);
        while let Some(start) = rest.find(part) {
            let run = &rest[start..];
            let run = &run[..run.find(|c| !part(c)).unwrap_or(run.len())];
            // A hyphen before a key is a sign.
            let word = run.trim_start_matches('-');
            renamed.push_str(&rest[..start + run.len() - word.len()]);
            renamed.push_str(if word == old { new } else { word });
            found |= word == old;
            rest = &rest[start + run.len()..];
        }
        renamed.push_str(rest);
        found.then_some(renamed)
    }

    /// Evaluates the relation between two intervals. Where `~` or `=` would hold only because a
    /// bound is open, the answer is [`Answer::Depends`].
    pub fn holds(&self, left: &Interval, right: &Interval) -> Answer {
        let negate = |answer: Answer| match answer {
            Answer::Holds => Answer::Fails,
            Answer::Fails => Answer::Holds,
            Answer::Depends => Answer::Depends,
        };
        match self.relation {
            "=" => left.equals(right),
            "<" => left.is_less(right),
            "<=" => left.is_at_most(right),
            ">" => negate(left.is_at_most(right)),
            ">=" => negate(left.is_less(right)),
            _ if !left.overlaps(right) => Answer::Fails,
            _ if left.is_open() || right.is_open() => Answer::Depends,
            _ => Answer::Holds,
        }
    }
}

impl Term {
    fn collect_keys<'a>(&'a self, keys: &mut BTreeSet<&'a str>) {
        match self {
            Term::Number(_) => {}
            Term::Key(key) => {
                keys.insert(key);
            }
            Term::Negation(term) => term.collect_keys(keys),
            Term::Binary(a, _, b) => {
                a.collect_keys(keys);
                b.collect_keys(keys);
            }
        }
    }

    /// Evaluates the expression; `known` looks up the value of a figure key.
    ///
    /// # Errors
    /// Fails when `known` does, a divisor may be zero, or two units cannot be added.
    pub fn evaluate(
        &self,
        known: &dyn Fn(&str) -> Result<Operand, String>,
    ) -> Result<Quantity, String> {
        match self {
            Term::Number(number) => Ok(Quantity { bounds: Interval::exactly(*number), unit: None }),
            Term::Key(key) => {
                let operand = known(key)?;
                let unit = match operand.unit.as_str() {
                    "" => BTreeMap::new(),
                    unit => BTreeMap::from([(unit.to_owned(), 1)]),
                };
                Ok(Quantity { bounds: operand.bounds, unit: Some(unit) })
            }
            Term::Negation(term) => {
                let quantity = term.evaluate(known)?;
                Ok(Quantity { bounds: quantity.bounds.negated(), ..quantity })
            }
            Term::Binary(a, sign, b) => {
                let (a, b) = (a.evaluate(known)?, b.evaluate(known)?);
                let bounds = match sign {
                    '+' => a.bounds.plus(b.bounds),
                    '-' => a.bounds.plus(b.bounds.negated()),
                    '*' => a.bounds.times(b.bounds),
                    _ => a.bounds.divided_by(b.bounds).ok_or("the divisor may be zero")?,
                };
                let unit = match sign {
                    '+' | '-' => Quantity::common_unit(&a, &b)?,
                    sign => {
                        Quantity::multiply_units(a.unit, b.unit, if *sign == '*' { 1 } else { -1 })
                    }
                };
                Ok(Quantity { bounds, unit })
            }
        }
    }
}

impl Quantity {
    /// Returns the unit that two values share; a bare number takes the unit of the other.
    ///
    /// # Errors
    /// Fails when the units differ.
    pub fn common_unit(
        a: &Quantity,
        b: &Quantity,
    ) -> Result<Option<BTreeMap<String, i32>>, String> {
        match (&a.unit, &b.unit) {
            (Some(one), Some(other)) if one != other => {
                Err(format!("{} and {} do not go together", format_unit(one), format_unit(other)))
            }
            (Some(unit), _) | (None, Some(unit)) => Ok(Some(unit.clone())),
            (None, None) => Ok(None),
        }
    }

    /// Adds the exponents of `b`, times `power`, to those of `a`: 1 multiplies, -1 divides.
    fn multiply_units(
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

/// Formats a unit for messages: `USD`, `km h^-1`.
fn format_unit(unit: &BTreeMap<String, i32>) -> String {
    let word = |(name, n): (&String, &i32)| match n {
        1 => name.clone(),
        n => format!("{name}^{n}"),
    };
    match unit.is_empty() {
        true => "things counted".to_owned(),
        false => unit.iter().map(word).collect::<Vec<_>>().join(" "),
    }
}

/// A recursive-descent parser; `at` is its byte offset.
struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

/// The deepest nesting of brackets that is parsed, far more than anyone writes by hand. It bounds
/// the recursion of the parser.
const MAX_DEPTH: usize = 50;

impl<'a> Parser<'a> {
    /// Skips blanks and returns the rest of the text.
    fn remaining(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    /// Formats a syntax error at the current position.
    fn error_here(&mut self, what: &str) -> String {
        let rest = self.remaining();
        let column = self.text[..self.at].chars().count() + 1;
        match rest.chars().next() {
            None => format!("{what} at its end"),
            Some(found) => format!("{what} at column {column}, not {found:?}"),
        }
    }

    fn parse_sum(&mut self) -> Result<Term, String> {
        let mut term = self.parse_product()?;
        while let Some(sign) = self.accept(&['+', '-']) {
            term = Term::Binary(Box::new(term), sign, Box::new(self.parse_product()?));
        }
        Ok(term)
    }

    fn parse_product(&mut self) -> Result<Term, String> {
        let mut term = self.parse_factor()?;
        while let Some(sign) = self.accept(&['*', '/']) {
            term = Term::Binary(Box::new(term), sign, Box::new(self.parse_factor()?));
        }
        Ok(term)
    }

    /// Consumes one of these operators, if it comes next.
    fn accept(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.remaining().chars().next().filter(|sign| signs.contains(sign))?;
        self.at += 1;
        Some(sign)
    }

    fn parse_factor(&mut self) -> Result<Term, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error_here("the brackets are nested too deep"));
        }
        let factor = self.parse_operand();
        self.depth -= 1;
        factor
    }

    fn parse_operand(&mut self) -> Result<Term, String> {
        if self.accept(&['-']).is_some() {
            return Ok(Term::Negation(Box::new(self.parse_factor()?)));
        }
        if self.accept(&['(']).is_some() {
            let inner = self.parse_sum()?;
            return match self.accept(&[')']) {
                Some(_) => Ok(inner),
                None => Err(self.error_here("a closing bracket is expected")),
            };
        }
        let rest = self.remaining();
        let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        let word = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
        let numeric = |c: char| c.is_ascii_digit() || c == '.';
        if !word.is_empty() && word.chars().all(numeric) {
            let number: f64 = word.parse().map_err(|_| self.error_here("a number is expected"))?;
            if number.is_infinite() {
                return Err(self.error_here("a number below 1e308 is expected"));
            }
            self.at += word.len();
            return Ok(Term::Number(number));
        }
        match check_key(word) {
            Ok(()) => {
                self.at += word.len();
                Ok(Term::Key(word.to_owned()))
            }
            Err(_) => Err(self.error_here("a number or the key of a figure is expected")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Equation, Interval, Operand, Term};

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
        assert_eq!(Equation::parse("2 * a >= 0.5 + -b").unwrap().relation, ">=");
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
        let huge = format!("a = {}", "9".repeat(309));
        let why = "a number below 1e308 is expected at column 5, not '9'";
        assert_eq!(Equation::parse(&huge).unwrap_err(), why);
        let deep = format!("{}a = 1", "(".repeat(100_000));
        assert!(Equation::parse(&deep).unwrap_err().contains("nested too deep"));
        let deep = format!("{}a = 1", "-".repeat(100_000));
        assert!(Equation::parse(&deep).is_err());
    }

    #[test]
    fn a_key_is_renamed_where_it_stands_whole() {
        let renamed = |text| Equation::rename_key(text, "b", "new");
        assert_eq!(renamed("a-b + -b*2  = (b)/a").as_deref(), Some("a-b + -new*2  = (new)/a"));
        assert_eq!(renamed("a-b = bb"), None);
    }

    /// A product beyond the largest number is open above, and no number is lost of it.
    #[test]
    fn numbers_beyond_the_largest_leave_bounds() {
        let known = |_: &str| Ok(operand(1e300, 1e300, ""));
        for (text, answer) in [
            ("a * a > 1", Answer::Holds),
            ("-a * a < 1", Answer::Holds),
            ("a * a = 1", Answer::Fails),
            ("a * a - a * a = 0", Answer::Depends),
            ("a * a - a * a > 1", Answer::Depends),
            ("(a * a) / (a * a) = 1", Answer::Depends),
        ] {
            let equation = Equation::parse(text).unwrap();
            let bounds = |term: &Term| term.evaluate(&known).unwrap().bounds;
            let (left, right) = (bounds(&equation.left), bounds(&equation.right));
            assert_eq!(equation.holds(&left, &right), answer, "{text}");
        }
    }

    #[test]
    fn units_go_together_or_not() {
        let known = |key: &str| match key {
            "usd" => Ok(operand(10.0, 10.0, "USD")),
            "gbp" => Ok(operand(5.0, 5.0, "GBP")),
            "none" => Ok(operand(2.0, 2.0, "")),
            other => Err(format!("no {other}")),
        };
        let evaluate =
            |text: &str| Equation::parse(&format!("{text} = 1")).unwrap().left.evaluate(&known);
        assert!(evaluate("usd + gbp").unwrap_err().contains("do not go together"));
        assert!(evaluate("usd + none").unwrap_err().contains("USD and things counted"));
        assert_eq!(evaluate("usd / gbp").unwrap().bounds, Interval::exactly(2.0));
        let unit =
            |text: &str| evaluate(text).unwrap().unit.unwrap().into_iter().collect::<Vec<_>>();
        let powers = |usd, gbp| [("GBP".to_owned(), gbp), ("USD".to_owned(), usd)];
        assert_eq!(unit("usd / gbp"), powers(1, -1));
        assert_eq!(unit("usd * usd * gbp"), powers(2, 1));
        assert_eq!(unit("usd * gbp / (usd * usd)"), powers(-1, 1));
        assert_eq!(unit("usd / usd"), [], "a ratio has no unit");
        assert_eq!(evaluate("usd + 5").unwrap().bounds, Interval::exactly(15.0));
        assert_eq!(evaluate("usd / (none - 2)").unwrap_err(), "the divisor may be zero");
        assert_eq!(evaluate("x + 1").unwrap_err(), "no x");
        let equation = Equation::parse("a ~ b").unwrap();
        let (open, point) = (Interval::between(Some(1.0), None), Interval::exactly(5.0));
        assert_eq!(equation.holds(&open, &point), Answer::Depends);
        assert_eq!(equation.holds(&open, &Interval::exactly(0.5)), Answer::Fails);
    }
}
