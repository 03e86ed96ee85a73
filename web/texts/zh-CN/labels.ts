// 各页面通用的项目名称。
import type { labels as en } from "../en/labels";
import type { Shape } from "../shape";

export const labels: Shape<typeof en> = {
  name: "名称",
  email: "电子邮箱",
  status: "状态",
  since: "自 {{time}} 起",
  their_words: "对方的原话",
};
