public import RemoteServices
import Sales

// The steps up to a job: upload, and have it read.
extension ScanlyIQService {
    public func begin(_ job: OwedJob) async -> StepOutcome {
        guard let request = SlipRequest(job.request.bytes) else { return .failed(Self.invalidRequest) }
        // An earlier attempt without an upload can only have uploaded: nothing is charged for that.
        guard let upload = job.remoteID else { return await prepare(request) }
        guard job.mayHaveActed else { return await create(upload, job) }
        if job.hasBeenRepeated { return .failed(Self.unknownOutcome) }
        return job.search.permitsRepeat ? await create(upload, job) : await beforeRepeat(job)
    }

    private static let invalidRequest = ServiceFailure(
        code: "Gateway::InvalidContext", message: "it is not known which image the request is for",
        disposition: .reject, isOwn: true)

    // MARK: Upload

    private func prepare(_ request: SlipRequest) async -> StepOutcome {
        let image: [UInt8]
        do { image = try await images(request.image) } catch {
            return .failed(Self.failure(ofImage: error))
        }
        do {
            let upload = try await observer.counted(.upload) { () async throws(ScanlyIQError) in
                try await client.upload(image, request.media)
            }
            recentUploads.add(upload)
            return .prepared(remoteID: upload)
        } catch {
            return .failed(error.failure(at: .upload))
        }
    }

    /// What the error says is not repeated: it may name a folder.
    private static func failure(ofImage error: any Error) -> ServiceFailure {
        error is SlipImageMissing
            ? ServiceFailure(
                code: "Gateway::ImageGone", message: "the slip's image is not there any more", disposition: .reject,
                isOwn: true)
            : ServiceFailure(
                code: "Gateway::ImageUnreadable", message: "the slip's image cannot be read from the disk",
                disposition: .retrySeldom, isOwn: true)
    }

    // MARK: Job

    private func create(_ upload: String, _ job: OwedJob) async -> StepOutcome {
        let model: ScanlyIQModel
        do { model = try await models.model() } catch { return .failed(error) }
        let order = JobOrder(upload: upload, model: model.id, project: terms.project)
        do {
            let created = try await observer.counted(.createJob) { () async throws(ScanlyIQError) in
                try await client.create(order)
            }
            count.charged(created)
            jobsWithoutID.isOver()
            return .begun(remoteID: created.id)
        } catch {
            let failure = error.failure(at: .create)
            switch error.kind {
            case .withoutJobID: jobsWithoutID.happened(failure)
            case .status(400), .status(404), .status(422): return await refused(job, of: upload, by: model, error)
            default: break
            }
            return .failed(failure)
        }
    }

    /// The image may be at fault, the upload may have become too old, or the model or the project is not there any more.
    private func refused(
        _ job: OwedJob, of upload: String, by model: ScanlyIQModel, _ error: ScanlyIQError
    ) async -> StepOutcome {
        do throws(ServiceFailure) {
            guard try await models.has(model) else {
                return .failed(
                    ServiceFailure(
                        code: error.code,
                        message: "\(error.message); ScanlyIQ has the model \(model.name) no more: another one is taken",
                        disposition: .retry))
            }
        } catch {
            return .failed(error)
        }
        let failure = error.failure(at: .create)
        // Soon after its upload it is not too old.
        let isOld = error.kind == .status(404) || error.kind == .status(400) && !recentUploads.contains(upload)
        return isOld && !job.hasBeenRepeated ? .lost(failure) : .failed(failure)
    }

    /// After each look: ScanlyIQ may fail for some seconds, and there is only one repeat.
    private static let pausesBeforeRepeat: [Duration] = [.seconds(5), .seconds(20)]

    /// There is no list to look in. But the one repeat does not go to a service that does not answer, or refuses the account.
    private func beforeRepeat(_ job: OwedJob) async -> StepOutcome {
        do { _ = try await balance() } catch { return .failed(error.failure(at: .question)) }
        return .absent(
            ServiceFailure(
                code: "ScanlyIQ::Repeated",
                message: """
                    ScanlyIQ did not answer when it was told to read the slip, and has no list to look in: it is told once \
                    more, and may charge twice
                    """,
                disposition: .retry,
                retryAfter: Self.pausesBeforeRepeat[min(job.search.absences, Self.pausesBeforeRepeat.count - 1)]))
    }

    private static let unknownOutcome = ServiceFailure(
        code: RepeatRule.unknownOutcome,
        message: """
            ScanlyIQ was told twice to read the slip, and it is not known what became of it: it may have charged twice. Look at \
            the slip yourself; kamkap slips retry ID has it read once more
            """,
        disposition: .reject, isOwn: true)
}

extension OwedJob {
    /// Whether it was made again already: each time may be charged.
    var hasBeenRepeated: Bool { search.repeats > 0 }
}
