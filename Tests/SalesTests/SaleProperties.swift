import Foundation
import JSON
import Sales

/// What holds for every text that a till may post. The tests hold the corpus against it, and libFuzzer whatever it makes.
enum SaleProperties {
    struct Broken: Error, CustomStringConvertible {
        let what: String
        let bytes: [UInt8]
        var description: String { "\(what): \(String(decoding: bytes.prefix(4_096), as: UTF8.self))" }
    }

    enum Outcome { case accepted, invalid, notJSON }

    /// Five seconds after the sales of the corpus were settled.
    private static let receivedAt = Date(timeIntervalSince1970: 1_795_144_505)

    @discardableResult
    static func hold(for bytes: [UInt8]) throws(Broken) -> Outcome {
        let value = try? JSONParser.parse(bytes)
        if let value { try holdWritten(value) }
        let decoder = try decoder()
        let result: Result<SaleEvent, SaleRejection>
        do { result = .success(try decoder.decode(bytes, receivedAt: receivedAt)) } catch { result = .failure(error) }
        switch result {
        case .success(let event):
            try hold(event, by: decoder, for: bytes)
            return .accepted
        case .failure(.notJSON(let error)):
            guard value == nil, error.line >= 1, error.column >= 1, !error.detail.isEmpty,
                SaleDecoder.identity(of: bytes) == nil
            else { throw Broken(what: "not JSON, and yet it is: \(error)", bytes: bytes) }
            return .notJSON
        case .failure(.invalid(let faults)):
            try hold(faults, of: value, for: bytes)
            return .invalid
        }
    }

    /// Both spellings of a value are JSON, and say the same.
    private static func holdWritten(_ value: JSONValue) throws(Broken) {
        let canonical = value.canonicalBytes
        guard let again = try? JSONParser.parse(canonical), again.canonicalBytes == canonical else {
            throw Broken(what: "the canonical bytes are no JSON, or have another canonical form", bytes: canonical)
        }
        let written = value.bytes
        guard let again = try? JSONParser.parse(written), again.bytes == written, again.canonicalBytes == canonical
        else { throw Broken(what: "a value written and read is another one", bytes: written) }
    }

    /// An accepted sale is kept as its canonical bytes, and read from them for every paper.
    private static func hold(
        _ event: SaleEvent, by decoder: SaleDecoder, for bytes: [UInt8]
    ) throws(Broken) {
        let canonical = event.canonicalBytes
        guard let identity = SaleDecoder.identity(of: bytes), identity.id == event.sale.id,
            identity.canonicalBytes == canonical
        else { throw Broken(what: "an accepted sale has no identity, or another one", bytes: bytes) }
        for spelling in [canonical, JSONValue.object(event.event).bytes] {
            guard let kept = try? decoder.decode(kept: spelling), kept.sale == event.sale,
                kept.canonicalBytes == canonical, kept.namesItsTheme == event.namesItsTheme,
                JSONValue.object(kept.customization).canonicalBytes
                    == JSONValue.object(event.customization).canonicalBytes
            else { throw Broken(what: "an accepted sale is not read again, or as another one", bytes: spelling) }
        }
        let totals = event.sale.totals
        guard totals.vatable + totals.exempt == totals.total, totals.total >= .zero, totals.total <= .maximum,
            totals.vatable >= .zero, totals.netOfVAT <= totals.vatable
        else { throw Broken(what: "the totals do not add up: \(totals)", bytes: bytes) }
        try holdShown(event.sale, for: bytes)
    }

    /// What the paper shows beside each name adds up to what it shows as the total.
    private static func holdShown(_ sale: Sale, for bytes: [UInt8]) throws(Broken) {
        guard sale.terms.rounding == .line else { return }
        let shown = sale.lines.map { sale.amount(of: $0) }
        let isRounded = shown.allSatisfy { $0 == $0.rounded }
        let listed = shown.reduce(Money.zero) { $0 + ($1.money ?? .zero) }
        let onTop = sale.vatIncluded ? Money.zero : sale.totals.vat
        guard isRounded, listed + onTop == sale.totals.total,
            ExactAmount(sale.totals.exempt) == sale.listed(vatable: false)
        else { throw Broken(what: "the paper's lines do not add up to \(sale.totals)", bytes: bytes) }
    }

    private static func hold(_ faults: [SaleFault], of value: JSONValue?, for bytes: [UInt8]) throws(Broken) {
        guard let value, (1...501).contains(faults.count) else {
            throw Broken(what: "\(faults.count) faults", bytes: bytes)
        }
        for fault in faults where fault.detail.isEmpty || !leads(fault.pointer, into: value) {
            throw Broken(what: "a fault points nowhere: \(fault)", bytes: bytes)
        }
    }

    /// Whether a pointer names a value, or a member that an object lacks.
    private static func leads(_ pointer: String, into value: JSONValue) -> Bool {
        guard !pointer.isEmpty else { return true }
        guard pointer.hasPrefix("/") || pointer.unicodeScalars.first == "/" else { return false }
        var place = value
        for step in pointer.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let key = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            switch place {
            case .object(let object):
                guard let member = object[key] else { return true }
                place = member
            case .array(let elements):
                guard let index = Int(key), elements.indices.contains(index) else { return false }
                place = elements[index]
            default: return false
            }
        }
        return true
    }

    private static func decoder() throws(Broken) -> SaleDecoder {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07") else {
            throw Broken(what: "the store's own values are wrong", bytes: [])
        }
        return SaleDecoder(
            defaults: SaleDefaults(
                branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#000000")],
                terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line)))
    }
}
