// The mark and the name of the product.
import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect className="lc-mark" width="32" height="32" rx="8" />
      <path
        d="M7 22h6l3-12 3 12h6"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Brand({ part }: { part?: string }) {
  const { t } = useTranslation();
  return (
    <Group gap={10} wrap="nowrap">
      <Mark />
      <Text fw={680} fz="lg" lh={1} component="span" className="lc-nowrap">
        {t("page.product")}
        {part ? (
          <Text span c="dimmed" fw={500} inherit>
            {` ${part}`}
          </Text>
        ) : null}
      </Text>
    </Group>
  );
}
