//! What Linecard knows about a failure, as mail says it: in the words of the pages.

use linecard_crm::Advice;

use super::AlertLanguage;

const ENGLISH: &str = include_str!("../../../../web/texts/en/crmAdvice.json");
const CHINESE: &str = include_str!("../../../../web/texts/zh-CN/crmAdvice.json");

/// The advice in that language; `None` when there is no text for it, which no test lets through.
pub(super) fn text(language: AlertLanguage, advice: &Advice) -> Option<String> {
    let texts = match language {
        AlertLanguage::English => ENGLISH,
        AlertLanguage::Chinese => CHINESE,
    };
    // Mail is rare: nothing is gained by keeping them read.
    let texts: serde_json::Value = serde_json::from_str(texts).ok()?;
    let text = texts.get(advice.code.code())?.as_str()?;
    Some(text.replace("{{about}}", advice.about.as_deref().unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use linecard_crm::AdviceCode;

    use super::*;

    #[test]
    fn x7_every_advice_has_a_text_in_both_languages_that_mail_can_say() {
        for code in AdviceCode::ALL {
            for language in [AlertLanguage::English, AlertLanguage::Chinese] {
                let told = text(language, &Advice::about(*code, "crm.example")).unwrap();
                assert!(!told.contains("{{"), "{told}");
                let is_chinese = told
                    .chars()
                    .any(|it| ('\u{4e00}'..='\u{9fff}').contains(&it));
                assert_eq!(is_chinese, language == AlertLanguage::Chinese, "{told}");
            }
        }
    }

    #[test]
    fn no_text_is_for_an_advice_that_there_is_not() {
        for texts in [ENGLISH, CHINESE] {
            let texts: serde_json::Map<_, _> = serde_json::from_str(texts).unwrap();
            assert_eq!(texts.len(), AdviceCode::ALL.len());
        }
    }
}
