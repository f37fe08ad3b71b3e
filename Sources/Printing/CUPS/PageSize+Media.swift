import CCUPS

extension PageSize {
    /// Reads a size's name: `iso_a4_210x297mm`, `custom_max_80x4999.92mm`. nil if it is no size.
    init?(mediaName: String) {
        // The result belongs to the calling thread, until its next such call.
        guard let media = pwgMediaForPWG(mediaName)?.pointee, media.width > 0, media.length > 0 else { return nil }
        self.init(width: Int(media.width), length: Int(media.length))
    }
}
