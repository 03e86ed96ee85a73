"""simple-salesforce works with the stand-in as with Salesforce.

It only speaks https: whoever runs this gives the stand-in's authority in REQUESTS_CA_BUNDLE and
SSL_CERT_FILE.
"""

import datetime
import json
import os
import unittest
import urllib.request

import requests
from simple_salesforce import Salesforce, format_soql
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceMoreThanOneRecord,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

BASE_URL = os.environ["BASE_URL"]


def manage(path, body, method="POST"):
    """Asks the stand-in itself."""
    request = urllib.request.Request(
        f"{BASE_URL}/__sandbox/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def connect(**options):
    token = manage("sessions", {"username": "admin@example.com"})["access_token"]
    return Salesforce(instance_url=BASE_URL, session_id=token, **options)


class SalesforceTest(unittest.TestCase):
    def setUp(self):
        self.salesforce = connect(version="66.0")

    def test_a_query_follows_references(self):
        found = self.salesforce.query(
            format_soql("SELECT Name, Account.Name FROM Contact WHERE LastName = {}", "O'Brien")
        )
        self.assertEqual(found["totalSize"], 1)
        self.assertEqual(found["records"][0]["Account"]["Name"], "Blue Harbor Logistics")

    def test_all_records_come(self):
        found = self.salesforce.query_all("SELECT Id FROM Lead WHERE IsConverted = false")
        self.assertGreaterEqual(found["totalSize"], 3)
        self.assertTrue(found["done"])

    def test_the_default_version_is_served(self):
        self.assertEqual(connect().query("SELECT Id FROM Organization")["totalSize"], 1)

    def test_a_search_finds_a_caller(self):
        found = self.salesforce.search(
            "FIND {14155550178 OR 4155550178} IN PHONE FIELDS RETURNING Contact(Id, Name)"
        )
        self.assertEqual([one["Name"] for one in found["searchRecords"]], ["Grace Kim"])

    def test_a_quick_search_finds_ids(self):
        found = self.salesforce.quick_search("Wolfeschlegel*")["searchRecords"]
        self.assertEqual(found[0]["attributes"]["type"], "Contact")
        contact = self.salesforce.Contact.get(found[0]["Id"])
        self.assertTrue(contact["LastName"].startswith("Wolfeschlegel"))

    def test_a_call_is_created_changed_and_deleted(self):
        created = self.salesforce.Task.create(
            {"Subject": "Call", "CallObject": "simple-1", "CallType": "Outbound"}
        )
        self.assertTrue(created["success"])
        status = self.salesforce.Task.update(created["id"], {"Status": "Completed"})
        self.assertEqual(status, 204)
        self.assertTrue(self.salesforce.Task.get(created["id"])["IsClosed"])
        self.assertEqual(self.salesforce.Task.delete(created["id"]), 204)
        with self.assertRaises(SalesforceResourceNotFound):
            self.salesforce.Task.get(created["id"])

    def test_exactly_one_task_after_a_lost_answer(self):
        manage("faults", {"kind": "drop_after_commit", "target": "writes"})
        with self.assertRaises(requests.exceptions.ConnectionError):
            self.salesforce.Task.create({"Subject": "Call", "CallObject": "simple-lost"})
        found = self.salesforce.query("SELECT Id FROM Task WHERE CallObject = 'simple-lost'")
        self.assertEqual(found["totalSize"], 1)

    def test_changes_and_deletions_are_told(self):
        kept = self.salesforce.Contact.create({"LastName": "Kept"})["id"]
        lost = self.salesforce.Contact.create({"LastName": "Lost"})["id"]
        self.salesforce.Contact.delete(lost)
        now = datetime.datetime.now(datetime.timezone.utc)
        start, end = now - datetime.timedelta(hours=1), now + datetime.timedelta(minutes=2)
        updated = self.salesforce.Contact.updated(start, end)["ids"]
        self.assertIn(kept, updated)
        self.assertNotIn(lost, updated)
        deleted = self.salesforce.Contact.deleted(start, end)["deletedRecords"]
        self.assertIn(lost, [one["id"] for one in deleted])
        soql = format_soql("SELECT IsDeleted FROM Contact WHERE Id = {}", lost)
        self.assertEqual(self.salesforce.query(soql)["totalSize"], 0)
        found = self.salesforce.query_all(soql, include_deleted=True)
        self.assertTrue(found["records"][0]["IsDeleted"])

    def test_an_external_id_makes_a_create_repeatable(self):
        manage("setup", {"external_id": True}, method="PATCH")
        try:
            task = {"Subject": "Call"}
            first = self.salesforce.Task.upsert("Linecard_Key__c/simple-2", task)
            again = self.salesforce.Task.upsert("Linecard_Key__c/simple-2", task)
            self.assertEqual((first, again), (201, 200))
            got = self.salesforce.Task.get_by_custom_id("Linecard_Key__c", "simple-2")
            self.assertEqual(got["Subject"], "Call")
            for _ in range(2):
                self.salesforce.Task.create({"Linecard_Key__c": "simple-twice"})
            with self.assertRaises(SalesforceMoreThanOneRecord):
                self.salesforce.Task.get_by_custom_id("Linecard_Key__c", "simple-twice")
        finally:
            manage("setup", {"external_id": False}, method="PATCH")

    def test_a_batch_asks_several_things_at_once(self):
        parts = ["SELECT Id FROM Organization", "SELECT Naem FROM Account"]
        urls = [f"v66.0/query/?q={part.replace(' ', '+')}" for part in parts]
        batch = {"batchRequests": [{"method": "GET", "url": url} for url in urls]}
        answer = self.salesforce.restful("composite/batch", method="POST", data=json.dumps(batch))
        self.assertTrue(answer["hasErrors"])
        good, bad = answer["results"]
        self.assertEqual((good["statusCode"], bad["statusCode"]), (200, 400))
        self.assertEqual(good["result"]["totalSize"], 1)
        self.assertEqual(bad["result"][0]["errorCode"], "INVALID_FIELD")

    def test_an_edition_without_api_refuses(self):
        manage("setup", {"api_enabled": False}, method="PATCH")
        try:
            with self.assertRaises(SalesforceRefusedRequest) as refused:
                self.salesforce.query("SELECT Id FROM Contact")
        finally:
            manage("setup", {"api_enabled": True}, method="PATCH")
        self.assertEqual(refused.exception.content[0]["errorCode"], "API_DISABLED_FOR_ORG")

    def test_limits_and_usage_are_told(self):
        limits = self.salesforce.limits()["DailyApiRequests"]
        self.assertEqual(limits["Max"], 15000)
        usage = self.salesforce.api_usage["api-usage"]
        self.assertEqual(usage.total, 15000)
        self.assertEqual(usage.used, limits["Max"] - limits["Remaining"])

    def test_the_describe_is_read(self):
        self.assertTrue(self.salesforce.is_sandbox())
        names = [one["name"] for one in self.salesforce.describe()["sobjects"]]
        self.assertIn("TaskStatus", names)
        fields = self.salesforce.Contact.describe()["fields"]
        self.assertIn("AssistantPhone", [field["name"] for field in fields])

    def test_failures_are_told_apart(self):
        with self.assertRaises(SalesforceMalformedRequest) as refused:
            self.salesforce.Contact.create({"FirstName": "Nameless"})
        self.assertEqual(refused.exception.content[0]["errorCode"], "REQUIRED_FIELD_MISSING")
        manage("faults", {"kind": "quota"})
        with self.assertRaises(SalesforceRefusedRequest):
            self.salesforce.query("SELECT Id FROM Contact")
        self.salesforce.session_id = "nonsense"
        self.salesforce.headers["Authorization"] = "Bearer nonsense"
        with self.assertRaises(SalesforceExpiredSession):
            self.salesforce.query("SELECT Id FROM Contact")


if __name__ == "__main__":
    unittest.main()
