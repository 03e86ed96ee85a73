//! What a companion says to a person, in two languages.

use url::Url;

use crate::caller::Caller;
use crate::tunnel::ProxyError;

/// The languages that a companion speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// The one of the two that is in this language.
    pub(crate) fn choose<T>(self, english: T, chinese: T) -> T {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    pub(crate) fn sign_in_here(self, address: &Url) -> String {
        self.choose(
            format!(
                "Sign in to Linecard in your browser. If none has opened, open this address there:\n\
                 {address}"
            ),
            format!("请在浏览器中登录 Linecard。如果浏览器没有打开，请在浏览器中打开此地址：\n{address}"),
        )
    }

    /// On the page that the browser shows at the end.
    pub(crate) fn done(self) -> &'static str {
        self.choose(
            "Signed in. You can close this tab: the companion opens your callers' pages from now on.",
            "已登录。您可以关闭此标签页：桌面助手会从现在起为您打开来电者的页面。",
        )
    }

    pub(crate) fn not_for_you(self) -> &'static str {
        self.choose(
            "This address takes the answer of one sign-in only, and this was not it.",
            "此地址只接收某一次登录的结果，而这不是那次登录。",
        )
    }

    pub(crate) fn greeted(self, name: &str, extension: &str, server: &Url) -> String {
        let server = shown(server);
        self.choose(
            format!("Connected to {server} for {name}, extension {extension}."),
            format!("已连接到 {server}：{name}，分机 {extension}。"),
        )
    }

    /// The connection is gone, for the reason in `words`.
    pub(crate) fn lost(self, server: &Url, words: &str) -> String {
        let server = shown(server);
        self.choose(
            format!("{server} cannot be reached ({words}). No page opens until it can; it is tried again."),
            format!("无法连接 {server}（{words}）。连接恢复前不会打开页面；正在重试。"),
        )
    }

    /// What a proxy has answered, and what to do.
    pub(crate) fn no_way(self, problem: &ProxyError) -> String {
        match problem {
            ProxyError::Unreachable { proxy, words } => self.choose(
                format!("The proxy {proxy} cannot be reached: {words}. Check https_proxy and all_proxy."),
                format!("无法连接代理 {proxy}：{words}。请检查 https_proxy 和 all_proxy。"),
            ),
            ProxyError::Refused { proxy, status: 407 } => self.choose(
                format!(
                    "The proxy {proxy} wants a name and a password, or does not take those that it \
                     was given (407). Write yours into https_proxy, as in \
                     http://name:password@{proxy}; other ways to sign in at a proxy are not spoken."
                ),
                format!(
                    "代理 {proxy} 要求用户名和密码，或不接受已提供的用户名和密码（407）。请写入 https_proxy，\
                     例如 http://name:password@{proxy}；不支持其他代理登录方式。"
                ),
            ),
            ProxyError::Refused { proxy, status } => self.choose(
                format!(
                    "The proxy {proxy} does not lead to the server ({status}). Ask whoever runs the \
                     proxy to let it through; where none is needed, name the server in no_proxy."
                ),
                format!(
                    "代理 {proxy} 未能连接到服务器（{status}）。请联系代理管理员放行；如果不需要代理，请将服务器\
                     写入 no_proxy。"
                ),
            ),
        }
    }

    /// The connection is gone, or there is none, because of the proxy.
    pub(crate) fn lost_at_proxy(self, problem: &ProxyError) -> String {
        let words = self.no_way(problem);
        self.choose(
            format!("{words} No page opens until there is a way; it is tried again."),
            format!("{words}连接恢复前不会打开页面；正在重试。"),
        )
    }

    pub(crate) fn not_opened(self, problem: &str) -> String {
        self.choose(
            format!(
                "A caller's page could not be opened: {problem}. Set a default browser for your \
                 desktop; `xdg-open https://example.com` shows whether it works."
            ),
            format!(
                "无法打开来电者的页面：{problem}。请为桌面设置默认浏览器；可用 \
                 `xdg-open https://example.com` 检查是否正常。"
            ),
        )
    }

    pub(crate) fn signed_out(self, server: &Url) -> String {
        let server = shown(server);
        self.choose(
            format!("Signed out of {server}."),
            format!("已从 {server} 退出登录。"),
        )
    }

    pub(crate) fn signed_out_here_only(self, server: &Url, words: &str) -> String {
        let server = shown(server);
        self.choose(
            format!(
                "Signed out on this computer. {server} could not be told ({words}): sign the device \
                 out there, too, under your name > Devices."
            ),
            format!(
                "已在此电脑上退出登录，但无法通知 {server}（{words}）：请同时在那里点击您的姓名 > 设备，\
                 将此设备退出登录。"
            ),
        )
    }

    /// The title of a notification.
    pub(crate) fn is_calling(self, caller: &Caller) -> String {
        match caller.who() {
            Some(who) => self.choose(format!("{who} is calling"), format!("{who} 来电")),
            None => self.choose("Unknown caller", "未知来电").to_owned(),
        }
    }

    /// What stands below it, a line each.
    pub(crate) fn about(self, caller: &Caller) -> String {
        let queue = caller.queue().map(|queue| {
            let (english, chinese) = (format!("Queue: {queue}"), format!("队列：{queue}"));
            self.choose(english, chinese)
        });
        let lines = [caller.company(), caller.number(), queue];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        lines.join("\n")
    }

    /// What a click on it does.
    pub(crate) fn open_page(self) -> &'static str {
        self.choose("Open the caller's page", "打开来电者的页面")
    }

    pub(crate) fn no_notices(self, problem: &str) -> String {
        self.choose(
            format!(
                "Your desktop shows no notifications ({problem}), so nothing says who calls. Pages open \
                 all the same. A notification service has to run, such as your desktop's own or dunst."
            ),
            format!(
                "桌面无法显示通知（{problem}），因此不会提示谁来电；页面仍会打开。需要有通知服务在运行，例如桌面\
                 自带的服务或 dunst。"
            ),
        )
    }

    pub(crate) fn nobody_signed_in(self) -> &'static str {
        self.choose("Nobody is signed in here.", "此处没有人登录。")
    }
}

/// An address as people write it, without the slash at its end.
pub(crate) fn shown(address: &Url) -> String {
    address.as_str().trim_end_matches('/').to_owned()
}

/// A text where markup is read.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
