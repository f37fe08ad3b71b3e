import Gateway
import Host
import JSON

/// A sale as JSON in each file.
struct SpooledSales: SpoolContent {
    let endings = ["json"]
    let maximumKey = "intake.max_body"
    let atOnce = 16
    let maximum: Int
    let sales: SaleOperations

    func outlook(of name: FileName) async -> SpoolAnswer? { nil }

    func isWhole(_ bytes: [UInt8], named name: FileName) -> Bool { (try? JSONParser.parse(bytes)) != nil }

    func take(_ bytes: [UInt8], named name: FileName) async -> SpoolAnswer {
        do throws(OperationError) {
            _ = try await sales.accept(bytes, from: .spool)
            return .taken
        } catch {
            return SpoolAnswer(error)
        }
    }
}
