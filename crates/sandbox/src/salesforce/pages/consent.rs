//! Sign-in, and the question whether an application may come in.

use axum::response::{IntoResponse, Response};
use maud::html;

use super::{CRM, page};
use crate::pages::{Language, SignIn};
use crate::salesforce::oauth::AuthorizationRequest;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::sobjects::schema::Object;
use crate::salesforce::stand_in::StandIn;

/// The form that asks who sits there. Fields: `username`, `password`.
pub(crate) fn sign_in(
    stand_in: &StandIn,
    language: Language,
    ticket: &str,
    leads_to: &str,
    username: &str,
    wrong: bool,
) -> Response {
    let admin = first_user(stand_in);
    let username = if username.is_empty() {
        &admin
    } else {
        username
    };
    SignIn {
        crm: CRM,
        action: "/services/oauth2/authorize/sign-in",
        name: language.pick("Username", "用户名"),
        refusal: language.pick(
            "No active user has this name and password.",
            "没有使用此用户名和密码的有效用户。",
        ),
        ticket,
        leads_to,
        username,
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
    user: &RecordId,
) -> Response {
    let application = &stand_in.options().application.name;
    let organisation = stand_in.organisation();
    let user_name = organisation
        .records
        .get(user)
        .map(|user| user.text("Username").to_owned())
        .unwrap_or_default();
    drop(organisation);
    let title = language.pick("Allow access?", "允许访问？");
    let body = html! {
        section.card.narrow {
            h1 { (title) }
            p { strong { (application) } (language.pick(" asks for access to:", " 请求访问以下内容：")) }
            ul {
                @for scope in &request.scopes {
                    li { (describe(language, scope)) " " code { (scope) } }
                }
            }
            form.buttons method="post" action="/services/oauth2/authorize/consent" {
                input type="hidden" name="request" value=(ticket);
                button type="submit" name="decision" value="deny" { (language.pick("Deny", "拒绝")) }
                button.primary type="submit" name="decision" value="allow" { (language.pick("Allow", "允许")) }
            }
            p.hint { (language.pick("You are signed in as ", "当前登录用户：")) code { (user_name) } }
        }
    };
    page(language, title, &body, Some(&request.redirect_uri)).into_response()
}

fn first_user(stand_in: &StandIn) -> String {
    stand_in
        .organisation()
        .records
        .of(Object::User)
        .next()
        .map(|user| user.text("Username").to_owned())
        .unwrap_or_default()
}

fn describe(language: Language, scope: &str) -> &str {
    let (english, chinese) = match scope {
        "api" => ("Read and write the records you may see", "读写您可见的记录"),
        "refresh_token" | "offline_access" => {
            ("Do so at any time, without you", "无需您在场，随时执行")
        }
        "id" | "openid" | "profile" | "email" | "address" | "phone" => {
            ("Know who you are", "了解您的身份")
        }
        "full" => ("Everything you may do", "您可执行的所有操作"),
        _ => ("Also", "另有"),
    };
    language.pick(english, chinese)
}
