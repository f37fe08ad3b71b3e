import Foundation

extension SlimeSimulator {
    /// What a request at a location is answered with, and which file that counts for.
    struct FileReply {
        var reply: Reply
        /// nil if the true file is not on its way.
        var receipt: FileReceipt?
    }

    struct FileReceipt: Sendable {
        let documentID: String
        let kind: FileKind
    }

    func fileLocation(_ document: Document, _ kind: FileKind, subject: Subject) -> String {
        documentLedger.count(document.id, kind, \.locations)
        return add(.file(documentID: document.id, kind: kind), of: document.transactionID, subject: subject)
    }

    func waitingLocation(of transactionID: String) -> String {
        add(.waitingPage, of: transactionID, subject: .latestPDF)
    }

    private func add(_ target: Locations.Location.Target, of transactionID: String, subject: Subject) -> String {
        let lifetime = documentRules.locationLifetime / .seconds(1)
        let name = locations.add(
            Locations.Location(
                target: target, transactionID: transactionID, subject: subject.rawValue,
                expiresAt: documentClock.now.addingTimeInterval(lifetime)))
        return "\(fileBase)\(SlimeServer.filePath)\(name)"
    }

    /// Answers a request at a location.
    ///
    /// - Parameter name: the last part of its path
    func fetch(_ name: String) -> FileReply {
        let now = documentClock.now
        documentLedger.advance(to: now)
        let date = UTCTime.header(self.now())
        guard let location = locations[name] else {
            return FileReply(reply: .text(404, "There is nothing here.", date: date))
        }
        switch location.target {
        case .waitingPage:
            return FileReply(reply: waitingReply(location, date))
        case .file(let id, let kind):
            let isGone = now > location.expiresAt || documentRules.locationsServeOnce && location.uses > 0
            guard !isGone, let document = documentLedger.document(id) else {
                return FileReply(reply: .text(documentRules.expiredStatus, "This location has expired.", date: date))
            }
            locations.countUse(name)
            return serve(document, kind, location, date)
        }
    }

    private func serve(
        _ document: Document, _ kind: FileKind, _ location: Locations.Location, _ date: String
    ) -> FileReply {
        let target = Fault.Target(
            listener: .files, subject: location.subject, transactionID: location.transactionID, documentID: document.id)
        let fault = faults.take(target).fault?.kind
        let file = Reply(status: 200, contentType: kind.contentType, body: document.bytes(of: kind), date: date)
        guard case .file(let trouble) = fault else {
            documentLedger.count(document.id, kind, \.begun)
            return FileReply(reply: file, receipt: FileReceipt(documentID: document.id, kind: kind))
        }
        if trouble.sendsFile { documentLedger.count(document.id, kind, \.begun) }
        let isTrue = if case .slow = trouble { true } else { false }
        return FileReply(
            reply: file.meeting(trouble),
            receipt: isTrue ? FileReceipt(documentID: document.id, kind: kind) : nil)
    }

    /// The page sends its visitor on by itself once the PDF is ready.
    private func waitingReply(_ location: Locations.Location, _ date: String) -> Reply {
        guard let latest = documentLedger.documents(of: location.transactionID).last, latest.isReady else {
            return .html(200, ServicePage.waiting(), date: date)
        }
        var reply = Reply.text(303, "The document is ready.", date: date)
        reply.location = fileLocation(latest, .pdf, subject: .latestPDF)
        return reply
    }

    /// Remembers that a true file reached the network whole.
    func delivered(_ receipt: FileReceipt) {
        documentLedger.count(receipt.documentID, receipt.kind, \.whole)
        filesDelivered += 1
        filesServed.advance(to: filesDelivered)
    }
}
