// The API's types under the names that the pages use. The only file that knows how the
// generated schema calls them.
import type { components } from "./schema";

type S = components["schemas"];

export type Language = S["Language"];
export type ProblemBody = S["Problem"];
export type Account = S["Account"];
export type Session = S["Session"];
export type SetUp = S["SetUp"];
export type NewAccount = S["NewAccount"];
export type Organisation = S["Organisation"];
export type ExtensionRange = S["ExtensionRange"];
export type PhoneSystem = S["PhoneSystem"];
export type Link = S["Link"];
export type LinkStateName = S["LinkStateName"];
export type Abilities = S["Abilities"];
export type PhoneEndpoint = S["PhoneEndpoint"];
export type ImportedExtensions = S["ImportedExtensions"];
export type Extension = S["Extension"];
export type CrmTile = S["CrmTile"];
export type CrmStatus = S["CrmStatus"];
export type CrmField = S["CrmField"];
export type CrmSignIn = S["CrmSignIn"];
export type CrmUsage = S["CrmUsage"];
export type CrmProbe = S["CrmProbe"];
export type CrmCheck = S["CrmCheck"];
export type CrmConnection = S["CrmConnection"];
export type Authorization = S["Authorization"];
export type CallJournal = S["CallJournal"];
export type CrmTerms = S["CrmTerms"];
export type CrmCreation = S["CrmCreation"];
export type CrmFollowUp = S["CrmFollowUp"];
export type CrmUser = S["CrmUser"];
export type CrmUsers = S["CrmUsers"];
export type ProposedBinding = S["ProposedBinding"];
export type Binding = S["Binding"];
export type Call = S["Call"];
export type CallLeg = S["CallLeg"];
export type CallEntry = S["CallEntry"];
export type CallPage = S["CallPage"];
export type Health = S["Health"];
export type Demo = S["Demo"];
export type DemoCall = S["DemoCall"];
export type DemoTarget = S["DemoTarget"];
