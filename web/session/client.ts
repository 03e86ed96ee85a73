// The cache of what was read. A session that ends anywhere is noticed everywhere.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import { sessionQuery } from "./query";

export function createQueries(): QueryClient {
  const noticeEnd = (thrown: Error) => {
    if (thrown instanceof Problem && thrown.code === "not_signed_in") {
      queries.setQueryData(sessionQuery.queryKey, null);
    }
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeEnd }),
    mutationCache: new MutationCache({ onError: noticeEnd }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // A refusal stays a refusal; only a lost answer is worth asking for again.
        retry: (count, thrown) =>
          count < 2 && thrown instanceof Problem && (thrown.status === 0 || thrown.status >= 502),
      },
    },
  });
  return queries;
}
