extension SlimeSimulator {
    /// What a test counts.
    public struct Counters: Sendable, Equatable {
        public var totals = Totals()
        public var documents = 0
        public var documentsReady = 0
        /// Requests at locations that were answered with a file, whole or not, and those that got it whole.
        public var filesBegun = 0
        public var filesWhole = 0
        /// How many files were served whole more than once.
        public var filesFetchedTwice = 0
    }

    public var counters: Counters {
        let documents = documents()
        var counters = Counters(totals: totals, documents: documents.count)
        for document in documents {
            if document.isReady { counters.documentsReady += 1 }
            for file in [document.pdf, document.xml] {
                counters.filesBegun += file.begun
                counters.filesWhole += file.whole
                if file.whole > 1 { counters.filesFetchedTwice += 1 }
            }
        }
        return counters
    }
}
