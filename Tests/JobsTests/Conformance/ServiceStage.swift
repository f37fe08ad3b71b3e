import Foundation
import JSON
import Logging
import RemoteServices
import Sales
import Simulators
import Slime
import TestServices
import Testing

struct FixtureError: Error {}

/// A provider and its other end, which the test commands.
protocol ServiceStage: Sendable {
    var provider: any SaleProvider { get }
    /// What must not show in anything that the provider says of itself.
    var secrets: [String] { get }
    /// From now on the call meets this fault; `times` nil: until ``heal()``.
    func inject(_ fault: StageFault, at call: StageCall, times: Int?) async
    func heal() async
    /// Returns once so many `begin` have arrived in all.
    func waitForBegins(_ count: Int) async throws
    /// The request is there already, and nobody knows from whom.
    func occupy(_ job: OwedJob) async throws
    /// How many jobs the other end has acted on, each counted as often as it did.
    func actions() async -> [String: Int]
    /// How many attempts a job takes with which nothing goes wrong.
    var attempts: Int { get }
    /// How many of them it takes until the one that may act has been made.
    var attemptsUntilBegin: Int { get }
    /// Whether it can be found out what became of an attempt of unknown end. If not, it is made once more.
    var canLook: Bool { get }
    /// The job before the attempt that may act.
    func prepared(_ job: OwedJob) async throws -> OwedJob
}

extension ServiceStage {
    var attempts: Int { 1 }
    var attemptsUntilBegin: Int { attempts }
    var canLook: Bool { true }
    func prepared(_ job: OwedJob) async throws -> OwedJob { job }
}

/// The providers that the suite is run against.
enum StageKind: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case scripted, scriptedWithoutKeys = "scripted, and cannot tell a repeat", slime, billgate, scanlyIQ
    case invoiceMade = "a supplier's invoice, where it is made"
    case invoiceProcessed = "a supplier's invoice, where it is processed"

    /// Those at which a job has a name that somebody else may have taken.
    static let withKeys: [StageKind] = [.scripted, .scriptedWithoutKeys, .slime, .billgate]

    var testDescription: String { rawValue }

    func open<Value: Sendable>(_ body: (any ServiceStage) async throws -> Value) async throws -> Value {
        switch self {
        case .scripted: try await body(ScriptedProvider())
        case .scriptedWithoutKeys: try await body(ScriptedProvider(tellsRepeats: false))
        case .slime: try await SlimeStage.open(body)
        case .billgate: try await BillgateStage.open(body)
        case .scanlyIQ: try await ScanlyIQStage.open(body)
        case .invoiceMade: try await SupplierInvoiceStage.open(.create, body)
        case .invoiceProcessed: try await SupplierInvoiceStage.open(.process, body)
        }
    }
}

enum Stub {
    static func event(_ id: String) throws -> SaleEvent {
        guard let branch = BranchID("00000"), let rate = DecimalNumber("0.07") else { throw FixtureError() }
        let defaults = SaleDefaults(
            branchID: branch, theme: ["id": .string("retail-hatsu"), "color": .string("#cd0c2b")],
            terms: SaleTerms(vatIncluded: true, vatRate: rate, rounding: .line))
        let text = """
            {"transaction_id":"\(id)","document":{"issued_at":"2026-11-20T10:15:00+07:00","line_items":[
            {"name":"x","unit_price":"15","quantity":"8","vatable":true}]},"receipt":{"print":false}}
            """
        return try SaleDecoder(defaults: defaults).decode(Array(text.utf8), receivedAt: .distantFuture)
    }
}

extension ServiceStage {
    func inject(_ fault: StageFault, times: Int?) async { await inject(fault, at: .begin, times: times) }
}

extension ScriptedProvider: ServiceStage {
    var provider: any SaleProvider { self }
}
