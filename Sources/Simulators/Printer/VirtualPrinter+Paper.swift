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
        /// The bytes that were carried out for it, its cut included.
        public let byteCount: Int
        /// How often the drawer was opened since the cut before.
        public let drawerPulses: Int
        /// Where it was written, when it was.
        public let file: URL?
    }

    /// Something that goes wrong with the connection, or in the middle of a paper.
    public enum LinkFault: Sendable, Equatable {
        /// Nobody is let in until faults are cleared.
        case refuseConnections
        /// The connection is closed after so many more bytes; what came before them is carried out.
        case dropAfter(bytes: Int)
        /// After so many more bytes nothing is read until faults are cleared.
        case stallAfter(bytes: Int)
        /// Nothing is answered until faults are cleared.
        case mute
        /// Something else talks on the line: these bytes are said after whatever is read, until faults are cleared.
        case noise([UInt8])
        /// The roll ends after so many more rows.
        case paperOutAfter(rows: Int)
    }

    /// The state that the printer is in. It prints only when ready or near the paper's end.
    public enum Condition: String, Sendable, CaseIterable {
        case ready, paperNearEnd, paperOut, coverOpen, cutterError, offline
        /// Something only a technician repairs, such as more paper in one piece than it can hold.
        case unrecoverableError
    }
}
