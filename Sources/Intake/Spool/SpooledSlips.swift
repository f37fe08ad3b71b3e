import Foundation
import Gateway
import GatewayAPI
import Host
import Journey
import Sales
import Slips

/// The picture of a slip in each file, which has its sale's id for a name: `A%2F1.jpg`, and `A%2F1.2.jpg` for a second one.
struct SpooledSlips: SpoolContent {
    /// Digits of the number behind the id.
    private static let longestNumber = 4

    let endings = ["jpg", "jpeg", "png", "webp"]
    let maximumKey = "slips.max_image"
    let atOnce = 2
    let maximum: Int
    let slips: SlipOperations
    let sales: SaleOperations

    /// A picture is not read before its sale is there.
    func outlook(of name: FileName) async -> SpoolAnswer? {
        guard let id = Self.sale(of: name) else { return .refused(Self.namelessness) }
        do throws(OperationError) {
            _ = try await sales.sale(id)
            return nil
        } catch {
            return Self.answer(to: error)
        }
    }

    /// A file that is being written grows: it is empty, or ends in the middle.
    func isWhole(_ bytes: [UInt8], named name: FileName) -> Bool {
        do throws(SlipImageError) {
            _ = try SlipImage(bytes)
            return true
        } catch {
            return error.code != .cutShort && error.code != .noPicture
        }
    }

    func take(_ bytes: [UInt8], named name: FileName) async -> SpoolAnswer {
        guard let id = Self.sale(of: name) else { return .refused(Self.namelessness) }
        let image: SlipImage
        do throws(SlipImageError) {
            image = try SlipImage(bytes, declared: Self.media(of: name))
        } catch {
            return .refused(ProblemError(error).problem)
        }
        do throws(OperationError) {
            _ = try await slips.submit(image, SlipTarget(.sale(id), priority: .spool))
            return .taken
        } catch {
            return Self.answer(to: error)
        }
    }

    private static func answer(to refusal: OperationError) -> SpoolAnswer {
        guard case .notFound = refusal else { return SpoolAnswer(refusal) }
        return .early(
            Problem(
                .notFound, status: 404, title: "There is no such sale",
                detail: "no sale of this name came within an hour; put the file into incoming/ again once there is one")
        )
    }

    private static var namelessness: Problem {
        Problem(
            .invalidRequest, status: 422, title: "The file's name names no sale",
            detail:
                "expected the sale's transaction_id, each / as %2F, then .jpg, .jpeg, .png or .webp; for a second slip a number before that: A%2F1.2.jpg"
        )
    }

    /// An id has no dot.
    static func sale(of name: FileName) -> TransactionID? {
        guard let stem = String(validating: name.stem, as: UTF8.self) else { return nil }
        let parts = stem.split(separator: ".", omittingEmptySubsequences: false)
        guard let id = parts.first, parts.count <= 2 else { return nil }
        if parts.count == 2 {
            let isNumber = parts[1].utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
            guard isNumber, (1...longestNumber).contains(parts[1].utf8.count) else { return nil }
        }
        return id.removingPercentEncoding.flatMap { TransactionID($0) }
    }

    private static func media(of name: FileName) -> SlipMedia? {
        name.hasEnding("png") ? .png : name.hasEnding("webp") ? .webp : .jpeg
    }
}
