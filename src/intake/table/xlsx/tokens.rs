//! The pieces of format codes.

/// A piece of a format code.
#[derive(Debug, PartialEq)]
pub(super) enum Token {
    /// A character that stands for itself.
    Literal(char),
    /// A character with a meaning.
    Sign(char),
    /// The content of brackets: a colour, a condition, a currency or a duration.
    Bracket(String),
    /// The word `General`: the number as it is.
    General,
}

/// Splits a format code into its sections, and these into tokens.
pub(super) fn tokenize(code: &str) -> Vec<Vec<Token>> {
    let (mut sections, mut found) = (Vec::new(), Vec::new());
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => sections.push(std::mem::take(&mut found)),
            '\\' => found.extend(chars.next().map(Token::Literal)),
            // `_x` leaves the width of an x free, and `*x` fills the cell with it.
            '_' | '*' => {
                chars.next();
            }
            '"' => {
                found.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Literal));
            }
            '[' => found.push(Token::Bracket(chars.by_ref().take_while(|c| *c != ']').collect())),
            'G' | 'g' if is_general(chars.as_str()) => {
                chars.nth("eneral".len() - 1);
                found.push(Token::General);
            }
            c => found.push(Token::Sign(c)),
        }
    }
    sections.push(found);
    sections
}

/// Returns true if a code goes on with the rest of the word `General`.
fn is_general(rest: &str) -> bool {
    rest.get(.."eneral".len()).is_some_and(|word| word.eq_ignore_ascii_case("eneral"))
}
