//! What the mail about a trouble says, in the reader's language.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use linecard_store::Alert;
use url::Url;

use super::{AlertLanguage, advice};

/// Subject and text of the mail about an alert: that it is so, or that it is over.
pub(super) fn of(
    language: AlertLanguage,
    alert: &Alert,
    page: Option<Url>,
    zone: &TimeZone,
) -> (String, String) {
    let name = &alert.name;
    let since = time(alert.since, zone);
    let amount = alert.amount.unwrap_or(0);
    let (what, way_out) = match language {
        AlertLanguage::English => english(&alert.kind, amount),
        AlertLanguage::Chinese => chinese(&alert.kind, amount),
    };
    let labels = match language {
        AlertLanguage::English => &ENGLISH,
        AlertLanguage::Chinese => &CHINESE,
    };
    let mut lines = Vec::new();
    let subject = if let Some(ended) = alert.ended {
        lines.push(format!("{}{name}{}{what}", labels.over, labels.colon));
        lines.push(format!("{}{since} – {}", labels.time, time(ended, zone)));
        format!("[Linecard] {}{name}{}{what}", labels.over, labels.colon)
    } else {
        lines.push(format!("{name}{}{what}", labels.colon));
        lines.push(format!("{}{since}", labels.since));
        let said = alert.words.as_ref();
        if let Some(words) = said.filter(|words| !words.text.is_empty()) {
            lines.push(format!("{}{}", labels.words, words.text));
        }
        let known = said.and_then(|words| words.advice.as_ref());
        if let Some(advice) = known.and_then(|it| advice::text(language, it)) {
            lines.push(String::new());
            lines.push(advice);
        }
        lines.push(String::new());
        lines.push(way_out.to_owned());
        lines.extend(page.map(|page| page.to_string()));
        format!("[Linecard] {name}{}{what}", labels.colon)
    };
    lines.push(String::new());
    (one_line(&subject), lines.join("\n"))
}

/// As people of the company read it.
fn time(at: Timestamp, zone: &TimeZone) -> String {
    let at = at.to_zoned(zone.clone());
    at.strftime("%Y-%m-%d %H:%M %Z").to_string()
}

/// A name is somebody's text: it must not begin another header.
fn one_line(text: &str) -> String {
    text.chars().filter(|it| !it.is_control()).collect()
}

struct Labels {
    over: &'static str,
    colon: &'static str,
    since: &'static str,
    time: &'static str,
    words: &'static str,
}

const ENGLISH: Labels = Labels {
    over: "Over: ",
    colon: ": ",
    since: "Since: ",
    time: "From and until: ",
    words: "In its own words: ",
};

const CHINESE: Labels = Labels {
    over: "已恢复：",
    colon: "：",
    since: "开始时间：",
    time: "起止时间：",
    words: "对方原文：",
};

fn english(kind: &str, amount: u64) -> (String, &'static str) {
    match kind {
        "link_down" => (
            "the link to the phone system is down".to_owned(),
            "Calls are not seen while it is down. See here what is wrong:",
        ),
        "crm_needs_person" => (
            "the CRM waits for a person".to_owned(),
            "Calls wait to be written until somebody has put the connection right:",
        ),
        "entries_refused" => (
            format!("the CRM refused {amount} entries"),
            "Put right what the CRM's words say, then have them tried again:",
        ),
        "quota_nearly_used" => (
            format!("{amount} % of the CRM's quota are used"),
            "When it is used up, calls wait until the next day. See what uses it:",
        ),
        "backlog" => (
            format!("{amount} entries wait to be written"),
            "See what they wait for:",
        ),
        "webhook_off" => (
            "the webhook was switched off".to_owned(),
            "Nothing arrives there. Put right what its log says, then switch it on again:",
        ),
        "disk_scarce" => (
            format!("the disk is nearly full: {amount} MiB left"),
            "Make room on the server. Without it calls can no longer be kept:",
        ),
        "certificate_ends" => (
            format!("the certificate ends soon, days left: {amount}"),
            "Put a newer one into its files; Linecard takes it within seconds. When it has ended, \
             browsers turn away:",
        ),
        "certificate_refused" => (
            "the newer certificate cannot be used".to_owned(),
            "The one before it stays until it ends. Put certificate and key right:",
        ),
        other => (other.to_owned(), ""),
    }
}

fn chinese(kind: &str, amount: u64) -> (String, &'static str) {
    match kind {
        "link_down" => (
            "与电话系统的连接已断开".to_owned(),
            "断开期间无法获知通话。请在此查看原因：",
        ),
        "crm_needs_person" => (
            "CRM 需要人工处理".to_owned(),
            "在连接恢复之前，通话记录将等待写入：",
        ),
        "entries_refused" => (
            format!("CRM 拒绝了 {amount} 条记录"),
            "请按 CRM 的说明排除问题，然后重试：",
        ),
        "quota_nearly_used" => (
            format!("CRM 配额已使用 {amount}%"),
            "配额用尽后，通话记录将等到次日写入。请查看用量：",
        ),
        "backlog" => (format!("有 {amount} 条记录等待写入"), "请查看等待的原因："),
        "webhook_off" => (
            "Webhook 已停用".to_owned(),
            "消息无法送达。请按日志排除问题，然后重新启用：",
        ),
        "disk_scarce" => (
            format!("磁盘空间即将用尽，剩余 {amount} MiB"),
            "请在服务器上清理空间，否则将无法保存通话：",
        ),
        "certificate_ends" => (
            format!("证书即将到期，剩余 {amount} 天"),
            "请更新证书文件，Linecard 会在数秒内启用。到期后浏览器将拒绝访问：",
        ),
        "certificate_refused" => (
            "新证书无法使用".to_owned(),
            "在到期之前继续使用旧证书。请修正证书和私钥：",
        ),
        other => (other.to_owned(), ""),
    }
}

#[cfg(test)]
mod tests {
    use linecard_crm::{Advice, AdviceCode, Words};
    use linecard_rules::alerts::Kind;

    use super::*;

    fn alert(kind: Kind) -> Alert {
        Alert {
            key: String::new(),
            kind: kind.as_str().to_owned(),
            name: "Office\r\nBcc: eve@example.com".to_owned(),
            page: "/phone-system".to_owned(),
            amount: Some(7),
            words: None,
            since: Timestamp::UNIX_EPOCH,
            raised: Timestamp::UNIX_EPOCH,
            mailed: false,
            ended: None,
            node: "attic".to_owned(),
            looked: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn x7_every_trouble_has_words_in_both_languages_and_a_way_out() {
        let page: Url = "https://linecard.example/phone-system".parse().unwrap();
        for kind in Kind::ALL {
            for language in [AlertLanguage::English, AlertLanguage::Chinese] {
                let (subject, text) =
                    of(language, &alert(kind), Some(page.clone()), &TimeZone::UTC);
                assert!(!subject.contains(kind.as_str()), "{subject}");
                assert!(text.contains(page.as_str()), "{text}");
            }
        }
    }

    #[test]
    fn x7_mail_says_what_to_do_in_the_language_of_those_who_read_it() {
        let advice = Advice::about(AdviceCode::RightRead, "Lead");
        let words = Some(Words::from("INSUFFICIENT_ACCESS").advising(advice));
        let refused = Alert {
            words,
            ..alert(Kind::CrmNeedsPerson)
        };
        let text = |language| of(language, &refused, None, &TimeZone::UTC).1;
        let english = text(AlertLanguage::English);
        assert!(
            english.contains("In its own words: INSUFFICIENT_ACCESS\n"),
            "{english}"
        );
        assert!(english.contains("may not read Lead records."), "{english}");
        let chinese = text(AlertLanguage::Chinese);
        assert!(
            chinese.contains("对方原文：INSUFFICIENT_ACCESS\n"),
            "{chinese}"
        );
        assert!(chinese.contains("无权读取"), "{chinese}");
        assert!(!chinese.contains("may not read"), "{chinese}");
    }

    #[test]
    fn x7_where_the_crm_said_nothing_mail_quotes_nothing() {
        let refused = Alert {
            words: Some(AdviceCode::NotSignedIn.into()),
            ..alert(Kind::CrmNeedsPerson)
        };
        let (_, text) = of(AlertLanguage::English, &refused, None, &TimeZone::UTC);
        assert!(!text.contains("In its own words"), "{text}");
        assert!(text.contains("Connect it again."), "{text}");
    }

    #[test]
    fn x7_a_name_begins_no_header_of_its_own() {
        let (subject, _) = of(
            AlertLanguage::English,
            &alert(Kind::LinkDown),
            None,
            &TimeZone::UTC,
        );
        assert!(!subject.contains(['\r', '\n']));
    }

    #[test]
    fn x7_the_end_of_a_trouble_is_told_as_such() {
        let over = Alert {
            ended: Some(Timestamp::UNIX_EPOCH),
            ..alert(Kind::Backlog)
        };
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let (subject, text) = of(AlertLanguage::English, &over, None, &zone);
        assert!(subject.starts_with("[Linecard] Over: Office"), "{subject}");
        assert!(text.contains("1970-01-01 08:00 CST"), "{text}");
    }
}
