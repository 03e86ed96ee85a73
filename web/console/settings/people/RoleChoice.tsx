// Chooses what somebody, or a program with a key, may do.
import { Radio, type RadioGroupProps, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Role } from "@/api/types";

type Props = Omit<RadioGroupProps, "children"> & { roles: readonly Role[] };

export function RoleChoice({ roles, ...group }: Props) {
  const { t } = useTranslation();
  return (
    <Radio.Group {...group}>
      <Stack gap={8} mt={6}>
        {roles.map((role) => (
          <Radio
            key={role}
            value={role}
            label={t(`people.role_name.${role}`)}
            description={t(`people.role_text.${role}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
