<?php
// Hands one sale to Kamkap over its Unix socket. Usage: php sale.php [SOCKET]. Needs PHP 7.4 or later with curl.
// Ends with 0: accepted; 65: refused, and refused again if sent again; 69: not reached, send the same bytes later.
// SALE_ID and SALE_TOTAL put in another id and total, to try what is refused.
declare(strict_types=1);

$socket = $argv[1] ?? (getenv('KAMKAP_SOCKET') ?: '/run/kamkap/pos.sock');
$tries = (int) (getenv('KAMKAP_TRIES') ?: 6);

// Made once: each try sends these very bytes. A real till writes them to its own disk before the first.
$sale = json_encode([
    // Unique among all stores of one account at the provider, hence branch and till. A real till puts its receipt counter here.
    'transaction_id' => getenv('SALE_ID') ?: sprintf('00000-POS01-%d', microtime(true) * 1000),
    'document' => [
        'issued_at' => date(DATE_ATOM),
        'line_items' => [
            ['name' => 'กาแฟลาเต้เย็น', 'unit_price' => '75', 'quantity' => '2', 'vatable' => true],
            ['name' => 'ครัวซองต์เนยสด', 'unit_price' => '89.50', 'quantity' => '1', 'vatable' => true],
            ['name' => 'ส่วนลดสมาชิก', 'unit_price' => '-20', 'quantity' => '1', 'vatable' => true],
        ],
    ],
    'terminal_id' => 'POS-01',
    'receipt' => [
        'payments' => [['method' => 'cash', 'amount' => '300']],
        'change' => '80.50',
        'total' => getenv('SALE_TOTAL') ?: '219.50',
    ],
], JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);

$later = 0;
$curl = curl_init('http://pos/v1/sales');
curl_setopt_array($curl, [
    CURLOPT_UNIX_SOCKET_PATH => $socket,
    CURLOPT_POSTFIELDS => $sale,
    CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_TIMEOUT => 10,
    CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$later): int {
        if (stripos($line, 'Retry-After:') === 0) {
            $later = (int) substr($line, strlen('Retry-After:'));
        }
        return strlen($line);
    },
]);

for ($try = 1; ; $try++) {
    $later = 0;
    $answer = curl_exec($curl);
    // 0 if nobody answered. An answer that broke off has a status, but does not count.
    $status = $answer === false ? 0 : curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($status === 200 || $status === 201) { // It is on disk, and Kamkap does the rest: the customer may go.
        $kept = json_decode($answer, true);
        echo "accepted {$kept['transaction_id']}: total {$kept['totals']['total']},",
            " registration {$kept['registration']['state']}\n";
        exit(0);
    }
    // Otherwise it may have been taken all the same, and only the answer was lost: no new id.
    if ($status >= 300 && $status < 500 && $status !== 408 && $status !== 429) {
        // 422: the sale has these faults. 409: this id was used for another sale. Both are bugs in the till.
        $problem = json_decode($answer, true);
        fwrite(STDERR, "refused: {$problem['title']}\n");
        foreach ($problem['errors'] ?? [['pointer' => '', 'detail' => $problem['detail']]] as $fault) {
            fwrite(STDERR, "  {$fault['pointer']} {$fault['detail']}\n");
        }
        exit(65);
    }
    if ($try >= $tries) {
        break;
    }
    sleep(max(min(2 ** ($try - 1), 30), $later));
}
$why = $status === 0 ? curl_error($curl) : "status $status";
fwrite(STDERR, "not reached ($why): keep the sale and send the same bytes later\n");
exit(69);
