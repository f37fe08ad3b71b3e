import Foundation
import JSON
import Testing

@testable import Sales

/// Every text that scripts/fuzz found worth keeping.
@Suite struct CorpusTests {
    private static func corpus() throws -> [(name: String, bytes: [UInt8])] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Torture/Fuzz/Corpus/sale").standardized
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .sorted { $0.path < $1.path }
            .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
    }

    @Test("every text is a sale that is kept and read as it came, or has faults that point into it")
    func properties() throws {
        var outcomes: [SaleProperties.Outcome] = []
        for (name, bytes) in try Self.corpus() {
            #expect(throws: Never.self, "\(name)") { outcomes.append(try SaleProperties.hold(for: bytes)) }
        }
        for outcome in [SaleProperties.Outcome.accepted, .invalid, .notJSON] {
            #expect(outcomes.count { $0 == outcome } >= 10, "\(outcome)")
        }
    }

    @Test("a text that breaks off anywhere is no JSON, and says where it ends") func cut() throws {
        for (name, bytes) in try Self.corpus() where bytes.count <= 2_048 && bytes.first == UInt8(ascii: "{") {
            guard (try? JSONParser.parse(bytes)) != nil else { continue }
            let end = bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
            for count in stride(from: 0, to: end, by: 7) {
                let outcome = try SaleProperties.hold(for: Array(bytes.prefix(count)))
                #expect(outcome == .notJSON, "\(name), cut to \(count)")
            }
        }
    }
}
