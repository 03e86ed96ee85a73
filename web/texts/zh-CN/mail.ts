// 通过哪台服务器发送邮件。

import type { mail as en } from "../en/mail";
import type { Shape } from "../shape";

export const mail: Shape<typeof en> = {
  title: "邮件",
  intro: "Linecard 通过此服务器发送邮件：向您指定的人员发送告警。",
  fields: {
    host: "服务器",
    port: "端口",
    security: "加密方式",
    user: "用户名",
    user_hint: "服务器不要求登录时请留空。",
    password: "密码",
    password_set: "已保存密码。留空则保持不变。",
    sender: "发件人地址",
    sender_name: "发件人名称",
    authority: "自有证书颁发机构（PEM）",
    authority_hint: "仅当服务器证书不是由公共机构签发时需要。",
  },
  security: {
    tls: "TLS（通常为 465 端口）",
    start_tls: "STARTTLS（通常为 587 端口）",
    plain: "不加密，且不使用密码",
  },
  remove: "移除服务器",
  remove_title: "移除邮件服务器？",
  remove_text: "将不再发送邮件，其密码一并删除。",
  test: "发送测试邮件",
  test_text: "使用已保存的设置。",
  test_to: "收件人",
  test_good: "服务器已接收邮件，请确认是否收到。",
  test_bad: "邮件未发送",
  problem: {
    unreachable: "服务器没有响应。请检查名称和端口，以及防火墙是否放行。",
    tls: "无法建立加密连接。请检查加密方式与端口是否匹配，以及服务器证书是否与名称相符。",
    sign_in: "服务器不接受用户名和密码。部分服务器要求使用专用密码。",
    refused: "服务器拒收此邮件。可能不允许该用户以此发件人发送。",
    busy: "服务器要求稍后再试。",
    settings: "填写的内容无法使用。",
  },
};
