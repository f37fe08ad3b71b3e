import JSON
import Outbox
import RemoteServices
import Sales

extension BillingOperations {
    /// The document of a sale is taken back with its sale: otherwise copies of the paper go on leading to it.
    func refuseSaleDocument(_ call: BillingCall) async throws(OperationError) {
        guard case .remove(let book) = call.operation, [.bills, .receipts, .taxInvoices].contains(book),
            let id = call.id, let provider, let number = try await number(of: id, in: book)
        else { return }
        let owner: TransactionID?
        do { owner = try await outbox.sale(ofDocument: id, numbered: number, at: provider.name) } catch {
            throw OperationError(error)
        }
        guard let owner else { return }
        throw .wrongState("\(id) is the document of the sale \(owner.text): use kamkap withdraw \(owner.text)")
    }

    /// A document has one receipt and one tax invoice. What is there need not have the number that is asked for.
    func checkNumber(of id: String, _ call: BillingCall) async throws(OperationError) {
        guard case .add(let book) = call.operation, [.receipts, .taxInvoices].contains(book),
            case .string(let wanted)? = call.body?["number"]
        else { return }
        let title = try billing().title
        guard let number = try await number(of: id, in: book) else {
            throw .wrongState(
                "\(title) says that it is there already as \(id), and does not show its number: look there")
        }
        guard number.hasSameBytes(as: wanted) else {
            throw .wrongState("it is there already with the number \(number), as \(id); \(wanted) was not made")
        }
    }

    /// Nil if there is no such thing, or it does not say.
    private func number(of id: String, in book: BillingBook) async throws(OperationError) -> String? {
        do throws(OperationError) {
            guard case .string(let number)? = try await show(book, id)["number"], !number.isEmpty else { return nil }
            return number
        } catch {
            if case .notFound = error { return nil }
            throw error
        }
    }
}
