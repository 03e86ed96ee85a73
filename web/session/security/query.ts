// Whether one's own account has a second factor.
import { queryOptions } from "@tanstack/react-query";
import { answer, api } from "@/api/client";

export const secondFactorQuery = queryOptions({
  queryKey: ["second-factor"],
  queryFn: () => answer(api.GET("/api/v1/session/second-factor")),
});
