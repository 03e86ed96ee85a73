//! The form that asks who sits there, where a CRM has users with passwords.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::{Language, page};

/// What a sign-in page shows. The form sends `request`, `username` and `password`.
pub(crate) struct SignIn<'a> {
    /// The CRM's name.
    pub(crate) crm: &'a str,
    /// Where the form goes.
    pub(crate) action: &'a str,
    /// What the CRM calls the field `username`.
    pub(crate) name: &'a str,
    /// What a wrong name or password is told.
    pub(crate) refusal: &'a str,
    /// Ties the answer to the authorization request.
    pub(crate) ticket: &'a str,
    /// Where consent may send the browser in the end.
    pub(crate) leads_to: &'a str,
    /// What stands in the field at first.
    pub(crate) username: &'a str,
    /// The password of every user. Nothing here is secret.
    pub(crate) password: &'a str,
    /// Whether the last answer was turned down.
    pub(crate) wrong: bool,
}

impl SignIn<'_> {
    pub(crate) fn respond(&self, language: Language) -> Response {
        let title = language.pick("Sign in", "登录");
        let body = html! {
            section.card.narrow {
                h1 { (title) }
                @if self.wrong {
                    p.problem role="alert" { (self.refusal) }
                }
                form method="post" action=(self.action) {
                    input type="hidden" name="request" value=(self.ticket);
                    label {
                        (self.name)
                        input name="username" value=(self.username) autocomplete="username" required;
                    }
                    label {
                        (language.pick("Password", "密码"))
                        input type="password" name="password" autocomplete="current-password" autofocus required;
                    }
                    button.primary type="submit" { (title) }
                }
                p.hint {
                    (language.pick("Here every user's password is ", "此处所有用户的密码均为 "))
                    code { (self.password) }
                }
            }
        };
        let status = if self.wrong {
            StatusCode::FORBIDDEN
        } else {
            StatusCode::OK
        };
        page(self.crm, language, title, &body, Some(self.leads_to)).status(status)
    }
}
