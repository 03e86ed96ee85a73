//! What the page says, in both languages: what happened, why, and what to do.

use crate::api::Language;

/// How a sign-in at a CRM ended.
#[derive(Debug)]
pub(super) enum Outcome {
    Succeeded,
    /// Forged, used before, too old, or begun by somebody else.
    UnknownState,
    /// The address has no state, or neither a code nor an error.
    Incomplete,
    /// The person at the CRM, or the CRM, said no, in these words.
    Denied(String),
    /// The CRM refused the code or could not be asked, in these words.
    Failed(String),
    OtherOrganisation {
        connected: String,
        signed_in: String,
    },
    /// The connection was removed meanwhile.
    Gone,
    /// The store failed, in these words.
    NotKept(String),
}

impl Outcome {
    /// The other side's own words.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Self::Denied(words) | Self::Failed(words) | Self::NotKept(words) => Some(words)
                .filter(|words| !words.is_empty())
                .map(String::as_str),
            _ => None,
        }
    }
}

/// The page's texts.
pub(crate) struct Texts {
    pub(crate) title: &'static str,
    pub(crate) what: String,
    pub(crate) to_do: &'static str,
    /// Stands before the other side's words.
    pub(crate) words: &'static str,
    pub(crate) back: &'static str,
}

impl Texts {
    pub(super) fn of(outcome: &Outcome, language: Language) -> Self {
        match language {
            Language::English => english(outcome),
            Language::Chinese => chinese(outcome),
        }
    }
}

fn english(outcome: &Outcome) -> Texts {
    let (title, what, to_do) = match outcome {
        Outcome::Succeeded => (
            "Authorization succeeded!",
            "The CRM is connected.".to_owned(),
            "You can close this tab. The page that waits shows the result by itself.",
        ),
        Outcome::UnknownState => (
            "This sign-in is not valid",
            "The answer does not belong to a sign-in that you began here, was used before, or \
             came too late. Nothing was changed."
                .to_owned(),
            "Sign in to Linecard in this browser, open the CRM's page and start again with Save.",
        ),
        Outcome::Incomplete => (
            "The answer is incomplete",
            "The CRM sent the browser back without saying how the sign-in went. Nothing was \
             changed."
                .to_owned(),
            "Open the CRM's page and start again with Save.",
        ),
        Outcome::Denied(_) => (
            "Access was not allowed",
            "The CRM says that access was denied. Nothing was changed.".to_owned(),
            "Start again with Save, and choose Allow at the CRM. If the CRM does not let you, ask \
             its administrator to allow the app for you.",
        ),
        Outcome::Failed(_) => (
            "The CRM did not accept the sign-in",
            "Access was allowed, but the CRM did not give the keys for it.".to_owned(),
            "Compare what is filled in on the CRM's page with the app in the CRM, save and try again. \
             A new app in the CRM may take up to 10 minutes to become valid. Where Linecard knows \
             more, the page that waits says it.",
        ),
        Outcome::OtherOrganisation {
            connected,
            signed_in,
        } => (
            "This is another organisation",
            format!(
                "You signed in to the organisation {signed_in}, but {connected} is connected. \
                 Nothing was changed, so that waiting entries do not end up in the wrong CRM."
            ),
            "Sign in with a user of the connected organisation, or disconnect it first.",
        ),
        Outcome::Gone => (
            "The connection is gone",
            "Somebody removed the settings of this CRM meanwhile.".to_owned(),
            "Open the CRM's page, fill in the settings and save.",
        ),
        Outcome::NotKept(_) => (
            "The sign-in could not be kept",
            "Linecard could not write to its database.".to_owned(),
            "Correct what is said below and start again with Save.",
        ),
    };
    Texts {
        title,
        what,
        to_do,
        words: "In its own words:",
        back: "Back to the settings",
    }
}

fn chinese(outcome: &Outcome) -> Texts {
    let (title, what, to_do) = match outcome {
        Outcome::Succeeded => (
            "授权成功！",
            "CRM 已连接。".to_owned(),
            "您可以关闭此标签页。正在等待的页面会自动显示结果。",
        ),
        Outcome::UnknownState => (
            "此次授权无效",
            "该回应不属于您在此处发起的授权，或已被使用，或已过期。未做任何更改。".to_owned(),
            "请在此浏览器中登录 Linecard，打开该 CRM 的页面，再次点击“保存”。",
        ),
        Outcome::Incomplete => (
            "回应不完整",
            "CRM 跳转回来时没有说明授权结果。未做任何更改。".to_owned(),
            "请打开该 CRM 的页面，再次点击“保存”。",
        ),
        Outcome::Denied(_) => (
            "未获得授权",
            "CRM 表示访问被拒绝。未做任何更改。".to_owned(),
            "请再次点击“保存”，并在 CRM 中选择“允许”。如果 CRM 不允许，请联系 CRM 管理员为您开放此应用。",
        ),
        Outcome::Failed(_) => (
            "CRM 未接受此次登录",
            "访问已被允许，但 CRM 没有发放令牌。".to_owned(),
            "请对照 CRM 中的应用程序，检查 CRM 页面中填写的内容，保存后重试。CRM 中新建的应用程序最多可能需要 10 分钟才能生效。如果 Linecard 知道更具体的原因，正在等待的页面会说明。",
        ),
        Outcome::OtherOrganisation {
            connected,
            signed_in,
        } => (
            "这是另一个组织",
            format!(
                "您登录的组织是 {signed_in}，但已连接的组织是 {connected}。为避免等待中的记录写入错误的 CRM，未做任何更改。"
            ),
            "请使用已连接组织的用户登录，或先断开连接。",
        ),
        Outcome::Gone => (
            "该连接已不存在",
            "此 CRM 的设置已被他人删除。".to_owned(),
            "请打开该 CRM 的页面，填写设置并保存。",
        ),
        Outcome::NotKept(_) => (
            "无法保存授权",
            "Linecard 无法写入数据库。".to_owned(),
            "请按下方提示处理，然后再次点击“保存”。",
        ),
    };
    Texts {
        title,
        what,
        to_do,
        words: "对方原文：",
        back: "返回设置",
    }
}
