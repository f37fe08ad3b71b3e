public import Foundation
public import Raster

extension VirtualPrinter {
    public enum CutKind: String, Sendable {
        case full, partial
    }

    /// A piece of paper, from one cut to the next.
    public struct Paper: Sendable {
        /// Counted from 1 since the start.
        public let index: Int
        /// As wide as the head, one bit a dot.
        public let bitmap: Bitmap
        public let cut: CutKind
        /// The bytes that were carried out for it, including its cut.
        public let byteCount: Int
        /// How often the drawer was opened since the previous cut.
        public let drawerPulses: Int
        /// Where it was written, if it was.
        public let file: URL?
    }

    /// A fault of the connection, or in the middle of a paper.
    public enum LinkFault: Sendable, Equatable {
        /// No connection is accepted until faults are cleared.
        case refuseConnections
        /// The connection is closed after this many more bytes; the bytes before are carried out.
        case dropAfter(bytes: Int)
        /// After this many more bytes nothing is read until faults are cleared.
        case stallAfter(bytes: Int)
        /// Nothing is answered until faults are cleared.
        case mute
        /// Something else talks on the line: these bytes are sent after every read, until faults are cleared.
        case noise([UInt8])
        /// The roll ends after this many more rows.
        case paperOutAfter(rows: Int)
    }

    /// The printer's state. It prints only when ready or near the paper's end.
    public enum Condition: String, Sendable, CaseIterable {
        case ready, paperNearEnd, paperOut, coverOpen, cutterError, offline
        /// A fault that only a technician repairs, such as more paper in one piece than the printer can hold.
        case unrecoverableError
    }
}
