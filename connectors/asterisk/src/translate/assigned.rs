//! Whose an endpoint is because the admin wrote it down: `PJSIP/alice=106`.

use std::collections::HashMap;

use linecard_number::Extension;

use super::endpoints::is_endpoint;

/// Whose an endpoint is, as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assigned {
    /// A phone of that extension: `PJSIP/alice=106`. One extension may have several.
    Extension(Extension),
    /// A line to the outside: `PJSIP/provider=trunk`.
    Trunk,
    /// Neither, and nobody wants to hear of it: `PJSIP/door=ignore`.
    Ignored,
}

/// Why a line of the map cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentsError {
    /// Not two parts with `=` between them.
    #[error("{0:?} is not written like PJSIP/alice=106")]
    NotAPair(String),
    /// The left part is no technology with an endpoint, or a local channel.
    #[error("{0:?} is no endpoint: write technology and name, as in PJSIP/alice")]
    NotAnEndpoint(String),
    /// The right part is neither an extension nor one of the two words.
    #[error("{0:?} is neither an extension nor one of the words trunk and ignore")]
    NotAnOwner(String),
    /// The endpoint was given to somebody before.
    #[error("{0:?} is given twice")]
    Twice(String),
}

/// The endpoints whose owner is written down. It is asked at every first sight of an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignments(HashMap<Box<str>, Assigned>);

impl Assignments {
    /// Reads `PJSIP/alice=106 PJSIP/101-web=101 PJSIP/provider=trunk PJSIP/door=ignore`, parted
    /// by any white space. A name may hold `=` itself: the last one counts.
    pub fn read(text: &str) -> Result<Self, AssignmentsError> {
        let mut all = HashMap::new();
        for pair in text.split_whitespace() {
            let (endpoint, owner) = pair
                .rsplit_once('=')
                .ok_or_else(|| AssignmentsError::NotAPair(pair.to_owned()))?;
            if !is_endpoint(endpoint) {
                return Err(AssignmentsError::NotAnEndpoint(endpoint.to_owned()));
            }
            let owner = match owner {
                "trunk" => Assigned::Trunk,
                "ignore" => Assigned::Ignored,
                number => number
                    .parse()
                    .map(Assigned::Extension)
                    .map_err(|_| AssignmentsError::NotAnOwner(number.to_owned()))?,
            };
            if all.insert(endpoint.into(), owner).is_some() {
                return Err(AssignmentsError::Twice(endpoint.to_owned()));
            }
        }
        Ok(Self(all))
    }

    /// Whose `endpoint` (`PJSIP/alice`) is; `None` where nothing is written down.
    #[must_use]
    pub fn of(&self, endpoint: &str) -> Option<&Assigned> {
        self.0.get(endpoint)
    }

    /// The endpoints of `extension`, by name.
    #[must_use]
    pub fn endpoints_of(&self, extension: &Extension) -> Vec<&str> {
        let is_theirs =
            |owner: &Assigned| matches!(owner, Assigned::Extension(it) if it == extension);
        let mut endpoints: Vec<&str> = self
            .0
            .iter()
            .filter(|(_, owner)| is_theirs(owner))
            .map(|(endpoint, _)| &**endpoint)
            .collect();
        endpoints.sort_unstable();
        endpoints
    }

    /// Every endpoint that is written down.
    pub fn endpoints(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|endpoint| &**endpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extension(digits: &str) -> Extension {
        digits.parse().unwrap()
    }

    #[test]
    fn an_endpoint_is_an_extensions_a_trunk_or_of_no_interest() {
        let text = "PJSIP/alice=106\n PJSIP/provider=trunk\tPJSIP/door=ignore PJSIP/a=b=107";
        let assigned = Assignments::read(text).unwrap();
        let owned = |digits| Some(Assigned::Extension(extension(digits)));
        assert_eq!(assigned.of("PJSIP/alice").cloned(), owned("106"));
        assert_eq!(assigned.of("PJSIP/a=b").cloned(), owned("107"));
        assert_eq!(assigned.of("PJSIP/provider"), Some(&Assigned::Trunk));
        assert_eq!(assigned.of("PJSIP/door"), Some(&Assigned::Ignored));
        assert_eq!(assigned.of("PJSIP/bob"), None);
    }

    #[test]
    fn an_extension_may_have_several_endpoints() {
        let text = "PJSIP/101-web=101 PJSIP/alice=106 PJSIP/101=101";
        let assigned = Assignments::read(text).unwrap();
        let of = |digits| assigned.endpoints_of(&extension(digits)).join(" ");
        assert_eq!(of("101"), "PJSIP/101 PJSIP/101-web");
        assert_eq!(of("102"), "");
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        use AssignmentsError as Wrong;
        for (text, wrong) in [
            ("PJSIP/alice", Wrong::NotAPair("PJSIP/alice".into())),
            ("alice=106", Wrong::NotAnEndpoint("alice".into())),
            ("PJSIP/=106", Wrong::NotAnEndpoint("PJSIP/".into())),
            ("Local/1@x=106", Wrong::NotAnEndpoint("Local/1@x".into())),
            ("PJSIP/alice=Alice", Wrong::NotAnOwner("Alice".into())),
            ("PJSIP/alice=", Wrong::NotAnOwner(String::new())),
            ("PJSIP/a=1 PJSIP/a=2", Wrong::Twice("PJSIP/a".into())),
        ] {
            assert_eq!(Assignments::read(text), Err(wrong), "{text}");
        }
    }
}
