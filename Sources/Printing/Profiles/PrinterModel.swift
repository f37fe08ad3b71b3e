/// What kind of a printer a shop has.
public struct PrinterModel: Sendable, Hashable {
    /// The head's width in dots: 576 for 80 mm paper, 384 for 58 mm.
    public var widthInDots: Int
    public var profile: PrinterProfile
    public var confirmation: ConfirmationPolicy

    public init(
        widthInDots: Int = 576, profile: PrinterProfile = .generic, confirmation: ConfirmationPolicy = .auto
    ) {
        self.widthInDots = widthInDots
        self.profile = profile
        self.confirmation = confirmation
    }
}
