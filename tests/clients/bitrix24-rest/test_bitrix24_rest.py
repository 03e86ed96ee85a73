"""bitrix24-rest works with the stand-in as with a portal: GET requests with PHP's nesting."""

import asyncio
import os
import unittest

from bitrix24 import Bitrix24, BitrixError

BASE_URL = os.environ["BASE_URL"]
CONTACTS = 120
USERS = 120


def ask(method, params=None):
    portal = Bitrix24(f"{BASE_URL}/rest/1/standinsecret0001")

    async def run():
        return await portal.callMethod(method, params or {})

    return asyncio.run(run())


class PortalTest(unittest.TestCase):
    def test_all_users_and_contacts_come_in_parallel_pages(self):
        users = ask("user.get", {"FILTER": {"ACTIVE": "1"}})
        self.assertEqual(len({user["ID"] for user in users}), USERS)
        contacts = ask("crm.contact.list", {"select": ["ID"]})
        self.assertGreaterEqual(len({one["ID"] for one in contacts}), CONTACTS)
        items = ask("crm.item.list", {"entityTypeId": 3, "select": ["id"]})["items"]
        self.assertGreaterEqual(len({one["id"] for one in items}), CONTACTS)

    def test_a_plus_that_is_not_encoded_is_still_a_plus(self):
        found = ask("crm.duplicate.findbycomm", {"type": "PHONE", "values": ["+14155560007"]})
        self.assertEqual(len(found["CONTACT"]), 1)
        added = ask(
            "crm.contact.add",
            {"fields": {"NAME": "Ada", "PHONE": [{"VALUE": "+15550000001", "VALUE_TYPE": "WORK"}]}},
        )
        kept = ask("crm.contact.get", {"id": added})
        self.assertEqual(kept["PHONE"][0]["VALUE"], "+15550000001")
        self.assertTrue(ask("crm.contact.delete", {"id": added}))

    def test_a_record_that_is_not_there_is_an_error(self):
        with self.assertRaises(BitrixError) as refused:
            ask("crm.contact.get", {"id": 99999})
        self.assertIn("400", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
