/// How long each wait for a printer may take.
public struct PrinterTimeouts: Sendable, Hashable {
    /// Making contact.
    public var connect: Duration = .seconds(5)
    /// The answer to each status question when contact has just been made.
    public var probe: Duration = .milliseconds(300)
    /// The same for a printer that is known to answer.
    public var knownProbe: Duration = .seconds(2)
    /// More than that, for a printer that is being brought into step: some 9,200 bytes at 9,600 bits a second.
    public var catchUp: Duration = .seconds(10)
    /// Without the printer taking a single byte, unless it has said why.
    public var stall: Duration = .seconds(30)
    /// For somebody to put in paper or close the cover.
    public var waitLimit: Duration = .seconds(30 * 60)
    /// Between two status questions while waiting for the paper.
    public var poll: Duration = .seconds(1)
    /// For the process ID of a printer that has nothing left to do.
    public var grace: Duration = .seconds(2)
    /// Without a word from a printer that is able to print.
    public var silence: Duration = .seconds(30)
    /// For the proof, from a printer that is able to print.
    public var completion: Duration = .seconds(60)
    /// After which a printer is asked again what it did not answer before.
    public var reprobe: Duration = .seconds(10 * 60)

    public init() {}
}
