//! The doctor's findings in both languages.

use linecard_asterisk::doctor::{Finding, Level, ReadClass, WriteClass};
use linecard_pbx::{Problem, ProblemKind};

use crate::language::Language;

/// What was found.
pub(super) fn finding(language: Language, finding: &Finding) -> String {
    let (english, chinese) = match finding {
        Finding::SignedIn { version } => (
            format!("{version} let this user in."),
            format!("{version} 允许此用户登录。"),
        ),
        Finding::Reads { class } | Finding::NotRead { class } | Finding::ReadUntold { class } => {
            read(finding.level(), *class)
        }
        Finding::Writes { class } | Finding::NotWritten { class } => {
            written(finding.level() == Level::Ok, *class)
        }
        Finding::TooWide { class } => (
            format!(
                "write = {class}: whoever has this secret can run programs on the phone system."
            ),
            format!("write = {class}：持有此密钥的人可以在电话系统上运行程序。"),
        ),
        Finding::RightsUntold => (
            "Asterisk does not say which actions this user may send.".to_owned(),
            "Asterisk 未说明此用户可以发送哪些操作。".to_owned(),
        ),
        Finding::InTheClear => (
            "The connection leaves this machine unencrypted: names and numbers can be read on \
             the way, and the secret can be guessed from them at leisure."
                .to_owned(),
            "连接未加密且离开本机：沿途可以读到姓名和号码，并可据此慢慢猜出密钥。".to_owned(),
        ),
        Finding::Private => (
            "Nobody on the network can read along.".to_owned(),
            "网络上的其他人无法窃听此连接。".to_owned(),
        ),
        Finding::Phones { count } => (
            format!("Phones of the company that Asterisk knows: {count}."),
            format!("Asterisk 已知的公司话机：{count} 部。"),
        ),
        Finding::NoPhones => (
            "None of the devices that Asterisk knows is a phone of the company.".to_owned(),
            "Asterisk 已知的设备中没有公司的话机。".to_owned(),
        ),
        Finding::NoLines => (
            "None of the devices that Asterisk knows is a line to the outside.".to_owned(),
            "Asterisk 已知的设备中没有外线。".to_owned(),
        ),
        Finding::Unassigned { devices, count } => {
            let (names, more) = (devices.join(", "), count - devices.len());
            let (en, zh) = if more == 0 {
                (String::new(), String::new())
            } else {
                (format!(" and {more} more"), format!("，另有 {more} 个"))
            };
            (
                format!("Nobody has said whose these are: {names}{en}. Their calls are not seen."),
                format!("以下设备尚未指明归属：{names}{zh}。它们的通话不会被看到。"),
            )
        }
        Finding::MemberWithoutState { queue, interface } => (
            format!("Queue {queue} rings {interface} and does not see whether that phone is busy."),
            format!("队列 {queue} 呼叫 {interface}，但看不到该话机是否占线。"),
        ),
        Finding::Filtered => (
            "Only some events of a call arrive: an eventfilter of this user or disabledevents \
             holds others back."
                .to_owned(),
            "只收到通话的部分事件：此用户的 eventfilter 或 disabledevents 拦截了其余事件。"
                .to_owned(),
        ),
        Finding::NoDialEvents => (
            "A phone rang and no DialBegin came: calls will look as if nobody had been called."
                .to_owned(),
            "话机响铃但没有 DialBegin 事件：通话看上去像没有呼叫任何人。".to_owned(),
        ),
        Finding::NoBridgeEvents => (
            "A phone answered and no BridgeEnter came: no call will look answered.".to_owned(),
            "话机已接听但没有 BridgeEnter 事件：所有通话都会显示为未接。".to_owned(),
        ),
    };
    language.choose(english, chinese)
}

fn read(level: Level, class: ReadClass) -> (String, String) {
    let name = class.name();
    let (for_en, for_zh) = match class {
        ReadClass::Call => ("calls are seen", "可以看到通话"),
        ReadClass::Agent => ("queues are seen", "可以看到队列"),
        ReadClass::System => (
            "a start and a stop of Asterisk are noticed",
            "可以察觉 Asterisk 的启动和停止",
        ),
    };
    let (but_en, but_zh) = match class {
        ReadClass::Call => ("no call is seen", "看不到任何通话"),
        ReadClass::Agent => ("queues look like silence", "看不到任何队列活动"),
        ReadClass::System => (
            "Linecard waits two seconds longer after each sign-in and takes a stop for a crash",
            "每次登录都会多等两秒，并会把正常停止当作故障",
        ),
    };
    match level {
        Level::Ok => (
            format!("read = {name}: {for_en}."),
            format!("read = {name}：{for_zh}。"),
        ),
        Level::Untold => (
            format!(
                "read = {name}: cannot be asked; a call {}shows it.",
                into(class).0
            ),
            format!("read = {name}：无法查询；{}通话即可得知。", into(class).1),
        ),
        Level::Warning | Level::Missing => (
            format!("read = {name} is missing: {but_en}."),
            format!("缺少 read = {name}：{but_zh}。"),
        ),
    }
}

fn into(class: ReadClass) -> (&'static str, &'static str) {
    match class {
        ReadClass::Agent => ("into a queue ", "一次进入队列的"),
        ReadClass::Call | ReadClass::System => ("", "一次"),
    }
}

fn written(held: bool, class: WriteClass) -> (String, String) {
    let name = class.name();
    let (en, zh) = match class {
        WriteClass::Call => ("hang up and transfer", "挂断和转接"),
        WriteClass::Originate => ("place calls (click-to-call)", "发起呼叫（点击拨号）"),
        WriteClass::Reporting => (
            "tell the version, and a restart from a lost line",
            "得知版本，并区分重启与断线",
        ),
        WriteClass::Agent => ("pause queue members", "暂停队列成员"),
    };
    if held {
        (
            format!("write = {name}: Linecard can {en}."),
            format!("write = {name}：Linecard 可以{zh}。"),
        )
    } else {
        (
            format!("write = {name} is missing: Linecard cannot {en}."),
            format!("缺少 write = {name}：Linecard 无法{zh}。"),
        )
    }
}

/// What to do about it, where something is to be done.
pub(super) fn advice(language: Language, finding: &Finding) -> Option<String> {
    let advice = match finding {
        Finding::NotRead { .. } | Finding::NotWritten { .. } => {
            let line = finding.line()?;
            language.choose(
                format!("In manager.conf, under this user: {line}; then `manager reload`."),
                format!("在 manager.conf 的此用户下写入：{line}；然后执行 `manager reload`。"),
            )
        }
        Finding::TooWide { .. } => {
            let line = finding.line()?;
            language.choose(
                format!("In manager.conf, no more than: {line}"),
                format!("在 manager.conf 中只写：{line}"),
            )
        }
        Finding::InTheClear => language.choose(
            "Run Linecard on the phone system's own machine or behind a VPN, or let it connect \
             with TLS: tlsenable in manager.conf, --tls-fingerprint here."
                .to_owned(),
            "请将 Linecard 运行在电话系统本机或 VPN 内，或使用 TLS 连接：manager.conf 中设置 \
             tlsenable，此处加 --tls-fingerprint。"
                .to_owned(),
        ),
        Finding::NoPhones | Finding::NoLines | Finding::Unassigned { .. } => language.choose(
            "Say with --own which devices are phones, with --trunk which are lines (and in the \
             Console, under Phone system)."
                .to_owned(),
            "请用 --own 指明话机，用 --trunk 指明外线（在控制台的“电话系统”中同样设置）。"
                .to_owned(),
        ),
        Finding::MemberWithoutState { interface, .. } => language.choose(
            format!("In queues.conf: member => {interface},0,Name,PJSIP/101 with the agent's phone."),
            format!("在 queues.conf 中：member => {interface},0,姓名,PJSIP/101（坐席的话机）。"),
        ),
        Finding::Filtered | Finding::NoDialEvents | Finding::NoBridgeEvents => language.choose(
            "Take eventfilter (of this user) and disabledevents (of [general]) out of \
             manager.conf; then `manager reload`."
                .to_owned(),
            "请从 manager.conf 中去掉此用户的 eventfilter 和 [general] 的 disabledevents；然后执行 \
             `manager reload`。"
                .to_owned(),
        ),
        _ => return None,
    };
    Some(advice)
}

/// Why nobody could sign in, and what to do.
pub(super) fn problem(language: Language, problem: &Problem) -> String {
    let (english, chinese) = match problem.kind {
        ProblemKind::Unreachable => (
            "Nothing answers there. Check host and port; in manager.conf, enabled = yes and \
             bindaddr; and the firewall between here and there.",
            "该地址没有应答。请检查主机和端口、manager.conf 中的 enabled = yes 和 bindaddr，以及中间的防火墙。",
        ),
        ProblemKind::NotAPhoneSystem => (
            "Something answers there, but not Asterisk's manager interface. Its port is usually \
             5038.",
            "该地址有应答，但不是 Asterisk 管理接口。其端口通常为 5038。",
        ),
        ProblemKind::WrongSecret => (
            "Asterisk refuses this user or secret. Check both, and that permit in manager.conf \
             has the address of this machine.",
            "Asterisk 拒绝此用户或密钥。请检查两者，并确认 manager.conf 的 permit 包含本机地址。",
        ),
        ProblemKind::MissingRight => (
            "This user lacks a right without which nothing works. In manager.conf: read = \
             call,agent,system,user and write = call,originate,reporting,agent; and \
             allowmultiplelogin = yes while Linecard is signed in as the same user.",
            "此用户缺少必需的权限。在 manager.conf 中：read = call,agent,system,user 和 \
             write = call,originate,reporting,agent；若 Linecard 正以同一用户登录，还需 allowmultiplelogin = yes。",
        ),
        ProblemKind::Restarting => (
            "Asterisk is stopping or starting. Try again in a moment.",
            "Asterisk 正在停止或启动。请稍后重试。",
        ),
        ProblemKind::UnknownEndpoint => (
            "A call goes by devices that nobody has assigned: it is not seen.",
            "有通话经过尚未指明归属的设备：不会被看到。",
        ),
        ProblemKind::MissingEvents => (
            "Some events that calls are made of do not come: look at disabledevents and \
             eventfilter in manager.conf.",
            "缺少构成通话的部分事件：请查看 manager.conf 的 disabledevents 和 eventfilter。",
        ),
        ProblemKind::Records => (
            "The phone system's call records cannot be read.",
            "无法读取电话系统的通话记录。",
        ),
        ProblemKind::Paused => (
            "It stands still since a restore, until an admin confirms it in the Console.",
            "自恢复备份后已暂停，需管理员在控制台确认。",
        ),
        ProblemKind::Lost | ProblemKind::Garbled => (
            "The connection broke off. Try again; if it happens again, look at Asterisk's log.",
            "连接中断。请重试；若再次发生，请查看 Asterisk 的日志。",
        ),
    };
    format!("{} ({})", language.choose(english, chinese), problem.words)
}

/// The level, as it stands before a finding.
pub(super) fn level(language: Language, level: Level) -> &'static str {
    match level {
        Level::Ok => language.choose("ok     ", "正常"),
        Level::Untold => language.choose("later  ", "待定"),
        Level::Warning => language.choose("warning", "警告"),
        Level::Missing => language.choose("missing", "缺少"),
    }
}
