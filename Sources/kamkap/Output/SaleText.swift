import Foundation
import GatewayAPI
import JSON
import Sales

/// A sale as text, for a person at a terminal. The service URL is shown only on request.
struct SaleText {
    let sale: SaleResource
    let showsURL: Bool

    func text() -> String {
        var lines = [
            ("sale", sale.transactionID),
            ("number", sale.number),
            ("terminal", sale.terminalID ?? "-"),
            ("received", Self.local(sale.receivedAt)),
            ("issued", Self.onPaper(sale.issuedAt)),
            ("total", "\(sale.totals.total)  (VAT \(sale.totals.vat), exempt \(sale.totals.exempt))"),
            ("document", sale.documentType + (sale.hasBuyer ? " (made out to a buyer)" : "")),
        ]
        if let day = sale.dueOn { lines.append(("due", "\(day), on credit: its document is a bill")) }
        lines += [("provider", sale.registration.provider), ("registration", registration)]
        if let document = sale.registration.documentID { lines.append(("document id", document)) }
        if let withdrawal { lines.append(("withdrawal", withdrawal)) }
        if showsURL, let url = sale.registration.serviceURL { lines.append(("service_url", url)) }
        if let error = sale.registration.lastError { lines.append(("last error", "\(error.code): \(error.message)")) }
        if let next = sale.registration.nextAttemptAt, sale.registration.state != "ready" {
            lines.append(("next attempt", Self.local(next)))
        }
        if let invoice = sale.taxInvoice { lines += self.lines(of: invoice) }
        for print in sale.prints { lines.append(("print \(print.id)", Self.description(of: print))) }
        for slip in sale.slips { lines.append(("slip", Self.description(of: slip))) }
        for document in sale.documents { lines.append(("document", Self.description(of: document))) }
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { $0.0.padded(to: width + 2) + Self.plain($0.1) }
            .joined(separator: "\n")
    }

    /// The sale in a list.
    var line: String {
        let url = showsURL ? sale.registration.serviceURL.map { "  \($0)" } ?? "" : ""
        return Self.plain(
            "\(sale.transactionID)  \(sale.totals.total)  \(sale.registration.state)\(url)")
    }

    private var registration: String { Self.state(sale.registration.state, after: sale.registration.attempts) }

    private static func state(_ state: String, after attempts: Int) -> String {
        "\(state) (\(attempts == 1 ? "1 attempt" : "\(attempts) attempts"))"
    }

    /// Of the full tax invoice that staff had made later.
    private func lines(of invoice: ProviderJobResource) -> [(String, String)] {
        var lines = [("tax invoice", Self.state(invoice.state, after: invoice.attempts))]
        if let document = invoice.documentID { lines.append(("invoice id", document)) }
        if showsURL, let url = invoice.serviceURL { lines.append(("invoice url", url)) }
        if invoice.state != "ready", let error = invoice.lastError {
            lines.append(("invoice error", "\(error.code): \(error.message)"))
        }
        return lines
    }

    /// Nil if nobody wants its document taken back.
    private var withdrawal: String? {
        if let at = sale.registration.withdrawnAt { return "withdrawn \(Self.local(at))" }
        return sale.registration.withdrawalAskedAt.map {
            "asked for \(Self.local($0)); the provider has not done it yet"
        }
    }

    static func description(of print: PrintResource) -> String {
        var text = print.kind.replacingOccurrences(of: "_", with: " ")
        if print.mark != "none", print.mark != print.kind { text += " marked \(print.mark)" }
        if let number = print.copyNumber { text += " \(number)" }
        text += " on \(print.printer): \(print.state)"
        if print.state == "printed" { text += print.withQR ? " with QR" : " without QR" }
        if let confirmation = print.confirmedBy { text += ", confirmed by \(confirmation)" }
        if let error = print.error { text += " (\(error))" }
        return text
    }

    static func description(of slip: SlipResource) -> String {
        let differences = slip.differences.map(\.check).joined(separator: ", ")
        return "\(slip.id): \(slip.state)\(differences.isEmpty ? "" : " in \(differences)")  \(slip.words)"
    }

    static func description(of document: SaleDocumentResource) -> String {
        let made = document.readiedAt.map { ", made \(local($0))" } ?? ""
        return "\(document.id)\(made)\(document.archived ? ", archived" : "")"
    }

    static func local(_ date: Date) -> String { time(date, in: .current) }

    /// In Thailand, as the sale's paper says it.
    static func onPaper(_ date: Date) -> String { time(date, in: TimeZone(secondsFromGMT: 7 * 3_600) ?? .gmt) }

    private static func time(_ date: Date, in zone: TimeZone) -> String {
        date.formatted(
            .verbatim(
                "\(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)",
                locale: Locale(identifier: "en_US_POSIX"), timeZone: zone,
                calendar: Calendar(identifier: .gregorian)))
    }

    /// A till's text must not control the terminal, nor reverse the reading direction of an amount.
    static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.compactMap { scalar -> Unicode.Scalar? in
                    switch ScalarUse(scalar) {
                    case .command: "\u{FFFD}"
                    case .lineBreak: " "
                    case .space: " "
                    case .dropped: nil
                    case .drawn, .mark, .frame, .firmSpace, .joiner, .variation, .tint: scalar
                    }
                }))
    }
}

extension SaleResource {
    /// The sale as JSON, with its service URLs only on request.
    func json(showingURL: Bool) -> JSONValue {
        var copy = self
        if !showingURL {
            copy.registration.serviceURL = nil
            copy.taxInvoice?.serviceURL = nil
        }
        return copy.json
    }
}
