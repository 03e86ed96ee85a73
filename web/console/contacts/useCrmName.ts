// What a kind of CRM is called.
import { useQuery } from "@tanstack/react-query";
import { crmTilesQuery } from "@/api/queries";

export function useCrmName(): (kind: string) => string {
  const tiles = useQuery(crmTilesQuery);
  return (kind) => tiles.data?.find((tile) => tile.kind === kind)?.name ?? kind;
}
