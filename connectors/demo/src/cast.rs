//! Who is in the simulated company, and who calls it.

use linecard_number::Extension;
use linecard_pbx::SampleCaller;

/// A person with a desk phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The phone's number.
    pub extension: Extension,
    /// The person's name.
    pub name: String,
    /// The person's e-mail address, by which auto-bind finds the CRM user.
    pub email: String,
}

/// Several phones that ring at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What is dialled.
    pub number: String,
    /// What it is called.
    pub name: String,
    /// Whose phones ring.
    pub members: Vec<Extension>,
    /// Whether callers wait in line; else it is a ring group.
    pub queue: bool,
}

/// Everybody in the simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cast {
    /// The company's people.
    pub people: Vec<Person>,
    /// Its groups and queues.
    pub groups: Vec<Group>,
    /// Outside callers to choose from.
    pub callers: Vec<SampleCaller>,
}

impl Cast {
    /// A small sales and support team, called by `callers`.
    #[must_use]
    pub fn small_company(callers: Vec<SampleCaller>) -> Self {
        let people: Vec<Person> = [
            ("101", "Alice Adams", "alice@example.com"),
            ("102", "Bob Brown", "bob@example.com"),
            ("103", "Carol Clark", "carol@example.com"),
            ("104", "Dave Dunn", "dave@example.com"),
            ("105", "Erin Evans", "erin@example.com"),
        ]
        .into_iter()
        .filter_map(|(extension, name, email)| {
            Some(Person {
                extension: extension.parse().ok()?,
                name: name.to_owned(),
                email: email.to_owned(),
            })
        })
        .collect();
        let members = |indices: &[usize]| {
            indices
                .iter()
                .filter_map(|index| people.get(*index))
                .map(|person| person.extension.clone())
                .collect()
        };
        let groups = vec![
            Group {
                number: "600".to_owned(),
                name: "Sales".to_owned(),
                members: members(&[0, 1, 3]),
                queue: false,
            },
            Group {
                number: "700".to_owned(),
                name: "Support".to_owned(),
                members: members(&[0, 1, 2]),
                queue: true,
            },
        ];
        Self {
            people,
            groups,
            callers,
        }
    }

    /// The person at `extension`.
    #[must_use]
    pub fn person(&self, extension: &str) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.extension.as_str() == extension)
    }

    /// The group or queue at `number`.
    #[must_use]
    pub fn group(&self, number: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.number == number)
    }
}
