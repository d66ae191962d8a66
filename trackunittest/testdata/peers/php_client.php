<?php
// Calls the simulator with PHP's own SOAP extension, by the WSDL that it publishes.
// Usage: php_client.php WSDL-URL TOKEN UNIT VERSION

[, $wsdl, $token, $unit, $version] = $argv;
$client = new SoapClient($wsdl, [
    'soap_version' => $version === '12' ? SOAP_1_2 : SOAP_1_1,
    'login' => 'API',
    'password' => $token,
    'cache_wsdl' => WSDL_CACHE_NONE,
    'features' => SOAP_SINGLE_ELEMENT_ARRAYS,
]);

function failure(object $response): string
{
    return $response->ResponseStatus->ErrorCode ?? 'none';
}

$units = $client->GetUnit([])->List->Unit;
echo 'units: ', count($units), ' ', $units[0]->Name, "\n";

$rows = $client->GetReportUnitHistory([
    'UnitId' => $unit,
    'From' => '2026-01-01T00:00:00Z',
    'To' => '2026-01-02T00:00:00Z',
])->List->UnitHistory;
echo 'history: ', count($rows), ' ', $rows[0]->Time, ' ', $rows[0]->Location->Latitude, ' ', $rows[0]->Km, "\n";

$polygon = 'POLYGON ((55 12, 55 13, 56 13, 56 12, 55 12))';
$zone = $client->CreateZone(['Name' => 'php æøå <&>', 'Polygon' => $polygon])->Id;
$found = $client->GetZone(['Id' => $zone])->List->Zone[0];
echo 'zone: ', $found->Name, ' ', $found->Polygon, "\n";
echo 'deleted: ', failure($client->DeleteZone(['Id' => $zone])), "\n";
echo 'zone after: ', failure($client->GetZone(['Id' => $zone])), "\n";
echo 'unknown unit: ', failure($client->GetUnit(['Id' => 'no-such-unit'])), "\n";
