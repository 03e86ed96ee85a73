// The number slots of a contact, each with how it is read as it is typed.
import { SimpleGrid, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { readNumbersQuery } from "@/api/queries";
import type { TypedNumber } from "@/api/types";
import type { ContactValues } from "./ContactForm";
import { filledIn, SLOTS } from "./slots";

export function NumberFields({ form }: { form: UseFormReturnType<ContactValues> }) {
  const { t } = useTranslation();
  const { slots, others } = form.values;
  const reading = useReading(filledIn(slots, others).map(({ written }) => written.trim()));
  const field = (label: string, path: string, written: string) => (
    <TextInput
      key={path}
      label={label}
      type="tel"
      autoComplete="off"
      maxLength={64}
      inputWrapperOrder={["label", "input", "description", "error"]}
      description={reading(written)}
      {...form.getInputProps(path)}
    />
  );
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} verticalSpacing="sm">
      {SLOTS.map((slot) => field(t(`contacts.slot.${slot}`), `slots.${slot}`, slots[slot]))}
      {others.map((written, place) => field(t("contacts.slot.other"), `others.${place}`, written))}
    </SimpleGrid>
  );
}

/** How each number is read, once the typing has paused. */
function useReading(numbers: string[]): (written: string) => string | undefined {
  const { t } = useTranslation();
  const [paused] = useDebouncedValue([...new Set(numbers)].join("\n"), 250);
  const asked = paused ? paused.split("\n") : [];
  const read = useQuery(readNumbersQuery(asked));
  // What is shown belongs to what was asked, not to what was asked before.
  const known = new Map<string, TypedNumber>(
    read.isPlaceholderData ? [] : asked.flatMap((it, place) => entry(it, read.data?.[place])),
  );
  return (written) => {
    const one = known.get(written.trim());
    return one ? t(`contacts.reading.${one.reading}`, { shown: one.shown ?? "" }) : undefined;
  };
}

function entry(written: string, read: TypedNumber | undefined): [string, TypedNumber][] {
  return read ? [[written, read]] : [];
}
