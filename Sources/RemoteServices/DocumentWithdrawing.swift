/// A service that can take back what it has made for a sale.
public protocol DocumentWithdrawing: RemoteService {
    /// Takes back the document ``OwedJob/remoteID``. One that is not there any more is withdrawn. It is safe to repeat.
    ///
    /// - Parameter job: its request has no bytes; its context is that of the document's own request.
    /// - Returns: why it was not withdrawn; nil if it was.
    func withdraw(_ job: OwedJob) async -> ServiceFailure?
}
