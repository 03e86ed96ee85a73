// Choosing for endpoints and saving the choices into the phone system's settings.
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { phoneSystemsQuery } from "@/api/queries";
import type { PhoneSystem } from "@/api/types";
import { useKept, useUnsaved } from "@/editing/editing";
import { type Choice, isGood, read, written } from "./assignments";

export function useAssigning(system: PhoneSystem, onSaved?: () => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [changes, setChanges] = useState<ReadonlyMap<string, Choice>>(new Map());
  useUnsaved(changes.size > 0);
  const isKept = useKept();
  const choices = new Map([...read(system.settings.endpoints), ...changes]);
  const save = useMutation({
    mutationFn: () =>
      answer(
        api.PUT("/api/v1/phone-systems/{id}", {
          params: { path: { id: system.id } },
          body: {
            kind: system.kind,
            name: system.name,
            settings: { ...system.settings, endpoints: written(choices) },
            secrets: {},
            version: system.version,
          },
        }),
      ),
    onSuccess: async () => {
      isKept();
      setChanges(new Map());
      notifications.show({ message: t("actions.saved"), color: "teal" });
      // The endpoints stand under the same key.
      await queries.invalidateQueries({ queryKey: phoneSystemsQuery.queryKey });
      onSaved?.();
    },
  });
  return {
    choices,
    choose: (endpoint: string, choice: Choice) =>
      setChanges(new Map(changes).set(endpoint, choice)),
    /** Whether there is something to save, and all of it can be saved. */
    ready: changes.size > 0 && [...changes.values()].every(isGood),
    changed: changes.size > 0,
    save,
  };
}
