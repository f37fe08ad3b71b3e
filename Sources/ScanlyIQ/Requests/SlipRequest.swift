import JSON
import Sales

/// What is kept of a slip for the service: `{"image": "…", "media": "image/jpeg"}`. The image itself is a file.
struct SlipRequest: Sendable, Equatable {
    /// The name of the image's file.
    let image: String
    let media: SlipMedia

    /// nil for bytes that say something else.
    init?(_ bytes: [UInt8]) {
        guard case .object(let object)? = try? JSONParser.parse(bytes),
            case .string(let image)? = object["image"], !image.isEmpty,
            case .string(let text)? = object["media"], let media = SlipMedia(rawValue: text)
        else { return nil }
        self.image = image
        self.media = media
    }
}
