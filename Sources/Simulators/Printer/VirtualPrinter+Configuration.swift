public import struct Foundation.URL

extension VirtualPrinter {
    /// The printer to simulate, and where it listens.
    public struct Configuration: Sendable {
        /// The head's width: 576 dots on paper of 80 mm, 384 on paper of 58 mm.
        public var widthInDots = 576
        /// The unit of feeds unless GS P sets another: a dot on most clones, half a dot (406) on some makes.
        public var motionUnitsPerInch = 203
        public var host = "127.0.0.1"
        /// 0 takes any port that is free.
        public var port = 0
        /// What it answers; the empty set is a printer that never answers.
        public var answers: Set<Answer> = Set(Answer.allCases)
        /// Where each paper is written as PNG; nil for nowhere.
        public var directory: URL?
        /// The name of a paper's file, by its index; `0001.png` by default.
        public var fileName: @Sendable (Int) -> String = { index in
            let digits = String(index)
            return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".png"
        }
        /// How many bytes it takes while it cannot print.
        public var receiveBuffer = 64 * 1024
        /// The longest piece of paper, and the highest image, in rows; more is an error that stops the printer.
        public var longestPaper = 60_000
        /// How many papers are kept in memory; the oldest are dropped.
        public var papersKept = 1000
        /// Whether an incomplete command is forgotten with its connection, as by a printer that is switched off and on
        /// between two of them. A printer that stays on reads the next connection's first bytes as the rest of it.
        public var forgetsHalfCommands = false
        public var realTimeStatus = RealTimeStatus.betweenCommands
        /// A connection that sends nothing is closed after this.
        public var idleTimeout: Duration = .seconds(300)

        public init() {}

        /// Throws if the printer could not work with this.
        func check() throws(SimulatorError) {
            guard (8...4096).contains(widthInDots) else {
                throw SimulatorError(.invalidConfiguration, "widthInDots: expected 8 to 4096, found \(widthInDots)")
            }
            guard (0...65_535).contains(port) else {
                throw SimulatorError(.invalidConfiguration, "port: expected 0 to 65535, found \(port)")
            }
            guard (1...1_000).contains(motionUnitsPerInch) else {
                throw SimulatorError(
                    .invalidConfiguration, "motionUnitsPerInch: expected 1 to 1000, found \(motionUnitsPerInch)")
            }
            guard receiveBuffer > 0, papersKept > 0, (1...1_000_000).contains(longestPaper) else {
                throw SimulatorError(
                    .invalidConfiguration, "receiveBuffer, papersKept, longestPaper: expected more than 0")
            }
        }
    }

    /// Where a printer sees the request `DLE EOT n`; makes differ there.
    public enum RealTimeStatus: Sendable, CaseIterable {
        /// Inside a picture its bytes are only dots: a request there gets no answer.
        case betweenCommands
        /// It is answered inside a picture too, and its bytes are dots all the same: Epson's "ESC/POS Command
        /// Reference" warns of pictures that contain such bytes by chance.
        case everywhere
    }

    /// What a printer may or may not answer.
    public enum Answer: Sendable, CaseIterable {
        /// GS ( H, function 48, once everything before it is on paper.
        case processID
        /// GS r, in its turn.
        case queuedStatus
        /// DLE EOT, at once.
        case realTimeStatus
        /// GS a, without a request.
        case automaticStatusBack
    }
}
