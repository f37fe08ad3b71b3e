import JSON

/// What a printer says of each of its sensors; nil where that is not known.
public struct SensorsResource: Sendable, Equatable {
    public var online: Bool?
    public var paperNearEnd: Bool?
    public var paperEnd: Bool?
    public var coverOpen: Bool?
    public var cutterError: Bool?
    /// Any error but the cutter's.
    public var otherError: Bool?

    public init(
        online: Bool?, paperNearEnd: Bool?, paperEnd: Bool?, coverOpen: Bool?, cutterError: Bool?, otherError: Bool?
    ) {
        self.online = online
        self.paperNearEnd = paperNearEnd
        self.paperEnd = paperEnd
        self.coverOpen = coverOpen
        self.cutterError = cutterError
        self.otherError = otherError
    }

    /// They stand among the members of their printer.
    var members: JSONObject {
        [
            "online": .flag(online), "paper_near_end": .flag(paperNearEnd), "paper_end": .flag(paperEnd),
            "cover_open": .flag(coverOpen), "cutter_error": .flag(cutterError), "other_error": .flag(otherError),
        ]
    }

    init(_ members: WireReader) throws(WireFault) {
        online = try members.optionalFlag("online")
        paperNearEnd = try members.optionalFlag("paper_near_end")
        paperEnd = try members.optionalFlag("paper_end")
        coverOpen = try members.optionalFlag("cover_open")
        cutterError = try members.optionalFlag("cutter_error")
        otherError = try members.optionalFlag("other_error")
    }
}
