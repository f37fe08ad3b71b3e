import Foundation
import Testing

/// Every configuration that scripts/fuzz found worth keeping.
@Suite struct CorpusTests {
    @Test("every text is a configuration that the program can rely on, or is refused with lines that it has")
    func properties() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../Torture/Fuzz/Corpus/settings").standardized
        var outcomes: [SettingsProperties.Outcome] = []
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            guard let text = String(validating: try Data(contentsOf: file), as: UTF8.self) else { continue }
            #expect(throws: Never.self, "\(file.lastPathComponent)") {
                outcomes.append(try SettingsProperties.hold(for: text))
            }
        }
        #expect(outcomes.count { $0 == .accepted } >= 3)
        #expect(outcomes.count { $0 == .refused } >= 10)
    }
}
