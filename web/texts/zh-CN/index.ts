// 全部简体中文文本。
import { first } from "./first";
import { later } from "./later";

export const zhCN = { ...first, ...later };
