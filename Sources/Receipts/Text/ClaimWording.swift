import Sales

/// What a paper says about its link, by what is behind it.
struct ClaimWording {
    /// Above the QR.
    let heading: Wording
    /// Below the QR.
    let scan: Wording
    /// What to do if the document is not behind the link yet; nil if none is expected there.
    var notThere: Wording?
    /// What does not come from behind the link; the receipt's number follows.
    var alsoFromShop: Wording?
    /// Without a QR; the receipt's number follows.
    let fromShop: Wording
    /// The same if the provider has refused the sale.
    var refused: Wording?

    /// - Parameters:
    ///   - hasVAT: whether anything in the sale is vatable.
    ///   - offer: what is behind the link; it does not matter while there is none.
    init(of sale: Sale, hasVAT: Bool, offer: LinkOffer) {
        guard !sale.isOnCredit else {
            self = .bill
            return
        }
        let ownName: ClaimWording = hasVAT ? .fullInvoice : .document
        self =
            switch sale.documentType {
            case .taxInvoiceStub:
                switch offer {
                case .fullInvoice: ownName
                case .document: .shown(besides: ownName)
                }
            case .taxInvoice: .taxInvoice
            case .abbreviatedTaxInvoice: .abbreviatedTaxInvoice
            case .receipt: .receipt
            }
    }

    private init(
        _ heading: Wording, scan: Wording, notThere: Wording? = nil, fromShop: Wording, refused: Wording? = nil
    ) {
        self.heading = heading
        self.scan = scan
        self.notThere = notThere
        self.fromShop = fromShop
        self.refused = refused
    }

    // MARK: A page on which customers name themselves

    private static let fullInvoice = ClaimWording(
        Wording("ต้องการใบกำกับภาษีเต็มรูป?", "Need a full tax invoice?"),
        scan: Wording("สแกนเพื่อขอใบกำกับภาษีเต็มรูปในนามของท่าน", "Scan to get a full tax invoice in your own name"),
        fromShop: Wording(
            "ขอใบกำกับภาษีเต็มรูปได้ที่ร้าน โดยแจ้งเลขที่", "For a full tax invoice, ask the shop and give this receipt's number"))
    private static let document = ClaimWording(
        Wording("ต้องการเอกสารในนามของท่าน?", "Need this in your own name?"),
        scan: Wording("สแกนเพื่อขอเอกสารอิเล็กทรอนิกส์ในนามของท่าน", "Scan to get an electronic document in your own name"),
        fromShop: Wording(
            "ขอเอกสารในนามของท่านได้ที่ร้าน โดยแจ้งเลขที่",
            "For a document in your own name, ask the shop and give this receipt's number"))

    // MARK: A page that only shows the receipt

    private static func shown(besides ownName: ClaimWording) -> ClaimWording {
        var wording = ClaimWording(
            Wording("ใบเสร็จอิเล็กทรอนิกส์", "Electronic receipt"),
            scan: Wording("สแกนเพื่อดูใบเสร็จอิเล็กทรอนิกส์", "Scan to see the electronic receipt"), fromShop: ownName.fromShop)
        wording.alsoFromShop = ownName.fromShop
        return wording
    }

    // MARK: A document that is made at once

    private static let notThere = Wording(
        "หากยังไม่มีเอกสาร โปรดเปิดอีกครั้งในอีกสักครู่ หรือแจ้งเลขที่ใบเสร็จนี้แก่ร้าน",
        "Not there yet? Open it again in a few minutes, or give the shop this receipt's number")
    private static let taxInvoice = ClaimWording(
        Wording("ใบกำกับภาษีเต็มรูปของท่าน", "Your full tax invoice"),
        scan: Wording("สแกนเพื่อเปิดใบกำกับภาษีอิเล็กทรอนิกส์", "Scan to open the electronic tax invoice"),
        notThere: notThere,
        fromShop: Wording(
            "ใบกำกับภาษีกำลังจัดทำ ขอรับได้ที่ร้าน โดยแจ้งเลขที่",
            "The invoice is on its way: ask the shop and give this receipt's number"),
        refused: Wording(
            "ยังออกใบกำกับภาษีไม่ได้ โปรดติดต่อร้าน โดยแจ้งเลขที่",
            "The invoice cannot be made yet: ask the shop and give this receipt's number"))
    private static let bill = ClaimWording(
        Wording("ใบแจ้งหนี้ของท่าน", "Your invoice"),
        scan: Wording("สแกนเพื่อดูใบแจ้งหนี้อิเล็กทรอนิกส์", "Scan to see the electronic invoice"),
        fromShop: Wording(
            "ใบแจ้งหนี้อิเล็กทรอนิกส์กำลังจัดทำ ขอรับได้ที่ร้าน โดยแจ้งเลขที่",
            "The electronic invoice is on its way: ask the shop and give this number"),
        refused: Wording(
            "ยังออกใบแจ้งหนี้อิเล็กทรอนิกส์ไม่ได้ โปรดติดต่อร้าน โดยแจ้งเลขที่",
            "The electronic invoice cannot be made yet: ask the shop and give this number"))
    private static let receipt = ClaimWording(
        Wording("ใบเสร็จรับเงินอิเล็กทรอนิกส์ของท่าน", "Your electronic receipt"),
        scan: Wording("สแกนเพื่อเปิดใบเสร็จรับเงินอิเล็กทรอนิกส์", "Scan to open the electronic receipt"), notThere: notThere,
        fromShop: Wording(
            "ใบเสร็จรับเงินอิเล็กทรอนิกส์กำลังจัดทำ ขอรับได้ที่ร้าน โดยแจ้งเลขที่",
            "The electronic receipt is on its way: ask the shop and give this receipt's number"),
        refused: Wording(
            "ยังออกใบเสร็จรับเงินอิเล็กทรอนิกส์ไม่ได้ โปรดติดต่อร้าน โดยแจ้งเลขที่",
            "The electronic receipt cannot be made yet: ask the shop and give this receipt's number"))
    private static let abbreviatedTaxInvoice = ClaimWording(
        Wording("ใบกำกับภาษีอิเล็กทรอนิกส์ของท่าน", "Your electronic tax invoice"),
        scan: Wording(
            "สแกนเพื่อเปิด หรือขอใบกำกับภาษีเต็มรูปในนามของท่าน", "Scan to open it, or to get a full one in your own name"),
        notThere: notThere,
        fromShop: Wording(
            "ใบกำกับภาษีอิเล็กทรอนิกส์กำลังจัดทำ ขอรับได้ที่ร้าน โดยแจ้งเลขที่",
            "The electronic tax invoice is on its way: ask the shop and give this receipt's number"),
        refused: Wording(
            "ยังออกใบกำกับภาษีอิเล็กทรอนิกส์ไม่ได้ โปรดติดต่อร้าน โดยแจ้งเลขที่",
            "The electronic tax invoice cannot be made yet: ask the shop and give this receipt's number"))
}
