/// What the list of invoices is narrowed by.
struct InvoiceFilter {
    private let status: BillgateSimulator.Document.Filter?
    private let issued: (from: String?, to: String?)
    private let paid: (from: String?, to: String?)
    private let today: CivilDay
    private let zone: BillgateSimulator.Leeway.Lists.Zone

    init(
        _ query: CallQuery, today: CivilDay, zone: BillgateSimulator.Leeway.Lists.Zone
    ) throws(Refusal) {
        status = try query.word("status")
        issued = (try query.time("start"), try query.time("end"))
        paid = (try query.time("payment_start"), try query.time("payment_end"))
        self.today = today
        self.zone = zone
    }

    var isEmpty: Bool {
        status == nil && issued.from == nil && issued.to == nil && paid.from == nil && paid.to == nil
    }

    func fits(_ invoice: BillgateSimulator.Document) -> Bool {
        status.map { invoice.fits($0, today: today) } ?? true
            && Self.fits(issueTime(of: invoice), issued) && Self.fits(invoice.payment?.date, paid)
    }

    private func issueTime(of invoice: BillgateSimulator.Document) -> String {
        guard zone == .utc, let day = CivilDay(invoice.issueDate)?.dayBefore else { return invoice.issueDate }
        return "\(day.text) 17:00:00"
    }

    /// Times in this form are in order of their text.
    private static func fits(_ date: String?, _ range: (from: String?, to: String?)) -> Bool {
        guard range.from != nil || range.to != nil else { return true }
        guard let date else { return false }
        let time = date.utf8.count == 10 ? date + " 00:00:00" : date
        return range.from.map { $0 <= time } ?? true && range.to.map { time <= $0 } ?? true
    }
}
