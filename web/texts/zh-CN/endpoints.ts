// 话机或线路属于谁，以及管理员在哪里指定。
import type { endpoints as en } from "../en/endpoints";
import type { Shape } from "../shape";

export const endpoints: Shape<typeof en> = {
  title: "话机与线路",
  text: "Linecard 跟踪属于分机的话机以及外线上的通话。此处的选择优先于正则表达式。",
  endpoint: "话机或线路",
  owner: "归属",
  extension: "分机号",
  found_extension: "分机 {{number}}（自动识别）",
  found_trunk: "外线（自动识别）",
  found_nobody: "未指定",
  found: "按正则表达式识别",
  as_extension: "分机",
  as_trunk: "外线",
  as_ignored: "忽略",
  save_hint: "保存后会重新建立连接，并重新读取正在进行的通话。",
  not_listed: "电话系统连接后即可获取列表。",
  none: "电话系统没有列出任何话机或线路。",
  nobody_one: "有 {{count}} 个话机或线路未指定归属",
  nobody_other: "有 {{count}} 个话机或线路未指定归属",
  nobody_text: "{{names}} 的通话未被跟踪。请指定其归属。",
  and_more: "{{names}} 等另外 {{count}} 个",
  assign: "指定归属",
  assign_title: "它们属于谁？",
  needs_extension: "数字、* 或 #，最多 10 位",
  presentation: "主叫可能隐藏号码",
  presentation_hint:
    "有些线路即使主叫要求隐藏号码，仍会把号码传给电话系统。启用后，Linecard 会先向 Asterisk 查询每个主叫，不显示也不使用被隐藏的号码。",
  presentation_lines: "适用的线路",
  presentation_lines_hint: "正则表达式，例如 PJSIP/trunk.*",
  test: "测试",
  test_good: "连接正常：{{version}} 已应答",
};
