//! The question whether an app may come in.

use axum::response::{IntoResponse, Response};
use maud::html;

use super::page;
use crate::hubspot::oauth::AuthorizationRequest;
use crate::hubspot::stand_in::StandIn;
use crate::pages::Language;

/// The form. Fields: `user`, and `decision` as `allow` or `deny`.
pub(crate) fn consent(
    stand_in: &StandIn,
    language: Language,
    ticket: &str,
    request: &AuthorizationRequest,
) -> Response {
    let portal = stand_in.portal();
    let first = portal.owners.first().map(|owner| owner.email.clone());
    drop(portal);
    let title = language.pick("Connect to this account?", "连接到此帐户？");
    let body = html! {
        section.card.narrow {
            h1 { (title) }
            p { strong { "Linecard" } (language.pick(" asks for access to:", " 请求访问以下内容：")) }
            ul {
                @for scope in &request.scopes {
                    li { code { (scope) } }
                }
            }
            form method="post" action="/oauth/authorize/consent" {
                input type="hidden" name="request" value=(ticket);
                label {
                    (language.pick("Signed in as", "登录身份"))
                    input name="user" value=(first.unwrap_or_default()) required;
                }
                div.buttons {
                    button type="submit" name="decision" value="deny" { (language.pick("Cancel", "取消")) }
                    button.primary type="submit" name="decision" value="allow" {
                        (language.pick("Connect app", "连接应用"))
                    }
                }
            }
            p.hint {
                (language.pick("Account", "帐户")) " " code { (stand_in.options().portal_id) }
            }
        }
    };
    page(language, title, &body, Some(&request.redirect_uri)).into_response()
}
