//! Which CRM user belongs to which extension, by e-mail address (B4).

use linecard_crm::User;
use linecard_number::Extension;

/// A CRM user and the extension with the same e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The CRM's id of the user.
    pub crm_user: String,
    /// The extension that fits.
    pub extension: Extension,
}

/// The pairs of user and extension that share an e-mail address. Addresses are compared without
/// regard to case. An address that two users of the CRM share proposes nothing, because either
/// could be meant; two extensions with one address both go to its user (B6). The CRM's own users
/// are nobody's (B3).
#[must_use]
pub fn propose(users: &[User], extensions: &[(Extension, Option<String>)]) -> Vec<Proposal> {
    extensions
        .iter()
        .filter_map(|(extension, email)| {
            let email = normal(email.as_deref()?)?;
            let mut fitting = users
                .iter()
                .filter(|user| !user.is_system)
                .filter(|user| user.email.as_deref().and_then(normal) == Some(email.clone()));
            let user = fitting.next()?;
            fitting.next().is_none().then(|| Proposal {
                crm_user: user.id.clone(),
                extension: extension.clone(),
            })
        })
        .collect()
}

fn normal(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    email.contains('@').then_some(email)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, email: Option<&str>) -> User {
        User {
            id: id.to_owned(),
            name: id.to_owned(),
            email: email.map(str::to_owned),
            is_system: false,
        }
    }

    fn extension(number: &str, email: Option<&str>) -> (Extension, Option<String>) {
        (number.parse().unwrap(), email.map(str::to_owned))
    }

    fn pairs(proposals: &[Proposal]) -> Vec<(&str, &str)> {
        proposals
            .iter()
            .map(|it| (it.crm_user.as_str(), it.extension.as_str()))
            .collect()
    }

    #[test]
    fn b4_user_and_extension_with_the_same_address_are_proposed() {
        let users = [user("005A", Some("Alice@Example.com")), user("005B", None)];
        let extensions = [
            extension("101", Some("alice@example.com ")),
            extension("102", Some("bob@example.com")),
            extension("103", None),
        ];
        assert_eq!(pairs(&propose(&users, &extensions)), [("005A", "101")]);
    }

    #[test]
    fn b4_an_address_shared_by_two_users_is_left_to_the_admin() {
        let users = [user("005A", Some("x@y.z")), user("005B", Some("x@y.z"))];
        assert!(propose(&users, &[extension("101", Some("x@y.z"))]).is_empty());
    }

    #[test]
    fn b3_a_user_of_the_crms_own_is_proposed_to_nobody_and_is_in_nobodys_way() {
        let robot = User {
            is_system: true,
            ..user("0050", Some("x@y.z"))
        };
        let extension = [extension("101", Some("x@y.z"))];
        assert!(propose(std::slice::from_ref(&robot), &extension).is_empty());
        let users = [robot, user("005A", Some("x@y.z"))];
        assert_eq!(pairs(&propose(&users, &extension)), [("005A", "101")]);
    }

    #[test]
    fn b6_two_extensions_with_one_address_go_to_the_same_user() {
        let users = [user("005A", Some("x@y.z"))];
        let extensions = [
            extension("101", Some("x@y.z")),
            extension("201", Some("x@y.z")),
        ];
        assert_eq!(
            pairs(&propose(&users, &extensions)),
            [("005A", "101"), ("005A", "201")]
        );
    }
}
