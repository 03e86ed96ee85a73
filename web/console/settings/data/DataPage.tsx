// How long what is kept, what is held about one number (X17), and the backup.
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { keepingQuery } from "@/api/queries";
import { Edited } from "@/editing/Edited";
import { PageHead } from "../../shell/PageHead";
import { BackupCard } from "./BackupCard";
import { KeepingForm } from "./KeepingForm";
import { NumberCard } from "./NumberCard";

export function DataPage() {
  const { t } = useTranslation();
  const keeping = useQuery(keepingQuery);
  return (
    <>
      <PageHead title={t("data.title")} text={t("data.intro")} />
      <Stack gap="lg" maw={720}>
        <Edited of={keeping} version={({ days }) => days.version}>
          {(read) => <KeepingForm keeping={read} />}
        </Edited>
        <NumberCard />
        <BackupCard />
      </Stack>
    </>
  );
}
