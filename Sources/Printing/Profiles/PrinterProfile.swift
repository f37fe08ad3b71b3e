/// What is known to differ between makes of ESC/POS printers.
public struct PrinterProfile: Sendable, Hashable {
    public var name: String
    public var images: Images
    public var paper: Paper
    public var drawer: DrawerPulse
    /// Whether to ask the printer for unasked status (ASB).
    public var automaticStatus: Bool
    /// The best proof of a paper that this make is documented to give; nil if nothing is documented. It does not decide
    /// what a printer is asked for: that is found out by asking.
    public var documentedProof: Confirmation?

    public init(
        name: String, images: Images = Images(), paper: Paper = Paper(), drawer: DrawerPulse = DrawerPulse(),
        automaticStatus: Bool = true, documentedProof: Confirmation? = nil
    ) {
        self.name = name
        self.images = images
        self.paper = paper
        self.drawer = drawer
        self.automaticStatus = automaticStatus
        self.documentedProof = documentedProof
    }
}
