// What surrounds every page: the product, the way around, what is missing.
export const page = {
  product: "Linecard",
  loading: "Loading",
  navigation: "Main navigation",
  skip: "Skip to the content",
  to_home: "Go to the home page",
  missing: "There is no such page",
  missing_text: "The address may be mistyped, or the page has moved.",
  new_version: "Linecard was updated. Load the page again to go on.",
} as const;
