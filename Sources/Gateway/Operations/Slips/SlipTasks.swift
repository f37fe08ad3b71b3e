public import RemoteServices
public import Slips

/// What is done about payment slips.
public struct SlipTasks: Sendable {
    /// Reads them.
    public let service: any RemoteService
    /// Where their images lie.
    public let images: any SlipImages
    /// How long an image stays once nothing is owed about it.
    public let keep: Duration
    /// What is left at the service; nil while that is not known. It makes no call.
    public let credits: @Sendable () -> Int?

    public init(
        service: any RemoteService, images: any SlipImages, keep: Duration,
        credits: @escaping @Sendable () -> Int? = { nil }
    ) {
        self.service = service
        self.images = images
        self.keep = keep
        self.credits = credits
    }
}
