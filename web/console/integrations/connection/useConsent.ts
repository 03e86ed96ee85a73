// The way of a consent: saved; the CRM's page opened in a new tab and waited for, or the CRM
// asked at once where what was filled in is enough; and its result told.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { crmQuery, crmTilesQuery } from "@/api/queries";
import type { CrmAdvice, CrmConnection } from "@/api/types";

/** How it ended. */
export interface ConsentTold {
  ok: boolean;
  /** Names the text to show. */
  code?: string | null;
  /** The CRM's own words. */
  words?: string | null;
  /** What Linecard knows about it. */
  advice?: CrmAdvice | null;
}

export type ConsentState =
  | { step: "idle" }
  | { step: "waiting"; url: string; blocked: boolean; before: string | null }
  | { step: "told"; result: ConsentTold };

export interface Changes {
  settings: Record<string, string>;
  secrets: Record<string, string>;
  home_address: string;
  version: number | null;
}

export interface Consent {
  state: ConsentState;
  saving: boolean;
  error: Error | null;
  /** As it was kept last. */
  saved: CrmConnection | null;
  save(changes: Changes): Promise<CrmConnection>;
  /** Call it from a click: only there may a page open a tab. */
  saveAndAuthorize(changes: Changes, opening: string): Promise<void>;
  /** For a CRM that needs no consent page: whether what was filled in is right (A20). */
  saveAndConnect(changes: Changes): Promise<void>;
  tell(result: ConsentTold): void;
  /** Another form begins: why the one before was not kept is past. */
  startAnew(): void;
  stop(): void;
}

export function useConsent(kind: string): Consent {
  const queries = useQueryClient();
  const [state, setState] = useState<ConsentState>({ step: "idle" });
  const path = { params: { path: { kind } } };
  const save = useMutation({
    mutationFn: (body: Changes) => answer(api.PUT("/api/v1/crm/{kind}", { ...path, body })),
    onSuccess: (saved) => queries.setQueryData(crmQuery(kind).queryKey, saved),
  });
  const authorize = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/crm/{kind}/authorize", path)),
  });
  const connect = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/crm/{kind}/connect", path)),
    onSettled: () => queries.invalidateQueries({ queryKey: crmTilesQuery.queryKey }),
  });
  const tell = useCallback((result: ConsentTold) => setState({ step: "told", result }), []);
  return {
    state,
    saving: save.isPending || authorize.isPending || connect.isPending,
    error: save.error ?? authorize.error,
    saved: save.data ?? null,
    save: (changes) => {
      authorize.reset();
      return save.mutateAsync(changes);
    },
    saveAndAuthorize: async (changes, opening) => {
      authorize.reset();
      // Opened empty and at once: after the answers have come the browser would block it.
      const tab = openTab(opening);
      try {
        const saved = await save.mutateAsync(changes);
        const { url } = await authorize.mutateAsync();
        setState({
          step: "waiting",
          url,
          blocked: tab === null,
          before: saved.last_authorization?.at ?? null,
        });
        tab?.location.replace(url);
      } catch (thrown) {
        tab?.close();
        throw thrown;
      }
    },
    saveAndConnect: async (changes) => {
      authorize.reset();
      await save.mutateAsync(changes);
      try {
        await connect.mutateAsync();
        tell({ ok: true });
      } catch (thrown) {
        const { code, words } = Problem.from(thrown);
        tell({ ok: false, code, words });
      }
    },
    tell,
    startAnew: () => {
      if (save.error) save.reset();
    },
    stop: useCallback(() => setState({ step: "idle" }), []),
  };
}

function openTab(words: string): Window | null {
  const tab = window.open("about:blank", "_blank");
  if (!tab) return null;
  // The CRM's page must not reach back into this one.
  tab.opener = null;
  tab.document.title = words;
  tab.document.body.textContent = words;
  return tab;
}
