// What an admin has typed into a CRM's form; the steps beside it follow the choices in it.
import { type UseFormReturnType, useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { CrmConnection } from "@/api/types";
import { followsFrom, mustFillIn, shownFields, type Values } from "./fields";

export interface FilledIn {
  settings: Record<string, string>;
  secrets: Record<string, string>;
}

export type FilledInForm = UseFormReturnType<FilledIn>;

export function useFilledIn(connection: CrmConnection): FilledInForm {
  const { t } = useTranslation();
  const start = ({ name, default: at_first }: CrmConnection["fields"][number]) =>
    [name, connection.settings[name] ?? at_first ?? ""] as const;
  const isSecret = ({ kind }: CrmConnection["fields"][number]) => kind === "secret";
  const settings = Object.fromEntries(connection.fields.filter((it) => !isSecret(it)).map(start));
  // What is empty follows from what is chosen, as it does when somebody chooses.
  for (const [name, value] of Object.entries(settings)) {
    for (const [other, follows] of Object.entries(followsFrom(connection, name, value))) {
      if (settings[other] === "") settings[other] = follows;
    }
  }
  return useForm<FilledIn>({
    initialValues: {
      settings,
      secrets: Object.fromEntries(connection.fields.filter(isSecret).map(({ name }) => [name, ""])),
    },
    validate: (values) => {
      const missing = shownFields(connection, values.settings)
        .filter((field) => mustFillIn(connection, field))
        .filter((field) =>
          isSecret(field)
            ? !values.secrets[field.name]?.trim() && connection.secrets[field.name] !== "set"
            : !values.settings[field.name]?.trim(),
        );
      return Object.fromEntries(
        missing.map((field) => [
          `${isSecret(field) ? "secrets" : "settings"}.${field.name}`,
          t("problems.required"),
        ]),
      );
    },
  });
}

/** As it is sent: without white space around it, and without the secrets that stay as they are. */
export function filledIn({ settings, secrets }: FilledIn): FilledIn {
  const kept = Object.entries(trimmed(secrets)).filter(([, text]) => text);
  return { settings: { ...trimmed(settings) }, secrets: Object.fromEntries(kept) };
}

function trimmed(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text.trim()]));
}
