// 在各 CRM 中的操作步骤，以及 Linecard 需要的权限。
import type { crmGuides as guides, crmScopes as scopes } from "../en/crmGuides";
import type { Shape } from "../shape";

export const crmGuides: Shape<typeof guides> = {
  title: "操作步骤",
  salesforce: {
    app: "在 Salesforce 中进入 设置 > 平台工具 > 应用程序 > 应用程序管理器，点击“新建外部客户端应用程序”。",
    name: "填写名称（如 Linecard）和联系人电子邮件。分发状态保持默认设置。",
    oauth: "勾选“启用 OAuth”，并粘贴此回调 URL：",
    scopes: "添加以下 OAuth 范围：",
    pkce: "“需要适用于代码交换 (PKCE) 扩展的证明密钥”可以保持勾选：Linecard 始终使用 PKCE。",
    policy: "点击“创建”。在策略中，允许的用户须为“所有用户可以自我授权”。",
    keys: "进入 设置 > OAuth 设置 > 使用者密钥和密码，将两者复制到此处的表单。",
    connected_app:
      "已有的连接的应用程序同样可用：在应用程序管理器中打开它，添加回调 URL，在“管理消费者详细信息”中找到密钥和密码。",
    finish: "点击“保存并授权”，以管理员身份登录并点击“允许”。",
  },
  zoho: {
    console:
      "打开 Zoho API 控制台（api-console.zoho.com，结尾与你的数据中心一致），点击 Get started 或 Add client，选择 Server-based Applications。",
    home: "填写名称（如 Linecard），并粘贴此 Homepage URL：",
    redirect: "粘贴此 Authorized Redirect URI：",
    create: "点击 Create，将客户端 ID 和客户端密钥复制到此处的表单。",
    place: "在表单中选择数据中心，两个地址会自动填入。",
    finish: "点击“保存并授权”，以 Zoho CRM 管理员身份登录并点击“接受”。",
  },
  bitrix24: {
    open: "使用超级管理员账号登录 Bitrix24，进入 应用程序 > 开发人员资源。",
    webhook: "在“常见用例”页签下，点击“其他”，然后点击“进站 Webhook”。",
    scopes: "填写名称。在“分配权限”栏选择 用户 (user) 和 CRM (crm)，无需其他权限。",
    save: "点击“保存”，复制“Webhook 调用 REST API”栏的地址。",
    paste: "将其粘贴到此处的表单，并填写员工打开 Bitrix24 的地址。",
    dialling:
      "为使点击号码时由 Linecard 拨打：进入 CRM > 设置 > CRM 设置 > 其他 > 其他设置 > 格式，将 Callto 链接格式设为“自定义格式”，URL 模板和“鼠标单击”事件处理程序放空。",
    finish: "点击“保存并连接”。",
  },
  hubspot: {
    open: "以超级管理员身份登录 HubSpot，进入 开发 > 密钥 > 服务密钥（Service keys）。",
    create: "点击“创建服务密钥”，填写名称（如 Linecard）。",
    scopes: "添加以下权限范围：",
    copy: "点击“创建”，显示密钥并复制到此处的表单。",
    app: "已有的私有应用只要具备这些权限范围，其令牌同样可用。",
    finish: "点击“保存并连接”。",
  },
  hubspot_oauth: {
    open: "在 HubSpot 中为自己的账号创建一个项目应用，打开其授权（Auth）设置。",
    redirect: "粘贴此重定向 URL：",
    scopes: "申请以下权限范围：",
    keys: "将客户端 ID 和客户端密钥复制到此处的表单。",
    finish: "点击“保存并授权”，选择账号并点击“连接应用”。",
  },
};

export const crmScopes: Shape<typeof scopes> = {
  title: "Linecard 需要的权限",
  state: { given: "已授予", missing: "缺少", unknown: "尚未验证" },
  missing_do: "请按本页步骤在 {{name}} 中将此权限授予 Linecard 的应用，然后重新连接。",
  salesforce: {
    why: "只需这两项权限，不需要“完全访问权限”和“web”。",
    api: "通过 API 查找来电者并写入通话 (api)",
    refresh_token: "无人登录时保持连接 (refresh_token, offline_access)",
    openid: "获知授权的组织和用户 (openid)",
    id: "获知授权的组织和用户 (id)",
  },
  zoho: {
    why: "所有权限都限于与通话相关的模块。",
    ZohoCRM_modules_contacts_READ: "查找联系人",
    ZohoCRM_modules_contacts_CREATE: "创建联系人",
    ZohoCRM_modules_contacts_DELETE: "撤销已创建的联系人",
    ZohoCRM_modules_leads_READ: "查找线索",
    ZohoCRM_modules_leads_CREATE: "创建线索",
    ZohoCRM_modules_leads_DELETE: "撤销已创建的线索",
    ZohoCRM_modules_accounts_READ: "查找客户",
    ZohoCRM_modules_calls_ALL: "写入通话",
    ZohoCRM_modules_tasks_ALL: "添加跟进任务",
    ZohoCRM_users_READ: "查看 CRM 用户",
    ZohoCRM_org_READ: "获知所属组织",
    ZohoCRM_settings_fields_READ: "获知必填字段",
    ZohoCRM_settings_modules_READ: "获知有哪些模块",
    ZohoCRM_coql_READ: "用一次请求查找多条记录",
    ZohoSearch_securesearch_READ: "按电话号码搜索",
  },
  bitrix24: {
    why: "这两项权限足以使用所有功能。",
    user: "查看 CRM 用户 (user)",
    crm: "查找来电者、创建联系人和线索、写入通话 (crm)",
  },
  hubspot: {
    why: "通话使用联系人的权限写入：HubSpot 没有单独的通话权限。",
    oauth: "登录 (oauth)",
    crm_objects_contacts_read: "查找联系人",
    crm_objects_contacts_write: "创建联系人并写入通话",
    crm_objects_companies_read: "查找公司",
    crm_objects_owners_read: "查看 CRM 用户",
    crm_objects_leads_read: "查找线索",
  },
};
