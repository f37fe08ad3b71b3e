import Gateway
import GatewayAPI
import Outbox
import RemoteServices

extension BillingResultResource {
    init(_ result: BillingResult) {
        self.init()
        call = result.call.map { Int($0) }
        id = result.id
        existing = result.isExisting
        entry = result.entry
        bill = result.bill.map { BillResource(id: $0.id, number: $0.number, status: $0.status) }
        log = result.log
    }
}

extension BillingCallResource {
    init(_ record: BillingCallRecord) {
        self.init()
        call = Int(record.seq)
        verb = record.verb
        key = record.key
        state = record.state.rawValue
        id = record.answerID
        errorCode = record.errorCode
        askedAt = record.askedAt
        endedAt = record.endedAt
    }
}
