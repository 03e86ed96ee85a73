// 从电子表格导入分机。
import type { imports as en } from "../en/imports";
import type { Shape } from "../shape";

export const imports: Shape<typeof en> = {
  open: "导入",
  title: "导入分机",
  text: "请选择 CSV 文件。首行为列名 extension、name 和 email，其他列会被忽略。单元格为空时保留已有内容。",
  sample: "extension,name,email\n101,李雷,lilei@example.com",
  file: "CSV 文件",
  choose: "选择文件",
  too_long: "文件超过 {{kilobytes}} kB，请分批导入。",
  line: "行",
  change: "变更",
  added: "新增",
  changed: "修改",
  unchanged: "不变",
  will_one: "将新增或修改 {{count}} 个分机",
  will_other: "将新增或修改 {{count}} 个分机",
  nothing: "没有任何变更。",
  left_out_one: "有 {{count}} 行被忽略",
  left_out_other: "有 {{count}} 行被忽略",
  reasons: {
    not_an_extension: "不是分机号：最多 10 位数字、* 和 #",
    twice: "该分机号在前面的行中已出现",
    invalid: "名称过长或包含换行",
    email_invalid: "不是有效的电子邮箱",
  },
  done_one: "已导入 {{count}} 个分机",
  done_other: "已导入 {{count}} 个分机",
};
