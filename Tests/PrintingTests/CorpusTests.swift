import Foundation
import Testing

/// Everything that scripts/fuzz found worth hearing from a printer.
@Suite struct CorpusTests {
    @Test("whatever a printer says, its bytes are accounted for and every wait for it ends as it may")
    func properties() async throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Torture/Fuzz/Corpus/printer").standardized
        var heard: [UInt8: Int] = [:]
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let bytes = Array(try Data(contentsOf: file))
            await #expect(throws: Never.self, "\(file.lastPathComponent)") {
                guard try await PrinterProperties.hold(for: bytes), let first = bytes.first else { return }
                heard[first, default: 0] += 1
            }
        }
        for hearer in "rmsd".utf8 { #expect(heard[hearer, default: 0] >= 5, "\(Unicode.Scalar(hearer))") }
    }
}
