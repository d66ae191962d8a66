"""Calls the simulator with zeep, by the WSDL that it publishes. Usage: zeep_client.py WSDL-URL TOKEN UNIT"""

import datetime
import sys

import requests
import zeep
from requests.auth import HTTPBasicAuth

wsdl, token, unit = sys.argv[1:]
session = requests.Session()
session.auth = HTTPBasicAuth("API", token)
client = zeep.Client(wsdl, transport=zeep.Transport(session=session))
service = client.service


def failure(response):
    # zeep returns the member itself where a response has just one.
    status = getattr(response, "ResponseStatus", response)
    return status and status.ErrorCode or "none"


units = service.GetUnit()
print("units:", len(units.List.Unit), units.List.Unit[0].Name)

utc = datetime.timezone.utc
history = service.GetReportUnitHistory(
    UnitId=unit,
    From=datetime.datetime(2026, 1, 1, tzinfo=utc),
    To=datetime.datetime(2026, 1, 2, tzinfo=utc),
)
rows = history.List.UnitHistory
print("history:", len(rows), rows[0].Time.isoformat(), rows[0].Location.Latitude, rows[0].Km)

polygon = "POLYGON ((55 12, 55 13, 56 13, 56 12, 55 12))"
zone = service.CreateZone(Name="zeep æøå <&>", Polygon=polygon).Id
found = service.GetZone(Id=zone)
print("zone:", found.List.Zone[0].Name, found.List.Zone[0].Polygon)
print("deleted:", failure(service.DeleteZone(Id=zone)))
print("zone after:", failure(service.GetZone(Id=zone)))
print("unknown unit:", failure(service.GetUnit(Id="no-such-unit")))
