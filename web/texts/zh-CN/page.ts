// 各页面的外框：产品名、导航、缺失的页面。
import type { page as en } from "../en/page";
import type { Shape } from "../shape";

export const page: Shape<typeof en> = {
  product: "Linecard",
  loading: "正在加载",
  navigation: "主导航",
  skip: "跳到主要内容",
  to_home: "返回首页",
  missing: "没有这个页面",
  missing_text: "地址可能有误，或页面已移动。",
  new_version: "Linecard 已更新，请重新加载页面。",
};
