public import Foundation
import JSON
public import Journey
public import Sales

/// A payment slip as the outbox knows it, with its job. Nothing of its image.
public struct SlipRecord: Sendable, Equatable {
    /// The outbox's own number of the slip, in the order of arrival.
    public let seq: Int64
    public let id: SlipID
    public let service: ServiceName
    /// The sale that it was handed in for, whether that is here by now or not.
    public let sale: TransactionID?
    public let terminal: String?
    /// What is to be paid by it, as far as is known.
    public let expected: Money
    /// As the machine's clock showed it.
    public let receivedAt: Date
    public let media: SlipMedia
    /// Bytes of the image as it is kept.
    public let size: Int
    /// SHA-256 of the image as it came.
    public let digest: [UInt8]
    public let state: SlipState
    /// Whether the service may have charged it more than once.
    public let mayBeCharged: Bool
    /// What the service charged for it; nil if it is not known.
    public let credits: Int?
    /// Nil until it is read.
    public let reading: SlipReading?
    public let differences: [SlipDifference]
    /// Whether the account was compared with the shop's.
    public let accountChecked: Bool
    /// Why it is not read yet, or was not.
    public let lastError: Failure?
    /// When it goes on, in counted time; nil once nothing is owed.
    public let nextAttemptAt: Date?
    public let imageRemoved: Bool
    /// Whether its sale is here.
    public let bound: Bool

    /// The name of its image in the folder of slips.
    public var image: String { Self.image(of: id, media) }

    public static func image(of id: SlipID, _ media: SlipMedia) -> String { "\(id).\(media.fileExtension)" }

    /// What its service is told beside the image: which file that is.
    public static func request(for id: SlipID, _ media: SlipMedia) -> [UInt8] {
        JSONValue.object(["image": .string(image(of: id, media)), "media": .string(media.rawValue)]).bytes
    }
}
