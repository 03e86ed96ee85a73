// The way to the next page of a list that is read in pages.
import { Button, Center } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";

type Pages = Pick<UseInfiniteQueryResult, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;

export interface MoreProps {
  of: Pages;
  /** What the button says: "Show older calls". */
  text: string;
}

/** Nothing where the list is whole. */
export function More({ of, text }: MoreProps) {
  if (!of.hasNextPage) return null;
  return (
    <Center my="md">
      <Button
        variant="default"
        loading={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {text}
      </Button>
    </Center>
  );
}
