import Foundation

// What each call does.
extension ScanlyIQSimulator {
    private static let mostFiles = 50
    private static let longestFile = 50 * 1_000 * 1_000

    func upload(_ body: [UInt8], type: String?) throws(Refusal) -> JSONValue {
        let parts = try FormParts.read(body, type: type)
        guard !parts.isEmpty else { throw .badRequest("expected at least one file in files[]") }
        guard parts.count <= Self.mostFiles else { throw .badRequest("expected at most \(Self.mostFiles) files") }
        for part in parts {
            guard part.name == "files[]" else { throw .badRequest("there is no field \(part.name.prefix(50))") }
            guard part.fileName?.isEmpty == false else { throw .badRequest("files[]: expected a file with a name") }
            guard part.bytes.count <= Self.longestFile else {
                throw .badRequest("files[]: expected at most 50 MB a file")
            }
            guard let kind = ImageKind(part.bytes), kind.rawValue == part.type else {
                throw .badRequest("files[]: expected JPEG, PNG or WebP, and a type that says which")
            }
        }
        guard uploads.count + parts.count <= configuration.maximumKept else { throw .status(503, "full") }
        let made = parts.map { part in
            Upload(
                id: "upload_" + Unguessable.text(words: 1), fileName: part.fileName ?? "", size: part.bytes.count,
                digest: Self.digest(of: part.bytes), at: clock.now)
        }
        for upload in made { uploads[upload.id] = upload }
        totals.uploads += made.count
        return .object([
            "uploads": .array(
                made.map { upload in
                    .object([
                        "id": .string(upload.id), "fileName": .string(upload.fileName), "fileSize": .count(upload.size),
                    ])
                })
        ])
    }

    func createJob(_ order: Member) throws(Refusal) -> JSONValue {
        var ids: [String] = []
        for value in try order.array("uploadIds", sizes: 1...Self.mostFiles) {
            guard let id = value.text else { throw .badRequest("uploadIds: expected strings") }
            ids.append(id)
        }
        guard Set(ids).count == ids.count else { throw .badRequest("uploadIds: expected each once") }
        let model = try model(try order.string("modelId"))
        let project = try order.optionalString("projectId")
        if let project, !configuration.projects.contains(project) { throw .status(404, "there is no such project") }
        let kind: DocumentType = try order.optionalWord("documentType") ?? .slip
        var images: [Upload] = []
        for id in ids { images.append(try kept(id)) }
        let price = model.creditsPerUnit * ids.count
        guard balance >= price else {
            throw .status(402, "the account has \(balance) credits, and this takes \(price)")
        }
        guard jobs.count < configuration.maximumKept else { throw .status(503, "full") }
        let job = Job(
            id: "job_" + Unguessable.text(words: 1), digests: images.map(\.digest), model: model.id, project: project,
            documentType: kind.rawValue, credits: price, at: clock.now)
        balance -= price
        for id in ids { uploads[id]?.hasServed = true }
        jobPlaces[job.id] = jobs.count
        jobs.append(job)
        totals.jobs += 1
        totals.creditsCharged += price
        return .object([
            "jobId": .string(job.id), "status": .string("PENDING"), "itemCount": .count(ids.count),
            "creditsCharged": .count(price),
        ])
    }

    private enum DocumentType: String, CaseIterable {
        case slip, invoice
    }

    private func kept(_ id: String) throws(Refusal) -> Upload {
        guard let upload = uploads[id] else { throw .status(404, "there is no such upload") }
        let isOld = leeway.uploadLife.map { upload.at + $0 / .seconds(1) <= clock.now } ?? false
        guard !isOld, !(upload.hasServed && leeway.uploadsServeOnce) else {
            throw .status(leeway.oldUploadStatus, "the upload is not kept any more")
        }
        return upload
    }

    private func model(_ id: String) throws(Refusal) -> Model {
        guard let model = configuration.models.first(where: { $0.id == id }) else {
            throw .status(404, "there is no such model")
        }
        return model
    }

    func showJob(_ id: String) throws(Refusal) -> JSONValue {
        guard let place = jobPlaces[id], jobs[place].at + leeway.jobLag / .seconds(1) <= clock.now else {
            throw .status(404, "there is no such job")
        }
        jobs[place].polls += 1
        let job = jobs[place]
        let found = job.digests.map { scripts[$0] ?? usualScript }
        let pending = found.map { $0.pendingPolls ?? leeway.pendingPolls }.max() ?? 0
        guard job.polls > pending else {
            let waiting = JSONValue.object(["status": .string("PENDING"), "result": .null])
            return .object([
                "id": .string(job.id), "status": .string("PENDING"), "items": .array(found.map { _ in waiting }),
            ])
        }
        return .object([
            "id": .string(job.id), "status": .string(found.first?.jobStatus ?? "COMPLETED"),
            "items": .array(found.flatMap(\.itemsJSON)),
        ])
    }

    var creditsJSON: JSONValue {
        .object(["balance": .count(balance), "totalUsed": .count(totals.creditsCharged), "packages": .array([])])
    }

    func estimate(_ question: Member) throws(Refusal) -> JSONValue {
        guard try question.string("type") == "SLIP_OCR" else { throw .badRequest("type: expected SLIP_OCR") }
        let model = try model(try question.string("modelId"))
        let price = model.creditsPerUnit * (try question.integer("itemCount", in: 1...1_000_000))
        return .object([
            "estimatedCredits": .count(price), "currentBalance": .count(balance), "sufficient": .bool(balance >= price),
            "creditsPerUnit": .count(model.creditsPerUnit), "modelName": .string(model.name),
        ])
    }
}

extension ScanlyIQSimulator.Model {
    var json: JSONValue {
        .object([
            "id": .string(id), "name": .string(name), "type": .string(type), "creditsPerUnit": .count(creditsPerUnit),
        ])
    }
}
