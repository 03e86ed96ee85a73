// A record of a CRM with the number: its name, what it is, and the number as it stands there.
import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FoundRecord as Found } from "@/api/types";
import { webAddress } from "@/api/webAddress";

export function FoundRecord({ record, crm }: { record: Found; crm?: string | null }) {
  const { t } = useTranslation();
  const page = webAddress(record.page);
  const name = record.name || t("explain.nobody_named");
  const facts = [t(`desk.module.${record.module}`), record.company, record.number, crm];
  return (
    <Text fz="sm" className="lc-wrap">
      {page ? (
        <Anchor href={page} target="_blank" rel="noopener noreferrer" inherit fw={600}>
          {name}
        </Anchor>
      ) : (
        <Text span fw={600} inherit>
          {name}
        </Text>
      )}
      <Text span c="dimmed" inherit>
        {facts
          .filter(Boolean)
          .map((fact) => ` · ${fact}`)
          .join("")}
      </Text>
    </Text>
  );
}
