// What Linecard itself says about a CRM's failure, beside the CRM's own words. A kind of advice
// without a text fails the build.
import type { CrmAdvice } from "@/api/types";

export const crmAdvice = {
  setting_missing:
    "Something that is needed is not filled in ({{about}}). Fill it in, save, and connect again.",
  address_https:
    "“{{about}}” cannot be used. Enter an address that starts with https://, such as https://example.com.",
  address_bare:
    "“{{about}}” holds more than the host. Leave out what follows it: https://example.com is enough.",
  address_private:
    "{{about}} is an address of this machine or of a private network, and those are not used. If your CRM is there, switch network.allow_private on in Linecard's configuration; otherwise correct the address.",
  not_the_crm:
    "What answers at this address is not the CRM. Compare the address that is filled in with the CRM's.",
  client_keys:
    "Client ID or client secret are wrong. Copy both from the app in the CRM again, each as a whole. If you chose a data centre: is it yours?",
  redirect_uri:
    "The app does not know Linecard's redirect URI. Enter the redirect URI shown here as a callback URL of the app, letter by letter.",
  sign_in_answer:
    "The sign-in's answer is not as the CRM gives it ({{about}}). Nothing was sent there. Check the addresses that are filled in, then connect again.",
  not_signed_in:
    "Nobody has connected it yet, or the access was withdrawn or has ended. Connect it again.",
  consumer_key:
    "Salesforce does not know this consumer key. Check it. A new app may take up to 10 minutes to become valid.",
  consumer_secret:
    "The consumer secret is wrong. Copy it again; Salesforce makes a new one when somebody rotates it.",
  app_not_installed:
    "The app is not in this organisation. Make the external client app in this very organisation, or install its package there.",
  app_blocked:
    "An administrator has blocked the app. Unblock it under Setup > Connected Apps OAuth Usage.",
  self_authorize:
    "The app is not for this user. Set the app's policy Permitted Users to “All users may self-authorize”, or add this user's profile to the app.",
  ip_restricted:
    "Salesforce does not let this server's address in. Relax the IP restrictions in the app's policies, or trust the address under Setup > Network Access.",
  edition_without_api:
    "This edition of Salesforce has no API. Enterprise, Performance, Unlimited and Developer have it; for Professional it can be bought.",
  api_enabled_right:
    "The user who signed in may not use the API. Give that user's profile the permission “API Enabled”.",
  api_versions:
    "This address offers none of the versions of Salesforce's API that Linecard speaks ({{about}}). Check the address; if it is right, update Linecard.",
  call_key_field:
    "Linecard needs to write the field {{about}} of tasks (Call Object Identifier). Make it editable for the user who signed in.",
  right_users: "The user who signed in may not see users. Give that user the permission.",
  right_read:
    "The user who signed in may not read {{about}} records. Give that user the permission.",
  right_phones:
    "The user who signed in can read no phone field of {{about}}. Make one visible for that user.",
  right_create:
    "The user who signed in may not create {{about}} records. Give that user the permission.",
  right_tasks: "The user who signed in may not create tasks. Give the permission “Edit Tasks”.",
  right_fields:
    "These fields of calls are missing, hidden, or read-only: {{about}}. Make them visible and editable for the user who signed in.",
  webhook_address:
    "This is not an inbound webhook's address. It looks like https://HOST/rest/1/SECRET/. Copy it as a whole from Bitrix24 and paste it again.",
  webhook_gone:
    "Bitrix24 does not know this webhook, or not any more. Copy its address again, or make a new inbound webhook and paste its address.",
  portal_moved:
    "The portal has moved to another address. Make a webhook there and paste its address.",
  webhook_scope:
    "The webhook lacks a permission: {{about}}. Open the webhook in Bitrix24, add it under “Assign permissions”, and save.",
  webhook_scope_brief:
    "The webhook's permission user_brief hides e-mail addresses. Open the webhook in Bitrix24, add “Users” ({{about}}) or “Users (basic)” (user_basic), and save.",
  service_key:
    "HubSpot does not take this service key. Enter one that is active, copied as a whole.",
  server_based_client:
    "Zoho's sign-in would end within the hour: the client is of another type. Make one of the type “Server-based Applications” and fill in its ID and secret.",
} as const satisfies Record<CrmAdvice["code"], string>;
