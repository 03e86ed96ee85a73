"""Zoho's own client works with the stand-in as with Zoho CRM."""

import datetime
import json
import logging
import os
import re
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request

from zohocrmsdk.src.com.zoho.api.authenticator.oauth_token import OAuthToken
from zohocrmsdk.src.com.zoho.api.authenticator.store import FileStore
from zohocrmsdk.src.com.zoho.api.logger import Logger
from zohocrmsdk.src.com.zoho.crm.api import HeaderMap, Initializer, ParameterMap
from zohocrmsdk.src.com.zoho.crm.api.coql import BodyWrapper as Question
from zohocrmsdk.src.com.zoho.crm.api.coql import CoqlOperations
from zohocrmsdk.src.com.zoho.crm.api.dc.data_center import DataCenter
from zohocrmsdk.src.com.zoho.crm.api.exception import SDKException
from zohocrmsdk.src.com.zoho.crm.api.org import OrgOperations
from zohocrmsdk.src.com.zoho.crm.api.record import (
    APIException,
    BodyWrapper,
    DeletedRecordsWrapper,
    GetDeletedRecordsParam,
    GetRecordsHeader,
    GetRecordsParam,
    Record,
    RecordOperations,
    SearchRecordsParam,
    SuccessResponse,
)
from zohocrmsdk.src.com.zoho.crm.api.sdk_config import SDKConfig
from zohocrmsdk.src.com.zoho.crm.api.users import GetUsersParam, MinifiedUser, UsersOperations
from zohocrmsdk.src.com.zoho.crm.api.util import Choice

BASE_URL = os.environ["BASE_URL"]
CLIENT_ID = "1000.STANDIN"
CLIENT_SECRET = "stand-in-secret"
REDIRECT = "http://localhost/callback/"


def manage(path, body=None, method="POST"):
    """Asks the stand-in itself."""
    request = urllib.request.Request(
        f"{BASE_URL}/__sandbox/{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read()
    return json.loads(text) if text else None


class KeepsRedirects(urllib.request.HTTPRedirectHandler):
    """A browser that stops where the application would take over."""

    def redirect_request(self, request, file, code, message, headers, address):
        if address.startswith(REDIRECT):
            return None
        return super().redirect_request(request, file, code, message, headers, address)


def consent():
    """What a person does in a browser; returns what the callback is told."""
    cookies = urllib.request.HTTPCookieProcessor()
    browser = urllib.request.build_opener(cookies, KeepsRedirects)
    query = {
        "response_type": "code",
        "client_id": CLIENT_ID,
        "redirect_uri": REDIRECT,
        "scope": "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ,ZohoCRM.org.READ,"
        "ZohoCRM.coql.READ,ZohoSearch.securesearch.READ",
        "access_type": "offline",
        "prompt": "consent",
        "state": "the-state",
    }
    asked = f"{BASE_URL}/oauth/v2/auth?{urllib.parse.urlencode(query)}"
    page = browser.open(asked).read().decode()
    ticket = re.search('name="request" value="([^"]+)"', page).group(1)
    password = re.search("<code>([^<]+)</code>", page).group(1)

    def submit(path, **fields):
        fields = urllib.parse.urlencode({"request": ticket, **fields}).encode()
        return browser.open(f"{BASE_URL}/oauth/v2/auth/{path}", fields)

    submit("sign-in", username="admin@example.com", password=password)
    try:
        submit("consent", decision="allow")
    except urllib.error.HTTPError as redirect:
        back = urllib.parse.urlsplit(redirect.headers["Location"])
        return dict(urllib.parse.parse_qsl(back.query))
    raise AssertionError("the browser was not sent back")


def initialize(**token):
    """Starts the client with an empty memory."""
    folder = tempfile.mkdtemp()
    Initializer.initialize(
        environment=DataCenter.Environment(BASE_URL, f"{BASE_URL}/oauth/v2/token", BASE_URL),
        token=OAuthToken(client_id=CLIENT_ID, client_secret=CLIENT_SECRET, **token),
        store=FileStore(os.path.join(folder, "tokens.csv")),
        resource_path=folder,
        sdk_config=SDKConfig(auto_refresh_fields=False, pick_list_validation=False),
        logger=Logger.get_instance(Logger.Levels.CRITICAL, os.path.join(folder, "log")),
    )


def parameters(**values):
    given = ParameterMap()
    for parameter, value in values.values():
        given.add(parameter, value)
    return given


def written(records, trigger=()):
    body = BodyWrapper()
    body.set_data(records)
    body.set_trigger(list(trigger))
    return body


def referring(identifier):
    record = Record()
    record.set_id(int(identifier))
    return record


def call(contact, owner, **fields):
    agent = MinifiedUser()
    agent.set_id(int(owner))
    record = Record()
    start = datetime.datetime(2026, 5, 14, 10, tzinfo=datetime.timezone.utc)
    values = {
        "Subject": "Incoming call",
        "Call_Type": Choice("Inbound"),
        "Call_Start_Time": start,
        "Call_Duration": "02:05",
        "Description": "linecard: sdk-1",
        "Who_Id": referring(contact),
        "Owner": agent,
    }
    for name, value in {**values, **fields}.items():
        record.add_key_value(name, value)
    return record


class ZohoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        logging.disable(logging.CRITICAL)
        back = consent()
        assert back["state"] == "the-state" and back["location"] == "eu"
        assert back["accounts-server"] == BASE_URL
        initialize(grant_token=back["code"], redirect_url=REDIRECT)
        contacts = manage("records/Contacts", method="GET")
        cls.maya = next(one for one in contacts if one["Full_Name"] == "Maya Torres")

    def setUp(self):
        self.contacts = RecordOperations("Contacts")
        self.calls = RecordOperations("Calls")

    def log(self, *records):
        return self.calls.create_records(written(list(records))).get_object().get_data()

    def test_the_organisation_and_its_people_are_told(self):
        org = OrgOperations().get_organization().get_object().get_org()[0]
        self.assertEqual(org.get_company_name(), "Harbour Supplies")
        self.assertTrue(org.get_zgid())
        asked = parameters(type=(GetUsersParam.type, "ActiveUsers"))
        users = UsersOperations().get_users(asked).get_object().get_users()
        emails = [user.get_email() for user in users]
        self.assertIn("alice@example.com", emails)
        self.assertNotIn("frank@example.com", emails)

    def search(self, phone):
        asked = parameters(
            phone=(SearchRecordsParam.phone, phone),
            fields=(SearchRecordsParam.fields, "Full_Name,Phone"),
        )
        return self.contacts.search_records(asked)

    def test_a_search_finds_a_number_as_it_was_typed_and_nothing_else(self):
        found = self.search("+1 415 555 0135").get_object().get_data()
        self.assertEqual([one.get_key_value("Full_Name") for one in found], ["Maya Torres"])
        nobody = self.search("+4930123456")
        self.assertEqual(nobody.get_status_code(), 204)
        self.assertIsNone(nobody.get_object())

    def test_a_question_finds_the_last_digits(self):
        question = Question()
        question.set_select_query(
            "select id,Full_Name,Phone from Contacts where (Phone like '%0134' or Mobile like "
            "'%0134') limit 0, 200"
        )
        found = CoqlOperations().get_records(question).get_object().get_data()
        self.assertEqual([one.get_key_value("Full_Name") for one in found], ["Maya Torres"])
        question.set_select_query("select id from Contacts where")
        refused = CoqlOperations().get_records(question).get_object()
        self.assertEqual(refused.get_code().get_value(), "SYNTAX_ERROR")

    def test_a_call_is_created_and_its_note_changed(self):
        created = self.log(call(self.maya["id"], self.maya["Owner"]["id"]))[0]
        self.assertIsInstance(created, SuccessResponse)
        identifier = int(created.get_details()["id"])
        kept = manage("records/Calls", method="GET")
        kept = next(one for one in kept if one["id"] == str(identifier))
        self.assertEqual(kept["Call_Duration_in_seconds"], 125)
        self.assertEqual(kept["Call_Status"], "Received")
        self.assertEqual(kept["Who_Id"]["id"], self.maya["id"])
        change = Record()
        change.add_key_value("Description", "a note\nlinecard: sdk-1")
        changed = self.calls.update_record(identifier, written([change]))
        self.assertEqual(changed.get_status_code(), 200)
        kind = Record()
        kind.add_key_value("Call_Type", Choice("Outbound"))
        refused = self.calls.update_record(identifier, written([kind])).get_object()
        self.assertEqual(refused.get_data()[0].get_code().get_value(), "INVALID_DATA")

    def test_of_two_calls_each_has_its_own_fate(self):
        good = call(self.maya["id"], self.maya["Owner"]["id"])
        bad = call(self.maya["id"], self.maya["Owner"]["id"], Call_Duration=None)
        answer = self.calls.create_records(written([good, bad]))
        self.assertEqual(answer.get_status_code(), 207)
        first, second = answer.get_object().get_data()
        self.assertIsInstance(first, SuccessResponse)
        self.assertIsInstance(second, APIException)
        self.assertEqual(second.get_code().get_value(), "MANDATORY_NOT_FOUND")

    def test_an_upsert_tells_what_it_did(self):
        for action in ("insert", "update"):
            contact = Record()
            contact.add_key_value("Last_Name", "Upserted")
            contact.add_key_value("Phone", "+4930123456")
            body = written([contact])
            body.set_duplicate_check_fields(["Phone"])
            told = self.contacts.upsert_records(body).get_object().get_data()[0]
            self.assertEqual(told.get_action().get_value(), action)

    def test_what_changed_and_what_was_deleted(self):
        contact = Record()
        contact.add_key_value("Last_Name", "Short-lived")
        created = self.contacts.create_records(written([contact])).get_object().get_data()[0]
        identifier = int(created.get_details()["id"])
        asked = parameters(fields=(GetRecordsParam.fields, "Full_Name,Phone"))
        everybody = self.contacts.get_records(asked).get_object().get_data()
        self.assertIn(identifier, [one.get_id() for one in everybody])
        future = datetime.datetime(2100, 1, 1, tzinfo=datetime.timezone.utc)
        since = HeaderMap()
        since.add(GetRecordsHeader.if_modified_since, future)
        unchanged = self.contacts.get_records(asked, since)
        self.assertEqual(unchanged.get_status_code(), 304)
        self.assertEqual(self.contacts.delete_record(identifier).get_status_code(), 200)
        asked = parameters(type=(GetDeletedRecordsParam.type, "all"))
        deleted = self.contacts.get_deleted_records(asked).get_object()
        self.assertIsInstance(deleted, DeletedRecordsWrapper)
        self.assertIn(identifier, [one.get_id() for one in deleted.get_data()])

    def test_a_list_without_fields_is_refused(self):
        refused = self.contacts.get_records().get_object()
        self.assertEqual(refused.get_code().get_value(), "REQUIRED_PARAM_MISSING")

    def test_too_many_requests_are_told_by_their_code(self):
        manage("faults", {"kind": "too_many_requests"})
        refused = self.search("+1 415 555 0135").get_object()
        self.assertEqual(refused.get_code().get_value(), "TOO_MANY_REQUESTS")

    def test_z_a_refresh_goes_on_and_a_wrong_token_opens_nothing(self):
        manage("tokens/expire", {})
        tokens = manage("sessions", {"username": "admin@example.com"})
        initialize(refresh_token=tokens["refresh_token"])
        self.assertEqual(self.search("+1 415 555 0135").get_status_code(), 200)
        with self.assertRaises(SDKException):
            initialize(refresh_token="1000.nonsense")


if __name__ == "__main__":
    unittest.main()
