// One CRM user with the picker of its extensions.
import { MultiSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmUser, Extension, ExtensionGroup } from "@/api/types";
import { ofGroup } from "./bindings";
import "./users.css";

export interface UserRowProps {
  user: CrmUser;
  extensions: Extension[];
  groups: ExtensionGroup[];
  chosen: readonly string[];
  onChoose(extensions: string[]): void;
}

export function UserRow({ user, extensions, groups, chosen, onChoose }: UserRowProps) {
  const { t } = useTranslation();
  const data = extensions.map(({ number, name }) => ({
    value: number,
    label: name ? `${number} ${name}` : number,
  }));
  data.push(
    ...groups.map(({ id, name }) => ({
      value: ofGroup(id),
      label: t("phone.groups.badge", { name }),
    })),
  );
  // Bound to an extension that the phone system no longer has: shown, so that it can be removed.
  for (const number of chosen) {
    if (!data.some(({ value }) => value === number)) data.push({ value: number, label: number });
  }
  return (
    <div className="lc-user-row">
      <div className="lc-user-who">
        <Text className="lc-cut" fw={550} title={user.name}>
          {user.name}
        </Text>
        <Text className="lc-cut" fz="sm" c="dimmed" title={user.email ?? undefined}>
          {user.email ?? t("phone.extensions.no_email")}
        </Text>
      </div>
      <MultiSelect
        className="lc-user-pick"
        aria-label={`${t("crm.users.extensions")}: ${user.name}`}
        placeholder={chosen.length === 0 ? t("crm.users.choose") : undefined}
        data={data}
        value={[...chosen]}
        onChange={onChoose}
        searchable
        hidePickedOptions
      />
    </div>
  );
}
