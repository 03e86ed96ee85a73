//! What an invitation says, in the reader's language; in both where it is not known.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use crate::api::Language;

/// What the words depend on.
pub(super) struct Letter<'a> {
    /// Whose invitation it is.
    pub(super) name: &'a str,
    /// Signs the person in, once.
    pub(super) link: &'a Url,
    /// Until when it does.
    pub(super) until: Timestamp,
    /// The company's.
    pub(super) zone: &'a TimeZone,
}

impl Letter<'_> {
    /// Subject and text.
    pub(super) fn written(&self, language: Option<Language>) -> (String, String) {
        match language {
            Some(Language::English) => (ENGLISH.to_owned(), self.english()),
            Some(Language::Chinese) => (CHINESE.to_owned(), self.chinese()),
            None => (
                format!("{ENGLISH} / {CHINESE}"),
                format!("{}\n{}", self.english(), self.chinese()),
            ),
        }
    }

    fn english(&self) -> String {
        format!(
            "Hello {},\n\n\
             you are invited to Linecard, which joins your phone and your CRM. Open this link to sign \
             in:\n\n{}\n\n\
             It works once, until {}. Keep it to yourself: whoever opens it signs in as you. After that \
             you can choose a password in the account menu.\n\
             If it has expired, ask your administrator for another one.\n",
            self.name,
            self.link,
            self.time()
        )
    }

    fn chinese(&self) -> String {
        format!(
            "{}，您好！\n\n\
             您已受邀使用 Linecard，它将您的电话与 CRM 连接起来。请打开以下链接登录：\n\n{}\n\n\
             该链接仅可使用一次，有效期至 {}。请勿转发：打开链接的人将以您的身份登录。登录后可在账号菜单中\
             设置密码。\n\
             如果链接已失效，请联系管理员重新发送。\n",
            self.name,
            self.link,
            self.time()
        )
    }

    fn time(&self) -> String {
        let until = self.until.to_zoned(self.zone.clone());
        until.strftime("%Y-%m-%d %H:%M %Z").to_string()
    }
}

const ENGLISH: &str = "Your invitation to Linecard";
const CHINESE: &str = "Linecard 邀请您登录";

#[cfg(test)]
mod tests {
    use super::*;

    fn written(language: Option<Language>) -> (String, String) {
        let letter = Letter {
            name: "李雷",
            link: &"https://linecard.example/sign-in?token=abc"
                .parse()
                .unwrap(),
            until: Timestamp::UNIX_EPOCH,
            zone: &TimeZone::get("Asia/Shanghai").unwrap(),
        };
        letter.written(language)
    }

    #[test]
    fn an_invitation_has_its_link_and_its_end_in_the_readers_language() {
        let (subject, text) = written(Some(Language::English));
        assert_eq!(subject, ENGLISH);
        assert!(text.contains("\nhttps://linecard.example/sign-in?token=abc\n"));
        assert!(text.contains("until 1970-01-01 08:00 CST"), "{text}");
        let (subject, text) = written(Some(Language::Chinese));
        assert_eq!(subject, CHINESE);
        assert!(text.contains("有效期至 1970-01-01 08:00 CST"), "{text}");
    }

    #[test]
    fn who_has_chosen_no_language_reads_both() {
        let (subject, text) = written(None);
        assert!(subject.contains(ENGLISH) && subject.contains(CHINESE));
        assert_eq!(text.matches("token=abc").count(), 2);
    }
}
