// The keys of a text file without its words: what the other language has to fill.
export type Shape<T> = { readonly [K in keyof T]: T[K] extends string ? string : Shape<T[K]> };
