public import Foundation
import HTTPCalls
public import RemoteServices
public import Sales

extension SlimeService: DocumentProvider {
    // MARK: The stream

    public func streamRequest(from time: Date) -> ServiceRequest { DocumentStream.request(from: time) }

    public func replayRequest(for request: ServiceRequest) -> ServiceRequest? { DocumentStream.replay(of: request) }

    public func documents(_ request: ServiceRequest) async throws(DocumentFailure) -> DocumentPage {
        try await ask(.streamDocuments) { now throws(SlimeError) in try await client.documents(request, issuedAt: now) }
    }

    // MARK: The documents of a sale

    public func document(_ id: DocumentID) async throws(DocumentFailure) -> ProvidedDocument {
        try await ask(.showDocument) { now throws(SlimeError) in try await client.document(id, issuedAt: now) }
    }

    public func documents(of transaction: TransactionID) async throws(DocumentFailure) -> [ProvidedDocument] {
        try await ask(.listDocuments) { now throws(SlimeError) in
            try await client.documents(of: transaction, issuedAt: now)
        }
    }

    // MARK: Files

    public func file(
        _ form: DocumentForm, of document: ProvidedDocument, atMost bytes: Int
    ) async throws(DocumentFailure) -> [UInt8] {
        let file = try await download(form, of: document.id, atMost: bytes)
        guard let size = document.sizes[form], size != file.count else { return file }
        // What the caller knows may be old.
        guard let size = try await self.document(document.id).sizes[form], size != file.count else { return file }
        // The page does not promise that a size is exact. A file that comes twice alike was not cut on its way.
        let again = try await download(form, of: document.id, atMost: bytes)
        guard again.count == size || again == file else {
            throw DocumentFailure(
                .unusableFile, .ofFile("Size", "the file has \(again.count) bytes, and Slime says that it has \(size)"))
        }
        return again
    }

    private func download(
        _ form: DocumentForm, of id: DocumentID, atMost bytes: Int
    ) async throws(DocumentFailure) -> [UInt8] {
        let location = try await ask(form == .pdf ? .downloadPDF : .downloadXML) { now throws(SlimeError) in
            try await client.location(of: form, of: id, issuedAt: now)
        }
        return try await fetch(location, as: form, atMost: bytes)
    }

    public func latestPDF(of transaction: TransactionID, atMost bytes: Int) async throws(DocumentFailure) -> [UInt8] {
        let location = try await ask(.latestPDF) { now throws(SlimeError) in
            try await client.locationOfLatestPDF(of: transaction, issuedAt: now)
        }
        return try await fetch(location, as: .pdf, atMost: bytes)
    }

    /// At once: a location expires in a minute.
    private func fetch(
        _ location: String, as form: DocumentForm, atMost bytes: Int
    ) async throws(DocumentFailure) -> [UInt8] {
        let file: [UInt8]
        do { file = try await client.files.fetch(location, atMost: bytes) } catch {
            observer.called(Self.file, error.outcome)
            throw DocumentFailure(error)
        }
        if let fault = DocumentCheck.fault(of: file, as: form) {
            observer.called(Self.file, "unintelligible")
            throw DocumentFailure(.unusableFile, .ofFile("Content", "the file was refused: \(fault)"))
        }
        observer.called(Self.file, nil)
        return file
    }
}

extension ServiceFailure {
    /// It is about the host of a file, or the file, and so says nothing of Slime.
    fileprivate static func ofFile(_ code: String, _ message: String) -> ServiceFailure {
        ServiceFailure(code: "File::\(code)", message: message, disposition: .retry)
    }
}

extension DocumentFailure {
    fileprivate init(_ failure: FileFailure) {
        switch failure.kind {
        case .forbidden: self.init(.unusableFile, .ofFile("Forbidden", failure.message))
        case .tooLong: self.init(.unusableFile, .ofFile("TooLong", failure.message))
        // The location may have expired meanwhile, or the host may be busy.
        case .status(let status): self.init(.failed, .ofFile("\(status)", failure.message))
        case .transport: self.init(.failed, .ofFile("NotFetched", failure.message))
        }
    }
}

extension FileFailure {
    /// For metrics: the words of the other calls.
    fileprivate var outcome: String {
        switch kind {
        case .forbidden: "forbidden"
        case .tooLong: "unintelligible"
        case .status: "status"
        case .transport(let cause):
            switch cause {
            case .untrusted: "untrusted"
            case .proxyRefused, .proxyUnreachable: "proxy"
            case .noAnswer, .cut, .unknown: "unanswered"
            case .unreadable, .tooLong: "unintelligible"
            case .unusable: "unusable"
            case .forbidden: "forbidden"
            case .givenUp, .nameUnknown, .nameServiceSilent, .noRoute, .refused, .noConnection, .noRoom, .hungUp,
                .noEncryption:
                "unreachable"
            }
        }
    }
}
