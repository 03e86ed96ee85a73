// What is read anew once an account is another: the list of extensions says whose each is.
import { extensionsQuery } from "@/api/queries";

export const LOADED_ANEW = extensionsQuery.queryKey;
