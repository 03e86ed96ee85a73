// The number to be explained, and what else is known of the call.
import {
  Button,
  Collapse,
  Group,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { extensionsQuery } from "@/api/queries";
import { IconChevronDown } from "@/theme/icons";
import type { Asked } from "./question";

/** Stands in the list of extensions for none in particular. */
const ANY = "any";

export function QuestionForm({ asked, onAsk }: { asked: Asked; onAsk(asked: Asked): void }) {
  const { t } = useTranslation();
  const extensions = useQuery(extensionsQuery);
  const form = useForm({ initialValues: { ...asked, extension: asked.extension || ANY } });
  const [more, { toggle }] = useDisclosure(Boolean(asked.did || asked.trunk || asked.at));
  const facts = useId();
  const known = (extensions.data ?? []).map(({ number, name }) => ({
    value: number,
    label: [number, name].filter(Boolean).join(" "),
  }));
  const missing =
    asked.extension && !known.some(({ value }) => value === asked.extension)
      ? [{ value: asked.extension, label: asked.extension }]
      : [];
  return (
    <Paper p="lg">
      <form
        noValidate
        onSubmit={form.onSubmit((typed) =>
          onAsk({ ...typed, extension: typed.extension === ANY ? "" : typed.extension }),
        )}
      >
        <Stack gap="sm">
          <div className="lc-explain-form">
            <TextInput
              label={t("explain.number")}
              description={t("explain.number_hint")}
              inputMode="tel"
              autoComplete="off"
              maxLength={64}
              data-autofocus
              {...form.getInputProps("number")}
            />
            <Select
              label={t("explain.direction")}
              allowDeselect={false}
              data={[
                { value: "inbound", label: t("calls.direction.inbound") },
                { value: "outbound", label: t("calls.direction.outbound") },
              ]}
              {...form.getInputProps("direction")}
            />
            <Select
              label={t("explain.extension")}
              allowDeselect={false}
              searchable
              data={[{ value: ANY, label: t("explain.any_extension") }, ...missing, ...known]}
              {...form.getInputProps("extension")}
            />
            <Button type="submit">{t("explain.submit")}</Button>
          </div>
          <div>
            <UnstyledButton
              className="lc-explain-more"
              aria-expanded={more}
              aria-controls={facts}
              onClick={toggle}
            >
              <Group gap={4}>
                {t("explain.more")}
                <IconChevronDown size={15} aria-hidden className={more ? "lc-turned" : ""} />
              </Group>
            </UnstyledButton>
            <Collapse expanded={more} id={facts}>
              <SimpleGrid cols={{ base: 1, sm: 3 }} mt="xs">
                <TextInput
                  label={t("explain.did")}
                  description={t("explain.did_hint")}
                  maxLength={64}
                  {...form.getInputProps("did")}
                />
                <TextInput
                  label={t("explain.trunk")}
                  description={t("explain.trunk_hint")}
                  maxLength={64}
                  {...form.getInputProps("trunk")}
                />
                <TextInput
                  type="datetime-local"
                  label={t("explain.at")}
                  description={t("explain.at_hint")}
                  {...form.getInputProps("at")}
                />
              </SimpleGrid>
            </Collapse>
          </div>
        </Stack>
      </form>
    </Paper>
  );
}
