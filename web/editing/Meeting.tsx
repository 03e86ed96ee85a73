// Another has saved the same thing meanwhile: the two ways on.
import { Button, Group } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "@/api/problem";
import { problemText } from "@/texts/problem";
import { EditingContext } from "./editing";

/** What was typed stays until the reader asks for what the other has saved. */
export function Meeting() {
  const { t } = useTranslation();
  const editing = useContext(EditingContext);
  const take = useMutation({ mutationFn: async () => editing?.takeTheirs() });
  const overwrite = useMutation({ mutationFn: async () => editing?.overwrite() });
  if (!editing) return null;
  const failed = take.error ?? overwrite.error;
  return (
    <>
      <Group mt="xs" gap="xs">
        <Button size="xs" variant="default" loading={take.isPending} onClick={() => take.mutate()}>
          {t("actions.show_theirs")}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={overwrite.isPending}
          onClick={() => overwrite.mutate()}
        >
          {t("actions.overwrite")}
        </Button>
      </Group>
      {failed ? <div role="alert">{problemText(t, Problem.from(failed))}</div> : null}
    </>
  );
}
