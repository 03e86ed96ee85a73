// The words as they will stand in the CRM, on sample calls, while they are typed (E6).
import { Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { problemText } from "@/texts/problem";

interface TextsPreviewProps {
  kind: string;
  subject: string;
  description: string;
}

export function TextsPreview({ kind, subject, description }: TextsPreviewProps) {
  const { t } = useTranslation();
  const [body] = useDebouncedValue({ subject, description }, 250);
  const preview = useQuery({
    queryKey: ["crm", kind, "journal", "preview", body.subject, body.description],
    queryFn: () =>
      answer(api.POST("/api/v1/crm/{kind}/journal/preview", { params: { path: { kind } }, body })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const problem = preview.error ? Problem.from(preview.error) : null;
  return (
    <div className="lc-choice lc-preview" aria-live="polite">
      <Text fz="sm" fw={600} mb={4}>
        {t("crm.journal.preview")}
      </Text>
      {problem ? (
        <Text fz="sm" c="var(--mantine-color-error)">
          {problem.fields[0]?.detail ?? problemText(t, problem)}
        </Text>
      ) : (
        preview.data?.calls.map((it) => (
          <Text key={it.description} fz="sm" className="lc-wrap">
            <Text span c="dimmed" inherit>
              {it.subject}:{" "}
            </Text>
            {it.description}
          </Text>
        ))
      )}
    </div>
  );
}
