//! Checks of what people type into more than one form.

use crate::password;
use crate::problem::FieldProblems;

/// The most characters of a name.
const LONGEST_NAME: usize = 200;
/// The most bytes of an e-mail address (RFC 5321, 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

/// A person's or a thing's name, without white space around it.
pub(super) fn name(fields: &mut FieldProblems, path: &str, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        fields.add(path, "required", "A name is needed.");
    } else if text.chars().count() > LONGEST_NAME || text.chars().any(char::is_control) {
        fields.add(
            path,
            "invalid",
            format_args!("A name has at most {LONGEST_NAME} characters, on one line."),
        );
    }
    text.to_owned()
}

/// An e-mail address, without white space around it. Whether mail arrives there is not checked.
pub(super) fn email(fields: &mut FieldProblems, path: &str, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        fields.add(path, "required", "An e-mail address is needed.");
    } else if !is_email(text) {
        fields.add(path, "email_invalid", "This is no e-mail address.");
    }
    text.to_owned()
}

/// A new password.
pub(super) fn password(fields: &mut FieldProblems, path: &str, text: &str) {
    if text.chars().count() < password::SHORTEST {
        fields.add(
            path,
            "password_too_short",
            format_args!("A password has at least {} characters.", password::SHORTEST),
        );
    } else if text.len() > password::LONGEST {
        fields.add(
            path,
            "password_too_long",
            format_args!("A password has at most {} bytes.", password::LONGEST),
        );
    }
}

fn is_email(text: &str) -> bool {
    let plain = text.len() <= LONGEST_EMAIL
        && !text.chars().any(|it| it.is_whitespace() || it.is_control());
    plain
        && text
            .rsplit_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_two_sides_and_no_white_space() {
        assert!(is_email("eve@example.com") && is_email("root@localhost"));
        for bad in ["", "eve", "@example.com", "eve@", "e ve@example.com"] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }

    #[test]
    fn a_password_is_counted_in_characters_as_people_count_them() {
        let refused = |text: &str| {
            let mut fields = FieldProblems::default();
            password(&mut fields, "/password", text);
            fields.finish().is_err()
        };
        assert!(refused("123456789") && refused(&"x".repeat(1025)));
        assert!(!refused("1234567890") && !refused("密码密码密码密码密码"));
    }
}
