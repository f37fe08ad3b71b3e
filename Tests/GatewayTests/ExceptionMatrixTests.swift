import Foundation
import Gateway
import Journey
import Outbox
import Sales
import Simulators
import Slime
import TestRuntime
import Testing

/// Every exception code of the API page, and one that is not on it, at each of a sale's two calls: what becomes of the sale,
/// of one that comes after it, and of both once the cause is gone.
@Suite(.timeLimit(.minutes(1))) struct ExceptionMatrixTests {
    enum Call: String, CaseIterable {
        case stub = "simple-transaction/initiate-with-tax-invoice-stub"
        case show = "trading-transaction/show"
    }

    private static let holding: Set<String> = [
        "JWT::KeyNotFound", "JWT::VerificationError", "JWT::IATDrift", "Certificate::NotReady",
        "Fund::InsufficientBalance", "Seller::NotConfigured", "Theme::NotFound", "Theme::UnsupportedDocumentType",
        "Theme::UnsupportedLanguage",
    ]
    private static let rejecting: Set<String> = [
        "SchemaViolation", "LineItems::InvalidUnitCode", "JWT::InvalidSubject", "JWT::DecodeError",
        "JWT::SchemaViolation",
    ]
    private static let codes = SlimeException.Code.documented.map(\.text) + ["Moon::Full"]

    /// A sale's state while it is refused so.
    private static func state(_ code: String, at call: Call) -> RegistrationState {
        if holding.contains(code) { return .held }
        if rejecting.contains(code) { return .rejected }
        // Nothing was sent before, so it is somebody else's transaction.
        if code == "Trade::Initiated", call == .stub { return .rejected }
        return .pending
    }

    @Test("an exception has its consequence for the sale, and no other", arguments: codes, Call.allCases)
    func consequence(code: String, call: Call) async throws {
        try await Shop.open(.jobWorker) { shop in
            await shop.slime.inject(
                .init(.exception(code: code, message: "quoted"), subject: call.rawValue, transactionID: "BAD"))
            let bad = try await shop.sell("BAD")
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
            if expected == .rejected { _ = try await shop.sales.retry(bad, adopting: false) }
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
