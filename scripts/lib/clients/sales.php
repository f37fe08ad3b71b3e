<?php
// PHP's streams, unmodified, in HTTP/1.1, or in HTTP/1.0 if the first argument says so. They close after each request.
[, $version, $url] = $argv;
foreach (array_slice($argv, 3) as $file) {
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/json',
        'content' => file_get_contents($file),
        'protocol_version' => $version,
        'ignore_errors' => true,
        'timeout' => 10,
    ]]);
    file_get_contents($url, false, $context);
    echo explode(' ', $http_response_header[0] ?? 'no answer')[1], "\n";
}
