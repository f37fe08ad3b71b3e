public import Foundation
public import RemoteServices
public import Sales
import Synchronization

/// A provider in memory that makes documents, tells of them in pages, and hands out their files. It fails as it is told.
public final class ScriptedDocuments: DocumentProvider {
    public enum Call: Hashable, Sendable {
        case stream
        case file(DocumentFile)
    }

    private struct State {
        var documents: [ProvidedDocument] = []
        /// Tokens of an earlier one are refused.
        var generation = 0
        var calls: [Call] = []
        var failures: [Call: [DocumentFailure]] = [:]
        var isClosed = false
        /// Calls that wait until they may go on.
        var blocked: [CheckedContinuation<Void, Never>] = []
        var time: ServiceTime?
        var probeFailure: ServiceFailure?
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    public static let pageSize = 3
    /// The whole of every PDF.
    public static let pdf = Array("%PDF-1.7\n%%EOF\n".utf8)
    /// The whole of every XML.
    public static let xml = Array("<invoice/>".utf8)

    /// Registers the sales.
    public let sales = ScriptedProvider()
    private let state = Mutex(State())

    public init() {}

    // MARK: A provider of sales

    public var name: ServiceName { sales.name }
    public var title: String { sales.title }
    public var longestLink: String { sales.longestLink }
    public let abilities = ProviderAbilities(linkOffers: .document, [.tellsRepeats, .tags, .streamsDocuments])
    public var clockDrift: TimeInterval { 0 }
    public var lastTime: ServiceTime? { state.withLock(\.time) }
    public func faults(of event: SaleEvent) -> [SaleFault] { [] }
    public func request(for event: SaleEvent) -> ServiceRequest { sales.request(for: event) }
    public func begin(_ job: OwedJob) async -> StepOutcome { await sales.begin(job) }
    public func follow(_ job: OwedJob) async -> StepOutcome { await sales.follow(job) }
    public func probe() async -> ServiceFailure? { state.withLock(\.probeFailure) }
    public func probeReveals(_ code: String) -> Bool { code.hasPrefix("Scripted::Key") }
    public func advice(for code: String?) -> String { sales.advice(for: code) }
    public func shutdown() async {}

    // MARK: Documents

    public func streamRequest(from time: Date) -> ServiceRequest {
        ServiceRequest(bytes: Array("from \(time.timeIntervalSince1970)".utf8), context: "the beginning")
    }

    public func replayRequest(for request: ServiceRequest) -> ServiceRequest? {
        request.context.map { _ in ServiceRequest(bytes: Array("from 0".utf8), context: "again") }
    }

    public func documents(_ request: ServiceRequest) async throws(DocumentFailure) -> DocumentPage {
        try await enter(.stream)
        let words = String(decoding: request.bytes, as: UTF8.self).split(separator: " ")
        return try state.withLock { state throws(DocumentFailure) in
            var first = 0
            if words.first == "token" {
                guard words.count == 3, Int(words[1]) == state.generation, let place = Int(words[2]) else {
                    throw DocumentFailure(
                        .tokenRefused, ServiceFailure(code: "Scripted::Token", message: "no", disposition: .retry))
                }
                first = place
            }
            let documents = Array(state.documents.dropFirst(first).prefix(Self.pageSize))
            return DocumentPage(
                documents: documents,
                next: ServiceRequest(
                    bytes: Array("token \(state.generation) \(first + documents.count)".utf8), context: "a page"),
                isLast: documents.count < Self.pageSize)
        }
    }

    public func document(_ id: DocumentID) async throws(DocumentFailure) -> ProvidedDocument {
        guard let document = state.withLock({ $0.documents.first { $0.id == id } }) else { throw Self.absent }
        return document
    }

    public func documents(of transaction: TransactionID) async throws(DocumentFailure) -> [ProvidedDocument] {
        state.withLock { $0.documents.filter { $0.transactionID == transaction.text } }
    }

    public func file(
        _ form: DocumentForm, of document: ProvidedDocument, atMost bytes: Int
    ) async throws(DocumentFailure) -> [UInt8] {
        try await enter(.file(DocumentFile(document.id, form)))
        guard state.withLock({ $0.documents.contains { $0.id == document.id } }) else { throw Self.absent }
        return form == .pdf ? Self.pdf : Self.xml
    }

    public func latestPDF(of transaction: TransactionID, atMost bytes: Int) async throws(DocumentFailure) -> [UInt8] {
        Self.pdf
    }

    private static let absent = DocumentFailure(
        .absent, ServiceFailure(code: "Scripted::NotFound", message: "no", disposition: .retry))

    /// Counts the call, and lets it wait or fail if that is wanted.
    private func enter(_ call: Call) async throws(DocumentFailure) {
        let heard = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.calls.append(call)
            let calls = state.calls.count
            let heard = state.waiting.filter { $0.count <= calls }.map(\.continuation)
            state.waiting.removeAll { $0.count <= calls }
            return heard
        }
        for continuation in heard { continuation.resume() }
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.isClosed { state.blocked.append(continuation) }
                return !state.isClosed
            }
            if goesOn { continuation.resume() }
        }
        let failure = state.withLock { state -> DocumentFailure? in
            guard let first = state.failures[call]?.first else { return nil }
            state.failures[call]?.removeFirst()
            return first
        }
        if let failure { throw failure }
    }

    // MARK: The other end

    /// A customer makes documents of a sale.
    public func make(_ documents: ProvidedDocument...) { state.withLock { $0.documents += documents } }
    public func make(_ documents: [ProvidedDocument]) { state.withLock { $0.documents += documents } }
    /// A document that was told of before is made.
    public func finish(_ document: ProvidedDocument) {
        state.withLock { state in
            if let index = state.documents.firstIndex(where: { $0.id == document.id }) {
                state.documents[index] = document
            }
        }
    }
    /// From now on no token of before is good.
    public func forgetTokens() { state.withLock { $0.generation += 1 } }
    /// The next call of this kind fails so; called again: the one after it as well.
    public func fail(_ call: Call, with failure: DocumentFailure) {
        state.withLock { $0.failures[call, default: []].append(failure) }
    }
    public func calls() -> [Call] { state.withLock(\.calls) }
    public func failProbe(with failure: ServiceFailure?) { state.withLock { $0.probeFailure = failure } }
    /// How many calls wait for ``open()``.
    public var blockedCalls: Int { state.withLock(\.blocked.count) }
    public func show(_ time: ServiceTime?) { state.withLock { $0.time = time } }

    /// Calls do not end until it opens.
    public func close() { state.withLock { $0.isClosed = true } }
    public func open() {
        let blocked = state.withLock { state in
            defer { (state.isClosed, state.blocked) = (false, []) }
            return state.blocked
        }
        for continuation in blocked { continuation.resume() }
    }

    /// Returns once so many calls have come in all.
    public func waitForCalls(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.calls.count >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }
}
