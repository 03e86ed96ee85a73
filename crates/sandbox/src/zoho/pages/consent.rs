//! Sign-in, and the question whether an application may come in.

use axum::response::{IntoResponse, Response};
use maud::html;

use super::{CRM, page};
use crate::pages::{Language, SignIn};
use crate::zoho::oauth::AuthorizationRequest;
use crate::zoho::people::User;
use crate::zoho::stand_in::StandIn;

/// The form that asks who sits there. Fields: `username`, `password`.
pub(crate) fn sign_in(
    stand_in: &StandIn,
    language: Language,
    ticket: &str,
    leads_to: &str,
    username: &str,
    wrong: bool,
) -> Response {
    let username = if username.is_empty() {
        let organisation = stand_in.organisation();
        let first = organisation.users.first().map(|user| user.email.clone());
        first.unwrap_or_default()
    } else {
        username.to_owned()
    };
    SignIn {
        crm: CRM,
        action: "/oauth/v2/auth/sign-in",
        name: language.pick("E-mail address", "邮箱"),
        refusal: language.pick(
            "No active user has this e-mail address and password.",
            "没有使用此邮箱和密码的有效用户。",
        ),
        ticket,
        leads_to,
        username: &username,
        password: &stand_in.options().password,
        wrong,
    }
    .respond(language)
}

/// The question. The buttons send `decision` as `allow` or `deny`.
pub(crate) fn consent(
    stand_in: &StandIn,
    language: Language,
    ticket: &str,
    request: &AuthorizationRequest,
    user: u64,
) -> Response {
    let application = &stand_in.options().application.name;
    let who = stand_in.organisation().user(user).map(User::full_name);
    let title = language.pick("Allow access?", "允许访问？");
    let body = html! {
        section.card.narrow {
            h1 { (title) }
            p { strong { (application) } (language.pick(" asks for access to:", " 请求访问以下内容：")) }
            ul {
                @for scope in &request.scopes {
                    li { code { (scope) } }
                }
            }
            form.buttons method="post" action="/oauth/v2/auth/consent" {
                input type="hidden" name="request" value=(ticket);
                button type="submit" name="decision" value="deny" { (language.pick("Reject", "拒绝")) }
                button.primary type="submit" name="decision" value="allow" { (language.pick("Accept", "接受")) }
            }
            p.hint {
                (language.pick("You are signed in as ", "当前登录用户："))
                code { (who.unwrap_or_default()) }
            }
        }
    };
    page(language, title, &body, Some(&request.redirect_uri)).into_response()
}
