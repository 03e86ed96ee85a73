// Starts Desk, or the Outside line page that is part of the same build.
import { startPage } from "@/session/startPage";
import "@/theme/laterStyles";
import { Door } from "./frame/Door";

void startPage(<Door path={window.location.pathname} />, {
  first: {
    en: async () => (await import("@/texts/en/forDesk")).forDesk,
    "zh-CN": async () => (await import("@/texts/zh-CN/forDesk")).forDesk,
  },
});
