import Foundation
import Journey
public import Logging
public import Outbox
public import Runtime
import Sales
public import ServiceLifecycle
public import Slips

/// Removes the images of slips that nobody needs any more, and files that belong to no slip: a gateway was killed before it could
/// write the slip down.
public struct SlipImageCare: Service {
    private static let interval: TimeInterval = 60
    /// A slip is written down right after its image.
    static let strayAge: Duration = .seconds(3_600)
    /// Images that go at a time.
    private static let step = 50

    private let outbox: Outbox
    private let images: any SlipImages
    private let keep: Duration
    private let isAnyRead: Bool
    private let clock: GatewayClock
    private let logger: Logger

    /// - Parameters:
    ///   - keep: how long an image stays once nothing is owed about its slip.
    ///   - isAnyRead: false where no slips are taken any more: then an image stays no longer after it came.
    public init(
        outbox: Outbox, images: any SlipImages, keep: Duration, isAnyRead: Bool = true,
        clock: GatewayClock = .system, logger: Logger
    ) {
        self.outbox = outbox
        self.images = images
        self.keep = keep
        self.isAnyRead = isAnyRead
        self.clock = clock
        self.logger = logger
    }

    /// Nobody watches whether it is alive: a folder that hangs is no reason to stop selling.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var isTroubled = false
            while !Task.isCancelled {
                isTroubled = await lookOnce(wasTroubled: isTroubled)
                try? await clock.sleep(until: clock.now.addingTimeInterval(Self.interval))
            }
        }
    }

    /// True if something could not be done; it is tried again.
    func lookOnce(wasTroubled: Bool = false) async -> Bool {
        let trouble: (any Error)?
        do {
            let old = try await removeOld()
            let owed = try await removeOwed()
            let stray = try await removeStray()
            trouble = old ?? owed ?? stray
        } catch {
            trouble = error
        }
        guard let trouble else { return false }
        if !wasTroubled, !Task.isCancelled {
            logger.error("images of slips not removed", metadata: [LogKey.error: "\(trouble)"])
        }
        return true
    }

    /// Returns why one stays, if any does: those behind it go all the same.
    private func removeOld() async throws -> SlipFolderError? {
        let limit = clock.now - keep.inSeconds
        return try await remove { count throws(OutboxError) in
            try await outbox.imagesToRemove(endedBefore: limit, atMost: count)
        }
    }

    /// What nobody reads is owed for ever.
    private func removeOwed() async throws -> SlipFolderError? {
        if isAnyRead { return nil }
        let limit = clock.now - keep.inSeconds
        return try await remove { count throws(OutboxError) in
            try await outbox.owedImages(takenBefore: limit, atMost: count)
        }
    }

    /// - Parameter first: gives so many of those that are due.
    private func remove(
        _ first: (_ count: Int) async throws(OutboxError) -> [SlipRecord]
    ) async throws -> SlipFolderError? {
        var (trouble, stuck): (SlipFolderError?, Set<SlipID>) = (nil, [])
        while !Task.isCancelled {
            let due = try await first(Self.step + stuck.count).filter { !stuck.contains($0.id) }
            if due.isEmpty { break }
            for slip in due {
                if let error = await remove(slip.image) {
                    trouble = trouble ?? error
                    stuck.insert(slip.id)
                } else {
                    _ = try await outbox.imageRemoved(slip.id)
                }
            }
        }
        return trouble
    }

    private func remove(_ name: String) async -> SlipFolderError? {
        do throws(SlipFolderError) {
            try await images.remove(name)
            return nil
        } catch { return error }
    }

    private func removeStray() async throws -> SlipFolderError? {
        // What kamkap recover brings back of a lost database may need its images.
        let age = try await outbox.mayHaveLostSlips() ? max(keep, Self.strayAge) : Self.strayAge
        let names = try await images.names(olderThan: age)
        var (trouble, rest): (SlipFolderError?, ArraySlice<String>) = (nil, names[...])
        while !rest.isEmpty, !Task.isCancelled {
            for name in try await outbox.strayImages(among: Array(rest.prefix(Self.step))) {
                if let error = await remove(name) { trouble = trouble ?? error }
            }
            rest = rest.dropFirst(Self.step)
        }
        return trouble
    }
}
