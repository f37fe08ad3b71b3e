import struct Foundation.Date

extension SupplierOCRSimulator {
    /// A job as answers show it. The page shows no field; these are those of public code.
    ///
    /// - Parameter word: its status, if a fault says so
    func json(_ job: Job, _ word: String?) -> JSONValue {
        let form = job.form
        let shown = leeway.shown
        var members: [String: JSONValue] = [
            "jobNumber": .string(shown.numbers.number(of: job)), "documentName": .string(form.documentName),
            "template": .string(form.template), "priority": .string(form.priority.rawValue),
            "errorLog": .array([]), "retryCount": .count(0),
            "createdAt": .time(job.madeAt), "updatedAt": .time(job.completedAt ?? job.startedAt ?? job.madeAt),
        ]
        members[shown.id.rawValue] = .string(job.id)
        members["status"] = (word ?? shown.words.word(for: job.stage)).map(JSONValue.string)
        members["documentType"] = form.documentType.map { .string($0.rawValue) }
        members["group"] = form.group.map(JSONValue.string)
        members["createdBy"] = form.createdBy.map(JSONValue.string)
        if shown.hasURL { members["documentUrl"] = .string(form.documentURL) }
        if shown.hasMetadata { members["metadata"] = form.metadata ?? .object([:]) }
        if shown.hasProgress {
            members["startedAt"] = .time(job.startedAt)
            members["progress"] = .object([
                "percentage": .count(job.percentage), "currentStep": .string(""), "totalSteps": .count(3),
            ])
        }
        if shown.hasCompletion {
            let time = job.completedAt
            members["completedAt"] =
                shown.hasNumericTimes
                ? time.map { .count(Int($0.timeIntervalSince1970 * 1_000)) } ?? .null : .time(time)
        }
        if job.stage == .failed, let fault = job.fault {
            members["errorLog"] = .array([.object(["message": .string(fault)])])
        }
        return .object(members)
    }
}

extension SupplierOCRSimulator.Job {
    fileprivate var percentage: Int {
        switch stage {
        case .created: 0
        case .processing: 50
        case .finished, .failed: 100
        }
    }
}

extension SupplierOCRSimulator.Leeway.Shown.Numbers {
    fileprivate func number(of job: SupplierOCRSimulator.Job) -> String {
        switch self {
        case .asSent: job.number
        case .lower: job.number.lowercased()
        case .own: "OCR-\(job.id.prefix(8))"
        }
    }
}

extension SupplierOCRSimulator.Leeway.Shown.Words {
    fileprivate func word(for stage: SupplierOCRSimulator.Job.Stage) -> String? {
        let place =
            switch stage {
            case .created: 0
            case .processing: 1
            case .finished: 2
            case .failed: 3
            }
        return switch self {
        case .plain: ["created", "processing", "completed", "failed"][place]
        case .upper: ["CREATED", "PROCESSING", "COMPLETED", "FAILED"][place]
        case .other: ["new", "In Progress", "done", "error"][place]
        case .odd: ["ingested", "chewing", "digested", "choked"][place]
        case .stuck: "created"
        case .absent: nil
        }
    }
}

extension JSONValue {
    fileprivate static func time(_ date: Date?) -> JSONValue {
        date.map { .string(UTCTime.timestamp($0)) } ?? .null
    }
}
