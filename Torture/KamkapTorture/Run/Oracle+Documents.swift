import Foundation
import Simulators

// What customers had made, against what the gateway says and what its archive holds.
extension Oracle {
    func judgeDocuments(_ kept: [String: KeptSale], _ verdict: inout Verdict) async throws {
        guard let slime = stage.provider as? StagedSlime else { return }
        let documents = await slime.simulator.documents().filter { kept[$0.transactionID] != nil }
        let files = try archived()
        verdict.documents = documents.count
        for document in documents {
            let own = kept[document.transactionID]?.documents.filter { $0.id == document.id } ?? []
            verdict.find(own.count == 1, "the document \(document.id) is known \(own.count) times")
            verdict.find(own.allSatisfy(\.archived), "the document \(document.id) is not archived")
            for (form, size) in [("pdf", document.pdfSize), ("xml", document.xmlSize)] {
                let name = "\(document.id).\(form)".replacing("/", with: "%2F")
                let sizes = files[name] ?? []
                verdict.find(sizes == [size], "\(name), of \(size) bytes, is in the archive with \(sizes)")
            }
        }
        verdict.find(
            kept.values.reduce(0) { $0 + $1.documents.count } == documents.count,
            "the gateway knows of other documents than Slime")
        verdict.find(files.count == 2 * documents.count, "\(files.count) files of \(documents.count) documents")
    }

    /// The sizes of all files under their final names, by name.
    private func archived() throws -> [String: [Int]] {
        var sizes: [String: [Int]] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: stage.archive.path) {
            let url = stage.archive.appendingPathComponent(path)
            let values = try url.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
            guard values.isRegularFile == true, !url.lastPathComponent.hasPrefix(".") else { continue }
            sizes[url.lastPathComponent, default: []].append(values.fileSize ?? -1)
        }
        return sizes
    }
}
