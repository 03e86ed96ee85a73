// What the pages read, each with its cache key: one place to invalidate by.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { CallFilter, PhoneSystem } from "./types";

/** For what people edit: read when its page opens, and not again beneath what they are typing. */
const HELD = { staleTime: Number.POSITIVE_INFINITY, refetchOnMount: "always" } as const;

export const setUpQuery = queryOptions({
  queryKey: ["set-up"],
  queryFn: () => answer(api.GET("/api/v1/set-up")),
});

export const organisationQuery = queryOptions({
  queryKey: ["organisation"],
  queryFn: () => answer(api.GET("/api/v1/organisation")),
  ...HELD,
});

export const phoneSystemsQuery = queryOptions({
  queryKey: ["phone-systems"],
  queryFn: () => answer(api.GET("/api/v1/phone-systems")),
});

/** The phones and lines of a phone system. It can only tell while its link is up, and a link that
 * was made anew may tell otherwise. */
export const endpointsQuery = ({ id, link }: PhoneSystem) =>
  queryOptions({
    queryKey: ["phone-systems", id, "endpoints", link.since],
    queryFn: () =>
      answer(api.GET("/api/v1/phone-systems/{id}/endpoints", { params: { path: { id } } })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export const routingTokenQuery = queryOptions({
  queryKey: ["routing-token"],
  queryFn: () => answer(api.GET("/api/v1/routing-token")),
});

export const extensionsQuery = queryOptions({
  queryKey: ["extensions"],
  queryFn: () => answer(api.GET("/api/v1/extensions")),
});

export const extensionGroupsQuery = queryOptions({
  queryKey: ["extension-groups"],
  queryFn: () => answer(api.GET("/api/v1/extension-groups")),
});

/** How pages open where an extension has no setting of its own. */
export const popDefaultQuery = queryOptions({
  queryKey: ["pop-default"],
  queryFn: () => answer(api.GET("/api/v1/pop-default")),
});

export const extensionPopsQuery = (number: string) =>
  queryOptions({
    queryKey: ["extensions", number, "pops"],
    queryFn: () =>
      answer(api.GET("/api/v1/extensions/{number}/pops", { params: { path: { number } } })),
  });

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: () => answer(api.GET("/api/v1/accounts")),
});

export const signInRulesQuery = queryOptions({
  queryKey: ["sign-in-rules"],
  queryFn: () => answer(api.GET("/api/v1/sign-in-rules")),
});

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: () => answer(api.GET("/api/v1/api-keys")),
});

export const devicesQuery = queryOptions({
  queryKey: ["devices"],
  queryFn: () => answer(api.GET("/api/v1/devices")),
});

export const crmTilesQuery = queryOptions({
  queryKey: ["crm"],
  queryFn: () => answer(api.GET("/api/v1/crm")),
});

export const crmQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}", { params: { path: { kind } } })),
  });

export const crmJournalQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "journal"],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}/journal", { params: { path: { kind } } })),
    ...HELD,
  });

export const crmTermsQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "terms"],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}/terms", { params: { path: { kind } } })),
    ...HELD,
  });

export const crmCreationQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "creation"],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}/creation", { params: { path: { kind } } })),
    ...HELD,
  });

export const crmCreatedQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "created"],
    queryFn: () =>
      answer(
        api.GET("/api/v1/crm/{kind}/created", {
          params: { path: { kind }, query: { limit: 100 } },
        }),
      ),
  });

export const crmPhonebookQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "phonebook"],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}/phonebook", { params: { path: { kind } } })),
  });

export const phonebooksQuery = queryOptions({
  queryKey: ["phonebooks"],
  queryFn: () => answer(api.GET("/api/v1/phonebooks")),
});

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ["contacts", id],
    queryFn: () => answer(api.GET("/api/v1/contacts/{id}", { params: { path: { id } } })),
  });

export const importsQuery = (phonebook: string) =>
  queryOptions({
    queryKey: ["phonebooks", phonebook, "imports"],
    queryFn: async () => {
      const list = await answer(
        api.GET("/api/v1/phonebooks/{id}/imports", { params: { path: { id: phonebook } } }),
      );
      return list.imports;
    },
  });

export const contactsQuery = (id: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ["phonebooks", id, "contacts", search],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/phonebooks/{id}/contacts", {
          params: {
            path: { id },
            query: { limit: 50, search, ...(pageParam ? { after: pageParam } : {}) },
          },
        }),
      ),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
  });

export const duplicatesQuery = (by: "number" | "name", phonebook: string | null) =>
  infiniteQueryOptions({
    queryKey: ["phonebooks", "duplicates", by, phonebook],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/contacts/duplicates", {
          params: {
            query: {
              by,
              ...(phonebook ? { phonebook } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
  });

/** How these numbers are read, in their order. */
export const readNumbersQuery = (numbers: string[]) =>
  queryOptions({
    queryKey: ["read-numbers", numbers],
    queryFn: () => answer(api.POST("/api/v1/contacts/read-numbers", { body: { numbers } })),
    enabled: numbers.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const outboxQuery = (which: "waiting" | "parked") =>
  infiniteQueryOptions({
    queryKey: ["outbox", which],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/outbox", {
          params: { query: { which, limit: 50, ...(pageParam ? { before: pageParam } : {}) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
  });

export const crmFollowUpQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "follow-up"],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}/follow-up", { params: { path: { kind } } })),
    ...HELD,
  });

export const crmUsersQuery = (kind: string) =>
  queryOptions({
    queryKey: ["crm", kind, "users"],
    queryFn: () => answer(api.GET("/api/v1/crm/{kind}/users", { params: { path: { kind } } })),
  });

export const homeCheckQuery = queryOptions({
  queryKey: ["home-check"],
  queryFn: () => answer(api.GET("/api/v1/home-check")),
});

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: () => answer(api.GET("/api/v1/health")),
});

/** What every list of calls is read anew by. */
export const CALLS = ["calls"] as const;

/** @param limit how many a page has */
export const callsQuery = (filter: CallFilter, limit = 50) =>
  infiniteQueryOptions({
    queryKey: [...CALLS, filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/calls", {
          params: { query: { ...filter, limit, ...(pageParam ? { before: pageParam } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
  });

export const queuesQuery = queryOptions({
  queryKey: ["queues"],
  queryFn: () => answer(api.GET("/api/v1/calls/queues")),
  staleTime: 60_000,
});

export const figuresQuery = (days: { from: string; to: string }) =>
  queryOptions({
    queryKey: ["figures", days],
    queryFn: () => answer(api.GET("/api/v1/figures", { params: { query: days } })),
    placeholderData: keepPreviousData,
  });

/** Who did what; with `address` only what came from there. */
export const auditQuery = (address: string | null) =>
  infiniteQueryOptions({
    queryKey: ["audit", address],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/v1/audit", {
          params: {
            query: {
              limit: 50,
              ...(pageParam ? { before: pageParam } : {}),
              ...(address ? { address } : {}),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
    placeholderData: keepPreviousData,
  });

/** How people sign in at the identity provider. */
export const singleSignOnQuery = queryOptions({
  queryKey: ["single-sign-on"],
  queryFn: () => answer(api.GET("/api/v1/single-sign-on")),
});

/** Over which server mail goes. */
export const mailQuery = queryOptions({
  queryKey: ["mail"],
  queryFn: () => answer(api.GET("/api/v1/mail")),
});

export const alertSettingsQuery = queryOptions({
  queryKey: ["alert-settings"],
  queryFn: () => answer(api.GET("/api/v1/alerts/settings")),
});

/** What is chosen about duty. */
export const dutyRulesQuery = queryOptions({
  queryKey: ["duty-rules"],
  queryFn: () => answer(api.GET("/api/v1/duty-rules")),
  ...HELD,
});

/** For how many days what is kept. */
export const keepingQuery = queryOptions({
  queryKey: ["keeping"],
  queryFn: () => answer(api.GET("/api/v1/keeping")),
  ...HELD,
});

/** What stands still since a restore. */
export const pausedQuery = queryOptions({
  queryKey: ["paused"],
  queryFn: () => answer(api.GET("/api/v1/paused-connections")),
});

/** What needs a person now. */
export const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: () => answer(api.GET("/api/v1/alerts")),
});

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: () => answer(api.GET("/api/v1/webhooks")),
});

/** What an endpoint was told. */
export const webhookLogQuery = (id: string) =>
  queryOptions({
    queryKey: ["webhooks", id, "log"],
    queryFn: () =>
      answer(api.GET("/api/v1/webhooks/{id}/deliveries", { params: { path: { id } } })),
  });

export const demoQuery = queryOptions({
  queryKey: ["demo"],
  queryFn: () => answer(api.GET("/api/v1/demo")),
});
