// Binding CRM users to extensions before it is saved.
import { describe, expect, it } from "vitest";
import { accept, bind, bindingsOf, draftOf, groupsOf, ofGroup, same } from "./bindings";

const draft = draftOf([
  { id: "u1", name: "Philli", email: null, is_system: false, extensions: ["101"], groups: [] },
  { id: "u2", name: "David", email: null, is_system: false, extensions: [], groups: ["g1"] },
]);

describe("bindings", () => {
  it("b6: a user may have several extensions", () => {
    expect(bindingsOf(bind(draft, "u1", ["101", "102"]))).toEqual([
      { crm_user: "u1", extension: "101" },
      { crm_user: "u1", extension: "102" },
    ]);
  });

  it("b6: a group is bound beside the extensions, and belongs to one user", () => {
    const taken = bind(draft, "u1", ["101", ofGroup("g1")]);
    expect(groupsOf(taken)).toEqual([{ crm_user: "u1", group: "g1" }]);
    expect(bindingsOf(taken)).toEqual([{ crm_user: "u1", extension: "101" }]);
    expect(same(draft, taken)).toBe(false);
  });

  it("an extension taken for one user leaves the other", () => {
    expect(bindingsOf(bind(draft, "u2", ["101"]))).toEqual([{ crm_user: "u2", extension: "101" }]);
  });

  it("b4: what auto-bind proposes is added to what is bound already", () => {
    const proposed = [{ crm_user: "u1", name: "Philli", email: "p@x.example", extension: "103" }];
    expect(bindingsOf(accept(draft, proposed)).map(({ extension }) => extension)).toEqual([
      "101",
      "103",
    ]);
  });

  it("are unchanged when the same ones are chosen in another order", () => {
    const one = bind(draft, "u1", ["101", "102"]);
    const other = bind(draft, "u1", ["102", "101"]);
    expect(same(one, other)).toBe(true);
    expect(same(draft, other)).toBe(false);
  });
});
