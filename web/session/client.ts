// The cache of what was read. A session that ends anywhere is noticed everywhere.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/problem";
import { sessionQuery } from "./query";

export function createQueries(): QueryClient {
  const noticeEnd = (thrown: Error) => {
    // Asked again: the refusal may be older than a sign-in that was made meanwhile.
    if (thrown instanceof Problem && thrown.code === "not_signed_in") {
      void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    }
  };
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: noticeEnd }),
    mutationCache: new MutationCache({ onError: noticeEnd }),
    defaultOptions: {
      // A browser that takes itself for offline may reach a server in its own house all the same; and
      // where it does not, that is to be said and not waited for.
      mutations: { networkMode: "always" },
      queries: {
        networkMode: "always",
        staleTime: 2_000,
        // What is read anew by itself could take the place of what somebody is typing: two admins
        // meet at the Save button, where the server tells who was first.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        // A refusal stays a refusal; only a lost answer is worth asking for again.
        retry: (count, thrown) =>
          count < 2 && thrown instanceof Problem && (thrown.status === 0 || thrown.status >= 502),
      },
    },
  });
  return queries;
}
