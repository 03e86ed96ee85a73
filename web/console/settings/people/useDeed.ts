// What is done to an account without a question: enabling it, making a link, mailing one.
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { answer, api } from "@/api/client";
import { Problem } from "@/api/problem";
import { accountsQuery } from "@/api/queries";
import type { Account } from "@/api/types";
import { problemText } from "@/texts/problem";

export function useDeed(person: Account, onLink: (link: string) => void) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const params = { path: { id: person.id } };
  const onError = (thrown: unknown) =>
    notifications.show({ message: problemText(t, Problem.from(thrown)), color: "red" });
  const enable = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/accounts/{id}/enable", { params })),
    onSuccess: () => {
      notifications.show({ message: t("people.enabled", { name: person.name }), color: "teal" });
      return queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
    },
    onError,
  });
  const makeLink = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/accounts/{id}/link", { params })),
    onSuccess: ({ sign_in_link }) => {
      onLink(sign_in_link);
      return queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
    },
    onError,
  });
  const inviteAgain = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/accounts/{id}/invitation", { params })),
    onSuccess: () => {
      const message = t("invitations.goes_out", { email: person.email });
      notifications.show({ message, color: "teal" });
      return queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
    },
    onError,
  });
  return { enable, makeLink, inviteAgain };
}
