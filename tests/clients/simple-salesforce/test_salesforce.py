"""simple-salesforce works with the stand-in as with Salesforce."""

import json
import os
import unittest
import urllib.request

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce, format_soql
from simple_salesforce.exceptions import (
    SalesforceExpiredSession,
    SalesforceMalformedRequest,
    SalesforceRefusedRequest,
    SalesforceResourceNotFound,
)

BASE_URL = os.environ["BASE_URL"]


class PlainHttp(HTTPAdapter):
    """The client only speaks https; the stand-in listens without TLS on the loopback."""

    def send(self, request, **kwargs):
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, **kwargs)


def manage(path, body):
    """Asks the stand-in itself."""
    request = urllib.request.Request(
        f"{BASE_URL}/__sandbox/{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def connect(**options):
    session = requests.Session()
    session.mount("https://", PlainHttp())
    token = manage("sessions", {"username": "admin@example.com"})["access_token"]
    return Salesforce(
        instance_url=BASE_URL.replace("http://", "https://"),
        session_id=token,
        session=session,
        **options,
    )


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
