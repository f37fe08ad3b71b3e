public import Foundation
import HTTPCalls
public import RemoteServices
public import Sales

/// ScanlyIQ as a reader of payment slips. `begin` uploads the image, and in an attempt of its own has a job made of it, which is
/// charged; `follow` asks for what was read.
///
/// ScanlyIQ can neither tell a repeat nor be asked which jobs there are. So after an attempt of unknown end the job is made once
/// more, and only once: that may be charged twice.
public struct ScanlyIQService: RemoteService {
    public let name = ServiceName.scanlyIQ
    public let title = "ScanlyIQ"
    /// Their names in metrics.
    public static let calls = ScanlyIQCall.metrics

    let client: ScanlyIQClient
    let terms: ScanlyIQTerms
    let images: SlipImageSource
    let observer: ServiceObserver

    let models: ModelBook
    let count = CreditCount()
    let recentUploads = RecentUploads()
    let jobsWithoutID = LastFailure()

    /// - Parameter images: hands out an image by the name that the slip's request has. It throws ``SlipImageMissing`` for one
    ///   that is gone.
    public init(
        client: ScanlyIQClient, terms: ScanlyIQTerms = ScanlyIQTerms(), images: @escaping SlipImageSource,
        observer: ServiceObserver = ServiceObserver()
    ) {
        self.client = client
        self.terms = terms
        self.images = images
        self.observer = observer
        models = ModelBook(wanted: terms.model) { () async throws(ScanlyIQError) in
            try await observer.counted(.models) { () async throws(ScanlyIQError) in try await client.models() }
        }
    }

    public func advice(for code: String?) -> String { ScanlyIQAdvice.advice(for: code) }

    // MARK: The clock

    public var clockDrift: TimeInterval { 0 }

    public var lastTime: ServiceTime? {
        // A simulator on this very machine has no other clock to show.
        guard !client.isOnThisMachine, let heard = client.serverClock.latest else { return nil }
        return ServiceTime(date: heard.date, age: heard.age)
    }

    /// An upload is not charged.
    public func onlyPrepares(_ job: OwedJob) -> Bool { job.remoteID == nil }

    public func shutdown() async throws { try await client.shutdown() }
}
