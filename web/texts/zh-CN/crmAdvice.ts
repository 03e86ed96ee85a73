// 除 CRM 的原话之外，Linecard 自己对 CRM 故障的说明。
import type { crmAdvice as advice } from "../en/crmAdvice";
import type { Shape } from "../shape";

export const crmAdvice: Shape<typeof advice> = {
  setting_missing: "有必填项未填写（{{about}}）。请填写并保存，然后重新连接。",
  address_https: "“{{about}}”无法使用。请填写以 https:// 开头的地址，例如 https://example.com。",
  address_bare:
    "“{{about}}”除主机名外还有其他内容。请去掉主机名之后的部分，例如只填 https://example.com。",
  address_private:
    "{{about}} 是本机或内部网络的地址，不会被使用。如果 CRM 确实位于内部网络，请在 Linecard 的配置中启用 network.allow_private；否则请更正地址。",
  not_the_crm: "该地址上应答的不是 CRM。请对照 CRM 检查填写的地址。",
  client_keys:
    "客户端 ID 或客户端密钥有误。请从 CRM 的应用程序中重新完整复制两者。如果选择了数据中心，请确认是否为贵公司的数据中心。",
  redirect_uri:
    "应用程序中没有 Linecard 的重定向 URI。请将此处显示的重定向 URI 一字不差地填入应用程序的回调 URL。",
  sign_in_answer:
    "登录的应答不像是 CRM 发出的（{{about}}），未向该处发送任何内容。请检查填写的地址，然后重新连接。",
  not_signed_in: "尚未有人连接，或授权已被撤销或已失效。请重新连接。",
  consumer_key:
    "Salesforce 不认识此“客户键”（使用者密钥），请核对。新建的应用程序最多可能需要 10 分钟才能生效。",
  consumer_secret:
    "“消费者秘密”（使用者密码）有误，请重新复制；有人轮换后，Salesforce 会生成新的。",
  app_not_installed:
    "该组织中没有此应用程序。请在同一个组织中新建外部客户端应用程序，或在其中安装它的软件包。",
  app_blocked: "管理员已阻止此应用程序。请在 设置 > 连接的应用程序 OAuth 使用情况 中取消阻止。",
  self_authorize:
    "此用户无权使用该应用程序。请将应用程序策略中的“允许的用户”设为“所有用户可以自我授权”，或将此用户的简档添加到应用程序。",
  ip_restricted:
    "Salesforce 不允许本服务器的地址访问。请在应用程序的策略中放宽 IP 限制，或在 设置 > 网络访问 中信任该地址。",
  edition_without_api:
    "此 Salesforce 版本没有 API。Enterprise、Performance、Unlimited 和 Developer 版本具有 API；Professional 版本可以另行购买。",
  api_enabled_right: "授权用户无权使用 API。请为该用户的简档授予“启用 API”权限。",
  api_versions:
    "该地址未提供 Linecard 支持的 Salesforce API 版本（{{about}}）。请检查地址；如果地址无误，请更新 Linecard。",
  call_key_field:
    "Linecard 需要写入任务的 {{about}} 字段（Call Object Identifier）。请让授权用户可以编辑此字段。",
  right_users: "授权用户无权查看用户。请为其授予该权限。",
  right_read: "授权用户无权读取 {{about}} 记录。请为其授予该权限。",
  right_phones: "授权用户看不到 {{about}} 的任何电话字段。请至少向其开放一个。",
  right_create: "授权用户无权创建 {{about}} 记录。请为其授予该权限。",
  right_tasks: "授权用户无权创建任务。请为其授予“编辑任务”权限。",
  right_fields:
    "通话的以下字段不存在、被隐藏或只读：{{about}}。请让授权用户可以查看和编辑这些字段。",
  webhook_address:
    "这不是进站 Webhook 的地址。正确的地址形如 https://HOST/rest/1/SECRET/。请从 Bitrix24 完整复制并重新粘贴。",
  webhook_gone:
    "Bitrix24 不认识此 Webhook，或它已失效。请重新复制其地址，或新建进站 Webhook 并粘贴其地址。",
  portal_moved: "该门户已迁移到其他地址。请在新地址新建 Webhook 并粘贴其地址。",
  webhook_scope:
    "该 Webhook 缺少权限：{{about}}。请在 Bitrix24 中打开该 Webhook，在“分配权限”栏添加此权限并保存。",
  webhook_scope_brief:
    "该 Webhook 的 user_brief 权限不含电子邮件地址。请在 Bitrix24 中打开该 Webhook，添加 用户 ({{about}}) 或 用户（基本）(user_basic) 权限并保存。",
  service_key: "HubSpot 不接受此服务密钥。请完整填写一个有效的服务密钥。",
  server_based_client:
    "Zoho 的登录将在一小时内失效：客户端类型不对。请新建类型为 Server-based Applications 的客户端，并填写其 ID 和密钥。",
};
