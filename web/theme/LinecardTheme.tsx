// Puts a page into Linecard's look, with the nonce that its style tags need under the CSP.
import "./mantineStyles";
import "@mantine/notifications/styles.css";
import "./base.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { setNonce } from "get-nonce";
import type { ReactNode } from "react";
import { Messages } from "./Messages";
import { theme, variables } from "./theme";

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

// The scroll lock below dialogs writes a style tag of its own and asks this package.
setNonce(nonce);

const schemes = localStorageColorSchemeManager({ key: "linecard.scheme" });

export function LinecardTheme({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Messages />
      {children}
    </MantineProvider>
  );
}
