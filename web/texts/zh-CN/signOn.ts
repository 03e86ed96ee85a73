// 通过企业的身份提供商登录。
import type { signOn as en } from "../en/signOn";
import type { Shape } from "../shape";

export const signOn: Shape<typeof en> = {
  title: "单点登录",
  intro:
    "成员通过企业的身份提供商登录：Microsoft Entra ID、Google、Okta、Keycloak 或其他支持 OpenID Connect 的提供商。",
  button: "使用 {{name}} 登录",
  or: "或使用密码",
  in_emergency: "使用密码紧急登录",
  everybody: "所有有密码的人",
  fields: {
    redirect: "重定向地址",
    redirect_hint: "请先在提供商处用此地址登记一个 Web 应用。",
    issuer: "签发者",
    issuer_hint: "须与提供商显示的逐字一致，例如 https://login.example.com",
    client_id: "客户端 ID",
    client_secret: "客户端密钥",
    secret_set: "已保存。留空则保持不变。",
    name: "按钮上的名称",
    name_hint: "成员对它的称呼。",
    newcomers: "在此没有账号的人",
    newcomers_hint: "以提供商验证过的电子邮件地址识别成员。",
    password_only_for: "谁的密码仍然有效",
    password_only_for_hint: "为提供商无法使用时选择一位管理员；其他人的密码将不再有效。",
    enabled: "在登录页面上提供",
  },
  newcomers: {
    refused: "在受邀之前被拒绝",
    agents: "如果有一个分机填写了其电子邮件地址，则成为座席",
  },
  test: "测试提供商",
  test_text:
    "向已保存的提供商获取其描述和密钥。客户端 ID 和密钥在登录时才会用到：在限制密码之前，请先在无痕窗口中试一次。",
  test_good: "提供商有应答，签发者一致，且有密钥。",
  test_bad: "无法在那里登录",
  problem: {
    unreachable:
      "提供商没有应答。请检查签发者地址，以及防火墙是否允许 Linecard 访问。内网中的提供商需要在配置中开启 network.allow_private。",
    not_a_provider:
      "那里的应答不是身份提供商。签发者是 /.well-known/openid-configuration 之前的地址。",
    wrong_issuer: "提供商自称的名称不同。请逐字复制其签发者，包括末尾有无斜杠。",
  },
};
