// 需要人工处理时通知谁。

import type { alerts as en } from "../en/alerts";
import type { Shape } from "../shape";

export const alerts: Shape<typeof en> = {
  title: "告警",
  intro: "出现需要人工处理的情况时，Linecard 通知一次，恢复后再通知一次。也可以通知 Webhook。",
  recipients: "邮件发送至",
  recipients_hint: "电子邮件地址，每输入一个请按回车键。",
  no_mail: "尚未设置邮件服务器",
  no_mail_text: "告警会显示在此处并通知 Webhook，但不会发送邮件。",
  set_up_mail: "设置邮件",
  language: "邮件语言",
  which: "通知内容",
  minutes: "持续分钟数",
  percent: "达到百分比",
  kind: {
    link_down: "与电话系统的连接断开",
    crm_needs_person: "CRM 需要人工处理",
    entries_refused: "CRM 拒绝了通话记录",
    quota_nearly_used: "CRM 配额即将用尽",
    backlog: "通话记录长时间等待写入",
    webhook_off: "Webhook 被停用",
    disk_scarce: "磁盘空间即将用尽",
    certificate: "证书即将到期或无法更换",
    certificate_ends: "证书即将到期",
    certificate_refused: "新证书无法使用",
  },
  now: "当前需要处理",
  none: "当前没有需要处理的情况。",
  since: "开始于 {{time}}",
  mailed: "已发送邮件",
  not_mailed: "尚未发送邮件",
  way_out: "前往处理",
};
