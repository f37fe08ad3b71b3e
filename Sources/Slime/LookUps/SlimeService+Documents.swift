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
                ofFile: "File::Size", "the file has \(again.count) bytes, and Slime says that it has \(size)",
                isOfTheFile: true)
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
            throw DocumentFailure(ofFile: error.code, error.message, isOfTheFile: error.isOfTheFile)
        }
        if let fault = DocumentCheck.fault(of: file, as: form) {
            observer.called(Self.file, "unintelligible")
            throw DocumentFailure(ofFile: "File::Content", "the file was refused: \(fault)", isOfTheFile: true)
        }
        observer.called(Self.file, nil)
        return file
    }
}
