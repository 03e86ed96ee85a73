// The CRM's name beside the contact's: where the agent opens the pages, this is what to click (D7).
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Card } from "@/api/desk";
import { webAddress } from "@/api/webAddress";
import { IconExternalLink } from "@/theme/icons";

export function CrmTag({ card }: { card: Card }) {
  const { t } = useTranslation();
  const page = webAddress(card.contact?.page);
  if (!page) return null;
  const crm = card.crm ?? t("desk.the_crm");
  return (
    <Button
      component="a"
      href={page}
      target="_blank"
      rel="noopener noreferrer"
      size="compact-sm"
      radius="xl"
      variant="light"
      flex="none"
      aria-label={t("desk.open", { crm })}
      rightSection={<IconExternalLink size={14} aria-hidden />}
    >
      {crm}
    </Button>
  );
}
