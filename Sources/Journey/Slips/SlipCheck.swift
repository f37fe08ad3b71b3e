public import Sales

/// Compares what was read on a slip with what was to be paid. It says that the two agree, and never that money arrived: an image
/// shows what somebody wanted it to show.
public struct SlipCheck: Sendable {
    private let terms: SlipTerms

    public init(_ terms: SlipTerms) {
        self.terms = terms
    }

    /// - Parameter seenFor: the other sale for which the slip was shown before; nil if there is none.
    public func verdict(on reading: SlipReading, of payment: SlipPayment, seenFor other: String?) -> SlipVerdict {
        guard let amount = reading.exactAmount else { return SlipVerdict(.unreadable) }
        let account = SlipAccount(reading.toAccount ?? "").agreement(with: terms.accounts)
        let isChecked = !terms.accounts.isEmpty && account != .unknown
        let differences = [
            amountDifference(amount, payment), dayDifference(reading, payment),
            isChecked && account == .differs ? accountDifference(reading) : nil,
            other.map { SlipDifference(.seenBefore, expected: "", found: $0) },
        ].compactMap(\.self)
        return SlipVerdict(differences.isEmpty ? .matched : .differs, differences, accountChecked: isChecked)
    }

    /// To the last decimal place: a third one is no rounding of ours.
    private func amountDifference(_ amount: ExactAmount, _ payment: SlipPayment) -> SlipDifference? {
        amount == ExactAmount(payment.amount)
            ? nil : SlipDifference(.amount, expected: payment.amount.plain, found: amount.plain)
    }

    /// A slip without a readable day agrees with no sale.
    private func dayDifference(_ reading: SlipReading, _ payment: SlipPayment) -> SlipDifference? {
        let day = reading.date.flatMap(SlipDay.day)
        if let day, abs(day.number - payment.day.number) <= terms.dateToleranceDays { return nil }
        return SlipDifference(.date, expected: payment.day.text, found: day?.text ?? reading.date ?? "")
    }

    private func accountDifference(_ reading: SlipReading) -> SlipDifference {
        SlipDifference(
            .account, expected: terms.accounts.map(SlipAccount.masked).joined(separator: ", "),
            found: reading.toAccount ?? "")
    }
}

extension SlipReading {
    /// The same for two slips that show the same transfer; nil if one of its four parts was not read.
    ///
    /// The date stays as it was read, with its time if it has one: two transfers of a day are two.
    public var transfer: String? {
        guard let amount = exactAmount, let date, let fromAccount, let toAccount else { return nil }
        let accounts = [fromAccount, toAccount].map { SlipAccount($0).text }
        let day = date.inASCIIDigits.filter { !$0.isWhitespace }
        guard !day.isEmpty, accounts.allSatisfy({ !$0.isEmpty }) else { return nil }
        return ([amount.plain, day] + accounts).joined(separator: " ")
    }
}
