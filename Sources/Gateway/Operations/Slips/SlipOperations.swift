import FaultPoints
import Foundation
import Journey
public import Outbox
public import Runtime
public import Sales
public import Slips

/// What tills and staff ask of payment slips. Nobody waits for one: neither a sale nor its paper.
public struct SlipOperations: Sendable {
    /// So many may wait to be read: hours of what the service takes.
    static let maximumWaiting = 1_000
    /// Whoever handed one in waits for it so long at the counter.
    private static let patience: Duration = .seconds(15)
    private static let pause: Duration = .seconds(30)

    let outbox: Outbox
    /// Reads them.
    let service: ServiceName
    let folder: any SlipImages
    let clock: GatewayClock
    private let diskSpace: DiskSpace

    public init(
        outbox: Outbox, service: ServiceName, folder: any SlipImages, clock: GatewayClock = .system,
        diskSpace: DiskSpace = DiskSpace(minimum: 0)
    ) {
        self.outbox = outbox
        self.service = service
        self.folder = folder
        self.clock = clock
        self.diskSpace = diskSpace
    }

    /// Takes a slip. Returns after its image and its row are safely on disk. One that was handed in for the same before is not
    /// taken twice; if its image is needed and is gone, this one takes its place.
    public func submit(
        _ image: SlipImage, _ target: SlipTarget
    ) async throws(OperationError) -> (view: SlipView, isNew: Bool) {
        try await requireSale(of: target)
        let id = SlipID.random()
        let new = slip(id, image, target)
        if let known = try await known(new) { return (try await view(try await withImage(image, known)), false) }
        let name = SlipRecord.image(of: id, image.media)
        try await keep(image, named: name)
        FaultPoint.slipImageKept.pass()
        let acceptance: SlipAcceptance
        do throws(OutboxError) {
            acceptance = try await outbox.take(new, atMost: Self.maximumWaiting)
        } catch {
            // After any other error its row may be there all the same. If it is not, the image is swept later.
            if error.isWithoutEffect { try? await folder.remove(name) }
            if error.code == .full { throw .diskFull(diskSpace.recordFull()) }
            throw error.code == .busy
                ? .unavailable(error.message, retryAfter: Self.pause, isUndone: true) : .init(error)
        }
        FaultPoint.slipKept.pass()
        switch acceptance {
        case .new(let record): return (try await view(record), true)
        case .same(let record):
            try? await folder.remove(name)
            return (try await view(try await withImage(image, record)), false)
        }
    }

    /// Throws if the sale is not here that a slip is handed in for. That needs no image.
    public func requireSale(of target: SlipTarget) async throws(OperationError) {
        guard case .sale(let id) = target.kind else { return }
        let isHere: Bool
        do throws(OutboxError) { isHere = try await outbox.hasSale(id) } catch { throw OperationError(error) }
        guard isHere else { throw .notFound("there is no sale \(id)") }
    }

    private func known(_ new: NewSlip) async throws(OperationError) -> SlipRecord? {
        do throws(OutboxError) { return try await outbox.slip(sameAs: new) } catch { throw OperationError(error) }
    }

    /// A known slip, with the image that was handed in again where it is needed and is gone.
    private func withImage(_ image: SlipImage, _ record: SlipRecord) async throws(OperationError) -> SlipRecord {
        guard record.state != .matched, record.state != .differs else { return record }
        let isThere: Bool
        do throws(SlipFolderError) {
            _ = try await folder.image(named: record.image)
            isThere = true
        } catch {
            guard error.code == .missing else { throw refusal(of: error) }
            isThere = false
        }
        if isThere, !record.imageRemoved { return record }
        if !isThere { try await keep(image, named: record.image) }
        do throws(OutboxError) { return try await outbox.imageKept(record.id, at: clock.now) } catch {
            throw OperationError(error)
        }
    }

    private func keep(_ image: SlipImage, named name: String) async throws(OperationError) {
        if let shortage = diskSpace.shortage(beside: image.bytes.count) { throw .diskFull(shortage) }
        do throws(SlipFolderError) { try await folder.keep(image.bytes, named: name) } catch {
            throw refusal(of: error)
        }
    }

    private func slip(_ id: SlipID, _ image: SlipImage, _ target: SlipTarget) -> NewSlip {
        let now = clock.now
        var new = NewSlip(
            id: id, image: .init(image.media, size: image.bytes.count, digest: image.digest),
            job: NewJob(kind: .slip, service: service, key: id.text, request: SlipRecord.request(for: id, image.media)),
            arrival: .init(
                from: "", target.priority, at: now, liveUntil: now.addingTimeInterval(Self.patience.inSeconds)),
            shownAt: clock.shown)
        new.sale = target.sale
        new.terminal = target.terminal
        if case .amount(let amount, _) = target.kind { new.stated = amount }
        return new
    }

    private func refusal(of error: SlipFolderError) -> OperationError {
        switch error.code {
        case .full: .diskFull(error.message)
        case .missing, .unusable: .unavailable(error.message, retryAfter: Self.pause, isUndone: true)
        }
    }
}

extension OutboxError {
    /// Whether it is certain that nothing was written.
    fileprivate var isWithoutEffect: Bool {
        switch code {
        case .notFound, .conflict, .busy, .full: true
        default: false
        }
    }
}
