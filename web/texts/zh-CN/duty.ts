// 坐席可选择的值班状态，由管理员设置。
import type { duty as enDuty } from "../en/duty";
import type { Shape } from "../shape";

export const duty: Shape<typeof enDuty> = {
  title: "值班状态",
  intro: "除值班和未值班外，坐席在 Desk 中还可以选择的状态。",
  reasons: "小休原因",
  reasons_hint:
    "按 Desk 中的显示顺序排列。“Lunch”“Meeting”“Training” 会以读者的语言显示。留空则小休不需要原因。",
  wrap_up: "话后处理时间",
  wrap_up_hint:
    "与外部通话结束后，坐席有这么长时间整理记录；在 Desk 中点击“立即就绪”可提前结束。0 表示不启用。",
  seconds: "秒",
};
