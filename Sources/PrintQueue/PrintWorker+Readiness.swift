import Foundation
import Journey
import Outbox
import Printing
import Raster
import Receipts
import Runtime

// Paper is ready when its link is: while the provider is asked, the printer is opened, and the parts of the paper that
// do not depend on the link are set and encoded.
extension PrintWorker {
    /// The awaited print, and the connection that is held open for it.
    struct Readiness {
        let print: Int64
        let session: any PrintSession
    }

    /// A printer that could not be opened is left alone for the retry interval; its next paper may try sooner.
    func getReady(at now: Date) async throws(OutboxError) {
        guard let coming = try await outbox.coming(on: settings.printer.name) else { return await standDown() }
        guard readiness?.print != coming.print.seq, now >= notReadyBefore else { return }
        do {
            let session: any PrintSession
            if let held = readiness {
                session = held.session
            } else {
                session = try await settings.printer.open()
                await reportStatus(of: session)
            }
            readiness = Readiness(print: coming.print.seq, session: session)
        } catch {
            report(error)
            notReadyBefore = clock.now.addingTimeInterval(settings.limits.retryInterval.inSeconds)
        }
        // A driver gets pages, which are made whole.
        if case .pdf? = readiness?.session.format { return }
        if let order = try? order(coming) { await encodeAhead(order) }
    }

    /// Lets go of the printer: no paper waits for its link, or somebody else needs the printer.
    func standDown() async {
        guard let held = readiness else { return }
        readiness = nil
        await held.session.close()
    }

    /// The connection that is held open, whichever print it was opened for; the caller closes it.
    func takeSession() -> (any PrintSession)? {
        defer { readiness = nil }
        return readiness?.session
    }

    private func encodeAhead(_ order: PaperOrder) async {
        var parts: [EncodedPart] = []
        for blocks in [order.content.body, order.content.tail] where !blocks.isEmpty {
            guard let part = try? await encoded(blocks) else { continue }
            parts.append(EncodedPart(blocks: blocks, bytes: part))
        }
        encodedParts = parts
    }

    /// The bytes of a part of a paper, as far as they are not known already.
    func encoded(_ blocks: [Block]) async throws(ReceiptError) -> [UInt8] {
        if let part = encodedParts.first(where: { $0.blocks == blocks }) { return part.bytes }
        return settings.printer.encoder.image(try await papers.set(blocks))
    }

    /// A part of a paper that was encoded ahead.
    struct EncodedPart {
        let blocks: [Block]
        let bytes: [UInt8]
    }
}
