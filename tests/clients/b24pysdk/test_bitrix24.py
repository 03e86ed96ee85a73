"""The vendor's own SDK works with the stand-in as with a portal, over TLS."""

import os
import unittest

import requests
from b24pysdk import BitrixWebhook, Client
from b24pysdk.errors import (
    BitrixAPIBadRequest,
    BitrixAPIInsufficientScope,
    BitrixAPIInvalidCredentials,
    BitrixAPIOperationTimeLimit,
    BitrixAPIQueryLimitExceeded,
)

BASE_URL = os.environ["BASE_URL"]
DOMAIN = BASE_URL.removeprefix("https://")
CONTACTS = 120
USERS = 120


def client(webhook="1/standinsecret0001"):
    return Client(BitrixWebhook(domain=DOMAIN, webhook_token=webhook), max_retries=1)


def manage(path, body, method="POST"):
    """Asks the stand-in itself."""
    answer = requests.request(method, f"{BASE_URL}/__sandbox/{path}", json=body, timeout=10)
    answer.raise_for_status()


class PortalTest(unittest.TestCase):
    def setUp(self):
        self.client = client()

    def tearDown(self):
        manage("faults", None, "DELETE")

    def test_who_the_webhook_is_and_what_it_may_do(self):
        profile = self.client.profile().result
        self.assertEqual(profile["ID"], "1")
        self.assertTrue(profile["ADMIN"])
        self.assertEqual(self.client.scope().result, ["crm", "user"])

    def test_all_users_come_page_by_page_and_in_a_batch(self):
        users = self.client.user.get(filter={"ACTIVE": True}).as_list().result
        self.assertEqual(len(list(users)), USERS)
        self.assertEqual(len({user["ID"] for user in users}), USERS)

    def test_all_contacts_come_in_either_way(self):
        slow = self.client.crm.contact.list(select=["ID", "NAME"]).as_list().result
        fast = self.client.crm.contact.list(select=["ID", "NAME"]).as_list_fast().result
        slow, fast = [one["ID"] for one in slow], [one["ID"] for one in fast]
        self.assertGreaterEqual(len(slow), CONTACTS)
        self.assertEqual(sorted(slow), sorted(fast))

    def test_a_caller_is_found_and_read(self):
        found = self.client.crm.duplicate.findbycomm(
            type="PHONE", values=["+14155560007", "4155560007"]
        ).result
        self.assertEqual(list(found), ["CONTACT"])
        item = self.client.crm.item.list(
            entity_type_id=3, filter={"@id": found["CONTACT"]}, select=["*"]
        ).result["items"][0]
        self.assertEqual(item["lastName"], "Person 7")
        self.assertEqual(item["fm"][0]["value"], "+14155560007")
        nobody = self.client.crm.duplicate.findbycomm(type="PHONE", values=["+14155569999"])
        self.assertEqual(nobody.result, [])

    def test_a_contact_is_added_changed_and_deleted(self):
        contact = self.client.crm.contact.add(
            fields={"NAME": "Ada", "PHONE": [{"VALUE": "+14155550188", "VALUE_TYPE": "WORK"}]}
        ).result
        self.assertIsInstance(contact, int)
        kept = self.client.crm.contact.get(bitrix_id=contact).result
        self.assertEqual((kept["ID"], kept["HAS_PHONE"]), (str(contact), "Y"))
        self.assertTrue(
            self.client.crm.contact.update(bitrix_id=contact, fields={"LAST_NAME": "Byron"}).result
        )
        changed = self.client.crm.contact.get(bitrix_id=contact).result
        self.assertEqual(changed["LAST_NAME"], "Byron")
        self.assertTrue(self.client.crm.contact.delete(bitrix_id=contact).result)

    def test_a_call_is_logged_and_found_by_its_key(self):
        fields = {
            "OWNER_TYPE_ID": 3, "OWNER_ID": 1, "TYPE_ID": 2, "SUBJECT": "Call",
            "RESPONSIBLE_ID": 1, "DIRECTION": 1, "COMPLETED": "Y",
            "START_TIME": "2026-05-14T09:25:37+00:00", "END_TIME": "2026-05-14T09:27:10+00:00",
            "COMMUNICATIONS": [
                {"VALUE": "+14155560001", "ENTITY_ID": 1, "ENTITY_TYPE_ID": 3, "TYPE": "PHONE"}
            ],
            "ORIGINATOR_ID": "sdk", "ORIGIN_ID": "sdk-1",
        }
        activity = self.client.crm.activity.add(fields=fields).result
        found = self.client.crm.activity.list(
            filter={"ORIGINATOR_ID": "sdk", "ORIGIN_ID": "sdk-1"}
        ).result
        self.assertEqual([one["ID"] for one in found], [str(activity)])
        self.assertEqual(found[0]["PROVIDER_ID"], "VOXIMPLANT_CALL")
        self.assertEqual(found[0]["SETTINGS"], [])
        with self.assertRaises(BitrixAPIBadRequest):
            self.client.crm.activity.add(fields={**fields, "SUBJECT": ""}).result

    def test_what_changed_since_a_moment_comes(self):
        contact = self.client.crm.contact.add(fields={"NAME": "Changed"}).result
        self.addCleanup(lambda: self.client.crm.contact.delete(bitrix_id=contact).result)
        since = self.client.crm.contact.get(bitrix_id=contact).result["DATE_MODIFY"]
        changed = self.client.crm.contact.list(
            filter={">=DATE_MODIFY": since}, order={"DATE_MODIFY": "DESC", "ID": "DESC"}
        ).result
        self.assertEqual(changed[0]["ID"], str(contact))
        later = self.client.crm.contact.list(filter={">DATE_MODIFY": "2100-01-01T00:00:00+00:00"})
        self.assertEqual(later.result, [])

    def test_a_batch_refers_to_itself_and_says_what_failed(self):
        told = self.client.call_batch(
            {
                "a": self.client.user.current(),
                "b": self.client.crm.contact.get(bitrix_id=1),
                "c": self.client.crm.contact.get(bitrix_id=99999),
            }
        ).result
        self.assertEqual(told.result["a"]["ID"], "1")
        self.assertEqual(told.result["b"]["ID"], "1")
        self.assertEqual(told.result_error["c"]["error_description"], "Not found")

    def test_a_record_that_is_not_there_is_a_bad_request_without_a_code(self):
        with self.assertRaises(BitrixAPIBadRequest) as refused:
            self.client.crm.contact.get(bitrix_id=99999).result
        self.assertEqual(refused.exception.error, "")

    def test_failures_have_the_types_that_the_vendor_gave_them(self):
        with self.assertRaises(BitrixAPIInvalidCredentials):
            client("1/wrong").profile().result
        with self.assertRaises(BitrixAPIInsufficientScope):
            client("1/usersonly").crm.contact.get(bitrix_id=1).result
        manage("faults", {"kind": "operating_limit"})
        with self.assertRaises(BitrixAPIOperationTimeLimit):
            self.client.profile().result
        manage("faults", {"kind": "rate_limit", "times": 9})
        with self.assertRaises(BitrixAPIQueryLimitExceeded):
            self.client.profile().result

    def test_one_activity_after_a_lost_answer(self):
        manage("faults", {"kind": "drop_after_commit"})
        with self.assertRaises(Exception):
            self.client.crm.contact.add(fields={"NAME": "Lost", "ORIGIN_ID": "sdk-lost"}).result
        found = self.client.crm.contact.list(filter={"ORIGIN_ID": "sdk-lost"}).result
        self.assertEqual(len(found), 1)


if __name__ == "__main__":
    unittest.main()
