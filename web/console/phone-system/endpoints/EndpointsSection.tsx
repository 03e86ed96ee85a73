// The phones and lines of one phone system, each with whose it is.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { endpointsQuery } from "@/api/queries";
import type { PhoneSystem } from "@/api/types";
import { Loaded } from "@/theme/Loaded";
import { ProblemNotice } from "@/theme/ProblemNotice";
import { inOrder } from "./assignments";
import { EndpointRows } from "./EndpointRows";
import { useAssigning } from "./useAssigning";

export function EndpointsSection({ system }: { system: PhoneSystem }) {
  const { t } = useTranslation();
  const isUp = system.link.state === "up";
  const endpoints = useQuery({ ...endpointsQuery(system), enabled: isUp });
  const assigning = useAssigning(system);
  return (
    <Stack gap="sm">
      <div>
        <Title order={3}>{t("endpoints.title")}</Title>
        <Text fz="sm" c="dimmed">
          {t("endpoints.text")}
        </Text>
      </div>
      {isUp || endpoints.data ? (
        <Loaded of={endpoints}>
          {(list) => (
            <form
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                if (assigning.ready) assigning.save.mutate();
              }}
            >
              <Stack gap="sm">
                <ProblemNotice error={assigning.save.error} />
                {list.length === 0 ? (
                  <Text fz="sm">{t("endpoints.none")}</Text>
                ) : (
                  <EndpointRows
                    endpoints={inOrder(list)}
                    choices={assigning.choices}
                    onChoose={assigning.choose}
                  />
                )}
                {assigning.changed ? (
                  <Group>
                    <Button
                      type="submit"
                      disabled={!assigning.ready}
                      loading={assigning.save.isPending}
                    >
                      {t("actions.save")}
                    </Button>
                    <Text fz="sm" c="dimmed">
                      {t("endpoints.save_hint")}
                    </Text>
                  </Group>
                ) : null}
              </Stack>
            </form>
          )}
        </Loaded>
      ) : (
        <Text fz="sm">{t("endpoints.not_listed")}</Text>
      )}
    </Stack>
  );
}
