// The phone systems that Linecard listens to, each with its state and its form.
import { Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { phoneSystemsQuery } from "@/api/queries";
import type { PhoneSystem } from "@/api/types";
import { Empty } from "@/theme/Empty";
import { IconPhone, IconPlus } from "@/theme/icons";
import { Loaded } from "@/theme/Loaded";
import { PageHead } from "../shell/PageHead";
import { AsteriskCard } from "./AsteriskCard";
import { DemoCard } from "./DemoCard";
import { RoutingCard } from "./routing/RoutingCard";

export function PhoneSystemPage() {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const systems = useQuery({ ...phoneSystemsQuery, refetchInterval: 2_000 });
  const add = () => setAdding(true);
  const addButton = (
    <Button leftSection={<IconPlus size={17} />} onClick={add}>
      {t("phone.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("phone.title")} text={t("phone.intro")}>
        {adding || !systems.data?.length ? null : addButton}
      </PageHead>
      <Loaded of={systems}>
        {(list) => (
          <Stack gap="lg">
            {list.length === 0 && !adding ? (
              <Empty icon={IconPhone} title={t("phone.none")} text={t("phone.none_text")}>
                {addButton}
              </Empty>
            ) : null}
            {list.map((system) => (
              <Card key={system.id} system={system} />
            ))}
            {adding ? <AsteriskCard onDone={() => setAdding(false)} /> : null}
            {list.some(({ kind }) => kind === "asterisk") ? <RoutingCard /> : null}
          </Stack>
        )}
      </Loaded>
    </>
  );
}

function Card({ system }: { system: PhoneSystem }) {
  return system.kind === "demo" ? <DemoCard system={system} /> : <AsteriskCard system={system} />;
}
