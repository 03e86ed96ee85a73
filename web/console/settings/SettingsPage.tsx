// The organisation's country, time zone and extension ranges.
import { Button, Group, Paper, SimpleGrid, Stack, Switch, Text, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { organisationQuery } from "@/api/queries";
import type { Exclusions, NumberHabits, Organisation } from "@/api/types";
import { Edited } from "@/editing/Edited";
import { useKept, useUnsaved } from "@/editing/editing";
import { fieldErrors } from "@/texts/problem";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { HomeCheckList } from "../health/HomeAddresses";
import { PageHead } from "../shell/PageHead";
import { DialRanges, prefixIsGood } from "./DialRanges";
import { ExtensionRanges, rangeIsGood } from "./ExtensionRanges";
import { KeptOut } from "./KeptOut";
import { Numbers } from "./Numbers";
import { CountrySelect, TimeZoneSelect } from "./PlaceSelects";

const NOTHING: Exclusions = {
  own: [],
  never_looked_up: [],
  never_logged: [],
  business_hours: [],
};

const NO_HABITS: NumberHabits = {
  area_code: null,
  outside_prefix: null,
  short_codes: [],
  trunks: [],
};

export function SettingsPage() {
  const { t } = useTranslation();
  const organisation = useQuery({ ...organisationQuery, staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <PageHead title={t("settings.title")} text={t("settings.intro")} />
      <Edited of={organisation} version={(it) => it.version}>
        {(read) => <OrganisationForm organisation={read} />}
      </Edited>
    </>
  );
}

function OrganisationForm({ organisation }: { organisation: Organisation }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const prefixes = (given: string[]) =>
    given.every(prefixIsGood) ? null : t("problems.not_a_prefix");
  const form = useForm({
    initialValues: {
      country: organisation.country,
      time_zone: organisation.time_zone,
      extension_ranges: organisation.extension_ranges,
      number_habits: organisation.number_habits ?? NO_HABITS,
      masks_numbers: organisation.masks_numbers ?? false,
      denied_prefixes: organisation.denied_prefixes ?? [],
      allowed_prefixes: organisation.allowed_prefixes ?? [],
      exclusions: organisation.exclusions ?? NOTHING,
    },
    validate: {
      denied_prefixes: prefixes,
      allowed_prefixes: prefixes,
      extension_ranges: (ranges) => (ranges.every(rangeIsGood) ? null : t("settings.bad_range")),
    },
  });
  useUnsaved(form.isDirty());
  const isKept = useKept();
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      answer(api.PUT("/api/v1/organisation", { body: { ...organisation, ...values } })),
    onSuccess: (saved) => {
      isKept();
      queries.setQueryData(organisationQuery.queryKey, saved);
      notifications.show({ message: t("actions.saved"), color: "teal" });
    },
    onError: (thrown) => form.setErrors(fieldErrors(t, Problem.from(thrown))),
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
      <Stack gap="lg" maw={720}>
        <Paper p="lg">
          <Title order={2} mb="md">
            {t("settings.organisation")}
          </Title>
          <SimpleGrid cols={{ base: 1, sm: 2 }} className="lc-even">
            <CountrySelect {...form.getInputProps("country")} />
            <TimeZoneSelect {...form.getInputProps("time_zone")} />
          </SimpleGrid>
        </Paper>
        <Paper p="lg">
          <ExtensionRanges
            ranges={form.values.extension_ranges}
            onChange={(ranges) => form.setFieldValue("extension_ranges", ranges)}
            error={form.errors.extension_ranges}
          />
        </Paper>
        <Paper p="lg">
          <Numbers
            value={form.values.number_habits}
            onChange={(habits) => form.setFieldValue("number_habits", habits)}
            errors={Object.fromEntries(
              Object.entries(form.errors)
                .filter(([path]) => path.startsWith("number_habits."))
                .map(([path, error]) => [path.slice("number_habits.".length), error]),
            )}
            readBy={{
              country: form.values.country,
              extension_ranges: form.values.extension_ranges,
            }}
          />
        </Paper>
        <Paper p="lg">
          <Switch
            label={t("numbers.masking")}
            description={t("numbers.masking_text")}
            {...form.getInputProps("masks_numbers", { type: "checkbox" })}
          />
        </Paper>
        <Paper p="lg">
          <DialRanges
            denied={form.values.denied_prefixes}
            allowed={form.values.allowed_prefixes}
            onDenied={(prefixes) => form.setFieldValue("denied_prefixes", prefixes)}
            onAllowed={(prefixes) => form.setFieldValue("allowed_prefixes", prefixes)}
            errors={{
              denied: form.errors.denied_prefixes,
              allowed: form.errors.allowed_prefixes,
            }}
          />
        </Paper>
        <Paper p="lg">
          <KeptOut
            value={form.values.exclusions}
            onChange={(exclusions) => form.setFieldValue("exclusions", exclusions)}
            errors={Object.fromEntries(
              (["own", "never_looked_up", "never_logged"] as const).map((list) => [
                list,
                Object.entries(form.errors).find(([path]) =>
                  path.startsWith(`exclusions.${list}`),
                )?.[1],
              ]),
            )}
          />
        </Paper>
        <Paper p="lg">
          <Title order={2}>{t("settings.home_addresses")}</Title>
          <Text c="dimmed" fz="sm" mb="sm">
            {t("settings.home_addresses_text")}
          </Text>
          <HomeCheckList addresses={organisation.home_addresses} />
        </Paper>
        <ProblemNotice error={save.error} />
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t("actions.save")}
          </Button>
          {form.isDirty() ? (
            <Text fz="sm" c="dimmed">
              {t("actions.unsaved")}
            </Text>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}
