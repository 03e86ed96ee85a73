// A page that stumbled over a fault of its own: said, with a way out, instead of a blank page.
import { Button, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "@/theme/ProblemNotice";

export function PageFailed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Stack align="flex-start" p="md">
      <ProblemNotice error={error} />
      <Button variant="default" onClick={() => window.location.reload()}>
        {t("actions.reload")}
      </Button>
    </Stack>
  );
}
