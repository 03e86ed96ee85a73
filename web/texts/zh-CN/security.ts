// 自己的密码和两步验证。
import type { security as en } from "../en/security";
import type { Shape } from "../shape";

export const security: Shape<typeof en> = {
  open: "密码与二次验证",
  password: "密码",
  password_text: "修改后，您的其他会话都会结束。",
  current: "当前密码",
  new_password: "新密码",
  change_password: "修改密码",
  password_changed: "密码已修改",
  factor: "二次验证",
  factor_off: "开启后，登录时除密码外还需要手机应用显示的验证码。",
  factor_on: "已开启。登录时需要应用中的验证码。",
  codes_left: "还剩 {{n}} 个恢复码。",
  begin: "设置",
  step_scan: "请用验证器应用扫描图片，或手动输入密钥。",
  picture: "供验证器应用扫描的密钥图片",
  key: "密钥",
  code: "验证码",
  code_hint: "应用显示的六位数字。",
  confirm: "开启",
  recovery: "恢复码",
  recovery_text: "手机不在身边时，每个恢复码可登录一次。请妥善保管，之后无法再次显示。",
  recovery_done: "我已保存",
  new_codes: "生成新的恢复码",
  off: "关闭",
  prove: "应用中的验证码，或一个恢复码",
  must: "需要二次验证",
  must_text: "贵单位要求管理员使用二次验证。请先设置再继续。",
  sign_in_code: "应用中的验证码",
  sign_in_code_hint: "也可使用恢复码。",
};
