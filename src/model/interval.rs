//! Interval arithmetic: calculation with numbers that are known only within bounds.

/// All numbers from a lower to an upper bound. An infinite bound is open: nothing limits it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
    /// True when the lower bound itself is excluded.
    pub excludes_lower: bool,
    /// True when the upper bound itself is excluded.
    pub excludes_upper: bool,
}

/// The result of comparing two intervals: true, false or undetermined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// True for all numbers within the bounds.
    Holds,
    /// False for all numbers within the bounds.
    Fails,
    /// True for some numbers within the bounds and false for others.
    Depends,
}

/// The relative difference below which two numbers count as equal: figures are decimal fractions,
/// and binary arithmetic on them is wrong in the last digits. Integers are compared exactly.
const RELATIVE_TOLERANCE: f64 = 1e-12;

fn nearly_equal(a: f64, b: f64) -> bool {
    let is_integer = |number: f64| number.fract() == 0.0 && number.abs() < 9e15;
    if is_integer(a) && is_integer(b) {
        return a == b;
    }
    a == b
        || (a.is_finite()
            && b.is_finite()
            && (a - b).abs() <= RELATIVE_TOLERANCE * a.abs().max(b.abs()))
}

impl Interval {
    /// The interval of one number.
    pub fn exactly(number: f64) -> Self {
        Interval { lower: number, upper: number, excludes_lower: false, excludes_upper: false }
            .within_range()
    }

    /// The interval between two included bounds; `None` is open.
    pub fn between(lower: Option<f64>, upper: Option<f64>) -> Self {
        Interval {
            lower: lower.unwrap_or(f64::NEG_INFINITY),
            upper: upper.unwrap_or(f64::INFINITY),
            excludes_lower: false,
            excludes_upper: false,
        }
        .within_range()
    }

    /// A bound that is too large for the arithmetic stays a bound: a number above all that can be written is at
    /// least the largest of these. So no bound is infinite on the wrong side, and none ever becomes NaN.
    fn within_range(self) -> Self {
        Interval { lower: self.lower.min(f64::MAX), upper: self.upper.max(f64::MIN), ..self }
    }

    /// Returns true when either bound is open.
    pub fn is_open(&self) -> bool {
        self.lower.is_infinite() || self.upper.is_infinite()
    }

    fn is_point(&self) -> bool {
        nearly_equal(self.lower, self.upper)
    }

    /// Returns the negation.
    #[must_use]
    pub fn negated(self) -> Self {
        Interval {
            lower: -self.upper,
            upper: -self.lower,
            excludes_lower: self.excludes_upper,
            excludes_upper: self.excludes_lower,
        }
    }

    /// Returns the sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Interval {
            lower: self.lower + other.lower,
            upper: self.upper + other.upper,
            excludes_lower: self.excludes_lower || other.excludes_lower,
            excludes_upper: self.excludes_upper || other.excludes_upper,
        }
        .within_range()
    }

    /// Returns the product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        // The bounds of a product are products of bounds. Zero times an open bound is zero.
        let ends = [(self.lower, self.excludes_lower), (self.upper, self.excludes_upper)];
        let others = [(other.lower, other.excludes_lower), (other.upper, other.excludes_upper)];
        let mut corners = ends.into_iter().flat_map(|(a, a_out)| {
            others.into_iter().map(move |(b, b_out)| {
                let zero = (a == 0.0 && !a_out) || (b == 0.0 && !b_out);
                let product = if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
                (product, (a_out || b_out) && !zero)
            })
        });
        let first = corners.next().unwrap_or((0.0, false));
        let (mut low, mut high) = (first, first);
        for corner in corners {
            // Of two equal bounds the included one wins.
            if corner.0 < low.0 || (corner.0 == low.0 && !corner.1) {
                low = corner;
            }
            if corner.0 > high.0 || (corner.0 == high.0 && !corner.1) {
                high = corner;
            }
        }
        Interval { lower: low.0, upper: high.0, excludes_lower: low.1, excludes_upper: high.1 }
            .within_range()
    }

    /// Returns the quotient, or `None` where the divisor may be zero.
    #[must_use]
    pub fn divided_by(self, other: Self) -> Option<Self> {
        let positive = other.lower > 0.0 || (other.lower == 0.0 && other.excludes_lower);
        let negative = other.upper < 0.0 || (other.upper == 0.0 && other.excludes_upper);
        if !(positive || negative) {
            return None;
        }
        let reciprocal =
            |end: f64, sign: f64| if end == 0.0 { f64::INFINITY * sign } else { 1.0 / end };
        let (low, high) = if positive {
            (reciprocal(other.upper, 1.0), reciprocal(other.lower, 1.0))
        } else {
            (reciprocal(other.upper, -1.0), reciprocal(other.lower, -1.0))
        };
        // The reciprocal of an open bound approaches zero and never reaches it.
        let inverse = Interval {
            lower: low,
            upper: high,
            excludes_lower: other.excludes_upper || other.upper.is_infinite(),
            excludes_upper: other.excludes_lower || other.lower.is_infinite(),
        };
        Some(self.times(inverse.within_range()))
    }

    /// Returns true when every number of this interval is less than every number of the other.
    fn lies_below(&self, other: &Self) -> bool {
        if nearly_equal(self.upper, other.lower) {
            return self.excludes_upper || other.excludes_lower;
        }
        self.upper < other.lower
    }

    /// Returns true when the two intervals have a number in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.lies_below(other) && !other.lies_below(self)
    }

    /// Compares for equality; [`Answer::Holds`] only where both are the same single number.
    pub fn equals(&self, other: &Self) -> Answer {
        if !self.overlaps(other) {
            Answer::Fails
        } else if self.is_point() && other.is_point() {
            Answer::Holds
        } else {
            Answer::Depends
        }
    }

    /// Compares with `<`.
    pub fn is_less(&self, other: &Self) -> Answer {
        if self.lies_below(other) && !nearly_equal(self.upper, other.lower)
            || (nearly_equal(self.upper, other.lower)
                && (self.excludes_upper || other.excludes_lower))
        {
            Answer::Holds
        } else if other.upper < self.lower || nearly_equal(other.upper, self.lower) {
            Answer::Fails
        } else {
            Answer::Depends
        }
    }

    /// Compares with `<=`.
    pub fn is_at_most(&self, other: &Self) -> Answer {
        match other.is_less(self) {
            Answer::Holds => Answer::Fails,
            Answer::Fails => Answer::Holds,
            Answer::Depends => Answer::Depends,
        }
    }

    /// Returns the distance between the nearer bounds, or 0 where the intervals overlap.
    pub fn gap(&self, other: &Self) -> f64 {
        if self.overlaps(other) {
            0.0
        } else if self.lies_below(other) {
            other.lower - self.upper
        } else {
            self.lower - other.upper
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Interval};

    fn between(lower: f64, upper: f64) -> Interval {
        Interval::between(Some(lower), Some(upper))
    }

    #[test]
    fn ends_behave() {
        let open = Interval::between(Some(69.0), None);
        assert_eq!(Interval::exactly(142.0).plus(open.negated()).upper, 73.0);
        assert_eq!(
            Interval::exactly(142.0).divided_by(Interval::exactly(142.0).plus(open.negated())),
            None
        );
        assert_eq!(between(-2.0, 3.0).times(between(-5.0, 4.0)), between(-15.0, 12.0));
        let zero = Interval::exactly(0.0).times(open);
        assert_eq!((zero.lower, zero.upper), (0.0, 0.0));
        let over = Interval::exactly(1.0).divided_by(open).unwrap();
        assert_eq!((over.lower, over.excludes_lower, over.upper), (0.0, true, 1.0 / 69.0));
        let short = Interval { excludes_upper: true, ..between(900.0, 1000.0) };
        assert!(!short.overlaps(&Interval::exactly(1000.0)));
        assert_eq!(short.is_less(&Interval::exactly(1000.0)), Answer::Holds);
        assert_eq!(between(1.0, 2.0).is_at_most(&between(2.0, 3.0)), Answer::Holds);
        assert_eq!(between(1.0, 2.0).is_less(&between(2.0, 3.0)), Answer::Depends);
        assert_eq!(Interval::exactly(0.1 + 0.2).equals(&Interval::exactly(0.3)), Answer::Holds);
        let (two, around) = (Interval::exactly(2.0), between(1.0, 3.0));
        assert_eq!([two.equals(&around), around.equals(&two)], [Answer::Depends; 2]);
        let near = |a: f64, b: f64| Interval::exactly(a).equals(&Interval::exactly(b));
        assert_eq!(near(1_234_567.1, 1_234_567.1 * (1.0 + 5e-13)), Answer::Holds);
        assert_eq!(near(0.001, 0.001 + 1e-14), Answer::Fails, "the tolerance is relative");
        assert_eq!(near(3e15, 3e15 + 1.0), Answer::Fails, "integers are compared exactly");
        assert_eq!(Interval::exactly(312.0).gap(&Interval::exactly(407.0)), 95.0);
        assert_eq!(between(400.0, 407.0).gap(&between(300.0, 312.0)), 88.0);
        assert_eq!(between(1.0, 3.0).gap(&between(2.0, 4.0)), 0.0);
    }
}
