// 拨号方案把已知来电转给谁。

import type { routing as en } from "../en/routing";
import type { Shape } from "../shape";

export const routing: Shape<typeof en> = {
  title: "将已知来电转给联系人的所有者",
  text: "拨号方案询问 Linecard 来电者的联系人属于哪个分机，并呼叫该分机。其他来电者，以及 Linecard 停止期间的所有来电者，按拨号方案原有的路线处理。",
  default: "默认分机",
  default_hint: "来电者没有所有者时响铃的分机。",
  agi: "通过 FastAGI",
  agi_text:
    '适用于同一台机器上的电话系统，需在 Linecard 配置中设置 agi.listen = "127.0.0.1:4573"。无需令牌。',
  http: "通过 HTTP",
  http_text: "适用于任何能访问 Linecard 的电话系统。拨号方案需出示令牌。",
  token_none: "尚无令牌：任何人都不能通过 HTTP 询问。",
  token_since: "当前有效的令牌创建于 {{date}}。",
  token_new: "请立即填入拨号方案：之后不再显示。",
  token: "令牌",
  make: "创建令牌",
  replace: "创建新令牌",
  replace_title: "要创建新令牌吗？",
  replace_text: "旧令牌立即失效：仍使用旧令牌的拨号方案将立即改走默认路线。",
  take_back: "收回令牌",
};
