// All English texts.
import { first } from "./first";
import { later } from "./later";

export const en = { ...first, ...later };
