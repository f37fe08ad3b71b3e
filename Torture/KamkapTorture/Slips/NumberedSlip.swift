import Foundation
import Raster
import Simulators

/// A payment slip that its picture alone identifies, and what its reader finds on it.
struct NumberedSlip: Sendable {
    /// When it is handed in.
    enum Order: CaseIterable {
        /// There is only an amount.
        case withoutSale
        case beforeSale, afterSale
    }

    private static let side = 24

    let number: Int
    /// A PNG whose first row shows the number's bits.
    let picture: [UInt8]

    init(_ number: Int) throws {
        self.number = number
        var bitmap = Bitmap(width: Self.side, height: Self.side)
        for bit in 0..<Self.side { bitmap[bit, 0] = number >> bit & 1 == 1 }
        picture = try bitmap.png()
    }

    var order: Order { Order.allCases[number % Order.allCases.count] }

    /// At a till of its own: other sales have the same numbers.
    var sale: NumberedSale { NumberedSale(number, till: 9, prints: false) }

    /// The gateway leaves nothing of the picture out, so its reader gets the same.
    var digest: String { ScanlyIQSimulator.digest(of: picture) }

    /// A transfer of its own that agrees with what was asked for.
    var script: SlipScript {
        let account = "xxx-x-x\(String(format: "%04d", number))-x"
        return SlipScript(amount: amount, date: date, from: account)
    }

    private var amount: String { order == .withoutSale ? "\(number).25" : sale.total }

    private var date: String {
        guard order == .withoutSale else { return sale.day }
        let day = DateFormatter()
        day.locale = Locale(identifier: "en_US_POSIX")
        day.timeZone = TimeZone(identifier: "Asia/Bangkok")
        day.dateFormat = "yyyy-MM-dd"
        return day.string(from: .now)
    }

    var path: String {
        switch order {
        case .withoutSale: "/v1/slips?amount=\(amount)&terminal_id=T0"
        case .beforeSale: "/v1/slips?amount=\(amount)&terminal_id=T0&sale=\(sale.id)"
        case .afterSale: "/v1/sales/\(sale.id)/slips"
        }
    }
}
