// What is known of the caller: company, kind of record, number, queue, and how the search went.
import { Badge, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Card, PhonebookContact } from "@/api/desk";
import { textOr } from "@/texts/lookup";

export function LookupLine({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { contact } = card;
  const [inPhonebook, ...alsoThere] = card.in_phonebooks ?? [];
  const named = Boolean(contact?.name || inPhonebook || card.name_from_phone);
  const ways = [
    card.queue ? t("desk.queue", { name: card.queue }) : null,
    card.did ? t("desk.called", { number: card.did }) : null,
    card.others > 0 ? t("desk.others", { n: String(card.others) }) : null,
    alsoThere.length > 0
      ? t("desk.also", { names: alsoThere.map((it) => it.name).join(", ") })
      : null,
  ].filter(Boolean);
  return (
    <>
      {contact ? (
        <Group gap={8} mt={3} wrap="nowrap" miw={0}>
          {contact.company ? (
            <Text className="lc-cut" title={contact.company}>
              {contact.company}
            </Text>
          ) : null}
          <Badge variant="default" radius="sm" tt="none" fw={550} flex="none">
            {textOr(t, "desk.module", contact.module, contact.module)}
          </Badge>
        </Group>
      ) : (
        <>
          {inPhonebook ? <PhonebookLine contact={inPhonebook} /> : null}
          <SearchLine card={card} />
        </>
      )}
      {named ? <Text mt={3}>{card.number ?? t("desk.withheld")}</Text> : null}
      {ways.length > 0 ? (
        <Text fz="sm" c="dimmed" mt={3} className="lc-wrap">
          {ways.join(" · ")}
        </Text>
      ) : null}
    </>
  );
}

function PhonebookLine({ contact }: { contact: PhonebookContact }) {
  return (
    <Group gap={8} mt={3} wrap="nowrap" miw={0}>
      {contact.company ? (
        <Text className="lc-cut" title={contact.company}>
          {contact.company}
        </Text>
      ) : null}
      <Badge variant="default" radius="sm" tt="none" fw={550} flex="none" maw="60%">
        {contact.phonebook}
      </Badge>
    </Group>
  );
}

function SearchLine({ card }: { card: Card }) {
  const { t } = useTranslation();
  const crm = card.crm ?? t("desk.the_crm");
  switch (card.lookup) {
    case "searching":
      return (
        <Group gap={8} mt={3}>
          <Loader size={14} aria-hidden />
          <Text c="dimmed">
            {card.crm ? t("desk.searching", { crm: card.crm }) : t("desk.searching_any")}
          </Text>
        </Group>
      );
    case "hidden":
      return (
        <Text c="dimmed" mt={3}>
          {t("desk.hidden", { crm })}
        </Text>
      );
    case "nobody":
      // A withheld number cannot be in any CRM: nothing to say.
      return card.number ? (
        <Text c="dimmed" mt={3}>
          {t("desk.nobody", { crm })}
        </Text>
      ) : null;
    case "unavailable":
      return (
        <Text c="var(--mantine-color-error)" mt={3}>
          {t("desk.unavailable", { crm })}
        </Text>
      );
    default:
      return null;
  }
}
