import Gateway
import GatewayAPI
import Journey
import Outbox
import Sales

extension SaleResource {
    init(_ view: SaleView) {
        let record = view.record
        self.init()
        transactionID = record.id.text
        terminalID = record.terminalID
        receivedAt = record.receivedAt
        issuedAt = record.issuedAt
        number = record.number
        totals = TotalsResource(record.totals)
        documentType = record.documentType.rawValue
        hasBuyer = record.documentType.namesBuyer
        dueOn = record.dueOn?.text
        registration = RegistrationResource(view)
        taxInvoice = view.invoice.map { ProviderJobResource($0) }
        prints = record.prints.map { PrintResource($0) }
        slips = view.slips.map { SlipResource($0) }
        documents = record.documents.map { SaleDocumentResource($0) }
    }
}

extension SaleDocumentResource {
    init(_ document: DocumentRecord) {
        self.init()
        id = document.id.text
        sequence = document.sequence
        readiedAt = document.readiedAt
        pdfSize = document.sizes.pdf
        xmlSize = document.sizes.xml
        archived = document.isArchived
    }
}

extension RegistrationResource {
    fileprivate init(_ view: SaleView) {
        self.init()
        job.provider = view.record.registration.provider.rawValue
        job.state = view.registrationState.rawValue
        job.attempts = view.record.registration.attempts
        job.serviceURL = view.record.registration.link
        job.documentID = view.record.registration.machine.remoteID
        job.lastError = view.lastError.map { ErrorResource($0) }
        job.nextAttemptAt = view.nextAttemptAt
        switch view.record.registration.withdrawal {
        case nil: break
        case .asked(let at): withdrawalAskedAt = at
        case .done(let at): withdrawnAt = at
        }
    }
}

extension ErrorResource {
    init(_ failure: Failure) { self.init(code: failure.code, message: failure.message, at: failure.at) }
}

extension PrintResource {
    init(_ print: PrintRecord) {
        let machine = print.machine
        self.init()
        id = print.id
        kind = machine.kind.rawValue
        mark = machine.mark.rawValue
        copyNumber = print.copyNumber
        printer = print.printer
        state = machine.state.rawValue
        withQR = print.withQR
        confirmedBy = machine.confirmedBy?.rawValue
        requestedAt = print.requestedAt
        finishedAt = machine.finishedAt
        error = machine.error
    }
}
