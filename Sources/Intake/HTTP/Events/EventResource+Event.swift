import Foundation
import Gateway
import GatewayAPI
import Journey
import Monitoring
import Outbox
import Sales

extension EventResource {
    init(_ event: GatewayEvent) {
        switch event {
        case .sale(let sale):
            self = .sale(
                id: sale.id.text, terminalID: sale.terminalID, receivedAt: sale.receivedAt, total: sale.total.plain)
        case .registration(let registration):
            self = .registration(
                id: registration.id.text, state: registration.state.rawValue, attempts: registration.attempts,
                errorCode: registration.errorCode, nextAttemptAt: registration.nextAttemptAt)
        case .taxInvoice(let invoice):
            self = .taxInvoice(
                id: invoice.id.text, state: invoice.state.rawValue, attempts: invoice.attempts,
                errorCode: invoice.errorCode, nextAttemptAt: invoice.nextAttemptAt)
        case .print(let event):
            self = .print(saleID: event.id.text, PrintResource(event.print))
        case .documentPrint(let print):
            self = .print(saleID: print.sale.text, PrintResource(print), documentID: print.document.text)
        case .document(let event):
            self = .document(saleID: event.id.text, SaleDocumentResource(event.document))
        case .slip(let slip):
            self = .slip(
                id: slip.id.text, saleID: slip.sale?.text, terminalID: slip.terminalID, state: slip.state.rawValue,
                differs: slip.differs.map(\.rawValue))
        case .bill(let bill):
            self = .bill(BillResource(id: bill.id, number: bill.number, status: bill.status))
        case .printer(let entry):
            self = .printer(
                name: entry.name, state: entry.state.rawValue, detail: entry.detail, since: entry.since,
                sensors: SensorsResource(entry.sensors))
        case .alarm(let alarm, let isStanding):
            self = .alarm(state: isStanding ? "raised" : "cleared", AlarmResource(alarm, at: Date()))
        case .gateway(let gateway):
            self = .gateway(
                state: gateway.state.rawValue, since: gateway.since, code: gateway.code, startedAt: gateway.startedAt,
                dropped: gateway.dropped)
        }
    }
}

extension PrintResource {
    /// A document's print among those of papers. Its id counts the sale's prints of documents.
    fileprivate init(_ print: DocumentPrint) {
        self.init()
        id = print.id
        kind = "document"
        mark = print.machine.mark.rawValue
        printer = print.printer
        state = print.machine.state.rawValue
        confirmedBy = print.machine.confirmedBy?.rawValue
        requestedAt = print.requestedAt
        finishedAt = print.machine.finishedAt
        error = print.machine.error
    }
}
