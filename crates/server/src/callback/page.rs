//! The page itself: no script, one style tag, every text escaped.

use axum::http::header;
use axum::response::{Html, IntoResponse as _, Response};
use linecard_clock::Entropy;
use maud::{DOCTYPE, html};

use super::texts::Texts;
use crate::api::Language;
use crate::headers;

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f6f8;color:#1c2127}\
main{max-width:34rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:.75rem;\
box-shadow:0 1px 4px #0002;border-top:.3rem solid #b42318}\
main.good{border-top-color:#17803d}h1{font-size:1.4rem;margin:0 0 1rem}\
blockquote{margin:1rem 0;padding:.5rem 1rem;border-left:.2rem solid #98a2b3;\
overflow-wrap:anywhere;white-space:pre-wrap}a{color:#0b5cad}\
@media(prefers-color-scheme:dark){body{background:#14171a;color:#e6e8eb}main{background:#1f2428}\
a{color:#6db3f2}}";

/// The longest words that are shown, in characters.
const LONGEST_WORDS: usize = 1_000;

/// A page that says how something ended at another site.
pub(crate) struct Page<'a> {
    pub(crate) language: Language,
    pub(crate) texts: Texts,
    pub(crate) words: Option<&'a str>,
    pub(crate) is_good: bool,
    /// The path of the page to go back to.
    pub(crate) back: &'a str,
}

impl Page<'_> {
    pub(crate) fn respond(&self, entropy: &dyn Entropy) -> Response {
        let nonce = headers::nonce(entropy);
        let policy = headers::plain_page_policy(&nonce);
        let page = self.html(&nonce);
        ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
    }

    fn html(&self, nonce: &str) -> String {
        let texts = &self.texts;
        let words = self
            .words
            .map(|words| words.chars().take(LONGEST_WORDS).collect::<String>());
        html! {
            (DOCTYPE)
            html lang=(self.language.as_str()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (texts.title) " – Linecard" }
                    style nonce=(nonce) { (maud::PreEscaped(STYLE)) }
                }
                body {
                    main class=[self.is_good.then_some("good")] {
                        h1 { (texts.title) }
                        p { (texts.what) }
                        @if let Some(words) = words {
                            p { (texts.words) }
                            blockquote { (words) }
                        }
                        p { (texts.to_do) }
                        p { a href=(self.back) { (texts.back) } }
                    }
                }
            }
        }
        .into_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::texts::Outcome;
    use super::*;

    fn page(outcome: &Outcome, language: Language) -> String {
        Page {
            language,
            texts: Texts::of(outcome, language),
            words: outcome.words(),
            is_good: matches!(outcome, Outcome::Succeeded),
            back: "/integrations/crm/salesforce",
        }
        .html("abc")
    }

    #[test]
    fn a11_the_words_of_the_crm_are_shown_as_text() {
        let denied = Outcome::Denied("<script>alert(1)</script>".to_owned());
        let page = page(&denied, Language::English);
        assert!(
            page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{page}"
        );
        assert!(!page.contains("<script"), "{page}");
    }

    #[test]
    fn a11_a_success_is_said_in_the_readers_language() {
        let english = page(&Outcome::Succeeded, Language::English);
        assert!(english.contains("Authorization succeeded!"));
        let chinese = page(&Outcome::Succeeded, Language::Chinese);
        assert!(chinese.contains("授权成功") && chinese.contains(r#"lang="zh-CN""#));
    }

    #[test]
    fn a24_both_organisations_are_named() {
        let outcome = Outcome::OtherOrganisation {
            connected: "00D1".to_owned(),
            signed_in: "00D2".to_owned(),
        };
        for language in [Language::English, Language::Chinese] {
            let page = page(&outcome, language);
            assert!(page.contains("00D1") && page.contains("00D2"), "{page}");
        }
    }
}
