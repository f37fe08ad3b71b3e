import Crypto
import Foundation
import Simulators

/// Compares the files that were dropped with those that were filed, and with what their reader made.
struct InvoiceOracle: Sendable {
    let stage: Stage
    let dropped: [NumberedInvoice]

    private var folder: URL { stage.folder.appendingPathComponent("invoices") }

    /// Waits until nothing is under way in the folder, or until the deadline.
    func settled(within limit: Duration) async throws {
        let deadline = ContinuousClock.now + limit
        while ContinuousClock.now < deadline {
            let open = try ["incoming", "reading"].flatMap { try names(in: $0) }
            if open.isEmpty, try names(in: "read").count >= dropped.flatMap(\.names).count { return }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    func judge() async throws -> (rows: [(String, Int)], violations: [String]) {
        var violations: [String] = []
        func find(_ holds: Bool, _ words: @autoclosure () -> String) { if !holds { violations.append(words()) } }
        let made = await stage.invoices.reader.madeByNumber()
        var readings = 0
        let read = try names(in: "read")
        for invoice in dropped {
            let number =
                "KK-00000-"
                + SHA256.hash(data: invoice.bytes).prefix(10).map { String(format: "%02x", $0) }
                .joined()
            find(made[number] == 1, "invoice \(invoice.number): \(made[number] ?? 0) jobs")
            for name in invoice.names { find(read.contains(name), "\(name): dropped, and not in read/") }
            let found = try invoice.names.filter { try isReading(of: $0, number: number, read) }
            find(found.count == 1, "invoice \(invoice.number): \(found.count) readings")
            readings += found.count
        }
        find(made.count == dropped.count, "\(made.count) numbers at the reader, \(dropped.count) invoices dropped")
        for place in ["incoming", "reading", "failed"] {
            let left = try names(in: place)
            find(left.isEmpty, "left in \(place)/: \(left.prefix(3).joined(separator: ", "))")
        }
        let objects = await stage.invoices.store.objects().count
        find(objects == 0, "\(objects) documents can still be fetched")
        let jobs = await stage.invoices.reader.liveJobs.count
        find(jobs == 0, "\(jobs) jobs were not deleted")
        let log = try String(contentsOf: stage.log, encoding: .utf8)
        for hidden in stage.invoices.hidden {
            find(!log.contains(hidden), "the log holds what is never logged: \(hidden.prefix(8))…")
        }
        return (
            [
                ("invoices dropped", dropped.count), ("files of them", dropped.flatMap(\.names).count),
                ("jobs made", made.values.reduce(0, +)), ("readings beside their documents", readings),
                ("times read at the service", await stage.invoices.reader.currentTotals.processed),
            ], violations
        )
    }

    /// Whether the JSON beside a document is the reading of its job.
    private func isReading(of name: String, number: String, _ names: [String]) throws -> Bool {
        let json = String(name.dropLast(".pdf".count)) + ".json"
        guard names.contains(json) else { return false }
        let data = try Data(contentsOf: folder.appendingPathComponent("read/\(json)"))
        guard let kept = try JSONSerialization.jsonObject(with: data) as? [String: Any],
            let job = kept["job"] as? [String: Any]
        else { return false }
        return job["jobNumber"] as? String == number && kept["results"] is [String: Any]
    }

    private func names(in place: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(place).path)
            .filter { !$0.hasPrefix(".") }
    }
}
