//! Why nobody was let in, in both languages: what happened, and what to do.

use linecard_oidc::OidcError;
use linecard_store::StoreError;

use crate::api::Language;
use crate::callback::Texts;

/// Why nobody was let in.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Sign-ins at a provider are switched off.
    NotSetUp,
    /// Too many at once.
    TooMany,
    /// Forged, used before, too old, or begun by another browser.
    NotBegunHere,
    /// The person at the provider, or the provider, said no, in these words.
    Denied(String),
    /// The provider was not believed, or could not be asked.
    Provider(OidcError),
    /// Nobody with this address has an account.
    NotInvited(String),
    /// The account is disabled.
    Disabled,
    /// The store failed, in these words.
    NotKept(String),
}

impl From<OidcError> for Outcome {
    fn from(error: OidcError) -> Self {
        Self::Provider(error)
    }
}

impl From<StoreError> for Outcome {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed at a sign-in");
        Self::NotKept(error.to_string())
    }
}

impl Outcome {
    /// A stable word for it.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NotSetUp => "not_set_up",
            Self::TooMany => "too_many",
            Self::NotBegunHere => "not_begun_here",
            Self::Denied(_) => "denied",
            Self::Provider(error) => error.code(),
            Self::NotInvited(_) => "not_invited",
            Self::Disabled => "disabled",
            Self::NotKept(_) => "not_kept",
        }
    }

    /// The other side's own words, or the address in question.
    pub(super) fn words(&self) -> Option<&str> {
        match self {
            Self::Denied(words) | Self::NotInvited(words) | Self::NotKept(words) => Some(words),
            Self::Provider(error) => error.words(),
            _ => None,
        }
    }

    pub(super) fn texts(&self, language: Language) -> Texts {
        match language {
            Language::English => self.english(),
            Language::Chinese => self.chinese(),
        }
    }

    fn english(&self) -> Texts {
        let (what, to_do) = match self {
            Self::NotSetUp => (
                "Signing in at an identity provider is switched off here.",
                "Sign in with your password, or ask an administrator.",
            ),
            Self::TooMany => (
                "Too many people sign in at this moment.",
                "Wait a few seconds and try again.",
            ),
            Self::NotBegunHere => (
                "This sign-in was begun in another browser or tab, more than ten minutes ago, or it \
                 has been used already.",
                "Begin again on the sign-in page. If it happens every time, the browser keeps no \
                 cookies for this address, or Linecard was opened under another address than its \
                 home address.",
            ),
            Self::Denied(_) => (
                "The identity provider did not sign you in.",
                "Try again. If you may not use this application there, ask whoever looks after the \
                 identity provider.",
            ),
            Self::Provider(OidcError::Unreachable(_)) => (
                "Linecard could not reach the identity provider.",
                "Try again in a minute. An administrator can test the connection under \
                 Settings > Single sign-on.",
            ),
            Self::Provider(OidcError::NotAProvider(_)) => (
                "What answers at the issuer's address is not an identity provider, or is not in \
                 order.",
                "An administrator can check the issuer under Settings > Single sign-on.",
            ),
            Self::Provider(OidcError::WrongIssuer(_)) => (
                "The identity provider names another issuer than the one set up here.",
                "An administrator copies the issuer letter for letter, with or without the slash \
                 at its end, into Settings > Single sign-on.",
            ),
            Self::Provider(OidcError::Refused(_)) => (
                "The identity provider gave no token.",
                "An administrator compares client ID, client secret and redirect address with what \
                 is registered at the provider.",
            ),
            Self::Provider(OidcError::Expired(_)) => (
                "The provider's token had expired when it came.",
                "The clocks of this server and of the provider are more than a minute apart: an \
                 administrator sets this server's clock by NTP.",
            ),
            Self::Provider(OidcError::Token(_)) => (
                "The provider's token was not good: it was not signed by the provider, or not meant \
                 for this sign-in.",
                "Begin again on the sign-in page. If it happens every time, an administrator looks \
                 at the client ID and at the provider's signing keys.",
            ),
            Self::Provider(OidcError::NoEmail) => (
                "The identity provider told no e-mail address, so nobody knows whose account it is.",
                "Whoever looks after the provider lets it release the claim email to Linecard.",
            ),
            Self::Provider(OidcError::EmailNotVerified(_)) => (
                "The identity provider does not vouch for your e-mail address.",
                "Verify the address at the provider. Whoever looks after it lets it release the \
                 claim email_verified (Microsoft Entra ID: xms_edov).",
            ),
            Self::NotInvited(_) => (
                "You are known to the identity provider, but nobody has invited you to Linecard.",
                "Ask an administrator to invite you with this address, or to write it beside your \
                 extension.",
            ),
            Self::Disabled => (
                "Your account is disabled.",
                "Ask an administrator to enable it.",
            ),
            Self::NotKept(_) => (
                "Linecard could not read or write its database.",
                "Try again in a moment; Linecard's log says more.",
            ),
        };
        Texts {
            title: "You are not signed in",
            what: what.to_owned(),
            to_do,
            words: match self {
                Self::NotInvited(_) | Self::Provider(OidcError::EmailNotVerified(_)) => {
                    "The address:"
                }
                _ => "In its own words:",
            },
            back: "Back to the sign-in page",
        }
    }

    fn chinese(&self) -> Texts {
        let (what, to_do) = match self {
            Self::NotSetUp => (
                "此处未启用通过身份提供商登录。",
                "请使用密码登录，或联系管理员。",
            ),
            Self::TooMany => ("此刻登录的人太多。", "请等待几秒后重试。"),
            Self::NotBegunHere => (
                "此次登录是在其他浏览器或标签页中发起的、已超过十分钟，或已被使用。",
                "请在登录页面重新开始。如果每次都这样，则是浏览器未保存此地址的 Cookie，\
                 或打开 Linecard 的地址与其主页地址不同。",
            ),
            Self::Denied(_) => (
                "身份提供商未让您登录。",
                "请重试。如果您在那里无权使用此应用，请联系身份提供商的管理人员。",
            ),
            Self::Provider(OidcError::Unreachable(_)) => (
                "Linecard 无法连接身份提供商。",
                "请稍后重试。管理员可在“设置 > 单点登录”中测试连接。",
            ),
            Self::Provider(OidcError::NotAProvider(_)) => (
                "签发者地址上的应答不是身份提供商，或其配置有误。",
                "管理员可在“设置 > 单点登录”中检查签发者。",
            ),
            Self::Provider(OidcError::WrongIssuer(_)) => (
                "身份提供商自称的签发者与此处设置的不同。",
                "管理员应将签发者逐字（包括末尾有无斜杠）填入“设置 > 单点登录”。",
            ),
            Self::Provider(OidcError::Refused(_)) => (
                "身份提供商未发放令牌。",
                "管理员应将客户端 ID、客户端密钥和重定向地址与提供商处登记的内容进行核对。",
            ),
            Self::Provider(OidcError::Expired(_)) => (
                "提供商的令牌到达时已过期。",
                "本服务器与提供商的时钟相差超过一分钟：管理员应通过 NTP 校准本服务器的时钟。",
            ),
            Self::Provider(OidcError::Token(_)) => (
                "提供商的令牌无效：并非由提供商签名，或不属于此次登录。",
                "请在登录页面重新开始。如果每次都这样，管理员应检查客户端 ID 和提供商的签名密钥。",
            ),
            Self::Provider(OidcError::NoEmail) => (
                "身份提供商未提供电子邮件地址，因此无法确定账号。",
                "请提供商的管理人员允许向 Linecard 提供 email 声明。",
            ),
            Self::Provider(OidcError::EmailNotVerified(_)) => (
                "身份提供商未确认您的电子邮件地址。",
                "请在提供商处验证该地址。提供商的管理人员应允许提供 email_verified 声明\
                 （Microsoft Entra ID：xms_edov）。",
            ),
            Self::NotInvited(_) => (
                "身份提供商认识您，但还没有人邀请您使用 Linecard。",
                "请管理员用此地址邀请您，或将其填写在您的分机旁。",
            ),
            Self::Disabled => ("您的账号已停用。", "请管理员启用该账号。"),
            Self::NotKept(_) => (
                "Linecard 无法读写数据库。",
                "请稍后重试；Linecard 的日志中有更多信息。",
            ),
        };
        Texts {
            title: "您尚未登录",
            what: what.to_owned(),
            to_do,
            words: match self {
                Self::NotInvited(_) | Self::Provider(OidcError::EmailNotVerified(_)) => "该地址：",
                _ => "对方原文：",
            },
            back: "返回登录页面",
        }
    }
}
