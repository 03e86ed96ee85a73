"""hubspot-api-client works with the stand-in as with HubSpot.

It knows only the numbered paths (v3, v4). Its `api_request()` goes to the real HubSpot whatever
host it was given, so it is never used here.
"""

import json
import os
import time
import unittest
import urllib.request

import hubspot.crm.contacts as contacts
import hubspot.crm.objects.calls as calls
import hubspot.oauth as oauth
from hubspot import HubSpot
from hubspot.crm.objects.calls.models import BatchResponseSimplePublicObjectWithErrors
from hubspot.utils.signature import Signature
from urllib3.util.retry import Retry

BASE_URL = os.environ["BASE_URL"]
CALL_TO_CONTACT = 194


def ask(method, path, body=None, token=None):
    """Asks the stand-in without the client."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(
        f"{BASE_URL}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers=headers,
        method=method,
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def associated(to, type_id):
    spec = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}
    return {"to": {"id": to}, "types": [spec]}


class HubSpotTest(unittest.TestCase):
    def setUp(self):
        ask("POST", "/__sandbox/reset")
        self.session = ask("POST", "/__sandbox/sessions", {"username": "alice@example.com"})
        self.hubspot = self.connect(self.session["access_token"])

    def connect(self, token, retries=0):
        if retries == 0:
            return HubSpot(access_token=token, host=BASE_URL)
        # A POST is only repeated when every method may be.
        retry = Retry(
            total=retries, status_forcelist=(429,), allowed_methods=None, backoff_factor=0.1
        )
        return HubSpot(access_token=token, host=BASE_URL, retry=retry)

    def switch(self, **switches):
        ask("PUT", "/__sandbox/switches", switches)

    def fault(self, kind, **more):
        ask("POST", "/__sandbox/faults", {"kind": kind, **more})

    def search(self, hubspot, property_name, value, operator="EQ"):
        one = {"propertyName": property_name, "operator": operator, "value": value}
        request = {"filterGroups": [{"filters": [one]}], "properties": ["lastname", "phone"]}
        return hubspot.crm.contacts.search_api.do_search(public_object_search_request=request)

    def contact(self, **properties):
        return self.hubspot.crm.contacts.basic_api.create(
            simple_public_object_input_for_create={"properties": properties, "associations": []}
        )

    def call(self, contact, **more):
        properties = {"hs_timestamp": "2026-05-14T08:00:00Z", "hs_call_title": "Call", **more}
        return {
            "properties": properties,
            "associations": [associated(contact, CALL_TO_CONTACT)],
        }

    def test_tokens_are_refreshed_and_told_about(self):
        api = self.hubspot.oauth
        tokens = api.tokens_api.create(
            grant_type="refresh_token",
            client_id="stand-in-client-id",
            client_secret="stand-in-client-secret",
            refresh_token=self.session["refresh_token"],
        )
        self.assertEqual(tokens.refresh_token, self.session["refresh_token"])
        self.assertEqual(tokens.expires_in, 1800)
        about = api.access_tokens_api.get(tokens.access_token)
        self.assertEqual((about.user, about.hub_id), ("alice@example.com", 147893286))
        with self.assertRaises(oauth.ApiException) as refused:
            api.tokens_api.create(
                grant_type="refresh_token",
                client_id="stand-in-client-id",
                client_secret="stand-in-client-secret",
                refresh_token="nonsense",
            )
        self.assertEqual(json.loads(refused.exception.body)["status"], "BAD_REFRESH_TOKEN")

    def test_owners_have_ids_of_their_own(self):
        api = self.hubspot.crm.owners.owners_api
        page = api.get_page(email="bob@example.com", limit=10)
        self.assertEqual([owner.first_name for owner in page.results], ["Bob"])
        owner = page.results[0]
        self.assertNotEqual(owner.id, str(owner.user_id))
        same = api.get_by_id(owner_id=owner.user_id, id_property="userId")
        self.assertEqual(same.id, owner.id)
        gone = [owner.email for owner in api.get_page(archived=True).results]
        self.assertEqual(gone, ["frank@example.com"])
        first = api.get_page(limit=2)
        second = api.get_page(limit=2, after=first.paging.next.after)
        self.assertEqual(len({owner.id for owner in first.results + second.results}), 4)

    def test_a_caller_is_found_without_the_country_code(self):
        name = "hs_searchable_calculated_phone_number"
        found = self.search(self.hubspot, name, "4155550134")
        self.assertEqual([one.properties["lastname"] for one in found.results], ["Torres"])
        self.assertEqual(found.total, 1)
        self.assertIsNotNone(found.results[0].updated_at.tzinfo)
        self.assertEqual(self.search(self.hubspot, name, "14155550134").total, 0)
        token = self.search(self.hubspot, "phone", "*600000001", "CONTAINS_TOKEN")
        self.assertEqual(token.total, 0, "the number is typed with a gap")

    def test_a_search_too_many_is_repeated(self):
        self.fault("secondly", times=2)
        patient = self.connect(self.session["access_token"], retries=5)
        found = self.search(patient, "hs_searchable_calculated_mobile_number", "4155550135")
        self.assertEqual(found.total, 1)
        self.fault("secondly")
        with self.assertRaises(contacts.ApiException) as refused:
            self.search(self.hubspot, "phone", "1")
        self.assertEqual(refused.exception.status, 429)
        self.assertEqual(json.loads(refused.exception.body)["policyName"], "SECONDLY")

    def test_a_contact_is_created_read_changed_and_archived(self):
        created = self.contact(lastname="Caller", phone="+4930123456", email="c@example.com")
        self.assertEqual(created.properties["hs_calculated_phone_number"], "+4930123456")
        api = self.hubspot.crm.contacts.basic_api
        with self.assertRaises(contacts.ApiException) as refused:
            self.contact(lastname="Twin", email="c@example.com")
        self.assertEqual(refused.exception.status, 409)
        self.assertIn(f"Existing ID: {created.id}", json.loads(refused.exception.body)["message"])
        api.update(contact_id=created.id, simple_public_object_input={"properties": {"city": "X"}})
        read = api.get_by_id(
            contact_id=created.id, properties=["city", "phone"], associations=["companies"]
        )
        self.assertEqual(read.properties["city"], "X")
        api.archive(contact_id=created.id)
        archived = api.get_page(archived=True)
        self.assertEqual([one.id for one in archived.results], [created.id])
        with self.assertRaises(contacts.ApiException) as gone:
            api.get_by_id(contact_id=created.id)
        self.assertEqual(gone.exception.status, 404)

    def test_a_call_stands_at_its_contact(self):
        contact = self.contact(lastname="Caller").id
        api = self.hubspot.crm.objects.calls
        call = api.basic_api.create(
            simple_public_object_input_for_create=self.call(
                contact, hs_call_duration="93000", hs_call_direction="INBOUND"
            )
        )
        self.assertEqual(call.properties["hs_call_duration"], "93000")
        self.assertEqual(call.properties["hs_timestamp"], "2026-05-14T08:00:00.000Z")
        read = self.hubspot.crm.contacts.basic_api.get_by_id(contact, associations=["calls"])
        self.assertEqual([one.id for one in read.associations["calls"].results], [call.id])
        with self.assertRaises(calls.ApiException) as refused:
            api.basic_api.create(
                simple_public_object_input_for_create={"properties": {"hs_call_title": "x"}}
            )
        self.assertIn("hs_timestamp", refused.exception.body)
        with self.assertRaises(calls.ApiException) as refused:
            api.basic_api.create(
                simple_public_object_input_for_create=self.call(contact, hs_call_shoe="44")
            )
        error = json.loads(refused.exception.body)["errors"][0]
        self.assertEqual(error["code"], "PROPERTY_DOESNT_EXIST")

    def test_a_batch_has_its_failures_inside_a_success(self):
        contact = self.contact(lastname="Caller").id
        inputs = [self.call(contact), self.call(contact, hubspot_owner_id="1"), self.call("1")]
        for number, one in enumerate(inputs):
            one["objectWriteTraceId"] = f"trace-{number}"
        told = self.hubspot.crm.objects.calls.batch_api.create(
            batch_input_simple_public_object_batch_input_for_create={"inputs": inputs}
        )
        self.assertIsInstance(told, BatchResponseSimplePublicObjectWithErrors)
        self.assertEqual((len(told.results), told.num_errors), (1, 2))
        self.assertEqual(told.results[0].object_write_trace_id, "trace-0")
        self.assertEqual(told.errors[0].context["objectWriteTraceId"], ["trace-1"])

    def test_associations_are_made_and_read(self):
        contact = self.contact(lastname="Caller").id
        company = self.hubspot.crm.companies.basic_api.get_page(limit=1).results[0].id
        api = self.hubspot.crm.associations.v4
        made = api.basic_api.create_default("contact", contact, "company", company)
        self.assertEqual(made.results[0].association_spec.association_type_id, 279)
        page = api.basic_api.get_page("contact", contact, "company", limit=10)
        self.assertEqual([str(one.to_object_id) for one in page.results], [company])
        many = api.batch_api.get_page(
            "contacts",
            "companies",
            batch_input_public_fetch_associations_batch_request={"inputs": [{"id": contact}]},
        )
        self.assertEqual(str(many.results[0].to[0].to_object_id), company)
        labels = api.schema.definitions_api.get_all("calls", "leads")
        self.assertEqual([label.type_id for label in labels.results], [596])

    def test_leads_and_properties_are_listed(self):
        leads = self.hubspot.crm.objects.leads.basic_api.get_page(properties=["hs_lead_name"])
        self.assertEqual(len(leads.results), 3)
        names = [one.name for one in self.hubspot.crm.properties.core_api.get_all("contacts").results]
        self.assertIn("hs_searchable_calculated_mobile_number", names)

    def test_changes_come_in_the_order_of_their_time(self):
        first = self.contact(lastname="First").id
        time.sleep(0.01)
        second = self.contact(lastname="Second").id
        since = self.hubspot.crm.contacts.basic_api.get_by_id(first).properties["lastmodifieddate"]
        one = {"propertyName": "lastmodifieddate", "operator": "GTE", "value": since}
        request = {
            "filterGroups": [{"filters": [one]}],
            "sorts": [{"propertyName": "lastmodifieddate", "direction": "ASCENDING"}],
            "limit": 200,
        }
        found = self.hubspot.crm.contacts.search_api.do_search(public_object_search_request=request)
        self.assertEqual([one.id for one in found.results], [first, second])

    def test_failures_are_told_apart(self):
        api = self.hubspot.crm.contacts.basic_api
        for kind, status in [("locked", 423), ("migrating", 477), ("not_found_page", 404)]:
            self.fault(kind, target="reads" if kind == "not_found_page" else "api")
            with self.assertRaises(contacts.ApiException) as refused:
                self.contact(lastname="x") if kind == "locked" else api.get_page()
            self.assertEqual(refused.exception.status, status, kind)
        ask("POST", "/__sandbox/tokens/expire")
        with self.assertRaises(contacts.ApiException) as refused:
            api.get_page()
        body = json.loads(refused.exception.body)
        self.assertEqual(body["category"], "EXPIRED_AUTHENTICATION")

    def test_a_rule_of_the_account_is_told_in_its_words(self):
        self.switch(required_property={"object": "contacts", "property": "city"})
        with self.assertRaises(contacts.ApiException) as refused:
            self.contact(lastname="x")
        self.assertIn("Validation rule", json.loads(refused.exception.body)["message"])

    def test_the_account_is_told(self):
        told = ask("GET", "/account-info/v3/details", token=self.session["access_token"])
        self.assertEqual((told["portalId"], told["timeZone"]), (147893286, "US/Eastern"))

    def test_webhooks_are_signed_as_the_client_checks_them(self):
        secret, body, uri = "s3cret", '[{"eventId":1}]', "https://linecard.example/hook"
        expected = Signature.get_signature(secret, body, "v3", uri, "POST", "1778745600000")
        signed = ask(
            "POST",
            "/__sandbox/signatures",
            {
                "client_secret": secret,
                "method": "POST",
                "uri": uri,
                "body": body,
                "timestamp": "1778745600000",
            },
        )
        self.assertEqual(signed["signature"], expected)


if __name__ == "__main__":
    unittest.main()
