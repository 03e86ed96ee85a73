// 首次设置、登录和账号菜单。
import type { session as en } from "../en/session";
import type { Shape } from "../shape";

export const session: Shape<typeof en> = {
  sign_in: "登录",
  sign_in_text: "请使用管理员分配给你的账号。",
  password: "密码",
  sign_out: "退出登录",
  again: "会话已结束",
  again_text:
    "请以 {{email}} 重新登录后继续。您在此页面输入的内容仍在。如果您通过链接登录，请在另一个标签页中打开链接，然后返回此处。",
  account: "账号",
  language: "语言",
  english: "English",
  chinese: "简体中文",
  appearance: "外观",
  light: "浅色",
  dark: "深色",
  auto: "系统",
  link_checking: "正在登录…",
  link_failed: "此登录链接无法使用",
  link_other_way: "使用密码登录",
  no_extension: "此账号没有分机",
  no_extension_text: "Desk 显示一个分机的通话。请管理员在“分机”页面邀请你。",
  to_console: "打开管理网页",
  set_up: "设置 Linecard",
  set_up_text: "创建第一个管理员账号。只需一分钟，且只做一次。",
  set_up_no_token: "请打开 Linecard 输出的链接",
  set_up_no_token_text:
    "为了安全，第一个管理员只能通过 Linecard 启动时输出的一次性链接创建。请在终端或服务日志中查找该链接。",
  set_up_done: "Linecard 已完成设置",
  set_up_done_text: "管理员账号已存在，请使用该账号登录。",
  your_name: "你的姓名",
  password_hint: "至少 10 个字符。连续几个词语便于记忆。",
  password_short: "请至少使用 10 个字符。",
  country: "国家/地区",
  country_hint: "决定如何识别没有国家代码的号码。",
  time_zone: "时区",
  time_zone_hint: "用于写入 CRM 的时间。",
  create: "创建管理员",
};
