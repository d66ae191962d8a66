<?php
// Reads a request in SOAP encoding as a service with that WSDL does, and prints the texts of all values in it, one a line,
// in base64. Usage: foreign.php wsdl request.xml

ini_set('soap.wsdl_cache_enabled', '0');
ini_set('display_errors', 'stderr');

class Catcher
{
    public ?array $args = null;

    public function __call($name, $args)
    {
        $this->args = $args;
        return null;
    }
}

function texts($value): void
{
    if ($value instanceof SoapVar) {
        texts($value->enc_value);
    } elseif (is_array($value) || is_object($value)) {
        foreach ($value as $member) {
            texts($member);
        }
    } elseif (is_bool($value)) {
        echo base64_encode($value ? 'true' : 'false'), "\n";
    } elseif ($value !== null) {
        echo base64_encode((string) $value), "\n";
    }
}

$catcher = new Catcher();
ob_start();
// The request is read before anything is answered, which may fail or end the script: nobody made a response.
register_shutdown_function(function () use ($catcher) {
    $answer = ob_get_clean();
    if ($catcher->args === null) {
        fwrite(STDERR, strip_tags($answer));
        exit(1);
    }
    texts($catcher->args);
});
$server = new SoapServer($argv[1]);
$server->setObject($catcher);
$server->handle(file_get_contents($argv[2]));
