import Outbox
import RemoteServices

extension ServiceRequest {
    init(_ job: NewJob) {
        self.init(bytes: job.request, context: job.context)
    }
}
