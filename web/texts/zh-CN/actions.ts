// 各页面通用的操作及其结果。
import type { actions as en } from "../en/actions";
import type { Shape } from "../shape";

export const actions: Shape<typeof en> = {
  save: "保存",
  saved: "已保存",
  unsaved: "尚未保存",
  cancel: "取消",
  close: "关闭",
  delete: "删除",
  edit: "编辑",
  remove: "移除",
  copy: "复制",
  copied: "已复制",
  retry: "重试",
  reload: "重新加载",
  overwrite: "用我的内容覆盖",
  show_theirs: "放弃我的更改，显示对方的",
  ok: "确定",
};
