public import RemoteServices

// Changing a job, and taking it away. Both can be repeated.
extension OCRInvoiceService {
    /// Gives a job a link that works again. The page wants the whole body, as for a create.
    public func update(_ id: String, _ form: OCRJobForm, at link: DocumentLink) async -> OCRJobAnswer<Void> {
        do {
            _ = try await send(.update, job: id, about: CallSubject(form, at: link))
            return .answered(())
        } catch {
            return error.saysGone
                ? await afterMissing(error, at: .update, id, form) : .failed(error.failure(at: .update))
        }
    }

    /// Deletes a job at the service.
    ///
    /// - Returns: why it was not deleted; nil if it was, or if it is not there.
    public func remove(_ id: String) async -> ServiceFailure? {
        do {
            _ = try await send(.delete, job: id)
            return nil
        } catch {
            guard error.saysGone else { return error.failure(at: .delete) }
            // A wrong endpoint, or a proxy, answers so to everything.
            return await probe()
        }
    }
}
