//! A list of people to be invited, as a spreadsheet saves it, and who of them can be. Pure.

use std::collections::BTreeSet;

use linecard_book::exchange::csv::rows_of;
use linecard_book::exchange::{Row, cell};
use linecard_number::Extension;
use linecard_store::NewAccount;

use super::Role;
use crate::api::{Language, input};
use crate::problem::FieldProblems;

/// How many people a list may have.
pub(super) const MOST: usize = 5_000;

/// The list cannot be read as one.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ListError {
    #[error(
        "The first row must name the columns `name`, `email`, `role`, `extension`; there is no name \
         or no e-mail in it."
    )]
    NoHeader,
    #[error("The list has more than {MOST} people. Part it into several.")]
    TooLong,
}

impl ListError {
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoHeader => "list_without_header",
            Self::TooLong => "list_too_long",
        }
    }
}

/// What is there already.
#[derive(Debug, Default)]
pub(super) struct There {
    /// The company's extensions.
    pub(super) extensions: BTreeSet<Extension>,
    /// Those that are somebody's.
    pub(super) taken: BTreeSet<Extension>,
    /// The addresses that are somebody's, in small letters.
    pub(super) addresses: BTreeSet<String>,
}

/// Somebody who can be invited.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) row: u64,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: Role,
    pub(super) extension: Option<Extension>,
    pub(super) language: Option<Language>,
}

/// A row that is left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) row: u64,
    pub(super) code: &'static str,
    pub(super) detail: String,
}

/// A list, read and judged.
#[derive(Debug, Default)]
pub(super) struct PeopleList {
    pub(super) people: Vec<Person>,
    pub(super) wrong: Vec<Wrong>,
}

impl PeopleList {
    /// Reads a file. `language` is that of people whose row names none.
    pub(super) fn read(
        file: &[u8],
        language: Option<Language>,
        mut there: There,
    ) -> Result<Self, ListError> {
        // One more for the names of the columns, and one to tell that there are too many.
        let mut rows = rows_of(file, MOST + 2).into_iter();
        let header = rows.next().and_then(|row| row.content.ok());
        let columns = header.as_deref().and_then(Columns::read);
        let columns = columns.ok_or(ListError::NoHeader)?;
        if rows.len() > MOST {
            return Err(ListError::TooLong);
        }
        let mut list = Self::default();
        for row in rows {
            let number = row.at.row;
            match columns.person(row, language, &mut there) {
                Ok(person) => list.people.push(person),
                Err((code, detail)) => list.wrong.push(Wrong {
                    row: number,
                    code,
                    detail,
                }),
            }
        }
        Ok(list)
    }
}

/// Where the columns stand.
struct Columns {
    name: usize,
    email: usize,
    role: Option<usize>,
    extension: Option<usize>,
    language: Option<usize>,
}

impl Columns {
    fn read(header: &[String]) -> Option<Self> {
        let place = |words: &[&str]| {
            header
                .iter()
                .position(|name| words.contains(&folded(name).as_str()))
        };
        Some(Self {
            name: place(NAME)?,
            email: place(EMAIL)?,
            role: place(ROLE),
            extension: place(EXTENSION),
            language: place(LANGUAGE),
        })
    }

    fn person(
        &self,
        row: Row<Vec<String>>,
        language: Option<Language>,
        there: &mut There,
    ) -> Result<Person, (&'static str, String)> {
        let cells = row
            .content
            .map_err(|fault| (fault.fault.code(), fault.to_string()))?;
        let cell = |column: Option<usize>| {
            let text = column.and_then(|column| cells.get(column));
            cell::unescaped(text.map_or("", String::as_str)).trim()
        };
        let mut fields = FieldProblems::default();
        let name = input::name(&mut fields, "name", cell(Some(self.name)));
        let email = input::email(&mut fields, "email", cell(Some(self.email)));
        if let Some(problem) = fields.into_first() {
            return Err((problem.code, problem.detail));
        }
        let role = match cell(self.role) {
            "" => Role::Agent,
            word => named(word, ROLES).ok_or_else(|| {
                let detail = format!("{word} is no role: write agent, supervisor or admin.");
                ("unknown_role", detail)
            })?,
        };
        let language = match cell(self.language) {
            "" => language,
            word => Some(named(word, LANGUAGES).ok_or_else(|| {
                let detail = format!("{word} is no language: write en or zh-CN.");
                ("unknown_language", detail)
            })?),
        };
        let extension = extension(cell(self.extension), role, there)?;
        if !there.addresses.insert(email.to_lowercase()) {
            let detail = format!("{email} has an account already, or stands in an earlier row.");
            return Err(("email_taken", detail));
        }
        there.taken.extend(extension.clone());
        Ok(Person {
            row: row.at.row,
            name,
            email,
            role,
            extension,
            language,
        })
    }
}

fn extension(
    text: &str,
    role: Role,
    there: &There,
) -> Result<Option<Extension>, (&'static str, String)> {
    if text.is_empty() {
        return match role {
            Role::Agent => Err(("no_extension", "An agent needs an extension.".to_owned())),
            Role::Supervisor | Role::Admin => Ok(None),
        };
    }
    let extension: Extension = text
        .parse()
        .map_err(|error| ("not_an_extension", format!("{error}")))?;
    if !there.extensions.contains(&extension) {
        let detail = format!("There is no extension {extension}: add it under Extensions first.");
        return Err(("unknown_extension", detail));
    }
    if there.taken.contains(&extension) {
        let detail = format!("{extension} is somebody's already, or stands in an earlier row.");
        return Err(("extension_taken", detail));
    }
    Ok(Some(extension))
}

impl From<Person> for NewAccount {
    fn from(person: Person) -> Self {
        Self {
            email: person.email,
            name: person.name,
            role: person.role.into(),
            extension: person.extension,
            language: person.language.map(|it| it.as_str().to_owned()),
            password_hash: None,
        }
    }
}

/// A word as it is compared: small letters and digits only.
fn folded(text: &str) -> String {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn named<T: Copy>(word: &str, words: &[(T, &[&str])]) -> Option<T> {
    let word = folded(word);
    let known = words.iter().find(|(_, of)| of.contains(&word.as_str()));
    known.map(|(it, _)| *it)
}

// The names of columns and what stands in them, as `folded` writes them.
const NAME: &[&str] = &["name", "fullname", "displayname", "姓名", "名称", "全名"];
const EMAIL: &[&str] = &[
    "email",
    "emailaddress",
    "mail",
    "邮箱",
    "邮箱地址",
    "电子邮箱",
    "电子邮件",
    "邮件",
    "邮件地址",
];
const ROLE: &[&str] = &["role", "角色", "权限"];
const EXTENSION: &[&str] = &["extension", "ext", "分机", "分机号", "分机号码"];
const LANGUAGE: &[&str] = &["language", "语言"];
const ROLES: &[(Role, &[&str])] = &[
    (Role::Admin, &["admin", "administrator", "管理员"]),
    (Role::Supervisor, &["supervisor", "主管"]),
    (Role::Agent, &["agent", "坐席", "座席", "客服"]),
];
const LANGUAGES: &[(Language, &[&str])] = &[
    (Language::English, &["en", "english", "英语", "英文"]),
    (
        Language::Chinese,
        &["zh", "zhcn", "chinese", "中文", "简体中文", "汉语"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn extensions(numbers: &[&str]) -> BTreeSet<Extension> {
        numbers.iter().map(|it| it.parse().unwrap()).collect()
    }

    fn there() -> There {
        There {
            extensions: extensions(&["101", "102", "103"]),
            taken: extensions(&["103"]),
            addresses: BTreeSet::from(["ada@example.com".to_owned()]),
        }
    }

    fn read(file: &[u8]) -> PeopleList {
        PeopleList::read(file, Some(Language::English), there()).unwrap()
    }

    #[test]
    fn a_list_has_its_columns_in_any_order_and_a_role_that_is_not_said_is_the_least() {
        let list = read(
            b"Ext;E-mail;Role;Name\n101;eve@example.com;;Eve\n;max@example.com;Supervisor;Max\n",
        );
        assert_eq!(list.wrong, []);
        let told: Vec<_> = list
            .people
            .iter()
            .map(|it| (it.row, it.name.as_str(), it.role, it.extension.is_some()))
            .collect();
        assert_eq!(
            told,
            [
                (2, "Eve", Role::Agent, true),
                (3, "Max", Role::Supervisor, false)
            ]
        );
    }

    #[test]
    fn a_chinese_list_is_read_in_the_encoding_of_chinese_spreadsheets() {
        // 姓名,电子邮箱,角色,分机号,语言 and 李雷,lilei@example.com,坐席,102,中文 in GB18030.
        let file = [
            b"\xd0\xd5\xc3\xfb,\xb5\xe7\xd7\xd3\xd3\xca\xcf\xe4,\xbd\xc7\xc9\xab,".as_slice(),
            b"\xb7\xd6\xbb\xfa\xba\xc5,\xd3\xef\xd1\xd4\r\n",
            b"\xc0\xee\xc0\xd7,lilei@example.com,\xd7\xf8\xcf\xaf,102,\xd6\xd0\xce\xc4\r\n",
        ];
        let list = read(&file.concat());
        assert_eq!(list.wrong, []);
        assert_eq!(list.people[0].name, "李雷");
        assert_eq!(list.people[0].language, Some(Language::Chinese));
    }

    #[test]
    fn a_western_list_is_read_in_the_encoding_of_western_spreadsheets() {
        let list = read(b"Name;Email;Extension\nJ\xf6rg M\xfcller;joerg@example.com;101\n");
        assert_eq!(list.people[0].name, "Jörg Müller");
    }

    #[test]
    fn every_row_that_cannot_be_invited_says_why_and_the_others_can() {
        let file = "name,email,role,extension\n\
            ,a@example.com,agent,101\n\
            Bob,nowhere,agent,101\n\
            Cay,c@example.com,boss,101\n\
            Dan,d@example.com,agent,\n\
            Eve,e@example.com,agent,199\n\
            Fay,f@example.com,agent,103\n\
            Ada,ADA@example.com,admin,\n\
            Gil,g@example.com,agent,101\n\
            Hal,h@example.com,agent,101\n\
            Ivy,G@example.com,admin,\n\
            Jim,j@example.com,agent,x y\n\
            \"Kim,k@example.com,agent,102\n";
        let list = read(file.as_bytes());
        let told: Vec<_> = list.wrong.iter().map(|it| (it.row, it.code)).collect();
        assert_eq!(
            told,
            [
                (2, "required"),
                (3, "email_invalid"),
                (4, "unknown_role"),
                (5, "no_extension"),
                (6, "unknown_extension"),
                (7, "extension_taken"),
                (8, "email_taken"),
                (10, "extension_taken"),
                (11, "email_taken"),
                (12, "not_an_extension"),
                (13, "broken_quote"),
            ]
        );
        assert_eq!(list.people.len(), 1);
    }

    #[test]
    fn a_cell_that_was_made_safe_for_a_spreadsheet_is_read_as_it_was() {
        let list = read(b"name,email,extension\n'=Eve,eve@example.com,101\n");
        assert_eq!(list.people[0].name, "=Eve");
    }

    #[test]
    fn a_list_without_names_of_columns_and_one_that_is_too_long_are_refused() {
        let refused = |file: &[u8]| PeopleList::read(file, None, there()).unwrap_err();
        assert_eq!(refused(b""), ListError::NoHeader);
        assert_eq!(refused(b"Eve,eve@example.com\n"), ListError::NoHeader);
        let long = format!("name,email\n{}", "Eve,eve@example.com\n".repeat(MOST + 1));
        assert_eq!(refused(long.as_bytes()), ListError::TooLong);
    }
}
