// 等待写入 CRM 的内容，以及被 CRM 拒绝的内容。
import type { outbox as en } from "../en/outbox";
import type { Shape } from "../shape";

export const outbox: Shape<typeof en> = {
  title: "尚未写入",
  intro: "等待写入 CRM 的内容，以及被 CRM 拒绝的内容。",
  which: "列表",
  parked: "被拒绝",
  waiting: "等待中",
  none_parked: "没有被拒绝的内容",
  none_waiting: "没有等待的内容",
  none_text: "需要写入的内容均已在 CRM 中。",
  replay: "重试",
  replay_all: "全部重试",
  replayed: "已重试：{{n}}",
  attempts: "尝试次数：{{n}}",
  next: "下次尝试 {{time}}",
  hint: "被拒绝的内容不会影响其他通话。请按 CRM 的原话处理后重试。",
  state: {
    waiting: "等待中",
    under_way: "正在写入",
    waiting_for_person: "等待对接恢复",
    parked: "被拒绝",
  },
  kind: { log: "通话", amend: "备注或录音", follow_up: "跟进任务" },
};
