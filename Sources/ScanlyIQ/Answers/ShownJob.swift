import JSON
import Sales

/// How a job stands.
enum ShownJob: Sendable, Equatable {
    case pending
    case read(SlipReading)
    /// It is over, and nothing could be read.
    case unreadable
    /// It says nothing that we know.
    case unintelligible(String)

    /// That a job has failed is nowhere said; these words would say it.
    private static let ends: Set = ["FAILED", "ERROR", "CANCELLED", "CANCELED"]

    /// - Parameter id: of the job that was asked for. Each of our jobs has one slip: how `items` stand to uploads is nowhere
    ///   said.
    init(_ answer: JSONObject, of id: String) {
        if let shown = answer.id("id"), !shown.hasSameBytes(as: id) {
            self = .unintelligible("ScanlyIQ answered with another job")
            return
        }
        let status = answer.text("status")?.uppercased()
        guard status == "COMPLETED" else {
            self = status.map(Self.ends.contains) ?? false ? .unreadable : .pending
            return
        }
        guard let items = answer.objects("items") else {
            self = .unintelligible("ScanlyIQ has completed the job, and shows no items")
            return
        }
        guard items.count == 1, let item = items.first else {
            let hasFailed = !items.isEmpty && items.allSatisfy(Self.hasFailed)
            self =
                hasFailed
                ? .unreadable : .unintelligible("ScanlyIQ has completed the job with \(items.count) items, expected 1")
            return
        }
        self = Self.reading(item).map(Self.read) ?? .unreadable
    }

    private static func hasFailed(_ item: JSONObject) -> Bool {
        item.text("status").map { ends.contains($0.uppercased()) } ?? false
    }

    /// nil for an item that is not completed, or without a result.
    private static func reading(_ item: JSONObject) -> SlipReading? {
        guard item.text("status")?.uppercased() == "COMPLETED", case .object(let result)? = item["result"] else {
            return nil
        }
        return SlipReading(
            amount: result.text("amount"), date: result.text("date"), bank: result.text("bank"),
            fromAccount: result.text("fromAccount"), toAccount: result.text("toAccount"))
    }
}
