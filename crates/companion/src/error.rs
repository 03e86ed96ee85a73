//! Why a companion ends, for people: what happened, and what to do.

use std::io;
use std::path::PathBuf;

use url::Url;

use crate::Language;
use crate::tunnel::ProxyError;
use crate::words::shown;

/// Why a companion ends. [`Error::told`] says it to a person.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No address was given, and none is known.
    #[error("nobody is signed in, and no server was named")]
    NoServer,
    /// What was given is no server's address.
    #[error("{0} is no address of a server")]
    Address(String),
    /// Somebody is signed in at another server.
    #[error("signed in at {0} already")]
    OtherServer(Url),
    /// Another companion of this person runs.
    #[error("a companion runs already")]
    Running,
    /// The file of the sign-in cannot be used.
    #[error("{path}: {error}")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the machine says.
        error: io::Error,
    },
    /// The browser's answer cannot be waited for.
    #[error("no port of this machine can be listened at: {0}")]
    Port(io::Error),
    /// The agent said no.
    #[error("the sign-in was refused")]
    Denied,
    /// Nobody signed in in time.
    #[error("nobody signed in in time")]
    TooLate,
    /// The server does not answer.
    #[error("{server} cannot be reached: {words}")]
    Unreachable {
        /// Which one.
        server: Url,
        /// What the network says.
        words: String,
    },
    /// The server answers something else than tokens.
    #[error("{server} gives no tokens: {words}")]
    NoTokens {
        /// Which one.
        server: Url,
        /// What it answers.
        words: String,
    },
    /// The server does not know this device any more.
    #[error("signed out of {0}")]
    SignedOut(Url),
    /// This variable of the environment names no proxy that can be spoken to. What it says may hold a
    /// password.
    #[error("{0} names no proxy that can be used")]
    ProxyAddress(&'static str),
    /// There is no way through the proxy.
    #[error(transparent)]
    Proxy(#[from] ProxyError),
}

impl Error {
    /// What a person is told of it.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        match language {
            Language::English => self.in_english(),
            Language::Chinese => self.in_chinese(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Self::NoServer => {
                "Nobody is signed in here. Start the companion with the address of your \
                 Linecard, as in the address bar of Desk: \
                 linecard companion --server https://linecard.example.com"
                    .to_owned()
            }
            Self::Address(text) => {
                format!(
                    "“{text}” is no address of a server. Write it as in the address bar of Desk, \
                     for example https://linecard.example.com"
                )
            }
            Self::OtherServer(server) => {
                format!(
                    "Signed in at {} already. Sign out there first: linecard companion sign-out",
                    shown(server)
                )
            }
            Self::Running => {
                "A companion runs for you already. End it first to start another.".to_owned()
            }
            Self::File { path, error } => {
                format!(
                    "{} cannot be used: {error}. Check that you may write there; or delete it \
                     and sign in again.",
                    path.display()
                )
            }
            Self::Port(error) => {
                format!(
                    "The browser's answer cannot be waited for: no port of 127.0.0.1 can be \
                     listened at ({error}). Close programs that you do not need and start it again."
                )
            }
            Self::Denied => {
                "The sign-in was refused, so nothing has changed. Start the companion again if \
                 that was a mistake."
                    .to_owned()
            }
            Self::TooLate => {
                "Nobody signed in within ten minutes. Start the companion again when you are at \
                 your browser."
                    .to_owned()
            }
            Self::Unreachable { server, words } => {
                format!(
                    "{} cannot be reached: {words}. Check the address, and that this computer \
                     trusts its certificate.",
                    shown(server)
                )
            }
            Self::NoTokens { server, words } => {
                format!(
                    "{} did not let the companion in: {words}. Check that the address leads to \
                     Linecard, and sign in again.",
                    shown(server)
                )
            }
            Self::SignedOut(server) => {
                format!(
                    "This computer was signed out of {}, so no pages open here. To sign in again: \
                     linecard companion --server {}",
                    shown(server),
                    shown(server)
                )
            }
            Self::ProxyAddress(variable) => {
                format!(
                    "What {variable} says is no proxy that can be used. Write it as \
                     {variable}=http://proxy.example.com:3128; HTTP is spoken to proxies, and nothing \
                     else."
                )
            }
            Self::Proxy(problem) => Language::English.no_way(problem),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            Self::NoServer => {
                "此处没有人登录。请使用贵公司 Linecard 的地址（与工作台地址栏中相同）启动桌面助手：\
                 linecard companion --server https://linecard.example.com"
                    .to_owned()
            }
            Self::Address(text) => {
                format!(
                    "“{text}”不是服务器地址。请按工作台地址栏中的写法填写，例如 https://linecard.example.com"
                )
            }
            Self::OtherServer(server) => {
                format!(
                    "已登录到 {}。请先退出登录：linecard companion sign-out",
                    shown(server)
                )
            }
            Self::Running => "您的桌面助手已在运行。如果要另外启动一个，请先结束它。".to_owned(),
            Self::File { path, error } => {
                format!(
                    "无法使用 {}：{error}。请检查您是否有写入权限；也可以删除该文件后重新登录。",
                    path.display()
                )
            }
            Self::Port(error) => {
                format!(
                    "无法等待浏览器的登录结果：不能监听 127.0.0.1 的任何端口（{error}）。请关闭不需要的程序，\
                     然后重新启动桌面助手。"
                )
            }
            Self::Denied => {
                "登录被拒绝，未做任何更改。如果这是误操作，请重新启动桌面助手。".to_owned()
            }
            Self::TooLate => {
                "十分钟内没有人登录。请在可以使用浏览器时重新启动桌面助手。".to_owned()
            }
            Self::Unreachable { server, words } => {
                format!(
                    "无法连接 {}：{words}。请检查地址，并确认此电脑信任其证书。",
                    shown(server)
                )
            }
            Self::NoTokens { server, words } => {
                format!(
                    "{} 未允许桌面助手登录：{words}。请确认该地址是 Linecard，然后重新登录。",
                    shown(server)
                )
            }
            Self::SignedOut(server) => {
                format!(
                    "此电脑已从 {} 退出登录，不会再打开页面。如需重新登录：linecard companion --server {}",
                    shown(server),
                    shown(server)
                )
            }
            Self::ProxyAddress(variable) => {
                format!(
                    "{variable} 中的代理地址无法使用。请写成 {variable}=http://proxy.example.com:3128；\
                     仅支持 HTTP 代理。"
                )
            }
            Self::Proxy(problem) => Language::Chinese.no_way(problem),
        }
    }
}
