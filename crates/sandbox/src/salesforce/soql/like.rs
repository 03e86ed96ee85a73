//! The patterns of LIKE.

/// Whether `text` fits `pattern`: `%` is any run of characters, `_` any one, `\` takes the next
/// sign as it is. Case does not count.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let mut signs = Vec::new();
    let mut escaped = false;
    for one in pattern.to_lowercase().chars() {
        match one {
            '\\' if !escaped => escaped = true,
            '%' if !escaped => signs.push(Sign::Any),
            '_' if !escaped => signs.push(Sign::One),
            _ => {
                signs.push(Sign::This(one));
                escaped = false;
            }
        }
    }
    let text: Vec<char> = text.to_lowercase().chars().collect();
    // `reached[n]`: the signs so far can match the first n characters.
    let mut reached = vec![false; text.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    for sign in signs {
        reached = match sign {
            Sign::Any => reached
                .iter()
                .scan(false, |seen, here| {
                    *seen |= *here;
                    Some(*seen)
                })
                .collect(),
            Sign::One | Sign::This(_) => std::iter::once(false)
                .chain(
                    reached
                        .iter()
                        .zip(&text)
                        .map(|(here, one)| *here && sign.takes(*one)),
                )
                .collect(),
        };
    }
    reached.last() == Some(&true)
}

#[derive(Clone, Copy)]
enum Sign {
    Any,
    One,
    This(char),
}

impl Sign {
    fn takes(self, one: char) -> bool {
        match self {
            Self::Any | Self::One => true,
            Self::This(this) => this == one,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_as_the_vendor_says() {
        assert!(fits("%415%555%0134", "(415) 555-0134"));
        assert!(fits("m_ya", "Maya"));
        assert!(fits("%", ""));
        assert!(fits("50\\%", "50%"));
        assert!(!fits("50\\%", "500"));
        assert!(!fits("maya", "Maya Torres"));
        assert!(fits("MAYA%", "maya torres"));
        assert!(!fits("_", ""));
    }
}
