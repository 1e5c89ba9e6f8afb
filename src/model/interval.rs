//! Interval arithmetic: what can be said of a result when its parts are only known within bounds.

/// All numbers from one bound to another. An infinite bound is open: nothing limits it there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The least it can be.
    pub lower: f64,
    /// The most it can be.
    pub upper: f64,
    /// Whether the lower bound itself is ruled out.
    pub above: bool,
    /// Whether the upper bound itself is ruled out.
    pub below: bool,
}

/// How two intervals lie to one another: surely so, surely not, or either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It holds whatever the parts are within their bounds.
    Holds,
    /// It fails whatever the parts are within their bounds.
    Fails,
    /// It depends on where within the bounds they are.
    Depends,
}

/// Relative difference below which two numbers are the same: figures are decimal, and sums of them
/// in binary are off in the last digits. Whole numbers are not off.
const SAME: f64 = 1e-12;

fn same(a: f64, b: f64) -> bool {
    let whole = |number: f64| number.fract() == 0.0 && number.abs() < 9e15;
    if whole(a) && whole(b) {
        return a == b;
    }
    a == b || (a.is_finite() && b.is_finite() && (a - b).abs() <= SAME * a.abs().max(b.abs()))
}

impl Interval {
    /// One number, exactly.
    pub fn exactly(number: f64) -> Self {
        Interval { lower: number, upper: number, above: false, below: false }
    }

    /// Between bounds; `None` is open.
    pub fn between(lower: Option<f64>, upper: Option<f64>) -> Self {
        Interval {
            lower: lower.unwrap_or(f64::NEG_INFINITY),
            upper: upper.unwrap_or(f64::INFINITY),
            above: false,
            below: false,
        }
    }

    /// Whether a bound is open.
    pub fn is_open(&self) -> bool {
        self.lower.is_infinite() || self.upper.is_infinite()
    }

    fn is_point(&self) -> bool {
        same(self.lower, self.upper)
    }

    /// The number with its sign turned round.
    #[must_use]
    pub fn negated(self) -> Self {
        Interval { lower: -self.upper, upper: -self.lower, above: self.below, below: self.above }
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Interval {
            lower: self.lower + other.lower,
            upper: self.upper + other.upper,
            above: self.above || other.above,
            below: self.below || other.below,
        }
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        // The ends of a product are products of ends. Nothing times an open end is nothing.
        let ends = [(self.lower, self.above), (self.upper, self.below)];
        let others = [(other.lower, other.above), (other.upper, other.below)];
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
            // Of two equal ends the one that is not ruled out counts.
            if corner.0 < low.0 || (corner.0 == low.0 && !corner.1) {
                low = corner;
            }
            if corner.0 > high.0 || (corner.0 == high.0 && !corner.1) {
                high = corner;
            }
        }
        Interval { lower: low.0, upper: high.0, above: low.1, below: high.1 }
    }

    /// The quotient; `None` where the divisor may be zero.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        let positive = other.lower > 0.0 || (other.lower == 0.0 && other.above);
        let negative = other.upper < 0.0 || (other.upper == 0.0 && other.below);
        if !(positive || negative) {
            return None;
        }
        let turn = |end: f64, sign: f64| if end == 0.0 { f64::INFINITY * sign } else { 1.0 / end };
        let (low, high) = if positive {
            (turn(other.upper, 1.0), turn(other.lower, 1.0))
        } else {
            (turn(other.upper, -1.0), turn(other.lower, -1.0))
        };
        // One over an open end comes as near to zero as one likes, and never there.
        let turned = Interval {
            lower: low,
            upper: high,
            above: other.below || other.upper.is_infinite(),
            below: other.above || other.lower.is_infinite(),
        };
        Some(self.times(turned))
    }

    /// Whether all of it lies below all of the other, the bounds included.
    fn lies_below(&self, other: &Self) -> bool {
        if same(self.upper, other.lower) {
            return self.below || other.above;
        }
        self.upper < other.lower
    }

    /// Whether the two have a number in common.
    pub fn meets(&self, other: &Self) -> bool {
        !self.lies_below(other) && !other.lies_below(self)
    }

    /// Whether they are equal: surely, only where both are one number.
    pub fn equals(&self, other: &Self) -> Answer {
        if !self.meets(other) {
            Answer::Fails
        } else if self.is_point() && other.is_point() {
            Answer::Holds
        } else {
            Answer::Depends
        }
    }

    /// Whether it is less than the other.
    pub fn is_less(&self, other: &Self) -> Answer {
        if self.lies_below(other) && !same(self.upper, other.lower)
            || (same(self.upper, other.lower) && (self.below || other.above))
        {
            Answer::Holds
        } else if other.upper < self.lower || same(other.upper, self.lower) {
            Answer::Fails
        } else {
            Answer::Depends
        }
    }

    /// Whether it is no more than the other.
    pub fn is_at_most(&self, other: &Self) -> Answer {
        match other.is_less(self) {
            Answer::Holds => Answer::Fails,
            Answer::Fails => Answer::Holds,
            Answer::Depends => Answer::Depends,
        }
    }

    /// How far the two are apart, from the nearer ends; 0 where they meet.
    pub fn gap(&self, other: &Self) -> f64 {
        if self.meets(other) {
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

    fn of(lower: f64, upper: f64) -> Interval {
        Interval::between(Some(lower), Some(upper))
    }

    #[test]
    fn ends_behave() {
        let open = Interval::between(Some(69.0), None);
        assert_eq!(Interval::exactly(142.0).plus(open.negated()).upper, 73.0);
        assert_eq!(
            Interval::exactly(142.0).over(Interval::exactly(142.0).plus(open.negated())),
            None
        );
        assert_eq!(of(-2.0, 3.0).times(of(-5.0, 4.0)), of(-15.0, 12.0));
        let zero = Interval::exactly(0.0).times(open);
        assert_eq!((zero.lower, zero.upper), (0.0, 0.0));
        let over = Interval::exactly(1.0).over(open).unwrap();
        assert_eq!((over.lower, over.above, over.upper), (0.0, true, 1.0 / 69.0));
        let short = Interval { below: true, ..of(900.0, 1000.0) };
        assert!(!short.meets(&Interval::exactly(1000.0)));
        assert_eq!(short.is_less(&Interval::exactly(1000.0)), Answer::Holds);
        assert_eq!(of(1.0, 2.0).is_at_most(&of(2.0, 3.0)), Answer::Holds);
        assert_eq!(of(1.0, 2.0).is_less(&of(2.0, 3.0)), Answer::Depends);
        assert_eq!(Interval::exactly(0.1 + 0.2).equals(&Interval::exactly(0.3)), Answer::Holds);
        assert_eq!(Interval::exactly(312.0).gap(&Interval::exactly(407.0)), 95.0);
    }
}
