// The steps of setting up and which of them are done.

export interface Known {
  phoneLinked: boolean;
  extensions: number;
  crmConnected: boolean;
  bound: boolean;
  invited: boolean;
}

export interface Step {
  name: "phone" | "extensions" | "crm" | "bind" | "invite";
  to: "/phone-system" | "/extensions" | "/integrations/crm";
  done: boolean;
}

export function stepsToDo(known: Known): Step[] {
  return [
    { name: "phone", to: "/phone-system", done: known.phoneLinked },
    { name: "extensions", to: "/extensions", done: known.extensions > 0 },
    { name: "crm", to: "/integrations/crm", done: known.crmConnected },
    { name: "bind", to: "/integrations/crm", done: known.bound },
    { name: "invite", to: "/extensions", done: known.invited },
  ];
}
