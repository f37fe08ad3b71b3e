import Foundation
import HTTPCalls
import RemoteServices
import Sales
import Simulators
import Testing

@testable import Slime

/// Files and locations that are not what they have to be. No message repeats a location.
@Suite(.timeLimit(.minutes(1))) struct BadFileTests {
    private static let secret = "5ecre7-location"

    private func failure(
        of form: DocumentForm = .pdf, meeting fault: SlimeSimulator.Fault.Kind, fileTimeout: Duration = .seconds(10)
    ) async throws -> (DocumentFailure?, [String]) {
        try await LookUpStage.open(fileTimeout: fileTimeout) { stage in
            let id = try await stage.register("A")
            let made = try await stage.makeDocument(of: id)
            let document = try await stage.service.document(try #require(DocumentID(made.id)))
            await stage.slime.inject(.init(fault))
            let failure = await stage.failure { () throws(DocumentFailure) in
                try await stage.service.file(form, of: document, atMost: 1 << 20)
            }
            let message = failure?.failure.message ?? ""
            for word in [Self.secret, "127.0.0.1", "localhost", "example", "://"] {
                #expect(!message.contains(word), "\(message)")
            }
            return (failure, stage.counted.all)
        }
    }

    @Test(
        "a file that is something else is refused, and counted as what it is",
        arguments: [
            (SlimeSimulator.Fault.FileFault.html, "File::Content", "file unintelligible"),
            (.size(2_000), "File::Content", "file unintelligible"),
            (.size(0), "File::Content", "file unintelligible"),
            (.size(2 << 20), "File::TooLong", "file unintelligible"),
            (.endless, "File::TooLong", "file unintelligible"),
            (.packed(.bomb), "File::TooLong", "file unintelligible"),
            (.packed(.unheardOf), "File::Content", "file unintelligible"),
            (.redirect("file:///etc/\(secret)"), "File::Forbidden", "file forbidden"),
            (.redirect("http+unix://%2Frun%2F\(secret)"), "File::Forbidden", "file forbidden"),
            (.redirect("http://files.example/\(secret)"), "File::Forbidden", "file forbidden"),
            (.redirect("https://169.254.169.254/\(secret)"), "File::Forbidden", "file forbidden"),
        ])
    func unusable(fault: SlimeSimulator.Fault.FileFault, code: String, counted: String) async throws {
        let (failure, calls) = try await failure(meeting: .file(fault))
        #expect(failure?.kind == .unusableFile, "\(String(describing: failure))")
        #expect(failure?.failure.code == code, "\(String(describing: failure))")
        #expect(failure?.failure.disposition == .retry)
        #expect(calls.contains(counted), "\(calls)")
    }

    @Test(
        "a file that does not come is asked for again later",
        arguments: [
            (SlimeSimulator.Fault.FileFault.cut, "File::NotFetched", "file unanswered"),
            (.lost, "File::NotFetched", "file unanswered"), (.status(403), "File::403", "file status"),
            (.status(500), "File::500", "file status"), (.drip, "File::NotFetched", "file unanswered"),
            (.slow(.seconds(30)), "File::NotFetched", "file unanswered"),
        ])
    func notFetched(fault: SlimeSimulator.Fault.FileFault, code: String, counted: String) async throws {
        let (failure, calls) = try await failure(meeting: .file(fault), fileTimeout: .seconds(1))
        #expect(failure?.kind == .failed, "\(String(describing: failure))")
        #expect(failure?.failure.code == code)
        #expect(failure?.failure.disposition == .retry)
        #expect(calls.last == counted)
    }

    @Test(
        "a location that may not be called is not called",
        arguments: [
            "file:///etc/\(secret)", "http+unix://%2Frun%2Fkamkap%2Fpos.sock/\(secret)",
            "http://files.example/\(secret)",
            "https://192.168.1.1/\(secret)", "https://169.254.169.254/\(secret)", "https://[fe80::1]/\(secret)",
            "https://user:\(secret)@files.example/", secret, "ftp://files.example/\(secret)",
        ])
    func forbidden(location: String) async throws {
        let (failure, calls) = try await failure(meeting: .location(location))
        #expect(failure?.kind == .unusableFile && failure?.failure.code == "File::Forbidden")
        #expect(calls.suffix(2) == ["download_pdf success", "file forbidden"])
    }

    @Test(
        "a file of another size than Slime says is fetched once more, and taken if that one is right or the same",
        arguments: [([4_097], 4_096), ([4_095], 4_096), ([4_095, 4_095], 4_095), ([4_095, 4_097], nil)]
            as [([Int], Int?)]
    )
    func sizes(sent: [Int], taken: Int?) async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            let made = try await stage.makeDocument(of: id)
            let document = try await stage.service.document(try #require(DocumentID(made.id)))
            for size in sent { await stage.slime.inject(.init(.file(.size(size)), times: 1)) }
            do {
                let file = try await stage.service.file(.pdf, of: document, atMost: 1 << 20)
                #expect(file.count == taken)
            } catch let error as DocumentFailure {
                #expect(taken == nil && error.kind == .unusableFile && error.failure.code == "File::Size")
            }
        }
    }

    @Test("an answer without a location is no answer", arguments: [nil, ""] as [String?])
    func noLocation(location: String?) async throws {
        let (failure, _) = try await failure(of: .xml, meeting: .location(location))
        #expect(failure?.kind == .failed && failure?.failure.code == "Gateway::Unintelligible")
        #expect(
            failure?.failure.message == "Slime answered trading-document/download-xml without a usable \"location\"")
    }

    @Test("a location that has expired is told by its status, and a new one brings the file")
    func expired() async throws {
        try await LookUpStage.open { stage in
            let id = try await stage.register("A")
            let made = try await stage.makeDocument(of: id)
            var rules = await stage.slime.currentDocumentRules
            rules.locationLifetime = .zero
            try await stage.slime.setDocumentRules(rules)
            await stage.slime.advanceDocumentClock(by: .seconds(1))
            let document = try await stage.service.document(try #require(DocumentID(made.id)))
            let location = try await stage.client.location(of: .pdf, of: document.id, issuedAt: Date())
            await stage.slime.advanceDocumentClock(by: .seconds(61))
            await #expect(throws: FileFailure.self) { try await stage.client.files.fetch(location, atMost: 1 << 20) }
            rules.locationLifetime = .seconds(60)
            try await stage.slime.setDocumentRules(rules)
            #expect(try await stage.service.file(.pdf, of: document, atMost: 1 << 20).count == made.pdfSize)
        }
    }
}
