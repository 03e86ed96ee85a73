// 每个 CRM 需要填写的内容：标签、提示和选项。
import type { crmFields as en } from "../en/crmFields";
import type { Shape } from "../shape";

export const crmFields: Shape<typeof en> = {
  salesforce: {
    login_url: "登录地址",
    login_url_hint:
      "https://login.salesforce.com，或你的 My Domain：https://example.my.salesforce.com",
    client_id: "客户键",
    client_secret: "消费者秘密",
  },
  zoho: {
    data_centre: "数据中心",
    data_centre_hint: "公司注册 Zoho 账号的区域，即 Zoho CRM 网址的结尾。",
    accounts_url: "账户服务地址",
    accounts_url_hint: "由数据中心自动填入。仅当 Zoho 提供了其他地址时才需修改。",
    crm_url: "Zoho CRM 地址",
    crm_url_hint: "员工打开 Zoho CRM 的地址。",
    client_id: "客户端 ID",
    client_secret: "客户端密钥",
    other_client_secret: "另一数据中心的客户端密钥",
    other_client_secret_hint:
      "仅当公司所在的数据中心与客户端不同，且 Zoho 为其显示了单独的密钥时填写。",
    deep_search: "按任意书写格式搜索号码",
    deep_search_hint: "需要 COQL 权限。关闭时按常见书写格式搜索。",
    workflows: "触发 Zoho 工作流",
    workflows_hint: "针对 Linecard 写入的通话和记录。",
  },
  bitrix24: {
    webhook_url: "入站 Webhook URL",
    webhook_url_hint: "拥有此地址的人即可读取和更改你的 CRM：它会像密码一样保存，不再显示。",
    portal_url: "您的 Bitrix24 地址",
    portal_url_hint: "例如 https://example.bitrix24.com。留空则取自 Webhook。",
  },
  hubspot: {
    way: "对接方式",
    service_key: "服务密钥",
    service_key_hint: "服务密钥（Service Key），或已有私有应用的令牌。",
    client_id: "客户端 ID",
    client_secret: "客户端密钥",
    api_url: "HubSpot API 地址",
    app_url: "HubSpot 授权页面地址",
  },
  choices: {
    us: "美国 (.com)",
    eu: "欧洲 (.eu)",
    in: "印度 (.in)",
    au: "澳大利亚 (.com.au)",
    jp: "日本 (.jp)",
    cn: "中国大陆 (.com.cn)",
    ca: "加拿大 (zohocloud.ca)",
    sa: "沙特阿拉伯 (.sa)",
    uk: "英国 (.uk)",
    service_key: "使用服务密钥（最简单）",
    oauth: "使用应用及其授权页面 (OAuth)",
  },
};
