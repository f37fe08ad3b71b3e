public import Foundation

/// Where counted time stood at one moment, with what ties it to other clocks: kept, so that a later run goes on from it.
///
/// Counted time looks like a date, but nobody sets it: within a run it goes as elapsed time does, and from one run to the
/// next by what can be proved to have passed. See docs/clocks.md.
public struct TimeMark: Sendable, Equatable {
    /// A moment at which something bore the machine's clock out: what it showed then, and the counted time.
    public struct Proof: Sendable, Equatable {
        public var counted: Date
        public var shown: Date

        public init(counted: Date, shown: Date) {
            self.counted = counted
            self.shown = shown
        }
    }

    public var counted: Date
    /// The boot that ``sinceBoot`` is counted from; nil where it is not known.
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
    ///   - kept: the last mark of the run before; nil in a new database.
    ///   - newestSale: what the two clocks were when the newest sale came. It may have come after the mark, so that counted
    ///     time is past it; where there is no mark, it stands in for one.
    ///   - shown: what the machine's clock shows.
    public init(
        after kept: TimeMark?, newestSale: TimeMark.Proof?, shown: Date, isBorneOut: Bool, bootID: String?,
        sinceBoot: Duration
    ) {
        guard let kept else {
            // Nothing else is known than what the clock says.
            counted = newestSale.map { $0.counted + max(0, shown.timeIntervalSince($0.shown)) } ?? shown
            (proof, isOpen) = (nil, false)
            return
        }
        proof = kept.proof
        let isSame = bootID != nil && bootID == kept.bootID && sinceBoot >= kept.sinceBoot
        // Where no boot has a name it may be the same one. Another was begun after the mark: its time has passed for sure.
        let isPerhapsSame = (bootID == nil || kept.bootID == nil) && sinceBoot >= kept.sinceBoot
        let passed = isSame || isPerhapsSame ? sinceBoot - kept.sinceBoot : sinceBoot
        let least = max(kept.counted + passed.inSeconds, newestSale?.counted ?? .distantPast)
        // One clock's word at either end proves nothing.
        guard !isSame || kept.isOpen, let proof, isBorneOut else {
            counted = least
            isOpen = kept.proof != nil && (!isSame || kept.isOpen)
            return
        }
        counted = max(least, proof.counted + shown.timeIntervalSince(proof.shown))
        isOpen = false
    }

    /// How much more time had passed before this run than was counted, once the clock is borne out.
    ///
    /// - Parameter now: the counted time at which the clock shows `shown`.
    public func missing(at now: Date, shown: Date) -> TimeInterval {
        guard isOpen, let proof else { return 0 }
        return max(0, shown.timeIntervalSince(proof.shown) - now.timeIntervalSince(proof.counted))
    }
}
