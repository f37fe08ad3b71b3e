import GatewayAPI
import Hummingbird
import NIOCore
import Sales
import Slips

extension RequestBody {
    /// Does `work` with the picture of a request that says of which kind it is. Its place is held until that is done.
    func picture<Value>(
        of request: Request, over channel: any Channel, _ work: (SlipImage) async throws -> Value
    ) async throws -> Value {
        guard let media = request.headers[.contentType].flatMap(Self.media) else {
            let found = request.headers[.contentType].map { "\"\($0.prefix(80))\"" } ?? "none"
            let accepted = SlipMedia.allCases.map(\.rawValue).joined(separator: ", ")
            throw ProblemError(
                Problem(
                    .wrongMediaType, status: 415, title: "The body must be a picture",
                    detail: "expected Content-Type: one of \(accepted), found \(found)"))
        }
        return try await bytes(of: request, over: channel) { bytes in
            let image: SlipImage
            do throws(SlipImageError) { image = try SlipImage(bytes, declared: media) } catch {
                throw ProblemError(error)
            }
            return try await work(image)
        }
    }

    /// Without its parameters.
    private static func media(_ contentType: String) -> SlipMedia? {
        SlipMedia(rawValue: contentType.prefix { $0 != ";" }.filter { $0 != " " }.lowercased())
    }
}

extension ProblemError {
    init(_ error: SlipImageError) {
        switch error.code {
        case .otherKind:
            self.init(
                Problem(
                    .wrongMediaType, status: 415, title: "The picture is of another kind", detail: error.message))
        case .noPicture, .cutShort, .damaged, .tooManyPixels, .animated:
            let fault = SaleFault(pointer: "", detail: error.message)
            self.init(
                Problem(
                    .invalidRequest, status: 422, title: "The picture cannot be taken", detail: error.message,
                    errors: [fault]))
        }
    }
}
