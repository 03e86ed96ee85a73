// 组织的设置。
import type { settings as en } from "../en/settings";
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
  denied: "从不拨打以下开头的号码",
  denied_text: "例如收费号码和卫星电话号段：+1900、+882",
  allowed: "只拨打以下开头的号码",
  allowed_text: "例如 +86、+852。留空：可拨打所有未禁止的号码。",
  allowed_none: "所有号码",
  home_addresses: "主页地址",
  home_addresses_text: "访问 Linecard 的地址，在 Linecard 的配置文件中设置。",
};
