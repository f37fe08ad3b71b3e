public import Foundation
import Journey
public import Sales

/// A slip to keep, whose image is on disk.
public struct NewSlip: Sendable {
    /// What is kept of an image beside its file.
    public struct Image: Sendable, Equatable {
        public let media: SlipMedia
        /// Bytes.
        public let size: Int
        /// SHA-256 of the image as it came.
        public let digest: [UInt8]

        public init(_ media: SlipMedia, size: Int, digest: [UInt8]) {
            self.media = media
            self.size = size
            self.digest = digest
        }
    }

    public let id: SlipID
    public let image: Image
    /// What has it read.
    public let job: NewJob
    public let arrival: NewSale.Arrival
    /// As the machine's clock shows it.
    public let shownAt: Date
    /// The sale that it is for; nil if nobody said.
    public var sale: TransactionID?
    /// The amount that it is for; nil if its sale says it, which then has to be here.
    public var stated: Money?
    public var terminal: String?

    public init(id: SlipID, image: Image, job: NewJob, arrival: NewSale.Arrival, shownAt: Date) {
        self.id = id
        self.image = image
        self.job = job
        self.arrival = arrival
        self.shownAt = shownAt
    }
}

/// The outcome of a slip that was handed in.
public enum SlipAcceptance: Sendable, Equatable {
    case new(SlipRecord)
    /// The same image was handed in before, for the same sale or for none.
    case same(SlipRecord)
}

extension NewSlip {
    /// What its till says, for the day on which it came.
    var statedPayment: SlipPayment? { stated.map { SlipPayment($0, on: BangkokDay(of: shownAt)) } }
}
