import Foundation
import Gateway
import Journey
import Outbox
import Sales
import Simulators
import Slime
import TestRuntime
import Testing

/// Every exception code of the API page, and one that is not on it, at each call for a sale: what becomes of the sale, of one
/// that comes after it, and of both once the cause is gone.
@Suite(.timeLimit(.minutes(1))) struct ExceptionMatrixTests {
    enum Call: String, CaseIterable {
        case stub = "simple-transaction/initiate-with-tax-invoice-stub"
        case taxInvoice = "simple-transaction/initiate-with-tax-invoice"
        case abbreviated = "simple-transaction/initiate-with-abbreviated-tax-invoice"
        case receipt = "simple-transaction/initiate-with-receipt"
        case show = "trading-transaction/show"

        /// Of a sale that comes to this call.
        var documentType: DocumentType {
            switch self {
            case .stub, .show: .taxInvoiceStub
            case .taxInvoice: .taxInvoice
            case .abbreviated: .abbreviatedTaxInvoice
            case .receipt: .receipt
            }
        }

        func sale(_ id: String) -> [UInt8] {
            let buyer = """
                ,"buyer":{"name":"ก","national_id":"1111111111119",\
                "address":{"house_number":"1","tambon_id":"103301","post_code":"10110"}}
                """
            return Array(
                """
                {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
                {"name":"ข้าวโพดปิ้ง","unit_price":"15","quantity":"8","vatable":\(documentType.hasVAT)}]},
                "document_type":"\(documentType.rawValue)"\(documentType.namesBuyer ? buyer : "")}
                """.utf8)
        }
    }

    private static let holding: Set<String> = [
        "JWT::KeyNotFound", "JWT::VerificationError", "JWT::IATDrift", "Certificate::NotReady",
        "Fund::InsufficientBalance", "Seller::NotConfigured", "Theme::NotFound", "Theme::UnsupportedDocumentType",
        "Theme::UnsupportedLanguage",
    ]
    private static let rejecting: Set<String> = [
        "SchemaViolation", "LineItems::InvalidUnitCode", "JWT::InvalidSubject", "JWT::DecodeError",
        "JWT::SchemaViolation", "AmbiguousInstruction",
        "Buyer::CheckDigitFailed", "Buyer::InvalidEmail", "Buyer::InvalidPhoneNumber", "Buyer::InvalidCountry",
        "Buyer::InvalidPostcode", "Buyer::InvalidChangwat", "Buyer::InvalidAmphoe", "Buyer::InvalidTambon",
        "Buyer::AmphoeNotInChangwat", "Buyer::TambonNotInAmphoe",
    ]
    private static let codes = SlimeException.Code.documented.map(\.text) + ["Moon::Full"]

    /// A sale's state while it is refused so.
    private static func state(_ code: String, at call: Call) -> RegistrationState {
        // The theme may serve every other sale.
        if code == "Theme::UnsupportedDocumentType", call.documentType != .taxInvoiceStub { return .rejected }
        if holding.contains(code) { return .held }
        if rejecting.contains(code) { return .rejected }
        // Nothing was sent before, so it is somebody else's transaction.
        if code == "Trade::Initiated", call != .show { return .rejected }
        return .pending
    }

    @Test("an exception has its consequence for the sale, and no other", arguments: codes, Call.allCases)
    func consequence(code: String, call: Call) async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(
                .init(.exception(code: code, message: "quoted"), subject: call.rawValue, transactionID: "BAD"))
            let bad = try await shop.sales.accept(call.sale("BAD"), from: .till("test")).view.record.id
            let expected = Self.state(code, at: call)
            let refused = try await shop.sale(bad) { $0.registrationState == expected && $0.lastError?.code == code }
            #expect(refused.record.registration.link == nil)
            let next = try await shop.sell("NEXT")
            if expected == .held {
                #expect(try await shop.sales.sale(next).registrationState == .held)
            } else {
                #expect(try await shop.sale(next) { $0.registrationState != .pending }.registrationState == .ready)
            }
            await shop.slime.clearFaults()
            // Only what is this sale's own fault waits for a person.
            if expected == .rejected { _ = try await shop.sales.retry(bad) }
            let mended = try await shop.time.turning {
                var views: [SaleView] = []
                for id in [bad, next] { views.append(try await shop.sale(id) { $0.registrationState == .ready }) }
                return views
            }
            #expect(mended.allSatisfy { $0.registrationState == .ready && $0.lastError == nil })
            #expect(await shop.slime.transactions().map(\.id).sorted() == ["BAD", "NEXT"])
            #expect(try await shop.outbox.account(of: .slime) == .up)
        }
    }
}
