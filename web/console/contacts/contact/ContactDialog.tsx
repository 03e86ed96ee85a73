// A contact over its list: to be changed, or, while a CRM fills the phonebook, to be read.
import { Anchor, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { contactQuery } from "@/api/queries";
import type { Contact, Phonebook } from "@/api/types";
import { webAddress } from "@/api/webAddress";
import { Edited } from "@/editing/Edited";
import { Dialog } from "@/theme/Dialog";
import { useCrmName } from "../useCrmName";
import { ContactForm } from "./ContactForm";
import { ContactView } from "./ContactView";

export interface ContactDialogProps {
  phonebook: Phonebook;
  /** Without it a new one is added. */
  contact?: Contact | undefined;
  onClose(): void;
}

export function ContactDialog({ phonebook, contact, onClose }: ContactDialogProps) {
  const { t } = useTranslation();
  const crmName = useCrmName();
  const edited = useQuery({
    ...contactQuery(contact?.id ?? ""),
    initialData: contact,
    enabled: contact !== undefined,
  });
  const page = webAddress(contact?.record?.page);
  return (
    <Dialog
      opened
      onClose={onClose}
      size={560}
      title={contact ? t("contacts.edit_contact") : t("contacts.new_contact")}
      closeButtonProps={{ "aria-label": t("actions.close") }}
    >
      <Stack>
        {page && phonebook.crm ? (
          <Anchor href={page} target="_blank" rel="noopener noreferrer" fz="sm">
            {t("contacts.record", { name: crmName(phonebook.crm) })}
          </Anchor>
        ) : null}
        {contact && phonebook.read_only ? (
          <ContactView phonebook={phonebook} contact={contact} />
        ) : contact ? (
          <Edited of={edited} version={(it) => it.version}>
            {(held) => <ContactForm phonebook={phonebook} contact={held} onClose={onClose} />}
          </Edited>
        ) : (
          <ContactForm phonebook={phonebook} onClose={onClose} />
        )}
      </Stack>
    </Dialog>
  );
}
