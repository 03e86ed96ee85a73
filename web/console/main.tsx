// Starts the Console.
import { RouterProvider } from "@tanstack/react-router";
import { startPage } from "@/session/startPage";
import { router } from "./router";

void startPage(<RouterProvider router={router} />, {
  first: {
    en: async () => (await import("@/texts/en/first")).first,
    "zh-CN": async () => (await import("@/texts/zh-CN/first")).first,
  },
  later: {
    en: async () => (await import("@/texts/en/later")).later,
    "zh-CN": async () => (await import("@/texts/zh-CN/later")).later,
  },
});
