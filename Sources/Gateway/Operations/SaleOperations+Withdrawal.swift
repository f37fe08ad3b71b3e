import Foundation
import Journey
import Outbox
import RemoteServices
import Runtime
public import Sales

extension SaleOperations {
    /// How long staff wait for the provider's answer.
    static let staffPatience: Duration = .seconds(8)

    /// Takes the sale's document back at its provider. Its link is given out no more from now on; the provider's answer is
    /// waited for a little.
    public func withdraw(_ id: TransactionID) async throws(OperationError) -> SaleView {
        let provider = try await ownProvider(of: id)
        guard provider is any DocumentWithdrawing else {
            throw .unsupported("\(provider.title) takes no document back")
        }
        do { _ = try await outbox.withdrawDocument(of: id, at: clock.now) } catch { throw OperationError(error) }
        let view = try await waiting(for: id, within: Self.staffPatience) { () throws(OperationError) in
            try await sale(id)
        } until: { view in
            if case .asked = view.record.registration.withdrawal { false } else { true }
        }
        guard view.record.registration.withdrawal != nil else {
            throw .wrongState(await refusal(of: id, at: provider.title))
        }
        return view
    }

    /// Why a document was not taken back.
    private func refusal(of id: TransactionID, at provider: String) async -> String {
        let reason = (try? await outbox.withdrawal(of: id))?.lastError
        let words = reason.map { " (\($0.code)): \($0.message)" } ?? ""
        return "\(provider) did not take the document of the sale \(id) back\(words)"
    }
}
