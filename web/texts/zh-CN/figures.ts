// 公司、坐席和队列的每日统计。
import type { figures as en } from "../en/figures";
import type { Shape } from "../shape";

export const figures: Shape<typeof en> = {
  title: "统计",
  intro: "与外部的通话，按开始当天统计。",
  zone: "日期按 {{zone}} 时区计算。",
  span: "天数",
  last: "{{n}} 天",
  of: "统计对象",
  company: "整个公司",
  agents: "坐席",
  queues: "队列",
  each_day: "每日",
  day: "日期",
  inbound: "呼入",
  outbound: "呼出",
  answered: "已接",
  missed: "未接",
  talk: "通话时长",
  wait: "平均等待",
  wait_agent: "平均振铃",
  chart: "每日通话：已接、未接和呼出。下表为同样的数字。",
  none: "这些天没有通话",
  none_text: "请选择其他日期，或在首次来电后再来查看。",
  about_agent:
    "坐席的未接来电是指在此话机振铃且无人（包括他人）接听的来电。振铃时长是接听前话机振铃的时间。",
  about_queue: "等待时长包括该队列的所有来电者，无论是否接听。",
};
