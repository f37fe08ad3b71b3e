import Foundation
import HTTPCalls
public import RemoteServices

/// The OCR Invoice Job API: what a supplier's invoice goes through there, call by call.
///
/// A document is published, and a job is created that fetches it; the job is processed, asked for until it is done, and its
/// results are kept; then the job is deleted. Whoever drives this keeps on disk how far it is.
public struct OCRInvoiceService: Sendable {
    public static let title = "OCR Invoice"
    /// Their names in metrics.
    public static let calls = OCRInvoiceCall.allCases.map(\.metric)
    /// A new job may be missing from lists for so long: it is not looked for before.
    public static let settling: Duration = .seconds(20)

    /// The codes of failures that are no answer of one call.
    public static let jobGone = "OCRInvoice::JobGone"
    public static let anotherJob = "OCRInvoice::AnotherJob"
    public static let wrongPath = "OCRInvoice::WrongPath"
    public static let readingFailed = "OCRInvoice::ReadingFailed"

    let client: OCRInvoiceClient
    let observer: ServiceObserver
    let lookUpPages: Int
    let pace: LookUpPace
    let known = KnownPaths()

    /// - Parameter lookUpPages: how many pages of a hundred jobs are read at most to find one.
    public init(
        client: OCRInvoiceClient, lookUpPages: Int = 100, pace: LookUpPace = .gentle,
        observer: ServiceObserver = ServiceObserver()
    ) {
        self.client = client
        self.lookUpPages = lookUpPages
        self.pace = pace
        self.observer = observer
    }

    // MARK: The account

    /// Asks the service about the account; nil if all is well.
    public func probe() async -> ServiceFailure? {
        do throws(OCRInvoiceError) {
            let envelope = try await send(.probe, query: [("limit", "1")])
            guard OCRJobPage(envelope, client.discretion(about: nil)) != nil else { throw Self.noList }
            return nil
        } catch {
            return error.failure(at: .probe)
        }
    }

    /// Whether ``probe()`` shows that an account held for this code is well again. A list says nothing of what the key may do
    /// beside, of what is owed, or of the paths of single jobs.
    public func probeReveals(_ code: String) -> Bool {
        ["OCRInvoice::401", "OCRInvoice::404", "Gateway::Unusable"].contains(code)
    }

    public func advice(for code: String?) -> String { OCRInvoiceAdvice.advice(for: code) }

    // MARK: The list

    /// What staff see of the service's own list.
    ///
    /// - Parameters:
    ///   - search: a text that the service looks for, if it heeds it.
    ///   - size: 1 to ``OCRJobPage/size``.
    public func list(
        search: String? = nil, from offset: Int = 0, size: Int = 50
    ) async throws(ServiceFailure) -> OCRJobPage {
        do {
            return try await page(.list, search, from: offset, size: min(max(size, 1), OCRJobPage.size))
        } catch {
            throw error.failure(at: .list)
        }
    }

    func page(
        _ call: OCRInvoiceCall, _ search: String?, from offset: Int, size: Int
    ) async throws(OCRInvoiceError) -> OCRJobPage {
        var query = [("limit", "\(size)"), ("offset", "\(max(offset, 0))")]
        if let search { query.append(("search", search)) }
        let envelope = try await send(call, query: query)
        guard let page = OCRJobPage(envelope, client.discretion(about: nil)) else { throw Self.noList }
        // An entry that cannot be read may be the one that is looked for.
        guard call != .find || page.unreadable == 0 else { throw Self.noList }
        return page
    }

    private static let noList = OCRInvoiceError(.unintelligible, "\(title) answered with a list that is none")

    // MARK: Calls

    /// One call, counted.
    func send(
        _ call: OCRInvoiceCall, job: String? = nil, query: [(String, String)] = [], about subject: CallSubject? = nil
    ) async throws(OCRInvoiceError) -> OCRInvoiceEnvelope {
        do {
            let envelope = try await client.send(call, job: job, query: query, about: subject)
            observer.called(call.metric, nil)
            known.worked(call)
            return envelope
        } catch {
            observer.called(call.metric, error.outcome)
            throw error
        }
    }

    // MARK: The clock

    public var lastTime: ServiceTime? {
        // A simulator on this very machine has no other clock to show.
        guard !client.isOnThisMachine, let heard = client.serverClock.latest else { return nil }
        return ServiceTime(date: heard.date, age: heard.age)
    }

    public func shutdown() async throws { try await client.shutdown() }
}
