import Gateway
import GatewayAPI
import Journey
import Outbox
import Sales

extension SlipResource {
    init(_ view: SlipView) {
        let record = view.record
        self.init()
        id = record.id.text
        sale = record.sale?.text
        terminalID = record.terminal
        receivedAt = record.receivedAt
        state = view.shown.rawValue
        words = SlipWords.text(of: state)
        expectedAmount = record.expected.plain
        read = record.reading.map { SlipReadingResource($0) }
        differences = record.differences.map {
            SlipDifferenceResource(check: $0.check.rawValue, expected: $0.expected, found: $0.found)
        }
        accountChecked = record.accountChecked
        mayBeCharged = record.mayBeCharged
        credits = record.credits
        lastError = view.lastError.map { ErrorResource(code: $0.code, message: $0.message, at: $0.at) }
        nextAttemptAt = view.nextAttemptAt
        imageKept = !record.imageRemoved
    }
}

extension SlipReadingResource {
    fileprivate init(_ reading: SlipReading) {
        self.init()
        amount = reading.amount
        date = reading.date
        bank = reading.bank
        fromAccount = reading.fromAccount
        toAccount = reading.toAccount
    }
}
