//! What is shown where the web pages were not built into the program.

use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use maud::{DOCTYPE, html};

use crate::headers;

pub(super) fn page(nonce: &str) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { "Linecard" }
                style nonce=(nonce) { "body{font:16px/1.5 system-ui,sans-serif;margin:3rem}" }
            }
            body { main {
                h1 { "The web pages have not been built" }
                p { "Linecard runs, but this program was made without its pages. Build them with "
                    code { "npm ci && npm run build" } " in the folder " code { "web" }
                    ", then build Linecard again; or start it with " code { "make demo" } "." }
                p lang="zh-CN" { "Linecard 正在运行，但此程序不包含网页。请在 " code { "web" }
                    " 目录中运行 " code { "npm ci && npm run build" }
                    "，然后重新构建 Linecard；或使用 " code { "make demo" } " 启动。" }
            } }
        }
    };
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(
            header::CONTENT_SECURITY_POLICY,
            headers::plain_page_policy(nonce),
        )],
        Html(page.into_string()),
    )
        .into_response()
}
