// 请求或授权失败的说明，按服务器的 `code`。
import type { problems as en } from "../en/problems";
import type { Shape } from "../shape";

export const problems: Shape<typeof en> = {
  title: "操作未成功",
  no_answer: "Linecard 没有应答。请检查网络连接后重试。",
  server_failed: "Linecard 自身出错，未能完成操作。请重试；如果仍然如此，请查看其日志。",
  page_failed: "此页面自身出错，请重新加载。",
  refused: "Linecard 拒绝了该请求。",
  invalid: "有些内容无法使用，已在下方标出。",
  required: "此项必填。",
  not_signed_in: "登录已失效，请重新登录。",
  forbidden: "你的账号没有此权限，请联系管理员。",
  not_found: "它已不存在，可能已被他人移除。",
  changed_meanwhile: "期间已被他人更改。请重新加载页面后再修改。",
  wrong_password: "电子邮箱或密码错误。",
  too_many_attempts: "尝试次数过多，请一分钟后重试。",
  wrong_token: "链接无效。可能已被使用，或 Linecard 已输出更新的链接。",
  already_set_up: "Linecard 已完成设置，请直接登录。",
  password_too_long: "密码太长。",
  password_too_short: "密码太短。",
  email_invalid: "这不是有效的电子邮箱地址。",
  email_taken: "已存在使用此电子邮箱的账号。",
  extension_taken: "该分机已属于另一个账号或 CRM 用户。",
  not_connected: "未连接。",
  not_set_up: "设置不完整。请先填写表单并保存。",
  storage_failed: "未能保存：Linecard 无法写入数据。请检查磁盘空间和日志。",
  no_simulation: "没有演示电话系统。",
  no_extension: "此账号没有分机。",
  call_gone: "通话已结束。",
  not_possible: "此电话系统不支持该操作。",
  phone_system_not_connected: "电话系统未连接。",
  phone_system_refused: "电话系统拒绝了该操作。",
  phone_system_timed_out: "电话系统没有及时应答。",
  too_many_commands: "操作过于频繁，请稍候。",
  unknown: "未知的值。",
  not_an_extension: "这不是分机。分机最多 10 位，可包含数字、* 和 #。",
  extension_exists: "该分机已在列表中，请在列表中修改。",
  address_invalid: "地址无法使用。地址以 https:// 开头。",
  consent_denied: "在 CRM 中拒绝了授权。请重新授权并点击“允许”。",
  unknown_state:
    "该应答不属于此处发起的授权，或已被使用，或已过期。未做任何更改。请点击“保存并授权”重新开始。",
  crm_failed:
    "CRM 未接受授权，或无法访问。请检查客户键、消费者秘密、登录地址和重定向URI。新建的应用程序最多可能需要 10 分钟才能生效。",
  crm_configuration:
    "CRM 未接受这些设置，其中有误。请对照 CRM 中的应用程序，检查客户键、消费者秘密、登录地址和重定向URI，然后重新授权。新建的应用程序最多可能需要 10 分钟才能生效。",
  crm_permission:
    "授权用户无权使用 API，或 CRM 版本不支持 API。请以 CRM 系统管理员身份重新授权，并确认 CRM 版本支持 API 访问。",
  crm_sign_in: "CRM 未接受授权。授权已被撤销或已失效。请重新授权。",
  crm_unavailable:
    "CRM 没有给出可用的应答。CRM 无法访问或正忙。请稍后重试；如果仍然如此，请检查网络和登录地址。",
  crm_refused: "CRM 拒绝了该请求。原因见其原话。请在 CRM 中处理，然后重试。",
  no_such_connection: "对接已被移除。",
  not_kept: "Linecard 未能保存授权。请检查磁盘空间和日志，然后重新授权。",
  other_organisation: "这不是当前已对接的组织。请先取消对接。",
  sign_in: "CRM 未接受授权，请重新授权。",
  configuration:
    "CRM 拒绝了设置。请检查客户键、消费者秘密、登录地址和重定向URI。新建的应用程序最多可能需要 10 分钟才能生效。",
  permission: "授权用户没有此权限。请以 CRM 系统管理员身份授权，并确认 CRM 版本支持 API 访问。",
};
