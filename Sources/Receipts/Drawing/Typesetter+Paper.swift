public import Raster

extension Typesetter {
    /// A whole paper: body, claim and tail below each other, as on a printer that gets them one by one.
    public func paper(for document: ReceiptDocument, claim: Claim) throws(ReceiptError) -> Bitmap {
        var paper = try set(document.body)
        paper.append(try set(document.claim(claim)))
        paper.append(try set(document.tail))
        return paper
    }
}
