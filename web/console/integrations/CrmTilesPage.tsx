// Integrations > CRM: a tile per CRM, with its name only and its state (A1).
import { Avatar, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { crmTilesQuery } from "@/api/queries";
import { Empty } from "@/theme/Empty";
import { IconChevronRight, IconPlug } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { CrmState } from "./CrmState";
import "./integrations.css";

export function CrmTilesPage() {
  const { t } = useTranslation();
  const tiles = useQuery({ ...crmTilesQuery, refetchInterval: 5_000 });
  return (
    <>
      <PageHead
        title={t("crm.title")}
        text={t("crm.intro")}
        under={[{ label: t("console.nav.integrations") }]}
      />
      <Loaded of={tiles}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={IconPlug} title={t("crm.none")} text={t("crm.none_text")} />
          ) : (
            <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
              {list.map(({ kind, name, status }) => (
                <Paper
                  key={kind}
                  p="lg"
                  className="lc-tile"
                  renderRoot={(props) => (
                    <Link to="/integrations/crm/$kind" params={{ kind }} {...props} />
                  )}
                >
                  <Stack gap="md">
                    <Group justify="space-between" wrap="nowrap">
                      <Group wrap="nowrap" gap="sm" miw={0}>
                        <Avatar radius="md" color="slate" variant="light" aria-hidden>
                          {name.charAt(0)}
                        </Avatar>
                        <Title order={2} className="lc-cut">
                          {name}
                        </Title>
                      </Group>
                      <IconChevronRight size={18} aria-hidden />
                    </Group>
                    <Text component="div">
                      <CrmState status={status} />
                    </Text>
                  </Stack>
                </Paper>
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
    </>
  );
}
