// The CRM's own users, folded away: nobody's calls are theirs (B3).
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CrmUser } from "@/api/types";

export function SystemUsers({ crm, users }: { crm: string; users: CrmUser[] }) {
  const { t } = useTranslation();
  if (users.length === 0) return null;
  return (
    <details className="lc-system-users">
      <summary>{t("crm.users.system", { count: users.length, name: crm })}</summary>
      <Text fz="sm" c="dimmed" mt="xs">
        {t("crm.users.system_text")}
      </Text>
      <ul>
        {users.map((user) => (
          <li key={user.id}>{user.email ? `${user.name} (${user.email})` : user.name}</li>
        ))}
      </ul>
    </details>
  );
}
