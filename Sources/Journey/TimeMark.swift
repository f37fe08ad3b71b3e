public import Foundation

/// Counted time at one moment, with what ties it to other clocks: stored, so that a later run goes on from it.
///
/// Counted time looks like a date, but nobody sets it: within a run it goes as elapsed time does, and from one run to
/// the next by the time that is proved to have passed. See docs/clocks.md.
public struct TimeMark: Sendable, Equatable {
    /// A moment at which a witness confirmed the machine's clock: what it showed then, and the counted time.
    public struct Proof: Sendable, Equatable {
        public var counted: Date
        public var shown: Date

        public init(counted: Date, shown: Date) {
            self.counted = counted
            self.shown = shown
        }
    }

    public var counted: Date
    /// The boot from which ``sinceBoot`` is counted; nil if it is not known.
    public var bootID: String?
    public var sinceBoot: Duration
    /// The last one there was.
    public var proof: Proof?
    /// Whether more time may have passed since ``proof`` than was counted: the machine was off in between.
    public var isOpen: Bool

    public init(counted: Date, bootID: String?, sinceBoot: Duration, proof: Proof?, isOpen: Bool) {
        self.counted = counted
        self.bootID = bootID
        self.sinceBoot = sinceBoot
        self.proof = proof
        self.isOpen = isOpen
    }
}

/// Where counted time goes on when a gateway starts.
public struct CountedStart: Sendable, Equatable {
    public let counted: Date
    public let proof: TimeMark.Proof?
    /// Whether more time may have passed since ``proof`` than was counted.
    public let isOpen: Bool

    /// - Parameters:
    ///   - kept: the last mark of the previous run; nil in a new database.
    ///   - newestSale: what the two clocks were when the newest sale came. It may have come after the mark, and counted
    ///     time is then past it; without a mark, it replaces one.
    ///   - shown: what the machine's clock shows.
    public init(
        after kept: TimeMark?, newestSale: TimeMark.Proof?, shown: Date, isBorneOut: Bool, bootID: String?,
        sinceBoot: Duration
    ) {
        guard let kept else {
            // Nothing is known but what the clock says.
            counted = newestSale.map { $0.counted + max(0, shown.timeIntervalSince($0.shown)) } ?? shown
            (proof, isOpen) = (nil, false)
            return
        }
        proof = kept.proof
        let isSame = bootID != nil && bootID == kept.bootID && sinceBoot >= kept.sinceBoot
        // If no boot has a name it may be the same one. Another one was begun after the mark: its time has certainly
        // passed.
        let isPerhapsSame = (bootID == nil || kept.bootID == nil) && sinceBoot >= kept.sinceBoot
        let passed = isSame || isPerhapsSame ? sinceBoot - kept.sinceBoot : sinceBoot
        let least = max(kept.counted + passed.inSeconds, newestSale?.counted ?? .distantPast)
        // One clock alone at either end proves nothing.
        guard !isSame || kept.isOpen, let proof, isBorneOut else {
            counted = least
            isOpen = kept.proof != nil && (!isSame || kept.isOpen)
            return
        }
        counted = max(least, proof.counted + shown.timeIntervalSince(proof.shown))
        isOpen = false
    }

    /// How much more time had passed before this run than was counted, once a witness confirms the clock.
    ///
    /// - Parameter now: the counted time at which the clock shows `shown`.
    public func missing(at now: Date, shown: Date) -> TimeInterval {
        guard isOpen, let proof else { return 0 }
        return max(0, shown.timeIntervalSince(proof.shown) - now.timeIntervalSince(proof.counted))
    }
}
