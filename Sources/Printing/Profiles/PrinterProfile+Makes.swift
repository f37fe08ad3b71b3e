extension PrinterProfile {
    /// Commands that every ESC/POS printer is expected to know, in bands that clones survive.
    public static let generic = PrinterProfile(name: "generic")

    /// Epson's TM printers of 80 mm.
    ///
    /// Cut: the TM-T88 operator's manual, page 5-18, lists `GS V` 1, 49 and 66, all partial cuts. Proof: "ESC/POS
    /// Command Reference for TM Printers", `GS ( H`. Feeds: the unit of `ESC J` differs between models, and `GS P` sets
    /// it (TM-H5000II specification, page 118). Images: `ESC $` moves them (TM-T88III specification, page 143, `GS v
    /// 0`). Every other value is the generic one, from that reference.
    public static let epsonTM = PrinterProfile(
        name: "epson-tm", images: Images(canBePlaced: true),
        paper: Paper(feed: .motion(unitsPerInch: 203), cutter: .partialOnly),
        documentedProof: .processID)

    /// Printers for paper of 58 mm that are sold under many names.
    ///
    /// Cut: the paper is torn (POS-58A user manual, section 3.9). They differ in what `GS V` does without a cutter, so
    /// it is not sent. Feeds: the unit of `ESC J` is a dot (the same manual, section 4.2.1). No manual at hand lists
    /// `GS ( H`. No other difference is known, so every other value is the generic one.
    public static let clone58 = PrinterProfile(
        name: "clone-58", paper: Paper(feed: .motion(unitsPerInch: nil), cutter: .none))

    public static let all = [generic, epsonTM, clone58]

    /// The profile of this name, such as `epson-tm`; nil if there is none.
    public static func named(_ name: String) -> PrinterProfile? {
        all.first { $0.name == name }
    }
}
