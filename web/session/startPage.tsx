// What surrounds either application: texts, look, cache, and the prompt after an upgrade.
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { startTexts, type Texts } from "@/texts/start";
import { LinecardTheme } from "@/theme/LinecardTheme";
import { createQueries } from "./client";

export async function startPage(page: ReactNode, languages: Texts): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  const texts = await startTexts(languages);
  // A part of the page that an upgrade of the server has replaced meanwhile.
  window.addEventListener("vite:preloadError", (event) => {
    event.preventDefault();
    if (window.confirm(texts.t("page.new_version"))) window.location.reload();
  });
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={texts}>
        <LinecardTheme>
          <QueryClientProvider client={createQueries()}>{page}</QueryClientProvider>
        </LinecardTheme>
      </I18nextProvider>
    </StrictMode>,
  );
}
