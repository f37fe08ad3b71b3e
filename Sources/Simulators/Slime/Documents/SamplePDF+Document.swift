extension SamplePDF {
    init(document id: String, of transactionID: String) {
        self.init(lines: ["Document \(id)", "Transaction \(transactionID)"])
    }
}
