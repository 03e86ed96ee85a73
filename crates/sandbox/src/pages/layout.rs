//! What all pages share: head, banner, headers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};
use url::Url;

use super::language::Language;

/// A page on its way to the browser.
pub(crate) struct Page(Response);

impl Page {
    pub(crate) fn status(mut self, status: StatusCode) -> Response {
        *self.0.status_mut() = status;
        self.0
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        self.0
    }
}

/// A whole page of the stand-in for `crm`. `leads_to` is where a form on it may send the browser in the end: browsers apply
/// `form-action` to the redirects that follow a form, too.
pub(crate) fn page(
    crm: &str,
    language: Language,
    title: &str,
    body: &Markup,
    leads_to: Option<&str>,
) -> Page {
    let (name, apart) = match language {
        Language::English => (
            format!("Stand-in for {crm}"),
            "not affiliated – for demos and tests".to_owned(),
        ),
        Language::SimplifiedChinese => (
            format!("{crm} 替身"),
            format!("与 {crm} 无关，仅供演示与测试"),
        ),
    };
    let markup = html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (name) }
                link rel="stylesheet" href="/style.css";
            }
            body {
                header {
                    a href="/" { (name) }
                    span { (apart) }
                }
                main { (body) }
            }
        }
    };
    let mut response = Html(markup.into_string()).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy(leads_to)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    Page(response)
}

fn policy(leads_to: Option<&str>) -> String {
    let origin = leads_to
        .and_then(|address| Url::parse(address).ok())
        .map(|address| address.origin())
        .filter(url::Origin::is_tuple)
        .map(|origin| format!(" {}", origin.ascii_serialization()))
        .unwrap_or_default();
    format!(
        "default-src 'none'; style-src 'self'; form-action 'self'{origin}; base-uri 'none'; \
         frame-ancestors 'none'"
    )
}
