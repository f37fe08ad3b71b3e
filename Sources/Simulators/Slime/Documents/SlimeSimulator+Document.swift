public import struct Foundation.Date

extension SlimeSimulator {
    /// A document of a transaction: `TEST-TRANSACTION-0001D1`.
    public struct Document: Sendable {
        public let id: String
        public let transactionID: String
        /// Counted from 1 within the transaction.
        public let sequence: Int
        /// What it is: a stub has none of its own, and what customers make is a tax invoice.
        public let type: DocumentType
        /// The buyer's name on it; nil on an abbreviated tax invoice.
        public let buyerName: String?
        /// nil while it is being generated.
        public internal(set) var readiedAt: Date?
        public let pdfSize: Int
        public let xmlSize: Int
        public internal(set) var pdf = Fetches()
        public internal(set) var xml = Fetches()
        /// When its generation ends by itself, in seconds of the simulator's clock; nil until its owner ends it.
        let due: Date?

        public var isReady: Bool { readiedAt != nil }

        var storageUsed: Int { isReady ? pdfSize + xmlSize : 0 }
    }

    /// How often a file was asked for.
    public struct Fetches: Sendable, Equatable {
        /// How many locations the API gave for it.
        public var locations = 0
        /// How many requests at those were answered with the file, whole or not.
        public var begun = 0
        /// How many of them got every byte of the true file, as far as the simulator can see.
        public var whole = 0
    }
}

extension SlimeSimulator.Document {
    subscript(kind: SlimeSimulator.FileKind) -> SlimeSimulator.Fetches {
        get { kind == .pdf ? pdf : xml }
        set { if kind == .pdf { pdf = newValue } else { xml = newValue } }
    }

    /// The bytes of a file, made again each time.
    func bytes(of kind: SlimeSimulator.FileKind) -> [UInt8] {
        switch kind {
        case .pdf: SamplePDF(document: id, of: transactionID).bytes(filling: pdfSize)
        case .xml: DocumentXML(self).bytes(filling: xmlSize)
        }
    }
}
