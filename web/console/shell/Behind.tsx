// The pages behind Home: they begin when the texts and styles are there that Home does without.
import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import "@/theme/laterStyles";

export function Behind() {
  useTranslation("later");
  return <Outlet />;
}
