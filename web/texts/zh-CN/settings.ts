// 组织的设置。
import type { settings as en, audit as enAudit } from "../en/settings";
import type { Shape } from "../shape";

export const settings: Shape<typeof en> = {
  title: "设置",
  intro: "适用于整个组织的设置。",
  organisation: "组织",
  ranges: "分机号范围",
  ranges_text: "此范围内的号码是分机，不会作为电话号码查找。",
  from: "起始",
  to: "结束",
  add_range: "添加范围",
  no_ranges: "没有范围：6 位以内的号码可能被当作电话号码。",
  bad_range: "只能填写数字，两者位数相同，起始不大于结束。",
  dial: "点击拨号",
  dial_text:
    "坐席可以从 Desk 拨打哪些外部号码。可防止被盗账号产生高额话费；电话系统自身的规则同样有效。",
  dial_log: "查看拨打记录",
  denied: "从不拨打以下开头的号码",
  denied_text: "例如收费号码和卫星电话号段：+1900、+882",
  allowed: "只拨打以下开头的号码",
  allowed_text: "例如 +86、+852。留空：可拨打所有未禁止的号码。",
  allowed_none: "所有号码",
  home_addresses: "主页地址",
  home_addresses_text: "访问 Linecard 的地址，在 Linecard 的配置文件中设置。",
};

// 谁通过点击拨打了哪些电话。
export const audit: Shape<typeof enAudit> = {
  title: "点击拨号记录",
  intro: "谁从 Desk 拨打了哪些号码、结果如何，包括被拒绝的拨打。",
  none: "还没有人从 Desk 拨打电话",
  none_text: "坐席的每次拨打，以及每次被拒绝的拨打，都会列在这里。",
  at: "时间",
  who: "拨打者",
  number: "号码",
  result_label: "结果",
  gone: "账号已移除",
  unknown: "未知",
  more: "显示更早的记录",
  result: {
    answered: "本机已接起",
    own_phone_not_answered: "本机无人接起",
    own_phone_busy: "本机正忙",
    own_phone_declined: "本机拒接",
    own_phone_unreachable: "本机无法接通",
    no_such_number: "没有此号码",
    missing_right: "缺少拨打权限",
    given_up: "已放弃",
    phone_system_not_connected: "电话系统未连接",
    link_lost: "期间连接中断",
    phone_system_timed_out: "电话系统没有应答",
    cannot_dial: "电话系统不支持拨打",
    phone_system_refused: "被电话系统拒绝",
    not_a_number: "已拒绝：不是号码",
    own_extension: "已拒绝：自己的分机",
    denied_number: "已拒绝：禁止拨打的号段",
    number_not_allowed: "已拒绝：不在允许的号段内",
  },
};
