// What went wrong with a request or a consent, by the server's `code`.
export const problems = {
  title: "That did not work",
  no_answer: "Linecard does not answer. Check your connection and try again.",
  server_failed:
    "Linecard could not do that because of a fault of its own. Try again; if it stays so, look into its log.",
  page_failed: "This page stumbled over a fault of its own. Load it again.",
  refused: "Linecard refused the request.",
  invalid: "Some of the entries cannot be used. They are marked below.",
  unknown_program: "No such program may sign in here. Sign in from the extension for Chrome anew.",
  foreign_redirect:
    "That address belongs to no program that may sign in here, so nothing is sent there. An administrator can allow a company's own extension for Chrome in the configuration.",
  challenge_invalid: "The program did not ask in the way that is safe. Update it and sign in anew.",
  required: "Fill this in.",
  not_signed_in: "You are no longer signed in. Sign in again.",
  forbidden: "Your account may not do this. Ask an administrator.",
  not_found: "It no longer exists. Somebody may have removed it.",
  changed_meanwhile:
    "Somebody else changed this meanwhile. Load the page again, then make your change.",
  changed_by:
    "{{name}} changed this at {{time}}, so your change was not saved. What you entered is still here.",
  changed_by_somebody:
    "Somebody else changed this at {{time}}, so your change was not saved. What you entered is still here.",
  code_needed: "Enter the code that your app shows.",
  wrong_code:
    "The code is wrong, too old, or was used before. Wait for the next one; check that your phone's clock is right.",
  account_disabled: "This account is disabled. Ask an administrator.",
  passwords_off: "Passwords are switched off here. Sign in with the other button.",
  emergency_account:
    "This account signs in by password when the identity provider is down. Choose another one under Single sign-on first.",
  no_emergency_account: "Choose an administrator who may sign in and has a password.",
  no_identity_provider: "No identity provider is set up. Save one first.",
  own_account: "You cannot do this to your own account. Ask another administrator.",
  in_person_only: "An API key does not reach this. Sign in and do it here.",
  must_enrol: "Set up a second factor first.",
  wrong_api_key: "The API key is not known.",
  own_extension_needed: "Your account has no extension, so a key with this role could do nothing.",
  own_second_factor_first:
    "Set up your own second factor first, in the account menu. You would shut yourself out.",
  second_factor_already: "There is a second factor already.",
  second_factor_not_begun: "Begin again: the key shown was replaced or confirmed meanwhile.",
  no_second_factor: "There is no second factor.",
  weak_passphrase: "Take at least 16 characters, 8 of them different: say five words.",
  backup_needs_password:
    "You sign in without a password here, so nothing can be asked before a backup. Make it on the server, with linecard backup.",
  backup_under_way: "A backup is being made already. Wait until it is done.",
  sign_in_again: "You signed in a while ago. Sign in again, then choose your password.",
  wrong_current_password: "This is not the password you have now.",
  wrong_password: "E-mail address or password is wrong.",
  too_many_attempts: "Too many attempts. Wait a minute, then try again.",
  wrong_token:
    "The link is not valid. It may have been used already, or Linecard has printed a newer one.",
  already_set_up: "Linecard is already set up. Sign in instead.",
  password_too_long: "The password is too long.",
  password_too_short: "The password is too short.",
  email_invalid: "This is no e-mail address.",
  email_taken: "An account with this e-mail address exists already.",
  mail_not_set_up:
    "No mail server is set up, so nothing can be mailed. Fill one in under Settings > Mail, or hand the link over yourself.",
  invitation_accepted: "This person has signed in already.",
  list_without_header:
    "The first row must name the columns name and email. Choose another file, or add that row.",
  list_too_long: "The list has more than 5,000 people. Part it into several.",
  extension_taken: "The extension already belongs to another account or CRM user.",
  not_connected: "It is not connected.",
  not_set_up: "The settings are not complete. Fill in the form and save it first.",
  storage_failed:
    "Nothing was saved: Linecard could not write its data. Check the free disk space and its log.",
  no_authority: "This Linecard has no certificate authority of its own.",
  no_simulation: "There is no demo phone system.",
  no_extension: "No extension belongs to this account.",
  too_long: "This is too long.",
  one_line: "This must stand on one line.",
  unknown_name: "One of the names in double braces is not known.",
  name_taken: "There is one of that name already.",
  filled_by_crm:
    "A CRM fills this phonebook, so it is read-only here. Change its contacts in the CRM.",
  no_import: "There is no such import any more.",
  other_node: "The file of this import lies on another server of Linecard. Go on there.",
  file_too_long: "The file is too long. Split it, or have the limit in the configuration raised.",
  file_empty: "The file is empty.",
  not_next: "Another page sends this file at the same time. Choose it again.",
  wrong_state: "The import has come further meanwhile. Load the page again.",
  file_failed: "The server cannot keep the file. Its disk may be full.",
  no_name_column: "Say which column is the name or the company.",
  no_number_column: "Say which column is a phone number.",
  column_twice: "Two columns cannot become the same.",
  no_phonebook: "There is no such phonebook any more. Somebody may have deleted it.",
  no_contact: "There is no such contact any more. Somebody may have deleted it.",
  slot_twice: "There is a number in this slot already.",
  no_digit: "This has no digit, so it is no number.",
  not_a_day: "This is no day.",
  days_backwards: "The last day lies before the first.",
  too_many_days: "These are too many days. Choose at most 92.",
  not_empty: "Only an empty phonebook can be taken.",
  other_crm_fills: "Another CRM fills that phonebook.",
  not_a_pattern:
    "Write a number as it is dialled, such as (415) 555-0100, or the beginning of several as +1415555*.",
  no_entry: "There is nothing to be written about this call.",
  no_record: "The CRM has no such record any more.",
  other_crm: "The call stands in another CRM already and cannot be taken from there.",
  being_written: "The call is being written at this moment. Try again in a few seconds.",
  not_bound: "The extension is not bound to a user of this CRM.",
  excluded: "Nothing is written about this number.",
  creation_off: "Records are not created for your extension. An administrator decides that.",
  no_number: "There is no number to create a record for.",
  short_number: "The number is too short to be a person's.",
  call_gone: "The call is over.",
  call_over_or_taken: "The call is over, or was answered elsewhere.",
  softphone_not_answered:
    "This computer did not answer the call. Look whether the microphone may be used; your desk phone rings on.",
  softphone_busy: "This computer has two calls already. Take this one at your desk phone.",
  softphone_unreachable:
    "The softphone of this computer is not signed on. Take the call at your desk phone.",
  may_not_ring_softphones:
    "Linecard may not ring this computer. An administrator has to give its user at the phone system the rights “write = call,originate”.",
  not_possible: "This phone system cannot do that.",
  phone_system_not_connected: "The phone system is not connected.",
  phone_system_refused: "The phone system refused.",
  phone_system_timed_out: "The phone system did not answer in time.",
  not_a_number:
    "This is neither a phone number nor an extension. Service and emergency numbers are dialled on the phone.",
  own_extension: "This is your own extension.",
  denied_number: "Numbers of this kind are not called from here. An administrator decides which.",
  number_not_allowed:
    "Only certain countries or areas may be called from here. An administrator decides which.",
  too_many_calls: "That was many calls in a short time. Wait a few seconds.",
  cannot_dial: "No phone system that is connected can place calls. Dial on your phone.",
  not_digits: "1 to 15 digits are needed here, such as 9 or 0571.",
  not_a_trunk: "Name the trunk as the phone system does, such as PJSIP/provider.",
  unknown_handle: "This number can no longer be called from here. Reload the page and try again.",
  numbers_hidden: "Numbers are hidden from agents, and this page shows them. An admin can use it.",
  not_a_prefix: "Write the beginning of the number with + and country code, as in +1900.",
  too_many: "That is too many.",
  too_many_commands: "That was too much at once. Wait a moment.",
  unknown: "This value is not known.",
  not_an_extension:
    "This is no extension. An extension has up to 10 digits; * and # may be among them.",
  extension_exists: "This extension is in the list already. Change it there.",
  address_invalid: "This is no usable address. It starts with https://",
  password_needs_tls: "A password is not sent without encryption. Choose TLS or STARTTLS.",
  host_invalid: "Write the server's name, as in smtp.example.com, without path and port.",
  not_an_outside_number: "This is no number of the public network. Write it with its country code.",
  own_number:
    "This is one of your company's own numbers: every call with it would be erased. Take it out of the settings first if it is no longer yours.",
  number_in_a_call: "There is a call with this number now. Erase it when the call is over.",
  out_of_range: "This number is too small or too large.",
  address_forbidden:
    "Messages are not sent there: the address needs https and must not lie in a private network. Private addresses are only used when network.allow_private is on in the configuration.",
  consent_denied: "Consent was denied in the CRM. Authorize again and click Allow.",
  unknown_state:
    "The answer did not belong to a consent that was begun here, was used before, or came too late. Nothing was changed. Start again with “Save and authorize”.",
  crm_failed:
    "The CRM did not accept the sign-in, or could not be asked. Check what is filled in against the CRM. A new app may take up to 10 minutes to become valid.",
  crm_configuration:
    "The CRM does not accept the settings: one of them is wrong. Compare what is filled in with the CRM, then connect again. A new app can take up to 10 minutes to become valid.",
  crm_permission:
    "The user who gave consent may not do this, or your CRM edition has no API. Connect again as a CRM administrator, and check that your edition has API access.",
  crm_sign_in:
    "The CRM did not accept the sign-in. The key or consent was withdrawn or is no longer valid. Connect again.",
  crm_unavailable:
    "The CRM gave no usable answer. It could not be reached or is busy. Wait a moment, then try again; if it stays so, check the network and the addresses filled in.",
  crm_refused:
    "The CRM refused the request. Its own words say why. Put that right in the CRM, then try again.",
  no_such_connection: "The connection was removed meanwhile.",
  not_kept:
    "Linecard could not save the sign-in. Check the free disk space and its log, then authorize again.",
  other_organisation: "This is another organisation than the one connected. Disconnect first.",
  sign_in: "The CRM did not accept the sign-in. Authorize again.",
  configuration:
    "The CRM refused the settings. Compare what is filled in with the CRM. A new app may take up to 10 minutes to become valid.",
  permission:
    "The user who gave consent may not do this. Sign in as a CRM administrator, and check that your CRM edition has API access.",
} as const;
